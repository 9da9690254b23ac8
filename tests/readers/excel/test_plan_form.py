"""A plan put into its form is read back equal; what a clerk does to the form is read as meant, or said in its cell."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.base.sheets import FORM_FIRST_ROW, FORM_HEADING_ROW
from docgen.errors import DocgenError, Problem
from docgen.model.counting.tasks import due_day
from docgen.model.plan.plan import Plan
from docgen.readers.convert import Conversion
from docgen.readers.excel.plan_book import PlanBook
from docgen.readers.excel.plan_form import plan_sheets
from docgen.readers.excel.plan_layout import plan_layout
from docgen.readers.excel.row_trees import Depths
from docgen.readers.excel.xlsx import read_book
from docgen.readers.plan_folder import choosing, read_plan
from docgen.workflows.build import build, load_plan, shipped_data
from docgen.workflows.plan_form import write_plan_form
from docgen.writers.form_workbook import form_workbook_bytes
from tests.conftest import ROOT, MakePlan
from tests.readers.test_round_trip import finished, records
from tests.writers.spreadsheets import calculate, read_cells

Run = Callable[..., tuple[int, str]]
OWNERS = ("phu_luc", "nhom", "nhiem_vu", "don_vi")
CASES = sorted(path for path in (ROOT / "tests" / "cases" / "plan").iterdir() if path.name != "base")


def through_form(plan: Plan, path: Path) -> Plan:
    """What the plan's form reads as, without the rules over several fields."""
    path.write_bytes(form_workbook_bytes(plan_sheets(plan), title="", created=date(2023, 1, 1), version="0"))
    reading = PlanBook(read_book(path, path.name))
    root = reading.tree()
    # Letters strewn at random may look like an old encoding.
    assert not [one for one in reading.problems if one.severity == "error" and one.code != "text.legacy-font"]
    conversion = Conversion(choose=choosing())
    found = conversion.record(root, Plan)
    assert not conversion.problems, conversion.problems
    assert found is not None
    return found


def with_own_codes(values: dict[str, Any]) -> dict[str, Any]:
    """A plan's values with a code of its own for whatever rows of other sheets belong to, as the rules ask for."""
    numbers = count(1)

    def renamed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            found = {name: renamed(below, name) for name, below in value.items()}
            return found | ({"ma": f"m{next(numbers)}"} if key in OWNERS and "ma" in found else {})
        return tuple(renamed(below, key) for below in value) if type(value) is tuple else value

    found: dict[str, Any] = renamed(values)
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(plan=records(Plan, 4).map(with_own_codes).map(finished))
def test_a_plan_of_any_shape_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    names = {unit.name for unit in plan.organisation.units}
    assume(not names & {"a", "b"} and len({name.casefold() for name in plan.documents}) == len(plan.documents))
    assert through_form(plan, tmp_path_factory.mktemp("form") / "plan.xlsx") == plan


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_case_comes_back_equal(make_plan: MakePlan, tmp_path: Path, case: Path) -> None:
    plan = load_plan(make_plan(case)).value
    assert through_form(plan, tmp_path / "plan.xlsx") == plan


def test_documents_from_a_form_have_the_same_bytes(tmp_path: Path, sample: Path) -> None:
    form = tmp_path / "ke-hoach.xlsx"
    write_plan_form(sample, form)
    ours = {one.path.name: one.path.read_bytes() for one in build(form, tmp_path / "a").written}
    theirs = {one.path.name: one.path.read_bytes() for one in build(sample, tmp_path / "b").written}
    assert ours == theirs


def test_converting_there_and_back_makes_the_same_plan(run: Run, tmp_path: Path, sample: Path) -> None:
    assert run("convert", sample, "-o", tmp_path / "a.xlsx")[0] == 0
    code, shown = run("convert", tmp_path / "a.xlsx", "-o", tmp_path / "b")
    assert code == 0 and "ke-hoach.yaml" in shown
    assert load_plan(tmp_path / "b").value == load_plan(sample).value


def test_converting_refuses_two_of_a_kind(run: Run, tmp_path: Path, sample: Path) -> None:
    code, shown = run("convert", sample, "-o", tmp_path / "folder")
    assert (code, "nguồn và đích cùng một dạng" in shown) == (2, True)


def test_a_form_may_be_the_origin_of_a_new_plan(run: Run, tmp_path: Path, sample: Path) -> None:
    write_plan_form(sample, tmp_path / "a.xlsx")
    assert run("init", tmp_path / "b", "--from", tmp_path / "a.xlsx", "--year", "2024")[0] == 0
    assert "nam: 2024" in (tmp_path / "b" / "ke-hoach.yaml").read_text(encoding="utf-8").replace("'", "")


def test_a_filled_in_form_is_kept(run: Run, tmp_path: Path, sample: Path) -> None:
    form = tmp_path / "a.xlsx"
    assert run("form", "plan", "-o", form)[0] == 0
    edited = Form(form)
    edited["Thông tin chung"]["B6"] = "cchc-2026"
    edited.save()
    content = form.read_bytes()
    assert run("form", "plan", sample, "-o", form)[0] == 6
    assert form.read_bytes() == content


def test_a_new_field_appears_by_itself() -> None:
    """Every scalar field of every record below a plan has a column or a row somewhere."""
    layout = plan_layout()
    shown = {column.declared.label for column in (*layout.general, *layout.document_columns, *layout.text_columns)}
    shown |= {column.declared.label for table in layout.tables for column in table.columns}
    shown |= {item.column.declared.label for item in layout.items}
    from docgen.base.declare import declarations, records_of

    declared = {one.label for record in records_of(Plan) for one in declarations(record).values() if not one.record}
    assert shown == declared


def test_sheets_stand_in_the_order_in_which_the_guide_has_them_filled_in() -> None:
    guide, *others = plan_sheets(None)
    told = [name for line in guide.lines for name in re.split(r"^[0-9]\. |, ", str(line.cells[0]))]
    titles = [sheet.title for sheet in others]
    assert [name for name in told if name in titles] == [title for title in titles if title in told]
    assert titles[: titles.index("Chỉ tiêu")] == [*("Đơn vị", "Thành viên", "Thông tin chung", "Văn bản", "Căn cứ"),
                                                  *("Nơi nhận", "Nội dung", "Phụ lục", "Nhóm", "Nhiệm vụ")]  # fmt: skip


def test_what_a_row_belongs_to_has_an_example_and_only_what_every_document_has_is_marked() -> None:
    sheets = {sheet.title: sheet for sheet in plan_sheets(None)}
    assert {sheets[title].columns[0].example for title in ("Nhóm", "Nhiệm vụ", "Phân bổ", "Thành viên")} >= {"the-che"}
    assert all(sheets[title].columns[0].example for title in ("Nhóm", "Nhiệm vụ", "Phân bổ", "Thành viên"))
    labels = [str(line.cells[0]) for line in sheets["Văn bản"].lines]
    assert "Tên loại" in labels and "Trích yếu *" in labels


def test_an_empty_form_sums_groups_as_they_are_typed_and_prints_them(
    tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    soffice = needs_tool("soffice")
    write_plan_form(None, tmp_path / "a.xlsx")
    form = Form(tmp_path / "a.xlsx")
    for row in range(FORM_FIRST_ROW, FORM_FIRST_ROW + 11):
        form.put("Nội dung", "Văn", f"đoạn số {row}", row)
    for row, code, amount in ((6, "a", 10), (7, "b", 5), (90, "a", 2)):
        form.put("Nhiệm vụ", "Thuộc nhóm", code, row)
        form.put("Nhiệm vụ", "Kinh phí", amount, row)
    form.put("Nhóm", "Mã", "a")
    form.put("Nhóm", "Kinh phí", 99)
    form.put("Nhóm", "Mã", "b", 20)
    form.save()
    (content,) = calculate(soffice, [form.path.read_bytes()], tmp_path)
    sums = {row: read_cells(content)["Nhóm"].get(f"H{row}") for row in (3, 6, 7, 20)}
    assert {row: cell.value if cell else None for row, cell in sums.items()} == {3: 17, 6: 12, 7: "", 20: 5}
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*command, form.path], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    printed = subprocess.run([needs_tool("pdftotext"), "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True)
    assert printed.stdout.decode().count("đoạn số") == 11


# ---------------------------------------------------------------- what a clerk does to a form


class Form:
    """A form as a clerk has it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)

    def __getitem__(self, title: str) -> Worksheet:
        sheet: Worksheet = self.book[title]
        return sheet

    def column(self, title: str, heading: str) -> int:
        """The number of a column, from 1."""
        cells = self[title][FORM_HEADING_ROW]
        return next(cell.column for cell in cells if str(cell.value).removesuffix(" *") == heading)

    def put(self, title: str, heading: str, value: Any, row: int = FORM_FIRST_ROW) -> None:
        """Type into a column."""
        self[title].cell(row, self.column(title, heading)).value = value

    def show_as(self, title: str, heading: str, number_format: str, row: int = FORM_FIRST_ROW) -> None:
        """Choose how a cell of a column shows its number."""
        self[title].cell(row, self.column(title, heading)).number_format = number_format

    def spot(self, title: str, heading: str, row: int = FORM_FIRST_ROW) -> str:
        """The address of a cell of a column."""
        found: str = self[title].cell(row, self.column(title, heading)).coordinate
        return found

    def item(self, title: str, label: str, value: Any, heading: str = "Điền vào đây") -> None:
        """Type beside a label."""
        row = next(row for row in range(1, 99) if str(self[title].cell(row, 1).value).removesuffix(" *") == label)
        self[title].cell(row, self.column(title, heading)).value = value

    def save(self) -> None:
        self.book.save(self.path)


@pytest.fixture
def form(tmp_path: Path, sample: Path) -> Form:
    """The sample's form."""
    write_plan_form(sample, tmp_path / "ke-hoach.xlsx")
    return Form(tmp_path / "ke-hoach.xlsx")


def problems(form: Form) -> list[Problem]:
    form.save()
    try:
        return list(read_plan(form.path, shipped_data()).remarks)
    except DocgenError as error:
        return list(error.problems)


def rename_heading(form: Form) -> None:
    form["Nhiệm vụ"].cell(FORM_HEADING_ROW, form.column("Nhiệm vụ", "Kinh phí")).value = "Kinh pí"


def double_heading(form: Form) -> None:
    form["Nhiệm vụ"].cell(FORM_HEADING_ROW, form.column("Nhiệm vụ", "Cách tính")).value = "Kinh phí"


def remove_column(form: Form) -> None:
    form["Nhiệm vụ"].delete_cols(form.column("Nhiệm vụ", "Nội dung, nhiệm vụ"))


def add_column(form: Form) -> None:
    sheet = form["Nhiệm vụ"]
    sheet.cell(FORM_HEADING_ROW, 30).value = "Sổ tay của tôi"
    sheet.cell(FORM_FIRST_ROW, 30).value = "hỏi lại"


def merge_cells(form: Form) -> None:
    sheet = form["Nhiệm vụ"]
    column = form.column("Nhiệm vụ", "Cơ quan chủ trì")
    sheet.merge_cells(start_row=6, end_row=7, start_column=column, end_column=column)


def hide_row(form: Form) -> None:
    form["Nhiệm vụ"].row_dimensions[7].hidden = True


def same_unit_twice(form: Form) -> None:
    form.put("Đơn vị", "Mã", "ubnd-thi-xa", FORM_FIRST_ROW + 1)


SPOILT: list[tuple[str, Callable[[Form], Any], str, str]] = [
    ("renamed column", rename_heading, "không có cột “Kinh pí”", "ý bạn là “Kinh phí”? Sửa lại tiêu đề cột"),
    ("doubled column", double_heading, "cột “Kinh phí” có hai lần", "giữ một cột, xóa hoặc đổi tên cột kia"),
    ("removed column", remove_column, "thiếu cột “Nội dung, nhiệm vụ”", "thêm lại cột với đúng tiêu đề đó"),
    ("added column", add_column, "cột “Sổ tay của tôi” không có trong biểu mẫu, không được đọc", "ghi chú riêng"),
    ("merged cells", merge_cells, "ô gộp: chỉ ô đầu có giá trị", "bỏ gộp (Merge & Center)"),
    ("hidden row", hide_row, "có dòng đang ẩn mà vẫn được đọc: 7", "hiện dòng (Unhide)"),
    ("doubled code", same_unit_twice, "mã đơn vị “ubnd-thi-xa” bị dùng hai lần", "đặt cho mỗi đơn vị một mã riêng"),
    ("renamed sheet", lambda form: setattr(form["Nhiệm vụ"], "title", "Nhiệm vu 2023"),
     "không có trang tính “Nhiệm vụ”", "đổi tên trang “Nhiệm vu 2023” thành “Nhiệm vụ”"),
    ("missing sheet", lambda form: form.book.remove(form["Nội dung"]), "thiếu trang tính “Nội dung”", "docgen form"),
    ("no headings", lambda form: form["Nhiệm vụ"].delete_rows(1, 5), "không thấy dòng tiêu đề cột", "docgen form"),
    ("letter in amount", lambda form: form.put("Nhiệm vụ", "Kinh phí", "2O"), "có chữ “O”", "chỉ ghi số"),
    ("formula", lambda form: form.put("Nhiệm vụ", "Kinh phí", "=1+1"), "ô có công thức chưa được tính", "Ctrl+S"),
    ("error", lambda form: form.put("Nhiệm vụ", "Kinh phí", "#N/A"), "ô đang báo lỗi #N/A", "gõ thẳng giá trị"),
    ("no description", lambda form: form.put("Nhiệm vụ", "Nội dung, nhiệm vụ", None), "thiếu “Nội dung, nhiệm vụ”",
     "điền vào ô này"),
    ("unknown group", lambda form: form.put("Nhiệm vụ", "Thuộc nhóm", "the-ch"), "không có nhóm “the-ch”",
     "ý bạn là “the-che”?"),
    ("no group", lambda form: form.put("Nhiệm vụ", "Thuộc nhóm", None), "chưa ghi dòng này thuộc về đâu", "chọn một"),
    ("unknown document", lambda form: form.put("Căn cứ", "Văn bản", "Quyết địn"), "không có văn bản “Quyết địn”",
     "ý bạn là “Quyết định”?"),
    ("unknown choice", lambda form: form.put("Nội dung", "Cấp", "gạch đầu dòg (-)"), "không có lựa chọn", "ý bạn là"),
    ("depth", lambda form: form.put("Nội dung", "Bậc", 7), "bậc “7” không dùng được ở dòng này", "để trống"),
    ("item of another document", lambda form: form.item("Văn bản", "Theo đề nghị của", "Trưởng phòng", "Kế hoạch"),
     "văn bản “Kế hoạch” không có mục “Theo đề nghị của”", "xóa ô này"),
    ("renamed item", lambda form: form.item("Thông tin chung", "Mã", "x", "Mục"), "không có mục “x”", "Mục"),
    ("no year", lambda form: form.item("Thông tin chung", "Năm", None), "thiếu “Năm”", "điền vào ô này, ví dụ: 2026"),
    ("month in year", lambda form: form.item("Thông tin chung", "Năm", "2O23"), "không phải số nguyên", "2026"),
    ("date", lambda form: form.item("Văn bản", "Ngày ban hành", "31/02/2023", "Quyết định"), "Ngày", "sửa ngày"),
    ("legacy font", lambda form: form.put("Nhiệm vụ", "Sản phẩm", "KÕ ho¹ch c¶i c¸ch hµnh chÝnh"), "TCVN3", "Unicode"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message", "hint"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_a_spoilt_form_says_where_and_what(form: Form, spoil: Callable[[Form], Any], message: str, hint: str) -> None:
    spoil(form)
    found = [problem for problem in problems(form) if message in problem.message]
    assert found, [str(problem) for problem in problems(form)]
    assert hint in found[0].hint
    assert found[0].place.file == "ke-hoach.xlsx"


def errors_of(form: Form) -> list[str]:
    return [problem.message for problem in problems(form) if problem.severity == "error"]


@pytest.mark.parametrize("title", ["Phụ lục", "Nhóm", "Nhiệm vụ", "Đơn vị", "Nội dung", "Văn bản", "Thông tin chung"])
def test_a_missing_sheet_is_named_once_and_nothing_that_hangs_on_it(form: Form, title: str) -> None:
    form.book.remove(form[title])
    assert errors_of(form) == [f"thiếu trang tính “{title}”"]


@pytest.mark.parametrize("title", ["Phụ lục", "Nhóm", "Nhiệm vụ", "Đơn vị", "Nội dung", "Văn bản", "Thông tin chung"])
def test_a_renamed_sheet_is_known_by_its_headings_and_read(form: Form, title: str) -> None:
    form[title].title = "Trang của tôi"
    (problem,) = [problem for problem in problems(form) if problem.severity == "error"]
    assert (problem.message, problem.hint) == (
        f"không có trang tính “{title}”",
        f"đổi tên trang “Trang của tôi” thành “{title}”",
    )


def test_a_missing_sheet_that_may_be_empty_is_taken_for_empty(form: Form) -> None:
    form.book.remove(form["Chỉ tiêu"])
    found = [problem for problem in problems(form) if problem.code == "sheet.missing"]
    assert [(problem.message, problem.severity) for problem in found] == [("thiếu trang tính “Chỉ tiêu”", "warning")]


def test_rows_of_an_empty_sheet_are_spoken_of_once(form: Form) -> None:
    form["Nhóm"].delete_rows(FORM_FIRST_ROW, 40)
    found = [problem for problem in problems(form) if problem.code == "sheet.no-owner"]
    assert [problem.message for problem in found] == ["trang “Nhóm” chưa có dòng nào để các dòng ở đây thuộc về"]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Nhiệm vụ", "Nội dung, nhiệm vụ"),
        ("Nhiệm vụ", "Mã"),
        ("Nhiệm vụ", "Thuộc nhóm"),
        ("Nhóm", "Mã"),
        ("Nhóm", "Tên nhóm"),
        ("Đơn vị", "Mã"),
        ("Nội dung", "Văn bản"),
        ("Nội dung", "Cấp"),
        ("Thông tin chung", "Điền vào đây"),
    ],
)
def test_a_missing_column_is_said_once(form: Form, title: str, heading: str) -> None:
    form[title].delete_cols(form.column(title, heading))
    assert errors_of(form) == [f"thiếu cột “{heading}”"]


def test_a_column_renamed_beyond_recognition_is_not_just_left_out(form: Form) -> None:
    column = form.column("Nhiệm vụ", "Sản phẩm")
    form["Nhiệm vụ"].cell(FORM_HEADING_ROW, column).value = "Kết quả mong đợi"
    assert errors_of(form) == ["cột “Kết quả mong đợi” không được đọc, và thiếu cột “Sản phẩm”"]
    form["Nhiệm vụ"].cell(FORM_HEADING_ROW, column).value = None
    assert errors_of(form) == ["cột D5 không được đọc, và thiếu cột “Sản phẩm”"]


def test_an_unknown_column_beside_all_the_known_ones_only_warns(form: Form) -> None:
    add_column(form)
    assert errors_of(form) == []


def test_no_problem_of_a_form_speaks_of_files_or_keys(form: Form) -> None:
    for _name, spoil, _message, _hint in SPOILT[10:]:
        spoil(form)
    form.item("Văn bản", "Hình thức", "kèm theo quyết định", "Kế hoạch")
    said = [f"{problem.message} {problem.hint}" for problem in problems(form)]
    assert said
    assert [text for text in said if ".yaml" in text or "_" in text] == []


def test_cells_typed_in_many_ways_are_read_as_meant(form: Form, sample: Path) -> None:
    form.put("Nhiệm vụ", "Kinh phí", "1.234,5")
    form.put("Nhiệm vụ", "Thời gian hoàn thành", date(2023, 12, 31))
    form.put("Nhóm", "Lĩnh vực", "CẢI CÁCH THỂ CHẾ")
    form.item("Văn bản", "Ngày ban hành", date(2022, 12, 30), "Quyết định")
    form["Nhiệm vụ"].insert_rows(8)
    form.save()
    plan = read_plan(form.path, shipped_data()).value
    task = next(task for _path, task in plan.tasks())
    assert (str(task.budget), task.deadline) == ("1234.5", "31/12/2023")
    assert plan.appendices[0].groups[0].field_of_work == "the-che"
    assert plan.decision == load_plan(sample).value.decision
    assert len(list(plan.tasks())) == 22


@pytest.mark.parametrize("code", ["mm/yyyy", "mmm-yy", "m/yyyy"])
def test_a_month_that_excel_made_a_day_of_is_that_month(form: Form, code: str) -> None:
    form.put("Nhiệm vụ", "Thời gian hoàn thành", date(2023, 12, 1))
    form.show_as("Nhiệm vụ", "Thời gian hoàn thành", code)
    form.save()
    loaded = read_plan(form.path, shipped_data())
    task = next(task for _path, task in loaded.value.tasks())
    assert (task.deadline, due_day(task, 2023)) == ("12/2023", date(2023, 12, 31))
    assert "task.unread-deadline" not in [one.code for one in loaded.remarks]


def test_a_last_day_that_contradicts_the_deadline_is_told_in_the_words_of_the_form(form: Form) -> None:
    form.put("Nhiệm vụ", "Thời gian hoàn thành", "Quý IV/2023")
    form.put("Nhiệm vụ", "Hạn cuối", date(2023, 11, 30))
    form.save()
    (found,) = [one for one in read_plan(form.path, shipped_data()).remarks if one.code == "task.two-deadlines"]
    assert found.message == (
        "“Hạn cuối” “30/11/2023” khác “Thời gian hoàn thành” “Quý IV/2023”, tức là hết ngày 31/12/2023; "
        "quá hạn được tính theo “Hạn cuối”"
    )
    assert found.place.cell == form.spot("Nhiệm vụ", "Hạn cuối")
    assert found.related[0].cell == form.spot("Nhiệm vụ", "Thời gian hoàn thành")


def test_an_empty_form_says_everything_that_it_lacks(run: Run, tmp_path: Path) -> None:
    assert run("form", "plan", "-o", tmp_path / "a.xlsx")[0] == 0
    code, shown = run("validate", tmp_path / "a.xlsx")
    assert code == 3
    assert "trang tính “Thông tin chung”, ô B6: lỗi: thiếu “Mã”" in shown


def test_another_workbook_is_no_form(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Bảng của tôi"
    book.save(tmp_path / "a.xlsx")
    code, shown = run("build", tmp_path / "a.xlsx")
    assert (code, "đây không phải biểu mẫu kế hoạch của docgen" in shown) == (3, True)


def test_a_progress_form_is_no_plan(run: Run, tmp_path: Path, sample: Path) -> None:
    assert run("form", "progress", sample, "--period", "2023-Q1", "--unit", "phong-noi-vu", "-o", tmp_path)[0] == 0
    (form,) = tmp_path.glob("*.xlsx")
    code, shown = run("validate", form)
    assert (code, shown.count("lỗi: ")) == (3, 1)
    assert "biểu mẫu tiến độ của Phòng Nội vụ, kỳ 2023-Q1" in shown
    assert f"docgen collect KẾ_HOẠCH {form.name} --period 2023-Q1" in shown


@pytest.mark.parametrize(
    ("above", "level", "depth"),
    [
        ([], "khong", 1),
        (["muc"], "khoan", 2),
        (["muc", "khoan"], "muc", 1),
        (["muc", "khoan", "khong"], "khong", 3),
        (["muc", "khoan", "khong"], "diem", 3),
        (["dieu"], "khong", 2),
        (["gach"], "gach", 1),
    ],
)
def test_depth_is_told_from_levels(above: list[str], level: str, depth: int) -> None:
    depths = Depths()
    for number, one in enumerate(above, 1):
        depths.enter(number, one)
    assert depths.expected(level) == depth
