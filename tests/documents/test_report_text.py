"""The text of reports as a clerk of the office would write it; the sample's read line by line."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from docgen.documents.bao_cao.sentences import with_period
from docgen.documents.text import ended, listed, one_line
from docgen.wording.typography import plainly
from tests.conftest import MakePlan

Run = Callable[..., tuple[int, str]]
Lines = Callable[..., list[str]]
NAME = "Kế hoạch cải cách hành chính gắn với chính quyền số, dịch vụ đô thị thông minh của thị xã Hương Thủy"


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy of the real plan that a test may change."""
    shutil.copytree(sample, tmp_path / "ke-hoach")
    return tmp_path / "ke-hoach"


@pytest.fixture
def lines(run: Run, tmp_path: Path) -> Lines:
    """Makes a report; the paragraphs of its text, up to the first Phụ lục."""

    def made(plan: Path, period: str, *arguments: str) -> list[str]:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        code, said = run("report", plan, "--period", period, *arguments, "-o", out)
        assert code == 0, said
        (path,) = out.glob("*.docx")
        found = [plainly(one.text) for one in docx.Document(str(path)).paragraphs]
        end = next((at for at, line in enumerate(found) if line.startswith("Phụ lục")), len(found))
        return [line for line in found[:end] if line]

    return made


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("2023-Q1", f"{NAME} Quý I năm 2023"),
        ("2023-H1", f"{NAME} 6 tháng đầu năm 2023"),
        ("2023-9M", f"{NAME} 9 tháng năm 2023"),
        ("2023", f"{NAME} năm 2023"),
        ("2023-03-01..2023-05-31", f"{NAME} năm 2023 từ ngày 01/3/2023 đến ngày 31/5/2023"),
    ],
)
def test_the_title_says_the_year_once(lines: Lines, sample: Path, period: str, title: str) -> None:
    text = lines(sample, period)
    assert text[1] == f"Tình hình thực hiện {title}"
    assert text[-1] == f"Trên đây là báo cáo tình hình thực hiện {title}./."


@pytest.mark.parametrize(
    ("name", "period", "whole"),
    [
        ("cải cách hành chính", "năm 2023", "cải cách hành chính năm 2023"),
        ("cải cách hành chính", "Quý I năm 2023", "cải cách hành chính Quý I năm 2023"),
        ("CCHC năm 2023 của xã An Bình", "năm 2023", "CCHC năm 2023 của xã An Bình"),
        ("CCHC năm 2023 của xã An Bình", "9 tháng năm 2023", "CCHC năm 2023 của xã An Bình, 9 tháng năm 2023"),
        ("CCHC năm 2023", "Quý I năm 2024", "CCHC năm 2023 Quý I năm 2024"),
        ("CCHC giai đoạn 2021 - 2025", "6 tháng đầu năm 2023", "CCHC giai đoạn 2021 - 2025 6 tháng đầu năm 2023"),
    ],
)
def test_a_plans_name_with_a_period(name: str, period: str, whole: str) -> None:
    assert with_period(name, period, 2023) == whole


@pytest.mark.parametrize("period", ["2023-Q1", "2023-H1", "2023-9M", "2023", "2023-03-01..2023-05-31"])
@pytest.mark.parametrize("unit", [None, "Phòng Nội vụ", "UBND xã Phú Sơn"])
def test_what_no_clerk_would_write(lines: Lines, sample: Path, period: str, unit: str | None) -> None:
    text = lines(sample, period, *(("--unit", unit) if unit else ()))
    whole = "\n".join(text).replace("ISO 9001 : 2015", "")  # as the plan's author typed it
    assert not re.search(r"(?<![0-9,.])0 (nhiệm vụ|chỉ tiêu|đơn vị)|(chậm|quá hạn|đạt|số liệu) 0\b", whole), "zeros"
    assert not re.search(r"\.\.(?!/)|;\.|:\.|,\.|\.;|\. ?:| [;:,.]", whole), "doubled marks"
    assert not re.search(r"năm 2023 \(.*năm 2023\)", whole)
    for day in re.findall(r"ngày \d\d tháng \d+ năm 2023", text[3 if unit else 2]):
        assert whole.count(day) == 1, "the date once"
    beginnings = [line.split(":")[0] for line in text if line.startswith("- ") and "đã ban hành" in line]
    assert len(set(beginnings)) == len(beginnings), "one paragraph a task"
    assert text[-1].endswith("./.")
    assert not text[-1].startswith("- ")


def test_a_task_has_one_paragraph(lines: Lines, sample: Path) -> None:
    assert [line for line in lines(sample, "2023-H1") if line.startswith("- Kế hoạch kiểm soát TTHC năm 2023:")] == [
        "- Kế hoạch kiểm soát TTHC năm 2023: đã ban hành Kế hoạch số 270/KH-UBND ngày 28/12/2022, đã giải ngân "
        "16 triệu đồng. Đã thanh toán xong kinh phí của Kế hoạch. Quý I: Đã ban hành Kế hoạch kiểm soát TTHC năm 2023."
    ]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (
            "2023-Q1",
            "Kế hoạch có 22 nhiệm vụ: đã hoàn thành 3 nhiệm vụ (13,6%), đều đúng hạn; 1 nhiệm vụ quá hạn; "
            "7 nhiệm vụ đang thực hiện, còn trong hạn; 7 nhiệm vụ chưa thực hiện, còn trong hạn; "
            "4 nhiệm vụ còn trong hạn, chưa có số liệu.",
        ),
        (
            "2023",
            "Kế hoạch có 22 nhiệm vụ: đã hoàn thành 11 nhiệm vụ (50%), trong đó 8 nhiệm vụ đúng hạn, 3 nhiệm vụ chậm; "
            "11 nhiệm vụ đang thực hiện, còn trong hạn.",
        ),
    ],
)
def test_the_whole_in_one_sentence(lines: Lines, sample: Path, period: str, said: str) -> None:
    assert said in lines(sample, period)


def test_the_plan_is_cited_as_it_came(lines: Lines, sample: Path, make_plan: MakePlan) -> None:
    begun = "Thực hiện Quyết định số 3951/QĐ-UBND ngày 30 tháng 12 năm 2022 của Ủy ban nhân dân thị xã Hương Thủy "
    assert lines(sample, "2023-Q1")[2].startswith(f"{begun}về việc phê duyệt Kế hoạch cải cách hành chính gắn với")
    frame = "van_ban: {ky_hieu: KH-UBND, dia_danh: An Bình, nguoi_ky: {quyen_han: [CHỦ TỊCH], ho_ten: Nguyễn Văn An}}"
    stands_alone = ("hinh_thuc: kem_quyet_dinh", f"hinh_thuc: doc_lap\n  {frame}")
    alone = make_plan(changes={"ke-hoach.yaml": [stands_alone]}, files={"quyet-dinh.yaml": None})
    (cited,) = (line for line in lines(alone, "2026-Q1") if line.startswith("Thực hiện Kế hoạch số"))
    assert "của Ủy ban nhân dân xã An Bình về cải cách hành chính năm 2026" in cited


def test_several_lines_of_a_task_are_kept_apart(lines: Lines, sample: Path) -> None:
    assert (
        "- Tổ chức tự đánh giá chỉ số CCHC năm 2023 của UBND thị xã; Thẩm định kết quả tự đánh giá chỉ số CCHC của "
        "UBND cấp xã (thời hạn: Quý IV/2023); chủ trì: Phòng Nội vụ." in lines(sample, "2023-H1")
    )


def test_a_units_own_report(lines: Lines, sample: Path) -> None:
    text = lines(sample, "2023-Q1", "--unit", "Phòng Tư pháp")
    assert not any(line.startswith("- Phòng Tư pháp") for line in text)
    assert "- Phòng đã kiểm tra 10 văn bản QPPL do cấp xã ban hành, không phát hiện sai sót." in text
    assert not any("Kế hoạch không giao" in line for line in text)
    assert not any("chủ trì: " in line for line in text)
    # What has nothing below it goes, and what is alone isn't numbered.
    headings = [line for line in text if re.match(r"[IVX]+\. ", line)]
    assert headings == ["I. KẾT QUẢ THỰC HIỆN", "II. ĐÁNH GIÁ CHUNG", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"]
    assert "Cải cách thể chế" in text
    assert "Kết quả" in text
    assert not any(line.startswith("1. ") for line in text)


def test_as_above_only_where_there_is_an_addressee(run: Run, sample: Path, tmp_path: Path) -> None:
    for period, unit, there in (
        ("2023-Q1", (), False),
        ("2023-H1", (), True),
        ("2023-Q1", ("--unit", "van-phong"), True),
    ):
        out = tmp_path / f"{period}{len(unit)}"
        run("report", sample, "--period", period, *unit, "-o", out)
        (path,) = out.glob("*.docx")
        document = docx.Document(str(path))
        cells = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        assert ("- Như trên;" in cells) is there
        assert any(one.text.startswith("Kính gửi") for one in document.paragraphs) is there
        assert "- Lưu: VT" in cells


def test_an_office_changes_any_sentence(lines: Lines, own: Path, sample: Path) -> None:
    """Sentences that its outline doesn't have are the shipped ones; one that is empty says nothing."""
    text = (sample.parent / "de_cuong" / "bao-cao-cchc.yaml").read_text(encoding="utf-8")
    before, rest = text.split("\ncau:\n")
    after = rest[rest.index("\nnoi_dung:\n") :]
    sentences = "  - {ma: da_ban_hanh, van: 'ban hành {{ van_ban }}'}\n  - {ma: da_giai_ngan, van: ''}\n"
    (own / "de_cuong").mkdir()
    (own / "de_cuong" / "bao-cao-cchc.yaml").write_text(f"{before}\ncau:\n{sentences}{after}", encoding="utf-8")
    text_lines = lines(own, "2023-Q1")
    assert (
        "- Kế hoạch kiểm soát TTHC năm 2023: ban hành Kế hoạch số 270/KH-UBND ngày 28/12/2022. "
        "Đã ban hành Kế hoạch kiểm soát TTHC năm 2023." in text_lines
    )
    assert "Đã hoàn thành 1/3 nhiệm vụ (33,3%)." in text_lines


@pytest.mark.parametrize(
    ("setting", "unit", "empty"),
    [("don_vi", False, True), ("don_vi", True, False), ("luon", False, False), ("khong", True, True)],
)
def test_empty_statistics_rows(
    run: Run, own: Path, sample: Path, tmp_path: Path, setting: str, unit: bool, empty: bool
) -> None:
    text = (sample.parent / "de_cuong" / "bao-cao-cchc.yaml").read_text(encoding="utf-8")
    (own / "de_cuong").mkdir()
    text = text.replace("bo_so_lieu_trong: don_vi", f"bo_so_lieu_trong: {setting}")
    (own / "de_cuong" / "bao-cao-cchc.yaml").write_text(text, encoding="utf-8")
    run("report", own, "--period", "2023-Q1", *(("--unit", "phong-tu-phap") if unit else ()), "-o", tmp_path / "out")
    (path,) = (tmp_path / "out").glob("*.docx")
    table = next(one for one in docx.Document(str(path)).tables if one.rows[0].cells[1].text == "Chỉ tiêu thống kê")
    figures = [row.cells[3].text for row in table.rows[1:] if "." in row.cells[0].text]
    assert ("" in figures) is empty
    assert "10" in figures


def test_marks_between_joined_texts() -> None:
    assert one_line(["- Triển khai nền tảng số.", "- Số hóa dữ liệu; ", "", "  + v.v."]) == (
        "Triển khai nền tảng số; Số hóa dữ liệu; v.v."
    )
    assert [ended(text) for text in ("Đã họp", "Đã họp.", "Đã họp;", "Đã họp:", "Xong!", "“Tốt.”", "ban hành,")] == [
        *("Đã họp.", "Đã họp.", "Đã họp.", "Đã họp.", "Xong!", "“Tốt.”", "ban hành.")
    ]
    assert listed(["Phòng A", "Phòng B"]) == "Phòng A, Phòng B"
    assert listed(["Phòng Kinh tế, Hạ tầng", "Phòng B"]) == "Phòng Kinh tế, Hạ tầng; Phòng B"
