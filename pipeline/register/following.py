"""What became of a body's tasks and of the matters that it put off, told from the words of its later meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.extract.persons.identity import abbreviates, fold_name, part_of
from pipeline.records.agenda import Action
from pipeline.register.digest import Digest, ItemDigest, Told
from pipeline.register.keys import content, full_name_key
from pipeline.register.periods import last_day
from pipeline.register.records import FollowedAction, FollowedDecision, Step
from pipeline.register.verbs import task_keys

__all__ = ["follow_actions", "follow_decisions"]

_SAME_TASK = 0.6  # share of the words of two tasks that are in both, where one is the other given again


@dataclass(frozen=True)
class _Task:
    """An action with what a later sentence must say to be about it."""

    digest: Digest
    item: ItemDigest
    number: int
    action: Action
    verbs: frozenset[str]
    objects: frozenset[str]

    @property
    def id(self) -> str:
        return f"{self.item.id}/action/{self.number}"


@dataclass(frozen=True)
class _About:
    """A later sentence or task that is about a task, and how much of the task it names."""

    task: _Task
    step: Step
    share: float


def follow_actions(
    meetings: Sequence[Digest], body_id: str | None, person_ids: Mapping[tuple[str, str], str]
) -> Iterator[FollowedAction]:
    """The actions of a body's meetings (sorted by date), each with what later meetings say about it.

    `person_ids` gives the id in the register of (id of a record, name in it). An action is done where a sentence of
    a later meeting tells its verb in the past, or says in general words that something is finished, and names at
    least half of what the action is about: two words of it, or one beside the one who was to do it or under an item
    of the same title. A sentence with a doubt, a condition or a "not" in it, one that names somebody else, and one
    that fits two tasks equally well decide nothing.
    """
    tasks = [
        _task(digest, item, n, action)
        for digest in meetings
        for item in digest.items
        for n, action in enumerate(item.actions, 1)
    ]
    steps: dict[str, list[Step]] = {task.id: [] for task in tasks}
    if body_id is not None:
        for meeting in meetings:
            date = meeting.meeting.meeting_date
            earlier = [task for task in tasks if date and _date(task) < date and _goes_on(steps[task.id])]
            for about in _told_about(meeting, earlier):
                steps[about.task.id].append(about.step)
    latest = max((digest.meeting.meeting_date or "" for digest in meetings), default="") or None
    for task in tasks:
        yield _followed_action(task, body_id, person_ids, steps[task.id], latest)


def _task(digest: Digest, item: ItemDigest, number: int, action: Action) -> _Task:
    verbs = task_keys(action.what)
    owners = content(" ".join(action.who))
    objects = frozenset(word for word in content(action.what) if word not in owners and not task_keys(word) & verbs)
    return _Task(digest, item, number, action, verbs, objects)


def _date(task: _Task) -> str:
    return task.digest.meeting.meeting_date or "9999"


def _goes_on(steps: Sequence[Step]) -> bool:
    return not any(step.kind in ("done", "repeated") for step in steps)


def _told_about(meeting: Digest, tasks: Sequence[_Task]) -> Iterator[_About]:
    """What a meeting says about earlier tasks, at most one step for each."""
    if not tasks:
        return
    found: dict[str, _About] = {}
    for told in meeting.told:
        item = meeting.items[told.item]
        kind: Literal["done", "outstanding"] = "outstanding" if told.outstanding else "done"
        fits = [(share, task) for task in tasks if (share := _share(task, told, item, kind))]
        best = [task for share, task in fits if share == max(other for other, _ in fits)]
        if len(best) == 1:
            about = _About(best[0], _told_step(meeting, item, told, kind), max(share for share, _ in fits))
            if best[0].id not in found or (kind == "done") > (found[best[0].id].step.kind == "done"):
                found[best[0].id] = about
    for item in meeting.items:
        for n, action in enumerate(item.actions, 1):
            again = _task(meeting, item, n, action)
            for task in tasks:
                if task.id not in found and _repeats(again, task):
                    found[task.id] = _About(task, _repeated_step(meeting, item, action), 1.0)
    yield from found.values()


def _share(task: _Task, told: Told, item: ItemDigest, kind: Literal["done", "outstanding"]) -> float:
    """How much of a task a sentence names; 0 where it is about something else."""
    shared = task.objects & told.words
    verb = bool(task.verbs & told.done)
    if not shared or 2 * len(shared) < len(task.objects) or not (verb or told.closed or kind == "outstanding"):
        return 0.0
    owners = [name for name in told.persons if any(_is_owner(name, who) for who in task.action.who)]
    printed = fold_name(task.action.what)
    others = [name for name in told.persons if name not in owners and not _named_in(name, printed)]
    if others:
        return 0.0
    named = any(_is_surely(name, who) for name in owners for who in task.action.who)
    named = named or any(content(who) <= told.words for who in task.action.who if content(who))
    same_matter = bool(item.words) and item.words == task.item.words
    enough = len(shared) > 1 or named or same_matter
    return len(shared) / len(task.objects) if enough and (verb or len(shared) > 1 or same_matter or named) else 0.0


def _is_owner(name: str, who: str) -> bool:
    """Whether somebody can be the one who was to do it; a part of a name contradicts nothing."""
    return fold_name(name) == fold_name(who) or part_of(name, who) or part_of(who, name) or abbreviates(name, who)


def _is_surely(name: str, who: str) -> bool:
    return full_name_key(name) is not None and full_name_key(name) == full_name_key(who)


def _named_in(name: str, printed: str) -> bool:
    return any(part in printed.split() for part in fold_name(name).split() if len(part) > 2)


def _repeats(again: _Task, task: _Task) -> bool:
    """Whether a later action is an earlier one given again, to the same people."""
    if {fold_name(who) for who in again.action.who} != {fold_name(who) for who in task.action.who}:
        return False
    shared, all_words = again.objects & task.objects, again.objects | task.objects
    return bool(again.verbs & task.verbs) and len(shared) > 1 and len(shared) >= _SAME_TASK * len(all_words)


def _told_step(meeting: Digest, item: ItemDigest, told: Told, kind: Literal["done", "outstanding"]) -> Step:
    return Step(
        kind=kind,
        item_id=item.id,
        rule="followup/closed" if told.closed else "followup/outstanding" if kind == "outstanding" else "followup/verb",
        **_place(meeting),
        text=told.text,
        start=told.span.start,
        end=told.span.end,
        source_start=told.source.start,
        source_end=told.source.end,
    )


def _repeated_step(meeting: Digest, item: ItemDigest, action: Action) -> Step:
    place = {key: getattr(action, key) for key in ("text", "start", "end", "source_start", "source_end")}
    return Step(kind="repeated", item_id=item.id, rule="followup/repeated", **_place(meeting), **place)


def _place(meeting: Digest) -> dict[str, Any]:
    held = meeting.meeting
    return {"minutes_id": held.minutes_id, "source_path": held.source_path, "meeting_date": held.meeting_date or ""}


def _followed_action(
    task: _Task,
    body_id: str | None,
    person_ids: Mapping[tuple[str, str], str],
    steps: Sequence[Step],
    latest: str | None,
) -> FollowedAction:
    kinds = [step.kind for step in steps]
    due = last_day(task.action.due) if task.action.due else None
    status: Literal["open", "overdue", "done", "repeated"] = "open"
    if "done" in kinds:
        status = "done"
    elif "repeated" in kinds:
        status = "repeated"
    elif body_id and due and latest and due < latest:
        status = "overdue"
    held = task.digest.meeting
    return FollowedAction(
        id=task.id,
        body_id=body_id,
        **held.model_dump(exclude={"title"}),
        item_id=task.item.id,
        item_number=task.item.number,
        item_title=task.item.title,
        steps=list(steps),
        person_ids=[person_ids.get((held.minutes_id, fold_name(who))) for who in task.action.who],
        status=status,
        as_of=latest if body_id else None,
        **task.action.model_dump(),
    )


def follow_decisions(meetings: Sequence[Digest], body_id: str | None) -> Iterator[FollowedDecision]:
    """The decisions of a body's meetings (sorted by date); those that were put off with the item that took them up.

    A matter is taken up again by the first later item of exactly the same title. Titles that stand in three meetings
    or more, or twice in one, are standing ones ("Eventuelt"): nothing is told from them.
    """
    often: dict[frozenset[str], int] = {}
    for digest in meetings:
        for item in digest.items:
            often[item.words] = often.get(item.words, 0) + 1
    for number, digest in enumerate(meetings):
        for item in digest.items:
            for n, decision in enumerate(item.decisions, 1):
                put_off = decision.outcome in ("postponed", "referred")
                step = None
                if put_off and body_id and item.words and often[item.words] == 2:
                    step = _resumed(digest, item, meetings[number + 1 :])
                yield FollowedDecision(
                    id=f"{item.id}/decision/{n}",
                    body_id=body_id,
                    **digest.meeting.model_dump(exclude={"title"}),
                    item_id=item.id,
                    item_number=item.number,
                    item_title=item.title,
                    steps=[step] if step else [],
                    status="resumed" if step else "pending" if put_off else "settled",
                    **decision.model_dump(include={"outcome", "actor", *_GROUNDED}),
                )


_GROUNDED = ("text", "start", "end", "source_start", "source_end", "rule", "confidence")


def _resumed(digest: Digest, item: ItemDigest, later: Sequence[Digest]) -> Step | None:
    date = digest.meeting.meeting_date
    for meeting in later:
        if date and meeting.meeting.meeting_date and date < meeting.meeting.meeting_date:
            for other in meeting.items:
                if other.words == item.words:
                    return Step(
                        kind="resumed",
                        item_id=other.id,
                        rule="followup/same-title",
                        **_place(meeting),
                        **other.heading.model_dump(),
                    )
    return None
