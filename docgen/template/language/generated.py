"""Generates the Python code of a template: jinja2's, with the three slowest operations made faster.

A field is looked up and written by one call; a value is escaped once and written as a plain str; the line breaks that
mark paragraphs are left out of the static text. Line numbers stay jinja2's, so errors still lead to their paragraph.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class Generator(CodeGenerator):
    """Writes the code of one template, which calls ``field``, ``flow``, ``show`` and ``text`` of its environment."""

    _testing = False

    def write_commons(self) -> None:
        """Bind the four functions to local names."""
        super().write_commons()
        for name in ("field", "flow", "show", "text"):
            self.writeline(f"{name} = environment.{name}")
        self.writeline("Markup = environment.written")  # the type of rendered blocks

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        """Write a filter block as jinja2 does, but escape the filter's result like any other value."""
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.start_write(frame, node)
        self.write("text(")
        self.visit_Filter(node.filter, inner)
        self.write(")")
        self.end_write(frame)
        self.leave_frame(inner)

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:  # noqa: N802
        """Write a constant; subclasses of str are written as plain str."""
        value = node.as_const(frame.eval_ctx)
        self.write(repr(str.__str__(value) if isinstance(value, str) else value))

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - jinja2's name
        """Write the lookup of a field that isn't printed here: ``field`` in a condition, else ``flow``."""
        self._look_up("field" if self._testing else "flow", node, frame)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        """Write a condition as jinja2 does, but look up the fields of its tests by ``field``, as none is printed."""
        inner = frame.soft()
        for word, branch in (("if ", node), *(("elif ", one) for one in node.elif_)):
            self.writeline(word, branch)
            before, self._testing = self._testing, True
            self.visit(branch.test, inner)
            self._testing = before
            self.write(":")
            self._branch(branch.body, inner)
        if node.else_:
            self.writeline("else:")
            self._branch(node.else_, inner)

    def _branch(self, body: list[nodes.Node], frame: Frame) -> None:
        self.indent()
        self.blockvisit(body, frame)
        self.outdent()

    def _look_up(self, function: str, node: nodes.Getattr, frame: Frame) -> None:
        self.write(f"{function}(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write static text and printed values, one after the other."""
        finalize = self._make_finalize()
        items: list[str | nodes.Expr] = []
        for child in node.nodes:
            try:
                constant = self._output_child_to_const(child, frame, finalize)
            except Exception:  # as in jinja2: not a constant, so it is computed when rendering, and may fail then
                items.append(child)
                continue
            if items and isinstance(items[-1], str):
                items[-1] += constant
            elif constant:
                items.append(constant)
        opening, closing = ("yield ", "") if frame.buffer is None else (f"{frame.buffer}.append(", ")")
        for item in items:
            if isinstance(item, str):
                self.writeline(f"{opening}{item!r}{closing}")
                continue
            self.writeline(opening, item)
            self._show(item, frame)
            self.write(closing)

    def _show(self, node: nodes.Expr, frame: Frame) -> None:
        if isinstance(node, nodes.Getattr):
            self._look_up("show", node, frame)
        else:
            self.write("text(")
            self.visit(node, frame)
            self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        constant = node.as_const(frame.eval_ctx)
        if isinstance(node, nodes.TemplateData):
            return str(constant).replace("\n", "") if frame.eval_ctx.autoescape else str(constant)
        return str(self.environment.text(constant))  # type: ignore[attr-defined] # our environment's
