"""When a report is made: all have answered, or its last day is near."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml.etree import fromstring

from docgen.batch.due import decide
from docgen.batch.job import State
from docgen.batch.scan import Why
from docgen.batch.survey import PeriodSurvey, PlanSurvey, stamp_of
from docgen.model.periods.holidays import Holidays
from docgen.readers.scheme_file import read_holidays
from tests.batch.offices import SAMPLE, jobs_of, office, run_once

NAMES = {"a": "Phòng A", "b": "Phòng B"}


def period(*missing: str, due: str = "2023-03-20") -> PeriodSurvey:
    return PeriodSurvey("nd09", "2023-Q1", True, "2023-03-14", due, ("a", "b"), missing)


@pytest.mark.parametrize(
    ("survey", "day", "unit", "waiting", "missing"),
    [
        (period(), date(2023, 3, 14), "", "chốt số liệu 14/03/2023", None),
        (period(), date(2023, 3, 15), "", "", ()),
        (period("a"), date(2023, 3, 16), "", "còn 1 đơn vị chưa báo cáo: Phòng A; từ 17/03/2023", None),
        (period("a"), date(2023, 3, 16), "b", "", ()),
        (period("a"), date(2023, 3, 16), "a", "Phòng A", None),
        (period("a", "b"), date(2023, 3, 17), "", "", ("a", "b")),
        (period("a", "b"), date(2023, 12, 1), "", "", ("a", "b")),
        (period("a", due=""), date(2023, 12, 1), "", "không định hạn gửi", None),
        (period("a", due="2023-03-15"), date(2023, 3, 15), "", "", ("a",)),
    ],
)
def test_made_or_waiting(
    survey: PeriodSurvey, day: date, unit: str, waiting: str, missing: tuple[str, ...] | None
) -> None:
    found = decide(survey, NAMES, day, 3, unit)
    if missing is None:
        assert waiting in found.waiting
    else:
        assert (found.waiting, found.missing, found.draft) == ("", missing, bool(missing))


def test_facts_survive_the_ledger() -> None:
    survey = PlanSurvey(
        "kh", "s", units=NAMES, leads=("a",), periods={"": (period("a"),)}, documents={"ke-hoach": "ke_hoach"}
    )
    assert PlanSurvey.from_json(survey.to_json()) == survey


JOBS = "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2023-Q1}\n"
#: Its figures are closed on 14/03/2023, and due two working days later.
PROGRESS = "luoc_do: nd09\ntu: 15/12/2022\nden: 14/03/2023\ntra_loi:\n"


def answers(*units: str) -> str:
    return PROGRESS + "".join(f"  - {{don_vi: {unit}, ngay: 14/03/2023}}\n" for unit in units)


def test_a_report_waits_is_drafted_and_becomes_final(tmp_path: Path) -> None:
    path = office(tmp_path, JOBS.replace("2023-Q1}", "2023-Q1, units: all}"), of=SAMPLE)
    units = [job.key.unit for job in jobs_of(path)]
    path.write_text(JOBS, encoding="utf-8")
    folder = tmp_path / "ke-hoach" / "a" / "tien-do"
    for file in folder.glob("*.yaml"):
        file.unlink()
    progress, report = folder / "2023-Q1.yaml", tmp_path / "output" / "a" / "bao-cao-2023-Q1.docx"
    progress.write_text(answers(*units[1:]), encoding="utf-8")

    (waiting,) = run_once(path, date(2023, 3, 14), due=True).told
    assert waiting.state is State.WAITING and "chưa kết thúc" in waiting.message and not report.exists()

    (draft,) = run_once(path, date(2023, 3, 15), due=True).told
    assert draft.state is State.DONE and "Phòng Nội vụ" in draft.message
    first = report.read_bytes()
    assert "DỰ THẢO" in "".join(texts_of(first)) and "chưa gửi: Phòng Nội vụ" in "".join(texts_of(first))
    again = run_once(path, date(2023, 3, 18), due=True)
    assert (again.before, again.made) == (1, 0)

    progress.write_text(answers(*units), encoding="utf-8")
    final = run_once(path, date(2023, 3, 18), due=True)
    assert final.made == 1 and final.why == {Why.DATA: 1} and not final.told
    assert "DỰ THẢO" not in "".join(texts_of(report.read_bytes()))


def test_a_due_date_by_expected_days_off_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = "cong_viec:\n  - {plan: ke-hoach/a, kind: bao_cao, period: 2025-Q1, truoc: 1}\n"
    path = office(tmp_path, jobs + "  - {plan: ke-hoach/a, kind: don_doc, period: 2025-Q1}\n")
    for file in (tmp_path / "ke-hoach" / "a").glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
    said = "hạn gửi 18/03/2025 theo lịch dự kiến, chưa có văn bản"

    (waiting,) = [one for one in run_once(path, date(2025, 3, 15), due=True).told if one.state is State.WAITING]
    assert waiting.message.endswith(f"; từ 17/03/2025 soạn bản dự thảo; {said}")
    made = run_once(path, date(2025, 3, 18), due=True).told
    assert {one.state for one in made} == {State.DONE}
    assert all(one.message.endswith(said) for one in made)
    assert not run_once(path, date(2025, 3, 18), due=True).made


def test_what_hangs_on_expected_days_off_is_made_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = "cong_viec:\n" + "".join(
        f"  - {{plan: ke-hoach/a, kind: {kind}, period: {year}-Q1}}\n"
        for kind in ("bao_cao", "don_doc")
        for year in (2025, 2026)
    )
    path = office(tmp_path, jobs)
    plan = tmp_path / "ke-hoach" / "a"

    def found() -> dict[str, set[str]]:
        jobs = jobs_of(path, date(2026, 6, 1))
        return {year: {job.inputs for job in jobs if job.key.period == f"{year}-Q1"} for year in ("2025", "2026")}

    before, stamp = found(), stamp_of(plan, ())
    renewed = read_holidays_of(tmp_path, "nam: 2025\nnguon: x\ndo_tin_cay: A\nnghi:\n  - {ngay: 18/03/2025, ten: x}\n")
    monkeypatch.setattr("docgen.model.periods.holidays.expected_holidays", lambda _year: renewed)
    monkeypatch.setattr("docgen.batch.survey.version", lambda _name: "newer")
    after = found()
    assert not before["2025"] & after["2025"]
    assert before["2026"] == after["2026"] and all(before.values())
    assert stamp_of(plan, ()) != stamp


def read_holidays_of(folder: Path, text: str) -> Holidays:
    """The days off that a file of 2025 says."""
    (folder / "danh-muc" / "ngay_nghi").mkdir(parents=True)
    (folder / "danh-muc" / "ngay_nghi" / "2025.yaml").write_text(text, encoding="utf-8")
    found = read_holidays(2025, None, folder / "danh-muc")
    assert found is not None
    return found


def texts_of(document: bytes) -> list[str]:
    """The texts of all parts of a document, and of its drawn words."""
    with ZipFile(BytesIO(document)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/")]
    return [str(text) for part in parts for text in fromstring(part.encode()).xpath("//text() | //@string")]
