"""How deep a line of text stands, told from its level and the lines above it; a person need not type it."""

from dataclasses import dataclass, field

_RANKS = {"phan": 0, "muc": 1, "dieu": 1, "khoan": 2, "diem": 3, "gach": 4}
_UNNUMBERED = "khong"
_LOWEST = 5


@dataclass
class Depths:
    """The levels of the lines that the next one may stand below, outermost first."""

    open: list[str] = field(default_factory=list)

    def expected(self, level: str) -> int:
        """The depth, from 1, at which a line of that level is taken to stand.

        A numbered line stands below the nearest line of a higher level, an unnumbered one below the nearest numbered.
        """
        rank = _RANKS.get(level, _LOWEST)
        depth = len(self.open)
        while depth and (self.open[depth - 1] == _UNNUMBERED or _RANKS.get(self.open[depth - 1], _LOWEST) >= rank):
            depth -= 1
        return depth + 1

    @property
    def deepest(self) -> int:
        """The deepest place that the next line may have."""
        return len(self.open) + 1

    def enter(self, depth: int, level: str) -> None:
        """Put a line at a depth, which closes whatever stood there and below."""
        self.open[depth - 1 :] = [level]
