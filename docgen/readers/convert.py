"""Conversion of trees of texts into records, each text by the type that its field declares.

A text that can't be converted becomes a problem and a hole: an optional field is left out, a required one gets a
stand-in, so that rules can check the rest and one run reports everything.
"""

import re
from collections.abc import Callable, Collection
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from docgen.base.declare import Declaration, PartialDate, Record, declarations
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Problem
from docgen.readers.tree import Mapping, Scalar, Sequence, Tree
from docgen.wording.dates import parse_date, parse_partial_date
from docgen.wording.numbers import parse_amount
from docgen.wording.text import closest, did_you_mean, fold, nfc

R = TypeVar("R", bound=Record)
#: Picks the record for a tree whose field declares only a common base.
Choose = Callable[[type[Record], Mapping], type[Record]]
_MISSING = object()
#: Characters that XML forbids or that are invisible, but for line breaks and tabs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_YES, _NO = frozenset(("true", "co", "x", "yes")), frozenset(("false", "khong", "no"))
_LONGEST_INTEGER = 9
#: Stand-ins for missing required values; in a leap year every day of a deadline exists.
_STAND_INS: dict[str, Any] = {
    "text": "",
    "lines": (),
    "integer": 2000,
    "amount": Decimal(0),
    "date": date(2000, 1, 1),
    "partial_date": PartialDate(2000, 1),
    "flag": False,
}


@dataclass
class Conversion:
    """The problems found so far, and the paths of values that were left out or replaced by a stand-in."""

    problems: list[Problem] = field(default_factory=list)
    holes: set[Path] = field(default_factory=set)
    choose: Choose = lambda declared, _tree: declared

    def record(self, tree: Tree, record: type[R]) -> R | None:
        """Convert a tree into a record; None where the tree isn't a mapping."""
        made = self._record(tree, record, (), record.__name__)
        return None if made is _MISSING else made

    def _record(self, tree: Tree, record: type[Record], path: Path, label: str) -> Any:
        if isinstance(tree, Mapping):
            record = self.choose(record, tree)
        known = declarations(record)
        if not isinstance(tree, Mapping):
            message = _("“{label}” cần các dòng “khóa: giá trị”").format(label=label)
            hint = _("xuống dòng, thụt vào, mỗi dòng một khóa: {keys}").format(keys=", ".join(_typed_keys(known)))
            return self._wrong(tree, path, "data.not-a-mapping", message, hint)
        values: dict[str, Any] = {}
        for key, child in tree.items.items():
            declared = known.get(key)
            if declared is None:
                self._unknown_key(key, known, tree, path)
                continue
            value = self._value(child, declared, (*path, key))
            if value is not _MISSING:
                values[declared.name] = value
        for key, declared in known.items():
            if declared.required and values.get(declared.name, ()) == ():
                self._missing(tree, declared, (*path, key))
                values[declared.name] = _stand_in(declared)
        return record.made(values)

    def _unknown_key(self, key: str, known: AnyMapping[str, Declaration], tree: Mapping, path: Path) -> None:
        typed = _typed_keys(known)
        meant = closest(key, typed)
        if meant is not None:
            hint = did_you_mean(meant)
            self.holes.add((*path, meant))  # else it would be reported as missing too
        else:
            hint = _("các khóa dùng được: {keys}").format(keys=", ".join(typed))
        message = _("không có khóa “{key}”").format(key=key)
        self.problems.append(Problem("data.unknown-key", message, hint, tree.keys[key]._replace(path=(*path, key))))

    def _missing(self, tree: Mapping, declared: Declaration, path: Path) -> None:
        """Report a required field that is absent or empty, unless something was reported there already."""
        if path in self.holes:
            return
        self.holes.add(path)
        if (place := tree.keys.get(declared.key, tree.place)).sheet is not None:
            self.problems.append(_empty_cell(declared, place._replace(path=path)))
            return
        words = {"label": declared.label, "key": declared.key, "example": declared.example or "…"}
        if declared.key in tree.items:
            message, hint = _("“{label}” ({key}) còn trống"), _("ghi giá trị sau “{key}:”, ví dụ {key}: {example}")
            place = tree.keys[declared.key]
        else:
            message, hint = _("thiếu “{label}” ({key})"), _("thêm dòng “{key}: …”, ví dụ {key}: {example}")
            place = tree.place
        if declared.many == "list":
            hint = _("thêm “{key}:”, rồi mỗi mục một dòng thụt vào: “- {example}”")
        elif declared.many or declared.record:
            hint = _("thêm “{key}:”, rồi các khóa của nó thụt vào ở các dòng dưới")
        elif not declared.example:
            hint = _("thêm dòng “{key}: …”")
        self.problems.append(
            Problem("data.missing", message.format(**words), hint.format(**words), place._replace(path=path))
        )

    def _value(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if isinstance(tree, Scalar) and not tree.text.strip():
            return _MISSING
        if declared.record is not None and not (declared.many or declared.required) and tree == Mapping(tree.place):
            return _MISSING  # an empty group of keys
        if declared.many == "named":
            return self._named(tree, declared, path)
        if declared.many == "list":
            return self._list(tree, declared, path)
        return self._one(tree, declared, path)

    def _named(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Mapping):
            message = _("“{label}” cần các dòng “tên: …”").format(label=declared.label)
            return self._wrong(tree, path, "data.not-a-mapping", message)
        found = {name: self._one(child, declared, (*path, name)) for name, child in tree.items.items()}
        return {name: value for name, value in found.items() if value is not _MISSING}

    def _list(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Sequence):
            message = _("“{label}” cần một danh sách").format(label=declared.label)
            hint = _("viết mỗi mục một dòng, bắt đầu bằng “- ”")
            return self._wrong(tree, path, "data.not-a-list", message, hint)
        found = []
        for index, child in enumerate(tree.items):
            if isinstance(child, Scalar) and not child.text.strip():
                message = _("“{label}” có mục trống").format(label=declared.label)
                value = self._wrong(child, (*path, index), "data.empty-item", message, _("điền vào, hoặc xóa dòng này"))
            else:
                value = self._one(child, declared, (*path, index))
            # A stand-in keeps the numbers of the items that follow, and so their places.
            found.append(_stand_in(declared, one=True) if value is _MISSING else value)
        return tuple(found)

    def _one(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if declared.record is not None:
            return self._record(tree, declared.record, path, declared.label)
        if declared.kind == "lines" and isinstance(tree, Sequence):
            lines = [self._scalar(item, declared, (*path, index)) for index, item in enumerate(tree.items)]
            return tuple(line for found in lines if found is not _MISSING for line in found)
        return self._scalar(tree, declared, path)

    def _scalar(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Scalar):
            message = _("“{label}” cần một giá trị, không phải danh sách hay nhóm khóa").format(label=declared.label)
            hint = _("ghi giá trị ngay sau dấu hai chấm; văn bản có “: ” hay bắt đầu bằng “- ” thì đặt trong dấu nháy")
            return self._wrong(tree, path, "data.not-a-value", message, hint)
        text = nfc(tree.text)
        if bad := _UNPRINTABLE.search(text):
            code = f"U+{ord(bad.group()):04X}"
            message = _("“{label}” có ký tự điều khiển {code}").format(label=declared.label, code=code)
            return self._wrong(tree, path, "text.control-character", message, _("xóa ký tự đó, gõ lại chữ ở chỗ này"))
        try:
            return _typed(text, declared, exact=tree.exact)
        except ValueError as error:
            message = _("“{label}”: {problem}").format(label=declared.label, problem=error)
            code = f"data.{declared.kind.replace('_', '-')}"
            hint = _("chọn có hoặc không") if declared.kind == "flag" and tree.place.cell else _expected(text, declared)
            return self._wrong(tree, path, code, message, hint)

    def _wrong(self, tree: Tree, path: Path, code: str, message: str, hint: str = "") -> Any:
        self.problems.append(Problem(code, message, hint, tree.place._replace(path=path)))
        self.holes.add(path)
        return _MISSING


def _empty_cell(declared: Declaration, place: Place) -> Problem:
    """The problem of a required field left empty in a form."""
    message = _("thiếu “{label}”").format(label=declared.label)
    if declared.many or declared.record is not None:
        hint = _("điền ở trang tính này")
    elif declared.example:
        shown = declared.choices.get(declared.example, declared.example)
        hint = _("điền vào ô này, ví dụ: {example}").format(example=shown)
    else:
        hint = _("điền vào ô này")
    return Problem("data.missing", message, hint, place)


def _typed(text: str, declared: Declaration, *, exact: bool) -> Any:
    """Convert a text into the value of a field. Raises ValueError with the reason in Vietnamese."""
    stripped = text.strip()
    match declared.kind:
        case "text":
            return declared.clean(trimmed(text)) if declared.clean is not None else trimmed(text)
        case "lines":
            return tuple(line.strip() for line in text.split("\n") if line.strip())
        case "amount":
            return Decimal(stripped) if exact else parse_amount(stripped)
        case "integer":
            if not stripped.isascii() or not stripped.isdigit():
                raise ValueError(_("“{text}” không phải số nguyên").format(text=_short(stripped)))
            if len(stripped) > _LONGEST_INTEGER:
                raise ValueError(_("“{text}” lớn quá").format(text=_short(stripped)))
            return int(stripped)
        case "date":
            return parse_date(stripped)
        case "partial_date":
            return parse_partial_date(stripped)
        case "flag":
            return _flag(stripped)
        case _:
            return _choice(stripped, declared)


def trimmed(text: str) -> str:
    """A text without surrounding white space; of several lines, the first keeps its indent."""
    return text.rstrip() if "\n" in text.strip() else text.strip()


def _flag(text: str) -> bool:
    folded = fold(text)
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(_("“{text}” không phải true hay false").format(text=text))


def _choice(text: str, declared: Declaration) -> str:
    for word, label in declared.choices.items():
        if text in (word, label):
            return word
    if not declared.choices:
        return text
    raise ValueError(_("không có lựa chọn “{text}”").format(text=_short(text)))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


_HINTS = {
    "amount": deferred("chỉ ghi số, ví dụ 406 hoặc 406,5"),
    "date": deferred("sửa ngày, viết ngày/tháng/năm"),
    "partial_date": deferred("sửa ngày, viết ngày/tháng/năm; chưa biết ngày thì viết tháng/năm"),
    "flag": deferred("viết true hoặc false"),
}


def _expected(text: str, declared: Declaration) -> str:
    """The hint for a text that can't be converted."""
    if declared.choices:
        meant = closest(text, [*declared.choices, *declared.choices.values()])
        question = did_you_mean(meant) + " " if meant else ""
        words = [word if word == label else f"{word} = {label}" for word, label in declared.choices.items()]
        return question + _("Chọn một trong: {words}").format(words="; ".join(words))
    if declared.kind in _HINTS:
        said = declared.help if declared.kind == "amount" else ""
        return _(said or _HINTS[declared.kind])
    return _("viết, ví dụ: {example}").format(example=declared.example) if declared.example else ""


def _typed_keys(known: AnyMapping[str, Declaration]) -> list[str]:
    return [key for key, declared in known.items() if not declared.internal]


def _stand_in(declared: Declaration, *, one: bool = False) -> Any:
    """A value of the right type for a hole; ``one``: for an item of the field's list."""
    if declared.many and not one:
        return {} if declared.many == "named" else ()
    if declared.record is not None:
        fields = declarations(declared.record).values()
        return declared.record.made({below.name: _stand_in(below) for below in fields if below.required})
    return next(iter(declared.choices), "") if declared.kind == "choice" else _STAND_INS[declared.kind]


def in_holes(path: Path, holes: Collection[Path]) -> bool:
    """Whether the value at ``path``, or one above it, is a hole; a problem was reported for that already."""
    return any(path[:length] in holes for length in range(1, len(path) + 1))
