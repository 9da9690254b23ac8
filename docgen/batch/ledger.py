"""The ledger: the outcome of every job, in one SQLite file beside the jobs file that survives kills and power cuts.

Outcomes are recorded in groups, each one transaction, which is on the disk when :meth:`Ledger.record` returns. The
journal is SQLite's rollback journal: it also works on a network share, and is removed after each transaction.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from docgen.base.locale import translate as _
from docgen.base.locks import Holder, exclusive
from docgen.batch.job import Key, Outcome, State
from docgen.errors import OutputError, Place, Problem
from docgen.wording.dates import format_clock

#: SQLite's application id of ledgers ("dgLD"), and the version of their schema.
_APPLICATION = 0x64674C44
_VERSION = 1
_PATIENCE = 10.0
#: How many of the latest jobs are searched for messages, and how many messages are returned.
_LATEST, _MESSAGES = 20_000, 20
_KEYS, _COLUMNS = Key._fields, tuple(one.name for one in fields(Outcome))[1:]
_SCHEMA = f"""
CREATE TABLE jobs (
    plan TEXT NOT NULL, kind TEXT NOT NULL, scheme TEXT NOT NULL, period TEXT NOT NULL, unit TEXT NOT NULL,
    state TEXT NOT NULL, target TEXT NOT NULL, inputs TEXT NOT NULL, template TEXT NOT NULL, written TEXT NOT NULL,
    output TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, pdf TEXT NOT NULL,
    attempts INTEGER NOT NULL, seconds REAL NOT NULL, finished TEXT NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY ({", ".join(_KEYS)})
);
CREATE INDEX by_state ON jobs (state, finished);
CREATE INDEX by_message ON jobs (state, finished) WHERE message <> '';
CREATE TABLE plans (plan TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (number INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, summary TEXT NOT NULL);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""
#: Columns about the written file, which keep their values when a later try writes nothing.
_OF_FILE = ("written", "output", "size", "modified", "pdf")
_NOTHING_WRITTEN = "excluded.written = '' AND excluded.state IN ('failed', 'refused')"
_UPDATES = {
    **{name: f"excluded.{name}" for name in _COLUMNS},
    **{name: f"CASE WHEN {_NOTHING_WRITTEN} THEN {name} ELSE excluded.{name} END" for name in _OF_FILE},
    "attempts": "CASE WHEN inputs = excluded.inputs AND template = excluded.template"
    " THEN attempts + excluded.attempts ELSE excluded.attempts END",
}
_UPSERT = (
    f"INSERT INTO jobs VALUES ({', '.join('?' * (len(_KEYS) + len(_COLUMNS)))})"  # noqa: S608 - our own names only
    f" ON CONFLICT DO UPDATE SET {', '.join(f'{name} = {value}' for name, value in _UPDATES.items())}"
)


@dataclass(frozen=True)
class PastRun:
    """A run: its start and end (UTC, ISO 8601; the end is "" if it was cut off) and its summary as JSON."""

    started: str
    finished: str
    summary: str


class CommonMessage(NamedTuple):
    """A message that jobs of one state have in common: how many, and the plan and target of one of them."""

    message: str
    jobs: int
    plan: str
    target: str


class Ledger:
    """An open ledger; see :meth:`open`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path

    @classmethod
    @contextmanager
    def in_memory(cls) -> Iterator["Ledger"]:
        """An empty ledger without a file, for a dry run."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.isolation_level = None
            ledger = cls(connection, Path(":memory:"))
            ledger._begin(reading=False)
            yield ledger

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, reading: bool = False) -> Iterator["Ledger"]:
        """Open a ledger; a missing one is created unless ``reading``.

        Raises OutputError if the file isn't a ledger, is damaged, was written by another version, or is missing.
        """
        with _sqlite_errors(path):
            # To roll back what a killed run left in the journal, even a reader must be able to write.
            mode = "ro" if not os.access(path, os.W_OK) else "rw"
            opened = f"{path.as_uri()}?mode={mode}" if reading else f"{path.as_uri()}?mode=rwc"
            connection = sqlite3.connect(opened, uri=True, timeout=_PATIENCE)
        try:
            connection.isolation_level = None
            ledger = cls(connection, path)
            with _sqlite_errors(path):
                ledger._begin(reading=reading)
            yield ledger
        finally:
            connection.close()

    def _begin(self, *, reading: bool) -> None:
        run = self._connection.execute
        (application,), (version,) = run("PRAGMA application_id").fetchone(), run("PRAGMA user_version").fetchone()
        empty = not run("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        if empty and not application and reading:
            raise OutputError(no_ledger(self.path))
        if empty and not application:
            run("PRAGMA journal_mode = DELETE")
            self._connection.executescript(f"BEGIN;{_SCHEMA}COMMIT;")
        elif application != _APPLICATION:
            message, hint = _("tệp này không phải sổ công việc của docgen"), _("dời hoặc đổi tên tệp đó rồi chạy lại")
            raise OutputError(Problem("batch.no-ledger", message, hint, Place(self.path.as_posix())))
        elif version != _VERSION:
            message = _("sổ công việc này do phiên bản docgen khác ghi")
            hint = _("dùng phiên bản docgen đã ghi sổ, hoặc đổi tên sổ rồi chạy lại: tệp đã soạn vẫn được nhận ra")
            raise OutputError(Problem("batch.ledger-version", message, hint, Place(self.path.as_posix())))
        if not reading:
            run("PRAGMA synchronous = EXTRA")
        run("PRAGMA cache_size = -65536")

    def plans(self) -> dict[str, str]:
        """The surveys of all plans, as JSON by the plan's path."""
        with _sqlite_errors(self.path):
            return dict(self._connection.execute("SELECT plan, facts FROM plans"))

    def remember_plans(self, surveys: Mapping[str, str]) -> None:
        """Store surveys of plans, as JSON by the plan's path."""
        with self._transaction() as run:
            run.executemany("INSERT OR REPLACE INTO plans VALUES (?, ?)", surveys.items())

    def outcomes_of(self, plan: str) -> dict[Key, Outcome]:
        """The outcomes of a plan's jobs."""
        with _sqlite_errors(self.path):
            rows = self._connection.execute("SELECT * FROM jobs WHERE plan = ?", (plan,))
            return {found.key: found for found in map(_outcome, rows)}

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Store outcomes, replacing earlier ones; they are on the disk when this returns. Raises OutputError.

        ``attempts`` are added to the earlier ones while inputs and template are the same.
        """
        with self._transaction() as run:
            run.executemany(_UPSERT, [(*one.key, *astuple(one)[1:]) for one in outcomes])

    def counts(self) -> dict[State, int]:
        """The number of jobs in each state."""
        with _sqlite_errors(self.path):
            found = dict(self._connection.execute("SELECT state, count(*) FROM jobs GROUP BY state"))
        return {state: found.get(state.value, 0) for state in State}

    def messages(self, state: State) -> list[CommonMessage]:
        """The messages of the latest jobs in a state, the most frequent first."""
        query = (
            "SELECT message, count(*), min(plan), min(target) FROM"
            " (SELECT message, plan, target FROM jobs WHERE state = ? AND message <> '' ORDER BY finished DESC LIMIT ?)"
            " GROUP BY message ORDER BY 2 DESC, 1 LIMIT ?"
        )
        with _sqlite_errors(self.path):
            return [CommonMessage(*row) for row in self._connection.execute(query, (state, _LATEST, _MESSAGES))]

    def forget(self, keys: Sequence[Key]) -> None:
        """Delete jobs that the jobs file no longer names."""
        if keys:
            with self._transaction() as run:
                where = " AND ".join(f"{name} = ?" for name in _KEYS)
                run.executemany(f"DELETE FROM jobs WHERE {where}", keys)  # noqa: S608 - our own names only

    def forget_others(self, plans: Iterable[str]) -> None:
        """Delete the survey and jobs of all other plans, except jobs that wrote a file."""
        with self._transaction() as run:
            run.execute("CREATE TEMP TABLE IF NOT EXISTS here (plan TEXT PRIMARY KEY)")
            run.execute("DELETE FROM here")
            run.executemany("INSERT INTO here VALUES (?)", ((plan,) for plan in plans))
            run.execute("DELETE FROM jobs WHERE written = '' AND plan NOT IN (SELECT plan FROM here)")
            run.execute("DELETE FROM plans WHERE plan NOT IN (SELECT plan FROM here)")

    def begin_run(self) -> int:
        """Record the start of a run, and return its number for :meth:`end_run`."""
        with self._transaction() as run:
            run.execute("INSERT INTO runs (started, finished, summary) VALUES (?, '', '{}')", (now(),))
            number = run.lastrowid
            assert number is not None
            run.execute("DELETE FROM runs WHERE number <= ?", (number - 100,))
        return number

    def end_run(self, number: int, summary: str) -> None:
        """Record the end of a run with its summary as JSON."""
        with self._transaction() as run:
            run.execute("UPDATE runs SET finished = ?, summary = ? WHERE number = ?", (now(), summary, number))

    def last_run(self) -> PastRun | None:
        """The latest run, by number: the clock may have been wrong."""
        with _sqlite_errors(self.path):
            query = "SELECT started, finished, summary FROM runs ORDER BY number DESC LIMIT 1"
            row = self._connection.execute(query).fetchone()
        return PastRun(*row) if row is not None else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with _sqlite_errors(self.path):
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    cursor.execute("ROLLBACK")
                raise


def no_ledger(path: Path) -> Problem:
    """The problem that the jobs file was never run."""
    message, hint = _("chưa có sổ: tệp công việc này chưa chạy lần nào"), _("chạy `docgen batch run`")
    return Problem("batch.no-ledger", message, hint, Place(path.as_posix()))


def now() -> str:
    """The current time in UTC, as ISO 8601 text."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def clock_time(text: str) -> str:
    """A time from :func:`now` in local time, for people."""
    return format_clock(datetime.fromisoformat(text))


def _outcome(row: Sequence[Any]) -> Outcome:
    try:
        return Outcome(Key._make(row[:5]), State(row[5]), *row[6:])
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from None


@contextmanager
def _sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into OutputError. Nothing is ever deleted to get rid of one."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        reason = str(error)
        if "full" in reason or "disk I/O" in reason:
            message = _("không ghi được vào sổ công việc: hết chỗ trên đĩa")
            hint = _("dọn đĩa rồi chạy lại đúng lệnh đó")
        elif "locked" in reason or "busy" in reason:
            message, hint = _("sổ công việc đang bị một chương trình khác giữ"), _("đóng chương trình đó rồi chạy lại")
        elif "unable to open" in reason or "readonly" in reason:
            message = _("không mở được sổ công việc")
            hint = _("kiểm tra tệp và thư mục có đó và có quyền ghi; chưa chạy lần nào thì chưa có sổ")
        else:
            message = _("sổ công việc bị hỏng ({reason})").format(reason=reason)
            hint = _("đổi tên sổ rồi chạy lại đúng lệnh đó: tệp đã soạn mà không đổi thì không ghi lại")
        raise OutputError(Problem("batch.ledger", message, hint, Place(path.as_posix()))) from None


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold a ledger's lock file, so that one run goes on at a time. Raises OutputError; see :func:`exclusive`."""
    with exclusive(path, partial(_running, path), patience=_PATIENCE):
        yield


def _running(path: Path, holder: Holder) -> Problem:
    message = _("một lệnh docgen batch khác (tiến trình {pid}, từ {time}) đang chạy với sổ này")
    hint = _("chờ lệnh kia xong rồi chạy lại; xem `docgen batch status`")
    message = message.format(pid=holder.process or "?", time=format_clock(holder.since))
    return Problem("batch.running", message, hint, Place(path.as_posix()))
