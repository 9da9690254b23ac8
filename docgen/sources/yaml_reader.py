"""YAML text in, a tree of texts with line and column out, built from libyaml's events.

Nothing is interpreted: ``05``, ``NO`` and ``12:30`` stay the text that was typed. Anchors, aliases, tags, repeated
keys, deep nesting and further documents are refused. Events are used because composing a document in C overruns
the stack on deeply nested input.
"""

from pathlib import Path as FilePath

import yaml

from docgen.errors import Place, Problem, SourceError
from docgen.locale import translate as _
from docgen.sources.tree import Mapping, Scalar, Sequence, Tree

MAX_DEPTH = 50
#: A plan of 10,000 tasks has about 5 MB; what is larger by far is no plan.
MAX_BYTES = 64 * 1024 * 1024


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
        raise _refused("file.unreadable", shown, _("không đọc được tệp"), error.strerror or "") from None
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("tệp không phải văn bản Unicode (UTF-8)")
        hint = _("mở bằng Notepad, chọn Lưu thành…, mã hóa UTF-8; phông TCVN3, VNI thì chuyển mã trước")
        raise SourceError(Problem("file.not-utf8", message, hint, Place(shown, line))) from None


def parse_yaml(text: str, shown: str) -> tuple[Tree, list[Problem]]:
    """Read YAML text; see :func:`read_yaml`."""
    builder = _Builder(shown)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        raise SourceError(_unreadable_character(text, error, shown)) from None
    except yaml.MarkedYAMLError as error:
        raise SourceError(_syntax_problem(error, shown)) from None
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

    def take(self, event: yaml.Event) -> None:
        """Add what one event says."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "yaml.alias", _("không dùng bí danh “*{name}”").format(name=event.anchor))
            self._add(Scalar("", self._place(event)))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "yaml.documents", _("tệp có nhiều hơn một phần (dấu ---)"))
                self._hidden += 1

    def _scalar(self, event: yaml.ScalarEvent) -> None:
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

    def _end(self) -> None:
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
            if key not in parent.items:
                parent.items[key] = tree
                parent.keys[key] = place

    def _key(self, tree: Tree) -> None:
        if not isinstance(tree, Scalar):
            self.problems.append(Problem("yaml.key", _("khóa phải là một từ"), _("thêm dấu nháy nếu cần"), tree.place))
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
            self._refuse(event, "yaml.tag", _("không dùng thẻ kiểu “{tag}”").format(tag=getattr(event, "tag", "")))

    def _refuse(self, event: yaml.Event, code: str, message: str) -> None:
        hint = _("ghi thẳng giá trị; nếu là văn bản thì đặt trong dấu nháy")
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


#: What libyaml says, and what a clerk can do about it.
_SYNTAX = {
    "cannot start any token": (
        "có dấu tab hoặc ký tự mở đầu không dùng được",
        "thay dấu tab bằng dấu cách; chữ bắt đầu bằng @ ` % thì đặt trong dấu nháy",
    ),
    "mapping values are not allowed": (
        "dấu hai chấm không đúng chỗ",
        "văn bản có “: ” ở giữa thì đặt trong dấu nháy; kiểm tra thụt lề",
    ),
    "could not find expected ':'": (
        "thiếu dấu hai chấm sau khóa",
        "viết “khóa: giá trị”, có dấu cách sau dấu hai chấm",
    ),
    "did not find expected key": (
        "thụt lề không thẳng hàng, hoặc dấu nháy chưa đóng",
        "cho các khóa cùng cấp thẳng một cột; kiểm tra dấu nháy",
    ),
    "did not find expected '-' indicator": (
        "thụt lề của danh sách không thẳng hàng",
        "cho các dấu “-” cùng danh sách thẳng một cột",
    ),
    "unexpected end of stream": (
        "dấu nháy mở mà chưa đóng",
        "thêm dấu nháy đóng",
    ),
    "undefined alias": (
        "văn bản bắt đầu bằng dấu * bị hiểu là bí danh",
        "đặt văn bản trong dấu nháy",
    ),
    "did not find expected alphabetic": (
        "văn bản bắt đầu bằng & hoặc * bị hiểu là ký hiệu riêng",
        "đặt văn bản trong dấu nháy",
    ),
    "did not find expected ',' or": (
        "ngoặc [ hoặc { mở mà chưa đóng",
        "đóng ngoặc, hoặc đặt văn bản trong dấu nháy",
    ),
    "block sequence entries are not allowed": (
        "dấu “-” không đúng chỗ",
        "xuống dòng trước dấu “-”, hoặc đặt văn bản trong dấu nháy",
    ),
    "undefined tag handle": (
        "văn bản bắt đầu bằng dấu ! bị hiểu là thẻ kiểu",
        "đặt văn bản trong dấu nháy",
    ),
}


def _syntax_problem(error: yaml.MarkedYAMLError, shown: str) -> Problem:
    said = error.problem or ""
    message, hint = next(
        (words for part, words in _SYNTAX.items() if part in said),
        ("tệp không đúng cú pháp YAML", "kiểm tra thụt lề, dấu hai chấm và dấu nháy ở chỗ này"),
    )
    mark = error.problem_mark or error.context_mark
    place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
    return Problem("yaml.syntax", _(message), _(hint), place)
