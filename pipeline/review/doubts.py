"""The review queue: warnings, and values that were found with little confidence, the riskiest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records.minutes import Amount
from pipeline.review.values import Value

__all__ = ["Doubt", "doubts_of"]

# What an error costs who relies on it: a wrong decision or task is acted on, a wrong date in passing seldom.
_WEIGHTS = {"decision": 1.0, "action": 1.0, "money": 1.0, "item": 0.9, "edit": 0.8, "recommendation": 0.8}
_OTHER_VALUES = 0.6
_WARNINGS = {
    "cpr-number": 1.0,
    "private-phone": 0.8,
    "private-mail": 0.8,
    "private-address": 0.8,
    "absent-speaker": 0.6,
    "sum-differs": 0.6,
    "weekday-contradicts-date": 0.6,
    "recommendation-without-decision": 0.5,
    "number-out-of-order": 0.4,
    "item-without-text": 0.3,
}
_OTHER_WARNINGS = 0.4
_FLOOR, _MIDDLE, _HIGH = 0.1, 0.2, 0.4


class Doubt(NamedTuple):
    """A value to look at: its number in the page, and its risk from 0 to 1 with the level that people see."""

    value: int
    risk: float
    level: str


def doubts_of(values: Sequence[Value]) -> list[Doubt]:
    """What a careful clerk should look at, the riskiest first, then in the order of the text.

    The risk of a value is the probability that it is wrong times a weight of its kind; of a warning, a number set
    by its code. What stays below 0.1 is left out.
    """
    found = [
        Doubt(number, risk, _level(risk)) for number, value in enumerate(values) if (risk := _risk(value)) >= _FLOOR
    ]
    return sorted(found, key=lambda doubt: (-doubt.risk, values[doubt.value].start or 0, doubt.value))


def _risk(value: Value) -> float:
    if value.kind == "warning":
        return _WARNINGS.get(value.rule or "", _OTHER_WARNINGS)
    if value.confidence is None:
        return 0.0
    kind = value.record.kind if isinstance(value.record, Amount) else value.kind
    return round((1 - value.confidence) * _WEIGHTS.get(kind, _OTHER_VALUES), 4)


def _level(risk: float) -> str:
    return "high" if risk >= _HIGH else "middle" if risk >= _MIDDLE else "low"
