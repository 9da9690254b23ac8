"""The components of a document that the decree names, as found in a file; a missing one is empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from docgen.layout.facts import DrawnLine, Facts, Paragraph
from docgen.wording.decree import DECISIONS, titled_kind


class Component(StrEnum):
    """A component; the comments give its ô in the decree's diagram (Phụ lục I, mục IV)."""

    NATIONAL_NAME = "national_name"  # 1
    MOTTO = "motto"  # 1
    PARENT_AGENCY = "parent_agency"  # 2
    ISSUING_AGENCY = "issuing_agency"  # 2
    NUMBER = "number"  # 3
    PLACE_AND_DATE = "place_and_date"  # 4
    SUBJECT = "subject"  # 5b: the V/v of a công văn
    LABEL = "label"  # of a Phụ lục
    TITLE = "title"  # 5a, or the title of a Phụ lục
    ABSTRACT = "abstract"  # 5a
    ATTACHED_TO = "attached_to"  # "(Kèm theo …)"
    AUTHORITY = "authority"
    BASES = "bases"
    DECIDES = "decides"
    ADDRESSEES = "addressees"  # 9a
    CONTENT = "content"  # 6, tables included
    SIGNING_AUTHORITY = "signing_authority"  # 7a
    OTHER_TITLE = "other_title"  # 7b, above the name
    SIGNER = "signer"  # 7b
    RECIPIENTS_LABEL = "recipients_label"  # 9b
    RECIPIENTS = "recipients"  # 9b
    SECRECY = "secrecy"  # 10a
    URGENCY = "urgency"  # 10b
    CIRCULATION = "circulation"  # 11
    DRAFTER = "drafter"  # 12
    CONTACT = "contact"  # 13


LETTERHEAD = frozenset(
    {
        Component.NATIONAL_NAME,
        Component.MOTTO,
        Component.PARENT_AGENCY,
        Component.ISSUING_AGENCY,
        Component.NUMBER,
        Component.PLACE_AND_DATE,
        Component.SUBJECT,
    }
)


class Standing(StrEnum):
    """The role of a document in its file."""

    MAIN = "main"  # has its own number
    ATTACHED = "attached"  # issued by another document, mẫu 1.3
    APPENDIX = "appendix"  # mẫu 2.1


@dataclass(frozen=True, slots=True)
class Part:
    """A component: its lines of text (paragraphs or pieces of one), and the lines drawn under it."""

    paragraphs: tuple[Paragraph, ...] = ()
    lines: tuple[DrawnLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs)

    @property
    def text(self) -> str:
        """The whole text in one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs if paragraph.text)


Parts = Mapping[Component, Part]
_NOTHING = Part()


@dataclass(frozen=True)
class Document:
    """One document of a file, with its components."""

    standing: Standing
    paragraphs: tuple[Paragraph, ...]
    parts: Parts = field(default_factory=dict)
    tabled: bool = True  # the letterhead is a table, so that its alignment can be checked

    def __getitem__(self, component: Component) -> Part:
        return self.parts.get(component, _NOTHING)

    @property
    def name(self) -> str | None:
        """The kind of document its title names, in small letters: ``kế hoạch``; None for a công văn."""
        return titled_kind(self[Component.TITLE].text)

    @property
    def is_decision(self) -> bool:
        """Whether it is a quyết định or nghị quyết."""
        return self.name in DECISIONS

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn: no title, or a V/v under its number."""
        return self.standing is Standing.MAIN and (
            bool(self[Component.SUBJECT]) or (not self[Component.TITLE] and bool(self[Component.ADDRESSEES]))
        )

    @property
    def begin(self) -> Paragraph | None:
        """The first paragraph with text."""
        return next((item for item in self.paragraphs if item.text), None)


@dataclass(frozen=True)
class Scene:
    """A file and the documents in it, the input of every rule. ``file`` is the name shown to the user."""

    facts: Facts
    documents: tuple[Document, ...]
    file: str = ""

    def page_of(self, paragraph: Paragraph) -> int | None:
        """The page of the file that a paragraph begins on, from 1; None if unknown.

        Without Word's page marks only paragraphs that are certainly on the first page are known.
        """
        if paragraph.page is not None:
            return paragraph.page
        surely = paragraph.part == self.main_part and paragraph.number <= self._on_first_page
        return 1 if surely else None

    @cached_property
    def main_part(self) -> str:
        """The name of the part with the text: ``word/document.xml``."""
        return self.facts.paragraphs[0].part if self.facts.paragraphs else ""

    @cached_property
    def _on_first_page(self) -> int:
        """Number of the last paragraph that is certainly on the first page: up to it the text fills half of it."""
        room = self.facts.sections[0].text_height_pt / 2
        last = 0
        for item in self.facts.paragraphs:
            room -= self.facts.height_pt(item)
            if room < 0 or item.section or (item.page_break and last):
                break
            last = item.number
        return last

    def hosts(self) -> list[tuple[Document | None, list[Document]]]:
        """Each document with the Phụ lục that follow it; the document is None if a file begins with a Phụ lục."""
        found: list[tuple[Document | None, list[Document]]] = []
        for document in self.documents:
            if document.standing is not Standing.APPENDIX:
                found.append((document, []))
            elif found:
                found[-1][1].append(document)
            else:
                found.append((None, [document]))
        return found
