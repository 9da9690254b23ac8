"""Sets of rules: a profile is the rows and checks of one decree, or of one body's own form."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from docgen.base.locale import translate as _
from docgen.layout.rules import (
    appendix,
    body,
    capitals,
    citation,
    letterhead,
    marks,
    page,
    recipients,
    signature,
    structure,
    title,
    unsure,
)
from docgen.layout.rules.base import DocumentCheck, FileCheck, Rule
from docgen.layout.rules.rows import Row


@dataclass(frozen=True)
class Profile:
    """What a file is held against: rows of data, functions for what no row can say, and the rules of the functions.

    ``file_checks`` look at a file as a whole, ``document_checks`` at each document in it.
    """

    code: str
    name: str
    rows: tuple[Row, ...] = ()
    file_checks: tuple[FileCheck, ...] = ()
    document_checks: tuple[DocumentCheck, ...] = ()
    written: tuple[Rule, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the set, those of its rows and those of its functions, by code."""
        from_rows = (rule for row in self.rows for rule in row.rules())
        return tuple(sorted((*from_rows, *self.written), key=lambda rule: rule.code))


#: The files of rules, in the order in which a document's findings come.
_FILES = (
    page, letterhead, marks, title, body, structure, signature, recipients, appendix, citation, capitals, unsure,
)  # fmt: skip

ND30 = Profile(
    code="nd30",
    name=_("Nghị định 30/2020/NĐ-CP"),
    rows=(
        *letterhead.ROWS, *marks.ROWS, *title.ROWS, *body.ROWS, *signature.ROWS, *recipients.ROWS, *appendix.ROWS,
    ),
    file_checks=(page.check_file, marks.check_file, appendix.check_file),
    document_checks=(
        letterhead.check_document, marks.check_document, title.check_document, body.check_document,
        structure.check_document, signature.check_document, recipients.check_document, appendix.check_document,
        citation.check_document, capitals.check_document, unsure.check_document,
    ),
    written=tuple(rule for file in _FILES for rule in file.RULES),
)  # fmt: skip

#: Code of a profile → the profile; what ``--profile`` chooses from.
PROFILES: Mapping[str, Profile] = MappingProxyType({profile.code: profile for profile in (ND30,)})
