"""What a report prints, read back: from its .docx, its context, or its .xlsx; plain rows of texts or numbers."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.table import Table
from docx.text.paragraph import Paragraph

Rows = list[tuple[str, ...]]
#: Tables by heads that no other has together, and the columns of what is compared.
_HEADS: dict[str, tuple[set[str], tuple[int, ...]]] = {
    "trang_thai": ({"Trạng thái", "Số nhiệm vụ"}, (0, 1, 2)),
    "nhiem_vu": ({"Tình trạng"}, (0, 1, 4, 5)),
    "don_vi": ({"Đơn vị", "Tổng số"}, (0, 1, 2, 3, 4, 5, 6, 7, 8)),
    "chi_tieu": ({"Chỉ tiêu", "Mục tiêu"}, (0, 1, 3, 4)),
    "kinh_phi": ({"Nội dung", "Tỷ lệ (%)"}, (0, 1, 2, 3, 4)),
    "so_lieu": ({"Chỉ tiêu thống kê"}, (0, 1, 3)),
    "tra_loi": ({"Ngày gửi"}, (0, 1, 2, 3)),
}


@dataclass
class Printed:
    """The lines of the text, and the rows of each table by name."""

    lines: list[str] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)


def flat(text: Any) -> str:
    """One line, with plain spaces and hyphens for those that don't break (U+001E is a context's mark for Word's)."""
    return " ".join(str(text).replace("\u00a0", " ").replace("\u2011", "-").replace("\x1e", "-").split())


def from_docx(path: Path) -> Printed:
    document, found = docx.Document(str(path)), Printed()
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            found.lines.append(flat(Paragraph(element, document).text))
        elif element.tag.endswith("}tbl"):
            rows = [[_text(cell) for cell in row.tc_lst] for row in Table(element, document)._tbl.tr_lst]
            name = next((name for name, (heads, _columns) in _HEADS.items() if heads <= set(rows[0])), None)
            if name is not None:
                columns = _HEADS[name][1]
                found.tables[name] = [_columns(row, columns, len(rows[0])) for row in rows[1:]]
    return found


def _text(cell: Any) -> str:
    """The text of a cell, one line."""
    return flat(" ".join(Paragraph(one, cell).text for one in cell.p_lst))


def _columns(row: list[str], columns: tuple[int, ...], width: int) -> tuple[str, ...]:
    """Some cells of a row; one that is merged over several columns is a heading, or the name of the total."""
    if len(row) == 2:
        row = [*row, *[""] * (width - 2)]
    if len(row) == width - 1:
        row = [row[0], *row]
    return tuple(row[at] for at in columns)


def from_context(context: Any) -> Printed:
    found = Printed()
    for one in context["noi_dung"]:
        found.lines.append(
            flat(one.get("nhan_dam", "") + one.get("nhan", "") + one.get("tieu_de", "") + one.get("van", ""))
        )
    for part in context["phu_luc"]:
        named = {name.removeprefix("bang_"): rows for name, rows in part.items() if name.startswith("bang_") and rows}
        for name, rows in named.items():
            found.tables[name] = [tuple(map(flat, row)) for row in _READ[name](rows, part)]
        found.lines += [flat(value) for value in part.values() if isinstance(value, str)]
    return found


def _groups(rows: Any, members: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = []
    for group in rows:
        found.append((group["so"], group["tieu_de"], *[""] * (len(columns) - 2)))
        found += [tuple(one[key] for key in columns) for one in group[members]]
    return found


_READ: dict[str, Any] = {
    "trang_thai": lambda rows, _part: [(row["ten"], row["so_luong"], row["ty_le"]) for row in rows],
    "nhiem_vu": lambda rows, _part: _groups(rows, "nhiem_vu", ("stt", "mo_ta", "tinh_trang", "tien_do")),
    "don_vi": lambda rows, _part: [
        tuple(
            row[key] for key in ("stt", "ten", "tong", "dung_han", "cham", "qua_han", "dang", "chua", "khong_so_lieu")
        )
        for row in rows
    ],
    "chi_tieu": lambda rows, _part: [(row["stt"], row["ten"], row["thuc_hien"], row["danh_gia"]) for row in rows],
    "kinh_phi": lambda rows, part: [
        *((row["stt"], row["ten"], row["ke_hoach"], row["giai_ngan"], row["ty_le"]) for row in rows),
        ("Tổng", "Tổng", part["tong_ke_hoach"], part["tong_giai_ngan"], part["tong_ty_le"]),
    ],
    "so_lieu": lambda rows, _part: _groups(rows, "hang", ("stt", "ten", "thuc_hien")),
    "tra_loi": lambda rows, _part: [(row["stt"], row["ten"], row["ngay"], row["ghi_chu"]) for row in rows],
}


def from_xlsx(content: bytes | Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by its heads, in the values that the file holds beside its formulas."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in openpyxl.load_workbook(source, data_only=True):
        rows = list(sheet.iter_rows(values_only=True))
        top = next(at for at, row in enumerate(rows) if sum(cell is not None for cell in row) > 2)
        heads = [flat(cell) for cell in rows[top] if cell is not None]
        found[sheet.title] = [dict(zip(heads, map(_plain, row), strict=False)) for row in rows[top + 1 :]]
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Fraction(str(cell))
    return flat(cell) if cell not in (None, "") else None


def part_of(lines: list[str], head: str) -> list[str]:
    """The lines under a heading, up to the next of its kind (I., II. …)."""
    at = next((n for n, line in enumerate(lines) if re.fullmatch(rf"[IVX]+\. {head}.*", line)), None)
    if at is None:
        return []
    end = next((n for n in range(at + 1, len(lines)) if re.match(r"[IVX]+\. [A-ZĐÀ-Ỹ]", lines[n])), len(lines))
    return lines[at + 1 : end]
