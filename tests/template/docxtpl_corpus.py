"""Templates in docxtpl's language, one for each of its constructs, and documents to hold ours against docxtpl's own."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate, Listing, RichText
from jinja2 import Environment
from lxml import etree

from tests.template.documents import blank

Build = Callable[[Document], None]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

VALUES: dict[str, Any] = {
    "ten": "Kế hoạch & “đề án” <1>",
    "rong": "",
    "so": 5,
    "co": True,
    "khong": False,
    "dong": ["một", "hai", "ba"],
    "cot": ["A", "B", "C", "D"],
    "nhom": [
        {"ten": "N1", "viec": [{"ten": "a & b", "so": 1}, {"ten": "c", "so": 2}]},
        {"ten": "N2", "viec": [{"ten": "d < e", "so": 3}]},
    ],
    "nhieu_dong": "dòng 1\ndòng 2",
    "co_tab": "trái\tphải",
    "hai_doan": "đoạn 1\ađoạn 2\nvẫn đoạn 2",
    "hai_trang": "trang 1\ftrang 2\tsau tab",
    "mau": "FFCC00",
    "gop": 3,
}


def values() -> dict[str, Any]:
    """The context, with docxtpl's own objects made anew: they may keep state."""
    rich = RichText("đậm & nghiêng", bold=True, italic=True)
    rich.add(" đỏ\tsau tab\ndòng hai", color="#FF0000", size=28, font="Arial")
    return {**VALUES, "rich": rich, "listing": Listing("mục 1 & 2\nmục 3\tcột\amới")}


def _paragraphs(*texts: str) -> Build:
    def build(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text)

    return build


def _table(*rows: tuple[str, ...], look: str = "") -> Build:
    def build(document: Document) -> None:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
                if look:
                    cell._tc.get_or_add_tcPr().append(parse_xml(look.replace("/>", f" {nsdecls('w')}/>")))

    return build


def _styled(text: str) -> Build:
    """A paragraph with its own look and a bold run, so that what a line break takes along can be seen."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph(style="Quote")
        paragraph.paragraph_format.left_indent = 360000
        paragraph.add_run("trước ")
        run = paragraph.add_run(text)
        run.bold = True
        run.font.size = 177800
        paragraph.add_run(" sau")

    return build


def _header_and_footer(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ ten }} / {% if co %}có{% endif %}"
    section.footer.paragraphs[0].text = "{% for d in dong %}{{ d }};{% endfor %} {{ co_tab }}"
    document.add_paragraph("{{ so }}")


def _first_page_header(document: Document) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{ ten }}"
    section.header.paragraphs[0].text = "{{ nhieu_dong }}"
    document.add_paragraph("x")


def _properties(document: Document) -> None:
    core = document.core_properties
    core.title, core.subject, core.author = "{{ ten }}", "{% if co %}A & B{% else %}C{% endif %}", "x {{ so }}"
    core.comments, core.identifier, core.language = "{{ dong[0] }}", "{{ so + 1 }}", "vi"
    core.keywords, core.category = "{{ ten }}", "{{ ten }}"
    document.add_paragraph("x")


def _text_box(document: Document) -> None:
    paragraph = document.add_paragraph("ngoài {{ ten }}")
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
            "<w:p><w:r><w:t>trong {{ ten }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


def _nested_table(document: Document) -> None:
    outer = document.add_table(3, 1)
    outer.cell(0, 0).text = "{%tr for n in nhom %}"
    cell = outer.cell(1, 0)
    cell.text = "{{ n.ten }}"
    inner = cell.add_table(3, 2)
    inner.cell(0, 0).text = "{%tr for v in n.viec %}"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "{{ v.so }}", "{{ v.ten }}"
    inner.cell(2, 0).text = "{%tr endfor %}"
    outer.cell(2, 0).text = "{%tr endfor %}"


#: Each construct by name.
CORPUS: Mapping[str, Build] = {
    "plain": _paragraphs("{{ ten }}", "a {{ so }} b {{ ten }} c"),
    "if": _paragraphs("{% if co %}có{% else %}không{% endif %}", "{% if khong %}x{% elif so > 4 %}năm{% endif %}"),
    "for": _paragraphs("{% for d in dong %}{{ loop.index }}.{{ d }}{% if not loop.last %}, {% endif %}{% endfor %}"),
    "set": _paragraphs("{% set a = so * 2 %}{{ a }} {{ a - 1 }}"),
    "filter": _paragraphs("{{ ten|upper }} {{ dong|join('; ') }} {{ so|string|length }}",
                          "{{ khong_co|default('-') }}"),
    "paragraphs": _paragraphs("đầu", "{%p for d in dong %}", "- {{ d }}", "{%p endfor %}", "cuối"),
    "paragraph if": _paragraphs("{%p if co %}", "có", "{%p else %}", "không", "{%p endif %}", "{%p if khong %}", "x",
                                "{%p endif %}"),
    "comments": _paragraphs("a{# chú thích #}b", "{#p cả đoạn #}", "c"),
    "rows": _table(("Stt", "Tên"), ("{%tr for n in nhom %}", ""), ("{{ loop.index }}", "{{ n.ten }}"),
                   ("{%tr for v in n.viec %}", ""), ("{{ v.so }}", "{{ v.ten }}"), ("{%tr endfor %}", ""),
                   ("{%tr endfor %}", "")),
    "row comment": _table(("{#tr bỏ #}", ""), ("a", "{{ so }}")),
    "columns": _table(("{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"),
                      ("{%tc for c in cot %}", "{{ c }}{{ loop.index }}", "{%tc endfor %}")),
    "columns in rows": _table(("{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"), ("{%tr for n in nhom %}", "", ""),
                              ("{%tc for c in cot %}", "{{ n.ten }}{{ c }}", "{%tc endfor %}"),
                              ("{%tr endfor %}", "", "")),
    "fewer columns": _table(("{%tc for d in [] %}", "{{ d }}", "{%tc endfor %}", "giữ"),
                            ("{%tc if khong %}", "x", "{%tc endif %}", "giữ")),
    "colspan": _table(("{% colspan gop %}{{ ten }}", "", ""), ("a", "b", "c")),
    "cellbg": _table(("{% cellbg mau %}{{ ten }}", "b"), ("{% cellbg 'FF0000' %}x", "")),
    "vm": _table(("{%tr for d in dong %}", ""), ("{% vm %}chung {{ so }}", "{{ d }}"), ("{%tr endfor %}", "")),
    "hm": _table(("{%tc for c in cot %}", "{% hm %}chung", "{%tc endfor %}"),
                 ("{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}")),
    "rich text": _paragraphs("trước {{r rich }} sau", "{{r rich }}"),
    "rich text in a row": _table(("{%tr for d in dong %}", ""), ("{{ d }}", "{{r rich }}"), ("{%tr endfor %}", "")),
    "run if": _paragraphs("a {%r if co %}b{%r endif %} c"),
    "listing": _styled("{{ listing }}"),
    "line break": _styled("{{ nhieu_dong }}"),
    "tab": _styled("{{ co_tab }}"),
    "new paragraph": _styled("{{ hai_doan }}"),
    "new page": _styled("{{ hai_trang }}"),
    "breaks in a cell": _table(("{{ hai_doan }}", "{{ co_tab }}"), ("{{ nhieu_dong }}", "x")),
    "merged paragraphs": _paragraphs("một", "{%- if co %}", "hai", "{%- endif %}", "ba"),
    "merged after": _paragraphs("{% if co -%}", "hai", "{% endif -%}", "ba"),
    "literal braces": _paragraphs("{_{ x }_} {_% y %_}"),
    "spaces": _paragraphs("{{ten}}", "{{  ten  }}", "{%if co%}x{%endif%}", " {{ ten }} "),
    "quotes": _paragraphs("{% if ten == “x” %}a{% else %}b{% endif %}", "{{ ‘chữ’ }}"),
    "macro": _paragraphs("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(ten) }}{{ m(so) }}"),
    "header and footer": _header_and_footer,
    "first page header": _first_page_header,
    "properties": _properties,
    "text box": _text_box,
    "nested table": _nested_table,
}  # fmt: skip


def corpus_template(name: str, folder: Path, *, split: int = 0) -> Path:
    """A template of the corpus; with ``split``, its runs are cut as Word cuts them, every that many letters."""
    document = blank()
    CORPUS[name](document)
    if split:
        parts = [document.element.body]
        for section in document.sections:
            for story in (section.header, section.footer, section.first_page_header):
                if not story.is_linked_to_previous:
                    parts.append(story._element)
        for part in parts:
            _split_runs(part, split)
    path = folder / f"{name.replace(' ', '-')}-{split}.docx"
    document.save(str(path))
    return path


def _split_runs(root: etree._Element, every: int) -> None:
    for run in list(root.iter(f"{_W}r")):
        texts = run.findall(f"{_W}t")
        if len(texts) != 1 or not texts[0].text:
            continue
        whole = texts[0].text
        pieces = [whole[at : at + every] for at in range(0, len(whole), every)]
        texts[0].text = pieces[0]
        texts[0].set(_XML_SPACE, "preserve")
        after = run
        for number, piece in enumerate(pieces[1:]):
            copy = parse_xml(etree.tostring(run))
            copy.set(f"{_W}rsidR", f"00AB{number:04X}")
            copy.find(f"{_W}t").text = piece
            after.addnext(copy)
            if number % 2:
                after.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
            after = copy


def by_docxtpl(path: Path, context: Mapping[str, Any], **filters: Callable[..., Any]) -> bytes:
    """The document that docxtpl itself makes, with escaping on."""
    environment = Environment(autoescape=True)
    environment.filters.update(filters)
    template = DocxTemplate(path)
    template.render(dict(context), jinja_env=environment)
    held = BytesIO()
    template.save(held)
    return held.getvalue()


def canonical(content: bytes) -> dict[str, str]:
    """The parts that a template's tags may stand in, each as canonical XML without what has no meaning.

    That is: runs that hold nothing, marks of the spelling check and of editing, the numbers of drawings, xml:space
    where nothing would be lost, and a line break between elements.
    """
    found = {}
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith(("word/document", "word/header", "word/footer", "word/footnotes")):
                root = etree.fromstring(package.read(name))
                _simplify(root)
                found[name] = etree.tostring(root, method="c14n2").decode()
    core = docx.Document(BytesIO(content)).core_properties
    names = ("author", "comments", "identifier", "keywords", "category", "language", "subject", "title")
    return {**found, **{name: getattr(core, name) for name in names}}


def _simplify(root: etree._Element) -> None:
    for element in [*root.iter(f"{_W}proofErr")]:
        element.getparent().remove(element)
    for text in root.iter(f"{_W}t"):
        text.attrib.pop(_XML_SPACE, None)
    for run in [*root.iter(f"{_W}r")]:
        for text in run.findall(f"{_W}t"):
            if not text.text:
                run.remove(text)
        for key in [key for key in run.attrib if "rsid" in key]:
            del run.attrib[key]
        if all(child.tag == f"{_W}rPr" for child in run):
            run.getparent().remove(run)
    for element in root.iter(etree.Element):
        if element.tag.endswith("}docPr"):
            element.set("id", "0")
        if element.tag != f"{_W}t":
            element.text = (element.text or "").strip() or None
        element.tail = (element.tail or "").strip() or None
    _join_texts(root)


def _join_texts(root: etree._Element) -> None:
    """Texts side by side in one run, or in runs of one look side by side, are one text."""
    for run in [*root.iter(f"{_W}r")]:
        for text in run.findall(f"{_W}t"):
            before = text.getprevious()
            if before is not None and before.tag == text.tag:
                before.text = (before.text or "") + (text.text or "")
                run.remove(text)
    for run in [*root.iter(f"{_W}r")]:
        before = run.getprevious()
        if before is None or before.tag != run.tag or _look(before) != _look(run):
            continue
        inside, last = [child for child in run if child.tag != f"{_W}rPr"], before[-1]
        if inside and inside[0].tag == last.tag == f"{_W}t":
            last.text = (last.text or "") + (inside.pop(0).text or "")
        before.extend(inside)
        run.getparent().remove(run)
        before.text = None


def _look(run: etree._Element) -> bytes:
    found = run.find(f"{_W}rPr")
    return etree.tostring(found, method="c14n", exclusive=True, with_tail=False) if found is not None else b""


def names() -> Iterator[str]:
    """Every construct."""
    return iter(CORPUS)
