"""Two templates of a kind compared: fields, texts, form, and the documents of a plan."""

from collections.abc import Callable
from pathlib import Path

from docgen.workflows.templates import difference
from tests.template_edits import edited, shipped


def test_a_template_does_not_differ_from_itself() -> None:
    found = difference(shipped("ke_hoach"), shipped("ke_hoach"))
    assert not (found.added or found.gone or found.template.texts or found.template.parts)


def test_fields_texts_and_documents_that_change_are_told(tmp_path: Path, sample: Path) -> None:
    new = edited(
        shipped("ke_hoach"),
        tmp_path / "ke_hoach.docx",
        ("Cơ quan chủ trì", "Đơn vị chủ trì"),
        ("{{ nv.thoi_han }}", "{{ nv.kinh_phi }}"),
    )
    found = difference(shipped("ke_hoach"), new, plan=sample)
    assert (found.added, found.gone) == ((), ("phu_luc.nhom.nhiem_vu.thoi_han",))
    assert [(one.old, one.new) for one in found.template.texts] == [
        ("Cơ quan chủ trì", "Đơn vị chủ trì"),
        ("{{ nv.thoi_han }}", "{{ nv.kinh_phi }}"),
    ]
    assert list(found.documents) == ["ke-hoach.docx"]
    changes = found.documents["ke-hoach.docx"].texts
    assert (changes[0].old, changes[0].new) == ("Cơ quan chủ trì", "Đơn vị chủ trì")
    assert changes[0].after is not None and "bảng 3, hàng 1, ô 4" in str(changes[0].after)
    assert len(changes) > 10


def test_a_change_of_form_is_told_by_its_part(tmp_path: Path) -> None:
    new = edited(shipped("van_ban"), tmp_path / "van_ban.docx", ('w:val="28"', 'w:val="26"'), part="word/styles.xml")
    found = difference(shipped("van_ban"), new)
    assert (found.template.texts, found.template.parts) == ((), ("word/styles.xml",))


def test_reports_of_every_period_are_compared(sample: Path, tmp_path: Path) -> None:
    new = edited(shipped("bao_cao"), tmp_path / "bao_cao.docx", ("BÁO CÁO", "BÁO CÁO NHANH"))
    documents = difference(shipped("bao_cao"), new, plan=sample).documents
    assert len(documents) == len(list((sample / "tien-do").glob("*.yaml")))
    assert {change.new for one in documents.values() for change in one.texts} == {"BÁO CÁO NHANH"}


def test_a_plan_without_such_documents_is_said(tmp_path: Path, make_plan: Callable[..., Path]) -> None:
    plan = make_plan()
    found = difference(shipped("cong_van"), shipped("cong_van"), plan=plan)
    assert [one.code for one in found.remarks] == ["template.no-document"]
