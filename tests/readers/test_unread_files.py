"""A file that looks as if it belonged to a plan and that nothing reads is pointed out."""

import pytest

from docgen import DocgenError, load_plan
from docgen.errors import Problem, Severity
from tests.conftest import MakePlan


def said(make_plan: MakePlan, *names: str) -> list[Problem]:
    remarks = load_plan(make_plan(files=dict.fromkeys(names, "x: y\n"))).remarks
    assert {one.code for one in remarks} <= {"file.not-read"}
    assert all(one.severity is Severity.WARNING and one.hint for one in remarks)
    return list(remarks)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("van-ban/cv.yml", "ý bạn là “cv.yaml”?"),
        ("van-ban/cv.YAML", "ý bạn là “cv.yaml”?"),
        ("van-ban/cv.yaml.txt", "ý bạn là “cv.yaml”?"),
        ("quyet_dinh.yaml", "ý bạn là “quyet-dinh.yaml”?"),
        ("ke_hoach.yaml", "ý bạn là “ke-hoach.yaml”?"),
        ("donvi.yml", "ý bạn là “don-vi.yaml”?"),
        ("to-trinh.yaml", "thì chuyển vào van-ban/"),
    ],
)
def test_a_file_that_nothing_reads(make_plan: MakePlan, name: str, hint: str) -> None:
    (problem,) = said(make_plan, name)
    assert problem.place.file == f"plan/{name}"
    assert hint in problem.hint


def test_other_files_are_nobodys_business(make_plan: MakePlan) -> None:
    names = [
        "tien-do/2026-Q1.yml",
        "bao-cao/x.YAML",
        "ghi-chu.txt",
        ".an.yaml",
        "van-ban/.a.yml",
        "mau/x.yml",
        "a.docx",
    ]
    assert said(make_plan, *names) == []


def test_a_misnamed_decision_or_plan(make_plan: MakePlan) -> None:
    folder = make_plan()
    (folder / "quyet-dinh.yaml").rename(folder / "quyet_dinh.yaml")
    with pytest.raises(DocgenError) as refused:
        load_plan(folder)
    assert {one.code for one in refused.value.problems} == {"plan.no-decision", "file.not-read"}
    (folder / "ke-hoach.yaml").rename(folder / "ke_hoach.yml")
    with pytest.raises(DocgenError) as refused:
        load_plan(folder)
    assert [one.hint for one in refused.value.problems] == ["đổi tên tệp ke_hoach.yml thành ke-hoach.yaml"]
