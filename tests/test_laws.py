"""What holds for every document that we make: our layout check and openxml-audit find nothing on it.

The sample, the skeleton as a draft, the accepted cases, and plans that hypothesis makes. The audit takes half a second
a document, so that it sees the goldens, the templates and a few generated plans; the layout check sees them all.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from docgen.layout.check import check_document
from docgen.model.plan.plan import Plan
from docgen.workflows.build import build, compiled, documents_of, shipped_data, shipped_templates
from docgen.writers.proof import prove
from docgen.writers.seal import seal
from tests.conftest import ROOT
from tests.records import from_keys

CASES = sorted(path for path in (ROOT / "tests" / "cases" / "plan").iterdir() if path.name != "base")
SAYING = (
    "Đẩy mạnh cải cách thủ tục hành chính gắn với chuyển đổi số năm 2026 theo Nghị định số 45/2020/NĐ-CP & < > “4 tại"
    " chỗ” nâng cao chất lượng, hiệu quả; bảo đảm 95% đúng hạn"
)
WORDS = st.sampled_from(sorted(set(SAYING.split())))
SENTENCE = st.lists(WORDS, min_size=1, max_size=60).map(" ".join).map(lambda text: "Đẩy mạnh " + text.rstrip(" ;.,"))
AMOUNT = st.none() | st.decimals(0, 10**6, places=2) | st.integers(0, 10**9).map(Decimal)


def check(content: bytes, name: str) -> None:
    prove(content, name)
    # what the author wrote is the author's: only the form is ours
    form = [finding.message for finding in check_document(content, name=name) if finding.about == "the_thuc"]
    assert form == []


def audit(path: Path) -> None:
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, [str(error) for error in result.errors][:5]


def test_the_sample(tmp_path: Path) -> None:
    for written in build(shipped_data() / "huong-thuy-2023", tmp_path).written:
        check(written.path.read_bytes(), written.path.name)
        audit(written.path)


def test_the_sample_standing_alone_and_electronic(tmp_path: Path) -> None:
    for name, plan in _variants():
        for file, content in rendered(plan):
            path = tmp_path / f"{name}-{file}.docx"
            path.write_bytes(content)
            check(content, path.name)
            audit(path)


def _variants() -> Iterator[tuple[str, Plan]]:
    from docgen.workflows.build import load_plan

    plan = load_plan(shipped_data() / "huong-thuy-2023").value
    decision = plan.decision
    assert decision is not None
    electronic = replace(decision, frame=replace(decision.frame, issued_as="dien_tu"))
    open_line = replace(plan.document, reference=None)
    yield "dien-tu", replace(plan, decision=electronic, document=open_line)
    frame = replace(decision.frame, symbol="KH-UBND", issuing_authority=None)
    alone = replace(open_line, form="doc_lap", frame=frame)
    two = tuple(replace(appendix, reference=None) for appendix in (*plan.appendices, *plan.appendices))
    yield "doc-lap", replace(plan, document=alone, decision=None, appendices=two)
    yield "khong-phu-luc", replace(plan, appendices=())


def test_the_skeleton_as_a_draft(tmp_path: Path) -> None:
    for written in build(shipped_data() / "khung-cap-xa", tmp_path, draft=True).written:
        prove(written.path.read_bytes(), written.path.name)
        audit(written.path)


def test_the_templates() -> None:
    templates = sorted(shipped_templates().glob("*.docx"))
    assert len(templates) >= 4
    for path in templates:
        audit(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_accepted_case_is_sound(case: Path, make_plan: Any, tmp_path: Path) -> None:
    written = build(make_plan(case), tmp_path / "out", draft=True).written
    assert written
    for one in written:
        prove(one.path.read_bytes(), one.path.name)


def _typed_in_capitals(node: dict[str, Any]) -> dict[str, Any]:
    """The title of a mục is typed in capitals, as that of a Phụ lục is."""
    return {**node, "tieu_de": node["tieu_de"].upper()} if node["cap"] == "muc" else node


def nodes(depth: int) -> st.SearchStrategy[tuple[dict[str, Any], ...]]:
    below = nodes(depth - 1) if depth else st.just(())
    heading = st.fixed_dictionaries(
        {"cap": st.sampled_from(["muc", "khoan"]), "tieu_de": SENTENCE, "noi_dung": below},
    ).map(_typed_in_capitals)
    words = st.fixed_dictionaries(
        {"cap": st.sampled_from(["khoan", "diem", "gach", "khong"]), "van": SENTENCE, "noi_dung": below}
    )
    return st.lists(heading | words, min_size=1, max_size=3).map(tuple)


TASK = st.fixed_dictionaries(
    {"mo_ta": st.lists(SENTENCE, min_size=1, max_size=3).map(tuple), "kinh_phi": AMOUNT},
    optional={
        "san_pham": st.lists(SENTENCE, max_size=2).map(tuple),
        "co_quan_chu_tri": SENTENCE,
        "co_quan_phoi_hop": SENTENCE,
        "thoi_han": SENTENCE,
    },
)
GROUPS = st.lists(st.tuples(SENTENCE, st.lists(TASK, max_size=4)), min_size=1, max_size=4)
UNIT = {"ma": "ubnd", "ten": "Ủy ban nhân dân xã Bình Minh", "viet_tat": "UBND", "dia_danh": "Bình Minh"}
FRAME = {"nguoi_ky": {"quyen_han": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "ho_ten": "Nguyễn Văn A"}, "luu": "VT"}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans that could be: any text, any tree, any number of groups, tasks and appendices."""
    attached = draw(st.booleans())
    appendices = tuple(
        {
            "ma": f"pl-{a}",
            "tieu_de": draw(SENTENCE).upper(),
            "nhom": tuple(
                {
                    "ma": f"n-{a}-{g}",
                    "tieu_de": title,
                    "nhiem_vu": tuple({"ma": f"v-{a}-{g}-{t}", **task} for t, task in enumerate(tasks)),
                }
                for g, (title, tasks) in enumerate(groups)
            ),
        }
        for a, groups in enumerate(draw(st.lists(GROUPS, max_size=3)))
    )
    number = {"so": draw(st.sampled_from(["5", "3951", "8001a"]))} if draw(st.booleans()) else {}
    return from_keys(
        Plan,
        {
            "ma": "a",
            "nam": 2026,
            "co_quan": {"co_quan_ban_hanh": "ubnd", "don_vi": (UNIT,)},
            "ke_hoach": {
                "hinh_thuc": "kem_quyet_dinh" if attached else "doc_lap",
                "ky_ten": draw(st.booleans()),
                "van_ban": {**FRAME, **({} if attached else number)},
                "trich_yeu": draw(SENTENCE),
                "noi_dung": draw(nodes(3)),
            },
            "phu_luc": appendices,
            **({"quyet_dinh": _decision(draw, number)} if attached else {}),
        },
    )


def _decision(draw: st.DrawFn, number: dict[str, str]) -> dict[str, Any]:
    articles = draw(st.lists(SENTENCE, min_size=1, max_size=4))
    return {
        "van_ban": {**FRAME, **number, "noi_nhan": ("Như Điều 1",), "tham_quyen": "ỦY BAN NHÂN DÂN XÃ BÌNH MINH"},
        "trich_yeu": "Về việc " + draw(SENTENCE),
        "can_cu": tuple(f"Căn cứ {text}" for text in draw(st.lists(SENTENCE, min_size=1, max_size=4))),
        "noi_dung": tuple({"cap": "dieu", "van": text} for text in articles),
    }


def rendered(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for document in documents_of(plan):
        program = compiled(document.kind, [shipped_templates()])
        yield document.name, seal(program.entries(document.context()), template="", data="", version="0")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_made_up_plans_give_documents_without_a_finding(plan: Plan) -> None:
    for name, content in rendered(plan):
        check(content, name)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_made_up_plans_pass_the_audit(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    folder = tmp_path_factory.mktemp("audit")
    for name, content in rendered(plan):
        (folder / f"{name}.docx").write_bytes(content)
        audit(folder / f"{name}.docx")
