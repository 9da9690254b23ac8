"""A field is declared once, in its record, and shows four faces: key, heading, template tag and how it is printed.

In: class declarations. Out: :func:`declarations` (what a reader, a form or a message needs to know of each field).
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, InstanceOf

from docgen.wording.dates import PartialDate

_LINES = "lines"
#: Lines of one text: typed as one scalar with line breaks, or as a list.
Lines = Annotated[tuple[str, ...], _LINES]
#: A date whose day may not be fixed yet.
IssueDate = InstanceOf[PartialDate]

Kind = Literal["text", "lines", "integer", "amount", "date", "partial_date", "flag", "choice", "record"]
_SCALARS: dict[type, Kind] = {
    str: "text",
    int: "integer",
    Decimal: "amount",
    date: "date",
    PartialDate: "partial_date",
    bool: "flag",
}


class Record(BaseModel):
    """A group of declared fields; frozen, strict, and closed to keys that it doesn't declare."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


@dataclass(frozen=True)
class Declaration:
    """What is known of one field.

    ``many`` is "" for one value, "list" for a list of them, "named" for a mapping from names to them. ``choices``
    are the allowed words with the label that a person reads, ``show`` turns the value into what is printed.
    ``internal`` fields are filled by docgen itself, never typed. ``refers`` is the key of the list whose codes the
    value must be one of, or with ``.ten`` behind it, whose names it is made of; ``suggests`` are values to choose from
    where others may be typed ({nam} stands for the plan's year).
    """

    name: str
    key: str
    label: str
    kind: Kind
    many: Literal["", "list", "named"]
    record: type[Record] | None
    required: bool
    default: Any
    example: str
    help: str
    choices: Mapping[str, str]
    show: Callable[..., str] | None
    printed: bool
    internal: bool
    refers: str
    suggests: tuple[str, ...]


@dataclass(frozen=True)
class _Face:
    """The part of a declaration that pydantic has no place for."""

    example: str
    help: str
    choices: Mapping[str, str]
    show: Callable[..., str] | None
    printed: bool
    internal: bool
    refers: str
    suggests: tuple[str, ...]


def field(
    key: str,
    label: str,
    *,
    required: bool = False,
    default: Any = None,
    example: str = "",
    help: str = "",  # the word that every other tool uses for it
    choices: Mapping[str, str] | None = None,
    show: Callable[..., str] | None = None,
    printed: bool = False,
    internal: bool = False,
    refers: str = "",
    suggests: tuple[str, ...] = (),
) -> Any:
    """Declare a field: its YAML key and template tag, its heading, and how its value is shown.

    A field is optional, and None where absent, unless ``required`` or another ``default`` is given.
    ``printed`` asserts that whatever document uses the field prints its value for every record shown.
    """
    face = _Face(example, help, choices or {}, show, printed, internal, refers, suggests)
    return Field(
        ... if required else default,
        alias=key,
        title=label,
        json_schema_extra={"face": typing.cast(Any, face)},
    )


@cache
def declarations(record: type[Record]) -> Mapping[str, Declaration]:
    """The fields of a record by key, in the order in which they were declared."""
    found = {}
    for name, info in record.model_fields.items():
        kind, many, inner = _shape(info.annotation, info.metadata)
        face = typing.cast(dict[str, _Face], info.json_schema_extra)["face"]
        key = info.alias or name
        found[key] = Declaration(
            name=name,
            key=key,
            label=info.title or key,
            kind=kind,
            many=many,
            record=inner,
            required=info.is_required(),
            default=info.get_default(),
            example=face.example,
            help=face.help,
            choices=face.choices,
            show=face.show,
            printed=face.printed,
            internal=face.internal,
            refers=face.refers,
            suggests=face.suggests,
        )
    return found


def _shape(annotation: Any, metadata: list[Any]) -> tuple[Kind, Literal["", "list", "named"], type[Record] | None]:
    """Kind of value, how many, and the record it is, of an annotation such as ``tuple[Task, ...]``."""
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
    """``root`` and every record below it, each once, in the order of their declaration."""
    found = [root]
    for record in found:
        for declaration in declarations(record).values():
            if declaration.record is not None and declaration.record not in found:
                found.append(declaration.record)
    return found


@dataclass(frozen=True)
class Contract:
    """What a template may say under one tag; the neutral side of declarations and of a kind's own fields.

    ``type`` is "text", "flag", "number", "record", "list" (of records when ``fields`` is given, else of texts), "image"
    (the name of a picture in the plan's folder).
    ``required``: a template that never uses it is warned about. ``printed``: where it is used, it must be written
    at least once for every record shown.
    """

    label: str
    type: Literal["text", "flag", "number", "record", "list", "image"] = "text"
    example: str = ""
    required: bool = False
    printed: bool = False
    fields: Mapping[str, "Contract"] = dataclasses.field(default_factory=dict)


def contract_of(record: type[Record], keys: typing.Iterable[str]) -> dict[str, Contract]:
    """The tags of a record's own fields, by key, as a template sees them: text, but for flags and lists of texts."""
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
    """A value as its field prints it: by its ``show`` function, else by its type; nothing where it is absent."""
    if value is None:
        return ""
    if declared.show is not None:
        return declared.show(value)
    if declared.choices and isinstance(value, str):
        return declared.choices.get(value, value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)
