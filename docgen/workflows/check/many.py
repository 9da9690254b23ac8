"""Many jobs in, their outcomes as they come: judged by several processes, none of which keeps a document.

A process that dies, or takes longer than :data:`docgen.base.workers.SECONDS` for one file, costs that file alone.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from docgen.base.locale import translate as _
from docgen.base.workers import SECONDS, SLACK, Died, EndSilent, process_pool, time_limit, work_off
from docgen.workflows.check.documents import Job
from docgen.workflows.check.one import Checked, check_one, not_judged

#: From so many files on, several processes are faster than their start.
MANY = 20

Work = Callable[[Job], Checked]


def check_files(
    jobs: Sequence[Job], *, workers: int | None = None, work: Work = check_one, seconds: float = SECONDS
) -> Iterator[Checked]:
    """The outcome of each job, as they come, in ``workers`` processes; by default one a processor.

    Up to :data:`MANY` files are judged in this process unless ``workers`` is given, and then without a limit of
    time. ``work`` must be a module's function, and may be called twice for a job. ``seconds`` is for one file.
    """
    if workers is None and len(jobs) <= MANY:
        yield from map(work, jobs)
        return
    count = max(1, min(workers or os.cpu_count() or 1, len(jobs)))
    look, patience = partial(_timed, work, seconds), EndSilent[Job](seconds + SLACK)
    for found in work_off(jobs, look, process_pool, count, lambda job: ([job], []), patience=patience):
        if isinstance(found, Died):
            message = _("việc kiểm tra tệp này bị dừng giữa chừng: quá {seconds:g} giây, hoặc thiếu bộ nhớ")
            yield not_judged(found.item, message.format(seconds=seconds))
        else:
            yield found


def _timed(work: Work, seconds: float, job: Job) -> Checked:
    with time_limit(seconds):
        return work(job)
