"""Copies of workbooks with their problems as coloured cells, comments and a list on the first sheet."""

import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from lxml import etree

from docgen.base.files import read_file
from docgen.base.locale import translate as _
from docgen.base.ooxml import Package, PackageError, parse_xml
from docgen.base.usual_names import with_usual_names
from docgen.errors import OutputError, Place, Problem, Severity
from docgen.wording.text import nfc

#: The author of docgen's comments, by which they are recognized.
AUTHOR = "docgen"
COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.INFO: "FFDDEBF7"}
#: The caption of the list, by which it is recognized, so it is the same in every language.
_CAPTION = "docgen: các chỗ cần sửa trong tệp này"
_HEADING_ROW, _WIDTHS = 4, (12, 24, 9, 60, 60)
#: Hidden columns of the list with the place and the fill of each annotated cell, for removing annotations.
_PLACE_COLUMN, _FILL_COLUMN = 7, 8
_LONGEST = 32_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: The title of the list's sheet, the same in every language.
_TITLE = "Lỗi cần sửa"
_OWN_REMARK = "\n\n— Ghi chú có sẵn trong ô:\n"


def printable(text: str) -> str:
    """A text without characters that XML forbids, cut to the length of a cell."""
    return _UNPRINTABLE.sub("\ufffd", text)[:_LONGEST]


def write_list(book: Any, problems: Sequence[Problem], spots: Mapping[int, tuple[str, str]], fills: list[Any]) -> None:
    """Add a sheet with the list of problems before all others.

    ``spots`` are the sheet's title and the cell annotated for a problem, by its index; ``fills`` are the former fills
    of cells as (sheet's title, cell, fill).
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    page = book.create_sheet(_free_title(book), 0)
    wrapped = Alignment(vertical="top", wrap_text=True)
    line = Side(style="thin", color="FFA6A6A6")
    border = Border(left=line, right=line, top=line, bottom=line)
    plain, bold = Font(name="Times New Roman", size=11), Font(name="Times New Roman", size=11, bold=True)
    link = Font(name="Times New Roman", size=11, underline="single", color="FF0563C1")
    _head(page, problems, bold, plain)
    heading = PatternFill("solid", fgColor="FFBDD7EE")
    headings = (_("Mức độ"), _("Trang tính"), _("Ô"), _("Sai ở đâu"), _("Cách sửa"))
    for column, text in enumerate(headings, 1):
        cell = page.cell(_HEADING_ROW, column, text)
        cell.font, cell.fill, cell.border = bold, heading, border
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, (index, problem) in enumerate(enumerate(problems), _HEADING_ROW + 1):
        sheet, where = spots.get(index, (problem.place.sheet or str(problem.place), problem.place.cell or ""))
        for column, text in enumerate((problem.severity.label, sheet, where, problem.message, problem.hint), 1):
            cell = page.cell(row, column)
            _put_text(cell, text)
            cell.font, cell.border, cell.alignment = plain, border, wrapped
        page.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[problem.severity])
        page.row_dimensions[row].height = _height(problem)
        if index in spots:
            _link(page.cell(row, 3), sheet, where, link)
    _remember(page, fills)
    _lay_out(page)


def _head(page: Any, problems: Sequence[Problem], bold: Any, plain: Any) -> None:
    counts = {severity: sum(one.severity is severity for one in problems) for severity in Severity}
    said = ", ".join(f"{n} {severity.label}" for severity, n in counts.items() if n)
    page["A1"], page["A1"].font = _CAPTION, bold
    page["A2"] = _("{counts}. Bấm vào tên ô để đến chỗ sai; sửa xong, lưu tệp rồi chạy lại docgen.").format(counts=said)
    page["A2"].font = plain


def _put_text(cell: Any, text: str) -> None:
    """Write a text as text, even one that looks like a formula."""
    cell.value = printable(text)
    if text.startswith(("=", "+", "-", "@")):
        cell.data_type, cell.quotePrefix = "s", 1


def _link(cell: Any, sheet: str, where: str, font: Any) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{where}", display=where)
    cell.font = font


def _height(problem: Problem) -> float:
    """The height of a problem's row in points; not every program computes it."""
    lines = [sum(-(-max(len(part), 1) // 75) for part in text.split("\n")) for text in (problem.message, problem.hint)]
    return float(min(15 * max(*lines, 1) + 3, 409))


def _remember(page: Any, fills: list[Any]) -> None:
    for row, (sheet, where, fill) in enumerate(fills, _HEADING_ROW + 1):
        page.cell(row, _PLACE_COLUMN, f"{where} {sheet}").data_type = "s"
        page.cell(row, _FILL_COLUMN, etree.tostring(fill.to_tree(), encoding="unicode")).data_type = "s"
    for letter in ("G", "H"):
        page.column_dimensions[letter].hidden = True


def _lay_out(page: Any) -> None:
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = f"A{_HEADING_ROW + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    page.print_area = f"A1:E{max(page.max_row, _HEADING_ROW)}"


def _free_title(book: Any) -> str:
    title, number = _TITLE, 1
    while title.casefold() in {name.casefold() for name in book.sheetnames}:
        number += 1
        title = f"{_TITLE} ({number})"
    return title


def remove_annotations(book: Any) -> None:
    """Remove the list, comments and colours of an earlier run."""
    from openpyxl.comments import Comment

    for page in book.worksheets:
        for cell in [cell for cell in list(page._cells.values()) if cell.comment is not None]:
            if cell.comment.author == AUTHOR:
                _ours, mark, own = cell.comment.text.partition(_OWN_REMARK)
                cell.comment = Comment(own, "") if mark else None
    for page in [page for page in book.worksheets if page["A1"].value == _CAPTION]:
        for row in range(_HEADING_ROW + 1, page.max_row + 1):
            _restore(book, page.cell(row, _PLACE_COLUMN).value, page.cell(row, _FILL_COLUMN).value)
        book.remove(page)


def _restore(book: Any, place: object, fill: object) -> None:
    """Restore a cell's own fill; entries of the list that a person changed are skipped."""
    from openpyxl.styles.fills import Fill
    from openpyxl.utils.cell import coordinate_from_string

    where, _blank, sheet = str(place or "").partition(" ")
    if sheet not in book.sheetnames or not hasattr(book[sheet], "cell"):
        return
    try:
        coordinate_from_string(where)
        own = Fill.from_tree(parse_xml(str(fill or "")))
        cell = book[sheet][where]
        if getattr(cell.fill.fgColor, "rgb", None) in COLOURS.values():
            cell.fill = own
    except (etree.XMLSyntaxError, ValueError, TypeError, AttributeError, KeyError):
        return


#: The formulas of docgen's forms, whose results Excel computes again when it opens the copy.
_OWN_SUM = re.compile(r'SUM\([A-Z]+6:[A-Z]+\d+\)|IF\([A-Z]+\d+="","",SUMIF\([^()]*\)\)|SUMIF\([^()]*\)')
_DRAWN = frozenset(("sp", "grpSp", "cxnSp"))


def losses(package: Package) -> tuple[str, ...]:
    """What a copy of the workbook will lack, in Vietnamese."""
    found = dict.fromkeys(_of_parts(package.names))
    sheets = [link.target for link in package.links(package.main).values() if link.kind == "worksheet"]
    drawings = [name for name in package.names if name.startswith("xl/drawings/") and name.endswith(".xml")]
    for sheet in filter(package.has, sheets):
        found |= dict.fromkeys(_of_sheet(package, sheet))
        drawings += [link.target for link in package.links(sheet).values() if link.kind == "drawing"]
    for drawing in filter(package.has, dict.fromkeys(drawings)):
        if not _DRAWN.isdisjoint(_tags(package, drawing)):
            found[_("hộp chữ và hình vẽ")] = None
    return tuple(found)


def _of_parts(names: Sequence[str]) -> Iterator[str]:
    folders = {posixpath.dirname(name) for name in names}
    if "xl/media" in folders and find_spec("PIL") is None:
        yield _("hình ảnh (máy này thiếu thư viện Pillow)")
    if "xl/featurePropertyBag" in folders:
        yield _("ô đánh dấu trong ô (checkbox): chỉ còn giá trị TRUE, FALSE")
    if "xl/ctrlProps" in folders or "xl/activeX" in folders:
        yield _("nút bấm và ô điều khiển")
    if "xl/embeddings" in folders:
        yield _("tệp nhúng")
    if "xl/slicers" in folders or "xl/timelines" in folders:
        yield _("bộ lọc dạng nút (slicer, timeline)")
    if "xl/threadedComments" in folders:
        yield _("chuỗi thảo luận trong ghi chú: chỉ còn ghi chú thường")
    if "xl/vbaProject.bin" in names:
        yield _("macro")


def _of_sheet(package: Package, name: str) -> Iterator[str]:
    for tag in _tags(package, name):
        if tag == "f":
            yield _("kết quả đã tính của công thức: mở bản sao bằng Excel và lưu lại thì có lại")
        elif tag == "sparkline":
            yield _("biểu đồ nhỏ trong ô (sparkline)")
        elif tag == "cfRule-x14":
            yield _("định dạng có điều kiện kiểu mới (thanh dữ liệu, biểu tượng)")


def _tags(package: Package, name: str) -> set[str]:
    """The names of a part's elements that a copy may lose; of a broken part, as far as it can be parsed."""
    found: set[str] = set()
    kinds = ("{*}f", "{*}sparkline", "{*}cfRule", *(f"{{*}}{tag}" for tag in sorted(_DRAWN)), "{*}row")
    walk = etree.XMLPullParser(("end",), tag=kinds, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for chunk in package.chunks(name):
            walk.feed(chunk)
            ended: Iterator[tuple[str, Any]] = walk.read_events()
            for _event, element in ended:
                tag = etree.QName(element)
                if tag.localname == "f" and _is_own(element.text):
                    continue
                is_new = tag.localname == "cfRule" and "spreadsheetml/2009" in (tag.namespace or "")
                found.add("cfRule-x14" if is_new else tag.localname)
                if tag.localname == "row":
                    element.clear()
    except (etree.XMLSyntaxError, PackageError):
        return found
    return found


def _is_own(formula: str | None) -> bool:
    """Whether a formula is one of docgen's forms; one without text shares an earlier one."""
    return formula is None or _OWN_SUM.fullmatch(formula.replace("$", "")) is not None


_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
#: Of a comment: width, height of a line and greatest height in pixels, and letters a line.
_WIDTH, _LINE, _LETTERS, _HIGHEST = 340, 18, 48, 420


def annotated(path: Path, problems: Sequence[Problem]) -> tuple[bytes, tuple[str, ...]]:
    """A copy of the workbook with its problems in it, and what the copy lacks, as :func:`losses` says.

    The file must have been read before, since the reader refuses zip bombs. Raises OutputError where openpyxl can't
    copy the workbook.
    """
    import openpyxl  # takes 140 ms

    content = read_file(path)
    try:
        # openpyxl's warnings, in English and even on stdout, are covered by `losses` or by the error below.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            lost = losses(Package(content))
            book = openpyxl.load_workbook(BytesIO(with_usual_names(content)), rich_text=True)
            return _annotate(book, problems), lost
    except Exception as error:  # openpyxl raises any exception on files that Excel accepts
        message = _("không sao được sổ tính này để ghi chú thích vào ô")
        hint = _("mở bằng Excel, lưu thành tệp mới rồi chạy lại; hoặc sửa theo danh sách lỗi (không dùng --annotate)")
        raise OutputError(Problem("output.not-annotated", message, hint, Place(path.name))) from error


def _annotate(book: Any, problems: Sequence[Problem]) -> bytes:
    remove_annotations(book)
    spots: dict[int, tuple[str, str]] = {}
    by_cell: dict[tuple[str, str], list[Problem]] = {}
    for index, problem in enumerate(problems):
        spot = _spot(book, problem.place)
        if spot is not None:
            spots[index] = spot
            by_cell.setdefault(spot, []).append(problem)
    fills = [(*spot, _mark(book[spot[0]][spot[1]], found)) for spot, found in by_cell.items()]
    write_list(book, problems, spots, fills)
    for page in book.worksheets:
        page.sheet_view.tabSelected = False  # typing would go to all selected sheets at once
    book.active = 0
    return _saved(book)


def _spot(book: Any, place: Place) -> tuple[str, str] | None:
    """The sheet's title and the cell to annotate, the first of a merged range; None where there is no such cell."""
    from openpyxl.utils.cell import coordinate_from_string
    from openpyxl.utils.exceptions import CellCoordinatesException

    if place.sheet is None or place.cell is None:
        return None
    page = next((page for page in book.worksheets if nfc(page.title) == nfc(place.sheet)), None)
    if page is None:
        return None
    try:
        coordinate_from_string(place.cell)
    except CellCoordinatesException:
        return None
    for merged in page.merged_cells.ranges:
        if place.cell in merged:
            return page.title, merged.start_cell.coordinate
    return page.title, place.cell


def _mark(cell: Any, problems: Iterable[Problem]) -> Any:
    """Colour a cell by the worst of its problems, list them in its comment, and return its former fill."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    found = sorted(problems, key=lambda one: list(Severity).index(one.severity))
    texts = [f"{one.severity.label.upper()}: {one.message}" + (f"\n→ {one.hint}" if one.hint else "") for one in found]
    own_remark = f"{_OWN_REMARK}{cell.comment.text}" if cell.comment is not None else ""
    text = printable("\n\n".join(texts)) + own_remark
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, width=_WIDTH, height=min(_LINE * (lines + 1), _HIGHEST))
    own = cell.fill
    cell.fill = PatternFill("solid", fgColor=COLOURS[found[0].severity])
    return own


class _TimelessZip(zipfile.ZipFile):
    """A zip whose entries have a fixed time."""

    def writestr(self, name: Any, data: Any, *_options: Any) -> None:
        super().writestr(zipfile.ZipInfo(str(name), _ZIP_TIME), data, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_options: Any) -> None:
        self.writestr(arcname or filename, Path(filename).read_bytes())


def _saved(book: Any) -> bytes:
    """The bytes of the workbook, without the time of saving that ``Workbook.save`` adds."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.created or datetime(*_ZIP_TIME)
    book.properties.modified = book.properties.created
    content = BytesIO()
    ExcelWriter(book, _TimelessZip(content, "w", zipfile.ZIP_DEFLATED)).save()
    return content.getvalue()
