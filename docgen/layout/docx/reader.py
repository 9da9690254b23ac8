"""Reads a .docx into the facts that the rules check."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import child, switch
from docgen.layout.docx.package import NotWordError, WordPackage
from docgen.layout.docx.pages import pages, read_sections, section_elements
from docgen.layout.docx.story import Story
from docgen.layout.docx.styles import Numbering, Styles
from docgen.layout.facts import Facts, Paragraph


def read_facts(source: Path | bytes) -> Facts:
    """Read a file, given as a path or as its bytes.

    Raises :class:`~docgen.layout.docx.package.NotWordError` for anything that isn't a readable .docx.
    """
    package = WordPackage(source)
    root = package.part(package.main)
    body = child(root, "body")
    if body is None:
        raise NotWordError(_("không phải tệp .docx: không có phần nội dung"))
    styles = Styles(package.related_part(package.main, "styles"), package.related_part(package.main, "theme"))
    numbering = Numbering(package.related_part(package.main, "numbering"))
    links = package.links(package.main)

    @cache
    def read_story(relation: str) -> tuple[Paragraph, ...]:
        link = links.get(relation)
        part = package.part_if_sound(link.target) if link is not None else None
        return () if link is None or part is None else tuple(Story(link.target, styles, numbering).read(part))

    notes = [identity for identity, link in links.items() if link.kind in {"footnotes", "endnotes"}]

    sections = tuple(read_sections(section_elements(body), read_story))
    story = Story(package.main, styles, numbering, [section.text_width_mm for section in sections], pages=pages(body))
    last = len(sections) - 1  # a file without a final w:sectPr has paragraphs behind it
    paragraphs = tuple(
        paragraph if paragraph.section <= last else replace(paragraph, section=last) for paragraph in story.read(body)
    )
    read_notes = tuple(paragraph for name in notes for paragraph in read_story(name))
    settings = package.related_part(package.main, "settings")
    return Facts(sections, paragraphs, bool(switch(settings, "evenAndOddHeaders")), read_notes)
