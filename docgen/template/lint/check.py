"""Checks a template, and reports everything that a maintainer should mend at once, each at its paragraph.

Compiling stops at a faulty part; here each fault is repaired in a copy of the part, so that the next is found too.
A template without a finding of severity error compiles.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import TemplateSyntaxError

from docgen.base.declare import Contract
from docgen.base.ooxml import Entry
from docgen.base.usual_names import DOCUMENT
from docgen.base.wordprocessing import MC, Element
from docgen.errors import NOWHERE, Anchor, Place, Problem, Severity, TemplateError
from docgen.template.language.balance import syntax_problem, too_deep_problem
from docgen.template.language.compile import compile_template
from docgen.template.language.environment import Environment
from docgen.template.language.inspect import Inspection
from docgen.template.language.places import deleted_texts, join_split_tags, part_name
from docgen.template.language.program import Program
from docgen.template.language.source import holds_text, open_package, parse_part, read_content
from docgen.template.language.styles import STYLES, Styles, read_styles
from docgen.template.language.translate import translate_part
from docgen.template.lint.check_content import check_package, content_problems, looped_bookmarks, unreached_tags
from docgen.template.lint.check_tags import deepest_tag, read_tags
from docgen.template.lint.paragraphs import PartPlaces, marked, with_heading
from docgen.wording.text import fold

_COMMENTS = "word/comments.xml"


@dataclass(frozen=True)
class TemplateFinding:
    """Something to mend in a template.

    ``code`` is stable and ASCII (``template.unknown-field``). ``place`` names file, part, paragraph or table cell, and
    the heading above it; ``heading`` is that heading, "" if there is none. ``anchor`` is None if the finding is about
    the whole file or a part without paragraphs. ``related`` are further places that matter, such as the tag that
    another conflicts with. ``rule`` is the code of the broken rule of form (``ND30-05a.2``), "" if there is none.
    """

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    place: Place = NOWHERE
    anchor: Anchor | None = None
    heading: str = ""
    related: tuple[Place, ...] = ()
    rule: str = ""

    def to_problem(self) -> Problem:
        """The finding as the command line shows it."""
        return Problem(self.code, self.message, self.hint, self.place, self.severity, self.related)

    def to_json(self) -> dict[str, Any]:
        """A problem, with the heading above it, its anchor and, of what is wrong with the form, the rule."""
        return {
            **self.to_problem().to_json(),
            **({"rule": self.rule} if self.rule else {}),
            "heading": self.heading,
            "anchor": self.anchor.to_json() if self.anchor is not None else None,
        }


@dataclass(frozen=True)
class Judged:
    """The findings on a template and, if it has no errors, its program.

    The paragraphs of documents that ``program`` renders have the marks of :mod:`docgen.template.lint.paragraphs`.
    ``finding`` turns a later problem into a finding, with the anchor and the heading of its place.
    """

    findings: list[TemplateFinding]
    program: Program | None
    finding: Callable[[Problem], TemplateFinding]


def judge_template(source: Path | bytes, contract: Mapping[str, Contract] | None, *, shown: str) -> Judged:
    """Check a template; findings are in the order of its parts.

    With ``contract`` None, fields aren't checked and nothing is compiled; ``shown`` is the file's name in messages.
    Raises TemplateError if the file can't be opened as a Word document.
    """
    content = source if isinstance(source, bytes) else read_content(source, shown)
    check, program = _Check(open_package(content, shown), shown, contract), None
    check.run()
    if contract is not None and not any(problem.severity is Severity.ERROR for problem in check.problems):
        try:
            program = _compiled(content, contract, shown)
        except TemplateError as error:  # found by compiling alone
            check.problems += error.problems
    findings = [check.finding(problem) for problem in dict.fromkeys(check.problems)]
    return Judged(_ordered(findings), program, check.finding)


@dataclass
class _Check:
    """A check in progress: the problems found, the places of each part, and the faulty tags.

    ``unread``: a part can't be parsed, so the fields that it names aren't known.
    """

    entries: list[Entry]
    shown: str
    contract: Mapping[str, Contract] | None
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, tuple[Element, PartPlaces]] = field(default_factory=dict)
    faulty: list[str] = field(default_factory=list)
    unread: bool = False

    def run(self) -> None:
        styles = read_styles(self._parsed(STYLES))
        for entry in self.entries:
            if holds_text(entry.name):
                root = self._parsed(entry.name)
                if root is not None:
                    self.parts[entry.name] = (root, PartPlaces(root, self.shown, entry.name, styles))
        try:
            self.problems += check_package(self.entries, self.shown, self.parts)
        except TemplateError as error:
            self.problems += error.problems
        environment, comments = Environment(), self._parsed(_COMMENTS)
        inspection = Inspection(self.contract, environment)
        for name, (root, places) in self.parts.items():
            _drop_old_boxes(root)
            self.problems += content_problems(root, places.at, styles, comments)
            self._check_tags(name, root, places, styles, inspection)
        self.problems += inspection.problems
        self.problems += unreached_tags(self.entries, self.shown, self.parts)
        self.problems += self._unused(inspection)

    def _parsed(self, name: str) -> Element | None:
        entry = next((entry for entry in self.entries if entry.name == name), None)
        try:
            return parse_part(entry, self.shown) if entry is not None else None
        except TemplateError as error:
            self.problems += error.problems
            return None

    def _check_tags(self, name: str, root: Element, places: PartPlaces, styles: Styles, inspection: Inspection) -> None:
        for deleted in deleted_texts(root):
            deleted.text = ""
        join_split_tags(root)
        read = read_tags(root, places.at, inspection.environment)
        self.problems += read.problems
        self.problems += looped_bookmarks(root, read.loops, places.at)
        self.faulty += read.faulty
        translated, found = translate_part(root, self.shown, name, styles)
        self.problems += found
        self.faulty += [problem.message for problem in found]
        text, lines = translated.text + read.missing, translated.places
        if found:  # translation may drop tags that have to be checked too
            text, lines = read.plain, places.lines(read.lines)
        before = len(inspection.problems)
        try:
            inspection.inspect(inspection.environment.parse(text), lines)
            if len(inspection.problems) > before and not found:
                alone = Inspection(self.contract, inspection.environment)
                alone.inspect(alone.environment.parse(read.plain), places.lines(read.lines))
                inspection.problems[before:] = _at_their_tags(inspection.problems[before:], alone.problems)
        except TemplateSyntaxError as error:
            self.problems.append(syntax_problem(text, error.lineno, lines))
            self.unread = True
        except (RecursionError, MemoryError):
            deepest = deepest_tag(read)
            place = places.at(deepest) if deepest is not None else Place(self.shown, part=part_name(name))
            self.problems.append(too_deep_problem(place))
            self.unread = True

    def _unused(self, inspection: Inspection) -> Iterator[Problem]:
        """The required fields that no tag names, not even a faulty one."""
        if self.unread:
            return
        named = [_joined_words(tag) for tag in (*self.faulty, *inspection.guessed)]
        for problem, path in zip(inspection.unused(), inspection.unused_paths(), strict=True):
            if not any(f"_{fold(path[-1])}_" in tag for tag in named):
                yield replace(problem, severity=Severity.WARNING, place=Place(self.shown))

    def finding(self, problem: Problem) -> TemplateFinding:
        """Turn a problem into a finding, with anchor and heading of its place."""
        place = problem.place if problem.place.file else problem.place._replace(file=self.shown)
        anchor, heading = None, ""
        for _root, places in self.parts.values():
            anchor = anchor or places.anchor(place)
            heading = heading or places.heading(place)
        place = with_heading(place, heading) if heading else place
        return TemplateFinding(
            problem.code, problem.message, problem.hint, problem.severity, place, anchor, heading, problem.related
        )


def _joined_words(tag: str) -> str:
    """The words of a tag, which may be malformed, folded, with "_" around and between them."""
    words = "".join(letter if letter.isalnum() else " " for letter in tag).split()
    return fold(f"_{'_'.join(words)}_")


def _drop_old_boxes(root: Element) -> None:
    """Remove the copies of drawings that Word keeps for old programs, as they repeat all texts."""
    for old in list(root.iter(MC + "Fallback")):
        parent = old.getparent()
        if parent is not None and parent.find(MC + "Choice") is not None:
            parent.remove(old)


def _compiled(content: bytes, contract: Mapping[str, Contract], shown: str) -> Program:
    """Compile a copy of a template with marked paragraphs. Raises TemplateError."""
    with TemporaryDirectory(prefix="docgen-mau-") as folder:
        path = Path(folder) / "mau.docx"
        path.write_bytes(marked(content, shown))
        return compile_template(path, contract, shown=shown)


def _at_their_tags(found: list[Problem], exact: list[Problem]) -> list[Problem]:
    """Move the problems of a translated part to their tags, where checking the tags alone (``exact``) gives the same.

    In a translated part, the code of a row with its own loop is before the row, not in the tag's cell.
    """
    places: dict[Problem, list[Place]] = {}
    for problem in exact:
        places.setdefault(replace(problem, place=NOWHERE), []).append(problem.place)
    times = Counter(replace(problem, place=NOWHERE) for problem in found)
    moved = []
    for problem in found:
        bare = replace(problem, place=NOWHERE)
        moved.append(
            replace(problem, place=places[bare].pop(0)) if len(places.get(bare, ())) == times[bare] else problem
        )
        times[bare] -= 1
    return moved


def _ordered(findings: list[TemplateFinding]) -> list[TemplateFinding]:
    """Sort by place: the whole file, then the parts, the body first, each from top to bottom."""

    def order(finding: TemplateFinding) -> tuple[bool, bool, str, int]:
        anchor = finding.anchor
        if anchor is None:
            return (False, False, "", 0)
        return (True, anchor.part != DOCUMENT, anchor.part, anchor.index)

    return sorted(findings, key=order)
