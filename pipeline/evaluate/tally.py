"""Right, missed and spurious values of one field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

__all__ = ["Tally", "tally"]


class Tally(NamedTuple):
    """How many values were right, and which were missed or spurious.

    `verdicts` says for each value of the record, in order, whether it is right; None where it counts neither way.

    >>> Tally(3, ("a",), ("b", "c")).f1
    0.6666666666666666
    """

    right: int = 0
    missed: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()
    verdicts: tuple[bool | None, ...] = ()

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
        return Tally(
            self.right + other.right,
            self.missed + other.missed,
            self.spurious + other.spurious,
            self.verdicts + other.verdicts,
        )


def tally(gold: Iterable[Hashable], found: Iterable[Hashable], optional: Iterable[Hashable] = ()) -> Tally:
    """The tally of two multisets: a value that stands twice must be found twice, and the first ones found are right.

    `optional` values are no error where they are found, and none where they are missed.

    >>> tally(["2025", "2025"], ["2025", "2026", "2027"], optional=["2027"])
    Tally(right=1, missed=('2025',), spurious=('2026',), verdicts=(True, False, True))
    """
    wanted, allowed = Counter(gold), Counter(optional)
    right, spurious, verdicts = 0, list[Hashable](), list[bool]()
    for value in found:
        if wanted[value] > 0:
            wanted[value] -= 1
            right += 1
        elif allowed[value] > 0:
            allowed[value] -= 1
        else:
            spurious.append(value)
            verdicts.append(False)
            continue
        verdicts.append(True)
    return Tally(right, _printed(wanted.elements()), _printed(spurious), tuple(verdicts))


def _printed(values: Iterable[Hashable]) -> tuple[str, ...]:
    return tuple(" · ".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in values)
