"""What a document must have before it is issued: all that is missing is said at once, and a draft goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import DataError, build, load_plan
from docgen.model.plan.frame import Frame, Signatory, with_unit_defaults
from docgen.model.plan.frame_parts import Paper, missing_parts
from docgen.model.plan.organisation import Head, Unit
from docgen.workflows.plan_form import write_plan_form
from tests.conftest import MakePlan

Run = Callable[..., tuple[int, str]]
NAME, PLACE = "    ho_ten: Nguyễn Văn An\n", "  dia_danh: An Bình\n"
RECIPIENTS = "  noi_nhan:\n    - Như Điều 2\n"
NOTICE = "ten_loai: {}\nvan_ban:\n  nguoi_ky: {{quyen_han: [A]{}}}\ntrich_yeu: x\nnoi_dung: [{{cap: khong, van: x}}]\n"
SIGNER = Signatory(authority=("CHỦ TỊCH",), name="Nguyễn Văn An")
WHOLE = Frame(signatory=SIGNER, place="An Bình", recipients=("Như trên",), addressees=("Sở Nội vụ",))
UNIT = Unit(code="a", name="Văn phòng")


def codes(paper: Paper, unit: Unit | None = None) -> list[str]:
    return [one.code.removeprefix("frame.no-") for one in missing_parts(paper, unit)]


@pytest.mark.parametrize(
    ("kind", "attached", "signed", "wanted"),
    [
        ("Quyết định", False, True, ["signatory", "place", "recipients"]),
        ("Báo cáo", False, True, ["signatory", "place", "recipients"]),
        ("CÔNG VĂN", False, True, ["signatory", "place", "addressee", "recipients"]),
        ("Biên bản", False, True, ["signatory", "recipients"]),
        ("Hợp đồng", False, True, ["signatory"]),
        ("Kế hoạch", True, True, ["signatory"]),
        ("Kế hoạch", True, False, []),
    ],
)
def test_what_each_kind_of_paper_has(kind: str, attached: bool, signed: bool, wanted: list[str]) -> None:
    assert codes(Paper(Frame(), kind, attached, signed)) == wanted
    assert codes(Paper(WHOLE, kind, attached, signed)) == []


def test_what_the_unit_states_is_not_missing() -> None:
    frame = Frame(recipients=("Như trên",))
    unit = Unit(code="a", name="UBND xã An Bình", place="An Bình", head=Head(title="Chủ tịch", name="Nguyễn Văn An"))
    assert codes(Paper(frame, "Báo cáo"), UNIT) == ["signatory", "place"]
    assert codes(Paper(frame, "Báo cáo"), Unit(code="a", name="A", place="B", head=Head(title="Trưởng"))) == ["name"]
    assert codes(Paper(frame, "Báo cáo"), unit) == []


@pytest.mark.parametrize(
    ("name", "title", "lines"),
    [
        ("UBND phường Phú Bài", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Ủy ban nhân dân xã An Bình", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Văn phòng HĐND và UBND xã", "Chánh Văn phòng", ("CHÁNH VĂN PHÒNG",)),
        ("Hội Nông dân", "Chủ tịch", ("CHỦ TỊCH",)),
    ],
)
def test_the_chairman_of_a_committee_signs_on_its_behalf(name: str, title: str, lines: tuple[str, ...]) -> None:
    signatory = with_unit_defaults(Frame(), Unit(code="a", name=name, head=Head(title=title, name="A"))).signatory
    assert signatory is not None
    assert (signatory.authority, signatory.name) == (lines, "A")


def test_all_that_is_missing_is_said_at_once_and_drafts_pass(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    decision = [(NAME, ""), (PLACE, ""), (RECIPIENTS, ""), ("Chánh Văn phòng", '"[điền: ai]"')]
    plan = make_plan(
        changes={"quyet-dinh.yaml": decision, "don-vi.yaml": [("    dia_danh: An Bình\n", "")]},
        files={"van-ban/thong-bao.yaml": NOTICE.format("Thông báo", "")},
    )
    code, said = run("build", plan, "-o", tmp_path / "out")
    assert (code, list(tmp_path.glob("out/*"))) == (3, [])
    assert [line for line in said.splitlines() if "lỗi: " in line] == [
        "plan/quyet-dinh.yaml:2:3: lỗi: văn bản chưa có địa danh",
        "plan/quyet-dinh.yaml:2:3: lỗi: văn bản chưa có nơi nhận",
        "plan/quyet-dinh.yaml:5:5: lỗi: người ký chưa có họ tên",
        "plan/quyet-dinh.yaml:13:15: lỗi: còn chỗ chưa điền: [điền: ai]",
        "plan/van-ban/thong-bao.yaml:3:3: lỗi: văn bản chưa có địa danh",
        "plan/van-ban/thong-bao.yaml:3:3: lỗi: văn bản chưa có nơi nhận",
        "plan/van-ban/thong-bao.yaml:3:13: lỗi: người ký chưa có họ tên",
    ]
    assert run("build", plan, "-o", tmp_path / "out", "--du-thao")[0] == 0


def test_only_what_is_built_must_be_whole(make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan(files={"van-ban/thong-bao.yaml": NOTICE.format("Thông báo", "")})
    assert len(build(plan, tmp_path / "a", only=["quyet_dinh", "ke_hoach"]).written) == 2
    with pytest.raises(DataError) as refused:
        build(plan, tmp_path / "b", only=["thong-bao"])
    assert [one.code for one in refused.value.problems] == ["frame.no-recipients", "frame.no-name"]


def test_a_missing_number_or_day_is_one_note(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    minutes = NOTICE.format("Biên bản", ", ho_ten: B").replace("  nguoi_ky", "  noi_nhan: [A]\n  nguoi_ky")
    plan = make_plan(files={"van-ban/bien-ban.yaml": minutes})
    code, said = run("build", plan, "-o", tmp_path / "a")
    assert (code, said.count("chưa có số")) == (0, 1)
    assert "lưu ý: chưa có số (quyet-dinh, bien-ban), ngày (quyet-dinh, bien-ban): chỗ đó để trống" in said
    code, said = run("build", plan, "-o", tmp_path / "b", "--so", "5", "--ngay", "05/01/2026", "--only", "quyet-dinh")
    assert (code, "chưa có số" in said) == (0, False)
    assert "chưa có số" not in run("build", plan, "-o", tmp_path / "c", "--du-thao")[1]


def test_a_report_of_a_unit_without_signer_is_a_draft(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    asked = ("report", plan, "--period", "2026-Q1", "--unit", "phong-kinh-te", "--as-of", "01/05/2026")
    code, said = run(*asked, "-o", tmp_path / "out")
    assert (code, list(tmp_path.glob("out/*"))) == (3, [])
    assert "lỗi: Báo cáo của Phòng Kinh tế: văn bản chưa có người ký\n" in said
    assert "hoặc ghi nguoi_ky ở bao-cao/2026-Q1-phong-kinh-te.yaml; hoặc thêm --du-thao" in said
    code, said = run(*asked, "-o", tmp_path / "out", "--du-thao")
    assert (code, said.count("cảnh báo: Báo cáo của Phòng Kinh tế: ")) == (0, 2)
    paper = "van_ban: {dia_danh: An Bình, nguoi_ky: {quyen_han: [TRƯỞNG PHÒNG], ho_ten: Trần Văn Bình}}\n"
    (plan / "bao-cao").mkdir()
    (plan / "bao-cao" / "2026-Q1-phong-kinh-te.yaml").write_text(paper, encoding="utf-8")
    assert run(*asked, "-o", tmp_path / "signed")[0] == 0


def test_a_new_plan_is_not_issued_without_its_signer(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("init", tmp_path / "moi", "--from", sample, "--year", "2024")[0] == 0
    plan = load_plan(tmp_path / "moi").value
    assert (plan.code, plan.year) == ("cchc-2024", 2024)
    code, said = run("build", tmp_path / "moi", "-o", tmp_path / "out")
    assert (code, said.count("lỗi: người ký chưa có họ tên")) == (3, 3)
    assert run("build", tmp_path / "moi", "-o", tmp_path / "out", "--du-thao")[0] == 0


def test_a_form_is_told_in_its_own_words(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    write_plan_form(make_plan(), tmp_path / "ke-hoach.xlsx")
    code, said = run("build", tmp_path / "ke-hoach.xlsx", "--unit", "van-phong", "-o", tmp_path / "out")
    assert (code, ".yaml" in said) == (3, False)
    assert "trang tính “Đơn vị”, ô A7: lỗi: Kế hoạch của Văn phòng: văn bản chưa có người ký" in said
    assert "của đơn vị trong trang “Đơn vị”; hoặc thêm --du-thao" in said
