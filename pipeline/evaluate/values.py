"""Amounts and dates against the gold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pipeline.evaluate.compare import same_figure
from pipeline.evaluate.gold import GoldAmount, GoldDate
from pipeline.evaluate.tally import Tally, tally

__all__ = ["amounts_tally", "dates_tally"]

_RANGE = re.compile(r"\s*([\d.]+)\s*(?:/|-|–|\.\.)\s*([\d.]+)\s*")


def amounts_tally(gold: Sequence[GoldAmount], found: Sequence[Mapping[str, Any]], kind: str) -> Tally:
    """The amounts of one kind by value. A range is one value, or its two ends where the gold counts them apart."""
    wanted = Counter(_gold_value(a.value) for a in gold if a.kind == kind and not a.optional)
    seen: Counter[str] = Counter()
    values: list[str] = []
    ends: list[int] = []  # where the values of each amount end
    for amount in (amount for amount in found if amount.get("kind") == kind):
        low, high = amount.get("low"), amount.get("high")
        if low is None or high is None or low == high:
            own = [same_figure(amount.get("value"))]
        elif wanted[_range(low, high)] > seen[_range(low, high)]:
            own = [_range(low, high)]
        else:
            own = [same_figure(low), same_figure(high)]
        seen.update(own)
        values += own
        ends.append(len(values))
    optional = (same_figure(a.value) for a in gold if a.kind == kind and a.optional)
    figures = tally(wanted.elements(), values, optional)
    verdicts = (all(figures.verdicts[start:end]) for start, end in pairwise([0, *ends]))
    return figures._replace(verdicts=tuple(verdicts))


def _gold_value(value: str) -> str:
    ends = _RANGE.fullmatch(value)
    return _range(*ends.groups()) if ends else same_figure(value)


def _range(low: str, high: str) -> str:
    return f"{same_figure(low)}..{same_figure(high)}"


def dates_tally(gold: Sequence[GoldDate], found: Sequence[Mapping[str, Any]]) -> Tally:
    """The dates by EDTF value; another reading that the gold allows is taken for the first."""
    wanted = Counter(date.iso for date in gold if not date.optional)
    values = [date["iso"] for date in found if date.get("iso")]
    for iso, others in {date.iso: sorted(set(date.alt)) for date in gold}.items():
        for other in others:
            due = wanted[iso] - values.count(iso)
            for index in [i for i, value in enumerate(values) if value == other][: max(due, 0)]:
                values[index] = iso
    return tally(wanted.elements(), values, (date.iso for date in gold if date.optional))
