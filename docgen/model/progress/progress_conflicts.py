"""All rules over progress, and those over figures that contradict each other, the plan or the form of statistics."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from docgen.base.locale import translate as _
from docgen.errors import Path, Problem, Severity
from docgen.model.counting.entries import Entry, select
from docgen.model.counting.tasks import TaskEntry, counts_for, states_something, stock_of
from docgen.model.plan.plan import Indicator
from docgen.model.plan.sums import in_money_unit
from docgen.model.plan.task import Task
from docgen.model.problems import Problems, problem
from docgen.model.progress.progress import IndicatorResult
from docgen.model.progress.progress_rules import Checked, check_files, check_references, check_tasks
from docgen.wording.dates import format_date
from docgen.wording.numbers import format_amount, format_percent
from docgen.wording.words import in_dong

#: With more different answers to one question than this, each is compared with the first only.
_MOST_ANSWERS = 20


def check_progress(checked: Checked) -> list[Problem]:
    """All problems of a progress."""
    rules = (
        check_files,
        check_references,
        check_tasks,
        _check_answers_agree,
        _check_budgets,
        _check_indicators,
        _check_statistics,
        _check_form,
    )
    return [problem for rule in rules for problem in rule(checked)]


def _check_answers_agree(checked: Checked) -> Problems:
    """A ``chung`` task has one result at each cut-off for all units; a unit has one result in all files."""
    by_task: dict[str, list[TaskEntry]] = {}
    for entry in checked.entries.tasks:
        if entry.unit and entry.record.task in checked.tasks:
            by_task.setdefault(entry.record.task, []).append(entry)
    for code, pool in by_task.items():
        for first, second in _comparable(checked, code, pool):
            task = checked.plan_at(first.end).get(code)
            if task is None or not all(counts_for(checked.units, task, one, first.end) for one in (first, second)):
                continue
            if first.unit == second.unit:
                yield from _same_unit(checked, first, second)
            elif checked.units.counting(task) == "chung":
                yield from _two_units(checked, task, first, second)


def _comparable(checked: Checked, code: str, pool: list[TaskEntry]) -> Iterator[tuple[TaskEntry, TaskEntry]]:
    """Pairs of one task's records that may contradict each other, in the order of the files.

    A task may have a thousand units. Records of different units are only compared if the units share one result,
    and of equal records only the first is compared with all others.
    """
    by_unit: dict[str, list[TaskEntry]] = {}
    by_answer: dict[tuple[object, ...], list[TaskEntry]] = {}
    for entry in pool:
        by_unit.setdefault(entry.unit, []).append(entry)
        record = entry.record
        answer = (entry.start, entry.end, record.percent, record.done_on, record.disbursed)
        by_answer.setdefault(answer, []).append(entry)
    for own in by_unit.values():
        yield from combinations(own, 2)
    standing = (checked.plan_at(end).get(code) for end in {entry.end for entry in pool})
    if not any(task is not None and checked.units.counting(task) == "chung" for task in standing):
        return
    equal = list(by_answer.values())
    few = len(equal) <= _MOST_ANSWERS
    for one, other in combinations(equal, 2) if few else ((equal[0], last) for last in equal[1:]):
        pairs = [*((one[0], second) for second in other), *((first, other[0]) for first in one[1:])]
        for first, second in pairs:
            if first.unit != second.unit:
                yield (first, second) if first.path < second.path else (second, first)


def _same_unit(checked: Checked, first: TaskEntry, second: TaskEntry) -> Problems:
    if first.end != second.end or (first.start, first.end) == (second.start, second.end) or _same_stock(first, second):
        return
    wide, narrow = sorted((first, second), key=lambda entry: -entry.width)
    message = _("cùng ngày chốt {day} nhưng khác tệp kia: {one}; {other}").format(
        day=format_date(wide.end), one=_stock_words(wide), other=_stock_words(narrow)
    )
    hint = _("báo cáo lấy số của kỳ dài hơn; sửa một trong hai")
    at = _stock_path(wide)
    yield problem("progress.parts-differ", at, message, hint, Severity.WARNING, [_stock_path(narrow)])


def _two_units(checked: Checked, task: Task, first: TaskEntry, second: TaskEntry) -> Problems:
    names = {"first": checked.units.name(first.unit), "second": checked.units.name(second.unit), "code": task.code}
    hint = _("nhiệm vụ này có một kết quả chung: thống nhất một con số, hoặc ghi cach_tinh: tung_don_vi ở kế hoạch")
    if first.end == second.end and not _same_stock(first, second):
        message = _("nhiệm vụ “{code}”: {first} báo {one}, {second} báo {other}").format(
            one=_stock_words(first), other=_stock_words(second), **names
        )
        yield problem("progress.contradiction", _stock_path(second), message, hint, related=[_stock_path(first)])
    paid = [entry.record.disbursed for entry in (first, second)]
    same_days = (first.start, first.end) == (second.start, second.end)
    if same_days and None not in paid and paid[0] != paid[1] and not task.allocations:
        message = _("nhiệm vụ “{code}”: {first} báo giải ngân {one}, {second} báo {other}").format(
            one=format_amount(paid[0] or 0), other=format_amount(paid[1] or 0), **names
        )
        hint = _("kinh phí này chưa chia: thống nhất một con số, hoặc chia bằng phan_bo ở kế hoạch")
        related = [(*first.path, "giai_ngan")]
        yield problem("progress.contradiction", (*second.path, "giai_ngan"), message, hint, related=related)


def _same_stock(first: TaskEntry, second: TaskEntry) -> bool:
    """Whether two records agree on how far a task is, or one doesn't state it."""
    if not (states_something(first) and states_something(second)):
        return True
    one, other = stock_of(first), stock_of(second)
    return (one.percent, one.done_on) == (other.percent, other.done_on)


def _stock_words(entry: TaskEntry) -> str:
    stock = stock_of(entry)
    if stock.done_on is not None:
        return _("xong ngày {day}").format(day=format_date(stock.done_on))
    return format_percent(stock.percent or 0)


def _stock_path(entry: TaskEntry) -> Path:
    return (*entry.path, "phan_tram" if entry.record.percent is not None else "ngay_hoan_thanh")


def _check_budgets(checked: Checked) -> Problems:
    """The money disbursed for each task over the year stays within its budget."""
    unit = checked.plan.money_unit
    paid: dict[str, list[TaskEntry]] = {}
    for entry in checked.entries.tasks:
        if entry.record.task in checked.tasks and _payable(checked, entry):
            paid.setdefault(entry.record.task, []).append(entry)
    for code, pool in paid.items():
        path, original = checked.tasks[code]
        task = checked.plan_at(max(entry.end for entry in pool)).get(code, original)
        if task.budget is None:
            continue
        pools: dict[str, list[TaskEntry]] = {}
        for entry in pool:
            own = checked.units.counting(task) == "tung_don_vi" or task.allocations
            pools.setdefault(entry.unit if own else "", []).append(entry)
        days = (min(entry.start for entry in pool), max(entry.end for entry in pool))
        counted = [entry for part in pools.values() for entry in select(part, *days).counted]
        spent = sum(in_dong(entry.record.disbursed or 0, unit) for entry in counted)
        budget = in_dong(task.budget, unit)
        if spent > budget:
            message = _("nhiệm vụ “{code}” giải ngân {spent}, nhiều hơn kinh phí {budget} {unit}").format(
                code=code,
                spent=format_amount(in_money_unit(spent, unit)),
                budget=format_amount(in_money_unit(budget, unit)),
                unit=unit,
            )
            last = max(counted, key=lambda entry: (entry.end, entry.path))
            related = [(*path, "kinh_phi")]
            hint = _("kiểm tra giai_ngan của các kỳ: đây là số trong kỳ, không phải số lũy kế")
            yield problem("progress.above-budget", (*last.path, "giai_ngan"), message, hint, Severity.WARNING, related)


def _payable(checked: Checked, entry: TaskEntry) -> bool:
    """Whether a record has a known unit and a valid amount."""
    amount = entry.record.disbursed
    if amount is None or amount < 0 or not entry.unit:
        return False
    try:
        in_dong(amount, checked.plan.money_unit)
    except ValueError:
        return False
    return True


def _check_indicators(checked: Checked) -> Problems:
    for entry in checked.entries.indicators:
        indicator = checked.indicators.get(entry.record.indicator)
        if indicator is not None:
            yield from _check_indicator(entry, indicator)


def _check_indicator(entry: Entry[IndicatorResult], indicator: Indicator) -> Problems:
    record, path = entry.record, entry.path
    figures = {"thuc_hien": record.value, "tu_so": record.numerator, "mau_so": record.denominator}
    given = [key for key, value in figures.items() if value is not None]
    if indicator.qualitative != (record.met is not None) or (indicator.qualitative and given):
        needed = "dat: true" if indicator.qualitative else _("thuc_hien, hoặc tu_so và mau_so")
        message = _("chỉ tiêu “{code}” cần {needed}").format(code=indicator.code, needed=needed)
        at = (*path, "dat") if record.met is not None else (*path, given[0]) if given else path
        yield problem("progress.indicator", at, message, _("ghi đúng loại kết quả của chỉ tiêu"))
    elif not indicator.qualitative and given not in (["thuc_hien"], ["tu_so", "mau_so"]):
        both = "thuc_hien" in given and len(given) > 1
        message = _("có cả thuc_hien và tu_so, mau_so") if both else _("cần thuc_hien, hoặc cả tu_so và mau_so")
        hint = _("giữ một cách ghi; tỷ lệ thì nên ghi tu_so và mau_so để cộng được")
        related = [(*path, given[1])] if both else []
        at = (*path, given[0]) if given else path
        yield problem("progress.indicator", at, message, hint, related=related)
    yield from _check_ratio(path, record)


def _check_ratio(path: Path, record: IndicatorResult) -> Problems:
    for key, value in (("tu_so", record.numerator), ("mau_so", record.denominator)):
        if value is not None and value < 0:
            message = _("{key} {value} là số âm").format(key=key, value=format_amount(value))
            yield problem("progress.negative", (*path, key), message, _("kiểm tra lại số"))
    top, bottom = record.numerator, record.denominator
    if top is not None and bottom is not None and top > bottom:
        message = _("tử số {top} lớn hơn mẫu số {bottom}").format(top=format_amount(top), bottom=format_amount(bottom))
        yield problem("progress.ratio", (*path, "tu_so"), message, _("sửa một trong hai"), related=[(*path, "mau_so")])


def _check_statistics(checked: Checked) -> Problems:
    known = checked.progress.form.by_code if checked.progress.form is not None else {}
    for entry in checked.entries.statistics:
        one, at = known.get(entry.record.statistic), (*entry.path, "thuc_hien")
        if one is None:
            continue
        if one.adding == "ty_le" or one.computed is not None:
            message = _("số liệu “{code}” được tính ra, không ghi").format(code=one.code)
            sources: Iterable[str | None] = (one.numerator, one.denominator)
            hint = _("ghi các số liệu gốc: {codes}").format(codes=", ".join(filter(None, sources)))
            hint = hint if one.computed is None else _("số này lấy từ tiến độ nhiệm vụ; xóa mục này")
            yield problem("progress.computed", at, message, hint)
        elif entry.record.value < 0:
            message = _("số liệu {value} là số âm").format(value=format_amount(entry.record.value))
            yield problem("progress.negative", at, message, _("kiểm tra lại số"))
        elif one.coded and entry.record.value not in _codes(one.coded):
            message = _("“{value}” không có trong quy ước").format(value=format_amount(entry.record.value))
            yield problem("progress.coded", at, message, _("quy ước: {rules}").format(rules="; ".join(one.coded)))


def _codes(rules: tuple[str, ...]) -> set[Decimal]:
    """The allowed numbers of a coded statistic: what stands before “=” or “:” in each line."""
    heads = (rule.replace(":", "=").split("=")[0].strip() for rule in rules)
    return {Decimal(head) for head in heads if head.isdigit()}


def _check_form(checked: Checked) -> Problems:
    """Check the codes in a form of statistics, and that each percentage has numerator and denominator."""
    form = checked.progress.form
    if form is None:
        return
    for index, one in enumerate(form.statistics):
        path: Path = ("bieu_so_lieu", "bieu", index)
        if (one.adding == "ty_le") != (one.numerator is not None and one.denominator is not None):
            message = _("số liệu “{code}”: ma_tu_so và ma_mau_so đi cùng cach_gop: ty_le").format(code=one.code)
            yield problem("statistics.ratio", path, message, _("thêm hoặc xóa hai khóa đó"))
        if form.by_code[one.code] is not one:
            message = _("mã số liệu “{code}” bị dùng hai lần").format(code=one.code)
            yield problem("data.doubled-code", (*path, "ma"), message, _("đặt cho mỗi số liệu một mã riêng"))
        for key, code in (("ma_tu_so", one.numerator), ("ma_mau_so", one.denominator)):
            if code is not None and (code not in form.by_code or form.by_code[code].adding == "ty_le"):
                message = _("“{code}” không phải mã của một số liệu cộng được").format(code=code)
                yield problem("data.unknown-reference", (*path, key), message, _("kiểm tra mã"))
    for index, check in enumerate(form.checks):
        for key, codes in (("ve_trai", check.left), ("ve_phai", check.right)):
            for at, code in enumerate(codes):
                if code not in form.by_code:
                    message = _("không có số liệu nào mang mã “{code}”").format(code=code)
                    path = ("bieu_so_lieu", "kiem_tra", index, key, at)
                    yield problem("data.unknown-reference", path, message, _("kiểm tra mã"))
