"""Writing of plans, progress and receipts as YAML that reads back to an equal value."""

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from docgen.base.declare import PartialDate, Record, declarations
from docgen.model.plan.plan import Plan
from docgen.model.progress.progress import ProgressFile, Receipts
from docgen.readers.plan_folder import (
    DECISION_FILE,
    DOCUMENTS_FOLDER,
    FIELDS_FOLDER,
    ORGANISATION_FILE,
    PLAN_FILE,
)
from docgen.wording.dates import format_date, format_partial_date
from docgen.wording.numbers import format_plain


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as blocks."""


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and all(line == line.rstrip() for line in text.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_plan(plan: Plan) -> dict[str, str]:
    """The files of a plan's folder, by name relative to it."""
    files = {
        PLAN_FILE: yaml_text(plain_record(plan, internal=False)),
        ORGANISATION_FILE: yaml_text(plain_record(plan.organisation)),
    }
    if plan.decision is not None:
        files[DECISION_FILE] = yaml_text(plain_record(plan.decision))
    for name, document in plan.documents.items():
        files[f"{DOCUMENTS_FOLDER}/{name}.yaml"] = yaml_text(plain_record(document))
    if plan.fields_of_work is not None:
        files[f"{FIELDS_FOLDER}/{plan.field_list}.yaml"] = yaml_text(plain_record(plan.fields_of_work))
    return files


def yaml_text(tree: dict[str, Any]) -> str:
    """A tree of texts, lists and mappings as a YAML file."""
    text: str = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31 - 1)
    return text


def plain_record(record: Record, *, internal: bool = True) -> dict[str, Any]:
    """A record's values by key as they would be typed, without those equal to the default."""
    typed = {}
    for key, declared in declarations(type(record)).items():
        value = getattr(record, declared.name)
        if (value == declared.default and not declared.required) or (declared.internal and not internal):
            continue
        typed[key] = _typed(value)
    return typed


def _typed(value: Any) -> Any:
    match value:
        case Record():
            return plain_record(value)
        case PartialDate():
            return format_partial_date(value)
        case tuple():
            return [_typed(item) for item in value]
        case dict():
            return {name: _typed(item) for name, item in value.items()}
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format_plain(value)
        case date():
            return format_date(value)
        case _:
            return str(value)


#: The folder of receipts in that of progress.
RECEIPTS_FOLDER = "nhan"


def write_progress(file: ProgressFile, before: str = "") -> str:
    """The text of ``tien-do/<period>.yaml``; the leading comment of ``before``, the file's old text, is kept."""
    header = _leading_comment(before)
    own = "# docgen ghi tệp này khi thu biểu mẫu của các đơn vị (docgen collect); thu lần sau thì tệp được ghi lại."
    if own not in header:
        header.append(own)
    return "\n".join([*header, yaml_text(plain_record(file))])


def write_receipts(receipts: Receipts) -> str:
    """The text of ``tien-do/nhan/<period>.yaml``."""
    own = "# docgen ghi tệp này khi thu biểu mẫu (docgen collect): đơn vị nào, tệp nào, lúc nào. Không sửa tay."
    return f"{own}\n{yaml_text(plain_record(receipts))}"


def _leading_comment(text: str) -> list[str]:
    """The lines of the comment at the top."""
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.rstrip())
    return lines
