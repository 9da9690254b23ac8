"""Checks a Word file against a profile: the rules of one decree or organisation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, ModuleType

from docgen.base.locale import translate as _
from docgen.errors import Place
from docgen.layout.components import Scene
from docgen.layout.docx.package import NotWordError
from docgen.layout.docx.reader import read_facts
from docgen.layout.findings import Finding, Spot
from docgen.layout.recognition.recognise import recognise
from docgen.layout.rules import (
    appendix,
    body,
    letterhead,
    marks,
    page,
    recipients,
    signature,
    structure,
    title,
    unsure,
    words,
)
from docgen.layout.rules.base import DocumentCheck, FileCheck, Rule
from docgen.layout.rules.rows import Row, check_row


@dataclass(frozen=True)
class Profile:
    """A set of rules: as rows of data, and as functions where rows can't express them.

    ``file_checks`` take a whole file, ``document_checks`` each document in it; ``written`` are their rules.
    """

    code: str
    name: str
    rows: tuple[Row, ...] = ()
    file_checks: tuple[FileCheck, ...] = ()
    document_checks: tuple[DocumentCheck, ...] = ()
    written: tuple[Rule, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """All rules, of rows and of functions, sorted by code."""
        from_rows = (rule for row in self.rows for rule in row.rules())
        return tuple(sorted((*from_rows, *self.written), key=lambda rule: rule.code))


def _profile(code: str, name: str, modules: Sequence[ModuleType]) -> Profile:
    """The profile of the rules that are constants of ``modules``, and of their ROWS, check_file and check_document."""
    values = [value for module in modules for value in vars(module).values()]
    return Profile(
        code,
        name,
        rows=tuple(row for module in modules for row in getattr(module, "ROWS", ())),
        file_checks=tuple(module.check_file for module in modules if hasattr(module, "check_file")),
        document_checks=tuple(module.check_document for module in modules if hasattr(module, "check_document")),
        written=tuple(dict.fromkeys(value for value in values if isinstance(value, Rule))),
    )


ND30 = _profile(
    "nd30",
    _("Nghị định 30/2020/NĐ-CP"),
    # in the order of a document's components
    (page, letterhead, marks, title, body, structure, signature, recipients, appendix, words, unsure),
)

#: Code of a profile → the profile; the choices of ``--profile``.
PROFILES: Mapping[str, Profile] = MappingProxyType({profile.code: profile for profile in (ND30,)})


NOT_WORD = Rule(
    "ND30-T.1", "khong-doc-duoc", "Không đọc được tệp như văn bản Word", "",
    reason="Chỉ tệp .docx không có mật khẩu mới đọc được; tệp .doc cũ, tệp hỏng hoặc tệp đổi tên thì phải lưu lại.",
    example="đúng: ke-hoach.docx / sai: ke-hoach.doc đổi đuôi thành .docx",
)  # fmt: skip


def all_rules(profile: str = "nd30") -> tuple[Rule, ...]:
    """All rules of a profile, sorted by code. Raises KeyError for a profile that isn't in ``PROFILES``."""
    return tuple(sorted((NOT_WORD, *PROFILES[profile].rules()), key=lambda rule: rule.code))


def check_document(source: Path | bytes, *, name: str = "", profile: str = "nd30") -> list[Finding]:
    """Check a .docx, given as a path or as bytes.

    ``name`` is the file name in the findings' places; by default the path. ``profile`` is a key of ``PROFILES``;
    any other raises KeyError. A file that can't be read raises nothing, it gives the finding ``ND30-T.1``.
    """
    rules = PROFILES[profile]
    shown = name or (str(source) if isinstance(source, Path) else "")
    try:
        facts = read_facts(source)
    except NotWordError as error:
        finding = NOT_WORD.broken(Spot(Place(file=shown or None)))
        return [replace(finding, text=f"{finding.text}: {error}")]
    return list(findings(recognise(facts, shown), rules))


def findings(scene: Scene, profile: Profile) -> Iterator[Finding]:
    """Apply the rules of a profile to a file that has been read."""
    for check_file in profile.file_checks:
        yield from check_file(scene)
    for document in scene.documents:
        for row in profile.rows:
            yield from check_row(row, scene, document)
        for check in profile.document_checks:
            yield from check(scene, document)
