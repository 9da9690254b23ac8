"""The sheets of a unit's progress form, with a hidden sheet that identifies the unit, plan and period.

The sheets are made from the declarations of progress records, so that new fields appear by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from docgen.base.declare import Declaration, Record, declarations, shown_text
from docgen.base.locale import translate as _
from docgen.base.sheets import Cell, Choice, Entry, FormColumn, FormLine, FormSheet
from docgen.errors import Place, Problem
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import FieldOfWork, Indicator
from docgen.model.plan.task import Task
from docgen.model.progress.merge import ABOUT, IDENTITY
from docgen.model.progress.progress import IndicatorResult, ProgressFile
from docgen.model.progress.questions import Questions
from docgen.model.progress.statistics import Statistic
from docgen.readers.excel.cells import Book, Spot, scalar
from docgen.readers.excel.columns import cell_of, example_of, own_choice, style_of
from docgen.readers.excel.table import Heading, read_table
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount

#: The version of the form's layout, kept in the hidden sheet.
VERSION = "1"
HIDDEN_SHEET = "_docgen"
#: The key of the column of a task's status, a word for what percent and day of completion say in figures.
STATUS = "tinh_trang"
NOT_BEGUN, UNDER_WAY, DONE = "Chưa làm", "Đang làm", "Đã xong"
#: The prefix of keys of columns that show the plan's own values.
SHOWN = "kh."
#: Titles of sheets by the key of the list that they fill.
SHEETS = {"tien_do": "Nhiệm vụ", "ket_qua_chi_tieu": "Chỉ tiêu", "so_lieu": "Số liệu", "loi_van": "Lời văn"}
_ABOUT_TASK = ("mo_ta", "san_pham", "thoi_han", "kinh_phi")
_WIDTHS = {"lines": 20.0, "amount": 10.0, "date": 11.0, "flag": 9.0}
_WIDE = {"mo_ta": 34.0, "ten": 46.0, "van": 100.0, "ma": 13.0, "linh_vuc": 16.0, "da_ban_hanh": 22.0, "quy_uoc": 24.0}
_HIDDEN_KEY, _HIDDEN_VALUE = "khoa", "gia_tri"
HIDDEN_HEADINGS = (Heading(_HIDDEN_KEY, "Khóa", True), Heading(_HIDDEN_VALUE, "Giá trị"))


@dataclass(frozen=True)
class Asked:
    """A column: key, heading, and the field that it fills, None where it only shows a value of the plan."""

    key: str
    label: str
    declared: Declaration | None = None


@dataclass(frozen=True)
class Part:
    """One sheet of the form: the key of the list of a :class:`ProgressFile` that it fills, and its columns."""

    key: str
    title: str
    columns: tuple[Asked, ...]

    @property
    def about(self) -> str:
        """The key of the column with what a row is about."""
        return ABOUT[self.key]


def parts(questions: Questions) -> dict[str, Part]:
    """The sheets of a form by the key of the list that they fill."""
    shown = {
        "tien_do": [*_shown(Task, _ABOUT_TASK, questions), Asked(STATUS, "Tình trạng")],
        "ket_qua_chi_tieu": [
            *_shown(Indicator, ("ten",), questions),
            Asked(f"{SHOWN}muc_tieu", "Mục tiêu của kế hoạch"),
        ],
        "so_lieu": _shown(Statistic, ("ten", "don_vi_do", "quy_uoc"), questions),
        "loi_van": _shown(FieldOfWork, ("ten",), questions),
    }
    return {key: _part(key, title, shown[key], questions) for key, title in SHEETS.items()}


def _part(key: str, title: str, shown: Iterable[Asked], questions: Questions) -> Part:
    record = declarations(ProgressFile)[key].record
    assert record is not None, key
    known = declarations(record)
    about = known[ABOUT[key]]
    answers = [
        Asked(declared.key, _label(declared, questions), declared)
        for declared in known.values()
        if declared.key not in IDENTITY and not declared.internal
    ]
    return Part(key, title, (Asked(about.key, about.label), *shown, *answers))


def _shown(record: type[Record], keys: Iterable[str], questions: Questions) -> list[Asked]:
    known = declarations(record)
    return [Asked(f"{SHOWN}{key}", _label(known[key], questions)) for key in keys]


def _label(declared: Declaration, questions: Questions) -> str:
    """A field's heading, with the unit for amounts of the plan's money."""
    return f"{declared.label} ({questions.plan.money_unit})" if _is_money(declared) else declared.label


def progress_sheets(
    questions: Questions, unit: Unit, plan_hash: str, earlier: ProgressFile | None = None
) -> tuple[FormSheet, ...]:
    """The sheets of a unit's form, filled with what it reported ``earlier`` for the same days."""
    reported = _reported(earlier)
    found = parts(questions)
    rows = shown_cells(questions, unit)
    sent = [part for key, part in found.items() if rows[key]]
    sheets = [_sheet(part, rows[part.key], reported.get(part.key, {}), questions, unit) for part in sent]
    return (_guide(sent, questions, unit), *sheets, _hidden(sent, questions, unit, plan_hash))


Shown = Mapping[str, Cell | Entry]


def shown_cells(questions: Questions, unit: Unit) -> dict[str, list[Shown]]:
    """The rows of a unit's sheets by the key of their list: the values of cells that it doesn't fill in."""
    return {
        "tien_do": [_task_cells(task, unit) for _group, task in questions.tasks.get(unit.code, ())],
        "ket_qua_chi_tieu": [_indicator_cells(one) for one in questions.indicators.get(unit.code, ())],
        "so_lieu": [_record_cells(one, ("ten", "don_vi_do", "quy_uoc")) for one in questions.statistics],
        "loi_van": [_record_cells(one, ("ten",)) for one in questions.fields],
    }


def _reported(earlier: ProgressFile | None) -> dict[str, dict[str, dict[str, object]]]:
    """Values reported earlier, by the key of their list, by what they are about, by field."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for key, about in ABOUT.items() if earlier is not None else ():
        declared = declarations(ProgressFile)[key]
        assert declared.record is not None, key
        for record in getattr(earlier, declared.name):
            values = {one.key: getattr(record, one.name) for one in declarations(declared.record).values()}
            found.setdefault(key, {})[str(values[about])] = values
    return found


def _task_cells(task: Task, unit: Unit) -> Shown:
    share = next((one.budget for one in task.allocations if one.unit == unit.code), task.budget)
    cells: dict[str, Cell | Entry] = {"ma": task.code}
    cells |= {f"{SHOWN}{key}": _text(task, key) for key in _ABOUT_TASK}
    if share is not None and task.budget_words is None:
        cells[f"{SHOWN}kinh_phi"] = share
    else:
        cells[f"{SHOWN}kinh_phi"] = task.budget_words
    return cells


def _indicator_cells(indicator: Indicator) -> Shown:
    cells = dict(_record_cells(indicator, ("ten",)))
    cells[f"{SHOWN}muc_tieu"] = target_text(indicator)
    kind = "flag" if indicator.qualitative else "amount"
    for declared in declarations(IndicatorResult).values():
        if declared.kind in ("flag", "amount") and declared.kind != kind:
            cells[declared.key] = Entry(None, locked=True, choice=None)
    return cells


def target_text(indicator: Indicator) -> str:
    """An indicator's target in words: “≥ 95 %”."""
    if indicator.qualitative or indicator.target is None:
        return "Đạt"
    known = declarations(Indicator)["toan_tu"].choices
    figures = [format_amount(one) for one in (indicator.target, indicator.target_to) if one is not None]
    unit = indicator.measure_unit or ""
    if indicator.operator == "khoang" and len(figures) > 1:
        return f"từ {figures[0]} đến {figures[1]}" + f" {unit}".rstrip()
    return " ".join(filter(None, (known.get(indicator.operator or "", ""), figures[0], unit)))


def _record_cells(record: Record, keys: Iterable[str]) -> Shown:
    code = "linh_vuc" if isinstance(record, FieldOfWork) else "ma"
    return {code: str(getattr(record, "code", "")), **{f"{SHOWN}{key}": _text(record, key) for key in keys}}


def _text(record: Record, key: str) -> str | None:
    declared = declarations(type(record))[key]
    return shown_text(declared, getattr(record, declared.name)) or None


def _sheet(
    part: Part,
    rows: Iterable[Shown],
    reported: Mapping[str, Mapping[str, object]],
    questions: Questions,
    unit: Unit,
) -> FormSheet:
    lines = []
    for cells in rows:
        values = reported.get(str(cells[part.about]), {})
        lines.append(FormLine(tuple(_cell(asked, cells, values) for asked in part.columns)))
    caption = f"{part.title} - {unit.name}"
    return FormSheet(
        title=part.title,
        caption=caption,
        guidance=_GUIDANCE[part.key].format(end=format_date(questions.end)),
        columns=tuple(_column(asked) for asked in part.columns),
        lines=tuple(lines),
        protected=True,
    )


_GUIDANCE = {
    "tien_do": (
        "Mức độ hoàn thành, ngày hoàn thành: tính đến ngày {end}. Văn bản, giải ngân: chỉ trong kỳ; nhiều văn bản thì "
        "xuống dòng bằng Alt+Enter. Nhiệm vụ chưa có gì để báo thì bỏ trống cả dòng."
    ),
    "ket_qua_chi_tieu": (
        "Tính từ đầu năm đến ngày {end}. Tỷ lệ thì ghi tử số và mẫu số; số khác ghi ở “Thực hiện”; chỉ tiêu định tính "
        "ghi “Đạt”. Chưa có số thì bỏ trống cả dòng."
    ),
    "so_lieu": "Chỉ ghi số liệu của đơn vị mình, đến ngày {end}; không có thì bỏ trống, bằng không thì ghi 0.",
    "loi_van": "Lời của đơn vị về từng lĩnh vực, đến ngày {end}; mỗi đoạn một dòng (Alt+Enter). Bỏ trống nếu không có.",
}


def _cell(asked: Asked, cells: Shown, values: Mapping[str, object]) -> Cell | Entry:
    given = cells.get(asked.key)
    if asked.key == STATUS:
        return _status_of(values)
    if asked.declared is None or given is not None:
        return given
    value = cell_of(asked.declared, values.get(asked.key))
    return None if value == "" else value


def _status_of(values: Mapping[str, object]) -> str | None:
    percent, done_on = values.get("phan_tram"), values.get("ngay_hoan_thanh")
    if done_on is not None or percent == 100:
        return DONE
    if percent is None:
        return None
    return NOT_BEGUN if percent == 0 else UNDER_WAY


def _column(asked: Asked) -> FormColumn:
    declared = asked.declared
    key = asked.key.removeprefix(SHOWN)
    if asked.key == STATUS:
        choice = Choice((NOT_BEGUN, UNDER_WAY, DONE))
        return FormColumn(asked.label, 12, "centred", example=UNDER_WAY, choice=choice)
    if declared is None:
        return FormColumn(asked.label, _WIDE.get(key, 14.0), "amount" if key == "kinh_phi" else "text", locked=True)
    return FormColumn(
        asked.label,
        _WIDE.get(key, _WIDTHS.get(declared.kind, 16.0)),
        style_of(declared),
        example=example_of(declared),
        choice=own_choice(declared),
        summed=_is_money(declared),
    )


def _is_money(declared: Declaration) -> bool:
    """Whether a field holds money in the plan's unit."""
    return "don_vi_tinh" in declared.help


def _guide(sent: Iterable[Part], questions: Questions, unit: Unit) -> FormSheet:
    """The first sheet, which says how to fill in the form."""
    period = questions.period.name
    days = {"start": format_date(questions.start), "end": format_date(questions.end)}
    steps = [
        "Biểu mẫu này của {unit}, báo cáo {period}, số liệu từ {start} đến {end}.".format(
            unit=unit.name, period=period, **days
        ),
        "Các trang cần điền: {names}. Chỉ điền các ô trống; ô xám là nội dung của kế hoạch, không sửa.".format(
            names=", ".join(f"“{part.title}”" for part in sent)
        ),
        "Không đổi tên trang, không xóa hay thêm cột, không gộp ô. Dòng nào không có gì để báo thì bỏ trống.",
        "Số viết bằng chữ số: 4,5. Ngày viết ngày/tháng/năm: 05/01/2023. Mức độ 50% thì ghi 50.",
        f"Đã xong thì chọn “{DONE}” và ghi ngày hoàn thành.",
        "Điền xong thì lưu (giữ dạng .xlsx) rồi gửi lại tệp này. Sai thì sửa chính tệp này rồi gửi lại.",
    ]
    lines = tuple(FormLine((Decimal(number), text)) for number, text in enumerate(steps, 1))
    columns = (FormColumn("TT", 5, "centred", locked=True), FormColumn("Cách điền", 110, locked=True))
    caption = f"BIỂU BÁO CÁO {period.upper()}"
    return FormSheet("Hướng dẫn", caption, unit.name, columns, lines, protected=True)


def _hidden(sent: Iterable[Part], questions: Questions, unit: Unit, plan_hash: str) -> FormSheet:
    hidden = {
        "bieu_mau": VERSION,
        "ma": questions.plan.code,
        "don_vi": unit.code,
        "ky": questions.period.code,
        "luoc_do": questions.scheme,
        "tu": format_date(questions.start),
        "den": format_date(questions.end),
        "ke_hoach": plan_hash,
        **{f"cot.{part.key}": " ".join(asked.key for asked in part.columns) for part in sent},
    }
    lines = tuple(FormLine((key, value)) for key, value in hidden.items())
    columns = tuple(FormColumn(heading.label, 30, locked=True) for heading in HIDDEN_HEADINGS)
    return FormSheet(HIDDEN_SHEET, HIDDEN_SHEET, "", columns, lines, protected=True, hidden=True)


#: The first sheet, and its cell with the unit's name.
_GUIDE, _UNIT_SPOT = "Hướng dẫn", Spot(2, 0)


def hidden_values(book: Book) -> dict[str, str] | None:
    """The rows of the hidden sheet by key; None where there is no such sheet or it isn't such a table."""
    grid = book.by_name.get(HIDDEN_SHEET)
    table = read_table(grid, HIDDEN_HEADINGS, []) if grid is not None else None
    if table is None:
        return None
    key, value = (heading.key for heading in HIDDEN_HEADINGS)
    texts = [
        {name: scalar(cell, table.place(row.number, name)).text.strip() for name, cell in row.cells.items()}
        for row in table.rows
    ]
    return {one[key]: one.get(value, "") for one in texts if key in one}


def progress_form_problem(book: Book) -> Problem | None:
    """The problem of a progress form where a plan is expected; None where the workbook isn't one."""
    if HIDDEN_SHEET not in book.by_name:
        return None
    hidden = hidden_values(book) or {}
    guide = book.by_name.get(_GUIDE)
    cell = guide.cells.get(_UNIT_SPOT) if guide is not None else None
    named = cell.value if cell is not None and isinstance(cell.value, str) else hidden.get("don_vi", "")
    unit, period = " ".join(named.split()) or _("một đơn vị"), hidden.get("ky") or _("KỲ")
    message = _("đây là biểu mẫu tiến độ của {unit}, kỳ {period}, không phải kế hoạch")
    hint = _("thu vào bằng `docgen collect KẾ_HOẠCH {file} --period {period}`")
    words = {"unit": unit, "period": period, "file": book.file}
    return Problem("sheet.progress-form", message.format(**words), hint.format(**words), Place(book.file))
