"""Tasks whose owner stands beside them: behind a label, in brackets, or alone on the line below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject
from pipeline.lexicon import Lexicon, Likely, Rule

__all__ = [
    "SHORTEST",
    "Task",
    "action_rule",
    "bracketed",
    "doing",
    "listed",
    "names_of",
    "only_names",
    "owned_by",
    "signed",
]

SHORTEST = 12
"""A task in a list has no fewer characters."""
_VERBS = frozenset({"task", "task-by", "task-by-person", "task-right", "task-weak", "task-past", "task-agreed"})
_IN_BRACKETS = regex.compile(r"(?:(?! \p{Ll}{3,}r\b)[ ,/&+][^()]{1,30})? ?[)\]]\W*")
_BEHIND = ("owner-behind", "notice-out", "by-when-and-whose")
_CHORES = ("chore", "chore-infinitive")
_INITIALS = regex.compile(r"\( ?(?P<who>\p{Lu}{2,4}(?:(?: ?[/+,&] ?| og )\p{Lu}{2,4}){0,3}) ?\)\W*\Z")
"""Of nobody known, at the end of a task."""
_SIGNED = regex.compile(r"\([^()]{2,40}\)\W*\Z")
_APART = regex.compile(r" ?[/+,&] ?| og ")
_MARK = regex.compile(r"[^\p{L}\d]*(?:\b(?:ansv\.?|ansvarlige?|tovholdere?|v|ved)\b)?[^\p{L}\d]*\Z")
"""Between a task and the name of its owner."""


class Task(NamedTuple):
    """A task in a sentence's flat text."""

    start: int
    end: int
    who: tuple[str, ...]
    rule: Rule


@cache
def action_rule(lexicon: Lexicon, name: str) -> Rule:
    """A rule of models/rules/actions.toml by its name."""
    return lexicon.by_name("actions")[name]


@cache
def doing(lexicon: Lexicon) -> Likely:
    """The rules for verbs with which somebody does something."""
    return Likely(rule for rule in lexicon.rules("actions") if rule.value in _VERBS)


def names_of(group: Sequence[Subject]) -> tuple[str, ...]:
    """The names of those who are to act, each once."""
    return tuple(dict.fromkeys(s.name for s in group if s.kind != "pronoun"))


def bracketed(flat: str, begin: int, names: Sequence[Subject], lexicon: Lexicon, *, note: bool = False) -> Task | None:
    """ "Rette skiltet. Ansvarlig: Mona", "Skiltet skal rettes (Mona)", "Skiltet -> Mona", "Opgaven ligger hos Mona"; as
    a `note` also "Rengøring af skiltet: Mona"."""
    alone = action_rule(lexicon, "owner-alone")
    arrow = action_rule(lexicon, "owner-arrow").regex.match(flat[begin:])
    points = begin + arrow.end() if arrow else len(flat)
    if arrow and only_names(flat, points, behind := [n for n in names if n.start >= points], alone):
        return Task(begin, len(flat), names_of(behind), action_rule(lexicon, "owner-arrow"))
    inside = action_rule(lexicon, "owner-inside").regex.search(flat)
    if inside and inside.start() > 8 and (who := names_of([n for n in names if n.start >= inside.end()])):
        return Task(begin, inside.start(), who, action_rule(lexicon, "owner-inside"))
    told = action_rule(lexicon, "owner-told").regex.search(flat, begin)
    if told and (owners := [n for n in names if n.start >= told.end()]) and owners[0].start == told.end():
        return Task(begin, len(flat), names_of(owners), action_rule(lexicon, "owner-told"))
    does = action_rule(lexicon, "owner-does").regex.search(flat, begin + SHORTEST)
    if does and only_names(flat, does.end(), doers := [n for n in names if n.start >= does.end()], alone):
        return Task(begin, len(flat), names_of(doers), action_rule(lexicon, "owner-does"))
    for place, name in enumerate(names):
        closes = _IN_BRACKETS.fullmatch(flat, name.end) or only_names(flat, name.start, names[place:], alone)
        for rule in (action_rule(lexicon, kind) for kind in (*_BEHIND, *(_CHORES if note else ()))):
            owns = closes and (name.kind == "person" or (name.kind == "role" and _gives_role(flat, rule)))
            if owns and rule.regex.search(flat[begin : name.start]):
                end = _MARK.search(flat, begin, name.start)
                return Task(begin, end.start() if end else name.start, names_of(names[place:]), rule)
    behind_it = action_rule(lexicon, "owner-behind")
    initials = _INITIALS.search(flat, begin)
    if (
        initials
        and not any(n.end > initials.start() for n in names)
        and behind_it.regex.search(flat[begin : initials.start("who")])
    ):
        return Task(begin, initials.start(), tuple(_APART.split(initials["who"])), behind_it)
    return None


def signed(flat: str, begin: int, names: Sequence[Subject], lexicon: Lexicon) -> Task | None:
    """Any sentence with nothing but names in brackets at its end, in minutes that name the owners of tasks so:
    "Plakater (Mona)"."""
    bracket = _SIGNED.search(flat, begin)
    if bracket is None:
        return None
    behind = [n for n in names if n.start > bracket.start()]
    initials = _INITIALS.match(flat, bracket.start())
    if only_names(flat, bracket.start(), behind, action_rule(lexicon, "owner-alone")):
        who = names_of(behind)
    elif initials and not behind:
        who = tuple(_APART.split(initials["who"]))
    else:
        return None
    return Task(begin, max(bracket.start(), begin), who, action_rule(lexicon, "owner-behind"))


def _gives_role(flat: str, rule: Rule) -> bool:
    """Whether a role behind it can be whose task it is: "Ændring af § 4 (formanden)" says who speaks."""
    return rule.name != "chore" and (rule.name != "owner-behind" or " skal " in flat)


def listed(passage: Passage, names: Sequence[Subject], start: int, lexicon: Lexicon) -> Task | None:
    """A point in a list of tasks: what stands there, for whoever is named."""
    who = names_of([n for n in names if n.kind not in ("body", "pronoun") and n.start >= start])
    if not who or len(passage.flat) - start < SHORTEST:
        return None
    return Task(start, len(passage.flat), who, action_rule(lexicon, "task-label"))


def owned_by(
    passage: Passage, before: Passage, names: Sequence[Subject], lexicon: Lexicon, *, signs: bool = False
) -> tuple[tuple[str, ...], Rule]:
    """Whose the sentence `before` is, where a line says no more: "Ansvarlig: Mona", or "Mona" as a point below it; in
    minutes that `signs` tasks so also "(Mona)"."""
    rule = action_rule(lexicon, "owner-label")
    if label := rule.regex.match(passage.flat):
        behind = [n for n in names if n.start >= label.end()]
        return names_of(behind if behind and behind[0].start < label.end() + SHORTEST else ()), rule
    rule = action_rule(lexicon, "owner-alone")
    does = action_rule(lexicon, "owner-does")
    if (
        len(before.flat) >= SHORTEST
        and (answer := does.regex.match(passage.flat))
        and action_rule(lexicon, "is-open").regex.search(before.flat)
        and only_names(passage.flat, answer.end(), names, rule)
    ):
        return names_of(names), does
    beside = signs and passage.paragraph == before.paragraph and passage.flat.startswith("(")
    if beside and (owner := signed(passage.flat, 0, names, lexicon)):
        return owner.who, owner.rule
    below = passage.flat.startswith("(") and action_rule(lexicon, "owner-behind").regex.search(
        before.flat.rstrip(".") + " ("
    )
    told = below or (passage.bullet and before.bullet)
    if (
        not told
        or len(before.flat) < SHORTEST
        or " " not in before.flat
        or action_rule(lexicon, "names-follow").regex.search(before.flat)
    ):
        return (), rule
    return (names_of(names) if only_names(passage.flat, 0, names, rule) else ()), rule


def only_names(flat: str, start: int, names: Sequence[Subject], beside: Rule) -> bool:
    """Whether nothing but persons and roles stands behind `start`, and what the rule lets stand beside them."""
    rest = list(flat)
    for name in names:
        rest[name.start : name.end] = " " * (name.end - name.start)
    people = bool(names) and all(name.kind in ("person", "role") for name in names)
    return people and beside.regex.fullmatch("".join(rest[start:])) is not None
