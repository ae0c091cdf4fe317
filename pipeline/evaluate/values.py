"""Amounts and dates against the gold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluate.compare import same_figure
from pipeline.evaluate.gold import GoldAmount, GoldDate
from pipeline.evaluate.tally import Tally, tally

__all__ = ["amounts_tally", "dates_tally"]

_RANGE = re.compile(r"\s*([\d.]+)\s*(?:/|-|–|\.\.)\s*([\d.]+)\s*")


def amounts_tally(gold: Sequence[GoldAmount], found: Sequence[Mapping[str, Any]], kind: str) -> Tally:
    """The amounts of one kind by value. A range is one value, or its two ends where the gold counts them apart."""
    wanted = Counter(_gold_value(a.value) for a in gold if a.kind == kind and not a.optional)
    values: Counter[str] = Counter()
    for amount in found:
        if amount.get("kind") != kind:
            continue
        low, high = amount.get("low"), amount.get("high")
        if low is None or high is None or low == high:
            values[same_figure(amount.get("value"))] += 1
        elif wanted[_range(low, high)] > values[_range(low, high)]:
            values[_range(low, high)] += 1
        else:
            values.update((same_figure(low), same_figure(high)))
    for optional in (a for a in gold if a.kind == kind and a.optional):
        value = same_figure(optional.value)
        values[value] -= values[value] > wanted[value]
    return tally(wanted.elements(), (+values).elements())


def _gold_value(value: str) -> str:
    ends = _RANGE.fullmatch(value)
    return _range(*ends.groups()) if ends else same_figure(value)


def _range(low: str, high: str) -> str:
    return f"{same_figure(low)}..{same_figure(high)}"


def dates_tally(gold: Sequence[GoldDate], found: Sequence[Mapping[str, Any]]) -> Tally:
    """The dates by EDTF value; another reading that the gold allows is taken for the first."""
    wanted = Counter(date.iso for date in gold if not date.optional)
    values = Counter(date["iso"] for date in found if date.get("iso"))
    for iso, others in {date.iso: sorted(set(date.alt)) for date in gold}.items():
        for other in others:
            moved = min(values[other], max(wanted[iso] - values[iso], 0))
            values[other] -= moved
            values[iso] += moved
    for iso, times in Counter(date.iso for date in gold if date.optional).items():
        values[iso] -= min(max(values[iso] - wanted[iso], 0), times)
    return tally(wanted.elements(), (+values).elements())
