"""Whatever is done to the text of a plan, it is read or refused with a place; nothing else ever comes out."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError, Place
from docgen.model.plan.plan import Plan
from docgen.model.plan.rules import check_plan
from docgen.readers.convert import Conversion
from docgen.readers.tree import Mapping
from docgen.readers.yaml.reader import parse_yaml, read_text
from tests.conftest import BASE

QUICK = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = st.sampled_from(
    ['"', "'", ":", ": ", "- ", "\t", "\n", "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "#", "\\", "---",
     "?", "\x00", "\x07", "\u2028", "\ufeff", "😀", "İ", "…", "<<: *a", "9" * 30, "-1", "  ", "", "~"]
)  # fmt: skip


@cache
def base(name: str) -> str:
    return (BASE / name).read_text(encoding="utf-8")


def read(plan_text: str, units_text: str, decision_text: str) -> None:
    """What reading a plan's folder does, without the folder."""
    try:
        root, problems = parse_yaml(plan_text, "ke-hoach.yaml")
        for key, text in (("co_quan", units_text), ("quyet_dinh", decision_text)):
            tree, more = parse_yaml(text, f"{key}.yaml")
            problems += more
            if isinstance(root, Mapping):
                root.items[key], root.keys[key] = tree, tree.place
    except DocgenError as error:
        problems = list(error.problems)
    else:
        conversion = Conversion(problems=problems)
        plan = conversion.record(root, Plan)
        assert plan is not None or problems, "refused without a word"
        assert all(problem.code != "data.refused" for problem in problems)
        if plan is not None:
            problems += check_plan(plan)
    for problem in problems:
        assert problem.message
        assert str(problem)
        assert problem.to_json()
        assert problem.place.path or problem.place.file
        assert problem.place.line is None or problem.place.line >= 1


def mutated(text: str, at: int, length: int, piece: str) -> str:
    at %= len(text) + 1
    return text[:at] + piece + text[at + length :]


LENGTHS = st.sampled_from([0, 1, 1, 5, 60, 9999])
MUTATION = st.tuples(st.integers(0, 2000), LENGTHS, PIECES | st.characters(codec="utf-8"))


@QUICK
@given(st.lists(MUTATION, min_size=1, max_size=3))
def test_a_plan_with_changed_characters(changes: list[tuple[int, int, str]]) -> None:
    text = base("ke-hoach.yaml")
    for change in changes:
        text = mutated(text, *change)
    read(text, base("don-vi.yaml"), base("quyet-dinh.yaml"))


@QUICK
@given(MUTATION, MUTATION)
def test_units_and_decision_with_changed_characters(
    units: tuple[int, int, str], decision: tuple[int, int, str]
) -> None:
    read(base("ke-hoach.yaml"), mutated(base("don-vi.yaml"), *units), mutated(base("quyet-dinh.yaml"), *decision))


def test_a_plan_cut_off_anywhere() -> None:
    text = base("ke-hoach.yaml")
    for end in range(0, len(text), 7):
        read(text[:end], base("don-vi.yaml"), base("quyet-dinh.yaml"))


def test_each_line_left_out_or_doubled_or_moved_in() -> None:
    lines = base("ke-hoach.yaml").splitlines(keepends=True)
    for number, line in enumerate(lines):
        for instead in ("", line + line, "  " + line, line[1:], line.replace(":", " "), line.replace(": ", ":")):
            read(
                "".join([*lines[:number], instead, *lines[number + 1 :]]), base("don-vi.yaml"), base("quyet-dinh.yaml")
            )


@QUICK
@given(st.binary(max_size=200) | st.sampled_from([b"\xff\xfe", b"\xfe\xff\x00", b"\xef\xbb\xbf", b"\x00" * 9]))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any-bytes.yaml"
    path.write_bytes(content)
    try:
        parse_yaml(read_text(path, "x.yaml"), "x.yaml")
    except DocgenError as error:
        assert isinstance(error.problems[0].place, Place)
