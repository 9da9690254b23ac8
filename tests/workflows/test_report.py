"""``docgen report`` on the sample: every period, one unit's and the whole office's, and what an office may change."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from docgen.layout.check import check_document
from docgen.wording.typography import plainly
from docgen.workflows.report import build_period_report, count_period, report_of
from tests.conftest import MakePlan
from tests.writers.spreadsheets import read_cells

Run = Callable[..., tuple[int, str]]
PERIODS = ["2023-Q1", "2023-H1", "2023-9M", "2023", "2023-03-01..2023-05-31"]


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plainly("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy of the real plan that a test may change."""
    shutil.copytree(sample, tmp_path / "ke-hoach")
    return tmp_path / "ke-hoach"


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_gives_a_report_without_a_finding(sample: Path, tmp_path: Path, period: str) -> None:
    built = build_period_report(report_of(count_period(sample, period, today=date(2024, 1, 15))), tmp_path)
    path = built.written[0].path
    assert path.name == f"bao-cao-{period.replace('..', '_')}.docx"
    assert [item.message for item in check_document(path) if item.about == "the_thuc"] == []
    assert OpenXmlValidator().validate(path).is_valid


@pytest.mark.parametrize("unit", ["Phòng Tư pháp", "UBND phường Phú Bài"])
def test_a_unit_reports_its_own(run: Run, sample: Path, tmp_path: Path, unit: str) -> None:
    code, said = run("report", sample, "--period", "2023-H1", "--unit", unit, "-o", tmp_path)
    assert code == 0, said
    path = next(tmp_path.glob("*.docx"))
    text = text_of(path)
    assert unit.upper() in text
    assert "Kính gửi: Ủy ban nhân dân thị xã Hương Thủy" in text
    assert "TÌNH HÌNH GỬI BÁO CÁO" not in text
    if unit.startswith("Phòng"):
        assert [item.message for item in check_document(path) if item.about == "the_thuc"] == []


def test_the_text_says_what_was_counted(sample: Path, tmp_path: Path) -> None:
    counted = report_of(count_period(sample, "2023-H1", today=date(2023, 7, 1)))
    text = text_of(build_period_report(counted, tmp_path).written[0].path)
    states = counted.report.states
    assert f"Kế hoạch có {states.total} nhiệm vụ: đã hoàn thành {states.done}" in text
    missing = [answer.name for answer in counted.report.answers if not answer.answered]
    assert missing
    assert f"chưa gửi: {', '.join(missing)}" in text
    assert "(số liệu tính từ ngày 15 tháng 12 năm 2022 đến ngày 14 tháng 6 năm 2023)" in text
    for row in counted.report.groups:
        if row.states.total:
            assert row.name in text
    assert re.search(r"\(Tổng giải ngân bằng chữ: .* đồng\)\./\.", text)
    assert "- Ủy ban nhân dân tỉnh Thừa Thiên Huế;" in text  # from bao-cao/2023-H1.yaml
    assert "Một số nhiệm vụ phải chờ văn bản hướng dẫn của cấp trên." in text


@pytest.mark.parametrize(
    ("period", "shares", "noted"),
    [
        ("2023-Q1", ["13,6", "0", "4,5", "31,8", "31,8", "18,2"], True),
        ("2023", ["36,4", "13,6", "0", "50", "0", "0"], False),
    ],
)
def test_percentages_are_a_calculators(
    run: Run, sample: Path, tmp_path: Path, period: str, shares: list[str], noted: bool
) -> None:
    run("report", sample, "--period", period, "--xlsx", "-o", tmp_path)
    table = docx.Document(str(tmp_path / f"bao-cao-{period}.docx")).tables[2]
    assert [row.cells[2].text for row in table.rows][1:7] == shares
    note = "Tổng các tỷ lệ có thể không bằng 100% do làm tròn."
    assert (note in text_of(tmp_path / f"bao-cao-{period}.docx")) is noted
    shown = read_cells((tmp_path / f"bao-cao-{period}.xlsx").read_bytes())["Trạng thái"]
    assert (note in str(shown["A2"].value)) is noted


@pytest.mark.parametrize(
    ("period", "first", "last", "absent"),
    [
        (
            "2023-Q1",
            "15/01/2023); chủ trì: Các cơ quan, đơn vị thuộc UBND thị xã; quá hạn, chưa hoàn thành.",
            "các tỉnh phía Bắc (thời hạn: Quý II/2023); chủ trì: Phòng Nội vụ.",
            "(thời hạn: Năm 2023)",
        ),
        (
            "2023-H1",
            "các tỉnh phía Bắc (thời hạn: Quý II/2023); chủ trì: Phòng Nội vụ; chưa hoàn thành.",
            "UBND cấp xã (thời hạn: Quý IV/2023); chủ trì: Phòng Nội vụ.",
            "(thời hạn: Trước ngày 15/01/2024)",
        ),
        (
            "2023",
            "(thời hạn: Trước ngày 15/01/2024); chủ trì: Phòng Tư pháp, UBND các xã, phường; chưa hoàn thành.",
            "UBND cấp xã (thời hạn: Quý IV/2023); chủ trì: Phòng Nội vụ; chưa hoàn thành.",
            "chủ trì: Phòng Kinh tế.",
        ),
    ],
)
def test_next_periods_tasks(
    run: Run, sample: Path, tmp_path: Path, period: str, first: str, last: str, absent: str
) -> None:
    run("report", sample, "--period", period, "-o", tmp_path)
    lines = [plainly(one.text) for one in docx.Document(str(tmp_path / f"bao-cao-{period}.docx")).paragraphs]
    start = lines.index("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI") + 1
    listed = lines[start : next(at for at, line in enumerate(lines) if at >= start and not line.startswith("- "))]
    assert listed[0].endswith(first)
    assert listed[-1].endswith(last)
    assert not any(absent in line for line in listed)


def test_a_period_that_is_not_over_is_a_draft(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("report", sample, "--period", "2023-Q1", "--as-of", "01/03/2023", "-o", tmp_path)
    assert code == 0
    assert "chưa kết thúc" in said
    headers = docx.Document(str(tmp_path / "bao-cao-2023-Q1.docx")).sections[0].header._element.xml
    assert "DỰ THẢO" in headers


def test_a_due_date_by_expected_days_off_is_said_to_be_so(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    for file in plan.glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("2026", "2027"), encoding="utf-8")
    said = "cảnh báo: hạn gửi tính theo ngày làm việc: ngày nghỉ năm 2027 theo lịch dự kiến, chưa có văn bản\n"
    for command in ("report", "remind"):
        asked = ("--period", "2027-Q1", "--as-of", "01/04/2027", "-o", tmp_path / "out")
        code, shown = run(command, plan, *asked)
        assert (code, shown.count(said)) == (0, 1)
        assert "→ tạo ngay_nghi/2027.yaml trong thư mục kế hoạch\n" in shown
        assert "dự kiến" not in run(command, plan, *asked[:-1], tmp_path / "other", "--scheme", "cchc")[1]
    letters = [text_of(path) for path in (tmp_path / "out").glob("don-doc-2027-Q1-*.docx")]
    assert letters and all("hạn gửi ngày 16 tháng 3 năm 2027" in letter for letter in letters)


def test_without_progress_the_report_says_so(run: Run, own: Path, tmp_path: Path) -> None:
    shutil.rmtree(own / "tien-do")
    code, said = run("report", own, "--period", "2023-Q1", "-o", tmp_path / "out")
    assert code == 0, said
    assert "chưa có số liệu nào của kỳ 2023-Q1" in said
    assert "chưa có đơn vị nào gửi số liệu của kỳ này" in text_of(tmp_path / "out" / "bao-cao-2023-Q1.docx")


def test_who_sent_only_statistics_is_not_said_to_have_sent_nothing(run: Run, own: Path, tmp_path: Path) -> None:
    """The text said that nobody had sent anything, and four lines further down that one unit had."""
    shutil.rmtree(own / "tien-do")
    (own / "tien-do").mkdir()
    figures = "so_lieu:\n  - {ma: tthc-cap-huyen, don_vi: van-phong, thuc_hien: 231}\n"
    text = "luoc_do: nd09\ntu: 15/12/2022\nden: 14/03/2023\n" + figures
    (own / "tien-do" / "2023-Q1.yaml").write_text(text, encoding="utf-8")
    code, said = run("report", own, "--period", "2023-Q1", "-o", tmp_path / "out")
    assert code == 0, said
    assert "chưa có số liệu nào" not in said
    text = text_of(tmp_path / "out" / "bao-cao-2023-Q1.docx")
    assert "Đến thời điểm báo cáo, 1/17 đơn vị đã gửi báo cáo; chưa gửi: Phòng Nội vụ," in text
    assert "chưa có đơn vị nào gửi" not in text


def test_a_half_year_of_which_only_the_first_quarter_was_collected(run: Run, own: Path, tmp_path: Path) -> None:
    for name in ("2023-Q2", "2023-Q3", "2023-Q4"):
        (own / "tien-do" / f"{name}.yaml").unlink()
    run("report", own, "--period", "2023-H1", "-o", tmp_path / "out")
    text = text_of(tmp_path / "out" / "bao-cao-2023-H1.docx")
    assert "Tình hình gửi báo cáo: Quý I có 16/17 đơn vị đã gửi; Quý II chưa có đơn vị nào gửi.\n" in text
    assert "; số liệu mới nhất đến hết ngày 14 tháng 3 năm 2023)" in text
    assert "Mới gửi Quý I năm 2023" in text


def test_a_span_says_up_to_when_figures_are_and_asks_nobody(run: Run, own: Path, tmp_path: Path) -> None:
    arguments = ("report", own, "--period", "2023-03-01..2023-05-31", "-o", tmp_path / "out")
    code, said = run(*arguments)
    assert (code, said.count("vượt ra ngoài kỳ báo cáo")) == (0, 2), "one for each file"
    assert "15/03/2023 đến 14/06/2023 vượt ra ngoài kỳ báo cáo nên không cộng được vào kỳ này: 51 mục" in said
    path = tmp_path / "out" / "bao-cao-2023-03-01_2023-05-31.docx"
    text = text_of(path)
    assert "từ ngày 01/3/2023 đến ngày 31/5/2023 như sau (số liệu mới nhất đến hết ngày 14 tháng 3 năm 2023):" in text
    assert "đơn vị đã gửi" not in text
    assert "TÌNH HÌNH GỬI BÁO CÁO" not in text


def test_a_unit_that_has_not_answered_is_named_in_its_report(run: Run, own: Path, tmp_path: Path) -> None:
    shutil.rmtree(own / "tien-do")
    run("report", own, "--period", "2023-Q1", "--unit", "phong-noi-vu", "-o", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.docx")
    assert "Phòng Nội vụ chưa gửi số liệu của kỳ này" in text_of(path)


def test_the_latest_text_stands_first_and_earlier_ones_are_dated(run: Run, sample: Path, tmp_path: Path) -> None:
    run("report", sample, "--period", "2023", "-o", tmp_path)
    lines = text_of(tmp_path / "bao-cao-2023.docx").splitlines()
    trip = "- Tổ chức Đoàn học tập mô hình về công tác CCHC tại các tỉnh phía Bắc: "
    (told,) = (line for line in lines if line.startswith(trip))
    assert told.removeprefix(trip) == (
        "đã ban hành Quyết định số 2890/QĐ-UBND ngày 10/07/2023, đã giải ngân 192,5 triệu đồng. Đã quyết toán. "
        "Quý II: Đã lập danh sách Đoàn, đang liên hệ các tỉnh. "
        "Quý III: Đoàn đã đi học tập từ ngày 24 đến ngày 28/7/2023."
    )
    # A draft of Quý I, of a plan that was issued in Quý II.
    assert any(line.endswith("triệu đồng. Quý I: Đã dự thảo Kế hoạch kiểm tra.") for line in lines)
    office = "- Văn phòng HĐND và UBND thị xã"
    assert f"{office}, Quý I: Bộ phận Một cửa tiếp nhận 2.050 hồ sơ, giải quyết đúng hạn 1.951 hồ sơ." in lines
    assert f"{office}: Đã ban hành Kế hoạch rà soát, đánh giá TTHC năm 2024." in lines


def test_difficulties_and_proposals_of_finished_tasks_go(run: Run, sample: Path, tmp_path: Path) -> None:
    """The trip's and the inspection's were over by the end of the year."""
    for period, there in (("2023-H1", True), ("2023", False)):
        run("report", sample, "--period", period, "-o", tmp_path)
        text = text_of(tmp_path / f"bao-cao-{period}.docx")
        assert ("Lịch làm việc của các tỉnh phía Bắc chưa thống nhất." in text) is there
        assert ("Đề nghị UBND thị xã thống nhất lịch kiểm tra với Sở Nội vụ." in text) is there
        assert "Đề nghị tỉnh hướng dẫn sớm danh mục TTHC cần rà soát." in text


@pytest.mark.parametrize(
    ("period", "said", "verdict"),
    [
        (
            "2023-H1",
            "5 chỉ tiêu đạt; 12 chỉ tiêu chưa đến hạn đánh giá; 10 chỉ tiêu chưa có số liệu.",
            "Chưa đến hạn đánh giá",
        ),
        ("2023", "16 chỉ tiêu đạt; 3 chỉ tiêu chưa đạt; 8 chỉ tiêu chưa có số liệu.", "Đạt"),
    ],
)
def test_indicators_are_counted_alike_everywhere(
    run: Run, sample: Path, tmp_path: Path, period: str, said: str, verdict: str
) -> None:
    """Four units reported 100/100 for the year, and it was “Nêu theo đơn vị” here and “chưa có số liệu” there."""
    run("report", sample, "--period", period, "--xlsx", "-o", tmp_path)
    path = tmp_path / f"bao-cao-{period}.docx"
    assert f"Trong 27 chỉ tiêu của Kế hoạch: {said}" in text_of(path)
    table = next(one for one in docx.Document(str(path)).tables if one.rows[0].cells[1].text == "Chỉ tiêu")
    shown = Counter(row.cells[-1].text for row in table.rows[1:])
    words = {"Đạt": "chỉ tiêu đạt"} | {name: f"chỉ tiêu {name[0].lower()}{name[1:]}" for name in shown if name != "Đạt"}
    assert sorted(said.rstrip(".").split("; ")) == sorted(f"{count} {words[name]}" for name, count in shown.items())
    assert table.rows[27].cells[-1].text == verdict
    cells = read_cells(path.with_suffix(".xlsx").read_bytes())["Chỉ tiêu"]
    numbered = [place[1:] for place, cell in cells.items() if place[0] == "A" and isinstance(cell.value, float | int)]
    assert Counter(str(cells[f"K{row}"].value) for row in numbered) == shown


def test_an_office_changes_outline_and_words(run: Run, sample: Path, own: Path, tmp_path: Path) -> None:
    shipped = sample.parent / "de_cuong" / "bao-cao-cchc.yaml"
    text = shipped.read_text(encoding="utf-8").replace("ĐÁNH GIÁ CHUNG", "NHẬN XÉT CHUNG")
    (own / "de_cuong").mkdir()
    (own / "de_cuong" / "bao-cao-cchc.yaml").write_text(text, encoding="utf-8")
    assert run("report", own, "--period", "2023-Q1", "-o", tmp_path / "out")[0] == 0
    assert "III. NHẬN XÉT CHUNG" in text_of(tmp_path / "out" / "bao-cao-2023-Q1.docx")
    wrong = text.replace("{{ ty_le_xong }}", "{{ tyle_xong }}")
    (own / "de_cuong" / "bao-cao-cchc.yaml").write_text(wrong, encoding="utf-8")
    code, said = run("report", own, "--period", "2023-Q1", "-o", tmp_path / "out")
    assert code == 4
    assert re.search(r"ke-hoach/de_cuong/bao-cao-cchc\.yaml:\d+:\d+: lỗi: không có trường “tyle_xong”", said)
    assert "ý bạn là “ty_le_xong”?" in said


def test_what_is_wrong_with_the_question(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("report", sample, "--period", "2023Q1", "-o", tmp_path)
    assert code == 2
    assert "ý bạn là “2023-Q1”?" in said
    assert run("report", sample, "--period", "2023-Q1", "--unit", "Phòng X", "-o", tmp_path)[0] == 2
    assert run("report", sample, "--period", "2023-Q1", "--scheme", "nd90", "-o", tmp_path)[0] == 3
    assert not list(tmp_path.iterdir())


def test_an_edited_report_is_kept(run: Run, sample: Path, tmp_path: Path) -> None:
    run("report", sample, "--period", "2023-Q1", "-o", tmp_path)
    edited = docx.Document(str(tmp_path / "bao-cao-2023-Q1.docx"))
    edited.add_paragraph("sửa tay")
    edited.save(str(tmp_path / "bao-cao-2023-Q1.docx"))
    assert run("report", sample, "--period", "2023-Q1", "--so", "5", "-o", tmp_path)[0] == 6
    assert "sửa tay" in text_of(tmp_path / "bao-cao-2023-Q1.docx")
    assert "Số: 05/BC-UBND" in text_of(tmp_path / "bao-cao-2023-Q1.moi.docx")


def test_a_paper_of_an_unknown_unit_is_refused(run: Run, own: Path, tmp_path: Path) -> None:
    (own / "bao-cao" / "2023-Q1.yaml").write_text("van_ban: {co_quan_ban_hanh: khong-co}\n", encoding="utf-8")
    code, said = run("report", own, "--period", "2023-Q1", "-o", tmp_path / "out")
    assert code == 3
    assert "ke-hoach/bao-cao/2023-Q1.yaml: lỗi: không có đơn vị mã “khong-co”" in said


def test_a_number_with_its_symbol_is_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("report", sample, "--period", "2023-Q1", "--so", "12/BC-UBND", "-o", tmp_path)
    assert code == 2
    assert "không dùng làm số văn bản được" in said
    assert not list(tmp_path.iterdir())
