"""Tasks that somebody is to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from pipeline.document import Action, Document, quote
from pipeline.extract.passages import Passage, passages
from pipeline.extract.subjects import Subject, Subjects
from pipeline.lexicon import Lexicon, Rule

__all__ = ["find_actions"]

ACCOUNTS = frozenset({"background", "economy", "attachments", "recommendation"})
"""Sections that tell about the case: what somebody does there is no task from this meeting."""
BETWEEN = regex.compile(r"^(?: (?:senest|inden|snarest|ultimo|primo|medio|før|til|i uge|pr\.) [^,;]{1,40})? $")


class _Task(NamedTuple):
    """A task in a sentence's flat text."""

    start: int
    end: int
    who: tuple[str, ...]
    rule: Rule
    verb: int


def find_actions(document: Document, lexicon: Lexicon) -> tuple[Action, ...]:
    """Every task with who is to do it, and its deadline where the document states one.

    Only what is said outright: a verb of doing in the present tense or "skal" behind a named person, role or
    organisation, a passive with "af", or a line "Ansvarlig: …". The meeting's own body gives a decision and no
    action; what is done already or only suggested is none.
    """
    subjects = Subjects(document, lexicon)
    found: list[Action] = []
    before: Passage | None = None
    listing = False
    for passage in passages(document.text, document.items):
        if before is None or before.item != passage.item:
            before, listing = None, False
        recommended = [r for r in document.recommendations if r.item == passage.item]
        asked = any(r.start < passage.end and passage.start < r.end for r in recommended)
        after = bool(recommended) and passage.start >= recommended[-1].end
        if asked or (passage.section in ACCOUNTS and not (after and passage.section == "recommendation")):
            before, listing = passage, False
            continue
        names = subjects.of(passage)
        if owned := _owner_line(document, passage, before, names, found, lexicon):
            found[owned[0] : owned[1]] = [owned[2]]
            before = passage
            continue
        label = _rule(lexicon, "task-label").regex.match(passage.flat)
        listing = bool(label) or (listing and passage.bullet)
        tasks = list(_tasks(document, passage, names, subjects, lexicon))
        if not tasks and listing and (named := _listed(passage, names, label.end() if label else 0, lexicon)):
            tasks = [named]
        found += (_action(document, passage, task, lexicon) for task in tasks)
        before = passage
    return tuple(found)


@cache
def _rule(lexicon: Lexicon, name: str) -> Rule:
    return next(rule for rule in lexicon.rules("actions") if rule.name == name)


def _tasks(
    document: Document, passage: Passage, names: Sequence[Subject], subjects: Subjects, lexicon: Lexicon
) -> Iterator[_Task]:
    flat = passage.flat
    if flat.endswith("?") or any(s.rule != "turn" and s.start <= passage.start < s.end for s in document.statements):
        return
    if inside := _rule(lexicon, "owner-inside").regex.search(flat):
        who = _who([n for n in names if n.start >= inside.end()])
        if who and inside.start() > 8:
            yield _Task(0, inside.start(), who, _rule(lexicon, "owner-inside"), 0)
            return
    last: _Task | None = None
    for start, end, rule in _verbs(flat, lexicon):
        if last and start < last.end and flat[:start].endswith(" og ") and rule.value == "task":
            yield last._replace(end=start - 4)
            last = _Task(start, _clause_end(flat, end, lexicon), last.who, rule, start)
            continue
        if last and start < last.end:
            continue
        group = _doers(flat, start, end, rule, list(names), subjects)
        if not group or not (who := _who(group)):
            continue
        begin = min(group[0].start, start)
        if _rule(lexicon, "not-a-task").regex.search(flat[max(0, begin - 40) : begin]):
            continue
        if rule.value == "task-by":
            begin = 0
        if last:
            yield last
        last = _Task(begin, _clause_end(flat, end, lexicon), who, rule, start)
    if last:
        yield last


def _verbs(flat: str, lexicon: Lexicon) -> list[tuple[int, int, Rule]]:
    values = {"task", "task-by", "task-right"}
    places = [(*m.span(), r) for r in lexicon.rules("actions") if r.value in values for m in r.regex.finditer(flat)]
    return sorted(places, key=lambda place: place[:2])


def _doers(flat: str, start: int, end: int, rule: Rule, names: list[Subject], subjects: Subjects) -> list[Subject]:
    """Who a verb says is to act; the meeting's own body, and an organisation that only has to do something, is none."""
    group: list[Subject] = []
    left = next((i for i in reversed(range(len(names))) if names[i].end <= start), None)
    right = next((i for i, name in enumerate(names) if name.start >= end), None)
    if rule.value == "task-by":
        if right is not None and flat[end : names[right].start].strip() == "":
            group = subjects.group_after(names, flat, right)
    elif (
        rule.value == "task"
        and left is not None
        and (subjects.governs(names[left], flat, start) or BETWEEN.match(flat[names[left].end : start]))
    ):
        group = subjects.group(names, flat, left)
        if subjects.is_governed(group[0], flat) and not flat[: group[0].start].endswith("at "):
            return []
    elif right is not None and start > 0 and subjects.follows(names[right], flat, end):
        group = subjects.group_after(names, flat, right)
    if any(s.kind in ("body", "pronoun") for s in group):
        return []
    if rule.value != "task-by" and any(s.kind == "organisation" for s in group):
        return []
    return group


def _who(group: Sequence[Subject]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.name for s in group if s.kind != "pronoun"))


def _clause_end(flat: str, start: int, lexicon: Lexicon) -> int:
    match = _rule(lexicon, "clause-end").regex.search(flat, start)
    return match.start() if match else len(flat)


def _listed(passage: Passage, names: Sequence[Subject], start: int, lexicon: Lexicon) -> _Task | None:
    """A task in a list of tasks: what stands there, for whoever is named."""
    who = _who([n for n in names if n.kind in ("person", "role") and n.start >= start])
    if not who or len(passage.flat) - start < 12:
        return None
    return _Task(start, len(passage.flat), who, _rule(lexicon, "task-label"), start)


def _owner_line(
    document: Document,
    passage: Passage,
    before: Passage | None,
    names: Sequence[Subject],
    found: Sequence[Action],
    lexicon: Lexicon,
) -> tuple[int, int, Action] | None:
    """The action that a line "Ansvarlig: …" gives the sentence above, and which found action it takes the place of."""
    label = _rule(lexicon, "owner-label").regex.match(passage.flat)
    if not label or before is None:
        return None
    who = _who([n for n in names if n.start >= label.end()])
    if not who:
        return None
    rule = _rule(lexicon, "owner-label")
    action = Action(
        start=before.start,
        end=before.end,
        rule=rule.name,
        confidence=rule.confidence,
        item=passage.item,
        who=who,
        what=quote(document.text, before.start, before.end),
        due=_due(document, passage, 0, len(passage.flat), lexicon)
        or _due(document, before, 0, len(before.flat), lexicon),
    )
    replaces = len(found) - 1 if found and found[-1].start >= before.start else len(found)
    return replaces, len(found), action


def _action(document: Document, passage: Passage, task: _Task, lexicon: Lexicon) -> Action:
    end = task.end
    while end > task.start and passage.flat[end - 1] in " ,;:(–-":
        end -= 1
    span = passage.span(task.start, end)
    return Action(
        start=span.start,
        end=span.end,
        rule=task.rule.name,
        confidence=task.rule.confidence,
        item=passage.item,
        who=task.who,
        what=quote(document.text, span.start, span.end),
        due=_due(document, passage, task.start, len(passage.flat) if end == task.end else end, lexicon),
    )


def _due(document: Document, passage: Passage, start: int, end: int, lexicon: Lexicon) -> str | None:
    """The first date between two places of a sentence that stands behind the words of a deadline."""
    for date in document.dates:
        if not passage.start <= date.start < passage.end:
            continue
        place = passage.locate(date.start)
        left = passage.flat[max(0, place - 60) : place]
        if start <= place < end and (
            _rule(lexicon, "due-before").regex.search(left)
            or _rule(lexicon, "due-label").regex.search(left[-14:])
            or ("W" in date.iso and left.endswith("i "))
        ):
            return date.iso
    return None
