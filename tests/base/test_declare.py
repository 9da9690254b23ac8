"""Records: what fits, what is refused, and what makes two of them equal."""

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import pytest

from docgen.base.declare import Lines, PartialDate, Record, declarations, field


class Part(Record):
    name: str = field("ten", "Tên", required=True, clean=lambda text: text.removesuffix(";"))
    parts: "tuple[Part, ...]" = field("phan", "Phần", default=())


class Whole(Record):
    code: str = field("ma", "Mã", required=True)
    lines: Lines = field("dong", "Dòng", default=())
    many: int | None = field("so", "Số")
    amount: Decimal | None = field("tien", "Tiền")
    day: date | None = field("ngay", "Ngày")
    month: PartialDate | None = field("thang", "Tháng")
    sure: bool = field("chac", "Chắc", default=False)
    word: Literal["a", "b"] | None = field("loai", "Loại", choices={"a": "A", "b": "B"})
    part: Part | None = field("mot", "Một")
    named: dict[str, Part] = field("co_ten", "Có tên", default={})

    @cached_property
    def shout(self) -> str:
        return self.code.upper()


ALL: dict[str, Any] = {
    "ma": "x",
    "dong": ("một", "hai"),
    "so": 3,
    "tien": Decimal("1.5"),
    "ngay": date(2026, 1, 2),
    "thang": PartialDate(2026, 1),
    "chac": True,
    "loai": "a",
    "mot": {"ten": "y;", "phan": ({"ten": "z"},)},
    "co_ten": {"k": Part(ten="w")},
}


def test_a_record_of_values_by_key() -> None:
    whole = Whole(**ALL)
    assert whole.part is not None
    assert (whole.part.name, whole.part.parts[0].name, whole.named["k"].name) == ("y", "z", "w")
    assert whole.by_key()["mot"] == {"ten": "y", "phan": [{"ten": "z", "phan": []}]}
    assert Whole(ma="x").by_key() == {
        declared.key: declared.default if declared.default != () else [] for declared in declarations(Whole).values()
    } | {"ma": "x"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ma", 3),
        ("ma", None),
        ("dong", ["a"]),
        ("dong", "a"),
        ("dong", ("a", 1)),
        ("so", True),
        ("so", "3"),
        ("so", 3.0),
        ("tien", 3),
        ("tien", "3"),
        ("ngay", datetime(2026, 1, 2)),
        ("ngay", "2026-01-02"),
        ("thang", date(2026, 1, 2)),
        ("chac", None),
        ("chac", 1),
        ("loai", "c"),
        ("mot", "y"),
        ("mot", {}),
        ("mot", {"ten": "y", "phan": [Part(ten="z")]}),
        ("mot", {"ten": "y", "la": "z"}),
        ("co_ten", (Part(ten="w"),)),
        ("la", "x"),
    ],
)
def test_what_does_not_fit_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"Whole|Part"):
        Whole(**{**ALL, key: value})


def test_what_is_required_must_be_there() -> None:
    with pytest.raises(ValueError, match="Whole lacks ma"):
        Whole(so=3)


def test_a_record_never_changes() -> None:
    whole = Whole(**ALL)
    with pytest.raises(AttributeError):
        whole.code = "y"  # type: ignore[misc,unused-ignore]
    with pytest.raises(AttributeError):
        del whole.code
    other = whole.replaced({"code": "y"})
    assert (whole.code, other.code, other.lines) == ("x", "y", whole.lines)


def test_every_record_has_a_mapping_of_its_own() -> None:
    first, second = Whole(ma="x"), Whole(ma="x")
    first.named["k"] = Part(ten="w")
    assert second.named == Whole.made({"ma": "x"}).named == {}
    with pytest.raises(KeyError, match="nosuch"):
        first.replaced({"nosuch": 1})


def test_what_a_record_worked_out_is_no_part_of_it() -> None:
    whole = Whole(**{**ALL, "co_ten": {}})
    assert whole.shout == "X"
    assert whole == Whole(**{**ALL, "co_ten": {}})
    assert whole.replaced({"code": "y"}).shout == "Y"
    assert whole != whole.replaced({"many": 4})
    assert Part(ten="a") != Whole(ma="a")
    assert hash(Part(ten="a;")) == hash(Part(ten="a"))
    assert repr(Part(ten="a")) == "Part(name='a')"


def test_values_known_to_fit_are_taken_as_they_are() -> None:
    assert Whole.made({"ma": "x", "so": 3}) == Whole(ma="x", so=3)
