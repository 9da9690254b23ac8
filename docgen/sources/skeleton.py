"""A new plan's files from a skeleton or an old plan: comments stay; numbers, dates and signers are cleared."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from docgen.errors import Place, Problem, SourceError
from docgen.locale import translate as _
from docgen.sources.plan_folder import (
    DECISION_FILE,
    DOCUMENTS_FOLDER,
    FIELDS_FOLDER,
    ORGANISATION_FILE,
    PLAN_FILE,
)
from docgen.sources.yaml_reader import parse_yaml, read_text

#: Keys whose value doesn't carry over, by the key of the mapping that they stand in ("" for any).
_CLEARED = frozenset(
    (
        ("van_ban", "so"),
        ("van_ban", "ngay"),
        ("nguoi_ky", "ho_ten"),
        ("thu_truong", "ho_ten"),
        ("", "dan_chieu"),
    )
)
_OWN_FILES = (PLAN_FILE, ORGANISATION_FILE, DECISION_FILE)
_OWN_FOLDERS = (DOCUMENTS_FOLDER, FIELDS_FOLDER)


@dataclass(frozen=True)
class _Edit:
    """A span of lines and columns, 0-based and half-open as libyaml marks it, and what to put there."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def read_skeleton(folder: Path, year: int | None, *, whole: bool) -> dict[str, str]:
    """The files of a new plan, by name relative to its folder.

    ``year`` replaces the plan's year; with ``whole``, as for a skeleton of ours, wherever the text names that year.
    An office's own text is left as its author wrote it, and `docgen validate` points out the years in it.
    Raises SourceError.
    """
    if not (folder / PLAN_FILE).exists():
        message = _("thư mục không có tệp {file}").format(file=PLAN_FILE)
        raise SourceError(
            Problem("plan.missing", message, _("chọn thư mục của một kế hoạch"), Place(folder.as_posix()))
        )
    paths = [folder / name for name in _OWN_FILES if (folder / name).exists()]
    paths += [path for name in _OWN_FOLDERS for path in sorted((folder / name).glob("*.yaml"))]
    texts = {path.relative_to(folder).as_posix(): read_text(path, path.as_posix()) for path in paths}
    old_year = _value_of(texts[PLAN_FILE], "nam")
    files = {}
    for name, text in texts.items():
        parse_yaml(text, name)
        text = _cleared(text, str(year) if year is not None and name == PLAN_FILE else None)
        files[name] = text.replace(old_year, str(year)) if whole and old_year and year is not None else text
    return files


def _cleared(text: str, year: str | None) -> str:
    """The text without the values that don't carry over; everything else, comments too, to the letter."""
    lines = text.splitlines(keepends=True)
    for edit in reversed(_edits(text, year)):
        (first, left), (last, right) = edit.start, edit.end
        before = lines[first][:left].rstrip() if not edit.text else lines[first][:left]
        rest = lines[last][right:] if last < len(lines) else ""
        lines[first : last + 1] = [before + edit.text + (rest if rest.strip(" ") else "\n" if first != last else rest)]
    return "".join(lines)


def _edits(text: str, year: str | None) -> list[_Edit]:
    """What to cut, in the order of the text."""
    edits = []
    for owner, key, event in _scalars(text):
        first, last = event.start_mark, event.end_mark
        assert first is not None and last is not None  # the C parser marks every event
        start, end = (first.line, first.column), (last.line, last.column)
        if ((owner, key) in _CLEARED or ("", key) in _CLEARED) and event.value.strip():
            edits.append(_Edit(start, end, ""))
        elif (owner, key) == ("", "nam") and year is not None:
            edits.append(_Edit(start, end, year))
    return edits


def _value_of(text: str, wanted: str) -> str:
    """The value of a key at the root of a file, as typed."""
    return next((event.value for owner, key, event in _scalars(text) if (owner, key) == ("", wanted)), "")


def _scalars(text: str) -> list[tuple[str, str, yaml.ScalarEvent]]:
    """Each scalar that is the value of a key, with that key and the key of the mapping around it ("" at the root)."""
    found: list[tuple[str, str, yaml.ScalarEvent]] = []
    owners: list[tuple[str, bool]] = []  # the key under which each open collection stands, and whether it is a mapping
    key: str | None = None
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            name = key if key is not None else (owners[-1][0] if owners else "")
            owners.append((name, isinstance(event, yaml.MappingStartEvent)))
            key = None
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            owners.pop()
            key = None
        elif isinstance(event, yaml.ScalarEvent) and owners and owners[-1][1]:
            if key is None:
                key = event.value
            else:
                found.append((owners[-1][0], key, event))
                key = None
    return found
