"""Opens a period of a plan, and writes the forms in which units report their progress."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import __version__
from docgen.base.locale import translate as _
from docgen.errors import OutputError, Place, Problem, UsageError
from docgen.model.periods.scheme import window
from docgen.model.plan.organisation import Unit
from docgen.model.progress.merge import by_unit
from docgen.model.progress.progress import ProgressFile, Receipts
from docgen.model.progress.questions import Questions
from docgen.readers.excel.progress_form import progress_sheets
from docgen.readers.named_files import read_list
from docgen.readers.plan_folder import Loaded
from docgen.readers.progress_folder import PROGRESS_FOLDER, LoadedProgress, read_progress
from docgen.readers.yaml.writer import RECEIPTS_FOLDER
from docgen.workflows.build import load_plan, shipped_data, unit_named
from docgen.workflows.report import asked_period, chosen_scheme
from docgen.writers.form_workbook import form_workbook_bytes
from docgen.writers.seal import data_hash
from docgen.writers.write import Written, write_documents

#: A function called with the number of files done and of all files.
Step = Callable[[int, int], None]


@dataclass(frozen=True)
class OpenPeriod:
    """A period of a plan with what was read for it; ``stood`` are the bytes of its progress and receipts files."""

    loaded: Loaded
    progress: LoadedProgress
    questions: Questions
    before: ProgressFile
    receipts: Receipts
    stood: tuple[bytes | None, bytes | None]
    plan_hash: str

    @property
    def target(self) -> Path:
        """The path of the period's progress file."""
        return self.progress.folder / f"{self.questions.period.code}.yaml"

    @property
    def receipts_file(self) -> Path:
        """The path of the period's receipts file."""
        return self.progress.folder / RECEIPTS_FOLDER / f"{self.questions.period.code}.yaml"


@dataclass(frozen=True)
class Formed:
    """Written forms, forms kept because they are filled in, and units with nothing to report."""

    written: tuple[Written, ...]
    kept: tuple[Path, ...]
    idle: tuple[Unit, ...]
    remarks: tuple[Problem, ...]


def open_period(
    plan: Loaded | str | Path, period: str, *, scheme: str | None = None, progress: Path | None = None
) -> OpenPeriod:
    """Read a plan, its progress and the receipts of a period.

    ``scheme`` is by default that of the period's progress file, else of other periods, else nd09. Raises SourceError,
    DataError, UsageError.
    """
    loaded = plan if isinstance(plan, Loaded) else load_plan(plan)
    asked = asked_period(period)
    folder = progress if progress is not None else loaded.folder / PROGRESS_FOLDER
    names = (folder / f"{asked.code}.yaml", folder / RECEIPTS_FOLDER / f"{asked.code}.yaml")
    stood = (bytes_of(names[0]), bytes_of(names[1]))  # before reading, so that later changes are noticed
    read = read_progress(loaded, progress, shipped_data())
    file = read.value.files.get(asked.code)
    if file is None:
        chosen = chosen_scheme(loaded, read, asked, scheme)
        days = window(chosen, asked, working_days=False)
        file = ProgressFile(scheme=chosen.code, start=days.start, end=days.end)
    elif scheme is not None and scheme != file.scheme:
        message = _("tien-do/{period}.yaml theo chế độ “{found}”, không phải “{asked}”").format(
            period=asked.code, found=file.scheme, asked=scheme
        )
        raise UsageError(Problem("collect.scheme", message, _("bỏ --scheme, hoặc sửa luoc_do của tệp đó")))
    questions = Questions(loaded.value, asked, file.scheme, file.start, file.end, read.value.form)
    shown = f"{folder.name}/{RECEIPTS_FOLDER}/{asked.code}.yaml"
    receipts = read_list(names[1], shown, Receipts).value if stood[1] is not None else Receipts()
    return OpenPeriod(loaded, read, questions, file, receipts, stood, data_hash(loaded.value))


def bytes_of(path: Path) -> bytes | None:
    """The bytes of a file, None if it can't be read."""
    try:
        return path.read_bytes()
    except OSError:  # missing, or reported when it is parsed
        return None


def write_progress_forms(
    period: OpenPeriod, out: Path, *, units: Sequence[str] = (), force: bool = False, step: Step | None = None
) -> Formed:
    """Write a form for each unit that must answer, or for ``units`` (names or codes).

    A unit's earlier answer is filled in. Forms that were edited are kept unless ``force``. Raises OutputError,
    UsageError.
    """
    questions = period.questions
    asked = [unit_named(questions.plan, name) for name in units] or list(questions.expected)
    by_code = {unit.code for unit in asked if questions.tasks.get(unit.code) or questions.indicators.get(unit.code)}
    idle = tuple(unit for unit in (asked if units else _singles(questions)) if unit.code not in by_code)
    said = by_unit(period.before, questions.units)
    files: dict[Path, bytes] = {}
    for number, unit in enumerate(asked, 1):
        if unit.code in by_code:
            content = _form(period, unit, said.get(unit.code))
            files[out / f"{questions.plan.code}-{questions.period.code}-{unit.code}.xlsx"] = content
        if step is not None:
            step(number, len(asked))
    written = write_documents(files, force=force, proved=True)
    kept = tuple(one.target for one in written if one.kept)
    return Formed(tuple(written), kept, idle, period.progress.remarks)


def _singles(questions: Questions) -> list[Unit]:
    """The single units in force at the end of the window, except the issuing office."""
    organisation = questions.plan.organisation
    codes = [unit.code for unit in organisation.units if not unit.is_group]
    standing = {code for code in codes if questions.units.members([code], questions.end) == (code,)}
    return [one for one in organisation.units if one.code in standing and one.code != organisation.issuing_agency]


def _form(period: OpenPeriod, unit: Unit, earlier: ProgressFile | None) -> bytes:
    questions = period.questions
    sheets = progress_sheets(questions, unit, period.plan_hash, earlier)
    title = f"Báo cáo {questions.period.name} - {unit.name}"
    try:
        return form_workbook_bytes(sheets, title=title, created=questions.start, version=__version__)
    except ValueError:
        message = _("có lời văn dài quá, một ô Excel không chứa được (quá 32.767 ký tự)")
        place = Place(f"{period.loaded.name}/{period.target.parent.name}/{period.target.name}")
        raise OutputError(Problem("collect.too-long", message, _("rút ngắn lời văn của đơn vị"), place)) from None
