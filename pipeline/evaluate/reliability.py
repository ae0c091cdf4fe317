"""Whether a confidence means what it says: of the values that are said to be right with 90 %, are 90 % right?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.evaluate.tally import Tally

__all__ = ["KINDS", "Case", "Reliability", "cases", "reliability"]

KINDS = (
    "item",
    "present",
    "absent",
    "meeting",
    "statement",
    "recommendation",
    "decision",
    "action",
    "person",
    "organisation",
    "money",
    "percent",
    "quantity",
    "date",
)
_BINS = 10


class Case(NamedTuple):
    """One value of a record: what is said of it, and whether it is right."""

    kind: str
    rule: str
    confidence: float
    right: bool


_OF_MEETING = (
    ("meeting_date", ("date",)),
    ("meeting_roles", ("chair", "minute_taker")),
    ("meeting_body", ("body",)),
    ("meeting_place", ("place",)),
    ("meeting_times", ("start_time", "end_time")),
)
"""The fields of the tallies, and what of the meeting each judges, in order."""


class Reliability(NamedTuple):
    """Cases together: the mean of what is said, the share that is right, and the expected calibration error.

    `bins` hold number of cases, mean confidence and share that is right, for each tenth of confidence that has any.
    """

    cases: int
    said: float
    right: float
    error: float
    bins: tuple[tuple[int, float, float], ...]


def cases(record: Mapping[str, Any], tallies: Mapping[str, Tally]) -> Iterator[Case]:
    """Each value of a record that has a verdict in the tallies of `score_fields`.

    A statement is right when its speaker is, a decision when its passage and outcome are, an action when its passage
    is; an item when its title is; of the meeting's fields all but the title are judged.
    """
    for kind, field, values in _values(record):
        for value, verdict in zip(values, tallies[field].verdicts, strict=True):
            if verdict is not None and "confidence" in value:
                yield Case(kind, value.get("rule") or "", value["confidence"], verdict)


def _values(record: Mapping[str, Any]) -> Iterator[tuple[str, str, Sequence[Mapping[str, Any]]]]:
    """Kind, field of the tallies and the values of each kind, in the order of the tally's verdicts."""
    items, meeting = record.get("items") or [], record.get("meeting") or {}
    yield "item", "items", items
    for status in ("present", "absent"):
        yield status, status, meeting.get(status) or []
    grounds = {ground["field"]: ground for ground in meeting.get("grounds") or []}
    for field, names in _OF_MEETING:
        yield "meeting", field, [grounds.get(name, {}) for name in names if meeting.get(name)]
    for field in ("statements", "recommendations", "decisions", "actions"):
        yield field.removesuffix("s"), field, [value for item in items for value in item.get(field) or []]
    for field in ("persons", "organisations", "dates"):
        yield field.removesuffix("s"), field, record.get(field) or []
    for kind, field in (("money", "money"), ("percent", "percent"), ("quantity", "quantities")):
        yield kind, field, [amount for amount in record.get("amounts") or [] if amount["kind"] == kind]


def reliability(found: Iterable[Case]) -> Reliability:
    """The figures of some cases, in ten equal bins of confidence (Guo et al. 2017); all zero where there are none.

    >>> reliability([Case("date", "r", 0.9, True), Case("date", "r", 0.9, False)]).error
    0.4
    """
    bins: dict[int, list[Case]] = {}
    for case in found:
        bins.setdefault(min(int(case.confidence * _BINS), _BINS - 1), []).append(case)
    rows = tuple((len(bins[tenth]), *_means(bins[tenth])) for tenth in sorted(bins))
    total = sum(number for number, _, _ in rows)
    if not total:
        return Reliability(0, 0.0, 0.0, 0.0, ())
    said, right = _means([case for one in bins.values() for case in one])
    error = sum(number * abs(mean - share) for number, mean, share in rows) / total
    return Reliability(total, said, right, round(error, 6), rows)


def _means(found: Sequence[Case]) -> tuple[float, float]:
    return sum(case.confidence for case in found) / len(found), sum(case.right for case in found) / len(found)
