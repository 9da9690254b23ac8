"""The fields of a kind as a Word page, to keep beside the work: what to write, what it means, what it prints."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from docgen.base.locale import translate as _
from docgen.base.ooxml import read_entries, write_entries
from docgen.template.lint.fields import FieldRow

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Times New Roman"
#: Of the columns what to write, name, type, required, example; in millimetres, together the width of the text.
_WIDTHS = (90, 70, 25, 22, 60)
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 297, 210, 15
#: Parts of python-docx's blank document that Word never misses and validators refuse.
_SUPERFLUOUS = ("/stylesWithEffects", "/thumbnail")


def fields_page(title: str, rows: Sequence[FieldRow]) -> bytes:
    """The bytes of a .docx with one table for each set of loops; the same for the same rows."""
    import docx  # a tenth of a second that only this page pays

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
