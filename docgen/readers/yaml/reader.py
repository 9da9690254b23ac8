"""Reading of YAML into trees of texts with line and column, from libyaml's events.

libyaml's syntax errors become problems that say in Vietnamese what to change.
"""

import re
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

import yaml

from docgen.base.files import OLE_MARK, PDF_MARK, ZIP_MARK, IrregularFileError, LargeFileError, read_file
from docgen.base.locale import deferred
from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, SourceError
from docgen.readers.tree import Mapping, Scalar, Sequence, Tree

#: libyaml's line breaks.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_QUOTES = "\"'"

_TAB = (deferred("có dấu tab ở đầu dòng"), deferred("thay mỗi dấu tab bằng dấu cách"))
_QUOTE = (
    deferred("dấu nháy mở ở đây mà chưa đóng"),
    deferred("thêm dấu nháy đóng ở cuối văn bản; dấu nháy nằm trong văn bản thì viết “ ”"),
)
_BRACKET = (
    deferred("ngoặc [ hoặc { mở ở đây mà chưa đóng"),
    deferred("đóng ngoặc; văn bản bắt đầu bằng ngoặc thì đặt cả văn bản trong dấu nháy"),
)
_AFTER = (
    deferred("sau dấu nháy hoặc ngoặc đóng vẫn còn chữ"),
    deferred("đặt cả văn bản trong một cặp dấu nháy; dấu nháy nằm trong văn bản thì viết “ ”"),
)
_BACKSLASH = (
    deferred("dấu \\ trong dấu nháy kép không đúng cách"),
    deferred("dùng dấu nháy đơn '…', hoặc viết \\ hai lần"),
)
_INDENT = (
    deferred("thụt lề không thẳng hàng"),
    deferred("cho các khóa cùng cấp thẳng một cột, các dấu “-” của cùng danh sách thẳng một cột"),
)
_MARK = (
    deferred("văn bản bắt đầu bằng ký hiệu mà YAML dùng riêng (& * ! @ ` % |)"),
    deferred("đặt cả văn bản trong dấu nháy"),
)
#: Message and hint for each part of libyaml's messages, the first that occurs.
_SYNTAX = {
    "mapping values are not allowed": (
        deferred("dấu hai chấm không đúng chỗ"),
        deferred("văn bản có “: ” ở giữa thì đặt trong dấu nháy; kiểm tra thụt lề"),
    ),
    "could not find expected ':'": (
        deferred("thiếu dấu hai chấm sau khóa"),
        deferred("viết “khóa: giá trị”, có dấu cách sau dấu hai chấm"),
    ),
    "found unknown escape character": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
    "escape": (deferred("mã ký tự sau dấu \\ không có thật"), deferred("gõ thẳng chữ đó thay cho mã")),
    "block sequence entries are not allowed": (
        deferred("dấu “-” không đúng chỗ"),
        deferred("xuống dòng trước dấu “-”, hoặc đặt văn bản trong dấu nháy"),
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
_UNKNOWN = (deferred("tệp không đúng cú pháp YAML"), deferred("kiểm tra thụt lề, dấu hai chấm và dấu nháy ở chỗ này"))


def syntax_problem(error: yaml.MarkedYAMLError, text: str, shown: str) -> Problem:
    """The problem, placed where the text has to be changed, which is often before the parser's mark."""
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
    words = next((words for part, words in _SYNTAX.items() if part in said), _UNKNOWN)
    return _problem(words, shown, spot)


def _problem(words: tuple[str, str], shown: str, spot: tuple[int, int], seen: tuple[int, int] | None = None) -> Problem:
    related = (Place(shown, seen[0] + 1, seen[1] + 1),) if seen is not None and seen[0] != spot[0] else ()
    return Problem("yaml.syntax", _(words[0]), _(words[1]), Place(shown, spot[0] + 1, spot[1] + 1), related=related)


def _context_spot(error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
    mark = error.context_mark
    return (mark.line, mark.column) if mark is not None else None


def _open_quote(lines: list[str], spot: tuple[int, int]) -> tuple[int, int] | None:
    """The start of a quoted text that wasn't closed and so ended at the opening quote of a later text.

    The parser fails at the first letter after that later quote. The unclosed one is the nearest value above that
    starts with a quote and doesn't end on its own line.
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
    """The column of a line's value, after its dashes and its key."""
    start = len(line) - len(line.lstrip(" -"))
    key, colon, _rest = line[start:].partition(": ")
    if colon and " " not in key:
        start += len(key) + 2
    return start + len(line[start:]) - len(line[start:].lstrip())


MAX_DEPTH = 50


def read_yaml(path: FilePath, shown: str) -> tuple[Tree, list[Problem]]:
    """Read a file; ``shown`` is its name in messages. The tree holds what could be read in spite of the problems.

    Raises SourceError where the file can't be opened, isn't UTF-8 or isn't YAML.
    """
    return parse_yaml(read_text(path, shown), shown)


def read_mapping(path: FilePath, shown: str, hint: str) -> tuple[Mapping, list[Problem]]:
    """Like :func:`read_yaml`, for a file that must be a mapping; ``hint`` says where to see such a file.

    Raises SourceError with every problem where it isn't one.
    """
    tree, problems = read_yaml(path, shown)
    if not isinstance(tree, Mapping):
        message = _("tệp phải gồm các dòng “khóa: giá trị”")
        raise SourceError([*problems, Problem("data.not-a-mapping", message, hint, tree.place)])
    return tree, problems


def read_text(path: FilePath, shown: str) -> str:
    """The text of a file without a byte order mark. Raises SourceError."""
    try:
        content = read_file(path)
    except LargeFileError as error:
        raise _refused("file.too-large", shown, error.strerror, _("chia nhỏ dữ liệu")) from None
    except IrregularFileError as error:
        hint = _("thay bằng một tệp YAML thường")
        if path.is_dir():
            hint = _("đổi tên thư mục đó; chép tệp {name} vào chỗ này").format(name=path.name)
        raise _refused("file.unreadable", shown, error.strerror, hint) from None
    except FileNotFoundError:
        hint = _("kiểm tra lại đường dẫn; `docgen init THƯ_MỤC` tạo một kế hoạch mới")
        raise _refused("file.missing", shown, _("không có tệp này"), hint) from None
    except PermissionError:
        hint = _("xin quyền đọc tệp, hoặc đóng chương trình đang giữ tệp")
        raise _refused("file.no-rights", shown, _("không có quyền đọc tệp"), hint) from None
    except OSError as error:
        raise _refused("file.unreadable", shown, _("không đọc được tệp"), said_by_system(error)) from None
    if content.startswith((ZIP_MARK, OLE_MARK, PDF_MARK)):
        hint = _("chép phần chữ sang tệp văn bản thuần, lưu với mã hóa UTF-8")
        raise _refused("file.not-text", shown, _("đây là tệp Word, Excel hoặc PDF, không phải tệp YAML"), hint)
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_not_unicode(content, error.start, shown)) from None


def said_by_system(error: OSError) -> str:
    """A hint that quotes the operating system's message."""
    return _("hệ thống báo: {reason}").format(reason=error.strerror or error)


def _not_unicode(content: bytes, position: int, shown: str) -> Problem:
    line_start = content.rfind(b"\n", 0, position) + 1
    column = len(content[line_start:position].decode("utf-8", "replace")) + 1
    place = Place(shown, content.count(b"\n", 0, position) + 1, column)
    message = _("tệp không phải văn bản Unicode (UTF-8)")
    hint = _("mở bằng Notepad, chọn Lưu thành…, mã hóa UTF-8; phông TCVN3, VNI thì chuyển mã trước")
    return Problem("file.not-utf8", message, hint, place)


def parse_yaml(text: str, shown: str) -> tuple[Tree, list[Problem]]:
    """Read YAML text; see :func:`read_yaml`."""
    builder = _Builder(shown)
    try:
        for event in iter(yaml.CBaseLoader(text).get_event, None):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        raise SourceError(_unreadable_character(text, error, shown)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is not None and "nesting depth" in (error.problem or ""):
            # libyaml from 0.2.6 on gives up at 1,000 levels before its first event; what precedes is refused too.
            return parse_yaml(text[: mark.index], shown)
        raise SourceError(syntax_problem(error, text, shown)) from None
    if builder.root is None:
        hint = _("chép nội dung vào tệp, hoặc tạo lại bằng `docgen init`")
        raise _refused("yaml.empty", shown, _("tệp trống"), hint)
    return builder.root, builder.problems


class _Builder:
    """Builds a tree from parser events."""

    def __init__(self, shown: str) -> None:
        self.file = shown
        self.root: Tree | None = None
        self.problems: list[Problem] = []
        self._open: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._documents = 0
        self._takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        """Handle one event."""
        if (taker := self._takers.get(type(event))) is not None:
            taker(event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._refuse(event, "yaml.alias", _("không dùng bí danh “*{name}”").format(name=event.anchor))
        self._add(Scalar("", self._place(event)))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            hint = _("bỏ dòng --- và phần sau nó; mỗi kế hoạch có thư mục riêng")
            self._refuse(event, "yaml.documents", _("tệp có nhiều hơn một phần (dấu ---)"), hint)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        self._add(Scalar(event.value, self._place(event)))

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_properties(event)
        if len(self._open) >= MAX_DEPTH:
            message = _("lồng nhau quá {n} tầng").format(n=MAX_DEPTH)
            raise SourceError([*self.problems, Problem("yaml.too-deep", message, _("bỏ bớt tầng"), self._place(event))])
        place = self._place(event)
        opened = Mapping(place) if isinstance(event, yaml.MappingStartEvent) else Sequence(place)
        self._add(opened)
        self._open.append(opened)
        self._keys.append(None)

    def _end(self, _event: yaml.Event) -> None:
        self._open.pop()
        self._keys.pop()

    def _add(self, tree: Tree) -> None:
        if not self._open:
            if self._documents <= 1:
                self.root = tree
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(tree)
        elif self._keys[-1] is None:
            self._key(tree)
        else:
            key, place = self._keys[-1]
            self._keys[-1] = None
            if key and key not in parent.items:
                parent.items[key] = tree
                parent.keys[key] = place

    def _key(self, tree: Tree) -> None:
        if not isinstance(tree, Scalar) or not tree.text:
            message, hint = _("khóa phải là một từ"), _("viết “khóa: giá trị”; văn bản thì đặt trong dấu nháy")
            self.problems.append(Problem("yaml.key", message, hint, tree.place))
            self._keys[-1] = ("", tree.place)
            return
        parent = self._open[-1]
        assert isinstance(parent, Mapping)
        if tree.text in parent.items:
            message = _("khóa “{key}” bị ghi hai lần").format(key=tree.text)
            hint = _("giữ lại một, xóa hoặc đổi tên khóa kia")
            self.problems.append(
                Problem("yaml.duplicate-key", message, hint, tree.place, related=(parent.keys[tree.text],))
            )
        self._keys[-1] = (tree.text, tree.place)

    def _check_properties(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, "yaml.anchor", _("không dùng neo “&{name}”").format(name=event.anchor))
        if getattr(event, "tag", None) not in (None, "!"):
            tag = getattr(event, "tag", "").replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, "yaml.tag", _("không dùng thẻ kiểu “{tag}”").format(tag=tag))

    def _refuse(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        hint = hint or _("ghi thẳng giá trị; nếu là văn bản thì đặt trong dấu nháy")
        self.problems.append(Problem(code, message, hint, self._place(event)))

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # the C parser marks every event
        return Place(self.file, mark.line + 1, mark.column + 1)


def _refused(code: str, shown: str, message: str, hint: str) -> SourceError:
    return SourceError(Problem(code, message, hint, Place(shown)))


def _unreadable_character(text: str, error: yaml.reader.ReaderError, shown: str) -> Problem:
    # libyaml counts bytes, not characters.
    before = text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    message = _("có ký tự điều khiển (mã {code}) không nhìn thấy").format(code=f"U+{code:04X}")
    return Problem(
        "text.control-character", message, _("xóa ký tự đó, gõ lại chữ ở chỗ này"), Place(shown, line, column)
    )
