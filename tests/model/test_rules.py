"""Rules over several fields: who may sign how, and what an indicator must say."""

import pytest

from docgen import DataError, load_plan
from docgen.base.declare import PartialDate, declarations, records_of
from docgen.errors import Severity
from docgen.model.plan.frame_parts import MISSING
from docgen.model.plan.frame_rules import check_frames
from docgen.model.plan.history import with_number
from docgen.model.plan.plan import Plan
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
        ("[T/UQ CHỦ TỊCH, CHÁNH VĂN PHÒNG]", HEAD, ["frame.authority-slash"]),
        ("[T/U/Q CHỦ TỊCH, CHÁNH VĂN PHÒNG]", HEAD, ["frame.authority-slash"]),
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
        ("Nguyễn Văn An", "BS Nguyễn Văn An", ["frame.rank"]),
        ("Nguyễn Văn An", "PGSTS. Nguyễn Văn An", ["frame.rank"]),
        ("Nguyễn Văn An", "Đ/c Nguyễn Văn An", ["frame.rank"]),
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


def test_frames_are_checked_again_once_the_plan_is_numbered(make_plan: MakePlan) -> None:
    typed = ("  hinh_thuc: kem_quyet_dinh", "  hinh_thuc: kem_quyet_dinh\n  dan_chieu: (Kèm theo Quyết định số 12)")
    plan = load_plan(make_plan(changes={"ke-hoach.yaml": [typed]})).value
    assert [one.code for one in check_frames(plan)] == []
    numbered = with_number(plan, "12", PartialDate(2026, 1, 5))
    assert [one.code for one in check_frames(numbered)] == ["frame.typed-reference"]
    undated = with_number(plan, "12", PartialDate(2026, 1))
    assert [one.code for one in check_frames(undated)] == ["frame.no-day", "frame.typed-reference"]


@pytest.mark.parametrize(
    ("decision", "unit", "found"),
    [
        ([], [], []),
        ([("  ky_hieu: QĐ-UBND\n", "")], [], ["frame.symbol"]),
        ([("  ky_hieu: QĐ-UBND\n", "")], [("    dia_danh", "    viet_tat: UBND\n    dia_danh")], []),
        ([("  luu: VT", "  luu: VT\n  kinh_gui: [Sở Nội vụ]\n  lien_he: x")], [], ["frame.not-printed"] * 2),
    ],
)
def test_symbol_and_places(
    make_plan: MakePlan, decision: list[tuple[str, str]], unit: list[tuple[str, str]], found: list[str]
) -> None:
    assert codes(make_plan, {"quyet-dinh.yaml": decision, "don-vi.yaml": unit}) == found


def test_what_is_said_of_a_symbol(make_plan: MakePlan) -> None:
    folder = make_plan(changes={"quyet-dinh.yaml": [("  ky_hieu: QĐ-UBND\n", "")]})
    (problem,) = load_plan(folder).remarks
    assert problem.place.file == "plan/quyet-dinh.yaml"
    assert "“Ủy ban nhân dân xã An Bình” không có viet_tat" in problem.message
    assert "chỉ in chữ viết tắt của “Quyết định”" in problem.message


DOCUMENT = (
    "ten_loai: {kind}\nvan_ban:\n  ky_hieu: x\n  nguoi_ky: {{quyen_han: [CHỦ TỊCH], ho_ten: A}}\n{more}"
    "trich_yeu: x\nnoi_dung: [{{cap: khong, van: x}}]\n"
)


@pytest.mark.parametrize(
    ("kind", "more", "found"),
    [
        ("Tờ trình", "  kinh_gui: [A]\n  noi_nhan: [B]\ncan_cu: [C]\ntheo_de_nghi: D\n", []),
        ("Tờ trình", "  lien_he: x\n", ["lien_he"]),
        ("Công văn", "  kinh_gui: [A]\n  lien_he: x\n", []),
        ("công văn", "can_cu: [C]\ntheo_de_nghi: D\n", ["can_cu", "theo_de_nghi"]),
    ],
)
def test_places_of_a_named_document(make_plan: MakePlan, kind: str, more: str, found: list[str]) -> None:
    folder = make_plan(files={"van-ban/a.yaml": DOCUMENT.format(kind=kind, more=more)})
    remarks = [one for one in load_plan(folder).remarks if one.code not in MISSING]
    assert {one.code for one in remarks} <= {"frame.not-printed"}
    assert sorted(str(one.place.path[-1]) for one in remarks) == found
    assert all(one.place.file == "plan/van-ban/a.yaml" and one.hint for one in remarks)


def test_the_plan_itself_has_no_place_for_addressees(make_plan: MakePlan) -> None:
    alone = ("  hinh_thuc: kem_quyet_dinh", "  hinh_thuc: kem_quyet_dinh\n  van_ban: {kinh_gui: [A], lien_he: x}")
    assert codes(make_plan, {"ke-hoach.yaml": [alone]}) == ["frame.not-printed"] * 2


def test_an_official_letter_without_a_symbol_says_so(make_plan: MakePlan) -> None:
    text = DOCUMENT.format(kind="Công văn", more="").replace("  ky_hieu: x\n", "")
    remarks = load_plan(make_plan(files={"van-ban/a.yaml": text})).remarks
    (problem,) = [one for one in remarks if one.code not in MISSING]
    assert problem.code == "frame.symbol"
    assert "sau dấu “/” của số không in gì" in problem.message


def test_an_appendix_says_something(make_plan: MakePlan) -> None:
    empty = ("\nchi_tieu:", "  - ma: phu-luc-2\n    tieu_de: GIẢI THÍCH\n\nchi_tieu:")
    folder = make_plan(changes={"ke-hoach.yaml": [empty]})
    with pytest.raises(DataError) as refused:
        load_plan(folder)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.path) == ("appendix.empty", ("phu_luc", 1))
    assert "nhom" in problem.hint
    for typo in ("nhóm: []", "noi_dungg: []", "nhom: x"):
        texts = ("\nchi_tieu:", f"  - ma: phu-luc-2\n    {typo}\n\nchi_tieu:")
        assert "appendix.empty" not in codes(make_plan, {"ke-hoach.yaml": [texts]}), typo


CHANGE = (
    "            thoi_han: Quý I/2026\n",
    "            thoi_han: Quý I/2026\n            thay_doi:\n              - loai: sua\n"
    "                van_ban: Quyết định số 5\n                ngay: 01/3/2026\n                gia_tri:\n"
    "                  {}\n",
)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("thoi_han: Quý II/2026", []),
        ("thoi_han: 31/02/2026", ["task.deadline"]),
        ("thoi_han: Khi có văn bản của tỉnh", ["task.unread-deadline"]),
        ("thoi_han: Khi có văn bản của tỉnh\n                  han_cuoi: 01/6/2026", []),
        ("kinh_phi: 5\n                  kinh_phi_ghi: Kinh phí thường xuyên", ["task.budget-twice"]),
        ("kinh_phi: -5", ["data.negative-amount"]),
        ("kinh_phi: 0,0000001", ["data.part-of-dong"]),
        ("co_quan_chu_tri: Phòng Kinh tề", ["task.unknown-unit"]),
        ("co_quan_phoi_hop: Công an", ["task.unknown-unit"]),
    ],
)
def test_new_values_of_a_change(make_plan: MakePlan, value: str, found: list[str]) -> None:
    change = (CHANGE[0], CHANGE[1].format(value))
    assert codes(make_plan, {"ke-hoach.yaml": [change]}) == found


def test_a_problem_in_new_values_stands_at_them(make_plan: MakePlan) -> None:
    change = (CHANGE[0], CHANGE[1].format("kinh_phi: -5"))
    with pytest.raises(DataError) as refused:
        load_plan(make_plan(changes={"ke-hoach.yaml": [change]}))
    assert refused.value.problems[0].place.line == 37


def test_a_title_in_small_letters_is_warned_about(make_plan: MakePlan) -> None:
    changes = {"ke-hoach.yaml": [("tieu_de: MỤC TIÊU", "tieu_de: Mục tiêu")]}
    (found,) = [one for one in load_plan(make_plan(changes=changes)).remarks if one.code == "text.small-title"]
    assert (found.severity, found.hint) == (Severity.WARNING, "viết: MỤC TIÊU")


@pytest.mark.parametrize("end", ["", ";", ".", ";;", " ;.", "...", "...;", " v.v.", " v.v.;"])
def test_a_cleaned_text_is_left_as_it_is(end: str) -> None:
    """``replace`` hands all values of a record to its constructor again."""
    fields = [one for record in records_of(Plan) for one in declarations(record).values()]
    cleans = [one.clean for one in fields if one.clean is not None]
    assert cleans
    for clean in cleans:
        assert clean(clean(f"Luật{end}")) == clean(f"Luật{end}")
        assert clean(clean(end)) == clean(end)


def scaled(make_plan: MakePlan, unit: str, *budgets: str) -> list[str]:
    """What is asked of the budgets of tasks in a plan of that unit: each with its line, and the hint."""
    tasks = "".join(f"          - {{ma: viec-{at}, mo_ta: x, kinh_phi: '{one}'}}\n" for at, one in enumerate(budgets))
    changes = [
        ("            kinh_phi: 20\n", ""),
        ("don_vi_tinh: triệu đồng", f"don_vi_tinh: {unit}"),
        ("        nhiem_vu:\n", "        nhiem_vu:\n" + tasks),
    ]
    remarks = load_plan(make_plan(changes={"ke-hoach.yaml": changes})).remarks
    return [f"{one.message} → {one.hint}" for one in remarks if one.code == "task.scale"]


def test_a_budget_in_a_smaller_unit_is_asked_about(make_plan: MakePlan) -> None:
    assert scaled(make_plan, "triệu đồng", "5", "20", "200", "5000000") == [
        "kinh phí 5.000.000 triệu đồng lớn hơn 100 lần các nhiệm vụ khác → "
        "là 5.000.000 đồng thì ghi 5; đúng là triệu đồng thì không cần sửa"
    ]
    assert scaled(make_plan, "triệu đồng", "5", "8", "20000", "7000") == [
        "kinh phí 20.000 triệu đồng lớn hơn 100 lần các nhiệm vụ khác → "
        "là 20.000 nghìn đồng thì ghi 20; đúng là triệu đồng thì không cần sửa",
        "kinh phí 7.000 triệu đồng lớn hơn 100 lần các nhiệm vụ khác → "
        "là 7.000 nghìn đồng thì ghi 7; đúng là triệu đồng thì không cần sửa",
    ]


@pytest.mark.parametrize(
    ("unit", "budgets"),
    [
        ("triệu đồng", ("5", "20", "200", "5000")),
        ("triệu đồng", ("5", "5000000")),
        ("triệu đồng", ("5", "20", "90000000000")),
        ("triệu đồng", ("0", "0", "0", "20")),
        ("đồng", ("5", "20", "200", "5000000")),
    ],
)
def test_budgets_that_may_be_as_they_are(make_plan: MakePlan, unit: str, budgets: tuple[str, ...]) -> None:
    assert scaled(make_plan, unit, *budgets) == []
