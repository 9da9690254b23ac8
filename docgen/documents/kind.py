"""Kinds of documents and single documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from docgen.base.declare import Contract
from docgen.errors import Path
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan

#: A context: plain dicts, lists, texts and flags under Vietnamese keys.
Context = dict[str, Any]
#: The subject of a kind's documents: a record of the plan, or a report.
S = TypeVar("S")


@dataclass(frozen=True)
class Setting(Generic[S]):
    """What a document is made from: the plan, the document's subject, and whether it is a draft."""

    plan: Plan
    subject: S
    draft: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind(Generic[S]):
    """A kind of document: the ``KIND`` of the module in ``docgen/documents`` that is named by its code.

    ``code`` is its Vietnamese name as an id. ``contract`` holds the tags that its template may use, ``build`` makes
    their values. ``template`` is the code of the kind whose template it uses, if not its own.

    A kind's documents come from one of three places. ``of_plan`` returns frame and subject of the one document that
    a plan itself has. ``record`` is what files in ``van-ban/`` are read into whose ``ten_loai`` is one of ``names``;
    the kind with a record and no names takes all other files. Documents of any other kind are made by a workflow.
    ``order`` is that of issue among the documents of a plan.

    ``left_out`` are the fields that the shipped template has no place for, with the reasons. ``example`` and
    ``worst`` return values for examples that the contract doesn't have (:mod:`docgen.template.lint.example`).
    """

    code: str
    title: str
    contract: Mapping[str, Contract]
    build: Callable[[Setting[S]], Context]
    template: str = ""
    order: int = 5
    of_plan: Callable[[Plan], tuple[Frame, S] | None] = lambda _plan: None
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
    """A document to make; ``name`` is that of its file without the suffix.

    ``path`` is where the plan's data has it, () for one that a workflow makes.
    """

    name: str
    kind: Kind[S]
    frame: Frame
    setting: Setting[S]
    path: Path = ()

    def context(self) -> Context:
        """The context that its template is rendered with."""
        return self.kind.build(self.setting)


DRAFT = {"du_thao": Contract("Bản dự thảo", "flag", "false")}
