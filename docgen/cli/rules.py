"""``docgen rules``: the rules of ``docgen check``."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import click

from docgen.base.locale import translate as _
from docgen.cli.options import format_option, profile_option
from docgen.cli.show import aligned, finish
from docgen.errors import Problem, UsageError
from docgen.layout.check import PROFILES, all_rules
from docgen.layout.rules.base import Rule
from docgen.wording.text import suggestion
from docgen.workflows.check import class_label, require_profile

#: The components by the middle of a rule's code: ô of the decree's diagram (Phụ lục I, mục IV), and others.
_BOXES = {
    "01": _("Quốc hiệu và Tiêu ngữ (ô số 1)"),
    "02": _("Tên cơ quan, tổ chức ban hành (ô số 2)"),
    "03": _("Số, ký hiệu (ô số 3)"),
    "04": _("Địa danh và thời gian ban hành (ô số 4)"),
    "05a": _("Tên loại và trích yếu (ô số 5a)"),
    "05b": _("Trích yếu công văn (ô số 5b)"),
    "06": _("Nội dung văn bản (ô số 6)"),
    "07a": _("Quyền hạn, chức vụ người ký (ô số 7a)"),
    "07b": _("Họ tên người ký (ô số 7b)"),
    "09a": _("Kính gửi (ô số 9a)"),
    "09b": _("Nơi nhận (ô số 9b)"),
    "10a": _("Dấu chỉ độ mật (ô số 10a)"),
    "10b": _("Dấu chỉ mức độ khẩn (ô số 10b)"),
    "11": _("Chỉ dẫn phạm vi lưu hành (ô số 11)"),
    "12": _("Ký hiệu người soạn thảo, số lượng bản (ô số 12)"),
    "13": _("Địa chỉ, thư điện tử, điện thoại (ô số 13)"),
    "CC": _("Căn cứ ban hành"),
    "G1": _("Khổ giấy"),
    "G2": _("Kiểu trình bày trang"),
    "G3": _("Định lề trang"),
    "G4": _("Phông chữ"),
    "G5": _("Số trang"),
    "G6": _("Cỡ chữ thống nhất"),
    "KT": _("Dòng “Kèm theo …”"),
    "PL": _("Phụ lục"),
    "QD": _("Dòng “QUYẾT ĐỊNH:”"),
    "T": _("Tệp"),
    "TQ": _("Thẩm quyền ban hành"),
    "VH": _("Viết hoa"),
    "U": _("Cần xem bằng mắt"),
    "VD": _("Viện dẫn"),
}


@click.command("rules", help=_("In mọi quy tắc thể thức, hoặc quy tắc MÃ với căn cứ, lý do và ví dụ."))
@click.argument("code", metavar=_("[MÃ]"), required=False)
@profile_option
@format_option("markdown")
def command(code: str | None, profile: str, output_format: str) -> None:
    """Print rules. Exit code 2: there is no such code or profile."""
    require_profile(profile)
    rules = _asked(code, all_rules(profile))
    if output_format == "markdown":
        click.echo(rules_page(rules, PROFILES[profile].name), nl=False)
        return
    lines = _table(rules) if code is None else [line for rule in rules for line in _one(rule)]
    finish(output_format, lines=lines, more={"profile": profile, "rules": [_facts(rule) for rule in rules]})


def _asked(code: str | None, rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rule of a code (in any case) or slug, or all rules for None. Raises UsageError."""
    if code is None:
        return rules
    wanted = code.casefold()
    found = [rule for rule in rules if wanted in (rule.code.casefold(), rule.slug)]
    if not found:
        hint = suggestion(code, [rule.slug for rule in rules], _("docgen rules in mọi quy tắc"))
        hint = suggestion(code, [rule.code for rule in rules], hint)
        raise UsageError(Problem("rules.unknown", _("không có quy tắc “{code}”").format(code=code), hint))
    return found


def _one(rule: Rule) -> Iterable[str]:
    yield f"{rule.code} {rule.slug}"
    rows = (
        (_("Sai gì"), _(rule.text)),
        (_("Mức"), rule.severity.label),
        (_("Loại"), class_label(rule.about)),
        (_("Căn cứ"), rule.clause),
        (_("Vì sao"), rule.reason),
        (_("Ví dụ"), rule.example),
    )
    yield from (f"  {name:<7} {text}" for name, text in rows if text)


def _table(rules: Sequence[Rule]) -> list[str]:
    rows = [(_("Mã"), _("Mức"), _("Loại"), _("Sai gì"))]
    ordered = sorted(rules, key=_number)
    rows += [(rule.code, rule.severity.label, class_label(rule.about), _(rule.text)) for rule in ordered]
    return [*aligned(rows), "", _("{n} quy tắc; căn cứ, lý do và ví dụ: docgen rules MÃ").format(n=len(rules))]


def _facts(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "slug": rule.slug,
        "text": _(rule.text),
        "clause": rule.clause,
        "reason": rule.reason,
        "example": rule.example,
        "severity": rule.severity.value,
        "kind": rule.about,
    }


def _box(rule: Rule) -> str:
    return rule.code.partition("-")[2].partition(".")[0]


def _number(rule: Rule) -> tuple[str, int, str]:
    """A sort key that counts numbers: 05a.2 before 05a.11."""
    number = rule.code.rpartition(".")[2]
    return _box(rule), int(number) if number.isdecimal() else 0, rule.code


def rules_page(rules: Sequence[Rule], name: str) -> str:
    """Rules as a Markdown page with a table for each component; ``name`` is that of the profile."""
    lines = [
        "# " + _("Các quy tắc thể thức: {name}").format(name=name),
        "",
        _("Trang này do `docgen rules --format markdown` in ra từ mã nguồn; sửa quy tắc rồi chạy `make docs`."),
        _("Gặp một phát hiện thì làm gì: [Kiểm tra thể thức](kiem-tra-the-thuc.md)."),
    ]
    for box, group in groupby(sorted(rules, key=_number), key=_box):
        lines += ["", "## " + _BOXES.get(box, box), ""]
        lines += [_("| Mã | Sai gì | Mức, loại | Vì sao | Ví dụ | Căn cứ |"), "|---|---|---|---|---|---|"]
        lines += [_row(rule) for rule in group]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    sort = rule.severity.label + (f", {class_label(rule.about)}" if rule.about == "noi_dung" else "")
    cells = (f"`{rule.code}`", _(rule.text), sort, rule.reason, rule.example, rule.clause)
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
