"""Rules over several fields: who may sign how, and what an indicator must say."""

import pytest

from docgen import DataError, load_plan
from tests.conftest import MakePlan

SIGNED = "[TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]"
AUTHORITY = "tham_quyen: ỦY BAN NHÂN DÂN XÃ AN BÌNH"
HEAD = "tham_quyen: CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH"


def codes(make_plan: MakePlan, changes: dict[str, list[tuple[str, str]]]) -> list[str]:
    """The codes of all findings."""
    try:
        return [problem.code for problem in load_plan(make_plan(changes=changes)).remarks]
    except DataError as error:
        return [problem.code for problem in error.problems]


@pytest.mark.parametrize(
    ("lines", "authority", "found"),
    [
        ("[TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]", AUTHORITY, []),
        ("[TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]", AUTHORITY, []),
        ("[TM. ỦY BAN NHÂN DÂN, Q. CHỦ TỊCH]", AUTHORITY, []),
        ("[CHỦ TỊCH]", HEAD, []),
        ("[KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]", HEAD, []),
        ("[TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG]", HEAD, []),
        ("[TUQ. CHỦ TỊCH, CHÁNH VĂN PHÒNG]", HEAD, []),
        ("[Q. CHỦ TỊCH]", HEAD, []),
        ("[CHỦ TỊCH]", AUTHORITY, ["frame.authority-mismatch"]),
        ("[TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]", HEAD, ["frame.authority-mismatch"]),
        ("[T/M ỦY BAN NHÂN DÂN, CHỦ TỊCH]", AUTHORITY, ["frame.authority-slash"]),
        ("[TM. ỦY BAN NHÂN DÂN, K/T CHỦ TỊCH, PHÓ CHỦ TỊCH]", AUTHORITY, ["frame.authority-slash"]),
        ("[KT. CHỦ TỊCH]", HEAD, ["frame.authority"]),
        ("[TM. ỦY BAN NHÂN DÂN]", AUTHORITY, ["frame.authority"]),
        ("[TM. Ủy ban nhân dân, CHỦ TỊCH]", AUTHORITY, ["frame.authority-case"]),
        ("[CHỦ TỊCH, PHÓ CHỦ TỊCH]", HEAD, ["frame.authority"]),
        ("[A, B, C, D]", HEAD, ["frame.authority"]),
    ],
)
def test_authority(make_plan: MakePlan, lines: str, authority: str, found: list[str]) -> None:
    assert codes(make_plan, {"quyet-dinh.yaml": [(SIGNED, lines), (AUTHORITY, authority)]}) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    ho_ten: Nguyễn Văn An\n", "", ["frame.no-name"]),
        ("Nguyễn Văn An", "ThS. Nguyễn Văn An", ["frame.rank"]),
        ("Nguyễn Văn An", "Tsai Văn An", []),
        ("Nguyễn Văn An", "TS. Nguyễn Văn An", ["frame.rank"]),
        ("  luu: VT", '  luu: VT\n  so: "12"', ["frame.no-day"]),
        ("  luu: VT", '  luu: VT\n  so: "12"\n  ngay: 01/2026', ["frame.no-day"]),
        ("  luu: VT", '  luu: VT\n  so: "12"\n  ngay: 05/01/2026', []),
    ],
)
def test_signer_and_number(make_plan: MakePlan, old: str, new: str, found: list[str]) -> None:
    assert codes(make_plan, {"quyet-dinh.yaml": [(old, new)]}) == found


def test_a_typed_reference_beside_a_number_is_pointed_out(make_plan: MakePlan) -> None:
    typed = ("  hinh_thuc: kem_quyet_dinh", "  hinh_thuc: kem_quyet_dinh\n  dan_chieu: (Kèm theo Quyết định số 12)")
    numbered = ("  luu: VT", '  luu: VT\n  so: "12"\n  ngay: 05/01/2026')
    assert codes(make_plan, {"ke-hoach.yaml": [typed]}) == []
    assert codes(make_plan, {"ke-hoach.yaml": [typed], "quyet-dinh.yaml": [numbered]}) == ["frame.typed-reference"]


TARGET = "    toan_tu: toi_thieu\n    muc_tieu: 95\n"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (TARGET, []),
        ("    toan_tu: ≥\n    muc_tieu: 95\n", []),
        ("    dinh_tinh: true\n", []),
        ("", ["indicator.target"]),
        ("    muc_tieu: 95\n", ["indicator.target"]),
        ("    toan_tu: bang\n", ["indicator.target"]),
        (TARGET + "    dinh_tinh: true\n", ["indicator.target"]),
        ("    toan_tu: khoang\n    muc_tieu: 95\n    muc_tieu_den: 99\n", ["indicator.figure"]),
        ("    toan_tu: khoang\n    muc_tieu: 95\n", ["indicator.range"]),
        ("    toan_tu: khoang\n    muc_tieu: 95\n    muc_tieu_den: 95\n", ["indicator.range"]),
        (TARGET + "    muc_tieu_den: 99\n", ["indicator.range", "indicator.figure"]),
        ("    toan_tu: bang\n    muc_tieu: 96\n", ["indicator.figure"]),
        ("    toan_tu: bang\n    muc_tieu: 9\n", ["indicator.figure"]),
        ("    toan_tu: bang\n    muc_tieu: 95,0\n", []),
        ("    toan_tu: khoang\n    muc_tieu: 50\n    muc_tieu_den: 95\n", ["indicator.figure"]),
    ],
)
def test_indicator(make_plan: MakePlan, said: str, found: list[str]) -> None:
    assert codes(make_plan, {"ke-hoach.yaml": [(TARGET, said)]}) == found


def test_figures_cited_in_the_children_of_a_text(make_plan: MakePlan) -> None:
    moved = ("van: Mức độ hài lòng của người dân đạt tối thiểu 95%.", "van: Chỉ tiêu\n          noi_dung:\n"
             "            - cap: gach\n              van: tương ứng là 70%, 95,5%")  # fmt: skip
    assert codes(make_plan, {"ke-hoach.yaml": [moved, ("muc_tieu: 95", "muc_tieu: 95.5")]}) == []
    assert codes(make_plan, {"ke-hoach.yaml": [moved]}) == ["indicator.figure"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kiểm tra năm 2025", ["text.other-year"]),
        ("Kiểm tra năm 2026", []),
        ("Định hướng đến năm 2030", []),
        ("Nghị quyết ngày 15 tháng 7 năm 2021", []),
        ("giai đoạn 2021 - 2025", []),
        ("Kiểm tra Năm 2025 và năm 2024", ["text.other-year", "text.other-year"]),
        ('"[điền: việc]"', ["text.placeholder"]),
        ('"[Điền: việc] và [điền:]"', ["text.placeholder"]),
    ],
)
def test_words(make_plan: MakePlan, text: str, found: list[str]) -> None:
    assert codes(make_plan, {"ke-hoach.yaml": [("mo_ta: Kiểm tra văn bản", f"mo_ta: {text}")]}) == found


def test_one_fault_hides_no_other(make_plan: MakePlan) -> None:
    changes = [
        ("mo_ta: Kiểm tra văn bản", "mo_ta:"),
        ("kinh_phi: 20", "kinh_phi: 2O"),
        ("thoi_han: Quý I/2026", "thoi_han: 29/02/2026"),
        ("ma: the-che-2", "ma: the-che-1"),
        ("toan_tu: toi_thieu", "toan_tu: hon"),
        ("trich_tu: hai-long", "trich_tu: hai-lonq"),
    ]
    assert sorted(codes(make_plan, {"ke-hoach.yaml": changes})) == [
        "data.amount", "data.choice", "data.doubled-code", "data.missing", "data.unknown-reference", "task.deadline",
    ]  # fmt: skip
