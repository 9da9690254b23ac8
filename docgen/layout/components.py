"""The parts of a document that the decree names, as they were found in a file; an absent one is empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from docgen.layout.facts import DrawnLine, Facts, Paragraph
from docgen.layout.names import DECISIONS, kind_of


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


class DocumentKind(StrEnum):
    """What a stretch of a file is."""

    MAIN = "main"  # has its own number
    ATTACHED = "attached"  # issued by another document, mẫu 1.3
    APPENDIX = "appendix"  # mẫu 2.1


@dataclass(frozen=True, slots=True)
class Part:
    """A component: its lines of text, each a paragraph or a piece of one, and the lines drawn under it."""

    paragraphs: tuple[Paragraph, ...] = ()
    lines: tuple[DrawnLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs)

    @property
    def text(self) -> str:
        """All its text in one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs if paragraph.text)


Parts = Mapping[Component, Part]
_NOTHING = Part()


@dataclass(frozen=True)
class Document:
    """One document of a file, with its components."""

    kind: DocumentKind
    paragraphs: tuple[Paragraph, ...]
    parts: Parts = field(default_factory=dict)
    tabled: bool = True  # the letterhead stands in a table, so that its alignment can be judged

    def __getitem__(self, component: Component) -> Part:
        return self.parts.get(component, _NOTHING)

    @property
    def name(self) -> str | None:
        """The kind of document its title names, in small letters: ``kế hoạch``; None for a công văn."""
        return kind_of(self[Component.TITLE].text)

    @property
    def is_decision(self) -> bool:
        """Whether it is a quyết định or nghị quyết."""
        return self.name in DECISIONS

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn: no title, or a V/v under its number."""
        return self.kind is DocumentKind.MAIN and (
            bool(self[Component.SUBJECT]) or (not self[Component.TITLE] and bool(self[Component.ADDRESSEES]))
        )

    @property
    def begin(self) -> Paragraph | None:
        """Its first paragraph that shows anything."""
        return next((item for item in self.paragraphs if item.text), None)


@dataclass(frozen=True)
class Scene:
    """A file and the documents in it: what every rule looks at. ``file`` is the name shown to the user."""

    facts: Facts
    documents: tuple[Document, ...]
    file: str = ""

    def hosts(self) -> list[tuple[Document | None, list[Document]]]:
        """Each document with the Phụ lục that follow it; None where a file begins with a Phụ lục."""
        found: list[tuple[Document | None, list[Document]]] = []
        for document in self.documents:
            if document.kind is not DocumentKind.APPENDIX:
                found.append((document, []))
            elif found:
                found[-1][1].append(document)
            else:
                found.append((None, [document]))
        return found
