"""Any Word file in, what is wrong with its form out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docgen.errors import Place
from docgen.layout.components import Scene
from docgen.layout.docx.package import NotWordError
from docgen.layout.docx.reader import read_facts
from docgen.layout.findings import Finding, Spot
from docgen.layout.profiles import PROFILES, Profile
from docgen.layout.recognition.recognise import recognise
from docgen.layout.rules.base import Rule
from docgen.layout.rules.rows import check_row

NOT_WORD = Rule(
    "ND30-T.1",
    "khong-doc-duoc",
    "Không đọc được tệp như văn bản Word",
    "",
    reason="Chỉ tệp .docx không có mật khẩu mới đọc được; tệp .doc cũ, tệp hỏng hoặc tệp đổi tên thì phải lưu lại.",
    example="đúng: ke-hoach.docx / sai: ke-hoach.doc đổi đuôi thành .docx",
)


def all_rules(profile: str = "nd30") -> tuple[Rule, ...]:
    """Every rule of a profile, by code; KeyError for a profile that isn't in ``PROFILES``."""
    return tuple(sorted((NOT_WORD, *PROFILES[profile].rules()), key=lambda rule: rule.code))


def check_document(source: Path | bytes, *, name: str = "", profile: str = "nd30") -> list[Finding]:
    """The findings on a .docx, given as a path or as bytes, in the order of the document's components.

    ``name`` is the file name in the findings' places; by default the path. ``profile`` is a key of ``PROFILES``
    (KeyError for any other). Never fails for a bad file: one that can't be read gives the finding ``ND30-T.1``.
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
    """What the rules of a profile find in a file that is read already."""
    for check_file in profile.file_checks:
        yield from check_file(scene)
    for document in scene.documents:
        for row in profile.rows:
            yield from check_row(row, scene, document)
        for check in profile.document_checks:
            yield from check(scene, document)
