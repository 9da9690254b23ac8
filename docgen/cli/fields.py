"""``docgen fields``: every field of a plan, as a page."""

import click

from docgen.base.declare import Declaration, Record, declarations, records_of
from docgen.base.locale import translate as _
from docgen.documents import registry
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
def command() -> None:
    """Print the table of fields; docs/truong-du-lieu.md is this command's output."""
    click.echo(fields_page(Plan), nl=False)


def fields_page(root: type[Record]) -> str:
    """All fields below a record as a Markdown page, one table a record."""
    lines = [
        "# " + _("Các trường dữ liệu của kế hoạch"),
        "",
        _("Trang này do `docgen fields` in ra từ khai báo trong mã nguồn; sửa khai báo rồi chạy `make docs`."),
    ]
    for record, keys in _records(root).items():
        summary = (record.__doc__ or "").strip().splitlines()[0]
        lines += ["", f"## {keys}", "", f"<!-- {record.__name__}: {summary} -->", ""]
        lines += [_("| Khóa | Tên | Kiểu | Bắt buộc | Ví dụ | Ghi chú |"), "|---|---|---|---|---|---|"]
        lines += [_row(declared) for declared in declarations(record).values()]
    return "\n".join(lines) + "\n"


def _records(root: type[Record]) -> dict[type[Record], str]:
    """Every record below ``root``, with the keys under which it stands; the root is a file.

    What stands for a named document is a text, then the record of each kind that has fields of its own.
    """
    own = {kind.record: kind.title for kind in registry.kinds() if kind.record not in (None, TextDocument)}
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
                keys[below][f"`{declared.key}`"] = None
    headings = {record: ", ".join(those) for record, those in keys.items()}
    named = {record: f"{headings[TextDocument]}: {title}" for record, title in own.items()}
    return {**headings, **named, root: "ke-hoach.yaml"}


def _row(declared: Declaration) -> str:
    kind = " · ".join(declared.choices) if declared.choices else _KINDS.get(declared.kind, declared.kind)
    many = {"": "", "list": _("danh sách "), "named": _("theo tên: ")}[declared.many]
    notes = declared.help
    if declared.internal:
        notes = _("từ tệp riêng, không ghi ở đây")
    elif declared.choices and not any(label == word for word, label in declared.choices.items()):
        labels = "; ".join(f"{word}: {label}" for word, label in declared.choices.items())
        notes = f"{notes}; {labels}" if notes else labels
    cells = [
        f"`{declared.key}`",
        declared.label,
        many + kind,
        _("có") if declared.required else "",
        declared.example,
        notes,
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
