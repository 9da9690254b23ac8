"""The Jinja environments of templates: strict, escaping, sandboxed, and bounded in time and size.

The ``unsafe_…`` functions find code that the sandbox would stop when rendering, so that compiling can report it.
"""

from collections.abc import Callable, Container, Mapping, MutableMapping
from decimal import Decimal
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import do_dictsort
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from docgen.base.fonts import Face, longest_line
from docgen.base.locale import translate as _
from docgen.template.language.generated import Generator
from docgen.template.language.values import MAX_TURNS as MAX_TURNS
from docgen.template.language.values import (
    RUN,
    LimitError,
    Watched,
    Written,
    is_object,
    plain_text,
    printed,
    property_text,
    text_of_value,
)
from docgen.template.tags.additions import FILTERS
from docgen.wording.typography import NO_BREAK_HYPHEN

#: Most bits of both operands of an integer operation in template code.
MAX_BITS = 256
#: Greatest argument of batch and slice: the items of a batch, the number of slices.
MAX_PIECES = 1000
#: Most characters of a text that template code joins or replaces in.
MAX_TEXT = 1_000_000
_EMU_A_POINT = 12700
_SAFE_FILTERS = frozenset(
    (
        *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int"),
        *("join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round"),
        *("select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper"),
        "wordcount",
    )
)
_LOOP = frozenset(
    (
        *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"),
        *("previtem", "nextitem", "changed", "cycle"),
    )
)


class Missing(Undefined):
    """A field that the data lacks. It is recorded and renders as empty, so that one render finds all of them."""

    def _note(self) -> None:
        RUN.get().missing.setdefault(str(self._undefined_name or "loop"))

    def __str__(self) -> str:
        self._note()
        return ""

    def __bool__(self) -> bool:
        self._note()
        return False

    def __iter__(self) -> Any:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._note()
        return self

    def __getitem__(self, name: Any) -> Any:
        self._note()
        return self

    __hash__ = Undefined.__hash__


class Environment(ImmutableSandboxedEnvironment):
    """The environment of one template."""

    code_generator_class = Generator
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        # optimized=False: constant folding would write the results of filters into the code unescaped.
        super().__init__(undefined=Missing, autoescape=True, cache_size=0, optimized=False)
        self.text: Callable[[Any], str] = text_of_value
        self.written = Written
        self.globals = {"range": _range}
        self.filters = {name: filter_ for name, filter_ in self.filters.items() if name in _SAFE_FILTERS}
        self.filters |= {
            "e": _unchanged,
            "escape": _unchanged,
            "replace": _replace,
            "batch": _bounded(self.filters["batch"]),
            "slice": _bounded(self.filters["slice"]),
            "dictsort": _dictsort,
            "list": _listed,
            "string": plain_text,
            "sum": _sum,
            "join": _join,
            "_turns": _turns,
            "_joined": _joined,
            "_vach": _rule_line,
            "_so_hinh": _next_drawing,
            **FILTERS,
            **(filters or {}),  # their results are escaped like any other value
        }

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a plain dict: each render copies it, and copying Jinja's ChainMap takes longer than rendering."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a name up in a mapping, or among the attributes of a loop; anything else is missing."""
        return self.flow(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """See :meth:`getattr`; lists also take a position."""
        return self.flow(obj, argument)

    def field(self, obj: Any, name: Any) -> Any:
        """Look up a field that isn't printed, such as in a condition."""
        if isinstance(obj, dict | Mapping):
            if name in obj:
                return obj[name]
        elif isinstance(obj, list | tuple) and isinstance(name, int):
            if -len(obj) <= name < len(obj):
                return obj[name]
        elif isinstance(obj, LoopContext) and name in _LOOP:
            return getattr(obj, name)
        elif isinstance(obj, Missing):
            return obj[name]
        return self.undefined(obj=obj, name=name)

    def flow(self, obj: Any, name: Any) -> Any:
        """Look up a field that may be printed later; a text of a watched record then records it itself."""
        value = self.field(obj, name)
        return printed(obj, name, value) if type(obj) is Watched and type(value) is str else value

    def show(self, obj: Any, name: str) -> str:
        """Print a field, as :attr:`text` writes it."""
        if type(obj) is Watched and name in obj:
            obj.written.add(name)
            return self.text(obj[name])
        return self.text(self.field(obj, name))

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow only a template's own macros, range, and the methods of a loop."""
        return isinstance(obj, Macro) or obj is _range or isinstance(getattr(obj, "__self__", None), LoopContext)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a safe object, and count the call, since macros can call each other endlessly."""
        _turns((None,))
        result = super().call(context, obj, *args, **kwargs)
        return Written(result) if isinstance(obj, Macro) and self.autoescape else result

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow arithmetic on numbers, and + on texts; other operators could fill the memory or format objects."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if not numbers and operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _joined([left, right])
        whole = [number.bit_length() for number in (left, right) if isinstance(number, int)]
        if not numbers or operator == "**" or sum(whole) > MAX_BITS:
            raise SecurityError(_("phép “{op}” chỉ dùng với số").format(op=operator))
        return super().call_binop(context, operator, left, right)


class PlainEnvironment(Environment):
    """The sandbox for text that isn't XML: nothing is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.autoescape = False
        self.text = plain_text


class PropertyEnvironment(Environment):
    """The sandbox for the texts of properties, which are XML without runs: line breaks are kept as characters."""

    def __init__(self, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        super().__init__(filters)
        self.text = property_text


class Bounded(NodeTransformer):
    """Rewrites template code so that the turns of loops and the length of joined texts are bounded."""

    def visit_For(self, node: nodes.For, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 - jinja2's name
        """Count the turns of a loop when it starts."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_turns")
        return node

    def visit_Concat(self, node: nodes.Concat, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        """Bound the length of a text that ``~`` joins."""
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), "_joined")


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _dictsort(record: Any, *options: Any, **named: Any) -> Any:
    """Jinja's dictsort; it keeps the texts of a watched record watched."""
    pairs = do_dictsort(record, *options, **named)
    if type(record) is not Watched:
        return pairs
    return [(name, printed(record, name, value) if type(value) is str else value) for name, value in pairs]


def _unchanged(value: Any) -> Any:
    return value


def _range(*bounds: int) -> list[int]:
    numbers = range(*bounds)
    if len(numbers) > MAX_TURNS:
        raise LimitError(_("range quá dài"))
    return list(_turns(numbers))


def _turns(items: Any) -> Any:
    run = RUN.get()
    if isinstance(items, Undefined):
        return items
    if not hasattr(items, "__len__"):
        items = list(items)
    run.turns -= len(items)
    if run.turns < 0:
        raise LimitError(_("vòng lặp chạy quá {n} lượt").format(n=f"{MAX_TURNS:,}".replace(",", ".")))
    return items


def _listed(items: Any) -> list[Any]:
    """Jinja's list; its items count as turns."""
    return list(_turns(items))


def _sum(items: Any, attribute: str | None = None, start: int | float = 0) -> Any:
    """Jinja's sum, of numbers only, as lists would grow without bound."""
    numbers = (
        [item.get(attribute, 0) if isinstance(item, Mapping) else item for item in items] if attribute else list(items)
    )
    if not all(isinstance(number, int | float | Decimal) for number in (*numbers, start)):
        raise LimitError(_("sum chỉ cộng được số"))
    return sum(numbers, start)


def _joined(parts: list[Any]) -> str:
    written = any(type(part) is Written or is_object(part) for part in parts)  # XML already, of a macro or of docxtpl
    texts = [text_of_value(part) if written else str(part) for part in parts]
    if sum(map(len, texts)) > MAX_TEXT:
        raise LimitError(_("văn bản ghép lại quá dài"))
    return Written("".join(texts)) if written else "".join(texts)


def _join(items: Any, separator: str = "", attribute: str | None = None) -> str:
    """Jinja's join over plain values; ``attribute`` names a field of each."""
    parts = [item.get(attribute, "") if isinstance(item, Mapping) else item for item in items] if attribute else items
    listed = list(parts)
    return _joined([part for pair in zip([separator] * len(listed), listed, strict=True) for part in pair][1:])


def _bounded(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Bound the first argument of a filter, the number of pieces or items that it makes."""

    def bounded(items: Any, count: int, *rest: Any) -> Any:
        if count > MAX_PIECES:
            raise LimitError(_("chia quá {n} phần").format(n=MAX_PIECES))
        return filter_(items, count, *rest)

    return bounded


def _replace(text: Any, old: Any, new: Any) -> str:
    """Jinja's replace; in the XML of a macro, both arguments are escaped first."""
    written = type(text) is Written
    text, old, new = (text_of_value(one) if written else str(one) for one in (text, old, new))
    if len(text) + text.count(old) * len(new) > MAX_TEXT:
        raise LimitError(_("văn bản ghép lại quá dài"))
    found = str.replace(text, old, new)
    return Written(found) if written else found


def _rule_line(
    pieces: list[Any], share: float, size: float, bold: int, italic: int, capitals: int, column: float
) -> int:
    """The width of a rule line in EMU; see :mod:`docgen.template.tags.drawings`."""
    face = Face(size, bool(bold), bool(italic), bool(capitals))
    return round(longest_line(_joined(pieces).replace(NO_BREAK_HYPHEN, "-"), face, column) * share * _EMU_A_POINT)


def _next_drawing(_value: Any) -> int:
    run = RUN.get()
    run.drawings += 1
    return run.drawings


#: Names that Jinja provides in every template, and docgen doesn't.
_JINJA_NAMES = frozenset((*DEFAULT_NAMESPACE, "self", "super"))


def unsafe_name(name: str) -> str | None:
    """The reason why an unknown name is forbidden; None if it is merely unknown."""
    if name in _JINJA_NAMES or name.startswith("__"):
        return _("“{name}” không dùng được trong mẫu").format(name=name)
    return None


def unsafe_filter(name: str) -> str | None:
    """The reason why an unknown filter is forbidden; None if it is merely unknown."""
    if name in JINJA_FILTERS:
        return _("không có bộ lọc “{name}” trong mẫu: Jinja có, nhưng mẫu không được dùng").format(name=name)
    return None


def unsafe_work(node: nodes.Node, callable_names: Container[str]) -> str | None:
    """The reason why the sandbox would stop an expression, judged by its form, without inner ones; else None."""
    if isinstance(node, nodes.Pow):
        return _("thẻ làm việc không được phép: lũy thừa (**)")
    if isinstance(node, nodes.Mul | nodes.Mod) and (_is_text(node.left) or _is_text(node.right)):
        return _("thẻ làm việc không được phép: phép “{op}” chỉ dùng với số").format(op=node.operator)
    if isinstance(node, nodes.Call):
        return _unsafe_call(node, callable_names)
    name = _name_inside(node)
    if name is not None and name.startswith("__"):
        return _("thẻ làm việc không được phép: lấy “{name}”").format(name=name)
    return None


def _unsafe_call(node: nodes.Call, callable_names: Container[str]) -> str | None:
    called = node.node
    if isinstance(called, nodes.Name):
        if called.name == "range" and any(_is_huge(argument) for argument in node.args):
            return _("thẻ làm việc không được phép: range quá dài")
        if called.name in callable_names:
            return None
        return _("không gọi được “{name}(…)” trong mẫu").format(name=called.name)
    inside = _name_inside(called)
    if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name == "loop":
        return None
    return _("không gọi được “{name}(…)” trong mẫu").format(name=f".{inside}" if inside else "…")


def _name_inside(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    if isinstance(node, nodes.Keyword) and node.key == "attribute" and isinstance(node.value, nodes.Const):
        return str(node.value.value)
    return None


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_huge(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, int) and node.value > MAX_TURNS
