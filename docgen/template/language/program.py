"""Compiled templates: immutable, rendered any number of times; the same context gives the same bytes."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from docgen.base.images import ImageFault
from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry, make_entry, write_entries
from docgen.errors import Place, Problem, TemplateError
from docgen.template.language.inspect import FieldPath
from docgen.template.language.kept import CORE, Translated
from docgen.template.language.places import LinePlaces
from docgen.template.language.values import RUN, EmbeddedError, LimitError, PlacingError, Run
from docgen.template.language.watch import Shape, Watch, shape_of, unprinted, watch
from docgen.template.tags.additions import Changes, with_added
from docgen.template.tags.finish import check_elements, fit_grids, resolve_breaks, write_hyphens
from docgen.wording.typography import NO_BREAK_HYPHEN

#: Placeholder for the document's date in the core properties of a template.
DATE_STAND_IN = "DOCGEN-DATE"
_NO_DATE = date(2000, 1, 1)
#: Exceptions that template code can cause; any other is a fault of docgen.
RUNTIME_FAULTS = (
    *(LimitError, PlacingError, TemplateRuntimeError, RuntimeError, TypeError, ValueError, ArithmeticError),
    *(AttributeError, LookupError, AssertionError, ImageFault, MemoryError, OSError),
)


@dataclass(frozen=True)
class CompiledPart:
    """A part with tags: its translation, and the Jinja template compiled from that."""

    source: Translated
    template: Template

    @property
    def name(self) -> str:
        """The part's name in the package."""
        return self.source.part


@dataclass(frozen=True)
class Program:
    """A template ready to be rendered.

    ``slots`` are its parts in order: entries are copied, compiled parts rendered, a str is the core properties.
    ``digest`` is the template file's SHA-256, ``tracked`` the fields that must be printed, ``lines`` the places of each
    name, ``warnings`` notes for a maintainer.
    """

    file: str
    digest: str
    slots: tuple[Entry | CompiledPart | str, ...]
    tracked: frozenset[FieldPath]
    lines: Mapping[str, list[tuple[LinePlaces, int]]]
    warnings: tuple[Problem, ...]
    path: Path | None = None
    filters: Mapping[str, Callable[..., Any]] | None = None

    def render(
        self,
        context: Mapping[str, Any],
        created: date = _NO_DATE,
        folder: Path | None = None,
        *,
        pictures: Mapping[str, str | Path] | None = None,
    ) -> bytes:
        """Render ``context`` to the bytes of a .docx; ``created`` is the date in its properties.

        Pictures named in the context are read from ``folder``; without one, placeholder pictures stay. ``pictures``
        are files that replace the template's pictures, by the name that Word shows for each. They, and an InlineImage
        or Subdoc of docxtpl in the context, are placed by docxtpl.

        Raises TemplateError with every field that the context lacks or that wasn't printed, or with the place at
        which template code was stopped.
        """
        return write_entries(self.entries(context, created, folder, pictures=pictures))

    def entries(
        self,
        context: Mapping[str, Any],
        created: date = _NO_DATE,
        folder: Path | None = None,
        *,
        pictures: Mapping[str, str | Path] | None = None,
    ) -> list[Entry]:
        """Render ``context`` to the parts of a document; see :meth:`render`."""
        template = None
        try:
            made = self._made(context, created, Run(folder))
            if not pictures:
                return made
        except EmbeddedError as error:
            template = error.value.tpl
        from docgen.template.tags.embedded import Host  # imports docxtpl, which few documents need

        host = Host(self.path, self.file, self.digest, template, pictures or {})
        return self._made(context, created, Run(folder, host=host))

    def _made(self, context: Mapping[str, Any], created: date, run: Run) -> list[Entry]:
        watched: list[Watch] = []
        shown = watch(context, self._shape, watched)
        token = RUN.set(run)
        try:
            entries = [self._entry(slot, shown, created) for slot in self.slots]
        finally:
            RUN.reset(token)
        problems = [*self._missing(run), *unprinted(watched, self.file)]
        if problems:
            raise TemplateError(problems)
        if run.host is None:
            return with_added(entries, run, self._placeholders, self._left_out)
        made = [one for one, slot in zip(entries, self.slots, strict=True) if not isinstance(slot, Entry)]
        return with_added(run.host.entries(made), run, self._placeholders, {})

    @cached_property
    def _placeholders(self) -> dict[str, tuple[str, ...]]:
        """The relationships of placeholder pictures, by part."""
        parts = [one for one in self.slots if isinstance(one, CompiledPart)]
        return {one.name: one.source.placeholders for one in parts if one.source.placeholders}

    @cached_property
    def _left_out(self) -> dict[Hashable, Changes]:
        """Cache: unused placeholders → changed parts; these are the same in every document."""
        return {}

    @cached_property
    def _shape(self) -> Shape:
        return shape_of(self.tracked)

    def _entry(self, slot: Entry | CompiledPart | str, context: Mapping[str, Any], created: date) -> Entry:
        if isinstance(slot, Entry):
            return slot
        if isinstance(slot, str):
            return make_entry(CORE, slot.replace(DATE_STAND_IN, f"{created}T00:00:00Z").encode())
        run = RUN.get()
        run.breaks = False
        if run.host is not None:
            run.host.enter(slot.name)
        try:
            text = slot.template.render(context)
            if run.breaks:
                text = resolve_breaks(text)
            if NO_BREAK_HYPHEN in text:
                text = write_hyphens(text)
            if slot.source.varying_grid:
                text = fit_grids(text)
            if slot.name == CORE:
                text = text.replace(DATE_STAND_IN, f"{created}T00:00:00Z")
            content = text.encode()
        except RUNTIME_FAULTS as error:
            raise TemplateError(_stopped(error, slot)) from None
        if run.breaks or slot.source.rich:
            check_elements(content, slot.source.places)
        used = {link for link in slot.source.placeholders if f'"{link}"' in text}
        run.used.update((slot.name, link) for link in used)
        links = slot.source.links
        if run.breaks or run.host is not None or slot.source.varying_grid or slot.source.rich:
            links = None  # the text was changed after rendering
        elif links is not None and slot.source.placeholders:
            links |= used | {link for (part, _name), link in run.links.items() if part == slot.name}
        return make_entry(slot.name, content, links)

    def _missing(self, run: Run) -> Iterator[Problem]:
        for name in run.missing:
            message = _("dữ liệu không có trường “{name}” mà mẫu dùng").format(name=name)
            problem = Problem("template.missing-field", message, _("sửa tên trường trong mẫu"), Place(self.file))
            mentions = self.lines.get(name)
            yield problem.at(mentions[0][0].at(mentions[0][1])) if mentions else problem


def _stopped(error: Exception, slot: CompiledPart) -> Problem:
    """The problem, with its place, for an exception in the template's code."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in (slot.template.filename, "<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    place = slot.source.places.at(line)
    if isinstance(error, ImageFault):
        return Problem(error.code, error.message, error.hint, place)
    if isinstance(error, PlacingError):
        message, hint = _("không đặt được ảnh hoặc tài liệu vào văn bản: {reason}"), _("kiểm tra tệp ảnh, tài liệu đó")
        return Problem("template.embedded", message.format(reason=error), hint, place)
    if isinstance(error, MemoryError):
        message, hint = _("không đủ bộ nhớ để dựng phần này"), _("bớt dữ liệu, hoặc sửa vòng lặp trong mẫu")
        return Problem("template.limit", message, hint, place)
    if isinstance(error, UnicodeEncodeError):
        message, hint = _("dữ liệu có ký tự không ghi được vào tệp"), _("gõ lại chữ ở giá trị đó")
        return Problem("template.character", message, hint, place)
    if isinstance(error, LimitError):
        return Problem("template.limit", str(error), _("sửa vòng lặp hoặc biểu thức trong mẫu"), place)
    if isinstance(error, SecurityError):
        message = _("thẻ làm việc không được phép trong mẫu")
        return Problem("template.unsafe", message, _("chỉ in trường dữ liệu và dùng vòng lặp"), place)
    if isinstance(error, RecursionError):
        return Problem("template.limit", _("macro tự gọi mình không dừng"), _("sửa macro"), place)
    message = _("không tính được biểu thức trong thẻ")
    return Problem("template.expression", message, _("kiểm tra kiểu của các giá trị trong thẻ"), place)
