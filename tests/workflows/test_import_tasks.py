"""A table of tasks that an office already has goes into its plan, all of it or nothing."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.styles import Font

from docgen.cli import import_tasks
from docgen.cli.main import docgen
from docgen.model.plan.task import Task
from docgen.readers.yaml.insert import Addition, add_records
from docgen.workflows.build import load_plan
from tests.conftest import MakePlan
from tests.offices.tables import OFFICES, Rows, save

HEAD = ["Stt", "Nội dung", "Cơ quan chủ trì", "Kinh phí (triệu đồng)", "Thời gian"]
GROUP: list[object] = ["I", "CẢI CÁCH THỂ CHẾ"]

Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call() -> Call:
    """Runs ``docgen import``: exit code, and what a person sees."""

    def invoke(*arguments: str | Path, answers: str | None = None) -> tuple[int, str]:
        result = CliRunner().invoke(docgen, ["import", *map(str, arguments)], input=answers)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return invoke


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_tasks, "at_terminal", lambda: True)


def table(tmp_path: Path, *rows: list[object], head: list[str] | None = None, **more: Rows) -> Path:
    return save(tmp_path / "bang.xlsx", [head or HEAD, *rows], **more)


def plan_text(plan: Path) -> str:
    return (plan / "ke-hoach.yaml").read_bytes().decode()


# ---------------------------------------------------------------- what is added


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_s_table_comes_into_its_plan(office: str, make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    before = plan_text(plan)
    old = load_plan(plan).value
    code, shown = call("tasks", OFFICES[office](tmp_path / "bang.xlsx"), "--into", plan)
    assert code == 0, shown
    after = load_plan(plan).value
    added = len(list(after.tasks())) - len(list(old.tasks()))
    assert added >= 2
    assert f"Đã thêm {added} nhiệm vụ" in shown
    assert [line for line in before.splitlines() if line not in plan_text(plan).splitlines()] == []
    assert after.appendices[0].groups[0].tasks[:2] == old.appendices[0].groups[0].tasks


def test_an_appendix_that_is_still_empty_is_filled(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    text = plan_text(plan)
    head, appendix, _groups = re.split(r"(?m)^(phu_luc:\n)", text, maxsplit=1)
    (plan / "ke-hoach.yaml").write_text(
        f"{head}{appendix}  - ma: trong\n    tieu_de: BẢNG NHIỆM VỤ\n", encoding="utf-8"
    )
    code, shown = call("tasks", OFFICES["plain"](tmp_path / "bang.xlsx"), "--into", plan)
    assert code == 0, shown
    (filled,) = load_plan(plan).value.appendices
    assert filled.code == "trong" and filled.groups


def test_tasks_come_into_their_groups_with_codes_of_their_own(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    assert call("tasks", OFFICES["plain"](tmp_path / "bang.xlsx"), "--into", plan)[0] == 0
    groups = load_plan(plan).value.appendices[0].groups
    assert [(group.code, group.field_of_work, [task.code for task in group.tasks]) for group in groups] == [
        ("the-che", "the-che", ["the-che-1", "the-che-2", "the-che-3", "the-che-4"]),
        ("tthc", "tthc", ["tthc-1"]),
    ]
    last = groups[1].tasks[0]
    assert (last.budget, last.budget_words, last.deadline) == (None, "Lồng ghép", "Trước ngày 31/12/2026")


def test_the_table_s_own_codes_win(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    path = table(tmp_path, ["the-che-3", "Họp"], [None, "Tập huấn"], head=["Mã", "Nội dung"])
    assert call("tasks", path, "--into", plan)[0] == 0
    assert [task.code for _path, task in load_plan(plan).value.tasks()][2:] == ["the-che-3", "the-che-4"]


def test_the_same_table_twice_adds_nothing(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan, path = make_plan(), OFFICES["plain"](tmp_path / "bang.xlsx")
    call("tasks", path, "--into", plan)
    before = plan_text(plan)
    code, shown = call("tasks", path, "--into", plan)
    assert (code, plan_text(plan)) == (0, before)
    assert shown.count("đã có nhiệm vụ này: bỏ qua") == 3
    assert "Chưa ghi gì." in shown


def test_a_dry_run_writes_nothing(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    before = plan_text(plan)
    code, shown = call("tasks", OFFICES["plain"](tmp_path / "b.xlsx"), "--into", plan, "--dry-run", "--format", "json")
    told: dict[str, Any] = json.loads(shown)
    assert (code, plan_text(plan)) == (0, before)
    assert (told["ok"], told["dry_run"], told["written"], told["tasks"], told["total"]) == (True, True, [], 3, "35")
    assert told["columns"]["mo_ta"] == {"column": "B", "heading": "Nội dung, nhiệm vụ"}
    assert [(group["code"], group["new"]) for group in told["groups"]] == [("the-che", False), ("tthc", True)]


def test_a_group_with_money_of_its_own_keeps_it(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    path = table(tmp_path, ["II", "Chuyển đổi số", None, 1234.5], [1, "Họp"], [2, "Tập huấn"])
    assert call("tasks", path, "--into", plan)[0] == 0
    assert load_plan(plan).value.appendices[0].groups[1].budget == Decimal("1234.5")


def test_a_plan_without_an_appendix_gets_one(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    text = plan_text(plan)
    start, end = text.index("phu_luc:"), text.index("chi_tieu:")
    (plan / "ke-hoach.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    code, shown = call("tasks", table(tmp_path, GROUP, [1, "Họp", "Văn phòng", 5, "Quý I/2026"]), "--into", plan)
    assert code == 0, shown
    (appendix,) = load_plan(plan).value.appendices
    assert [task.description for task in appendix.groups[0].tasks] == [("Họp",)]


# ---------------------------------------------------------------- what a person is asked


def test_a_person_is_asked_before_anything_is_written(
    make_plan: MakePlan, call: Call, tmp_path: Path, at_terminal: None
) -> None:
    plan, path = make_plan(), table(tmp_path, GROUP, [1, "Họp"])
    before = plan_text(plan)
    code, shown = call("tasks", path, "--into", plan, answers="n\n")
    assert (code, plan_text(plan)) == (0, before)
    assert "Thêm 1 nhiệm vụ?" in shown
    assert call("tasks", path, "--into", plan, answers="y\n")[0] == 0
    assert plan_text(plan) != before


def test_a_person_says_which_of_two_columns(make_plan: MakePlan, call: Call, tmp_path: Path, at_terminal: None) -> None:
    plan = make_plan()
    path = table(tmp_path, [1, "một", "hai"], head=["Stt", "Nội dung", "Nhiệm vụ"])
    code, shown = call("tasks", path, "--into", plan, "--yes", answers="C\n")
    assert code == 0, shown
    assert "Cột nào là “Nội dung, nhiệm vụ”?" in shown
    assert [task.description for _path, task in load_plan(plan).value.tasks()][-1] == ("hai",)


def test_without_a_terminal_what_is_open_is_an_error(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan()
    path = table(tmp_path, [1, "một", "hai"], head=["Stt", "Nội dung", "Nhiệm vụ"])
    code, shown = call("tasks", path, "--into", plan)
    assert code == 2
    assert "nhiều cột có thể là “Nội dung, nhiệm vụ”: B (“Nội dung”), C (“Nhiệm vụ”)" in shown
    assert '--map "mo_ta=B"' in shown
    assert call("tasks", path, "--into", plan, "--map", "mo_ta=B")[0] == 0


def two_groups(make_plan: MakePlan) -> Path:
    more = "chi_tieu:\n"
    group = "      - ma: tthc\n        tieu_de: CẢI CÁCH THỦ TỤC HÀNH CHÍNH\n        nhiem_vu: []\n\n"
    return make_plan(changes={"ke-hoach.yaml": [("\nchi_tieu:\n", f"\n{group}{more}")]})


def test_tasks_without_a_group_row_need_a_group(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan, path = two_groups(make_plan), table(tmp_path, [1, "Họp"])
    code, shown = call("tasks", path, "--into", plan)
    assert code == 2
    assert "--group với một trong: the-che (CẢI CÁCH THỂ CHẾ), tthc (CẢI CÁCH THỦ TỤC HÀNH CHÍNH)" in shown
    code, shown = call("tasks", path, "--into", plan, "--group", "tthcc")
    assert (code, "ý bạn là “tthc”?" in shown) == (2, True)
    assert call("tasks", path, "--into", plan, "--group", "tthc")[0] == 0
    assert [task.code for task in load_plan(plan).value.appendices[0].groups[1].tasks] == ["tthc-1"]


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("rows", "arguments", "code", "cell", "message"),
    [
        ([["a", "b"], ["c", "d"]], [], 3, "", "không thấy dòng tiêu đề của bảng nhiệm vụ trong 40 dòng đầu"),
        ([HEAD], [], 3, "", "không có nhiệm vụ nào dưới dòng tiêu đề cột"),
        ([HEAD, GROUP, [1, "Họp", None, "1.200"]], [], 3, "D3", "“1.200” có thể là 1200 hoặc 1,200"),
        ([HEAD, GROUP, [1, "Họp", None, "20-30"]], [], 3, "D3", "kinh phí: “20-30”"),
        ([HEAD, GROUP, [1, "Họp", None, -5]], [], 3, "D3", "kinh phí -5 là số âm"),
        ([HEAD, GROUP, [1, "Họp", None, None, "30/02/2026"]], [], 3, "E3", "không có ngày 30/2/2026"),
        ([HEAD, GROUP, [1, "Họp", None, "=5+1"]], [], 3, "D3", "công thức"),
        ([HEAD, GROUP, [1, "Họp"]], ["--sheet", "Bang"], 2, "", "không có trang tính “Bang”"),
        ([HEAD, GROUP, [1, "Họp"]], ["--don-vi-tinh", "USD"], 2, "", "--don-vi-tinh “USD” không dùng được"),
        ([HEAD, GROUP, [1, "Họp"]], ["--phu-luc", "phu-luk"], 2, "", "ý bạn là “phu-luc”?"),
        ([HEAD, GROUP, [1, "Họp"]], ["--map", "mo_tả=B"], 2, "", "--map không có trường “mo_tả”"),
        ([["Ma", "Noi dung"], ["the-che-1", "Họp"]], [], 3, "A2", "mã nhiệm vụ “the-che-1” bị dùng hai lần"),
        ([["STT", "Việc", "Thời gian"], [1, "Họp", "Quý I"]], [], 2, "", "không thấy cột “Nội dung, nhiệm vụ”"),
        ([["Stt", "Nội dung", "Kinh phí (đồng)"], [1, "Họp", 5]], [], 3, "C1", "kinh phí của bảng tính bằng đồng"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(
    rows: Rows,
    arguments: list[str],
    code: int,
    cell: str,
    message: str,
    make_plan: MakePlan,
    call: Call,
    tmp_path: Path,
) -> None:
    plan, path = make_plan(), save(tmp_path / "bang.xlsx", rows)
    before = plan_text(plan)
    found, shown = call("tasks", path, "--into", plan, *arguments)
    assert (found, plan_text(plan)) == (code, before), shown
    assert message in shown
    assert "→" in shown
    assert not cell or f"ô {cell}" in shown


def test_a_file_that_is_no_workbook_is_told(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    path.write_text("xin chào", encoding="utf-8")
    code, shown = call("tasks", path, "--into", make_plan())
    assert code == 3
    assert "bang.xlsx" in shown


def test_letters_of_an_old_encoding_are_what_is_told(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    path, plan = table(tmp_path, [1, "B¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô"]), make_plan()
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.font = Font(name=".VnTime")
    book.save(path)
    code, shown = call("tasks", path, "--into", plan)
    assert code == 3
    assert "TCVN3" in shown


def test_what_is_wrong_in_another_sheet_is_no_matter(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    path = table(tmp_path, GROUP, [1, "Họp"], Other=[["B¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô"]])
    book = load_workbook(path)
    book.worksheets[1]["A1"].font = Font(name=".VnTime")
    book.save(path)
    code, shown = call("tasks", path, "--into", make_plan())
    assert (code, "TCVN3" in shown) == (0, False), shown


def test_all_that_is_wrong_is_told_at_once(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    path = table(tmp_path, GROUP, [1, "Họp", None, "1.200"], [2, "Tập huấn", None, -1, "31/02/2026"])
    code, shown = call("tasks", path, "--into", make_plan())
    assert code == 3
    assert all(f"ô {cell}:" in shown for cell in ("D3", "D4", "E4"))


def test_a_unit_that_nobody_knows_is_a_warning_at_its_cell(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    path = table(tmp_path, GROUP, [1, "Họp", "Phòng Kinh tê", 5, "Quý I/2026"])
    code, shown = call("tasks", path, "--into", make_plan())
    assert code == 0
    assert "ô C3: cảnh báo: không nhận ra đơn vị “Phòng Kinh tê”" in shown
    assert "ý bạn là “Phòng Kinh tế”?" in shown


def test_a_total_that_the_plan_states_must_still_be_right(make_plan: MakePlan, call: Call, tmp_path: Path) -> None:
    plan = make_plan(changes={"ke-hoach.yaml": [("        linh_vuc: the-che\n", "        tong_ghi: 20\n")]})
    before = plan_text(plan)
    code, shown = call("tasks", table(tmp_path, GROUP, [1, "Họp", "Văn phòng", 5, "Quý I"]), "--into", plan)
    assert (code, plan_text(plan)) == (3, before)
    assert "plan/ke-hoach.yaml:" in shown
    assert "tổng ghi 20 khác tổng tính ra 25 triệu đồng" in shown


def test_a_plan_edited_meanwhile_is_left_alone(make_plan: MakePlan, tmp_path: Path) -> None:
    from docgen.errors import OutputError
    from docgen.workflows.import_tasks import prepare_import, write_import

    plan = make_plan()
    prepared = prepare_import(table(tmp_path, GROUP, [1, "Họp"]), plan)
    edited = plan_text(plan) + "# ghi thêm\n"
    (plan / "ke-hoach.yaml").write_text(edited, encoding="utf-8")
    with pytest.raises(OutputError, match="vừa được sửa"):
        write_import(prepared)
    assert plan_text(plan) == edited


def test_every_option_is_explained() -> None:
    tasks = import_tasks.command.commands["tasks"]
    assert import_tasks.command.name == "import"
    assert tasks.help
    assert all(isinstance(one, click.Argument) or getattr(one, "help", "") for one in tasks.params)


# ---------------------------------------------------------------- where text goes

TASK = Task(code="b", description=("Họp: lần 1",))
AT = ("nhom", 0, "nhiem_vu")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "nhom:\n  - ma: g\n    nhiem_vu:\n      - ma: a # x\n        # y\n\n# z\nk: v\n",
            "nhom:\n  - ma: g\n    nhiem_vu:\n      - ma: a # x\n        # y\n"
            "      - ma: b\n        mo_ta: 'Họp: lần 1'\n\n# z\nk: v\n",
        ),
        (
            "nhom:\n- ma: g\n  nhiem_vu:\n  - ma: a\n    mo_ta: |\n      x\n\n\nk: v",
            "nhom:\n- ma: g\n  nhiem_vu:\n  - ma: a\n    mo_ta: |\n      x\n"
            "  - ma: b\n    mo_ta: 'Họp: lần 1'\n\n\nk: v",
        ),
        ("nhom:\n  - ma: g\n    nhiem_vu: []  # chưa có\n    tieu_de: t\n",
         "nhom:\n  - ma: g\n    nhiem_vu:  # chưa có\n      - ma: b\n        mo_ta: 'Họp: lần 1'\n    tieu_de: t\n"),
        ("nhom:\n  - ma: g\n    nhiem_vu:\n    tieu_de: t\n",
         "nhom:\n  - ma: g\n    nhiem_vu:\n      - ma: b\n        mo_ta: 'Họp: lần 1'\n    tieu_de: t\n"),
        ("nhom:\n  - ma: g # cuối",
         "nhom:\n  - ma: g # cuối\n    nhiem_vu:\n      - ma: b\n        mo_ta: 'Họp: lần 1'\n"),
        ("nhom: [{ma: g, nhiem_vu: [{ma: a}]}]\n",
         "nhom: [{ma: g, nhiem_vu: [{ma: a}, {ma: b, mo_ta: 'Họp: lần 1'}]}]\n"),
        ("nhom: [{ma: g}]\n", "nhom: [{ma: g, nhiem_vu: [{ma: b, mo_ta: 'Họp: lần 1'}]}]\n"),
        ("nhom:\r\n  - ma: g\r\n    nhiem_vu:\r\n      - ma: a\r\nk: v\r\n",
         "nhom:\r\n  - ma: g\r\n    nhiem_vu:\r\n      - ma: a\r\n"
         "      - ma: b\r\n        mo_ta: 'Họp: lần 1'\r\nk: v\r\n"),
    ],
)  # fmt: skip
def test_text_goes_to_the_end_of_its_list(text: str, wanted: str) -> None:
    assert add_records(text, [Addition(AT, [TASK])], "x.yaml") == wanted


def test_text_that_can_t_be_put_in_to_the_letter_is_refused() -> None:
    from docgen.errors import SourceError

    with pytest.raises(SourceError, match="không chèn được"):
        add_records("nhom: [{ma: g, nhiem_vu: [{ma: a}, # x\n ]}]\n", [Addition(AT, [TASK])], "x.yaml")
    with pytest.raises(SourceError, match="không chèn được"):
        add_records("nhom:\n  - ma: g\n", [Addition(("nhom", 3, "nhiem_vu"), [TASK])], "x.yaml")


def test_two_additions_at_one_spot_keep_their_order() -> None:
    text = "nhom:\n  - ma: g\n    nhiem_vu:\n      - ma: a\n"
    additions = [Addition(AT, [TASK]), Addition(("nhom",), [TASK])]
    result = add_records(text, additions, "x.yaml")
    assert result.index("      - ma: b") < result.index("\n  - ma: b")


def test_a_text_that_looks_like_anything_else_stays_a_text() -> None:
    from docgen.readers.tree import Mapping, Scalar, Sequence
    from docgen.readers.yaml.reader import parse_yaml

    words = ["=1+1", "- a", "# b", "12", "a: b", "  thụt", "'", '"', "a\nb", "a\n  b", "[x]", "@x", "null", "…\u00a0x"]
    tasks = [Task(code=f"m-{n}", description=("x",), deadline=word) for n, word in enumerate(words)]
    tree, problems = parse_yaml(add_records("nhom:\n", [Addition(("nhom",), tasks)], "x.yaml"), "x.yaml")
    assert isinstance(tree, Mapping)
    items = tree.items["nhom"]
    assert isinstance(items, Sequence)
    read = [item.items["thoi_han"] for item in items.items if isinstance(item, Mapping)]
    assert ([one.text for one in read if isinstance(one, Scalar)], problems) == (words, [])
