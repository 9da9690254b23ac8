"""What a run found and did: counted as it goes, told in the end."""

from collections import Counter
from dataclasses import dataclass, field

from docgen.batch.job import Job, Outcome, State
from docgen.batch.scan import Why
from docgen.errors import Problem

#: Outcomes that aren't done, of which a result keeps as many for the summary; the ledger has all.
MOST_TOLD = 10_000


@dataclass
class RunResult:
    """What a run found and did.

    ``jobs`` is how many there are, ``before`` how many of them were done already, ``made`` how many were made now.
    ``states`` counts where all of them stand at the end; ``why`` the reasons of those to do. ``told`` are the outcomes
    that aren't simply done, at most :data:`MOST_TOLD`, ``planned`` what a dry run would make. ``nothing`` counts jobs
    for which nothing had to be written. ``stages`` are the seconds spent by stage, summed over all workers. ``written``
    are files made now, as many as ``told`` at the most.
    """

    jobs: int = 0
    before: int = 0
    made: int = 0
    nothing: int = 0
    pdfs: int = 0
    states: Counter[State] = field(default_factory=Counter)
    why: Counter[Why] = field(default_factory=Counter)
    told: list[Outcome] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    planned: list[tuple[Job, Why]] = field(default_factory=list)
    remarks: tuple[Problem, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    dry_run: bool = False

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome, and keep it where there is something to say of it."""
        self.states[outcome.state] += 1
        if (outcome.state is not State.DONE or (outcome.message and outcome.written)) and len(self.told) < MOST_TOLD:
            self.told.append(outcome)

    def figures(self) -> dict[str, int | float]:
        """The figures by name, as JSON takes them."""
        states = {state.value: self.states[state] for state in State}
        seconds = round(self.seconds, 2)
        return {
            "jobs": self.jobs,
            "before": self.before,
            "made": self.made,
            "nothing": self.nothing,
            "pdfs": self.pdfs,
            **states,
            "seconds": seconds,
        }

    @property
    def failed(self) -> bool:
        """Whether any document that was asked for could not be made."""
        return bool(self.states[State.REFUSED] or self.states[State.FAILED])
