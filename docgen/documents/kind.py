"""What every kind of document is: a name, a template, the tags that template may use, and how its context is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.base.declare import Contract
from docgen.model.plan.plan import Plan

#: A context: plain dicts, lists, texts and flags under Vietnamese keys.
Context = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of document, each its own.

    ``code`` is its Vietnamese name as an id; the file and template are named after it."""

    code: str
    title: str
    contract: Mapping[str, Contract]
    build: Callable[..., Context]

    @property
    def template(self) -> str:
        """The file name of its template."""
        return f"{self.code}.docx"


@dataclass(frozen=True)
class Setting:
    """What a document is made with besides the plan: whether it is a draft, and the plan itself for what is shared."""

    plan: Plan
    draft: bool = False


DRAFT = {"du_thao": Contract("Bản dự thảo", "flag", "false")}
