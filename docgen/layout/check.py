"""Any Word file in, what is wrong with its form out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docgen.errors import Place
from docgen.layout.components import Scene
from docgen.layout.docx.package import NotWordError
from docgen.layout.docx.reader import read_facts
from docgen.layout.findings import Finding
from docgen.layout.recognition.recognise import recognise
from docgen.layout.rules import appendix, body, letterhead, page, recipients, signature, title
from docgen.layout.rules.base import DocumentCheck, FileCheck, Row, Rule, check_row

NOT_WORD = Rule("ND30-T.1", "khong-doc-duoc", "Không đọc được tệp như văn bản Word", "")

ROWS: tuple[Row, ...] = (
    *letterhead.ROWS, *title.ROWS, *body.ROWS, *signature.ROWS, *recipients.ROWS, *appendix.ROWS,
)  # fmt: skip
FILE_CHECKS: tuple[FileCheck, ...] = (page.check_file, appendix.check_file)
DOCUMENT_CHECKS: tuple[DocumentCheck, ...] = (
    letterhead.check_document, title.check_document, body.check_document, signature.check_document,
    recipients.check_document, appendix.check_document,
)  # fmt: skip


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    from_rows = (rule for row in ROWS for rule in row.rules())
    files = (page, letterhead, title, body, signature, recipients, appendix)
    written = (rule for file in files for rule in file.RULES)
    return tuple(sorted((NOT_WORD, *from_rows, *written), key=lambda rule: rule.code))


def check_document(source: Path | bytes, *, name: str = "") -> list[Finding]:
    """The findings on a .docx, given as a path or as bytes, in the order of the document's components.

    ``name`` is the file name in the findings' places; by default the path. Never fails for a bad file: one that
    can't be read gives the finding ``ND30-T.1``.
    """
    shown = name or (str(source) if isinstance(source, Path) else "")
    try:
        facts = read_facts(source)
    except NotWordError as error:
        finding = NOT_WORD.broken(Place(file=shown or None))
        return [replace(finding, text=f"{finding.text}: {error}")]
    return list(_findings(recognise(facts, shown)))


def _findings(scene: Scene) -> Iterator[Finding]:
    for check_file in FILE_CHECKS:
        yield from check_file(scene)
    for document in scene.documents:
        for row in ROWS:
            yield from check_row(row, scene, document)
        for check in DOCUMENT_CHECKS:
            yield from check(scene, document)
