"""Phụ lục (mẫu 2.1 and 2.2): a table of tasks with sums and the total in words, or a text."""

from dataclasses import replace

from docgen.base.declare import Contract, contract_of, declarations, shown_text
from docgen.base.locale import translate as _
from docgen.documents.kind import Context
from docgen.documents.text import END_MARK, PARAGRAPH, paragraphs
from docgen.model.plan.plan import Appendix, Plan
from docgen.model.plan.sums import in_money_unit, printed_appendix_sum, printed_group_sum
from docgen.model.plan.task import Group, Task
from docgen.wording.labels import roman
from docgen.wording.numbers import format_amount
from docgen.wording.words import amount_in_words

#: The first number without Roman numerals.
_ROMAN_END = 4000
#: Fields of a task that have a column in the shipped template.
_COLUMNS = {"mo_ta", "san_pham", "co_quan_chu_tri", "co_quan_phoi_hop", "kinh_phi", "thoi_han"}
#: Fields of a task that a template may print; ``kinh_phi_ghi`` is printed in place of the amount.
_TASK_KEYS = tuple(
    key
    for key, declared in declarations(Task).items()
    if declared.record is None and not declared.internal and key != "kinh_phi_ghi"
)
#: Why the shipped template leaves out the others, by tag.
NO_COLUMN = {
    f"phu_luc.nhom.nhiem_vu.{key}": _("bảng của mẫu không có cột này; cơ quan nào cần thì thêm cột")
    for key in _TASK_KEYS
    if key not in _COLUMNS
}

APPENDIX = {
    "nhan": Contract("Nhãn", example="Phụ lục I", required=True, printed=True),
    **contract_of(Appendix, ("tieu_de", "dan_chieu")),
    "nhom": Contract(
        "Nhóm nhiệm vụ",
        "list",
        required=True,
        fields={
            "so": Contract("Số La Mã của nhóm", example="I"),
            **contract_of(Group, ("tieu_de",)),
            "kinh_phi": Contract("Kinh phí của nhóm", example="21", printed=True),
            "nhiem_vu": Contract(
                "Nhiệm vụ",
                "list",
                required=True,
                fields={
                    "stt": Contract("Số thứ tự", example="1"),
                    **{
                        key: contract if key in _COLUMNS else replace(contract, required=False)
                        for key, contract in contract_of(Task, _TASK_KEYS).items()
                    },
                },
            ),
        },
    ),
    "tong": Contract("Tổng kinh phí", example="406", printed=True),
    "noi_dung": Contract("Nội dung, nếu không phải bảng", "list", fields=PARAGRAPH),
    "ket_thuc": Contract("Dòng cuối: bằng chữ và dấu ./.", example="(Bằng chữ: …)./.", printed=True),
}


def appendix_contexts(plan: Plan, references: list[str]) -> list[Context]:
    """The contexts of a plan's appendices; ``references`` are their lines “(Kèm theo …)”."""
    several = len(plan.appendices) > 1
    return [
        _appendix(plan, appendix, f"Phụ lục {roman(number)}" if several else "Phụ lục", reference)
        for number, (appendix, reference) in enumerate(zip(plan.appendices, references, strict=True), 1)
    ]


def _appendix(plan: Plan, appendix: Appendix, label: str, reference: str) -> Context:
    dong = printed_appendix_sum(plan, appendix) if appendix.groups else None
    total = None if dong is None else in_money_unit(dong, plan.money_unit)
    words = "" if total is None else f"(Bằng chữ: {amount_in_words(total, unit=plan.money_unit)})"
    in_table = bool(appendix.groups)
    return {
        "nhan": label,
        "tieu_de": appendix.title or "",
        "dan_chieu": reference,
        "nhom": [_group(plan, number, group) for number, group in enumerate(appendix.groups, 1)],
        "tong": "" if total is None else format_amount(total),
        "noi_dung": paragraphs(appendix.content, end_mark=not in_table),
        "ket_thuc": words + END_MARK if in_table else "",
    }


def _group(plan: Plan, number: int, group: Group) -> Context:
    dong = printed_group_sum(group, plan.money_unit)
    return {
        "so": roman(number) if number < _ROMAN_END else str(number),
        "tieu_de": group.title,
        "kinh_phi": "" if dong is None else format_amount(in_money_unit(dong, plan.money_unit)),
        "nhiem_vu": [_task(index, task) for index, task in enumerate(group.tasks, 1)],
    }


def _task(number: int, task: Task) -> Context:
    declared = declarations(Task)
    shown = {key: shown_text(declared[key], getattr(task, declared[key].name)) for key in _TASK_KEYS}
    shown["kinh_phi"] = task.budget_words or shown["kinh_phi"]
    return {"stt": str(number), **shown}
