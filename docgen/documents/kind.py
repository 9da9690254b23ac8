"""What every kind of document declares, and what one document of a kind is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from docgen.base.declare import Contract
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan

#: A context: plain dicts, lists, texts and flags under Vietnamese keys.
Context = dict[str, Any]
#: What a kind's documents are of: its own record of the plan, or what a report has counted.
S = TypeVar("S")


@dataclass(frozen=True)
class Setting(Generic[S]):
    """What one document is made from: the plan, what the document is of, and whether it is a draft."""

    plan: Plan
    subject: S
    draft: bool = False


def _none(_plan: Plan) -> None:
    """Of a kind whose documents are asked for one by one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind(Generic[S]):
    """One kind of document; its module in ``docgen/documents`` is named by its code and calls it ``KIND``.

    ``code`` is its Vietnamese name as an id. ``contract`` holds the tags that its template may use, and ``build`` makes
    their values. ``template`` is the code of the kind whose template it is made with, its own unless said.

    A kind's documents come from one of three places. ``of_plan`` gives the frame and subject of the one document
    that a plan itself has. ``record`` is what a file in ``van-ban/`` is read into where its ``ten_loai`` is one of
    ``names``; the kind with a record and no names takes all other files. Of any other kind, a workflow makes the
    documents. ``order`` is that of issue among the documents of a plan.

    ``left_out`` are the fields that the shipped template has no place for, each with the reason. ``example`` and
    ``worst`` give values that the contract's own examples can't say (:mod:`docgen.template.lint.example`).
    """

    code: str
    title: str
    contract: Mapping[str, Contract]
    build: Callable[[Setting[S]], Context]
    template: str = ""
    order: int = 5
    of_plan: Callable[[Plan], tuple[Frame, S] | None] = _none
    record: type[S] | None = None
    names: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    example: Callable[[], Mapping[str, Any]] = dict
    worst: Callable[[], Mapping[str, Any]] = dict

    @property
    def template_file(self) -> str:
        """The file name of its template."""
        return f"{self.template or self.code}.docx"


@dataclass(frozen=True)
class Document(Generic[S]):
    """One document to be made: its file's name without the suffix, its kind, its frame, and what it is made from."""

    name: str
    kind: Kind[S]
    frame: Frame
    setting: Setting[S]

    def context(self) -> Context:
        """The values that its template is filled with."""
        return self.kind.build(self.setting)


DRAFT = {"du_thao": Contract("Bản dự thảo", "flag", "false")}
