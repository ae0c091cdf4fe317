"""Tasks that somebody is to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from pipeline.document import Document, quote
from pipeline.extract.actions.assigned import (
    asked,
    labelled,
    laid_on,
    noted,
    object_first,
    object_inside,
    party,
    promised,
    stranger,
)
from pipeline.extract.actions.deadlines import due_of
from pipeline.extract.actions.doers import in_heading, tasks_by_verb
from pipeline.extract.actions.tasktables import table_actions
from pipeline.extract.history import of_other_meetings
from pipeline.extract.owners import Task, action_rule, bracketed, listed, only_names, owned_by, signed
from pipeline.extract.passages import Cover, Passage, headings, passages
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.tense import is_told_in_the_past
from pipeline.extract.turns import named_alone
from pipeline.lexicon import Lexicon
from pipeline.values import Action

__all__ = ["find_actions"]

ACCOUNTS = frozenset({"background", "economy", "attachments", "recommendation"})
"""Sections that tell about the case: what somebody does there is no task from this meeting."""

CLEARLY = 2
"""Tasks with their owners in brackets, told by what stands before, after which all such sentences are tasks."""
NOTE = 60
"""A sentence no longer than this can be a noun for what is to be done, its owner behind: "Maling af skuret: Mona."."""


def find_actions(document: Document, lexicon: Lexicon) -> tuple[Action, ...]:
    """Every task with who is to do it, and its deadline where the document states one.

    Only what is said outright: a verb of doing in the present tense or "skal" behind a named person, a role or
    another body than the one that met, a passive with "af", or a line "Ansvarlig: …". What is done already, asked
    or suggested is none.
    """
    subjects = Subjects(document, lexicon)
    beside = [*table_actions(document, lexicon), *_headed(subjects), *_below_name(subjects)]
    rows = Cover((row.start, row.end) for row in beside)
    past, signs = is_told_in_the_past(document.text, lexicon), _signs_tasks(document, subjects)
    proposed = Cover((r.start, r.end) for r in document.recommendations)
    last_asked = {r.item: r.end for r in document.recommendations}
    spoken = Cover((s.start, s.end) for s in document.statements if s.rule != "turn")
    elsewhere = of_other_meetings(document, lexicon)
    decided = Cover((d.start, d.end) for d in document.decisions)
    found: list[Action] = []
    before: Passage | None = None
    topic: Subject | None = None
    listing = False
    for passage in passages(document.text, document.items):
        if before is None or before.item != passage.item:
            before, listing = None, False
        done = _is_of_last_time(passage, lexicon) or any(
            cover.touches(passage.start, passage.end) for cover in (elsewhere, rows)
        )
        if done or _is_account(passage, proposed, last_asked):
            if not done:
                found += _beside_account(passage, subjects, proposed, past=past)
            before, listing = passage, False
            continue
        names = _with_pronouns(subjects.of(passage), topic if before and before.item == passage.item else None)
        topic = next((n for n in reversed(names) if _is_known(n, passage)), topic)
        if found and _says_when(passage, before, found[-1], lexicon):
            found[-1] = replace(found[-1], due=found[-1].due or due_of(passage, 0, subjects))
            continue
        if before and (owned := _owned(passage, before, names, subjects, signs=signs)):
            if found and found[-1].start >= before.start:
                found.pop()
            found.append(owned)
            before = passage
            continue
        label = action_rule(lexicon, "task-label").regex.match(passage.flat)
        listing = bool(label) or (listing and (passage.bullet or _is_beside(passage, before)))
        told = spoken.touches(passage.start, passage.start + 1)
        settled = listing or _is_settled(passage, before, found, decided) or due_of(passage, 0, subjects) is not None
        note = passage.bullet or (
            (before is None or before.paragraph != passage.paragraph) and passage.flat[-1] not in ".:"
        )
        opening = label.end() if label else 0
        tasks: list[Task | None] = []
        if told:
            tasks = [*_told(passage, names, subjects, past=past, settled=settled)]
        elif label or listing or passage.arrow:
            tasks = [*labelled(passage.flat, opening, names, lexicon)]
        if not told and not tasks:
            tasks = [*_tasks(passage, names, subjects, past=past, settled=settled, note=note)] or [
                signed(passage.flat, opening, names, lexicon) if signs else None
            ]
        if not any(tasks) and (label or (listing and passage.bullet)):
            tasks = [listed(passage, names, opening, lexicon)]
        found += (_action(passage, task, subjects) for task in tasks if task)
        before = passage
    return tuple(sorted([*found, *beside], key=attrgetter("start")))


def _beside_account(passage: Passage, subjects: Subjects, proposed: Cover, *, past: bool) -> Iterator[Action]:
    """What stands in the account of a case and is a task all the same: a duty laid on somebody, or, in minutes told in
    the past tense, what one of those present does."""
    if passage.section not in ACCOUNTS or passage.section == "recommendation":
        return
    names = subjects.of(passage)
    if passage.section == "background" and (duty := laid_on(passage, names, subjects)):
        yield _action(passage, duty, subjects)
        return
    opens = past and bool(names) and names[0].start == 0 and names[0].name in subjects.present
    if opens and not proposed.touches(passage.start, passage.end):
        tasks = tasks_by_verb(passage, names, subjects, past=False, settled=False)
        yield from (_action(passage, task, subjects) for task in tasks if task.rule.value == "task")


def _says_when(passage: Passage, before: Passage | None, task: Action, lexicon: Lexicon) -> bool:
    """Whether a sentence opens with the label of a deadline ("Frist: 1. april") that is of the task just before it."""
    of = task.rule == "owner-label" or (before is not None and task.start >= before.start)
    return of and action_rule(lexicon, "due-label").regex.match(passage.flat) is not None


def _signs_tasks(document: Document, subjects: Subjects) -> bool:
    """Whether the minutes name the owners of tasks in brackets at the ends of sentences: twice at least they clearly
    do, as what stands before is a task, or says of the same person what they do."""
    clear = 0
    for passage in passages(document.text, document.items):
        names = subjects.of(passage)
        if task := signed(passage.flat, 0, names, subjects.lexicon):
            does = task.end > 0 and names[:1] and names[0].start == 0 and names[0].name in task.who
            clear += bool(does or bracketed(passage.flat, 0, names, subjects.lexicon, note=True))
    return clear >= CLEARLY


def _headed(subjects: Subjects) -> Iterator[Action]:
    for title in headings(subjects.document.text, subjects.document.items):
        if task := in_heading(title, subjects):
            yield _action(title, task, subjects)


def _below_name(subjects: Subjects) -> Iterator[Action]:
    """The points in the infinitive below a line that holds nothing but the name of the one who is to do them."""
    document, lexicon = subjects.document, subjects.lexicon
    to_do = action_rule(lexicon, "to-do")
    owner: Subject | None = None
    before: Passage | None = None
    for passage in passages(document.text, document.items):
        before = before if before and before.item == passage.item else None
        if passage.bullet and owner and before and passage.section not in ACCOUNTS:
            if to_do.regex.match(passage.flat):
                yield _action(passage, Task(0, len(passage.flat), (owner.name,), to_do), subjects)
        elif len(passage.flat) <= NOTE:
            owner = named_alone(passage, before, subjects.of(passage), lexicon)
        else:
            owner = None
        before = passage


def _is_of_last_time(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a sentence opens by saying that it tells of the meeting before: "På sidste møde lovede Mona"."""
    return action_rule(lexicon, "last-time").regex.match(passage.flat) is not None


def _is_beside(passage: Passage, before: Passage | None) -> bool:
    return before is not None and before.paragraph == passage.paragraph


def _is_account(passage: Passage, asked: Cover, last_asked: dict[int, int]) -> bool:
    """Whether a sentence tells about the case or recommends something, so that nobody is given a task there."""
    if asked.touches(passage.start, passage.end):
        return True
    if passage.section not in ACCOUNTS or passage.arrow:
        return False
    return passage.section != "recommendation" or passage.start < last_asked.get(passage.item, passage.end)


def _with_pronouns(names: Sequence[Subject], topic: Subject | None) -> list[Subject]:
    """The subjects with "han" and "hun" replaced by the person named last."""
    known: list[Subject] = []
    for name in names:
        if name.kind == "person":
            topic = name
        if name.kind == "pronoun" and topic:
            known.append(topic._replace(start=name.start, end=name.end))
        else:
            known.append(name)
    return known


def _is_known(name: Subject, passage: Passage) -> bool:
    """Whether a subject is a person, by name or by an office that is known to be theirs."""
    return name.kind == "person" or (name.kind == "role" and name.name != passage.flat[name.start : name.end])


def _is_settled(passage: Passage, before: Passage | None, found: Sequence[Action], decided: Cover) -> bool:
    """Whether a decision or a task stands right before a sentence, in its paragraph."""
    if before is None or before.paragraph != passage.paragraph:
        return False
    return any(f.end > before.start for f in found[-1:]) or decided.touches(before.start, before.end)


def _tasks(
    passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, settled: bool = False, note: bool = False
) -> Iterator[Task]:
    flat, lexicon = passage.flat, subjects.lexicon
    said = action_rule(lexicon, "told").regex.search(flat)
    if flat.endswith("?") or (said and (said.start() == 0 or said.group()[0] in "([")):
        return
    close = said.start() if said else len(flat)
    tasks = _untold(passage, names, subjects, past=past, settled=settled, note=note)
    yield from (task for task in tasks if task.end <= close)


def _untold(
    passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, settled: bool, note: bool
) -> Iterator[Task]:
    flat, lexicon = passage.flat, subjects.lexicon
    label = action_rule(lexicon, "task-label").regex.match(flat)
    if in_brackets := bracketed(flat, label.end() if label else 0, names, lexicon, note=note or len(flat) <= NOTE):
        yield in_brackets
        return
    if given := asked(passage, names, subjects) or promised(passage, names, subjects):
        yield given
        return
    if not past and (turned := object_first(flat, names, lexicon)):
        yield turned
        others = tasks_by_verb(passage, names, subjects, past=past, settled=settled)
        yield from (task for task in others if task.start > turned.end)
        return
    if note and (point := noted(flat, names, lexicon, past=past)):
        yield point
        return
    by_verb = list(tasks_by_verb(passage, names, subjects, past=past, settled=settled))
    inside = None if by_verb else object_inside(flat, names, lexicon, told=False)
    concludes = past or settled or passage.section == "decision"
    by_party = None if by_verb else party(flat, lexicon, concludes=concludes) or stranger(flat, names, subjects)
    yield from [one] if (one := inside or by_party) else by_verb


def _told(passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, settled: bool) -> Iterator[Task]:
    """The tasks in a sentence that reports what somebody said."""
    given = promised(passage, names, subjects) or object_inside(passage.flat, names, subjects.lexicon, told=True)
    yield from [given] if given else tasks_by_verb(passage, names, subjects, past=past, settled=settled, told=True)


def _owned(
    passage: Passage, before: Passage, names: Sequence[Subject], subjects: Subjects, *, signs: bool
) -> Action | None:
    """The sentence above a line that says no more than whose it is ("Ansvarlig: Mona", "Mona")."""
    who, rule = owned_by(passage, before, names, subjects.lexicon, signs=signs)
    named = subjects.of(before)
    if rule.name == "owner-alone" and (passage.flat.endswith(":") or only_names(before.flat, 0, named, rule)):
        return None  # what they say stands below, or it is a list of names
    if not who or (rule.name == "owner-label" and _tells(passage, names, subjects)):
        return None
    headed = action_rule(subjects.lexicon, "task-label").regex.match(before.flat)
    start = headed.end() if headed and headed.end() < len(before.flat) else 0
    action = _action(before, Task(start, len(before.flat), who, rule), subjects)
    return replace(action, due=due_of(passage, 0, subjects) or action.due)


def _tells(passage: Passage, names: Sequence[Subject], subjects: Subjects) -> bool:
    """Whether a line behind "Aktion:" says what is to be done, and not only by whom."""
    label = action_rule(subjects.lexicon, "owner-label").regex.match(passage.flat)
    behind = labelled(passage.flat, label.end() if label else 0, names, subjects.lexicon)
    return any(behind) or any(_tasks(passage, list(names), subjects, past=False))


def _action(passage: Passage, task: Task, subjects: Subjects) -> Action:
    end = task.end
    while end > task.start + 1 and passage.flat[end - 1] in " ,;:(–-":
        end -= 1
    if task.rule.name == "task-label":
        due = due_of(passage, task.start, subjects, task.end)
    else:
        due = due_of(passage, task.start, subjects) or due_of(passage, max(0, task.start - 60), subjects)
    span = passage.span(task.start, end)
    return Action(
        start=span.start,
        end=span.end,
        rule=task.rule.name,
        confidence=task.rule.confidence,
        item=passage.item,
        who=task.who,
        what=quote(subjects.document.text, span.start, span.end),
        due=due,
    )
