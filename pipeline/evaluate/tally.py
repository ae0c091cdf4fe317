"""Right, missed and spurious values of one field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

__all__ = ["Tally", "tally"]


class Tally(NamedTuple):
    """How many values were right, and which were missed or spurious.

    >>> Tally(3, ("a",), ("b", "c")).f1
    0.6666666666666666
    """

    right: int = 0
    missed: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()

    @property
    def gold(self) -> int:
        return self.right + len(self.missed)

    @property
    def found(self) -> int:
        return self.right + len(self.spurious)

    @property
    def precision(self) -> float | None:
        """None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """None when there was nothing to find."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """None when there was nothing to find and nothing found."""
        both = self.gold + self.found
        return 2 * self.right / both if both else None

    def plus(self, other: Tally) -> Tally:
        """Both tallies together."""
        return Tally(self.right + other.right, self.missed + other.missed, self.spurious + other.spurious)


def tally(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Tally:
    """The tally of two multisets: a value that stands twice must be found twice.

    >>> tally(["2025", "2025"], ["2025", "2026"])
    Tally(right=1, missed=('2025',), spurious=('2026',))
    """
    left, right = Counter(gold), Counter(found)
    return Tally((left & right).total(), _printed(left - right), _printed(right - left))


def _printed(values: Counter[Hashable]) -> tuple[str, ...]:
    return tuple(" · ".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in values.elements())
