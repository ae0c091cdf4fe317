"""From what the lattice says of an edit to how often such edits are right."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

__all__ = ["Calibration"]


class Calibration:
    """A rising line through points (said, right): posteriors come out too sure, for neighbours err together.

    Fitted by `pipeline.train.confidence` with isotonic regression (Zadrozny & Elkan 2002).
    """

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self._said = [said for said, _ in points]
        self._right = [right for _, right in points]

    @classmethod
    def read(cls, file: Path) -> Calibration:
        """The points of a table with the columns said and right."""
        with file.open(encoding="utf-8", newline="") as rows:
            return cls([(float(row["said"]), float(row["right"])) for row in csv.DictReader(rows, delimiter="\t")])

    def of(self, said: float) -> float:
        """The share of edits like this that are right.

        >>> Calibration([(0.5, 0.6), (1.0, 0.9)]).of(0.75)
        0.75
        """
        index = bisect_right(self._said, said)
        if index == 0:
            return self._right[0]
        if index == len(self._said):
            return self._right[-1]
        left, right = self._said[index - 1], self._said[index]
        share = (said - left) / (right - left)
        return self._right[index - 1] + share * (self._right[index] - self._right[index - 1])
