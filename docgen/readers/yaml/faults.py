"""What libyaml says of text that is no YAML in, what a clerk can do about it out."""

import re

import yaml

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem

#: Where libyaml ends a line.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_QUOTES = "\"'"

_TAB = ("có dấu tab ở đầu dòng", "thay mỗi dấu tab bằng dấu cách")
_QUOTE = (
    "dấu nháy mở ở đây mà chưa đóng",
    "thêm dấu nháy đóng ở cuối văn bản; dấu nháy nằm trong văn bản thì viết “ ”",
)
_BRACKET = (
    "ngoặc [ hoặc { mở ở đây mà chưa đóng",
    "đóng ngoặc; văn bản bắt đầu bằng ngoặc thì đặt cả văn bản trong dấu nháy",
)
_AFTER = (
    "sau dấu nháy hoặc ngoặc đóng vẫn còn chữ",
    "đặt cả văn bản trong một cặp dấu nháy; dấu nháy nằm trong văn bản thì viết “ ”",
)
_BACKSLASH = (
    "dấu \\ trong dấu nháy kép không đúng cách",
    "dùng dấu nháy đơn '…', hoặc viết \\ hai lần",
)
_INDENT = (
    "thụt lề không thẳng hàng",
    "cho các khóa cùng cấp thẳng một cột, các dấu “-” của cùng danh sách thẳng một cột",
)
_MARK = (
    "văn bản bắt đầu bằng ký hiệu mà YAML dùng riêng (& * ! @ ` % |)",
    "đặt cả văn bản trong dấu nháy",
)
#: What libyaml says, in parts that are looked for in this order.
_SAYINGS = {
    "mapping values are not allowed": (
        "dấu hai chấm không đúng chỗ",
        "văn bản có “: ” ở giữa thì đặt trong dấu nháy; kiểm tra thụt lề",
    ),
    "could not find expected ':'": (
        "thiếu dấu hai chấm sau khóa",
        "viết “khóa: giá trị”, có dấu cách sau dấu hai chấm",
    ),
    "found unknown escape character": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
    "escape": ("mã ký tự sau dấu \\ không có thật", "gõ thẳng chữ đó thay cho mã"),
    "block sequence entries are not allowed": (
        "dấu “-” không đúng chỗ",
        "xuống dòng trước dấu “-”, hoặc đặt văn bản trong dấu nháy",
    ),
    "did not find expected key": _INDENT,
    "did not find expected '-' indicator": _INDENT,
    "did not find expected ',' or": _BRACKET,
    "document start": _INDENT,
    "tab character": _TAB,
    "alphabetic or numeric": _MARK,
    "tag": _MARK,
    "undefined alias": _MARK,
    "cannot start any token": _MARK,
    "block scalar": _MARK,
    "directive": _MARK,
}
_UNKNOWN = ("tệp không đúng cú pháp YAML", "kiểm tra thụt lề, dấu hai chấm và dấu nháy ở chỗ này")


def syntax_problem(error: yaml.MarkedYAMLError, text: str, shown: str) -> Problem:
    """The problem at the spot where a person has to mend something, which often lies before that of the parser."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem("yaml.syntax", _(_UNKNOWN[0]), _(_UNKNOWN[1]), Place(shown))
    lines = _LINE_END.split(text)
    spot = (mark.line, mark.column)
    line = lines[mark.line] if mark.line < len(lines) else ""
    context, said = error.context or "", f"{error.problem or ''} {error.context or ''}"
    in_quotes = "quoted scalar" in context and not any(part in said for part in ("escape", "hexdecimal"))
    opener = _context_spot(error) if in_quotes else None
    opener = opener or _open_quote(lines, spot)
    if opener is not None:
        return _problem(_QUOTE, shown, opener, spot)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _problem(_TAB, shown, (mark.line, line.index("\t")))
    if "flow" in context and (opener := _context_spot(error)):
        return _problem(_BRACKET, shown, opener, spot)
    if "expected key" in said and line[: mark.column].rstrip().endswith(("]", "}", '"', "'")):
        return _problem(_AFTER, shown, spot)
    if "simple key" in context and (opener := _context_spot(error)):
        spot = opener
    words = next((words for part, words in _SAYINGS.items() if part in said), _UNKNOWN)
    return _problem(words, shown, spot)


def _problem(words: tuple[str, str], shown: str, spot: tuple[int, int], seen: tuple[int, int] | None = None) -> Problem:
    related = (Place(shown, seen[0] + 1, seen[1] + 1),) if seen is not None and seen[0] != spot[0] else ()
    return Problem("yaml.syntax", _(words[0]), _(words[1]), Place(shown, spot[0] + 1, spot[1] + 1), related=related)


def _context_spot(error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
    mark = error.context_mark
    return (mark.line, mark.column) if mark is not None else None


def _open_quote(lines: list[str], spot: tuple[int, int]) -> tuple[int, int] | None:
    """Where the quote was opened that swallowed everything up to the opening quote of a later text.

    The parser then stumbles over the first letter after that later quote: the nearest value before it that starts
    with a quote and doesn't end on its own line.
    """
    line, column = spot
    if line >= len(lines) or not 0 < column <= len(lines[line]) or lines[line][column - 1] not in _QUOTES:
        return None
    quote = lines[line][column - 1]
    for number in range(line - 1, -1, -1):
        start = _value_start(lines[number])
        value = lines[number][start:]
        if value[:1] == quote:
            return (number, start) if quote not in value[1:].replace("\\" + quote, "") else None
    return None


def _value_start(line: str) -> int:
    """The column where a line's value starts, after its dashes and its key."""
    start = len(line) - len(line.lstrip(" -"))
    key, colon, _rest = line[start:].partition(": ")
    if colon and " " not in key:
        start += len(key) + 2
    return start + len(line[start:]) - len(line[start:].lstrip())
