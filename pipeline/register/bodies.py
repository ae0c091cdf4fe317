"""Which meetings are those of one body."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.register.digest import Digest
from pipeline.register.keys import best_name, body_key, merge_groups, slug
from pipeline.register.records import Body

__all__ = ["find_bodies"]

_SHARED = 2
"""Councils of two towns are both called "Byrådet": so many people in both minutes make them one."""


def find_bodies(digests: Sequence[Digest]) -> list[tuple[Body, list[Digest]]]:
    """Each body with the records of its meetings, by date, those without a date last.

    Meetings are of one body when its name is the same but for case, endings and damaged letters. A name of one word
    ("Byrådet", "Bestyrelsen") is that of many bodies: there two people, by their full names, must stand in both
    minutes as well, or in those of meetings between them. Minutes that name no body are of none.
    """
    named: dict[str, list[Digest]] = {}
    for digest in digests:
        if digest.body and (key := body_key(digest.body)):
            named.setdefault(key, []).append(digest)
    found = []
    for key, meetings in sorted(named.items()):
        meetings.sort(key=_by_date)
        groups = [meetings] if " " in key else _by_people(meetings)
        for group in groups:
            first = group[0].meeting.minutes_id
            name = best_name(digest.body for digest in group if digest.body)
            identity = slug("body", key) if len(groups) == 1 else slug("body", key, first)
            found.append((Body(id=identity, name=name, meetings=[digest.meeting for digest in group]), group))
    return found


def _by_date(digest: Digest) -> tuple[bool, str, str]:
    date = digest.meeting.meeting_date
    return (date is None, date or "", digest.meeting.minutes_id)


def _by_people(meetings: list[Digest]) -> list[list[Digest]]:
    """The meetings in the groups that share people, told from the minutes that each person stands in."""
    attended: dict[str, list[int]] = {}
    for number, meeting in enumerate(meetings):
        for person in meeting.people:
            attended.setdefault(person, []).append(number)
    shared: dict[tuple[int, int], int] = {}
    for numbers in attended.values():
        for pair in pairwise(numbers):
            shared[pair] = shared.get(pair, 0) + 1
    pairs = (pair for pair, people in shared.items() if people >= _SHARED)
    return [[meetings[number] for number in group] for group in merge_groups(len(meetings), pairs)]
