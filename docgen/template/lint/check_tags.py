"""Checks the tags of a part one by one, and repairs each faulty one so that the others can be checked too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError

from docgen.base.locale import translate as _
from docgen.base.wordprocessing import Element, w
from docgen.errors import Problem, Severity
from docgen.template.language.balance import BLOCKS, HINT_STRAY, Tag, match_blocks
from docgen.template.language.environment import Environment
from docgen.template.language.inspect import few, nearest
from docgen.template.language.places import CLOSERS, At
from docgen.template.tags.marks import OWN_TAGS, TAKES, Mark, tags_in, unclosed_problem
from docgen.wording.text import did_you_mean, fold


def level_of(tag: Mark) -> tuple[str, Element | None]:
    """The level of a tag, equal for tags that can form a block: the parent of what it replaces, or its paragraph."""
    if tag.takes:
        return tag.takes, standing(tag).getparent()
    return "", next(tag.text.iterancestors(w("p")), None)


def structure_problems(pairs: Iterable[tuple[Mark, Mark]], at: At) -> Iterator[Problem]:
    """Report consecutive tags of a block (``pairs``) that don't have whole elements between them."""
    for first, second in pairs:
        start, end = standing(first), standing(second)
        if start is end or (first.takes and second.takes and start.getparent() is end.getparent()):
            continue
        related = (at(second.text),)
        if not first.takes and not second.takes and _levels(start, end) == _levels(end, start):
            problem = _plain(first, second)
            if problem is not None:
                yield problem.at(at(first.text), related)
            continue
        message = _("{first} và {second} đứng ở hai chỗ không ghép được với nhau").format(
            first=first.raw[:60], second=second.raw[:60]
        )
        hint = _("đặt cả hai cùng kiểu thẻ, trong cùng một ô, cùng một bảng hoặc cùng thân văn bản")
        yield Problem("template.structure", message, hint, at(first.text), related=related)


def _plain(first: Mark, second: Mark) -> Problem | None:
    """The warning for plain tags in different paragraphs, whose parts would be joined or repeated; else None."""
    paragraphs = [next(tag.text.iterancestors(w("p"))) for tag in (first, second)]
    if paragraphs[0] is paragraphs[1]:
        return None
    rows = [next(tag.text.iterancestors(w("tr")), None) for tag in (first, second)]
    kind = "p" if rows[0] is rows[1] else "tr"
    where = _("hai hàng") if kind == "tr" else _("hai đoạn")
    message = _("{first} mở và đóng ở {where} khác nhau mà không có “{kind}”").format(
        first=first.raw[:60], where=where, kind=kind
    )
    hint = _("viết {tag} và đặt mỗi thẻ một chỗ riêng").format(tag="{%" + kind + first.raw[2:].rstrip()[:40])
    return Problem("template.crosses-paragraphs", message, hint, severity=Severity.WARNING)


def standing(tag: Mark) -> Element:
    """The element that a tag replaces when translated: its paragraph, row, cell or run; or its text element."""
    return next(tag.text.iterancestors(w(tag.takes)), tag.text) if tag.takes else tag.text


def _levels(element: Element, other: Element) -> list[str]:
    """The names of the elements around ``element`` that aren't also around ``other``, from inside out."""
    around = set(other.iterancestors())
    levels = []
    for ancestor in element.iterancestors():
        if ancestor in around:
            break
        levels.append(ancestor.tag)
    return levels


_OTHER_WORDS = frozenset(("else", "elif", "do", "include", "import", "from", "extends", "block", "endblock"))
_BLOCK_WORDS = (*sorted(BLOCKS), *(f"end{name}" for name in sorted(BLOCKS)), "else", "elif")
#: Number of characters of an expression that weigh as much as one open block.
_LETTERS_A_LEVEL = 4
#: The braces of East Asian keyboards.
_WIDE_BRACES = ("｛", "｝")
_LITERAL_BRACES = ("{_{", "}_}", "{_%", "%_}")
#: Tags of docxtpl that change the cell around them.
_OF_CELLS = ("hm", "cellbg", "colspan")


@dataclass
class ReadPart:
    """The result of checking a part's tags: ``problems``, the ``faulty`` tags as typed, and the ``missing`` end tags.

    ``loops`` are the elements :func:`standing` for the first and the last tag of each loop. ``plain`` are the repaired
    tags, one a line, ``lines`` the text element of each line.
    """

    problems: list[Problem] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    missing: str = ""
    loops: list[tuple[Element, Element]] = field(default_factory=list)
    plain: str = ""
    lines: list[Element] = field(default_factory=list)


def read_tags(root: Element, at: At, environment: Environment) -> ReadPart:
    """Find the faults of a part's tags, and repair them in the tree; split tags must have been joined.

    ``at`` gives the place of an element.
    """
    part = ReadPart()
    tags = list(tags_in(root.iter(w("t"))))
    edits: dict[int, Mark] = {}
    for number, tag in enumerate(tags):
        fault = _fault(tag, environment)
        if fault is not None:
            part.problems.append(fault.at(at(tag.text)))
            part.faulty.append(tag.raw)
            edits[number] = _stand_in(tag)
    part.problems += _stray_marks(root, tags, at)
    meant = [edits.get(number, tag) for number, tag in enumerate(tags)]
    instead = {number: _as_typed(tag) for number, tag in edits.items()} | _match(part, meant, at)
    for number in reversed(range(len(tags))):
        if number in instead:
            tags[number].take_out(instead[number])
    _read_plain(part, root)
    return part


def deepest_tag(part: ReadPart) -> Element | None:
    """The text element of the longest tag, or of the tag with the most open blocks, if a part is nested too deep."""
    found, depth, most = None, 0, 0
    for line, text in zip(part.plain.split("\n"), part.lines, strict=False):
        word = line.strip("{%} -+").partition(" ")[0]
        depth += (word in BLOCKS) - word.startswith("end")
        if (weight := max(depth, len(line) // _LETTERS_A_LEVEL)) > most:
            found, most = text, weight
    return found


def _as_typed(tag: Mark) -> str:
    return "{%" + f"{tag.takes} {tag.code}" + " %}" if tag.code else ""


def _match(part: ReadPart, tags: Sequence[Mark], at: At) -> dict[int, str]:
    """Match the blocks, and report faults to ``part``; return number → replacement for tags that don't match."""
    blocks = [number for number, tag in enumerate(tags) if tag.opener == "{%" and (tag.closed or tag.code)]
    shown = [Tag(tuple(tags[n].code.replace("=", " = ").split()), level=level_of(tags[n])) for n in blocks]
    matching = match_blocks(shown)
    for fault in matching.faults:
        tag = tags[blocks[fault.tag]]
        related = () if fault.other is None else (at(tags[blocks[fault.other]].text),)
        message = fault.message
        for number in (fault.tag, fault.other):
            if number is not None and tags[blocks[number]].code not in tags[blocks[number]].raw:  # a replacement
                message = message.replace(str(shown[number]), tags[blocks[number]].raw[:60])
        part.problems.append(Problem(fault.code, message, fault.hint, at(tag.text), related=related))
        part.faulty.append(tag.raw)
    pairs = [(tags[blocks[first]], tags[blocks[second]]) for first, second in matching.steps]
    part.problems += structure_problems(pairs, at)
    part.loops = [(standing(first), standing(last)) for first, last in pairs if first.code.startswith("for ")]
    part.missing = matching.missing
    return {blocks[number]: code for number, code in matching.instead.items()}


def _read_plain(part: ReadPart, root: Element) -> None:
    """Store the repaired tags alone, one a line, for checking when translation would drop some."""
    for tag in tags_in(root.iter(w("t"))):
        if tag.closed and tag.opener != "{#" and tag.code.partition(" ")[0] not in OWN_TAGS:
            part.plain += tag.raw.replace(tag.opener + tag.takes, tag.opener, 1) + "\n"
            part.lines.append(tag.text)
    part.plain += part.missing


def _stray_marks(root: Element, tags: Sequence[Mark], at: At) -> Iterator[Problem]:
    """Report braces outside of tags: official texts have none, so they must be meant as tags."""
    ends: dict[Element, list[tuple[int, int]]] = {}
    left_open: dict[Element, str] = {}
    for tag in tags:
        ends.setdefault(tag.text, []).append((tag.start, tag.stop))
        if not tag.closed:
            left_open[tag.text] = CLOSERS[tag.opener]
    awaited = ""
    for text in root.iter(w("t")):
        whole = text.text or ""
        for start, stop in reversed(ends.get(text, [])):
            whole = whole[:start] + " " + whole[stop:]
        for literal in _LITERAL_BRACES:
            whole = whole.replace(literal, " ")
        wide = next((mark for mark in _WIDE_BRACES if mark in whole), "")
        mark = wide or next((mark for mark in ("}}", "%}", "#}", "{", "}") if mark in whole), "")
        if mark and mark != awaited:  # else it ends a tag left open in the text before, which is reported there
            message = _("có “{mark}” lẻ, không thành thẻ").format(mark=mark)
            hint = _("dấu ngoặc toàn khổ không thành thẻ: gõ lại {{ … }}, {% … %} bằng bàn phím thường")
            yield Problem("template.stray-mark", message, hint if wide else HINT_STRAY, at(text))
        if (text.text or "").strip():
            awaited = left_open.get(text, "")


def _fault(tag: Mark, environment: Environment) -> Problem | None:
    """The fault of a single tag, or None."""
    if not tag.closed:
        return unclosed_problem(tag.raw)
    if tag.opener == "{#":
        return None
    misplaced = _misplaced(tag)
    if misplaced is not None:
        return misplaced
    if tag.opener == "{{":
        return _unreadable(tag, "{{ " + tag.code + " }}", environment)
    word = tag.code.partition(" ")[0]
    if word in OWN_TAGS:
        return None
    if word not in BLOCKS and word not in _OTHER_WORDS and word.removeprefix("end") not in BLOCKS:
        return _unknown_word(tag, word)
    return _unreadable(tag, _alone(word, tag.code), environment)


def _misplaced(tag: Mark) -> Problem | None:
    """The fault of a tag that replaces an element where there is none, or by a value outside of any text; or None."""
    if tag.takes and tag.opener == "{{":
        message = _("{tag} in giá trị ra ngoài đoạn văn, Word coi tệp là hỏng").format(tag=tag.raw[:60])
        return Problem("template.bare-value", message, _("viết {{{{ {code} }}}}").format(code=tag.code))
    in_cell = next(tag.text.iterancestors(w("tr")), None) is not None
    if not in_cell and (tag.takes in ("tr", "tc") or tag.code.partition(" ")[0] in _OF_CELLS):
        message = _("{tag} chỉ dùng được trong bảng").format(tag=tag.raw[:60])
        hint = _("dùng {{%p {code} %}}").format(code=tag.code) if tag.takes else _("chuyển thẻ vào ô của bảng")
        return Problem("template.not-in-table", message, hint)
    if tag.takes and set("%}") & set(tag.code):
        message = _("{tag}: thẻ {{%{takes} … %}} không được chứa “%” hay “}}”").format(
            tag=tag.raw[:60], takes=tag.takes
        )
        return Problem("template.syntax", message, _("tính trước bằng {% set … %} trong một đoạn riêng"))
    return None


def _unknown_word(tag: Mark, word: str) -> Problem:
    known = _BLOCK_WORDS
    message = _("không có thẻ “{word}”: {tag}").format(word=word, tag=tag.raw[:60])
    kind = next((kind for kind in TAKES if word.lower() == kind or word.lower().removeprefix(kind) in known), None)
    if kind is not None:
        hint = _("viết liền, chữ thường, có dấu cách sau: {{%{kind} for … %}}").format(kind=kind)
    elif meant := nearest(word, known):
        hint = did_you_mean(meant)
    else:
        hint = _("gần nhất: {names}").format(names=", ".join(few(word, known)))
    return Problem("template.unknown-tag", message, hint)


def _alone(word: str, code: str) -> str:
    """A tag of a block, completed to a whole template so that it can be parsed alone."""
    tag = "{% " + code + " %}"
    if word in ("else", "elif"):
        return "{% if x %}" + tag + "{% endif %}"
    if word.startswith("end"):
        return _alone_open(word.removeprefix("end")) + tag
    if word in ("block", "endblock") or (word == "set" and "=" in code) or word not in BLOCKS:
        return tag
    return tag + "{% end" + word + " %}"


def _alone_open(name: str) -> str:
    rest = {"for": "x in y", "if": "x", "macro": "x()", "call": "x()", "filter": "upper", "set": "x"}.get(name, "")
    return "{% " + f"{name} {rest}" + " %}"


def _unreadable(tag: Mark, template: str, environment: Environment) -> Problem | None:
    if tag.code.partition(" ")[0] in ("block", "endblock"):
        return None  # reported as forbidden
    try:
        environment.parse(template)
    except (TemplateSyntaxError, RecursionError):
        message = _("thẻ viết sai cú pháp: {tag}").format(tag=tag.raw[:60])
        return Problem("template.syntax", message, _syntax_hint(tag))
    return None


def _syntax_hint(tag: Mark) -> str:
    if not tag.code:
        return _("thẻ trống: viết tên trường vào, hoặc xóa thẻ")
    if tag.code.startswith("{"):
        return _("thừa dấu ngoặc: viết đúng hai dấu mở và hai dấu đóng")
    words = tag.code.split()
    if tag.opener == "{{" and len(words) > 1 and all(word.replace(".", "_").isidentifier() for word in words):
        return _("tên trường viết liền: {{{{ {name} }}}}").format(name=fold("_".join(words)))
    if words[0] in ("if", "elif") and "=" in tag.code and "==" not in tag.code:
        return _("so sánh viết hai dấu bằng: ==")
    if words[0] == "for" and "in" not in words:
        return _("viết {% for tên in danh_sách %}")
    if tag.code.count("(") != tag.code.count(")"):
        return _("ngoặc đơn mở và đóng không đủ cặp")
    if tag.code.count('"') % 2 or tag.code.count("'") % 2:
        return _("dấu nháy mở và đóng không đủ cặp")
    return _("so lại với bảng thẻ; kiểm tra ngoặc, dấu nháy và tên")


def _stand_in(tag: Mark) -> Mark:
    """A replacement for a faulty tag that keeps its block open or closed."""
    if tag.opener != "{%":
        return tag._replace(code="")
    takes, word, rest = tag.takes, *_first_word(tag.code)
    if word.lower() in TAKES:  # "{% p for": the space is wrong
        takes, (word, rest) = word.lower(), _first_word(rest)
    elif not takes and word[:1].lower() == "p" and word[1:].lower() in _BLOCK_WORDS:  # "{%pfor", "{%Pfor"
        takes, word = "p", word[1:].lower()
    if takes in ("tr", "tc") and next(tag.text.iterancestors(w("tr")), None) is None:
        takes = "p"
    word = word if word in _BLOCK_WORDS else nearest(word.lower(), _BLOCK_WORDS) or ""
    return tag._replace(takes=takes, code=_stand_in_code(word, rest))


def _stand_in_code(word: str, rest: str) -> str:
    if word.startswith("end") or word in ("else", ""):
        return word
    if word == "for":
        names = rest.partition(" in ")[0] if " in " in rest else rest.partition(" ")[0]
        return f"for {names if all(name.strip().isidentifier() for name in names.split(',')) else 'x'} in []"
    return f"{word} 1" if word in ("if", "elif") else ""


def _first_word(code: str) -> tuple[str, str]:
    word, _space, rest = code.partition(" ")
    return word, rest.strip()
