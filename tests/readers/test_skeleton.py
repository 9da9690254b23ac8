"""A new plan from an old one: what doesn't carry over is cut out of the text, and all else stays to the letter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import SourceError
from docgen.readers.plan_folder import read_plan
from docgen.readers.yaml import skeleton
from docgen.readers.yaml.edits import Edit
from docgen.readers.yaml.skeleton import read_skeleton
from tests.conftest import ROOT, MakePlan

DATA = ROOT / "data"
Run = Callable[..., tuple[int, str]]
SIGNER = "  nguoi_ky:\n    quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]\n    ho_ten: Nguyễn Văn An\n"


def cleared(folder: Path, year: int | None = None) -> dict[str, str]:
    """The new plan's files; they are a plan that can be read."""
    files = read_skeleton(folder, year, whole=False)
    target = folder.parent / "moi"
    for name, text in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(text.encode())
    read_plan(target, DATA)
    return files


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    ho_ten: Nguyễn Văn An\n", "    ho_ten:\n"),
        ("    ho_ten: Nguyễn Văn An # tên\n", "    ho_ten: # tên\n"),
        ("    ho_ten: 'Nguyễn Văn An' # tên\n", "    ho_ten: # tên\n"),
        ("    ho_ten:\n      Nguyễn\n      Văn An\n", "    ho_ten:\n\n"),
        ("    ho_ten: |\n      Nguyễn Văn An\n", "    ho_ten:\n"),
        ("    ho_ten: >- # tên\n      Nguyễn\n      Văn An\n\n    # còn đây\n", "    ho_ten: # tên\n\n    # còn đây\n"),
        ("    ho_ten: |2+\n      # không phải lời\n\n\n", "    ho_ten:\n\n\n"),
    ],
)
def test_a_name_in_block_style(make_plan: MakePlan, old: str, new: str) -> None:
    folder = make_plan(changes={"quyet-dinh.yaml": [("    ho_ten: Nguyễn Văn An\n", old)]})
    before = (folder / "quyet-dinh.yaml").read_text(encoding="utf-8")
    assert cleared(folder)["quyet-dinh.yaml"] == before.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "  nguoi_ky: {quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH], ho_ten: Nguyễn Văn An}\n",
            '  nguoi_ky: {quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH], ho_ten: ""}\n',
        ),
        (
            '  nguoi_ky: {ho_ten: "Nguyễn Văn An", quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]}\n',
            '  nguoi_ky: {ho_ten: "", quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]}\n',
        ),
        (
            "  nguoi_ky: {ho_ten: Nguyễn\n    Văn An, quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]} # lời\n",
            '  nguoi_ky: {ho_ten: "", quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]} # lời\n',
        ),
    ],
)
def test_a_name_in_flow_style(make_plan: MakePlan, old: str, new: str) -> None:
    folder = make_plan(changes={"quyet-dinh.yaml": [(SIGNER, old)]})
    before = (folder / "quyet-dinh.yaml").read_text(encoding="utf-8")
    assert cleared(folder)["quyet-dinh.yaml"] == before.replace(old, new)


def test_number_and_date_in_flow_style(make_plan: MakePlan) -> None:
    frame = "van_ban: {so: 3951, ngay: 05/01/2026, ky_hieu: TB, nguoi_ky: {quyen_han: [CHỦ TỊCH], ho_ten: An}}\n"
    rest = "trich_yeu: x\nnoi_dung: [{cap: khong, van: x}]\n"
    folder = make_plan(files={"van-ban/tb.yaml": f"ten_loai: Thông báo\n{frame}{rest}"})
    assert cleared(folder)["van-ban/tb.yaml"] == (
        'ten_loai: Thông báo\nvan_ban: {so: "", ngay: "", ky_hieu: TB, nguoi_ky: {quyen_han: [CHỦ TỊCH], ho_ten: ""}}\n'
        + rest
    )


@pytest.mark.parametrize(
    "old",
    [
        "  dan_chieu: >-\n    (Kèm theo Quyết định\n    số 12)\n",
        "  dan_chieu: |\n    (Kèm theo Quyết định số 12)\n",
        "  dan_chieu: |-\n    (Kèm theo Quyết định số 12)\n\n    dòng nữa\n",
        '  dan_chieu: "(Kèm theo Quyết định\n    số 12)"\n',
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_reference_of_several_lines(make_plan: MakePlan, old: str, line_break: str) -> None:
    folder = make_plan(changes={"ke-hoach.yaml": [("  trich_yeu: Cải", old + "  trich_yeu: Cải")]})
    path = folder / "ke-hoach.yaml"
    before = path.read_bytes().decode()
    path.write_bytes(before.replace("\n", line_break).encode())
    after = cleared(folder)["ke-hoach.yaml"]
    assert after == before.replace(old, "  dan_chieu:\n").replace("\n", line_break)


def test_a_value_at_the_very_end(make_plan: MakePlan) -> None:
    head = "ten_loai: Thông báo\ntrich_yeu: x\nnoi_dung: [{cap: khong, van: x}]\n"
    head += "van_ban:\n  nguoi_ky:\n    quyen_han: [A]\n"
    for tail in ("    ho_ten: |\n      An\n", "    ho_ten: |\n      An", "    ho_ten: An"):
        folder = make_plan(files={"van-ban/tb.yaml": head + tail})
        assert cleared(folder)["van-ban/tb.yaml"].rstrip("\n") == head + "    ho_ten:"


def test_a_year_however_typed(make_plan: MakePlan) -> None:
    for typed, after in (('"2026"', "nam: 2031\n"), ("|-\n  2026", "nam: 2031\n"), ("2026 # năm", "nam: 2031 # năm\n")):
        folder = make_plan(changes={"ke-hoach.yaml": [("nam: 2026\n", f"nam: {typed}\n")]})
        assert after in cleared(folder, 2031)["ke-hoach.yaml"]


# ---------------------------------------------------------------- amendments

CHANGE = """\
            thay_doi:
              # theo Quyết định mới
              - loai: sua # lời
                van_ban: Quyết định số 5
                ngay: 01/3/2026
                gia_tri:
                  mo_ta: |
                    Việc mới

              # lời cuối
"""


def test_amendments_go_with_their_lines(make_plan: MakePlan) -> None:
    first, second = "            thoi_han: Quý I/2026\n", "            thoi_han: Thường xuyên\n"
    kept = "            # lời của nhiệm vụ sau\n"
    changes = [(first, CHANGE + first + kept), (second, second + CHANGE)]
    before = make_plan() / "ke-hoach.yaml"
    plain = before.read_text(encoding="utf-8")
    after = cleared(make_plan(changes={"ke-hoach.yaml": changes}))["ke-hoach.yaml"]
    assert after == plain.replace(first, first + kept)


@pytest.mark.parametrize(
    ("old", "amended"),
    [
        (  # the first key of a task, behind its dash
            "          - ma: the-che-2\n",
            "          - thay_doi:\n            - {loai: bo, van_ban: x, ngay: 01/3/2026}\n            ma: the-che-2\n",
        ),
        (  # at the indent of its key
            "            co_quan_chu_tri: Văn phòng\n",
            "            thay_doi:\n            - loai: bo\n              van_ban: x\n              ngay: 01/3/2026\n"
            "            co_quan_chu_tri: Văn phòng\n",
        ),
        (
            "            co_quan_chu_tri: Văn phòng\n",
            "            thay_doi: [{loai: bo, van_ban: x,\n              ngay: 01/3/2026}] # lời\n"
            "            co_quan_chu_tri: Văn phòng\n",
        ),
    ],
)
def test_amendments_wherever_they_stand(make_plan: MakePlan, old: str, amended: str) -> None:
    plain = (make_plan() / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert cleared(make_plan(changes={"ke-hoach.yaml": [(old, amended)]}))["ke-hoach.yaml"] == plain


def test_amendments_in_flow_style(make_plan: MakePlan) -> None:
    task = "          - {ma: viec, mo_ta: Việc, thay_doi: [{loai: bo, van_ban: x, ngay: 01/3/2026}], thoi_han: Quý I}\n"
    folder = make_plan(changes={"ke-hoach.yaml": [("        nhiem_vu:\n", "        nhiem_vu:\n" + task)]})
    after = cleared(folder)["ke-hoach.yaml"]
    assert "          - {ma: viec, mo_ta: Việc, thay_doi: [], thoi_han: Quý I}\n" in after


def test_the_cases_with_amendments_and_totals(make_plan: MakePlan) -> None:
    for case in ("changes", "total-accepted", "other-documents", "own-field-list", "windows-line-ends"):
        files = cleared(make_plan(ROOT / "tests" / "cases" / "plan" / case))
        assert "thay_doi" not in files["ke-hoach.yaml"]
        assert ("tong_ghi: 25" in files["ke-hoach.yaml"]) == (case == "total-accepted")


# ---------------------------------------------------------------- what comes along, and what is refused


def test_the_offices_own_lists_come_along(make_plan: MakePlan, run: Run, tmp_path: Path) -> None:
    lists = {f"{name}/rieng.yaml": f"# {name}\nma: x\n" for name in ("ky_bao_cao", "ngay_nghi", "de_cuong")}
    lists |= {"bieu_so_lieu/cchc.yaml": "dan_chieu: giữ nguyên\n", "tien-do/2026-Q1.yaml": "x: y\n"}
    folder = make_plan(files=dict(lists))
    assert run("init", tmp_path / "moi", "--from", folder)[0] == 0
    for name, text in lists.items():
        if name.startswith("tien-do/"):
            assert not (tmp_path / "moi" / name).exists()
        else:
            assert (tmp_path / "moi" / name).read_text(encoding="utf-8") == text


def test_what_cannot_be_cleared_is_never_written(make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in ("", "]", "ho_ten: "):
        monkeypatch.setattr(skeleton, "_edits", lambda _text, value, _year, new=broken: [
            Edit(value.start, value.end, new)])  # fmt: skip
        with pytest.raises(SourceError) as refused:
            read_skeleton(make_plan(), None, whole=False)
        (problem,) = refused.value.problems
        assert problem.code == "init.not-cleared"
        assert problem.place.file
        assert problem.hint


@pytest.mark.parametrize(
    ("code", "year", "new"),
    [("cchc-2026", 2031, "cchc-2031"), ("ke-hoach", 2031, "ke-hoach-2031"), ("cchc-2026", 2026, "cchc-2026")],
)
def test_another_year_has_another_code(make_plan: MakePlan, code: str, year: int, new: str) -> None:
    folder = make_plan(changes={"ke-hoach.yaml": [("ma: cchc-2026\n", f"ma: {code} # mã\n")]})
    assert cleared(folder, year)["ke-hoach.yaml"].startswith(f"ma: {new} # mã\nnam: {year}\n")


def test_what_is_still_to_be_filled_in_stays_to_be_filled_in() -> None:
    files = read_skeleton(DATA / "khung-cap-xa", 2031, whole=True)
    assert 'ho_ten: "[điền: họ và tên Chủ tịch UBND xã]"' in files["quyet-dinh.yaml"]
    assert files["ke-hoach.yaml"].count("ma: cchc-2031\n") == 1
