"""Jobs files: what they mean, and what is said of those that can't be right."""

from datetime import date
from pathlib import Path

import pytest

from docgen.batch.expand import find_plans
from docgen.batch.job import REMINDER, REPORT, UNIT_PLAN
from docgen.batch.jobs_file import read_jobs_file
from docgen.errors import DocgenError, Severity, UsageError
from tests.batch.offices import SAMPLE, jobs_of, office


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("plan: a\n    kind: bao_cao", "batch.period", "thiếu kỳ báo cáo"),
        ("plan: a\n    kind: bao_coa\n    period: auto", "batch.kind", "ý bạn là “bao_cao”?"),
        ("plan: a\n    kind: bao_cao\n    period: 2023-Q5", "batch.period", "Q5"),
        ("plan: a\n    kind: quyet_dinh\n    period: auto", "batch.period", "không theo kỳ"),
        ("plan: a\n    kind: quyet_dinh\n    units: all", "batch.units", "không soạn theo đơn vị"),
        ("plan: a\n    kind: quyet_dinh\n    out: out/{co_qan}", "batch.out", "ý bạn là “{co_quan}”?"),
        ("plan: a\n    kind: quyet_dinh\n    out: out/{ky!r}", "batch.out", "không có chỗ điền"),
        ("plan: a\n    kind: quyet_dinh\n    out: out/{ky", "batch.out", "ngoặc nhọn lẻ"),
        ("plan: a\n    kind: quyet_dinh\n    out: ../{ky}", "batch.out", "“..”"),
        ("plan: a\n    kind: quyet_dinh\n    pdf: maybe", "data.flag", "true hay false"),
        ("plan: a\n    kinds: quyet_dinh", "data.unknown-key", "ý bạn là “kind”?"),
        ("kind: quyet_dinh", "data.missing", "thiếu “Kế hoạch” (plan)"),
        ("plan: a\n    kind: quyet_dinh\n    truoc: 400", "batch.lead", "nhiều nhất 366"),
        ("plan: a\n    kind: quyet_dinh\n    truoc: -3", "data.integer", "không phải số nguyên"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_line(tmp_path: Path, line: str, code: str, said: str) -> None:
    path = office(tmp_path, f"cong_viec:\n  - {line}\n")
    with pytest.raises(DocgenError) as error:
        read_jobs_file(path)
    (problem,) = error.value.problems
    assert problem.code == code
    assert said in f"{problem.message} {problem.hint}"
    assert problem.place.file == "cong-viec.yaml"
    assert problem.place.line is not None and problem.place.line >= 2


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: a, kind: bao_cao}\n  - {plan: a, kind: x_y, out: '{z}'}\n")
    with pytest.raises(DocgenError) as error:
        read_jobs_file(path)
    assert [one.code for one in error.value.problems] == ["batch.period", "batch.kind", "batch.out"]


def test_every_kind_and_unit_becomes_a_job(tmp_path: Path) -> None:
    path = office(
        tmp_path,
        "mac_dinh: {out: 'ra/{co_quan}/{ky}'}\ncong_viec:\n"
        "  - {plan: ke-hoach/*, kind: 'tat_ca, ke_hoach_don_vi', units: 'phong-tu-phap, Phòng Nội vụ'}\n"
        "  - {plan: ke-hoach/*, kind: bao_cao, period: 2023-Q1, units: none}\n"
        "  - {plan: ke-hoach/*, kind: bao_cao, period: 2023-Q1, units: all}\n"
        "  - {plan: ke-hoach/*, kind: don_doc, period: 2023-Q1, units: van-phong}\n",
        of=SAMPLE,
    )
    jobs = jobs_of(path)
    assert [job.target for job in jobs[:7]] == [
        "ra/ubnd-thi-xa/2023/quyet-dinh.docx",
        "ra/ubnd-thi-xa/2023/ke-hoach.docx",
        "ra/ubnd-thi-xa/2023/to-trinh.docx",
        "ra/ubnd-thi-xa/2023/ke-hoach-phong-tu-phap.docx",
        "ra/ubnd-thi-xa/2023/ke-hoach-phong-noi-vu.docx",
        "ra/ubnd-thi-xa/2023-q1/bao-cao-2023-Q1.docx",
        "ra/ubnd-thi-xa/2023-q1/bao-cao-2023-Q1-phong-noi-vu.docx",
    ]
    assert jobs[-1].target == "ra/ubnd-thi-xa/2023-q1/don-doc-2023-Q1-van-phong.docx"
    assert len({job.key for job in jobs}) == len(jobs) == 6 + 17 + 1
    assert {job.key.kind for job in jobs} == {"quyet-dinh", "ke-hoach", "to-trinh", UNIT_PLAN, REPORT, REMINDER}
    assert not any(job.waiting or job.refused for job in jobs)


def test_auto_means_the_periods_that_are_over(tmp_path: Path) -> None:
    path = office(
        tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: auto, scheme: cchc}\n", of=SAMPLE
    )
    jobs = {job.key.period: job for job in jobs_of(path, date(2023, 4, 1))}
    assert not jobs["2023-Q1"].waiting
    assert "chưa kết thúc" in jobs["2023-H1"].waiting
    assert {job.key.scheme for job in jobs.values()} == {"cchc"}


def test_a_period_that_is_named_is_made_before_it_is_over(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-H1}\n", of=SAMPLE)
    (job,) = jobs_of(path, date(2023, 4, 1))
    assert not job.waiting and job.as_of == date(2023, 4, 1)
    (later,) = jobs_of(path, date(2023, 4, 2))
    assert later.inputs != job.inputs  # it is counted as of that day
    (over,) = jobs_of(path, date(2024, 4, 1))
    (long_over,) = jobs_of(path, date(2024, 5, 1))
    assert over.as_of is None and over.inputs == long_over.inputs


def test_two_jobs_with_one_file_are_refused_with_both_places(tmp_path: Path) -> None:
    entries = "  - {plan: ke-hoach/a, kind: ke_hoach, out: ra}\n  - {plan: ke-hoach/b, kind: ke_hoach, out: RA}\n"
    path = office(tmp_path, f"cong_viec:\n{entries}", "a", "b")
    with pytest.raises(UsageError) as error:
        jobs_of(path)
    (problem,) = error.value.problems
    assert problem.code == "batch.same-target"
    assert (problem.place.line, problem.related[0].line) == (3, 2)
    assert "ke-hoach/a" in problem.message and "ke-hoach/b" in problem.message


def test_every_clash_is_told(tmp_path: Path) -> None:
    jobs = "cong_viec:\n  - {plan: 'ke-hoach/*', kind: 'ke_hoach, quyet_dinh', out: ra}\n"
    with pytest.raises(UsageError) as error:
        jobs_of(office(tmp_path, jobs, "a", "b", "c"))
    (problem,) = error.value.problems  # of one line with itself: said once
    assert problem.code == "batch.same-target" and "và 3 chỗ nữa" in problem.message and not problem.related


def test_the_same_job_twice_is_one(tmp_path: Path) -> None:
    entry = "  - {plan: ke-hoach/a, kind: ke_hoach}\n"
    assert len(jobs_of(office(tmp_path, f"cong_viec:\n{entry}{entry}"))) == 1


def test_one_job_in_two_places_is_refused(tmp_path: Path) -> None:
    jobs = "cong_viec:\n  - {plan: ke-hoach/a, kind: ke_hoach}\n  - {plan: ke-hoach/a, kind: ke_hoach, out: b}\n"
    with pytest.raises(UsageError) as error:
        jobs_of(office(tmp_path, jobs))
    assert [(one.code, one.place.line) for one in error.value.problems] == [("batch.two-targets", 3)]


def test_a_plan_that_is_not_there_is_an_error_and_an_empty_pattern_a_warning(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/z, kind: ke_hoach}\n")
    with pytest.raises(UsageError, match="ke-hoach/z"):
        jobs_of(path)
    path.write_text("cong_viec:\n  - {plan: 'khac/*', kind: ke_hoach}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="khac"):  # a folder that was renamed would go unnoticed night after night
        jobs_of(path)
    both = "cong_viec:\n  - {plan: 'khac/*', kind: ke_hoach}\n  - {plan: ke-hoach/a, kind: ke_hoach}\n"
    path.write_text(both, encoding="utf-8")
    assert len(jobs_of(path)) == 1
    assert [one.severity for one in find_plans(read_jobs_file(path)).remarks] == [Severity.WARNING]


def test_an_unknown_unit_or_paper_is_refused_by_itself(tmp_path: Path) -> None:
    path = office(
        tmp_path,
        "cong_viec:\n  - {plan: ke-hoach/a, kind: 'ke_hoach, to-trnh'}\n"
        "  - {plan: ke-hoach/a, kind: ke_hoach_don_vi, units: phong-tu-fap}\n",
        of=SAMPLE,
    )
    good, paper, unit = jobs_of(path)
    assert not good.refused
    assert "to-trnh" in paper.refused and "to-trinh" in paper.refused
    assert "ý bạn là “phong-tu-phap”?" in unit.refused


def test_templates_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    path = office(tmp_path, "cong_viec:\n  - {plan: ke-hoach/a, kind: ke_hoach, templates: mau}\n")
    with pytest.raises(UsageError, match="mau"):
        jobs_of(path)
