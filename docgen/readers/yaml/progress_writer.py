"""A period's progress or its receipts in, the YAML text that reads back equal out."""

from docgen.base.locale import translate as _
from docgen.model.progress.progress import ProgressFile
from docgen.model.progress.receipt import Receipts
from docgen.readers.yaml.writer import plain_record, yaml_text

#: Where receipts stand below the folder of progress.
RECEIPTS_FOLDER = "nhan"


def write_progress(file: ProgressFile, before: str = "") -> str:
    """The text of ``tien-do/<period>.yaml``; ``before`` is what stood there, whose leading comment is kept."""
    header = _leading_comment(before)
    own = _("# docgen ghi tệp này khi thu biểu mẫu của các đơn vị (docgen collect); thu lần sau thì tệp được ghi lại.")
    if own not in header:
        header.append(own)
    return "\n".join([*header, yaml_text(plain_record(file))])


def write_receipts(receipts: Receipts) -> str:
    """The text of ``tien-do/nhan/<period>.yaml``."""
    own = _("# docgen ghi tệp này khi thu biểu mẫu (docgen collect): đơn vị nào, tệp nào, lúc nào. Không sửa tay.")
    return f"{own}\n{yaml_text(plain_record(receipts))}"


def _leading_comment(text: str) -> list[str]:
    """The lines of the comment at the top."""
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.rstrip())
    return lines
