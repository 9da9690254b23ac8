"""Records with declared fields: each field states its key, heading, template tag and how it is printed, once.

Readers, forms, messages and contracts are made from :func:`declarations`.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    NoReturn,
    ParamSpec,
    Self,
    TypeVar,
    dataclass_transform,
)

P = ParamSpec("P")
T = TypeVar("T")
#: The default of a field that is required.
_REQUIRED: Any = ...


class PartialDate(NamedTuple):
    """A date whose day may be open (None)."""

    year: int
    month: int
    day: int | None = None


_LINES = "lines"
#: Lines of a text, typed as one scalar with line breaks or as a list.
Lines = Annotated[tuple[str, ...], _LINES]
Kind = Literal["text", "lines", "integer", "amount", "date", "partial_date", "flag", "choice", "record"]
_SCALARS: dict[type, Kind] = {
    str: "text",
    int: "integer",
    Decimal: "amount",
    date: "date",
    PartialDate: "partial_date",
    bool: "flag",
}
_TYPES = {kind: type_ for type_, kind in _SCALARS.items()}


@dataclass(frozen=True)
class Face(Generic[T]):
    """What a class body declares of a field of type T.

    ``key`` is the YAML key and template tag, ``label`` the heading. A field without a ``default`` is required.
    ``choices`` are the allowed words with their labels, ``show`` turns the value into printed text. ``printed`` asserts
    that every document using the field prints its value for every record shown. ``internal`` fields are filled in by
    docgen, never typed. ``refers`` is the key of the list whose codes the value must be one of or, ending in ``.ten``,
    whose names it is made of. ``suggests`` are values offered besides typing others ({nam} is the plan's year).
    ``clean`` removes from a typed text what docgen itself adds; it must not change a cleaned text.
    """

    key: str
    label: str
    _: dataclasses.KW_ONLY
    default: T = _REQUIRED
    example: str = ""
    help: str = ""
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    show: Callable[..., str] | None = None
    printed: bool = False
    internal: bool = False
    refers: str = ""
    suggests: tuple[str, ...] = ()
    clean: Callable[[str], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Declaration(Face[Any]):
    """A declared field with what its name and type say.

    ``many`` is "" for a single value, "list" for a list, "named" for a mapping from names to values.
    """

    name: str
    kind: Kind
    many: Literal["", "list", "named"]
    record: "type[Record] | None"
    required: bool
    nullable: bool


def _specifier(face: Callable[P, Face[T]]) -> Callable[P, T]:
    """A function with the signature of ``face`` whose result has the field's type for type checkers."""

    def declare(*args: P.args, **kwargs: P.kwargs) -> T:
        found: T = dataclasses.field(metadata={_FACE: face(*args, **kwargs)})
        return found

    return declare


_FACE = "face"
#: Declare a field of a record; the arguments are those of :class:`Face`.
field = _specifier(Face)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Record:
    """Base class of records: frozen dataclasses that check their values and refuse unknown names.

    Records are equal if their types and all values are, without cached properties. Type checkers see the constructor
    and :func:`dataclasses.replace` with the names and types of the fields.
    """

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]
    _faces: ClassVar[dict[str, Face[Any]]] = {}  # by name
    _defaults: ClassVar[dict[str, Any]] = {}  # by name
    _own_dicts: ClassVar[tuple[str, ...]] = ()  # fields that are an empty mapping by default, each record its own

    def __init_subclass__(cls) -> None:
        # All records share the methods below: generating them for each would add 14 ms to every start.
        dataclass(init=False, repr=False, eq=False, match_args=False)(cls)
        cls._faces = {name: own.metadata[_FACE] for name, own in cls.__dataclass_fields__.items()}
        cls._own_dicts = tuple(name for name, face in cls._faces.items() if face.default == {})
        cls._defaults = {name: face.default for name, face in cls._faces.items() if face.default is not _REQUIRED}

    def __init__(self, **values: Any) -> None:
        """A record of values by name. Raises ValueError for one that has the wrong type, is missing or unknown."""
        self.__dict__.update(self._state(_fitting(type(self), values)))

    @classmethod
    def made(cls, values: Mapping[str, Any]) -> Self:
        """A record of values by name, without checks: they must fit, and no required one may be missing."""
        record = cls.__new__(cls)
        record.__dict__.update(cls._state(values))
        return record

    @classmethod
    def _state(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """All values by name, with defaults for the others."""
        return {**cls._defaults, **{name: {} for name in cls._own_dicts}, **values}

    def by_key(self) -> dict[str, Any]:
        """All values by key, nested records as mappings too."""
        return {face.key: _plain(self.__dict__[name]) for name, face in self._faces.items()}

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def _values(self) -> tuple[Any, ...]:
        own = self.__dict__
        return tuple([own[name] for name in self._faces])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        given = [f"{name}={self.__dict__[name]!r}" for name, face in self._faces.items()
                 if self.__dict__[name] != face.default]  # fmt: skip
        return f"{type(self).__name__}({', '.join(given)})"


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.by_key()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _fitting(record: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, checked and cleaned. Raises ValueError for the first that doesn't fit, is missing or unknown."""
    if unknown := values.keys() - record._faces.keys():
        raise ValueError(f"{record.__name__} has no {', '.join(sorted(unknown))}")
    known = declarations(record).values()
    if missing := [declared.name for declared in known if declared.required and declared.name not in values]:
        raise ValueError(f"{record.__name__} lacks {', '.join(missing)}")
    return {
        declared.name: _fit(declared, values[declared.name], f"{record.__name__}.{declared.name}")
        for declared in known
        if declared.name in values
    }


def _fit(declared: Declaration, value: Any, where: str) -> Any:
    if value is None and declared.nullable:
        return None
    if declared.many == "list" and isinstance(value, tuple):
        return tuple(_fit_one(declared, item, where) for item in value)
    if declared.many == "named" and isinstance(value, dict):
        return {name: _fit_one(declared, item, where) for name, item in value.items()}
    if declared.many:
        raise ValueError(f"{where} can't be {value!r}")
    return _fit_one(declared, value, where)


def _fit_one(declared: Declaration, value: Any, where: str) -> Any:
    if not _is_of(declared, value):
        raise ValueError(f"{where} can't be {value!r}")
    return declared.clean(value) if declared.clean is not None else value


def _is_of(declared: Declaration, value: Any) -> bool:
    """Whether a value has exactly the field's type: True is no integer, a datetime no date."""
    if declared.record is not None:
        return isinstance(value, declared.record)
    if declared.kind == "lines":
        return type(value) is tuple and all(type(line) is str for line in value)
    if declared.kind == "choice":
        return type(value) is str and (not declared.choices or value in declared.choices)
    return type(value) is _TYPES[declared.kind]


_DECLARED: dict[type[Record], Mapping[str, Declaration]] = {}


def declarations(record: type[Record]) -> Mapping[str, Declaration]:
    """The fields of a record by key, in the order of declaration."""
    found = _DECLARED.get(record)
    if found is None:
        found = _DECLARED[record] = _declarations(record)
    return found


def _declarations(record: type[Record]) -> dict[str, Declaration]:
    found = {}
    hints = typing.get_type_hints(record, include_extras=True)
    for name, face in record._faces.items():
        kind, many, inner = _shape(hints[name], [])
        found[face.key] = Declaration(
            **vars(face),
            name=name,
            kind=kind,
            many=many,
            record=inner,
            required=face.default is _REQUIRED,
            nullable=type(None) in typing.get_args(hints[name]),
        )
    return found


def _shape(annotation: Any, metadata: list[Any]) -> tuple[Kind, Literal["", "list", "named"], type[Record] | None]:
    """The kind, number and record class of an annotation such as ``tuple[Task, ...]``."""
    if _LINES in metadata:
        return "lines", "", None
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _shape(inner, metadata)
    if origin is Annotated:
        return _shape(arguments[0], list(arguments[1:]))
    if origin is Literal:
        return "choice", "", None
    if origin is tuple:
        kind, _, record = _shape(arguments[0], [])
        return kind, "list", record
    if origin is dict:
        kind, _, record = _shape(arguments[1], [])
        return kind, "named", record
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return "record", "", annotation
    return _SCALARS[annotation], "", None


def records_of(root: type[Record]) -> list[type[Record]]:
    """``root`` and all records nested in it, each once, in the order of declaration."""
    found = [root]
    for record in found:
        for declaration in declarations(record).values():
            if declaration.record is not None and declaration.record not in found:
                found.append(declaration.record)
    return found


@dataclass(frozen=True)
class Contract:
    """What a template may use under a tag.

    A "list" holds records if ``fields`` are given, else texts; an "image" is the name of a picture in the plan's
    folder. A template that doesn't use a ``required`` tag gets a warning. A ``printed`` tag, if used, must be written
    at least once for every record shown.
    """

    label: str
    type: Literal["text", "flag", "number", "record", "list", "image"] = "text"
    example: str = ""
    required: bool = False
    printed: bool = False
    fields: Mapping[str, "Contract"] = dataclasses.field(default_factory=dict)


def contract_of(record: type[Record], keys: typing.Iterable[str]) -> dict[str, Contract]:
    """The contract of a record's own fields by key: texts, flags and lists of texts."""
    declared = declarations(record)
    return {
        key: Contract(
            label=declared[key].label,
            type="list" if declared[key].many else "flag" if declared[key].kind == "flag" else "text",
            example=declared[key].example,
            required=declared[key].required,
            printed=declared[key].printed,
        )
        for key in keys
    }


def shown_text(declared: Declaration, value: Any) -> str:
    """A value as its field prints it: by ``show``, else by its type; "" for None."""
    if value is None:
        return ""
    if declared.show is not None:
        return declared.show(value)
    if declared.choices and isinstance(value, str):
        return declared.choices.get(value, value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
