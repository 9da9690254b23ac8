"""``docgen fields``: the table of all fields of a plan."""

from typing import Any

import click

from docgen.base.declare import Declaration, Record, declarations, records_of
from docgen.base.locale import translate as _
from docgen.cli.options import format_option
from docgen.cli.show import finish
from docgen.documents import registry
from docgen.documents.kind import Kind
from docgen.model.plan.plan import NamedDocument, Plan, TextDocument

_KINDS = {
    "text": "văn bản",
    "lines": "văn bản, có thể nhiều dòng",
    "integer": "số nguyên",
    "amount": "số",
    "date": "ngày dd/mm/yyyy",
    "partial_date": "ngày dd/mm/yyyy hoặc mm/yyyy",
    "flag": "true hoặc false",
    "record": "nhóm khóa",
}


@click.command("fields", help=_("In bảng các trường dữ liệu của một kế hoạch, dạng Markdown."))
@format_option()
def command(output_format: str) -> None:
    """Print the table of fields; docs/truong-du-lieu.md is this command's output."""
    records = [
        {"keys": list(keys), "fields": [_facts(declared) for declared in declarations(record).values()]}
        for record, keys in _records(Plan).items()
    ]
    finish(output_format, lines=[fields_page(Plan).removesuffix("\n")], more={"records": records})


def fields_page(root: type[Record]) -> str:
    """All fields of a record and those nested in it as a Markdown page, with a table for each record."""
    lines = [
        "# " + _("Các trường dữ liệu của kế hoạch"),
        "",
        _("Trang này do `docgen fields` in ra từ khai báo trong mã nguồn; sửa khai báo rồi chạy `make docs`."),
    ]
    titles = {kind.record: f": {kind.title}" for kind in _own_kinds()}
    for record, found in _records(root).items():
        keys = ", ".join(f"`{key}`" for key in found) + titles.get(record, "") if found else "ke-hoach.yaml"
        first_line = (record.__doc__ or "").strip().splitlines()[0]
        lines += ["", f"## {keys}", "", f"<!-- {record.__name__}: {first_line} -->", ""]
        lines += [_("| Khóa | Tên | Kiểu | Bắt buộc | Ví dụ | Ghi chú |"), "|---|---|---|---|---|---|"]
        lines += [_row(declared) for declared in declarations(record).values()]
    return "\n".join(lines) + "\n"


def _own_kinds() -> list[Kind[Any]]:
    """The kinds of named documents with fields of their own."""
    return [kind for kind in registry.kinds() if kind.record not in (None, TextDocument)]


def _records(root: type[Record]) -> dict[type[Record], tuple[str, ...]]:
    """``root`` and all records nested in it with the keys that hold them; the root, a file, has none.

    A named document stands for a text document and the record of each kind with fields of its own.
    """
    own = [kind.record for kind in _own_kinds() if kind.record is not None]
    found: list[type[Record]] = []
    for record in dict.fromkeys(one for top in (root, *own) for one in records_of(top)):
        if record is NamedDocument:
            found += [TextDocument, *own]
        elif record not in own:
            found.append(record)
    keys: dict[type[Record], dict[str, None]] = {record: {} for record in found}
    for owner in found:
        for declared in declarations(owner).values():
            if declared.record is not None:
                below = TextDocument if declared.record is NamedDocument else declared.record
                keys[below][declared.key] = None
    return {record: tuple(keys[TextDocument] if record in own else those) for record, those in keys.items()}


def _facts(declared: Declaration) -> dict[str, Any]:
    """The cells of a field's row, for text and JSON."""
    kind = " · ".join(declared.choices) if declared.choices else _KINDS.get(declared.kind, declared.kind)
    many = {"": "", "list": _("danh sách "), "named": _("theo tên: ")}[declared.many]
    notes = declared.help
    if declared.internal:
        notes = _("từ tệp riêng, không ghi ở đây")
    elif declared.choices and not any(label == word for word, label in declared.choices.items()):
        labels = "; ".join(f"{word}: {label}" for word, label in declared.choices.items())
        notes = f"{notes}; {labels}" if notes else labels
    return {
        "key": declared.key,
        "label": declared.label,
        "type": many + kind,
        "required": declared.required,
        "example": declared.example,
        "note": notes,
    }


def _row(declared: Declaration) -> str:
    facts = _facts(declared)
    required = _("có") if facts["required"] else ""
    cells = [f"`{facts['key']}`", facts["label"], facts["type"], required, facts["example"], facts["note"]]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
