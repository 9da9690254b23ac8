"""What openpyxl can't keep when it copies a workbook, found in the very file: sentences for a person."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from importlib.util import find_spec

from lxml import etree

from docgen.base.locale import translate as _

#: The sums that docgen's own forms have: what they make is in their cells again as soon as Excel opens the copy.
_OWN_SUM = re.compile(r'SUM\([A-Z]+6:[A-Z]+\d+\)|IF\([A-Z]+\d+="","",SUMIF\([^()]*\)\)|SUMIF\([^()]*\)')
_DRAWN = frozenset(("sp", "grpSp", "cxnSp"))


def losses(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Each thing of a workbook that its copy will lack; nothing where it loses nothing."""
    names = archive.namelist()
    found = dict.fromkeys(_of_parts(names))
    for name in names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found |= dict.fromkeys(_of_sheet(archive, name))
        elif name.startswith("xl/drawings/") and name.endswith(".xml"):
            found |= dict.fromkeys(_of_drawing(archive, name))
    return tuple(found)


def _of_parts(names: list[str]) -> Iterator[str]:
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


def _of_sheet(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for tag in _tags(archive, name):
        if tag == "f":
            yield _("kết quả đã tính của công thức: mở bản sao bằng Excel và lưu lại thì có lại")
        elif tag == "sparkline":
            yield _("biểu đồ nhỏ trong ô (sparkline)")
        elif tag == "cfRule-x14":
            yield _("định dạng có điều kiện kiểu mới (thanh dữ liệu, biểu tượng)")


def _of_drawing(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    if not _DRAWN.isdisjoint(_tags(archive, name)):
        yield _("hộp chữ và hình vẽ")


def _tags(archive: zipfile.ZipFile, name: str) -> set[str]:
    """The names of the elements of a part that matter here; those of a broken one as far as it can be read."""
    found: set[str] = set()
    kinds = ("{*}f", "{*}sparkline", "{*}cfRule", *(f"{{*}}{tag}" for tag in sorted(_DRAWN)), "{*}row")
    try:
        with archive.open(name) as part:
            walk = etree.iterparse(
                part, events=("end",), tag=kinds, resolve_entities=False, no_network=True, load_dtd=False
            )
            for _event, element in walk:
                tag = etree.QName(element)
                if tag.localname == "f" and _is_own(element.text):
                    continue
                is_new = tag.localname == "cfRule" and "spreadsheetml/2009" in (tag.namespace or "")
                found.add("cfRule-x14" if is_new else tag.localname)
                if tag.localname == "row":
                    element.clear()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
        return found
    return found


def _is_own(formula: str | None) -> bool:
    """Whether a formula is a sum of docgen's forms; one without text is like the one before that it shares."""
    return formula is None or _OWN_SUM.fullmatch(formula.replace("$", "")) is not None
