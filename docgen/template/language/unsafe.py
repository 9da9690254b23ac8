"""Template code that the sandbox would stop when it runs, told before it runs."""

from collections.abc import Container

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS

from docgen.base.locale import translate as _
from docgen.template.language.environment import MAX_TURNS

#: Names that Jinja itself would bring into a template, beside those that docgen lets in.
_JINJA_NAMES = frozenset((*DEFAULT_NAMESPACE, "self", "super"))


def unsafe_name(name: str) -> str | None:
    """Why a name that no data has may not be used; None where it is only unknown."""
    if name in _JINJA_NAMES or name.startswith("__"):
        return _("“{name}” không dùng được trong mẫu").format(name=name)
    return None


def unsafe_filter(name: str) -> str | None:
    """Why a filter may not be used; None where it is only unknown."""
    if name in FILTERS:
        return _("không có bộ lọc “{name}” trong mẫu: Jinja có, nhưng mẫu không được dùng").format(name=name)
    return None


def unsafe_work(node: nodes.Node, callable_names: Container[str]) -> str | None:
    """Why an expression would be stopped, as far as it can be told from its form; inner ones are not looked at."""
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
