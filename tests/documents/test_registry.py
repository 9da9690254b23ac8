"""The registry of kinds: what it finds, and that a kind with fields of its own is one module and one template."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from docgen import documents
from docgen.cli.fields import fields_page
from docgen.documents import registry
from docgen.errors import DataError
from docgen.model.plan.plan import Plan, TextDocument
from docgen.workflows.build import build, load_plan
from docgen.workflows.plan_form import write_plan_form
from docgen.workflows.templates import check, fields_of
from tests.conftest import ROOT, MakePlan
from tests.template_edits import edited, shipped

INVITATION = '''
from collections.abc import Iterator
from datetime import date

from docgen.base.declare import Contract, contract_of, field
from docgen.base.locale import translate as _
from docgen.documents.frame import FRAME, frame_context
from docgen.documents.kind import DRAFT, Context, Kind, Setting
from docgen.errors import Problem
from docgen.model.problems import problem
from docgen.model.plan.plan import NamedDocument
from docgen.wording.dates import format_date


class Invitation(NamedDocument):
    """``van-ban/<name>.yaml`` of a Giấy mời."""

    on: date = field("ngay_hop", "Ngày họp", example="15/3/2026", show=format_date, printed=True)
    room: str = field("phong_hop", "Phòng họp", example="Phòng họp số 1", printed=True)

    def problems(self) -> Iterator[Problem]:
        if self.on.isoweekday() > 5:
            yield problem("invitation.weekend", ("ngay_hop",), _("ngày họp là ngày nghỉ"), _("xem lại lịch"))


def build(setting: Setting[Invitation]) -> Context:
    invitation = setting.subject
    return {
        "du_thao": setting.draft,
        "van_ban": frame_context(invitation.frame, setting.plan, invitation.kind_name),
        "ten_loai": invitation.kind_name.upper(),
        "ngay_hop": format_date(invitation.on),
        "phong_hop": invitation.room,
    }


KIND = Kind(
    code="giay_moi",
    title="Giấy mời",
    contract={
        **DRAFT,
        "van_ban": Contract("Văn bản", "record", fields=FRAME),
        "ten_loai": Contract("Tên loại", example="GIẤY MỜI"),
        **contract_of(Invitation, ("ngay_hop", "phong_hop")),
    },
    build=build,
    record=Invitation,
    names=("Giấy mời",),
    example=lambda: {"van_ban.so_ky_hieu": "Số: 12/GM-UBND"},
)
'''
FRAME = """\
van_ban:
  so: 12
  ngay: 02/3/2026
  dia_danh: Hương Thủy
  noi_nhan: [Như trên]
  nguoi_ky: {quyen_han: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH], ho_ten: Trần Văn Bình}
"""
LETTER = f"ten_loai: Giấy mời\n{FRAME}ngay_hop: 16/3/2026\nphong_hop: Phòng họp số 2\n"
FILE = "van-ban/moi-hop.yaml"

AddKind = Callable[[str, str], None]


@pytest.fixture
def add_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AddKind]:
    """Adds a module to those of the kinds."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    monkeypatch.setattr(documents, "__path__", [*documents.__path__, str(folder)])
    added: list[str] = []

    def forget() -> None:
        for found in (registry.codes, registry.kind, registry.kinds, registry.with_template, registry.records):
            found.cache_clear()
        registry._named.cache_clear()
        for code in added:
            sys.modules.pop(f"docgen.documents.{code}", None)

    def add(code: str, text: str) -> None:
        (folder / f"{code}.py").write_text(text, encoding="utf-8")
        added.append(code)
        forget()

    yield add
    forget()


@pytest.fixture
def invitation(add_kind: AddKind, tmp_path: Path) -> Path:
    """A kind with fields of its own; the folder of its template."""
    add_kind("giay_moi", INVITATION)
    folder = tmp_path / "mau"
    folder.mkdir()
    tags = ("{{ trich_yeu }}", "{{ ngay_hop }} tại {{ phong_hop }}")
    template = docx.Document(str(edited(shipped("van_ban"), folder / "giay_moi.docx", tags)))
    texts = [one.text for one in template.paragraphs]
    for one in template.paragraphs[texts.index("{%p for dong in can_cu %}") : len(texts) - 1]:
        one._p.getparent().remove(one._p)
    template.save(str(folder / "giay_moi.docx"))
    return folder


def test_every_kind_with_a_template_has_it_shipped_and_no_template_lacks_a_kind() -> None:
    assert {one.template_file for one in registry.with_template().values()} == {
        path.name for path in (ROOT / "templates_docx").glob("*.docx")
    }
    shipped = ["quyet_dinh", "ke_hoach", "van_ban", "cong_van", "bao_cao"]
    assert [code for code in registry.with_template() if code in shipped] == shipped
    assert registry.kind("don_doc").template_file == "cong_van.docx"


def test_a_named_document_is_of_the_kind_that_claims_its_name() -> None:
    assert registry.kind_of(" công văn").code == "cong_van"
    assert registry.kind_of("Tờ trình").code == "van_ban"
    assert registry.records()["công văn"] is TextDocument
    with pytest.raises(KeyError):
        registry.kind("khong_co")


def test_a_build_loads_nothing_that_counts(sample: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from docgen.workflows.build import build; build(sys.argv[1], sys.argv[2])\n"
        "print([name for name in sys.modules if name.startswith('docgen.model.counting')\n"
        "       or name in ('docgen.documents.bao_cao.report', 'docgen.documents.don_doc.letters')])"
    )
    command = [sys.executable, "-c", code, str(sample), str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_two_kinds_may_not_claim_one_name(add_kind: AddKind) -> None:
    add_kind("giay_moi", INVITATION.replace('("Giấy mời",)', '("Công văn",)'))
    with pytest.raises(TypeError, match="both claim “công văn”"):
        registry.kind_of("Tờ trình")


def test_a_module_that_is_no_kind_is_refused(add_kind: AddKind) -> None:
    add_kind("giay_moi", INVITATION.replace('code="giay_moi"', 'code="giay"'))
    with pytest.raises(TypeError, match="giay_moi"):
        registry.kinds()


def test_a_kind_with_fields_of_its_own_is_built(invitation: Path, make_plan: MakePlan, tmp_path: Path) -> None:
    assert [one for one in check(invitation / "giay_moi.docx").findings if one.severity == "error"] == []
    plan = make_plan(files={FILE: LETTER})
    (written,) = build(plan, tmp_path / "a", only=["moi-hop"], templates=invitation).written
    text = "\n".join(one.text for one in docx.Document(str(written.path)).paragraphs)
    assert "16/03/2026 tại Phòng họp số 2" in text
    write_plan_form(plan, tmp_path / "plan.xlsx")
    (again,) = build(tmp_path / "plan.xlsx", tmp_path / "b", only=["moi-hop"], templates=invitation).written
    assert again.path.read_bytes() == written.path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("16/3/2026", "15/3/2026", 8, "ngày họp là ngày nghỉ"),
        ("16/3/2026", "31/2/2026", 8, "“Ngày họp”"),
        ("phong_hop", "phong_hopp", 9, "ý bạn là “phong_hop”"),
        ("phong_hop: Phòng họp số 2\n", "", 1, "thiếu “Phòng họp”"),
        ("Giấy mời", "Thông báo", 8, "không có khóa “ngay_hop”"),
    ],
)
@pytest.mark.usefixtures("invitation")
def test_a_mistake_in_its_fields_is_told_at_its_line(
    make_plan: MakePlan, old: str, new: str, line: int, words: str
) -> None:
    with pytest.raises(DataError) as refused:
        load_plan(make_plan(files={FILE: LETTER.replace(old, new)}))
    found = [one.place for one in refused.value.problems if words in str(one)]
    assert [(place.file, place.line) for place in found] == [(f"plan/{FILE}", line)]


def test_its_fields_stand_only_where_they_belong(invitation: Path, make_plan: MakePlan, tmp_path: Path) -> None:
    assert "phong_hop" in {row.tag for row in fields_of("giay_moi")[1]}
    assert not any("phong_hop" in one.contract for one in registry.kinds() if one.code != "giay_moi")
    page = fields_page(Plan)
    assert page.count("`phong_hop`") == 1
    assert "`phong_hop`" in page.split("## `van_ban`: Giấy mời")[1].split("\n## ")[0]
    forms = {}
    for name, files in (("with", {FILE: LETTER}), ("without", {})):
        write_plan_form(make_plan(files=dict(files)), tmp_path / f"{name}.xlsx")
        forms[name] = (tmp_path / f"{name}.xlsx").read_bytes()
    labels = {name: _labels(tmp_path / f"{name}.xlsx") for name in forms}
    assert labels["with"] - labels["without"] == {"Ngày họp", "Phòng họp"}


def _labels(path: Path) -> set[str]:
    import openpyxl

    return {str(row[0]).removesuffix(" *") for row in openpyxl.load_workbook(path)["Văn bản"].values if row[0]}
