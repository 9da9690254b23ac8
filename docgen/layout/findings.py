"""A finding of a rule: its place, what was found there, and what the decree requires."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from docgen.base.locale import translate as _
from docgen.errors import Anchor, Place, Problem, Severity

About = Literal["the_thuc", "noi_dung"]


class Spot(NamedTuple):
    """Where a finding is: in words for the user, and as an anchor for programs."""

    place: Place
    anchor: Anchor | None = None


@dataclass(frozen=True)
class Finding:
    """``rule`` is the stable code (``ND30-05a.2``), ``slug`` its name in ASCII words.

    ``text`` is the sentence without figures; ``found`` and ``expected`` are shown unchanged and may be empty;
    ``also`` are further places with the same finding. ``about`` is ``noi_dung`` for findings on the author's own words.
    ``anchor`` is None if a finding is about the whole file or section; ``also_anchors`` belong to ``also``.
    ``undecided``: a program can't decide, and ``expected`` says what a person should look at.
    """

    rule: str
    slug: str
    clause: str
    place: Place
    found: str
    expected: str
    severity: Severity
    about: About
    text: str
    also: tuple[Place, ...] = ()
    anchor: Anchor | None = None
    also_anchors: tuple[Anchor | None, ...] = ()
    undecided: bool = False

    @property
    def message(self) -> str:
        """The whole sentence in Vietnamese, without place and clause."""
        sentence = self.text
        if self.undecided and self.expected:
            sentence += _("; cần xem bằng mắt: {what}").format(what=self.expected)
            return sentence + self._others()
        if self.found:
            sentence += _(": đang là {found}").format(found=self.found)
        if self.expected:
            joint = _("; phải là {expected}") if self.found else _(": phải có {expected}")
            sentence += joint.format(expected=self.expected)
        return sentence + self._others()

    def _others(self) -> str:
        return _(" (và {count} chỗ khác)").format(count=len(self.also)) if self.also else ""

    def to_problem(self) -> Problem:
        """The finding as the command line shows it."""
        hint = _("Căn cứ: {clause}").format(clause=self.clause) if self.clause else ""
        return Problem(f"{self.rule} {self.slug}", self.message, hint, self.place, self.severity, self.also)

    def to_json(self) -> dict[str, Any]:
        """A problem, and what only a finding has; ``related_anchors`` go with ``related``."""
        return {
            **self.to_problem().to_json(),
            "code": f"form.{self.rule}",
            "rule": self.rule,
            "slug": self.slug,
            "clause": self.clause,
            "kind": self.about,
            "found": self.found,
            "expected": self.expected,
            "undecided": self.undecided,
            "anchor": self.anchor.to_json() if self.anchor else None,
            "related_anchors": [anchor.to_json() if anchor else None for anchor in self.also_anchors],
        }
