"""What a name in a tag was meant to be: among its neighbours, or one record away."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from docgen.base.declare import Contract
from docgen.wording.text import closest, fold

#: A field as a path of keys: ("phu_luc", "nhom", "tieu_de"); positions in lists are left out.
FieldPath = tuple[str, ...]
#: Known names that a message lists where none is near enough to be the one that was meant.
_FEW = 4


class Typed(NamedTuple):
    """What an expression is: a field of the contract, and whether one item of its list is meant."""

    path: FieldPath
    contract: Contract
    item: bool = False


#: What each name means where a tag stands; None where that isn't known.
Scope = Mapping[str, Typed | None]


def few(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like ``name``, the likest first."""
    meant = fold(name)
    return sorted(known, key=lambda one: -SequenceMatcher(None, meant, fold(one)).ratio())[:_FEW]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was meant, also where two letters of a short one changed places; None where none is near."""
    known = list(known)
    turned = (one for one in known if sorted(fold(one)) == sorted(fold(name)))
    return closest(name, known) or next(turned, None)


def meant_elsewhere(name: str, scope: Scope) -> str | None:
    """The tag of a field called ``name`` in a record or a loop's item within reach, or None."""
    for variable, typed in scope.items():
        if typed is not None and (typed.item or typed.contract.type == "record"):
            for key in typed.contract.fields:
                if fold(key) == fold(name):
                    return f"{variable}.{key}"
    return None
