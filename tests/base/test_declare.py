"""Records: what fits, what is refused, and what makes two of them equal."""

import os
import pickle
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pytest

from docgen.base.declare import Lines, PartialDate, Record, declarations, field
from tests.conftest import ROOT


class Part(Record):
    name: str = field("ten", "Tên", clean=lambda text: text.removesuffix(";"))
    parts: "tuple[Part, ...]" = field("phan", "Phần", default=())


class Whole(Record):
    code: str = field("ma", "Mã")
    lines: Lines = field("dong", "Dòng", default=())
    many: int | None = field("so", "Số", default=None)
    amount: Decimal | None = field("tien", "Tiền", default=None)
    day: date | None = field("ngay", "Ngày", default=None)
    month: PartialDate | None = field("thang", "Tháng", default=None)
    sure: bool = field("chac", "Chắc", default=False)
    word: Literal["a", "b"] | None = field("loai", "Loại", default=None, choices={"a": "A", "b": "B"})
    part: Part | None = field("mot", "Một", default=None)
    named: dict[str, Part] = field("co_ten", "Có tên", default={})

    @cached_property
    def shout(self) -> str:
        return self.code.upper()


ALL: dict[str, Any] = {
    "code": "x",
    "lines": ("một", "hai"),
    "many": 3,
    "amount": Decimal("1.5"),
    "day": date(2026, 1, 2),
    "month": PartialDate(2026, 1),
    "sure": True,
    "word": "a",
    "part": Part(name="y;", parts=(Part(name="z"),)),
    "named": {"k": Part(name="w")},
}


def test_a_record_of_values_by_name() -> None:
    whole = Whole(**ALL)
    assert whole.part is not None
    assert (whole.part.name, whole.part.parts[0].name, whole.named["k"].name) == ("y", "z", "w")
    assert whole.by_key()["mot"] == {"ten": "y", "phan": [{"ten": "z", "phan": []}]}
    assert Whole(code="x").by_key() == {
        declared.key: declared.default if declared.default != () else [] for declared in declarations(Whole).values()
    } | {"ma": "x"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", 3),
        ("code", None),
        ("lines", ["a"]),
        ("lines", "a"),
        ("lines", ("a", 1)),
        ("many", True),
        ("many", "3"),
        ("many", 3.0),
        ("amount", 3),
        ("amount", "3"),
        ("day", datetime(2026, 1, 2)),
        ("day", "2026-01-02"),
        ("month", date(2026, 1, 2)),
        ("sure", None),
        ("sure", 1),
        ("word", "c"),
        ("part", "y"),
        ("part", {"name": "y"}),
        ("part", Whole(code="y")),
        ("named", (Part(name="w"),)),
        ("named", {"k": "w"}),
        ("nosuch", "x"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"Whole|Part"):
        Whole(**{**ALL, name: value})
    with pytest.raises(ValueError, match=r"Whole"):
        replace(Whole(**ALL), **{name: value})


def test_records_below_are_held_to_their_fields_too() -> None:
    with pytest.raises(ValueError, match=r"Part\.parts"):
        Part(name="y", parts=[Part(name="z")])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Part has no nosuch"):
        Part(name="y", nosuch="z")  # type: ignore[call-arg]


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(ValueError, match="Whole lacks code"):
        Whole(many=3)  # type: ignore[call-arg]


def test_a_record_never_changes() -> None:
    whole = Whole(**ALL)
    with pytest.raises(AttributeError):
        whole.code = "y"  # type: ignore[misc,unused-ignore]
    with pytest.raises(AttributeError):
        del whole.code
    other = replace(whole, code="y")
    assert (whole.code, other.code, other.lines) == ("x", "y", whole.lines)


def test_every_record_has_a_mapping_of_its_own() -> None:
    first, second = Whole(code="x"), Whole(code="x")
    first.named["k"] = Part(name="w")
    assert second.named == Whole.made({"code": "x"}).named == {}


def test_what_a_record_worked_out_is_no_part_of_it() -> None:
    whole = Whole(**{**ALL, "named": {}})
    assert whole.shout == "X"
    assert whole == Whole(**{**ALL, "named": {}})
    assert replace(whole, code="y").shout == "Y"
    assert whole != replace(whole, many=4)
    assert Part(name="a") != Whole(code="a")
    assert hash(Part(name="a;")) == hash(Part(name="a"))
    assert repr(Part(name="a")) == "Part(name='a')"
    assert pickle.loads(pickle.dumps(whole)) == whole


def test_values_known_to_fit_are_taken_as_they_are() -> None:
    assert Whole.made({"code": "x", "many": 3}) == Whole(code="x", many=3)


SEEN_BY_MYPY = """
from dataclasses import replace
from decimal import Decimal
from docgen.base.declare import field
from docgen.model.plan.task import Group, Task

task = Task(code="a", description=("x",), budget=Decimal(1))
Group(code="g", title="G", tasks=(replace(task, budget=None), task))
Task(code="a", description="x")  # arg-type
Task(code="a", description=("x",), kinh_phi=Decimal(1))  # call-arg
Task(code="a")  # call-arg
replace(task, budget="1")  # arg-type
replace(task, kinh_phi=None)  # call-arg
task.budget = None  # misc
number: int = field("so", "Số", default="1")  # assignment
field("so", "Số", nosuch=True)  # call-arg
"""


def test_mypy_sees_wrong_constructions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line that names an error has that one, and no other line has any; mypy takes about 3 s."""
    from mypy import api  # only here: no other test needs it

    monkeypatch.chdir(ROOT)
    module = tmp_path / "module.py"
    module.write_text(SEEN_BY_MYPY, encoding="utf-8")
    told, failure, _ = api.run(["--config-file", str(ROOT / "setup.cfg"), "--cache-dir", os.devnull, str(module)])
    found = re.findall(r"module\.py:(\d+): error: .*\[(.+)\]", told)
    wanted = re.findall(r"^.*?(?:  # (\S+))?$", SEEN_BY_MYPY, re.MULTILINE)
    assert found == [(str(number), code) for number, code in enumerate(wanted, 1) if code], told + failure
