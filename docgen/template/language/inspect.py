"""Checks a template's tags against the contract before rendering, and reports all unknown names at once.

Each report suggests the name that was probably meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from jinja2 import nodes
from jinja2.runtime import LoopContext

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.errors import Problem
from docgen.template.language.environment import Environment, unsafe_filter, unsafe_name, unsafe_work
from docgen.template.language.places import LinePlaces
from docgen.wording.text import closest, did_you_mean, fold

#: A field as a path of keys, without positions in lists: ("phu_luc", "nhom", "tieu_de").
FieldPath = tuple[str, ...]
#: Number of known names that a message lists if none is close enough to be the one meant.
_FEW = 4


class Typed(NamedTuple):
    """The meaning of an expression: a field of the contract; ``item`` if it is one item of that list."""

    path: FieldPath
    contract: Contract
    item: bool = False


#: The meaning of each variable at a tag; None if unknown.
Scope = Mapping[str, Typed | None]


def few(name: str, known: Iterable[str]) -> list[str]:
    """The :data:`_FEW` known names most similar to ``name``, the most similar first."""
    meant = fold(name)
    return sorted(known, key=lambda one: -SequenceMatcher(None, meant, fold(one)).ratio())[:_FEW]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to ``name``, or with the same letters in another order; None if none is close."""
    known = list(known)
    turned = (one for one in known if sorted(fold(one)) == sorted(fold(name)))
    return closest(name, known) or next(turned, None)


def meant_elsewhere(name: str, scope: Scope) -> str | None:
    """The tag of a field ``name`` of a record or a loop's item in ``scope``, or None."""
    for variable, typed in scope.items():
        if typed is not None and (typed.item or typed.contract.type == "record"):
            for key in typed.contract.fields:
                if fold(key) == fold(name):
                    return f"{variable}.{key}"
    return None


_FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)
_SAME_LIST = frozenset(["list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"])
_LOOP_FACTS = frozenset(name for name in vars(LoopContext) if not name.startswith("_"))
_ONE_OF_LIST = frozenset(("first", "last", "min", "max"))


@dataclass
class Inspection:
    """The results of inspecting a template's parts.

    ``used`` are the fields named, ``printed`` those printed directly, ``filtered`` those printed through a filter or an
    expression, whose output can't be tracked; ``lines`` are the places of each name, for problems found when rendering.
    ``guessed`` are the names suggested for unknown ones. With ``contract`` None, any field name is accepted.
    """

    contract: Mapping[str, Contract] | None
    environment: Environment
    problems: list[Problem] = field(default_factory=list)
    used: set[FieldPath] = field(default_factory=set)
    printed: set[FieldPath] = field(default_factory=set)
    filtered: set[FieldPath] = field(default_factory=set)
    lines: dict[str, list[tuple[LinePlaces, int]]] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    def inspect(self, tree: nodes.Template, places: LinePlaces) -> None:
        """Inspect one part."""
        root = {key: Typed((key,), contract) for key, contract in (self.contract or {}).items()}
        _Walk(self, places).statements(tree.body, dict(root))

    def unused(self) -> list[Problem]:
        """A warning for each required field that no part names."""
        found = []
        for path in self.unused_paths():
            message = _("mẫu không dùng trường bắt buộc {tag} ({label})")
            message = message.format(tag=".".join(path), label=self._at(path).label)
            hint = _("thêm thẻ vào mẫu; cách viết: docgen template fields")
            found.append(Problem("template.unused", message, hint))
        return found

    def unused_paths(self) -> list[FieldPath]:
        """The required fields that no part names; fields inside of an unused field are left out."""
        return list(self._required(self.contract or {}, ()))

    def _required(self, contracts: Mapping[str, Contract], above: FieldPath) -> Iterator[FieldPath]:
        for key, contract in contracts.items():
            path = (*above, key)
            if path in self.used:
                yield from self._required(contract.fields, path)
            elif contract.required:
                yield path

    @property
    def tracked(self) -> frozenset[FieldPath]:
        """The ``printed`` fields of the contract that are always printed directly, and so can be tracked."""
        return frozenset(path for path in self.printed - self.filtered if self._at(path).printed)

    def _at(self, path: FieldPath) -> Contract:
        assert self.contract is not None
        contract = self.contract[path[0]]
        for key in path[1:]:
            contract = contract.fields[key]
        return contract


@dataclass(frozen=True)
class _Walk:
    """Walks over one part's tree, with the scope of each node."""

    found: Inspection
    places: LinePlaces

    def statements(self, body: list[nodes.Node], scope: dict[str, Typed | None]) -> None:
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: dict[str, Typed | None]) -> None:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self.output(part, scope)
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            meaning = self.expression(node.node, scope)
            self._bind(node.target, meaning, scope)
        elif isinstance(node, nodes.Macro):
            scope[node.name] = None
            inner = {**scope, **{name.name: None for name in node.args}, "caller": None}
            self.statements(node.body, inner)
        elif isinstance(node, _FORBIDDEN):
            message = _("không dùng được thẻ {name} trong mẫu Word").format(name=type(node).__name__.lower())
            self._problem("template.forbidden", node, message, _("chép nội dung đó vào thẳng mẫu"))
        else:
            self._children(node, scope)

    def _children(self, node: nodes.Node, scope: dict[str, Typed | None]) -> None:
        if isinstance(node, nodes.AssignBlock):
            self._bind(node.target, None, scope)
        if isinstance(node, nodes.With):
            scope = {**scope}
            for target, value in zip(node.targets, node.values, strict=True):
                self._bind(target, self.expression(value, scope), scope)
        for inner in node.iter_child_nodes():
            if isinstance(inner, nodes.Expr):
                if not (isinstance(inner, nodes.Name) and inner.ctx in ("store", "param")):
                    self.expression(inner, scope)
            else:
                self.statement(inner, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Typed | None]) -> None:
        over = self.expression(node.iter, scope)
        item: Typed | None = None
        if over is not None:
            if over.contract.type == "list" and not over.item:
                item = over._replace(item=True)
            else:
                message = _("{tag} không phải danh sách nên không lặp được").format(tag=".".join(over.path))
                self._problem("template.not-a-list", node, message, _("chọn một trường là danh sách"))
        inner = {**scope, "loop": None}
        self._bind(node.target, item, inner)
        if node.test is not None:
            self.expression(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(scope))

    def _bind(self, target: nodes.Node, meaning: Typed | None, scope: dict[str, Typed | None]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = meaning
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, None, scope)

    def output(self, node: nodes.Expr, scope: Scope) -> None:
        """Inspect an expression whose value is printed."""
        if isinstance(node, nodes.TemplateData):
            return
        if isinstance(node, nodes.CondExpr):
            self.expression(node.test, scope)
            self.output(node.expr1, scope)
            if node.expr2 is not None:
                self.output(node.expr2, scope)
            return
        meaning = self.expression(node, scope)
        if meaning is None:
            return
        direct = isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem)
        (self.found.printed if direct else self.found.filtered).add(meaning.path)
        whole = meaning.contract.type == "record" or (meaning.contract.type == "list" and not meaning.item)
        if meaning.contract.type == "image":
            message = _("{tag} là ảnh, không in ra chữ được").format(tag=".".join(meaning.path))
            hint = _("chèn một ảnh vào mẫu rồi ghi thẻ vào văn bản thay thế (Alt Text) của ảnh")
            self._problem("template.not-a-text", node, message, hint)
        elif direct and (whole or meaning.contract.fields):
            message = _("{tag} là một danh sách hay nhóm, không in thẳng được").format(tag=".".join(meaning.path))
            self._problem("template.not-a-text", node, message, _("dùng vòng lặp, hoặc chọn một trường trong đó"))

    def expression(self, node: nodes.Node, scope: Scope) -> Typed | None:
        """Inspect an expression; return its meaning, or None if that isn't known without running it."""
        if isinstance(node, nodes.Expr) and self._unsafe(node, scope):
            return None
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._field(node, node.attr, self.expression(node.node, scope), scope)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            owner = self.expression(node.node, scope)
            if isinstance(node.arg.value, str):
                return self._field(node, node.arg.value, owner, scope)
            return owner._replace(item=True) if owner is not None and owner.contract.type == "list" else None
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        if isinstance(node, nodes.Test):
            self._test(node)
        for inner in node.iter_child_nodes():
            meaning = self.expression(inner, scope)
            if meaning is not None and isinstance(node, nodes.Concat | nodes.Or | nodes.And | nodes.CondExpr):
                self.found.filtered.add(meaning.path)
        return None

    def _unsafe(self, node: nodes.Node, scope: Scope) -> bool:
        """Report an expression that the sandbox would stop; return whether it is one."""
        why = unsafe_work(node, {*self.found.environment.globals, *scope, "loop"})
        if why is not None:
            hint = _("chỉ in trường dữ liệu, dùng vòng lặp, điều kiện và bộ lọc: {{ … | upper }}")
            self._problem("template.unsafe", node, why, hint)
        return why is not None

    def _name(self, node: nodes.Name, scope: Scope) -> Typed | None:
        self.found.lines.setdefault(node.name, []).append((self.places, node.lineno))
        if node.name in scope:
            meaning = scope[node.name]
            if meaning is not None:
                self.found.used.add(meaning.path)
            return meaning
        if node.name in self.found.environment.globals:
            return None
        why = unsafe_name(node.name)
        if why is not None:
            self._problem("template.unsafe", node, why, _("chỉ in trường dữ liệu và dùng vòng lặp"))
        elif node.name == "loop":
            self._problem(
                "template.unknown-field", node, _("“loop” nằm ngoài vòng lặp"), _("chuyển thẻ vào giữa for và endfor")
            )
        elif self.found.contract is not None:
            message = _("không có trường “{name}”").format(name=node.name)
            self._unknown("template.unknown-field", node, node.name, list(scope), message, scope)
        return None

    def _field(self, node: nodes.Expr, name: str, owner: Typed | None, scope: Scope) -> Typed | None:
        self.found.lines.setdefault(name, []).append((self.places, node.lineno))
        if owner is None:
            self._loop_fact(node, name)
            return None
        tag = ".".join(owner.path)
        if not owner.contract.fields:
            message = _("“{tag}” là {kind}, không có trường “{name}” bên trong").format(
                tag=tag, kind=TYPE_NAMES[owner.contract.type], name=name
            )
            self._problem("template.unknown-field", node, message, _("bỏ phần sau dấu chấm"))
            return None
        if owner.contract.type == "list" and not owner.item:
            message = _("“{tag}” là danh sách: cần vòng lặp trước khi lấy “{name}”").format(tag=tag, name=name)
            self._problem("template.unknown-field", node, message, _("dùng {{% for … in {tag} %}}").format(tag=tag))
            return None
        contract = owner.contract.fields.get(name)
        if contract is None:
            message = _("“{tag}” không có trường “{name}”").format(tag=tag, name=name)
            self._unknown("template.unknown-field", node, name, list(owner.contract.fields), message, scope)
            return None
        path = (*owner.path, name)
        self.found.used.add(path)
        return Typed(path, contract)

    def _loop_fact(self, node: nodes.Expr, name: str) -> None:
        owner = node.node if isinstance(node, nodes.Getattr) else None
        if isinstance(owner, nodes.Name) and owner.name == "loop" and name not in _LOOP_FACTS:
            message = _("vòng lặp không có “loop.{name}”").format(name=name)
            self._unknown("template.unknown-field", node, name, sorted(_LOOP_FACTS), message)

    def _filter(self, node: nodes.Filter, scope: Scope) -> Typed | None:
        over = self.expression(node.node, scope) if node.node is not None else None
        for keyword in node.kwargs:
            self._unsafe(keyword, scope)
        for inner in [*node.args, *(keyword.value for keyword in node.kwargs)]:
            self.expression(inner, scope)
        if node.name not in self.found.environment.filters:
            self._unknown_filter(node)
            return None
        if over is not None and node.name == "_image" and over.contract.type != "image":
            message = _("{tag} không phải ảnh nên không thay cho ảnh trong mẫu được").format(tag=".".join(over.path))
            hint = _("chọn một trường là ảnh, xem `docgen template fields`")
            self._problem("template.not-an-image", node, message, hint)
        if over is None or node.name.startswith("_"):
            return None
        if over.contract.type == "list" and not over.item:
            if node.name in _SAME_LIST:
                return over
            return over._replace(item=True) if node.name in _ONE_OF_LIST else None
        self.found.filtered.add(over.path)
        return None

    def _unknown_filter(self, node: nodes.Filter) -> None:
        why = unsafe_filter(node.name)
        if why is not None:
            self._problem("template.unsafe", node, why, _("bỏ bộ lọc này; giá trị luôn được in nguyên như dữ liệu"))
            return
        known = [name for name in self.found.environment.filters if not name.startswith("_")]
        message = _("không có bộ lọc “{name}”").format(name=node.name)
        self._unknown("template.unknown-filter", node, node.name, known, message)

    def _test(self, node: nodes.Test) -> None:
        known = list(self.found.environment.tests)
        if node.name not in known:
            message = _("không có phép thử “is {name}”").format(name=node.name)
            self._unknown("template.unknown-test", node, node.name, known, message)

    def _unknown(
        self, code: str, node: nodes.Node, name: str, known: list[str], message: str, scope: Scope | None = None
    ) -> None:
        meant = closest(name, known) or meant_elsewhere(name, scope or {})
        if meant:
            self.found.guessed.add(meant.rpartition(".")[2])
            hint = did_you_mean(meant)
        else:
            hint = _("gần nhất: {names}").format(names=", ".join(few(name, known)))
        self._problem(code, node, message, hint)

    def _problem(self, code: str, node: nodes.Node, message: str, hint: str) -> None:
        problem = Problem(code, message, hint, self.places.at(node.lineno))
        if problem not in self.found.problems:
            self.found.problems.append(problem)


TYPE_NAMES = {
    "text": _("văn bản"),
    "flag": _("giá trị đúng/sai"),
    "number": _("con số"),
    "image": _("ảnh"),
    "record": _("nhóm"),
    "list": _("danh sách"),
}
