"""Rules about the author's own words, as rows: a pattern, and what it should read. All of kind ``noi_dung``."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docgen.layout.components import Component, Document, Scene
from docgen.layout.facts import Paragraph
from docgen.layout.rules.base import Findings, Rule, excerpt, grouped_pairs

#: What an author writes; the letterhead and the signature have rules of their own.
WORDS = (
    Component.ABSTRACT, Component.ATTACHED_TO, Component.BASES, Component.ADDRESSEES, Component.CONTENT,
    Component.RECIPIENTS,
)  # fmt: skip

#: A match → how it should read; None where it is right as it stands.
Correct = Callable[[re.Match[str]], str | None]


@dataclass(frozen=True)
class Saying:
    """One rule about words: where ``pattern`` is found and ``correct`` gives another reading, it is broken."""

    rule: Rule
    pattern: re.Pattern[str]
    correct: Correct
    components: Sequence[Component] = WORDS


def written(document: Document, components: Sequence[Component]) -> Iterator[Paragraph]:
    """The paragraphs of these components that show text."""
    for component in components:
        for item in document[component].paragraphs:
            if item.text:
                yield item


def check_sayings(sayings: Sequence[Saying], scene: Scene, document: Document) -> Findings:
    """Everything that the rows find in a document, each wrong reading once with all its places."""
    for saying in sayings:
        bad = (
            (item, excerpt(match[0]), excerpt(right))
            for item in written(document, saying.components)
            for match in saying.pattern.finditer(item.text)
            if (right := saying.correct(match)) is not None and right != match[0]
        )
        yield from grouped_pairs(saying.rule, scene, bad)
