"""docgen makes the official documents of a plan from its data, in the form of Nghị định 30/2020/NĐ-CP."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.errors import (
        DataError,
        DocgenError,
        OutputError,
        Problem,
        SourceError,
        TemplateError,
        UsageError,
    )
    from docgen.wording.parse_words import parse_words
    from docgen.wording.words import amount_in_words, number_in_words
    from docgen.workflows.build import build, load_plan

__version__ = "0.1.0"

_HOMES = {
    "DataError": "docgen.errors",
    "DocgenError": "docgen.errors",
    "OutputError": "docgen.errors",
    "Problem": "docgen.errors",
    "SourceError": "docgen.errors",
    "TemplateError": "docgen.errors",
    "UsageError": "docgen.errors",
    "amount_in_words": "docgen.wording.words",
    "build": "docgen.workflows.build",
    "load_plan": "docgen.workflows.build",
    "number_in_words": "docgen.wording.words",
    "parse_words": "docgen.wording.parse_words",
}

__all__ = [
    "DataError",
    "DocgenError",
    "OutputError",
    "Problem",
    "SourceError",
    "TemplateError",
    "UsageError",
    "__version__",
    "amount_in_words",
    "build",
    "load_plan",
    "number_in_words",
    "parse_words",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that ``docgen --help`` loads nothing heavy."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'docgen' has no attribute {name!r}")
