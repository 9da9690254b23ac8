"""Breaks in values: a tab, a new paragraph or a new page, made where the value stands once a part is rendered.

docxtpl's convention: ``\\t`` is a tab, ``\\a`` ends the paragraph and begins one like it, ``\\f`` does so on a new
page. What begins anew has the properties of the run and of the paragraph that the value stands in. (``\\n``, a new
line, needs neither and is written with the value.)
"""

from collections.abc import Iterator

BREAKS = ("\t", "\a", "\f")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t></w:r>"
_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def resolve_breaks(xml: str) -> str:
    """A rendered part with the break characters in its texts turned into Word's elements."""
    parts, end = [], 0
    for at in _positions(xml):
        run = _properties(xml, at, "w:r", "w:rPr")
        paragraph = _properties(xml, at, "w:p", "w:pPr")
        parts += [xml[end:at], _made(xml[at], run, paragraph)]
        end = at + 1
    return "".join([*parts, xml[end:]])


def _positions(xml: str) -> list[int]:
    """Where break characters stand in texts; elsewhere they are white space of the template's own file."""
    found = sorted(at for letter in BREAKS for at in _all(xml, letter))
    return [at for at in found if xml.startswith(("<w:t>", "<w:t "), xml.rfind("<", 0, at))]


def _all(xml: str, letter: str) -> Iterator[int]:
    at = xml.find(letter)
    while at >= 0:
        yield at
        at = xml.find(letter, at + 1)


def _made(letter: str, run: str, paragraph: str) -> str:
    if letter == "\t":
        return f"{_CLOSE}<w:r>{run}<w:tab/></w:r><w:r>{run}{_OPEN}"
    between = _PAGE if letter == "\f" else ""
    return f"{_CLOSE}</w:p>{between}<w:p>{paragraph}<w:r>{run}{_OPEN}"


def _properties(xml: str, at: int, owner: str, name: str) -> str:
    """The properties of the run or paragraph around a position, as they are written; empty where it has none."""
    start = max(xml.rfind(f"<{owner}>", 0, at), xml.rfind(f"<{owner} ", 0, at))
    inside = xml.index(">", start) + 1
    if not xml.startswith((f"<{name}>", f"<{name} "), inside):
        return ""
    return xml[inside : xml.index(f"</{name}>", inside) + len(name) + 3]
