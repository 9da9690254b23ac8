"""``docgen build --unit``: one unit's own plan, its share of tasks and money, and shares that make the whole."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
from hypothesis import HealthCheck, given, settings
from openxml_audit import OpenXmlValidator

from docgen.layout.check import check_document
from docgen.model.plan.history import as_of
from docgen.model.plan.plan import Plan
from docgen.model.plan.responsible import UnitNames
from docgen.model.plan.sums import in_money_unit, plan_sum, shares_of
from docgen.workflows.build import build, load_plan
from tests.conftest import MakePlan
from tests.test_laws import plans

Run = Callable[..., tuple[int, str]]


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_unit_gets_its_tasks_and_its_money(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "--unit", "Phòng Tư pháp", "--so", "5", "--ngay", "04/01/2023", "-o", tmp_path)
    assert code == 0, said
    path = tmp_path / "ke-hoach-phong-tu-phap.docx"
    text = text_of(path)
    for part in (
        "PHÒNG TƯ PHÁP",
        "Số: 05/KH-TP",
        "Hương Thủy, ngày 04 tháng 01 năm 2023",
        "Thực hiện Quyết định số 3951/QĐ-UBND ngày 30 tháng 12 năm 2022 của Ủy ban nhân dân thị xã Hương Thủy",
        "Theo dõi, tổng hợp kết quả triển khai thực hiện nội dung cải cách thể chế",
        "Phòng Tư pháp chủ trì 5 nhiệm vụ, kinh phí 5 triệu đồng (bằng chữ: Năm triệu đồng)",
        "(Bằng chữ: Năm triệu đồng)./.",
    ):
        assert part in text
    assert "CẢI CÁCH THỦ TỤC HÀNH CHÍNH" not in text
    assert check_document(path) == []
    assert OpenXmlValidator().validate(path).is_valid


def test_every_unit_has_a_plan_without_a_finding(sample: Path, tmp_path: Path) -> None:
    loaded = load_plan(sample)
    for unit in loaded.value.organisation.units:
        if unit.head is not None and unit.parent_agency is not None:
            written = build(loaded, tmp_path, unit=unit.code).written
            assert check_document(written[0].path) == []


def test_names_that_are_no_single_unit(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said = run("build", sample, "--unit", "Phòng Tư phap", "-o", tmp_path)
    assert code == 2
    assert "ý bạn là “Phòng Tư pháp”?" in said
    code, said = run("build", sample, "--unit", "UBND các xã, phường", "-o", tmp_path)
    assert code == 2
    assert "là một nhóm đơn vị" in said


OFFICE = "    ten: Văn phòng\n"
NAMED = "    dia_danh: An Bình\n    thu_truong: {chuc_vu: Chánh Văn phòng, ho_ten: Trần Văn Bình}\n"
HEAD = {"don-vi.yaml": [(OFFICE, OFFICE + NAMED)]}


def test_a_unit_without_signer_and_place_plans_in_drafts_only(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    plan = make_plan()
    code, said = run("build", plan, "--unit", "van-phong", "-o", tmp_path / "out")
    assert (code, list(tmp_path.glob("out/*"))) == (3, [])
    assert "plan/don-vi.yaml:7:5: lỗi: Kế hoạch của Văn phòng: văn bản chưa có người ký\n" in said
    assert "  → ghi thu_truong (chuc_vu, ho_ten) của đơn vị trong don-vi.yaml; hoặc thêm --du-thao\n" in said
    assert "Kế hoạch của Văn phòng: văn bản chưa có địa danh" in said
    code, said = run("build", plan, "--unit", "van-phong", "--du-thao", "-o", tmp_path / "out")
    assert (code, said.count("cảnh báo: Kế hoạch của Văn phòng: ")) == (0, 2)


def test_an_office_changes_the_words(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    own = "ma: ke-hoach-don-vi\nten: x\ntrich_yeu: Của {{ don_vi }}\nnoi_nhan: [A]\nnoi_dung:\n"
    own += "  - cap: khong\n    van: Làm {{ so_nhiem_vu }} việc\n"
    plan = make_plan(changes=HEAD, files={"de_cuong/ke-hoach-don-vi.yaml": own})
    unit = load_plan(plan).value.organisation.units[1].code
    assert run("build", plan, "--unit", unit, "-o", tmp_path / "out")[0] == 0
    wrong = own.replace("so_nhiem_vu", "so_nhiemvu").replace(
        "cap: khong\n", "cap: khong\n    chen: gi_do\n  - cap: khong\n"
    )
    plan = make_plan(changes=HEAD, files={"de_cuong/ke-hoach-don-vi.yaml": wrong})
    code, said = run("build", plan, "--unit", unit, "-o", tmp_path / "out2")
    assert code == 4
    assert "ke-hoach-don-vi.yaml:9:" in said
    assert "không có trường “so_nhiemvu”" in said
    assert "không có phần chèn “gi_do”" in said


def unallocated(plan: Plan) -> Decimal:
    """The money of a plan's tasks that no unit has, in the plan's money unit."""
    names = UnitNames(plan.organisation)
    rest = Decimal(0)
    for _path, task in plan.tasks():
        rest += (task.budget or Decimal(0)) - sum(shares_of(task, names).values(), Decimal(0))
    return rest


def shares_make_the_whole(plan: Plan) -> None:
    names = UnitNames(plan.organisation)
    shared = sum((sum(shares_of(task, names).values(), Decimal(0)) for _path, task in plan.tasks()), Decimal(0))
    total = plan_sum(plan)
    assert shared + unallocated(plan) == (in_money_unit(total, plan.money_unit) if total is not None else 0)


def test_shares_of_the_sample_make_the_whole(sample: Path) -> None:
    plan = as_of(load_plan(sample).value, None)
    shares_make_the_whole(plan)
    assert unallocated(plan) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_shares_always_make_the_whole(plan: Plan) -> None:
    shares_make_the_whole(plan)
