"""Rules over the words themselves: what was left to fill in, years copied along, titles in small letters."""

import re
from collections.abc import Iterator

from docgen.base.declare import Record, declarations
from docgen.base.locale import translate as _
from docgen.errors import Path, Problem, Severity
from docgen.model.plan.deadline import last_day
from docgen.model.plan.finding import Problems, problem
from docgen.model.plan.plan import YEARS, Plan

#: What a skeleton leaves for the office to fill in.
PLACEHOLDER = re.compile(r"\[điền:\s*([^\]]*)\]", re.IGNORECASE)
#: "năm 2022", but not as part of a date, a span or a horizon.
_YEAR = re.compile(r"(?P<skip>tháng\s+\d{1,2}\s+|đến\s+|từ\s+)?năm\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


def check_texts(plan: Plan) -> Problems:
    """Placeholders (a warning here; a build that isn't a draft refuses them), other years, titles in small letters."""
    for path, text in _texts(plan, ()):
        if found := PLACEHOLDER.search(text):
            message = _("còn chỗ chưa điền: {what}").format(what=found.group())
            yield problem("text.placeholder", path, message, _("thay bằng nội dung thật"), Severity.WARNING)
    for path, text in _own_words(plan):
        for found in _YEAR.finditer(text):
            if not found["skip"] and int(found["year"]) != plan.year and plan.year in YEARS:
                yield _other_year(path, text, found["year"], found.start(), plan.year)
    if plan.year in YEARS:
        yield from _deadline_years(plan)
    yield from _small_titles(plan)


def _small_titles(plan: Plan) -> Problems:
    """Titles of phần, mục and Phụ lục are printed as typed, and the form has them in capitals (Phụ lục I, mục II)."""
    titles = [((*path, "tieu_de"), node.heading) for path, node in plan.nodes() if node.level in ("phan", "muc")]
    titles += [(("phu_luc", index, "tieu_de"), one.title) for index, one in enumerate(plan.appendices)]
    for path, title in titles:
        if title and title != title.upper() and not PLACEHOLDER.search(title):
            message = _("tiêu đề “{title}” phải viết hoa cả dòng").format(title=title)
            hint = _("viết: {right}").format(right=title.upper())
            yield problem("text.small-title", path, message, hint, Severity.WARNING)


def _other_year(path: Path, text: str, year: str, at: int, plan_year: int) -> Problem:
    around = text[max(0, at - 40) : at + 30].strip()
    message = _("nhắc đến năm {year}, khác năm {plan_year} của kế hoạch: “…{around}…”").format(
        year=year, plan_year=plan_year, around=around
    )
    return problem("text.other-year", path, message, _("kiểm tra có phải chép từ văn bản cũ"), Severity.INFO)


def _deadline_years(plan: Plan) -> Problems:
    for path, task in plan.tasks():
        try:
            day = task.last_day or (last_day(task.deadline, plan.year) if task.deadline else None)
        except ValueError:
            continue  # said by the rule on deadlines
        if day is not None and day.year != plan.year:
            message = _("hạn “{text}” rơi vào năm {year}, khác năm {plan_year} của kế hoạch").format(
                text=task.deadline or "", year=day.year, plan_year=plan.year
            )
            hint = _("đúng ý thì không cần sửa")
            yield problem("text.other-year", (*path, "thoi_han"), message, hint, Severity.INFO)


def _own_words(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Titles, text, articles and tasks; legal bases cite other years by their nature."""
    yield ("ke_hoach", "trich_yeu"), " ".join(plan.document.abstract.split())
    if plan.decision is not None:
        yield ("quyet_dinh", "trich_yeu"), " ".join(plan.decision.abstract.split())
    for name, document in plan.documents.items():
        yield ("van_ban", name, "trich_yeu"), " ".join(document.abstract.split())
    for index, appendix in enumerate(plan.appendices):
        yield ("phu_luc", index, "tieu_de"), appendix.title or ""
    for path, node in plan.nodes():
        yield (*path, "tieu_de" if node.heading is not None else "van"), node.line
    for path, task in plan.tasks():
        yield (*path, "mo_ta"), " ".join(task.description)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text below a value, with its path by key."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Record):
        for declared in declarations(type(value)).values():
            below = getattr(value, declared.name)
            if below is not None and below != ():
                yield from _texts(below, (*path, declared.key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*path, name))
