"""The name of an executor in, what opens it out: by default processes of this machine."""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from docgen.errors import Problem, UsageError
from docgen.locale import translate as _
from docgen.wording.text import closest
from docgen.workers import process_pool

PROCESSES = "processes"
_NAMES = (PROCESSES,)


def executor_opener(name: str, memory: int | None) -> Callable[[int], Executor]:
    """What opens an executor of so many workers; ``memory`` bounds each, in megabytes. Raises UsageError."""
    if name == PROCESSES:
        return partial(process_pool, memory=memory)
    meant = closest(name, _NAMES)
    hint = _("ý bạn là “{meant}”?").format(meant=meant) if meant else _("có: {all}").format(all=", ".join(_NAMES))
    raise UsageError(Problem("batch.executor", _("không có cách chạy “{name}”").format(name=name), hint))
