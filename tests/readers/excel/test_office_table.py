"""An office's own table of tasks: where its headings are, what its columns hold, what its rows are."""

from decimal import Decimal
from pathlib import Path

import pytest

from docgen.errors import DocgenError, Problem
from docgen.model.plan.plan import MoneyUnit
from docgen.readers.excel.office_cells import (
    Money,
    MoneyColumn,
    OfficeTable,
    unit_named,
    unit_of_heading,
    unit_of_title,
)
from docgen.readers.excel.office_columns import Matched, TableOptions, match_columns
from docgen.readers.excel.office_header import column_named, find_header, letters
from docgen.readers.excel.office_table import read_rows
from docgen.readers.excel.xlsx import read_book
from tests.offices.tables import OFFICES, Rows, merged, save

HEAD = ["Stt", "Nội dung", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kinh phí (triệu đồng)", "Thời gian"]


def read(
    path: Path, options: TableOptions | None = None, unit: MoneyUnit = "triệu đồng"
) -> tuple[Matched, OfficeTable, list[Problem]]:
    problems: list[Problem] = []
    matched = match_columns(read_book(path, path.name), unit, options or TableOptions(), None, problems)
    return matched, read_rows(matched.grid, matched.columns, matched.first_row, matched.money, problems), problems


def rows_below(tmp_path: Path, *rows: list[object], merge: tuple[str, ...] = ()) -> tuple[OfficeTable, list[Problem]]:
    """The table of rows below :data:`HEAD`, which is row 1."""
    path = save(tmp_path / "bang.xlsx", [HEAD, *rows], merge)
    _matched, table, problems = read(path)
    return table, problems


def told(table: OfficeTable) -> dict[str, list[str]]:
    return {group.title: [task.values["mo_ta"].text for task in group.tasks] for group in table.groups}


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("office", "columns", "first_row"),
    [
        ("plain", "stt=A mo_ta=B san_pham=C co_quan_chu_tri=D co_quan_phoi_hop=E kinh_phi=F thoi_han=G", 2),
        ("turned", "thoi_han=A co_quan_chu_tri=B kinh_phi=C mo_ta=D stt=E", 6),
        ("merged", "stt=A mo_ta=B co_quan_chu_tri=C co_quan_phoi_hop=D bat_dau=E thoi_han=F kinh_phi=G", 4),
        ("split", "stt=A mo_ta=B san_pham=C co_quan_chu_tri=D co_quan_phoi_hop=E thoi_han=F", 3),
        ("without-numbers", "nhom=A mo_ta=B san_pham=C co_quan_chu_tri=D thoi_han=E ghi_chu=F", 2),
    ],
)
def test_the_columns_of_an_office_are_known(office: str, columns: str, first_row: int, tmp_path: Path) -> None:
    matched, _table, _problems = read(OFFICES[office](tmp_path / "bang.xlsx"))
    found = sorted(matched.columns.items(), key=lambda one: one[1])
    assert " ".join(f"{key}={letters(column)}" for key, column in found) == columns
    assert matched.first_row == first_row


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("NỘI DUNG, NHIỆM VỤ", "mo_ta"),
        ("Noi dung thuc hien", "mo_ta"),
        ("Kết quả/Sản phẩm", "san_pham"),
        ("Cơ quan, đơn vị\nchủ trì thực hiện", "co_quan_chu_tri"),
        ("Đơn vị chịu trách nhiệm chính", "co_quan_chu_tri"),
        ("Các đơn vị phối hợp", "co_quan_phoi_hop"),
        ("Kinh phí thực hiện năm 2026 (tr.đ)", "kinh_phi"),
        ("Thời gian dự kiến hoàn thành", "thoi_han"),
        ("Mã nhiệm vụ", "ma"),
        ("Hạn cuối", "han_cuoi"),
        ("Kinh phí ghi bằng chữ", "kinh_phi_ghi"),
    ],
)
def test_a_heading_is_known_as_offices_write_it(heading: str, key: str, tmp_path: Path) -> None:
    grid = read_book(save(tmp_path / "bang.xlsx", [["Ghi chú", heading]]), "bang.xlsx").grids[0]
    header = find_header(grid)
    assert header is not None
    assert header.found[key] == (1,)


def test_a_text_below_headings_is_no_heading(tmp_path: Path) -> None:
    rows: Rows = [["Stt", "Nội dung", "Ghi chú"], ["1", "Báo cáo kết quả, sản phẩm", "Kinh phí"], ["2", "Họp", ""]]
    matched, table, _problems = read(save(tmp_path / "bang.xlsx", rows))
    assert matched.columns == {"stt": 0, "mo_ta": 1, "ghi_chu": 2}
    assert told(table) == {"": ["Báo cáo kết quả, sản phẩm", "Họp"]}


def test_the_sheet_whose_headings_tell_most_is_read(tmp_path: Path) -> None:
    path = save(tmp_path / "b.xlsx", [["Stt", "Họ tên"], [1, "A"]], sheet="Danh sách", **{"Bảng 2": [HEAD, [1, "Họp"]]})
    assert read(path)[0].grid.name == "Bảng 2"


@pytest.mark.parametrize("name", ["C", "Cơ quan thực hiện / Chủ trì", "chu tri", "CƠ QUAN THỰC HIỆN CHỦ TRÌ"])
def test_a_column_is_named_by_letters_or_heading(name: str, tmp_path: Path) -> None:
    header = find_header(read_book(merged(tmp_path / "b.xlsx"), "b.xlsx").grids[0])
    assert column_named(header, name) == 2


def test_letters_go_on_after_z() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_named(None, name) for name in ("A", "Z", "AA", "ZZ", "AAA")] == [0, 25, 26, 701, 702]


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("office", "groups"),
    [
        (
            "plain",
            {
                "CẢI CÁCH THỂ CHẾ": ["Thẩm định văn bản", "Hệ thống hóa văn bản"],
                "CẢI CÁCH THỦ TỤC HÀNH CHÍNH": ["Rà soát thủ tục"],
            },
        ),
        ("turned", {"": ["Lập danh mục hồ sơ", "Tập huấn nghiệp vụ\n- cho công chức xã"]}),
        (
            "merged",
            {
                "Cải cách thể chế": ["Theo dõi thi hành pháp luật", "Kiểm tra việc thực hiện", "Tổng kết"],
                "Chuyển đổi số": ["Nâng cấp trang thông tin"],
            },
        ),
        (
            "split",
            {
                "NHIỆM VỤ CHUNG": [
                    "Ban hành kế hoạch",
                    "Tổ chức hội nghị",
                    "Kiểm tra cơ sở\n- Chuẩn bị nội dung\n- Thành lập đoàn",
                ]
            },
        ),
        (
            "without-numbers",
            {"Cải cách thể chế": ["Rà soát quy chế", "Ban hành quy chế"], "Tài chính công": ["Công khai ngân sách"]},
        ),
    ],
)
def test_the_rows_of_an_office_are_told_apart(office: str, groups: dict[str, list[str]], tmp_path: Path) -> None:
    _matched, table, problems = read(OFFICES[office](tmp_path / "bang.xlsx"))
    assert told(table) == groups
    assert all(problem.severity != "error" for problem in problems)


def test_a_merged_cell_is_every_row_s_but_its_money_the_first_s(tmp_path: Path) -> None:
    _matched, table, problems = read(merged(tmp_path / "bang.xlsx"))
    first = table.groups[0].tasks
    assert [task.values["co_quan_chu_tri"].text for task in first] == ["Phòng Kinh tế"] * 3
    assert {str(task.values["co_quan_chu_tri"].place.cell) for task in first} == {"C5"}
    assert [task.amount for task in first] == [Decimal(30), None, None]
    assert [(one.code, one.place.cell) for one in problems] == [("import.merged-amount", "G5")]


def test_values_keep_the_cell_that_they_stand_in(tmp_path: Path) -> None:
    table, _problems = rows_below(tmp_path, [1, "Họp", "Biên bản", "Văn phòng", None, 5, "Quý I"])
    (task,) = table.tasks
    assert {key: value.place.cell for key, value in task.values.items()} == {
        "mo_ta": "B2",
        "san_pham": "C2",
        "co_quan_chu_tri": "D2",
        "kinh_phi": "F2",
        "thoi_han": "G2",
    }


def test_what_stands_below_the_table_is_left_out_and_said(tmp_path: Path) -> None:
    table, problems = rows_below(
        tmp_path,
        [1, "Họp", None, "Văn phòng", None, 5, "Quý I"],
        [None, "TỔNG CỘNG:", None, None, None, 5],
        ["Ghi chú: bảng này là ví dụ"],
        [],
        [None, "Người lập biểu", None, "Thủ trưởng"],
    )
    assert told(table) == {"": ["Họp"]}
    assert [(one.place.cell, one.text) for one in table.skipped] == [
        ("B3", "TỔNG CỘNG: 5"),
        ("A4", "Ghi chú: bảng này là ví dụ"),
        ("B6", "Người lập biểu Thủ trưởng"),
    ]
    assert problems == []


def test_a_total_that_differs_is_said_at_its_cell(tmp_path: Path) -> None:
    _table, problems = rows_below(
        tmp_path,
        ["I", "CHUNG", None, None, None, 6],
        [1, "Họp", None, None, None, 5],
        ["Tổng cộng", None, None, None, None, 7],
    )
    assert sorted((one.place.cell, one.message) for one in problems) == [
        ("B2", "tổng ghi 6 khác tổng các nhiệm vụ 5 triệu đồng"),
        ("F4", "tổng ghi 7 khác tổng các nhiệm vụ 5 triệu đồng"),
    ]


def test_a_task_over_several_rows_keeps_its_lines(tmp_path: Path) -> None:
    table, problems = rows_below(
        tmp_path,
        [1, "Kiểm tra", "Kế hoạch", "Văn phòng", None, 5, "Quý I"],
        [None, None, "Báo cáo", None, None, None, None],
        [2, "Họp", None, "Văn phòng", None, None, "Quý I"],
        merge=("A2:A3", "B2:B3"),
    )
    assert [task.values["mo_ta"].text for task in table.tasks] == ["Kiểm tra", "Họp"]
    assert table.tasks[0].values["san_pham"].text == "Kế hoạch\nBáo cáo"
    assert problems == []


def test_two_amounts_of_one_task_are_refused(tmp_path: Path) -> None:
    _table, problems = rows_below(
        tmp_path,
        [1, "Kiểm tra", "Kế hoạch", None, None, 5],
        [None, None, "Báo cáo", None, None, 6],
        merge=("A2:A3", "B2:B3"),
    )
    assert [(one.code, one.place.cell) for one in problems] == [("import.second-amount", "F3")]


def test_a_number_without_a_text_is_said(tmp_path: Path) -> None:
    _table, problems = rows_below(tmp_path, [1, None, "Kế hoạch"])
    assert [(one.code, one.place.cell) for one in problems] == [("import.no-description", "B2")]


def test_an_error_in_a_column_that_is_read_is_said(tmp_path: Path) -> None:
    _table, problems = rows_below(tmp_path, [1, "Họp", None, None, None, "=1+1"])
    (problem,) = problems
    assert problem.place.cell == "F2"
    assert "Excel" in problem.hint


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20", Money(Decimal(20))),
        ("1.200.000", Money(Decimal(1200000))),
        ("20 triệu", Money(Decimal(20))),
        ("20tr", Money(Decimal(20))),
        ("1,5 tỷ đồng", Money(Decimal(1500))),
        ("500.000 đồng", Money(Decimal("0.5"))),
        ("Hai mươi triệu đồng", Money(Decimal(20))),
        ("Lồng ghép", Money(words="Lồng ghép")),
        ("Kinh phí thường xuyên", Money(words="Kinh phí thường xuyên")),
        ("-", Money()),
    ],
)
def test_money_is_read_as_offices_write_it(text: str, wanted: Money) -> None:
    from docgen.readers.excel.cells import Cell

    assert MoneyColumn("triệu đồng", "triệu đồng").read(Cell(text)) == wanted


@pytest.mark.parametrize("text", ["1.200", "20-30 triệu", "2O", "10,5,3", "12/2026"])
def test_money_that_has_no_one_reading_is_refused(text: str) -> None:
    from docgen.readers.excel.cells import Cell

    with pytest.raises(ValueError):
        MoneyColumn("triệu đồng", "triệu đồng").read(Cell(text))


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Kinh phí (triệu đồng)", "triệu đồng"),
        ("Kinh phí (ĐVT: trđ)", "triệu đồng"),
        ("DỰ TOÁN (1.000 đồng)", "nghìn đồng"),
        ("Kinh phí (đ)", "đồng"),
        ("Kinh phí tỷ đồng", "tỷ đồng"),
        ("Kinh phí", None),
        ("Kinh phí (dự kiến)", None),
    ],
)
def test_the_unit_of_a_heading_is_read(heading: str, unit: str | None) -> None:
    assert unit_of_heading(heading) == unit


def test_a_title_s_unit_is_read_only_where_it_says_so() -> None:
    assert unit_of_title("Đơn vị tính: nghìn đồng") == "nghìn đồng"
    assert unit_of_title("(ĐVT: Triệu đồng)") == "triệu đồng"
    assert unit_of_title("Đơn vị: Phòng Kinh tế") is None
    assert unit_of_title("Kế hoạch chi 20 triệu đồng") is None
    assert unit_named("tr.đ") == "triệu đồng"


def test_another_unit_of_money_is_refused_unless_it_is_said(tmp_path: Path) -> None:
    path = save(tmp_path / "b.xlsx", [["Stt", "Nội dung", "Kinh phí (nghìn đồng)"], [1, "Họp", 5000]])
    _matched, _table, problems = read(path)
    (problem,) = problems
    assert (problem.code, problem.place.cell) == ("import.money-unit", "C1")
    assert problem.message == "kinh phí của bảng tính bằng nghìn đồng, kế hoạch tính bằng triệu đồng"
    _matched, table, problems = read(path, TableOptions(money_unit="nghìn đồng"))
    assert (table.tasks[0].amount, problems) == (Decimal(5), [])


# ---------------------------------------------------------------- what a person says


@pytest.mark.parametrize(
    ("mapping", "message", "hint"),
    [
        ("mota=B", "--map không có trường “mota”", "ý bạn là “mo_ta”?"),
        ("mo_ta=Nội dumg", "--map: không có cột “Nội dumg”", "ý bạn là “Nội dung”?"),
        ("mo_ta=B,san_pham=B", "--map dùng cột B hai lần", "mỗi cột chỉ cho một trường"),
    ],
)
def test_a_wrong_map_is_told(mapping: str, message: str, hint: str, tmp_path: Path) -> None:
    path = save(tmp_path / "b.xlsx", [HEAD, [1, "Họp"]])
    with pytest.raises(DocgenError) as caught:
        read(path, TableOptions(mapping=(mapping,)))
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, hint)


def test_a_map_goes_before_the_headings(tmp_path: Path) -> None:
    rows: Rows = [["Stt", "Nội dung, nhiệm vụ", "Việc", "Kinh phí"], [1, "A", "B", 5]]
    path = save(tmp_path / "b.xlsx", rows)
    matched, table, _problems = read(path, TableOptions(mapping=("mo_ta=Việc,san_pham=Nội dung, nhiệm vụ,kinh_phi=-",)))
    assert matched.columns == {"mo_ta": 2, "san_pham": 1, "stt": 0}
    assert {key: value.text for key, value in table.tasks[0].values.items()} == {"mo_ta": "B", "san_pham": "A"}


def test_a_table_without_headings_is_read_by_a_map_and_its_first_row(tmp_path: Path) -> None:
    path = save(tmp_path / "b.xlsx", [["x"], ["Họp", "Văn phòng"], ["Tập huấn", "Văn phòng"]])
    _matched, table, _problems = read(path, TableOptions(mapping=("mo_ta=A,co_quan_chu_tri=B",), first_row=2))
    assert told(table) == {"": ["Họp", "Tập huấn"]}
