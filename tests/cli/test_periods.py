"""``docgen periods``: the table, the JSON, and what is said of names and years that there are not."""

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str]]

CCHC = """\
Chế độ báo cáo: Báo cáo cải cách hành chính định kỳ [cchc]
Nguồn: Công văn số 581/BNV-CCHC của Bộ Nội vụ, theo Sở Nội vụ tỉnh Nam Định
Độ tin cậy: B (đọc ở nguồn dẫn lại văn bản gốc)
Lưu ý: Hạn gửi là hạn của tỉnh gửi Bộ Nội vụ; tỉnh định hạn sớm hơn cho cơ quan, đơn vị của mình.

Mã       Kỳ                    Từ ngày     Đến ngày    Hạn gửi     Tin cậy
2023-Q1  Quý I năm 2023        15/12/2022  14/03/2023  20/03/2023  B
2023-H1  6 tháng đầu năm 2023  15/12/2022  14/06/2023  20/06/2023  B
2023-Q3  Quý III năm 2023      15/06/2023  14/09/2023  20/09/2023  B
2023     năm 2023              15/12/2022  14/12/2023  20/12/2023  B
"""


def test_the_table_of_a_scheme(run: Run) -> None:
    assert run("periods", "2023", "--scheme", "cchc") == (0, CCHC)


def test_the_default_scheme(run: Run) -> None:
    code, shown = run("periods", "2023")
    assert code == 0
    lines = shown.splitlines()
    assert lines[0] == "Chế độ báo cáo: Báo cáo định kỳ theo Nghị định số 09/2019/NĐ-CP [nd09]"
    assert "2023-M01  tháng 01 năm 2023      15/12/2022  14/01/2023  17/01/2023  B" in lines
    assert "2023-9M   9 tháng năm 2023       15/12/2022  14/09/2023  18/09/2023  C" in lines
    assert "2023      năm 2023               15/12/2022  14/12/2023  18/12/2023  B" in lines
    assert len([line for line in lines if line.startswith("2023")]) == 20
    # Whatever isn't sure is said to be so.
    assert "9 tháng: kỳ do tỉnh Khánh Hòa quy định thêm; chưa thấy trong Nghị định số 09/2019/NĐ-CP" in lines
    assert "Hạn gửi ở đây là của tỉnh Khánh Hòa" in shown
    assert "Ngày nghỉ năm 2023: độ tin cậy C (theo thông lệ, chưa kiểm chứng); " in shown


def test_a_scheme_without_due_dates(run: Run) -> None:
    code, shown = run("periods", "2024", "--scheme", "duong-lich")
    assert code == 0
    assert "2024-M02  tháng 02 năm 2024      01/02/2024  29/02/2024  –        C" in shown.splitlines()


def test_a_year_whose_days_off_are_not_known(run: Run) -> None:
    code, shown = run("periods", "2150")
    assert code == 0
    assert "2150-Q1   Quý I năm 2150         15/12/2149  14/03/2150  chưa tính được  B" in shown
    assert shown.count("cảnh báo: chưa có danh sách ngày nghỉ năm 2150") == 1
    assert "→ tạo ngay_nghi/2150.yaml trong thư mục kế hoạch rồi thêm --plan" in shown


def test_a_year_without_a_file_is_counted_as_it_is_expected(run: Run, tmp_path: Path) -> None:
    code, shown = run("periods", "2025")
    assert code == 0
    assert "2025-M04  tháng 4 năm 2025       15/03/2025  14/04/2025  16/04/2025  B" in shown
    assert (
        "Ngày nghỉ năm 2025: độ tin cậy C (theo thông lệ, chưa kiểm chứng); theo lịch dự kiến, chưa có văn bản" in shown
    )
    assert shown.count("ngày nghỉ năm 2025 theo lịch dự kiến, chưa có văn bản") == 1
    assert "→ tạo ngay_nghi/2025.yaml trong thư mục kế hoạch rồi thêm --plan" in shown
    found = json.loads(run("periods", "2025", "--format", "json")[1])
    assert [problem["code"] for problem in found["problems"]] == ["holidays.expected"]
    assert [one["source"][:30] for one in found["holidays"] if one["year"] == 2025] == [
        "theo lịch dự kiến, chưa có văn"
    ]

    (tmp_path / "ngay_nghi").mkdir()
    own = "nam: 2025\nnguon: Thông báo\ndo_tin_cay: A\nnghi:\n  - {ngay: 15/04/2025, ten: Nghỉ}\n"
    (tmp_path / "ngay_nghi" / "2025.yaml").write_text(own, encoding="utf-8")
    code, shown = run("periods", "2025", "--plan", tmp_path)
    assert (code, "dự kiến" in shown) == (0, False)
    assert "2025-M04  tháng 4 năm 2025       15/03/2025  14/04/2025  17/04/2025  B" in shown
    assert "Ngày nghỉ năm 2025: độ tin cậy A (đọc ở văn bản gốc); Thông báo" in shown


def test_json(run: Run) -> None:
    code, shown = run("periods", "2023", "--format", "json")
    found = json.loads(shown)
    assert (code, found["ok"], found["problems"], found["written"]) == (0, True, [], [])
    assert (found["scheme"]["code"], found["scheme"]["certainty"]) == ("nd09", "B")
    assert found["scheme"]["window_type"] == "hanh_chinh"
    assert found["periods"][12] == {
        "code": "2023-Q1",
        "name": "Quý I năm 2023",
        "start": "2022-12-15",
        "end": "2023-03-14",
        "due": "2023-03-16",
        "certainty": "B",
        "source": found["scheme"]["source"],
    }
    assert {one["certainty"] for one in found["holidays"]} == {"C"}
    late = json.loads(run("periods", "2150", "--format", "json")[1])
    assert [problem["code"] for problem in late["problems"]] == ["holidays.missing"]
    assert late["periods"][0]["due"] is None


def test_a_plans_own_scheme(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ky_bao_cao").mkdir()
    own = "ma: rieng\nten: Riêng\nnguon: x\ndo_tin_cay: A\nloai_ky: hanh_chinh\nky:\n  - {ky: H1, tu: 1/1, den: 10/6}\n"
    path = tmp_path / "ky_bao_cao" / "rieng.yaml"
    path.write_text(own, encoding="utf-8")
    code, shown = run("periods", "2023", "--scheme", "rieng", "--plan", tmp_path)
    assert code == 0
    assert "2023-H1  6 tháng đầu năm 2023  01/01/2023  10/06/2023  –        A" in shown
    path.write_text(own.replace("1/1", "1/13"), encoding="utf-8")
    code, shown = run("periods", "2023", "--scheme", "rieng", "--plan", tmp_path)
    assert code == 3
    assert f"{tmp_path.name}/ky_bao_cao/rieng.yaml:7:18: lỗi: “1/13”: không phải năm nào cũng có ngày này" in shown


def test_what_there_is_not(run: Run, tmp_path: Path) -> None:
    code, shown = run("periods", "2023", "--scheme", "nd9")
    assert (code, "không có chế độ báo cáo “nd9”\n  → ý bạn là “nd09”?" in shown) == (2, True)
    code, shown = run("periods", "2023", "--plan", tmp_path / "khong-co")
    assert (code, "không có thư mục kế hoạch này" in shown) == (3, True)
    assert run("periods", "23")[0] == 2
