"""Lists the fields of a kind, as rows and as a Word page, and the fields that a template uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.base.ooxml import read_entries, write_entries
from docgen.template.language.environment import Environment
from docgen.template.language.inspect import TYPE_NAMES, Inspection
from docgen.template.language.places import LinePlaces
from docgen.template.language.source import holds_text, open_package, parse_part, read_content
from docgen.template.language.styles import read_styles
from docgen.template.language.translate import translate_part

_LOOP_NAMES = {
    "noi_dung": "doan",
    "phu_luc": "pl",
    "nhom": "nhom",
    "nhiem_vu": "nv",
    "bang_nhiem_vu": "nhom",
    "bang_so_lieu": "nhom",
}
_ROW, _LINE = "hang", "dong"


@dataclass(frozen=True)
class FieldRow:
    """A field: its dotted ``tag``, the code to ``write`` in a template, and the ``loops`` around it, outermost first.

    ``write`` is a tag that prints the field, or opens a loop or condition; "" for a record, whose fields follow.
    """

    tag: str
    label: str
    type: str
    required: bool
    example: str
    write: str
    loops: tuple[str, ...]

    @property
    def type_label(self) -> str:
        """The type, in Vietnamese."""
        return TYPE_NAMES[self.type]

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return asdict(self) | {"loops": list(self.loops)}


def field_rows(contract: Mapping[str, Contract]) -> list[FieldRow]:
    """All fields of a contract; each record or list is followed by its fields."""
    return list(_rows(contract, "", "", ()))


def _rows(fields: Mapping[str, Contract], above: str, owner: str, loops: tuple[str, ...]) -> Iterator[FieldRow]:
    for key, contract in fields.items():
        tag, name = above + key, owner + key
        item = _item_name(key, contract, loops)
        write = _write(name, contract, item)
        yield FieldRow(tag, contract.label, contract.type, contract.required, contract.example, write, loops)
        if contract.type == "list" and contract.fields:
            yield from _rows(contract.fields, f"{tag}.", f"{item}.", (*loops, write))
        elif contract.fields:
            yield from _rows(contract.fields, f"{tag}.", f"{name}.", loops)


def _item_name(key: str, contract: Contract, loops: tuple[str, ...]) -> str:
    name = _LOOP_NAMES.get(key, _ROW) if contract.fields else _LINE
    taken = {loop.split()[2] for loop in loops}
    while name in taken:
        name += "_con"
    return name


def _write(name: str, contract: Contract, item: str) -> str:
    if contract.type == "list":
        return f"{{%p for {item} in {name} %}}"
    if contract.type == "flag":
        return f"{{%p if {name} %}}"
    if contract.type == "record":
        return ""
    return f"{{{{ {name} }}}}"


if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Times New Roman"
#: Widths in mm of the columns code, label, type, required, example; their sum is the width of the text.
_WIDTHS = (90, 70, 25, 22, 60)
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 297, 210, 15
#: Parts of python-docx's blank document that Word doesn't need and validators reject.
_SUPERFLUOUS = ("/stylesWithEffects", "/thumbnail")


def fields_page(title: str, rows: Sequence[FieldRow]) -> bytes:
    """The bytes of a .docx with one table for each set of loops; the same bytes for the same rows."""
    import docx  # takes 0.1 s, and only this page needs it

    document = docx.Document()
    _prepare(document, title)
    document.add_heading(title, level=1)
    document.add_paragraph(
        _("Chép cột “Viết trong mẫu” vào mẫu Word, cả dấu ngoặc. Mỗi thẻ {%p … %} đứng riêng một đoạn.")
    )
    document.add_paragraph(
        _("Trong bảng, lặp theo hàng thì viết {%tr … %} thay {%p … %}, mỗi thẻ đứng riêng một hàng.")
    )
    if any(row.type == "image" for row in rows):
        document.add_paragraph(_("Thẻ của trường kiểu ảnh là văn bản thay thế (Alt Text) của một ảnh giữ chỗ."))
    by_loops: dict[tuple[str, ...], list[FieldRow]] = {}
    for row in rows:
        if row.write:
            by_loops.setdefault(row.loops, []).append(row)
    for loops, listed in by_loops.items():
        _heading(document, loops)
        _table(document, listed)
    out = BytesIO()
    document.save(out)
    return write_entries(read_entries(out.getvalue()))


def _prepare(document: "Document", title: str) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    for relations in (document.part.rels, document.part.package.rels):
        for identity in [key for key, rel in relations.items() if rel.reltype.endswith(_SUPERFLUOUS)]:
            del relations[identity]
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, size in (("Normal", 12), ("Heading 1", 16), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.rPr.find(qn("w:rFonts"))
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
    document.core_properties.title = title
    document.core_properties.author = "docgen"
    document.core_properties.comments = ""


def _heading(document: "Document", loops: tuple[str, ...]) -> None:
    if not loops:
        document.add_heading(_("Dùng ở bất kỳ đâu"), level=2)
        return
    ends = " ".join("{%p endfor %}" for _loop in loops)
    document.add_heading(_("Chỉ dùng giữa {loops} và {ends}").format(loops=" ".join(loops), ends=ends), level=2)


def _table(document: "Document", rows: list[FieldRow]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    heads = (_("Viết trong mẫu"), _("Nội dung"), _("Kiểu"), _("Bắt buộc"), _("Ví dụ"))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        texts = (row.write, row.label, row.type_label, _("có") if row.required else "", row.example)
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)


@dataclass(frozen=True)
class Tags:
    """The tags of all parts of a template that could be parsed."""

    parts: tuple[tuple[nodes.Template, LinePlaces], ...]

    def against(self, contract: Mapping[str, Contract]) -> Inspection:
        """Inspect the tags against a contract."""
        inspection = Inspection(contract, Environment())
        for tree, places in self.parts:
            inspection.inspect(tree, places)
        return inspection


def tags_of(path: Path, shown: str) -> Tags:
    """Read a template's tags. Raises TemplateError if it can't be opened."""
    environment, styles = Environment(), read_styles(None)
    parts = []
    for entry in open_package(read_content(path, shown), shown):
        if holds_text(entry.name):
            translated, _problems = translate_part(parse_part(entry, shown), shown, entry.name, styles)
            try:
                parts.append((environment.parse(translated.text), translated.places))
            except (TemplateSyntaxError, RecursionError, MemoryError):
                continue
    return Tags(tuple(parts))
