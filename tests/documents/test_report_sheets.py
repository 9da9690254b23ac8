"""The workbook of a report: its figures are the report's, and every formula makes the value that is stored with it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from docgen.base.sheets import FIRST_ROW, Cell, Formula, Sheet
from docgen.documents.bao_cao.sheets import report_sheets
from docgen.model.counting import report as counting
from docgen.model.counting.report import Report
from docgen.model.counting.states import State
from docgen.model.periods.period import parse_period
from docgen.workflows.report import build_period_report, count_period, report_of
from docgen.writers.workbook import workbook_bytes
from tests.model.counting_plans import SCHEME, one_group, organisation, plan, plans, progress, progresses, task
from tests.writers.spreadsheets import calculate, differences, read_cells

Run = Callable[..., tuple[int, str]]
ROUNDING = "Tổng các tỷ lệ có thể không bằng 100% do làm tròn."
PERIODS = [
    *[("2023-Q1", None), ("2023-H1", None), ("2023-9M", None), ("2023", None), ("2023-H1", "Phòng Tư pháp")],
    *[("2023-H1", "Văn phòng HĐND và UBND thị xã"), ("2023-03-01..2023-05-31", None)],
]


def counted(sample: Path, period: str, unit: str | None = None) -> Report:
    return report_of(count_period(sample, period, today=date(2024, 1, 31)), unit).report


def content_of(report: Report) -> bytes:
    return workbook_bytes(report_sheets(report, ROUNDING), title="x", created=date(2023, 1, 1), version="1")


def value(cell: Cell) -> Any:
    return cell.value if isinstance(cell, Formula) else cell


def sheets_of(report: Report) -> dict[str, Sheet]:
    return {sheet.title: sheet for sheet in report_sheets(report, ROUNDING)}


def small(of: Any, period: str = "2023-Q1", **body: Any) -> Report:
    return counting.report_of(counting.count_period(of, progress(Q1=body), SCHEME, parse_period(period)))


def test_formulas_of_the_sample_make_the_stored_values(
    sample: Path, tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    soffice = needs_tool("soffice")
    ours = [content_of(counted(sample, period, unit)) for period, unit in PERIODS]
    for content, calculated in zip(ours, calculate(soffice, ours, tmp_path), strict=True):
        formulas = [cell for cells in read_cells(content).values() for cell in cells.values() if cell.formula]
        assert len(formulas) > 50
        assert differences(content, calculated) == []


def test_formulas_of_any_report_make_the_stored_values(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    soffice = needs_tool("soffice")
    ours: list[bytes] = []

    @settings(max_examples=40, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        of = data.draw(plans())
        period = parse_period(data.draw(st.sampled_from(["2023-Q1", "2023-H1", "2023"])))
        unit = data.draw(st.sampled_from([None, "a", "c"]))
        ours.append(
            content_of(counting.report_of(counting.count_period(of, data.draw(progresses(of)), SCHEME, period), unit))
        )

    collect()
    for content, calculated in zip(ours, calculate(soffice, ours, tmp_path), strict=True):
        assert differences(content, calculated) == []


def test_halves_are_rounded_up_as_the_document_does(tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    """Every share of a thousand parts in 2000, where the second decimal is a 5."""
    soffice = needs_tool("soffice")
    tasks = [task(f"t{n}", "Phòng A", kinh_phi=Decimal(2000)) for n in range(1, 200)]
    paid = tuple(
        {"ma": f"t{n}", "don_vi": "a", "phan_tram": Decimal(1), "giai_ngan": Decimal(2 * n + 1)} for n in range(1, 200)
    )
    content = content_of(small(plan(one_group(*tasks)), tien_do=paid))
    (calculated,) = calculate(soffice, [content], tmp_path)
    assert differences(content, calculated) == []
    assert read_cells(content)["Nhiệm vụ"]["Q4"].value == 0.2  # 0.15


@pytest.mark.parametrize(("period", "missed"), [("2023-Q1", "Chưa đến hạn đánh giá"), ("2023", "Chưa đạt")])
def test_indicators(period: str, missed: str, tmp_path: Path, needs_tool: Callable[[str], str]) -> None:
    soffice = needs_tool("soffice")
    operators = [("toi_thieu", 50), ("toi_da", 50), ("bang", 50), ("khoang", 40)]
    indicators = tuple(
        {"ma": f"{operator}-{kind}", "ten": operator, "toan_tu": operator, "muc_tieu": Decimal(target), "don_vi": "a"}
        | ({"muc_tieu_den": Decimal(60)} if operator == "khoang" else {})
        for operator, target in operators
        for kind in ("ratio", "sum", "value", "zero", "listed", "none")
    )
    said: list[dict[str, Any]] = []
    for operator, _target in operators:
        for kind, *answers in (
            ("ratio", ("a", 1, 2)),
            ("sum", ("a", 999, 2000), ("b", 1, 1), ("c", 0, 0)),
            ("zero", ("a", 0, 0)),
        ):
            said += [
                {"ma": f"{operator}-{kind}", "don_vi": unit, "tu_so": Decimal(top), "mau_so": Decimal(bottom)}
                for unit, top, bottom in answers
            ]
        said.append({"ma": f"{operator}-value", "don_vi": "b", "thuc_hien": Decimal("50.04")})
        said += [{"ma": f"{operator}-listed", "don_vi": unit, "thuc_hien": Decimal(7)} for unit in ("a", "b")]
    qualitative = {"ma": "chat", "ten": "Chất", "dinh_tinh": True, "don_vi": "a"}
    said += [{"ma": "chat", "don_vi": unit, "dat": unit == "a"} for unit in ("a", "b")]
    of = plan(one_group(task("t")), indicators=(*indicators, qualitative))
    report = small(of, period, ket_qua_chi_tieu=tuple(said))
    table = sheets_of(report)["Chỉ tiêu"]
    verdicts = [value(line.cells[-1]) for line in table.lines if line.kind == "plain"]
    expected = {True: "Đạt", False: missed, None: "Chưa có số liệu"}
    assert verdicts == [expected[one.met] for one in report.indicators]
    # 1000 of 2001 rounds to 50,0 but is less; 50,04 is more, with its second decimal.
    assert verdicts[:6] == ["Đạt", missed, "Đạt", "Chưa có số liệu", missed, "Chưa có số liệu"]
    # Units that all meet a target for themselves: 7 and 7 are at most 50.
    assert verdicts[10] == "Đạt"
    assert [value(line.cells[-1]) for line in table.lines if line.kind == "detail" and line.cells[-1]][2:4] == [
        "Đạt"
    ] * 2
    assert [value(line.cells[9]) for line in table.lines if line.kind == "plain"] == [
        "" if one.value is None and one.numerator is not None else one.value for one in report.indicators
    ]
    content = content_of(report)
    (calculated,) = calculate(soffice, [content], tmp_path)
    assert differences(content, calculated) == []


def test_the_sheets_state_what_the_report_states(sample: Path) -> None:
    report = counted(sample, "2023-H1")
    sheets = sheets_of(report)
    assert list(sheets) == [
        *("Nhiệm vụ", "Trạng thái", "Theo đơn vị", "Chỉ tiêu", "Kinh phí", "Số liệu", "Kiểm tra chéo")
    ]
    tasks = sheets["Nhiệm vụ"].lines
    assert [line.cells[1] for line in tasks] == [one.task.code for one in report.tasks]
    assert [line.cells[8] for line in tasks] == [one.state.label for one in report.tasks]
    states = sheets["Trạng thái"].lines
    assert [value(line.cells[1]) for line in states[:6]] == [report.states[state] for state in State]
    assert [value(line.cells[2]) for line in states[:6]] == list(report.states.percents.values())
    assert [value(cell) for cell in states[7].cells[1:3]] == [report.states.done, report.states.done_percent]
    money = sheets["Kinh phí"].lines[-1].cells
    assert [value(cell) for cell in money[2:]] == [406, Decimal("96.25"), Decimal("96.25"), Decimal("23.7")]
    assert sheets["Nhiệm vụ"].note == "Số liệu từ 15/12/2022 đến 14/06/2023; đơn vị tính tiền: triệu đồng"
    figures = [value(line.cells[4]) for line in sheets["Số liệu"].lines if line.kind == "plain"]
    assert figures == [
        "" if row.value is None and row.statistic.adding == "ty_le" else row.value for row in _listed(report)
    ]


def _listed(report: Report) -> list[Any]:
    """The statistics, field of work by field of work."""
    order = list(dict.fromkeys(row.statistic.field_of_work for row in report.statistics.rows))
    return sorted(report.statistics.rows, key=lambda row: order.index(row.statistic.field_of_work))


@pytest.mark.parametrize(("count", "share", "said"), [(22, "4.5", True), (4, "25", False)])
def test_each_percentage_is_rounded_for_itself(
    count: int, share: str, said: bool, tmp_path: Path, needs_tool: Callable[[str], str]
) -> None:
    """One task overdue and one done of 22: both 4,5%, and the column makes 99,9."""
    tasks = [task(f"t{n}", thoi_han="Quý I/2022" if n == 1 else "Năm 2023") for n in range(count)]
    done = {"ngay_hoan_thanh": date(2023, 1, 5)}
    told = tuple(
        {"ma": f"t{n}", "don_vi": "a", **(done if n == 0 else {"phan_tram": Decimal(5)})} for n in range(count)
    )
    report = small(plan(one_group(*tasks)), tien_do=told)
    sheet = sheets_of(report)["Trạng thái"]
    shares = {str(line.cells[0]): value(line.cells[2]) for line in sheet.lines}
    assert shares["Hoàn thành đúng hạn"] == shares["Quá hạn"] == Decimal(share)
    assert shares["Tổng"] == 100
    assert (ROUNDING in sheet.note) is said
    content = content_of(report)
    (calculated,) = calculate(needs_tool("soffice"), [content], tmp_path)
    assert differences(content, calculated) == []


def test_every_figure_that_docgen_computed_is_a_formula(sample: Path) -> None:
    sheets = sheets_of(counted(sample, "2023-H1"))
    for title, columns in (("Trạng thái", (1, 2)), ("Theo đơn vị", (2, 3, 4, 5, 6, 7, 8))):
        for line in sheets[title].lines:
            assert all(isinstance(line.cells[column], Formula) for column in columns)
    for line in sheets["Kinh phí"].lines:
        assert all(cell is None or isinstance(cell, Formula) for cell in line.cells[2:])


def test_a_groups_own_amount_and_units_of_one_name() -> None:
    units = organisation(b={"ten": "Phòng A"})
    groups = (
        *one_group(task("t1"), kinh_phi=Decimal("7.5")),
        *one_group(task("t2", "Phòng A", kinh_phi=Decimal(2)), ma="h", tieu_de="H"),
    )
    sheets = sheets_of(small(plan(groups, units)))
    own, summed, total = (line.cells[2] for line in sheets["Kinh phí"].lines)
    assert own == Decimal("7.5")
    assert summed == Formula("SUM('Nhiệm vụ'!$N$5:$N$5)", 2)
    assert total == Formula("SUM(C4:C5)", Decimal("9.5"))
    names = [line.cells[1] for line in sheets["Theo đơn vị"].lines]
    assert len(set(names)) == len(names)


def test_a_report_without_tasks() -> None:
    report = counting.report_of(counting.count_period(plan(one_group()), progress(), SCHEME, parse_period("2023-Q1")))
    assert [(sheet.title, sheet.lines) for sheet in report_sheets(report, ROUNDING)] == [("Nhiệm vụ", ())]
    assert content_of(report)


def test_a_draft_says_so(sample: Path) -> None:
    report = counted(sample, "2023-H1", "Phòng Tư pháp")
    assert report_sheets(report, ROUNDING, draft=True)[0].caption == (
        "DỰ THẢO - Nhiệm vụ - 6 tháng đầu năm 2023 - Phòng Tư pháp"
    )


def test_it_is_written_beside_the_report(run: Run, sample: Path, tmp_path: Path) -> None:
    arguments = ("report", sample, "--period", "2023-H1", "--as-of", "15/07/2023", "-o", tmp_path)
    code, said = run(*arguments)
    assert code == 0, said
    assert not (tmp_path / "bao-cao-2023-H1.xlsx").exists()
    code, said = run(*arguments, "--xlsx")
    path = tmp_path / "bao-cao-2023-H1.xlsx"
    assert (code, f"Đã ghi {path.as_posix()}" in said) == (0, True), said
    assert OpenXmlValidator().validate(path).is_valid
    assert read_cells(path.read_bytes())["Trạng thái"][f"B{FIRST_ROW + len(State)}"].value == 22
    code, said = run(*arguments, "--xlsx")
    assert f"Không đổi {path.as_posix()}" in said
    path.write_bytes(b"edited")
    code, said = run(*arguments, "--xlsx")
    assert code == 6
    assert f"Giữ nguyên {path.as_posix()}" in said
    assert path.read_bytes() == b"edited"


def test_a_workbook_that_is_open_says_what_was_written(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "~$bao-cao-2023-H1.xlsx").touch()
    found = report_of(count_period(sample, "2023-H1", today=date(2023, 7, 15)))
    with pytest.raises(Exception, match="đang mở") as caught:
        build_period_report(found, tmp_path, workbook=True)
    assert [problem.code for problem in caught.value.problems] == ["output.open", "output.written"]  # type: ignore[attr-defined]
