"""Records from nested values by key, for tests that write or generate them as a file holds them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from docgen.base.declare import Declaration, Record, declarations

R = TypeVar("R", bound=Record)


def from_keys(record: type[R], values: Mapping[str, Any]) -> R:
    """A record of values by key; where a field holds records, a mapping of the same kind may stand for each."""
    known = declarations(record)
    return record(**{known[key].name: _value(known[key], value) for key, value in values.items()})


def _value(declared: Declaration, value: Any) -> Any:
    if declared.record is None or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(_one(declared.record, one) for one in value)
    if declared.many == "named":
        return {name: _one(declared.record, one) for name, one in value.items()}
    return _one(declared.record, value)


def _one(record: type[R], value: R | Mapping[str, Any]) -> R:
    return value if isinstance(value, record) else from_keys(record, value)
