"""``docgen remind``: whom it writes to, what of, on whose paper; and what an office may change."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from docgen.documents.don_doc.letters import reminders
from docgen.layout.check import check_document
from docgen.model.counting.states import State
from docgen.wording.typography import plainly
from docgen.workflows.remind import build_reminders
from docgen.workflows.report import build_period_report, count_period, report_of
from tests.conftest import MakePlan

Run = Callable[..., tuple[int, str]]

WINDOW = "luoc_do: nd09\ntu: 15/12/2025\nden: 14/03/2026\n"
ANSWERED = "tra_loi:\n  - {don_vi: van-phong, ngay: 14/03/2026}\n  - {don_vi: phong-kinh-te, ngay: 14/03/2026}\n"


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plainly("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


@pytest.mark.parametrize(
    ("period", "today", "units"),
    [
        ("2023-Q1", date(2023, 7, 20), ["trung-tam-vh-tt-tt"]),
        ("2023-H1", date(2023, 7, 20), ["phong-noi-vu", "ubnd-xa-phu-son", "ubnd-xa-duong-hoa"]),
        ("2023-9M", date(2024, 1, 15), ["phong-kinh-te"]),
        ("2023", date(2024, 1, 15), ["ubnd-xa-duong-hoa"]),
    ],
)
def test_one_letter_to_each_unit_that_is_behind(
    sample: Path, tmp_path: Path, period: str, today: date, units: list[str]
) -> None:
    counted = report_of(count_period(sample, period, today=today))
    expected = {one.unit for one in counted.report.answers if not one.answered}
    for one in counted.report.tasks:
        if one.past_due:
            expected |= {result.unit for result in one.units if one.counting == "tung_don_vi" and not result.state.done}
            expected |= set(one.leads) if one.counting == "chung" else set()
    built = build_reminders(counted, tmp_path)
    names = [one.path.stem for one in built.written]
    assert {name.removeprefix(f"don-doc-{period}-") for name in names} == expected
    assert names == [f"don-doc-{period}-{unit}" for unit in units]
    for one in built.written:
        assert check_document(one.path) == []
        assert OpenXmlValidator().validate(one.path).is_valid


def test_a_letter_says_what_is_late_and_who_asks(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("remind", sample, "--period", "2023-H1", "--as-of", "20/07/2023", "-o", tmp_path)
    assert code == 0, said
    text = text_of(tmp_path / "don-doc-2023-H1-phong-noi-vu.docx")
    for part in (
        "Phòng Nội vụ",
        "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
        "/UBND-NV",
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG",
        "Phòng Nội vụ còn 1 nhiệm vụ quá hạn chưa hoàn thành:",
        "kiểm tra công vụ (thời hạn: Quý I/2023): quá hạn, đã thực hiện 80%.",
        "thời gian hoàn thành./.",
    ):
        assert part in text
    assert "chưa gửi" not in text
    text = text_of(tmp_path / "don-doc-2023-H1-ubnd-xa-phu-son.docx")
    assert "V/v đôn đốc gửi báo cáo 6 tháng đầu năm 2023" in text
    assert "hạn gửi ngày 16 tháng 6 năm 2023; mới gửi số liệu Quý I năm 2023." in text
    assert "quá hạn" not in text


def test_nothing_where_there_is_nothing(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    done = "tien_do:\n  - {ma: the-che-1, don_vi: phong-kinh-te, phan_tram: 100, ngay_hoan_thanh: 01/02/2026}\n"
    plan = make_plan(files={"tien-do/2026-Q1.yaml": WINDOW + done + ANSWERED})
    arguments = ("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")
    code, said = run(*arguments)
    assert code == 0
    assert "Không có đơn vị nào phải đôn đốc" in said
    assert not (tmp_path / "out").exists()
    code, said = run(*arguments, "--format", "json")
    assert code == 0
    found = json.loads(said)
    assert found["ok"]
    assert found["written"] == []
    assert "remind.none" in [one["code"] for one in found["problems"]]


def test_nobody_is_late_with_an_answer_before_the_window_ends(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    code, said = run("remind", plan, "--period", "2026-Q1", "--as-of", "01/02/2026", "-o", tmp_path / "out")
    assert code == 0
    assert "chỉ đôn đốc nhiệm vụ quá hạn" in said
    assert "dự thảo" not in said
    assert "Không có đơn vị nào phải đôn đốc" in said
    code, said = run("remind", plan, "--period", "2026-Q1", "--as-of", "15/03/2026", "-o", tmp_path / "out")
    assert code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_task_led_by_several_is_everybodys(make_plan: MakePlan, tmp_path: Path) -> None:
    both = (
        "co_quan_chu_tri: Phòng Kinh tế",
        "co_quan_chu_tri: Phòng Kinh tế, Văn phòng\n            han_cuoi: 31/01/2026",
    )
    plan = make_plan(
        changes={"ke-hoach.yaml": [both]},
        files={"tien-do/2026-Q1.yaml": WINDOW + ANSWERED},
    )
    counted = report_of(count_period(plan, "2026-Q1", today=date(2026, 4, 1)))
    found = reminders(counted.report)
    assert [one.unit.code for one in found] == ["van-phong", "phong-kinh-te"]
    assert [one.overdue[0].state for one in found] == [State.NO_DATA, State.NO_DATA]
    built = build_reminders(counted, tmp_path / "out")
    line = "Kiểm tra văn bản (thời hạn: Quý I/2026, ngày 31/01/2026; cùng chủ trì: Phòng Kinh tế): "
    line += "đã quá hạn, chưa có số liệu."
    text = text_of(built.written[0].path)
    assert line in text
    assert "Văn phòng còn 1 nhiệm vụ đã quá hạn, chưa có số liệu:" in text
    report = text_of(build_period_report(counted, tmp_path / "report").written[0].path)
    assert "; 1 nhiệm vụ đã quá hạn, chưa có số liệu" in report
    assert "Kiểm tra văn bản (thời hạn: Quý I/2026, ngày 31/01/2026): đã quá hạn, chưa có số liệu." in report
    assert "Đã quá hạn, chưa có số liệu" in report
    assert "Chưa có số liệu (trong đó 1 nhiệm vụ đã quá hạn)" in report


def test_of_a_groups_task_only_those_not_done(make_plan: MakePlan) -> None:
    group = ("co_quan_chu_tri: Phòng Kinh tế", "co_quan_chu_tri: Các cơ quan, đơn vị\n            han_cuoi: 31/01/2026")
    done = "tien_do:\n  - {ma: the-che-1, don_vi: phong-kinh-te, phan_tram: 100, ngay_hoan_thanh: 20/01/2026}\n"
    begun = "  - {ma: the-che-1, don_vi: van-phong, phan_tram: 0}\n"
    plan = make_plan(
        changes={"ke-hoach.yaml": [group]}, files={"tien-do/2026-Q1.yaml": WINDOW + done + begun + ANSWERED}
    )
    (found,) = reminders(report_of(count_period(plan, "2026-Q1", today=date(2026, 4, 1))).report)
    assert found.unit.code == "van-phong"
    assert found.missing is None
    assert found.overdue[0].percent == 0


def test_a_division_writes_on_its_own_letterhead(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    paper = "van_ban:\n  co_quan_ban_hanh: van-phong\n  so: '5'\n  nguoi_ky:\n    quyen_han: [CHÁNH VĂN PHÒNG]\n"
    paper += "    ho_ten: Trần Văn Bình\n  dia_danh: An Bình\n"
    paper += "loi_van:\n  - {chen: loi_van, van: Đây là lần đôn đốc thứ hai.}\n  - {chen: khac, van: x}\n"
    plan = make_plan(files={"bao-cao/don-doc.yaml": paper})
    code, said = run("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")
    assert code == 0, said
    assert "Văn phòng là nơi gửi nên không có công văn cho chính mình" in said
    assert "mỗi công văn lấy một số riêng" in said
    assert "không có chỗ chèn “khac”" in said
    (path,) = (tmp_path / "out").iterdir()
    text = text_of(path)
    assert path.name == "don-doc-2026-Q1-phong-kinh-te.docx"
    assert text.count("VĂN PHÒNG") == text.count("CHÁNH VĂN PHÒNG") + 1
    assert "TM. ỦY BAN NHÂN DÂN" not in text
    assert "Số: 05" not in text
    assert "Đây là lần đôn đốc thứ hai." in text


def test_without_a_paper_the_plans_office_signs(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    assert run("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")[0] == 0
    text = text_of(tmp_path / "out" / "don-doc-2026-Q1-van-phong.docx")
    assert "TM. ỦY BAN NHÂN DÂN" in text
    assert "Nguyễn Văn An" in text


def test_what_is_wrong_is_said(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan(files={"bao-cao/don-doc.yaml": "van_ban:\n  co_quan_ban_hanh: phong-x\n"})
    code, said = run("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")
    assert code == 3
    assert "không có đơn vị mã “phong-x”" in said
    own = "ma: don-doc\nten: x\ntrich_yeu: đôn đốc\nnoi_dung:\n  - {cap: gach, chen: qua_han}\n"
    own += '  - {cap: khong, van: "{{ donvi }}"}\n'
    plan = make_plan(files={"de_cuong/don-doc.yaml": own})
    code, said = run("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")
    assert code == 4
    assert "không có trường “donvi”" in said
    assert "không có phần chèn “qua_han”" in said


def test_an_outline_without_sentences_still_lists(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    own = "ma: don-doc\nten: x\ntrich_yeu: nhắc {{ don_vi }}\nnoi_nhan: [Như trên]\nnoi_dung:\n"
    own += "  - {cap: gach, chen: nhiem_vu_qua_han}\n"
    own += "  - {cap: gach, chen: chua_gui_bao_cao}\n"
    late = ("co_quan_chu_tri: Phòng Kinh tế", "co_quan_chu_tri: Phòng Kinh tế\n            han_cuoi: 31/01/2026")
    plan = make_plan(changes={"ke-hoach.yaml": [late]}, files={"de_cuong/don-doc.yaml": own})
    assert run("remind", plan, "--period", "2026-Q1", "--as-of", "01/04/2026", "-o", tmp_path / "out")[0] == 0
    text = text_of(tmp_path / "out" / "don-doc-2026-Q1-phong-kinh-te.docx")
    assert "V/v nhắc Phòng Kinh tế" in text
    assert "- Kiểm tra văn bản (thời hạn: Quý I/2026, ngày 31/01/2026): đã quá hạn, chưa có số liệu." in text
    assert "- Báo cáo Quý I năm 2026 (số liệu từ ngày 15 tháng 12 năm 2025 đến ngày 14 tháng 3 năm 2026)" in text
