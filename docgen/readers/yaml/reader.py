"""YAML text in, a tree of texts with line and column out, built from libyaml's events.

Nothing is interpreted: ``05``, ``NO`` and ``12:30`` stay the text that was typed. Anchors, aliases, tags, repeated
keys, deep nesting and further documents are refused. Events are used because composing a document in C overruns
the stack on deeply nested input.
"""

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

import yaml

from docgen.base.locale import translate as _
from docgen.errors import Place, Problem, SourceError
from docgen.readers.tree import Mapping, Scalar, Sequence, Tree
from docgen.readers.yaml.faults import syntax_problem

MAX_DEPTH = 50
#: A plan of 10,000 tasks has about 5 MB; what is larger by far is no plan.
MAX_BYTES = 64 * 1024 * 1024
#: How a zip (Word, Excel), an old Office file and a PDF begin.
_OTHER_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


def read_yaml(path: FilePath, shown: str) -> tuple[Tree, list[Problem]]:
    """Read a file; ``shown`` is how messages name it. What can be read in spite of problems is in the tree.

    Raises SourceError where the file can't be opened, isn't UTF-8 or isn't YAML.
    """
    return parse_yaml(read_text(path, shown), shown)


def read_text(path: FilePath, shown: str) -> str:
    """The text of a file, byte order mark taken off. Raises SourceError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES // 1024**2
            raise _refused("file.too-large", shown, _("tệp lớn hơn {n} MB").format(n=limit), _("chia nhỏ dữ liệu"))
        content = path.read_bytes()
    except FileNotFoundError:
        hint = _("kiểm tra lại đường dẫn; `docgen init THƯ_MỤC` tạo một kế hoạch mới")
        raise _refused("file.missing", shown, _("không có tệp này"), hint) from None
    except PermissionError:
        hint = _("xin quyền đọc tệp, hoặc đóng chương trình đang giữ tệp")
        raise _refused("file.no-rights", shown, _("không có quyền đọc tệp"), hint) from None
    except OSError as error:
        if path.is_dir():
            hint = _("đổi tên thư mục đó; chép tệp {name} vào chỗ này").format(name=path.name)
            raise _refused("file.unreadable", shown, _("đây là một thư mục, không phải tệp"), hint) from None
        raise _refused("file.unreadable", shown, _("không đọc được tệp"), said_by_system(error)) from None
    if content.startswith(_OTHER_FORMATS):
        hint = _("chép phần chữ sang tệp văn bản thuần, lưu với mã hóa UTF-8")
        raise _refused("file.not-text", shown, _("đây là tệp Word, Excel hoặc PDF, không phải tệp YAML"), hint)
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_not_unicode(content, error.start, shown)) from None


def said_by_system(error: OSError) -> str:
    """The operating system's own words, in its own language, said to be so."""
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
            # libyaml from 0.2.6 on gives up at 1,000 levels, before it has handed on any; up to there it reads them.
            return parse_yaml(text[: mark.index], shown)
        raise SourceError(syntax_problem(error, text, shown)) from None
    if builder.root is None:
        hint = _("chép nội dung vào tệp, hoặc tạo lại bằng `docgen init`")
        raise _refused("yaml.empty", shown, _("tệp trống"), hint)
    return builder.root, builder.problems


class _Builder:
    """Takes parser events one by one and grows the tree."""

    def __init__(self, shown: str) -> None:
        self.file = shown
        self.root: Tree | None = None
        self.problems: list[Problem] = []
        self._open: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._documents = 0
        self._hidden = 0
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
        """Add what one event says."""
        taker = self._takers.get(type(event))
        if taker is not None:
            taker(event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._refuse(event, "yaml.alias", _("không dùng bí danh “*{name}”").format(name=event.anchor))
        self._add(Scalar("", self._place(event)))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            hint = _("bỏ dòng --- và phần sau nó; mỗi kế hoạch có thư mục riêng")
            self._refuse(event, "yaml.documents", _("tệp có nhiều hơn một phần (dấu ---)"), hint)
            self._hidden += 1

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
            if not self._hidden:
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
    position = error.position
    # libyaml counts bytes, not characters.
    before = text.encode("utf-8", "surrogatepass")[:position].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    message = _("có ký tự điều khiển (mã {code}) không nhìn thấy").format(code=f"U+{code:04X}")
    return Problem(
        "text.control-character", message, _("xóa ký tự đó, gõ lại chữ ở chỗ này"), Place(shown, line, column)
    )
