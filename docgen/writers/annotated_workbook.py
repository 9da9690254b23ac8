"""A person's workbook and what is wrong in it in; out, a copy with each bad cell coloured, its message in a comment.

openpyxl makes the copy; what it can't keep is said for this workbook alone, so that a person knows whether to go on
in the copy or in the original. A copy that is annotated again is cleaned first. Same workbook and problems, same bytes.
"""

import warnings
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem, Severity
from docgen.writers.annotation_sheet import AUTHOR, COLOURS, remark, remove_annotations, same_title, write_list
from docgen.writers.workbook_losses import losses

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
#: Of a comment, in pixels; a line of it holds about so many letters.
_WIDTH, _LINE, _LETTERS, _HIGHEST = 340, 18, 48, 420


def annotated(path: Path, problems: Sequence[Problem]) -> tuple[bytes, tuple[str, ...]]:
    """A copy of the workbook with its problems in it, and sentences on what the copy lacks of the original.

    The reader must have accepted the file before: it is what keeps out archives that unpack to anything. Raises
    OutputError where openpyxl can't copy the workbook.
    """
    import openpyxl  # type: ignore[import-untyped] # 140 ms that nobody else should wait for

    content = path.read_bytes()
    try:
        # What openpyxl says there, in English and even on stdout, is told in `losses` or refused.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(BytesIO(content)) as archive:
                lost = losses(archive)
            book = openpyxl.load_workbook(BytesIO(content), rich_text=True)
            return _annotate(book, problems), lost
    except Exception as error:  # openpyxl raises whatever comes to it on a file that Excel forgives
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
        page.sheet_view.tabSelected = False  # several selected sheets would be typed into all at once
    book.active = 0
    return _saved(book)


def _spot(book: Any, place: Place) -> tuple[str, str] | None:
    """The sheet's own title and the cell to annotate; of a merged range the first, which is the one that shows."""
    from openpyxl.utils.cell import coordinate_from_string  # type: ignore[import-untyped]
    from openpyxl.utils.exceptions import CellCoordinatesException  # type: ignore[import-untyped]

    if place.sheet is None or place.cell is None:
        return None
    page = next((page for page in book.worksheets if same_title(page.title, place.sheet)), None)
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
    """Colour the cell by the worst of its problems and write them beside it; its own fill is returned."""
    from openpyxl.comments import Comment  # type: ignore[import-untyped]
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

    found = sorted(problems, key=lambda one: _RANK[one.severity])
    texts = [f"{one.severity.label.upper()}: {one.message}" + (f"\n→ {one.hint}" if one.hint else "") for one in found]
    text = remark("\n\n".join(texts), cell.comment)
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, width=_WIDTH, height=min(_LINE * (lines + 1), _HIGHEST))
    own = cell.fill
    cell.fill = PatternFill("solid", fgColor=COLOURS[found[0].severity])
    return own


class _TimelessZip(zipfile.ZipFile):
    """A zip in which no entry tells when it was made."""

    def writestr(self, name: Any, data: Any, *_options: Any) -> None:
        super().writestr(zipfile.ZipInfo(str(name), _ZIP_TIME), data, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_options: Any) -> None:
        self.writestr(arcname or filename, Path(filename).read_bytes())


def _saved(book: Any) -> bytes:
    """The bytes of the workbook; ``Workbook.save`` would stamp the time of day."""
    from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]

    book.properties.created = book.properties.created or datetime(*_ZIP_TIME)
    book.properties.modified = book.properties.created
    content = BytesIO()
    ExcelWriter(book, _TimelessZip(content, "w", zipfile.ZIP_DEFLATED)).save()
    return content.getvalue()
