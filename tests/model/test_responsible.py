"""Units named in a cell: all of the real plan's, and every way of joining them."""

from pathlib import Path

import pytest

from docgen import load_plan
from docgen.model.plan.organisation import Member, Organisation, OtherName, Unit
from docgen.model.plan.plan import Plan
from docgen.model.plan.responsible import UnitNames, members_of
from docgen.model.plan.task import Task

SEVEN = ["phong-noi-vu", "phong-tu-phap", "van-phong", "phong-kinh-te", "phong-tai-chinh-ke-hoach",
         "phong-van-hoa-thong-tin", "trung-tam-vh-tt-tt"]  # fmt: skip


@pytest.fixture(scope="module")
def plan(sample: Path) -> Plan:
    return load_plan(sample).value


def test_every_cell_of_the_real_plan_resolves(plan: Plan) -> None:
    names = UnitNames(plan.organisation)
    for _, task in plan.tasks():
        for text in (task.lead_units, task.partner_units):
            resolved = names.resolve(text)
            assert resolved.units, (task.code, text)
            assert not resolved.left_over, (task.code, text)


@pytest.mark.parametrize(
    ("task", "leads", "partners"),
    [
        ("tthc-1", ["van-phong"], None),
        ("chinh-quyen-so-2", ["van-phong"], ["cac-co-quan-don-vi", "ubnd-xa-phuong"]),
        ("tai-chinh-cong-1", ["phong-tai-chinh-ke-hoach"], ["cac-co-quan-don-vi", "ubnd-xa-phuong"]),
        ("chi-dao-dieu-hanh-1", ["phong-van-hoa-thong-tin"], ["cac-co-quan-don-vi", "ubnd-xa-phuong"]),
        ("chi-dao-dieu-hanh-2", ["trung-tam-vh-tt-tt"], ["phong-van-hoa-thong-tin", "ubnd-xa-phuong"]),
        (
            "chi-dao-dieu-hanh-3",
            ["phong-noi-vu"],
            ["van-phong", "phong-tu-phap", "phong-tai-chinh-ke-hoach", "phong-van-hoa-thong-tin", "phong-kinh-te"],
        ),
    ],
)
def test_units_of_the_real_plan(plan: Plan, task: str, leads: list[str], partners: list[str] | None) -> None:
    names = UnitNames(plan.organisation)
    (found,) = (found for _, found in plan.tasks() if found.code == task)
    assert list(names.resolve(found.lead_units).units) == leads
    if partners is not None:
        assert list(names.resolve(found.partner_units).units) == partners


OFFICE = Organisation(
    issuing_agency="vp",
    units=(
        Unit(code="vp", name="Văn phòng"),
        Unit(code="vp-ubnd", name="Văn phòng HĐND và UBND", other_names=(OtherName(name="VP HĐND&UBND"),)),
        Unit(code="kt", name="Phòng Kinh tế"),
        Unit(code="vh", name="Phòng Văn hóa và Thông tin"),
        Unit(code="tatca", name="Các cơ quan, đơn vị", members=(Member(unit="kt"), Member(unit="vh"))),
    ),
)


@pytest.mark.parametrize(
    ("text", "units", "left"),
    [
        (None, [], []),
        ("", [], []),
        ("Phòng Kinh tế", ["kt"], []),
        ("Phòng Kinh tế, Văn phòng", ["kt", "vp"], []),
        ("Phòng Kinh tế; Văn phòng.", ["kt", "vp"], []),
        ("Phòng Kinh tế\nVăn phòng", ["kt", "vp"], []),
        ("Phòng\nKinh   tế và\nVăn phòng", ["kt", "vp"], []),
        ("Phòng Kinh tế và Văn phòng HĐND và UBND", ["kt", "vp-ubnd"], []),
        ("VP HĐND&UBND, các cơ quan, đơn vị và PHÒNG KINH TẾ", ["vp-ubnd", "tatca", "kt"], []),
        ("Các cơ quan,\nđơn vị", ["tatca"], []),
        ("Phòng Văn hoá và Thông tin", ["vh"], []),
        ("Phòng Kinh tế, Phòng Kinh tế", ["kt"], []),
        ("Phòng Kinh tếx", [], ["Phòng Kinh tếx"]),
        ("Sở Nội vụ; Phòng Kinh tế", ["kt"], ["Sở Nội vụ"]),
        ("Phòng Kinh tế (chủ trì)", ["kt"], ["(chủ trì)"]),
        ("İ Phòng Kinh tế", ["kt"], ["İ"]),
    ],
)
def test_ways_of_joining(text: str | None, units: list[str], left: list[str]) -> None:
    resolved = UnitNames(OFFICE).resolve(text)
    assert (list(resolved.units), list(resolved.left_over)) == (units, left)


def test_what_is_left_over_is_told_name_by_name() -> None:
    names = UnitNames(OFFICE)
    assert list(names.unknown("Sở Nội vụ và Phòng Kinh té; Văn phòng")) == [
        ("Sở Nội vụ", None),
        ("Phòng Kinh té", "Phòng Kinh tế"),
    ]
    assert list(names.unknown("Phòng Văn hóa, Thông tin")) == [
        ("Phòng Văn hóa, Thông tin", "Phòng Văn hóa và Thông tin")
    ]


def test_without_units_everything_is_left_over() -> None:
    resolved = UnitNames(Organisation(issuing_agency="x")).resolve("Phòng Kinh tế")
    assert (resolved.units, resolved.left_over) == ((), ("Phòng Kinh tế",))


@pytest.mark.parametrize(
    ("lead", "typed", "counting"),
    [
        ("Phòng Kinh tế", None, "chung"),
        ("Các cơ quan, đơn vị", None, "tung_don_vi"),
        ("Văn phòng; các cơ quan, đơn vị", None, "tung_don_vi"),
        ("Các cơ quan, đơn vị", "chung", "chung"),
        ("Phòng Kinh tế", "tung_don_vi", "tung_don_vi"),
        (None, None, "chung"),
    ],
)
def test_counting(lead: str | None, typed: str | None, counting: str) -> None:
    task = Task(code="a", description=("x",), lead_units=lead, counting=typed)
    assert UnitNames(OFFICE).counting(task) == counting


def test_members_of_groups(plan: Plan) -> None:
    organisation = plan.organisation
    assert [unit.code for unit in members_of(organisation, ["cac-co-quan-don-vi"])] == SEVEN
    assert len(members_of(organisation, ["cac-co-quan-don-vi", "ubnd-xa-phuong", "phong-noi-vu"])) == 17
    assert [unit.code for unit in members_of(OFFICE, ["vh", "tatca", "nothing"])] == ["vh", "kt"]


def test_text_iii_8_names_two_groups(plan: Plan) -> None:
    named = [node.units for _, node in plan.nodes() if len(node.units) > 1]
    assert ("cac-co-quan-don-vi", "ubnd-xa-phuong") in named
