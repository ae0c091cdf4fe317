"""From a rule's constant to how often its values are right: one factor on the odds for each rule."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

__all__ = ["ANY_RULE", "Odds"]

ANY_RULE = "*"
"""The row of a kind for the rules that have no row of their own."""
_SURE = 1e-4  # a constant of 1 has no odds


class Odds:
    """Factors on the odds of a constant, by kind of value and rule.

    Fitted by `pipeline.train.values`; models/confidence/CARD.md says on what and how well.
    """

    def __init__(self, factors: Mapping[tuple[str, str], float]) -> None:
        self._factors = factors

    @classmethod
    def read(cls, file: Path) -> Odds:
        """The factors of a table with the columns kind, rule and factor."""
        with file.open(encoding="utf-8", newline="") as rows:
            table = csv.DictReader(rows, delimiter="\t")
            return cls({(row["kind"], row["rule"]): float(row["factor"]) for row in table})

    def of(self, kind: str, rule: str, constant: float) -> float:
        """The probability that a value is right whose rule says `constant`; as it is for a kind without a row.

        >>> Odds({("date", "*"): 2, ("date", "dates/year"): 1}).of("date", "dates/week", 0.5)
        0.6666666666666666
        """
        factor = self._factors.get((kind, rule)) or self._factors.get((kind, ANY_RULE), 1.0)
        constant = min(max(constant, _SURE), 1 - _SURE)
        odds = factor * constant / (1 - constant)
        return odds / (1 + odds)
