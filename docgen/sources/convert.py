"""A tree of texts in, the plain values of a record out, each converted by the type that its field declares.

What can't be converted becomes a problem and a hole: an optional field is left out, so that the rules over the rest
still speak; a required one stops them.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from docgen.declare import Declaration, Record, declarations
from docgen.errors import Path, Place, Problem
from docgen.locale import translate as _
from docgen.sources.tree import Mapping, Scalar, Sequence, Tree, TreePlaces
from docgen.wording.dates import parse_date, parse_partial_date
from docgen.wording.numbers import parse_amount
from docgen.wording.text import closest, fold

R = TypeVar("R", bound=Record)
_MISSING = object()
#: Characters that no XML file can hold, or that no one can see; line breaks and tabs are fine.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_YES, _NO = frozenset(("true", "co", "x", "yes")), frozenset(("false", "khong", "no"))


@dataclass
class Conversion:
    """What came of a tree: problems so far, and the paths of values that had to be left out."""

    problems: list[Problem] = field(default_factory=list)
    holes: list[Path] = field(default_factory=list)

    def record(self, tree: Tree, record: type[R]) -> R | None:
        """The record that the tree holds; None where something that it can't be without is missing."""
        values = self._record(tree, record, ())
        if values is _MISSING:
            return None
        try:
            return record.model_validate(values)
        except ValidationError as error:
            places = TreePlaces(tree)
            told = set(self.holes)
            for detail in error.errors(include_url=False, include_input=False):
                path: Path = detail["loc"]
                if path not in told:
                    self.problems.append(_schema_problem(detail["type"], record, path, places.at(path)))
            return None

    def _record(self, tree: Tree, record: type[Record], path: Path) -> Any:
        if not isinstance(tree, Mapping):
            return self._wrong(tree, path, "data.not-a-mapping", _("cần các dòng “khóa: giá trị”"))
        known = declarations(record)
        values: dict[str, Any] = {}
        for key, child in tree.items.items():
            declared = known.get(key)
            if declared is None:
                self.problems.append(_unknown_key(key, known, tree.keys[key]))
                continue
            value = self._value(child, declared, (*path, key))
            if value is not _MISSING:
                values[key] = value
        return values

    def _value(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if isinstance(tree, Scalar) and not tree.text.strip():
            return _MISSING
        if declared.many == "named":
            return self._named(tree, declared, path)
        if declared.many == "list":
            return self._list(tree, declared, path)
        return self._one(tree, declared, path)

    def _named(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Mapping):
            return self._wrong(tree, path, "data.not-a-mapping", _("cần các dòng “tên: …”"))
        found = {name: self._one(child, declared, (*path, name)) for name, child in tree.items.items()}
        return {name: value for name, value in found.items() if value is not _MISSING}

    def _list(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Sequence):
            hint = _("viết mỗi mục một dòng, bắt đầu bằng “- ”")
            return self._wrong(tree, path, "data.not-a-list", _("cần một danh sách"), hint)
        found = []
        for index, child in enumerate(tree.items):
            if isinstance(child, Scalar) and not child.text.strip():
                self._wrong(
                    child,
                    (*path, index),
                    "data.empty-item",
                    _("mục trống trong danh sách"),
                    _("xóa dòng này"),
                )
                continue
            found.append(self._one(child, declared, (*path, index)))
        return tuple(value for value in found if value is not _MISSING)

    def _one(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if declared.record is not None:
            return self._record(tree, declared.record, path)
        if declared.kind == "lines" and isinstance(tree, Sequence):
            lines = [self._scalar(item, declared, (*path, index)) for index, item in enumerate(tree.items)]
            return tuple(line for found in lines if found is not _MISSING for line in found)
        return self._scalar(tree, declared, path)

    def _scalar(self, tree: Tree, declared: Declaration, path: Path) -> Any:
        if not isinstance(tree, Scalar):
            hint = _("ghi giá trị ngay sau dấu hai chấm; văn bản có “: ” hay bắt đầu bằng “- ” thì đặt trong dấu nháy")
            return self._wrong(
                tree, path, "data.not-a-value", _("cần một giá trị, không phải danh sách hay nhóm khóa"), hint
            )
        text = unicodedata.normalize("NFC", tree.text)
        if (bad := _control_character(text)) is not None:
            message = _("“{label}” có ký tự điều khiển {code}").format(label=declared.label, code=f"U+{ord(bad):04X}")
            return self._wrong(tree, path, "text.control-character", message, _("xóa ký tự đó, gõ lại chữ ở chỗ này"))
        try:
            return _typed(text, declared, exact=tree.exact)
        except ValueError as error:
            message = _("“{label}”: {problem}").format(label=declared.label, problem=error)
            return self._wrong(tree, path, f"data.{declared.kind.replace('_', '-')}", message, _expected(declared))

    def _wrong(self, tree: Tree, path: Path, code: str, message: str, hint: str = "") -> Any:
        self.problems.append(Problem(code, message, hint, tree.place._replace(path=path)))
        self.holes.append(path)
        return _MISSING


def _typed(text: str, declared: Declaration, *, exact: bool) -> Any:
    """A text as the value that the field declares. Raises ValueError with what is wrong."""
    stripped = text.strip()
    match declared.kind:
        case "text":
            return text
        case "lines":
            return tuple(line.strip() for line in text.split("\n") if line.strip())
        case "amount":
            return Decimal(stripped) if exact else parse_amount(stripped)
        case "integer":
            if not stripped.isascii() or not stripped.isdigit():
                raise ValueError(_("“{text}” không phải số nguyên").format(text=stripped))
            return int(stripped)
        case "date":
            return parse_date(stripped)
        case "partial_date":
            return parse_partial_date(stripped)
        case "flag":
            return _flag(stripped)
        case _:
            return _choice(stripped, declared)


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
    meant = closest(text, declared.choices)
    words = ", ".join(word if word == label else f"{word} ({label})" for word, label in declared.choices.items())
    question = _(" – ý bạn là “{meant}”?").format(meant=meant) if meant else ""
    raise ValueError(
        _("không có lựa chọn “{text}”{question} Chọn: {words}").format(text=text, question=question, words=words)
    )


def _control_character(text: str) -> str | None:
    found = _UNPRINTABLE.search(text)
    return found.group() if found else None


def _expected(declared: Declaration) -> str:
    examples = {"amount": "406 hoặc 406,5", "date": "30/12/2023", "partial_date": "30/12/2022 hoặc 12/2022"}
    example = examples.get(declared.kind) or declared.example
    return _("viết, ví dụ: {example}").format(example=example) if example and declared.kind != "choice" else ""


def _unknown_key(key: str, known: Any, place: Place) -> Problem:
    typed = [name for name, declared in known.items() if not declared.internal]
    meant = closest(key, typed)
    message = _("không có khóa “{key}”").format(key=key)
    if meant is not None:
        return Problem("data.unknown-key", message, _("ý bạn là “{meant}”?").format(meant=meant), place)
    return Problem("data.unknown-key", message, _("các khóa dùng được: {keys}").format(keys=", ".join(typed)), place)


def _schema_problem(kind: str, root: type[Record], path: Path, place: Place) -> Problem:
    """What pydantic refused: in practice only a field that is missing, since values arrive converted."""
    declared = _declaration_at(root, path)
    label = declared.label if declared else str(path[-1])
    key = str(path[-1]) if path else ""
    if kind == "missing":
        hint = _("thêm dòng “{key}: …”").format(key=key)
        if declared and declared.example:
            hint = _("thêm dòng “{key}: …”, ví dụ {key}: {example}").format(key=key, example=declared.example)
        return Problem("data.missing", _("thiếu “{label}” ({key})").format(label=label, key=key), hint, place)
    return Problem("data.refused", _("“{label}” có giá trị không dùng được").format(label=label), kind, place)


def _declaration_at(root: type[Record], path: Path) -> Declaration | None:
    record: type[Record] | None = root
    declared = None
    for step in path:
        if record is not None and isinstance(step, str) and step in declarations(record):
            declared = declarations(record)[step]
            record = declared.record
    return declared
