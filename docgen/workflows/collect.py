"""``docgen collect``: reads the forms that units sent back, checks them together, and writes one progress file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from docgen.base.files import refusal, remove_leftovers, replace_file
from docgen.base.locale import translate as _
from docgen.base.locks import Holder, exclusive
from docgen.errors import DataError, OutputError, Place, Problem, Severity, SourceError, UsageError
from docgen.errors import Path as ModelPath
from docgen.model.periods.scheme import Scheme
from docgen.model.plan.organisation import Unit
from docgen.model.progress.merge import Difference, Merged, Said, by_unit, differences, merge
from docgen.model.progress.progress import ProgressFile, Receipt, Receipts
from docgen.model.progress.progress_conflicts import check_progress
from docgen.model.progress.progress_rules import Checked
from docgen.readers.excel.form_words import in_progress_words, sorted_progress_problems
from docgen.readers.excel.progress_book import Returned, read_returned
from docgen.readers.excel.xlsx import read_book
from docgen.readers.progress_folder import LoadedProgress
from docgen.readers.scheme_file import read_scheme
from docgen.readers.tree import Places
from docgen.readers.yaml.writer import write_progress, write_receipts
from docgen.wording.dates import format_clock
from docgen.workflows.build import shipped_data
from docgen.workflows.progress_form import OpenPeriod, Step, bytes_of
from docgen.writers.seal import edited_by_hand

#: The end of an annotated copy's name.
ANNOTATED_END = ".loi.xlsx"
#: Seconds to wait for another run that is writing.
_PATIENCE = 5.0
Outcome = Literal["taken", "unchanged", "superseded", "refused"]
#: Problems over several values of a record, which mean nothing if one of these couldn't be read.
_HANG_ON_RECORD = frozenset(
    ("progress.percent-and-date", "progress.contradiction", "progress.indicator", "progress.ratio")
)


@dataclass(frozen=True)
class CollectedFile:
    """The result for a file; ``changes`` are differences from its unit's earlier answer."""

    file: str
    unit: str
    outcome: Outcome
    problems: tuple[Problem, ...]
    changes: tuple[Difference, ...] = ()

    @property
    def own_problems(self) -> tuple[Problem, ...]:
        """The problems, each at its place in this file; contradictions between files have a place in both."""
        found = []
        for problem in self.problems:
            places = (problem.place, *problem.related)
            own = next((place for place in places if place.file == self.file), Place(self.file))
            found.append(problem.at(own, tuple(place for place in places if place is not own)))
        return tuple(found)


@dataclass(frozen=True)
class Collected:
    """The results of all files. ``written``: the progress was changed; ``backup`` is a copy of one edited by hand."""

    target: Path
    files: tuple[CollectedFile, ...]
    missing: tuple[Unit, ...]
    remarks: tuple[Problem, ...]
    written: bool
    backup: Path | None


def collect(
    period: OpenPeriod, files: Iterable[Path], *, now: datetime, dry_run: bool = False, step: Step | None = None
) -> Collected:
    """Merge the forms of units into the period's progress; a folder stands for the workbooks in it.

    Each file is taken or refused as a whole. ``now`` goes into the receipts, its day into ``tra_loi``; ``dry_run``
    writes nothing. Raises DataError if the progress would be wrong for a reason in none of the files, OutputError,
    UsageError.
    """
    paths = _expanded(files)
    read = []
    for number, path in enumerate(paths, 1):
        read.append(_read(path, period))
        if step is not None:
            step(number, len(paths))
    collecting = _Collecting(period, read, now.date())
    collecting.run()
    results, receipts = collecting.results(now)
    changed = collecting.merged.file != period.before or (period.stood[0] is None and bool(collecting.taken))
    backup = None
    if not dry_run and (changed or receipts):
        joined = Receipts(receipts=(*period.receipts.receipts, *receipts))
        backup = _write(period, collecting.merged.file if changed else None, joined if receipts else None)
    answered = {period.questions.units.find(one.unit, period.before.start, period.before.end)
                for one in collecting.merged.file.answers}  # fmt: skip
    answered |= set(by_unit(collecting.merged.file, period.questions.units))
    missing = tuple(unit for unit in period.questions.expected if unit.code not in answered)
    return Collected(period.target, results, missing, collecting.remarks, changed and not dry_run, backup)


def _expanded(files: Iterable[Path]) -> list[Path]:
    """The files, and those in folders, each once, sorted. Raises UsageError if there is none."""
    found: dict[Path, Path] = {}
    for path in files:
        for one in filter(_is_returned, path.glob("*.xlsx")) if path.is_dir() else [path]:
            found.setdefault(one.resolve(), one)
    if not found:
        message, hint = _("không có tệp .xlsx nào để thu"), _("ghi tên tệp, hoặc thư mục chứa các tệp đơn vị gửi về")
        raise UsageError(Problem("collect.no-files", message, hint))
    return sorted(found.values())


def _is_returned(path: Path) -> bool:
    """Whether to collect a workbook in a folder: not lock files, nor annotated copies that nobody edited."""
    if path.name.startswith(("~$", ".")):
        return False
    return not path.name.endswith(ANNOTATED_END) or edited_by_hand(bytes_of(path) or b"")


def _read(path: Path, period: OpenPeriod) -> Returned:
    shown = path.as_posix()
    try:
        return read_returned(read_book(path, shown), period.questions, period.plan_hash)
    except SourceError as error:
        return Returned(shown, "", problems=list(error.problems))


@dataclass
class _Collecting:
    """Forms that were read, being merged into one progress."""

    period: OpenPeriod
    read: list[Returned]
    today: date
    taken: dict[str, Returned] = field(default_factory=dict)
    superseded: set[int] = field(default_factory=set)
    remarks: tuple[Problem, ...] = ()

    def run(self) -> None:
        """Decide which files are taken."""
        self._check_refused()
        by_code: dict[str, list[Returned]] = {}
        for one in self.read:
            if one.unit and not one.refused:
                by_code.setdefault(one.unit, []).append(one)
        for unit, files in by_code.items():
            chosen = self._choose(unit, files)
            if chosen is not None:
                self.taken[unit] = chosen
        self._merge()
        while self._refuse_wrong():
            self._merge()

    def _merge(self) -> None:
        answers = {unit: said for unit, one in self.taken.items() if (said := _said(one)) is not None}
        self.merged: Merged = merge(self.period.before, answers, self.period.questions, self.today)

    def _check_refused(self) -> None:
        """Check the forms that are refused already against the rules too, so that all problems are reported at once."""
        wrong = {one.unit: one for one in self.read if one.refused and one.unit and one.said is not None}
        if not wrong:
            return
        empty = replace(self.period.before, tasks=(), indicators=(), statistics=(), texts=(), answers=())
        answers = {unit: said for unit, one in wrong.items() if (said := _said(one)) is not None}
        merged = merge(empty, answers, self.period.questions, self.today)
        for problem, units in self._found(merged, wrong, alone=True):
            for unit in units:
                wrong[unit].problems.append(problem)

    def _refuse_wrong(self) -> bool:
        """Refuse the forms that cause errors, and return whether there were any. Raises DataError for other errors."""
        refused: set[str] = set()
        remarks: list[Problem] = []
        for problem, units in self._found(self.merged, self.taken):
            if not units:
                remarks.append(problem)
                continue
            for unit in units:
                self.taken[unit].problems.append(problem)
            if problem.severity is Severity.ERROR:
                refused |= units
        if errors := [one for one in remarks if one.severity is Severity.ERROR]:
            raise DataError(errors)
        for unit in refused:
            del self.taken[unit]
        self.remarks = tuple(dict.fromkeys(remarks))
        return bool(refused)

    def _found(
        self, merged: Merged, returned: Mapping[str, Returned], *, alone: bool = False
    ) -> list[tuple[Problem, set[str]]]:
        """The problems that the rules find, each with the units whose forms cause it."""
        code = self.period.questions.period.code
        before = self.period.progress
        files = {code: merged.file} if alone else {**before.value.files, code: merged.file}
        progress = replace(before.value, files=files)
        schemes = {**before.schemes, **self._own_scheme()}
        checked = Checked(self.period.loaded.value, progress, schemes)
        places = _MergedPlaces(code, merged, returned, before)
        found = []
        for problem in check_progress(checked):
            paths = [place.path for place in (problem.place, *problem.related)]
            units = {places.unit_at(path) for path in paths} - {""}
            if any(places.in_hole(path, problem.code) for path in paths) or (alone and not units):
                continue
            placed = problem.at(places.at(paths[0]), tuple(places.at(path) for path in paths[1:]))
            found.append((in_progress_words(placed), units))
        return found

    def _own_scheme(self) -> dict[str, Scheme]:
        name = self.period.before.scheme
        known = self.period.progress.schemes.get(name)
        return {name: known or read_scheme(name, self.period.loaded.folder, shipped_data())}

    def _choose(self, unit: str, files: list[Returned]) -> Returned | None:
        """The form of a unit that counts: of several the one that is new; None if several differing ones are."""
        known = [receipt.digest for receipt in self.period.receipts.of_unit(unit)]
        new = [one for one in files if one.digest not in known]
        if len({one.digest for one in new}) > 1 and any(one.said != new[0].said for one in new):
            names = ", ".join(Path(one.file).name for one in new)
            message = _("có {n} tệp khác nhau của cùng một đơn vị: {names}").format(n=len(new), names=names)
            for one in new:
                hint = _("giữ một tệp, chuyển tệp kia đi rồi thu lại")
                one.problems.append(Problem("collect.two-files", message, hint, Place(one.file)))
            self.superseded |= {id(one) for one in files if one not in new}
            return None
        latest = [one for one in files if known and one.digest == known[-1]]
        chosen = (new or latest or files)[0]
        self.superseded |= {id(one) for one in files if one is not chosen}
        return chosen

    def results(self, now: datetime) -> tuple[tuple[CollectedFile, ...], list[Receipt]]:
        """The result for each file, and the receipts of new ones."""
        before = by_unit(self.period.before, self.period.questions.units)
        last = {receipt.unit: receipt for receipt in self.period.receipts.receipts}
        results, receipts = [], []
        for one in self.read:
            outcome: Outcome = "refused"
            changes: tuple[Difference, ...] = ()
            if self.taken.get(one.unit) is one and (said := _said(one)) is not None:
                earlier = last.get(one.unit)
                if one.unit in before:
                    changes = tuple(differences(before[one.unit], said))
                seen = earlier is not None and earlier.digest == one.digest
                outcome = "unchanged" if seen and not changes else "taken"
                if not seen:
                    receipts.append(_receipt(one, now, earlier, len(changes) if one.unit in before else None))
            elif id(one) in self.superseded:
                outcome = "superseded"
            results.append(CollectedFile(one.file, one.unit, outcome, sorted_progress_problems(one.problems), changes))
        return tuple(results), receipts


def _said(one: Returned) -> Said | None:
    return Said(one.said, one.asked) if one.said is not None else None


def _receipt(one: Returned, now: datetime, earlier: Receipt | None, changes: int | None) -> Receipt:
    return Receipt(
        unit=one.unit,
        file=Path(one.file).name,
        digest=one.digest,
        on=now.date(),
        at=now.strftime("%H:%M:%S"),
        replaces=earlier.digest if earlier is not None else None,
        changes=changes,
    )


@dataclass(frozen=True)
class _MergedPlaces:
    """Places of values in a merged progress: cells of forms, or lines of the file before."""

    period: str
    merged: Merged
    returned: Mapping[str, Returned]
    before: LoadedProgress

    def at(self, path: ModelPath) -> Place:
        """The place of a value of the progress or plan."""
        origin = self._origin(path)
        places: Places = self.before.places
        if origin is None:
            return places.at(path)
        if origin[0]:
            return self.returned[origin[0]].places.at(origin[1])._replace(path=path)
        return places.at((*path[:2], *origin[1]))._replace(path=path)

    def unit_at(self, path: ModelPath) -> str:
        """The unit whose form a value comes from; "" for other values."""
        origin = self._origin(path)
        return origin[0] if origin is not None else ""

    def in_hole(self, path: ModelPath, code: str) -> bool:
        """Whether a problem depends on a value that couldn't be read, which is reported already."""
        origin = self._origin(path)
        if origin is None or not origin[0]:
            return False
        unit, own = origin
        holes = [hole for hole in self.returned[unit].holes if hole[:2] == own[:2]]
        return bool(holes) and (
            len(own) == 2 or code in _HANG_ON_RECORD or any(own[: len(hole)] == hole for hole in holes)
        )

    def _origin(self, path: ModelPath) -> tuple[str, ModelPath] | None:
        if path[:2] != ("ky", self.period) or len(path) < 4:
            return None
        origin = self.merged.origins[str(path[2])][int(path[3])]
        return origin.unit, (path[2], origin.place, *path[4:])


def _write(period: OpenPeriod, file: ProgressFile | None, receipts: Receipts | None) -> Path | None:
    """Write the progress, then the receipts, so that after a kill in between the same files can be collected again.

    Returns the backup of a file edited by hand. Raises OutputError, also if a file was changed meanwhile.
    """
    target, kept_at = period.target, period.receipts_file
    try:
        kept_at.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(refusal(kept_at, error)) from None
    backup = None
    lock = kept_at.parent / ".dang-thu"
    with exclusive(lock, partial(_busy, lock), patience=_PATIENCE):
        remove_leftovers([target, kept_at])
        for path, stood in ((target, period.stood[0]), (kept_at, period.stood[1])):
            if bytes_of(path) != stood:
                message = _("tệp này vừa bị thay đổi trong khi đang thu; chưa ghi gì")
                raise OutputError(Problem("collect.changed", message, _("chạy lại lệnh"), Place(path.as_posix())))
        if file is not None:
            before = (period.stood[0] or b"").decode("utf-8", "replace")
            backup = _backed_up(period, before)
            replace_file(target, write_progress(file, before).encode())
        if receipts is not None:
            replace_file(kept_at, write_receipts(receipts).encode())
    return backup


def _busy(lock: Path, holder: Holder) -> Problem:
    message = _("một lệnh docgen khác đang ghi ở đây (tiến trình {pid}, từ {time})")
    message = message.format(pid=holder.process or "?", time=format_clock(holder.since))
    return Problem("output.locked", message, _("chờ lệnh kia xong rồi chạy lại"), Place(lock.as_posix()))


def _backed_up(period: OpenPeriod, before: str) -> Path | None:
    """Save a copy of a progress file that was edited by hand, if it was."""
    if period.stood[0] is None or write_progress(period.before, before) == before:
        return None
    names = (
        period.target.with_name(f"{period.target.name}.bak{end}") for end in ("", *(f"-{n}" for n in range(2, 999)))
    )
    backup = next(path for path in names if not path.exists())
    replace_file(backup, period.stood[0])
    return backup
