"""Finds kinds of documents: all, by code, or by the name that a file in ``van-ban/`` gives (``ten_loai``).

Each module of this folder is a kind, unless ``_SHARED`` names it. A kind is imported on its first use; it imports
modules that count or read only in its ``build``.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen import documents
from docgen.documents.kind import Kind
from docgen.model.plan.plan import Records, kind_key

#: The modules of this folder that are no kinds.
_SHARED = frozenset(("__init__", "example", "frame", "kind", "registry", "text"))


@cache
def codes() -> frozenset[str]:
    """The codes of all kinds: the names of their modules."""
    entries = (one for folder in documents.__path__ for one in Path(folder).iterdir())
    found = (one.stem for one in entries if one.suffix == ".py" or (one / "__init__.py").exists())
    return frozenset(found) - _SHARED


@cache
def kind(code: str) -> Kind[Any]:
    """The kind with a code. Raises KeyError if there is none."""
    if code not in codes():
        raise KeyError(code)
    found = import_module(f"docgen.documents.{code}").KIND
    if not isinstance(found, Kind) or found.code != code:
        raise TypeError(f"KIND of docgen/documents/{code} is no Kind with that code")
    return found


@cache
def kinds() -> tuple[Kind[Any], ...]:
    """All kinds, in the order of issue."""
    return tuple(sorted(map(kind, codes()), key=lambda one: (one.order, one.code)))


@cache
def with_template() -> Mapping[str, Kind[Any]]:
    """The kinds that have a template of their own, by code."""
    return MappingProxyType({one.code: one for one in kinds() if not one.template})


def kind_of(kind_name: str) -> Kind[Any]:
    """The kind of documents with this ``ten_loai``."""
    claimed, rest = _named()
    return claimed.get(kind_key(kind_name), rest)


@cache
def records() -> Records:
    """The records of named documents by the names that kinds claim, which readers of plans need."""
    claimed, _rest = _named()
    return MappingProxyType({name: one.record for name, one in claimed.items() if one.record is not None})


@cache
def _named() -> tuple[Mapping[str, Kind[Any]], Kind[Any]]:
    """The kinds of named documents by the names that they claim, and the kind of all others."""
    claimed: dict[str, Kind[Any]] = {}
    (rest,) = (one for one in kinds() if one.record is not None and not one.names)
    for one in kinds():
        for name in map(kind_key, one.names):
            if claimed.setdefault(name, one) is not one:
                raise TypeError(f"{claimed[name].code} and {one.code} both claim “{name}”")
    return claimed, rest
