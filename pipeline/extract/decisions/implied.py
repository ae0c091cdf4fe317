"""Decisions without a verb of deciding: by the place where they stand, or by who says what they will do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from pipeline.extract.decisions.votes import is_ballot
from pipeline.extract.owners import action_rule
from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.verdicts import decision_rule, verdicts
from pipeline.lexicon import Lexicon, Likely, Needed, Rule
from pipeline.values import Decision

__all__ = ["answered", "is_labelled", "is_task", "nod", "settled", "stated", "under_title", "undertaken", "whole"]

_ANSWERS = (
    ("answer-both", "approved_with_conditions"),
    ("answer-yes", "approved"),
    ("answer-no", "rejected"),
    ("answer-later", "postponed"),
)
_ASKED = regex.compile(r"(?<!^\W*[\p{L}-]+(?: [\p{L}-]+)?)\?\W*$|\b(?:spurgte|spørger|spurgt)\b")
"""A question, but for a topic of two words at most that asks for the answer: "Nyt skilt? Nej."."""
_LEAD = regex.compile(r"[^\w(]*")
_TASKED = regex.compile(r"\((?:\p{Lu}[\p{L}./]*(?: \p{Lu}?[\p{L}./]*){0,3})\)\W*$")
"""Who is to do it, in brackets at the end: a task."""
_OWN = regex.compile(r"\p{Lu}\p{Ll}{2,8}(?:en|et)$|.*\p{Lu}$|.*-")
"""A word of one part ("Klubben") or initials: what a compound names ("Forfatterforeningen") may be others."""
_LABEL = regex.compile(r"(?i)\b(?:besluttet|vedtaget|aftalt|afgjort|enighed) ?:\s{0,20}$")
"""In front of a sentence: it is what was decided, whatever is decided behind it."""
_OF_PERSONS = frozenset({"settled-may"})
"""Rules of what is settled that hold for persons too: who may do what, who is taken on."""
_WE = regex.compile(r"(?:(?:Ja|Jo|Jep|Nej|Fint|Ok|OK|Okay|Godt|Super|Enige), )?[Vv]i (?=\w)")
_SO_WE = regex.compile(r"(?: [–—-]|, så|, men|;|:) (?P<clause>vi )(?=\p{Ll})")
"""Where a later clause of a sentence says what the meeting does."""


def is_labelled(passage: Passage, subjects: Subjects) -> bool:
    """Whether a participle of deciding and a colon stand before the sentence: "Besluttet: kun to filer tillades." """
    return _LABEL.search(subjects.document.text, max(0, passage.start - 30), passage.start) is not None


def stated(passage: Passage, begin: int, lexicon: Lexicon) -> list[Decision]:
    """What a section of decisions says in the passive of the present tense: "Lånet optages i banken." """
    flat = passage.flat[begin:]
    for name in ("approved-there", "stated", "stated-active"):
        outcome = "approved" if name == "approved-there" else "resolved"
        rule = decision_rule(lexicon, name)
        match = rule.regex.match(flat)
        if match and not flat.endswith(("?", ":")) and not _promises(flat[: match.end()], lexicon):
            return [_simple(passage, begin, rule, outcome, lexicon)]
    return []


def settled(passage: Passage, subjects: Subjects, *, near: bool) -> list[Decision]:
    """What an item says is to be otherwise from now on: "Kørsel afregnes fremover pr. km."; `near` behind a decision in
    the same paragraph any main clause in the passive of the present tense. What persons are to do is none.
    """
    lexicon, flat = subjects.lexicon, passage.flat
    if flat.endswith(("?", ":")) or action_rule(lexicon, "to-be-done-by-then").regex.match(flat):
        return []
    person = any(n.start == 0 and n.kind in ("person", "role") for n in subjects.of(passage))
    for rule, match in _settles(flat, lexicon, near=near):
        if person and rule.name not in _OF_PERSONS:
            continue
        for_all = rule.name in _OF_PERSONS or match.group().endswith("fremover")
        if (for_all or not _promises(flat[: match.end()], lexicon)) and not _TASKED.search(flat):
            return [_simple(passage, 0, rule, "resolved", lexicon)]
    return []


def _settles(flat: str, lexicon: Lexicon, *, near: bool) -> Iterator[tuple[Rule, regex.Match[str]]]:
    subject = decision_rule(lexicon, "settled-subject").regex
    for rule, match in _settling(lexicon).matches(flat):
        if rule.value == "settled" or subject.match(flat, 0, match.start()):
            yield rule, match
    rule = decision_rule(lexicon, "stated")
    if near and (found := rule.regex.match(flat)):
        yield rule, found


@cache
def _settling(lexicon: Lexicon) -> Likely:
    return Likely(rule for rule in lexicon.rules("decisions") if rule.value in ("settled", "settled-verb"))


def _promises(flat: str, lexicon: Lexicon) -> bool:
    return any(rule.regex.search(flat) for rule in _tasks(lexicon).worth(flat))


@cache
def _tasks(lexicon: Lexicon) -> Needed:
    return Needed(rule for rule in lexicon.rules("actions") if rule.value in ("task", "task-by"))


def nod(passage: Passage, lexicon: Lexicon) -> list[Decision]:
    """The approval in a single word, under a title that asks for it: "Ok.", "Godk." """
    rule = decision_rule(lexicon, "nod")
    return [_simple(passage, 0, rule, "approved", lexicon)] if rule.regex.match(passage.flat) else []


def answered(passage: Passage, before: Passage | None, subjects: Subjects) -> list[Decision]:
    """The answer to what the line or the sentence before asks of the meeting: "Ok.", "leje af telt: ja".

    None where a person says it, or where it answers a question that was put in the discussion.
    """
    lexicon, flat = subjects.lexicon, passage.flat
    case = decision_rule(lexicon, "case-in-front").regex.match(flat)
    if case and any(n.start < case.end() - 2 and n.kind in ("person", "role") for n in subjects.of(passage)):
        return []
    title = subjects.document.items[passage.item].title
    tells = title is None or decision_rule(lexicon, "only-tells").regex.match(title)
    if not case and ((before is None and tells) or _ASKED.search(before.flat if before else title or "")):
        return []
    lead = _LEAD.match(flat)
    at = case.end() if case else lead.end() if lead else 0
    for name, outcome in _ANSWERS:
        rule = decision_rule(lexicon, name)
        if found := rule.regex.match(flat[at:]):
            answer = _simple(passage, 0 if case else at, rule, outcome, lexicon)
            cut = name == "answer-later"
            return [replace(answer, end=passage.span(at, at + found.end()).end) if cut else answer]
    return []


def under_title(passage: Passage, title: str, lexicon: Lexicon, *, first: bool) -> list[Decision]:
    """What only the title makes a decision: money that somebody gets, where it is to be handed out, "Uændret." of what
    members pay, and the day of what the title names, where the item says no more of it first."""
    kinds = [("granted", "approved", decision_rule(lexicon, "asks-money").regex.search(title) is not None)]
    kinds.append(("day-alone", "resolved", first and decision_rule(lexicon, "asks-day").regex.search(title) is None))
    kinds.append(("dues-alone", "approved", decision_rule(lexicon, "asks-dues").regex.search(title) is not None))
    for name, outcome, asked in kinds:
        if asked and (rule := decision_rule(lexicon, name)).regex.match(passage.flat):
            return [_simple(passage, 0, rule, outcome, lexicon)]
    return []


def _simple(passage: Passage, begin: int, rule: Rule, outcome: str, lexicon: Lexicon) -> Decision:
    span = passage.span(begin, len(passage.flat))
    condition = None
    if outcome in ("approved", "resolved"):
        name = "condition" if outcome == "approved" else "strong-condition"
        condition = decision_rule(lexicon, name).regex.search(passage.flat, begin)
    later = (
        outcome == "resolved"
        and not condition
        and decision_rule(lexicon, "comes-later").regex.search(passage.flat, begin)
    )
    return Decision(
        start=span.start,
        end=span.end,
        rule=rule.name,
        confidence=rule.confidence,
        item=passage.item,
        outcome="approved_with_conditions" if condition else "postponed" if later else outcome,
        condition=passage.flat[condition.start() :].strip(" ,–-").rstrip(".") if condition else None,
    )


def undertaken(passage: Passage, subjects: Subjects) -> list[Decision]:
    """What the meeting's own body, or the board at an assembly, says that it will do."""
    if passage.flat.endswith("?"):
        return []
    for told in ("we-will", "day-set"):
        rule = decision_rule(subjects.lexicon, told)
        if rule.regex.match(passage.flat):
            return [_simple(passage, 0, rule, "resolved", subjects.lexicon)]
    name = next((n for n in subjects.of(passage) if n.start == 0), None)
    so = decision_rule(subjects.lexicon, "we-do")
    for clause in _SO_WE.finditer(passage.flat):
        if so.regex.match(passage.flat[clause.end() :]):
            waits = decision_rule(subjects.lexicon, "own-delay").regex.match(passage.flat[clause.end() :])
            outcome = "postponed" if waits else "resolved"
            return [_simple(passage, clause.start("clause"), so, outcome, subjects.lexicon)]
    if we := _WE.match(passage.flat):
        name = Subject(0, we.end() - 1, "body", "vi")
    elif (
        (collective := decision_rule(subjects.lexicon, "collective-noun").regex.match(passage.flat))
        and not (name and name.kind == "person")
        and collective.group() not in subjects.present
        and (_OWN.match(collective.group()) or subjects.is_in_header(collective.group()))
    ):
        name = Subject(0, collective.end(), "body", collective.group())
    if name is None or not (name.kind == "body" or (subjects.assembly and name.name == "Bestyrelsen")):
        return []
    does = "we-do" if we else "the-board-does"
    fit = (
        decision_rule(subjects.lexicon, told) for told in ("the-board-will", *(() if subjects.assembly else (does,)))
    )
    will = next((rule for rule in fit if rule.regex.match(passage.flat[name.end + 1 :])), None)
    if will is None:
        return []
    condition = decision_rule(subjects.lexicon, "own-condition").regex.search(passage.flat)
    delayed = decision_rule(subjects.lexicon, "own-delay").regex.match(passage.flat)
    later = decision_rule(subjects.lexicon, "comes-later").regex.match(passage.flat, name.end + 1)
    passed = decision_rule(subjects.lexicon, "passes-on").regex.match(passage.flat, name.end + 1)
    outcome = "referred" if passed else "approved_with_conditions" if condition else "resolved"
    return [
        Decision(
            start=passage.start,
            end=passage.end,
            rule=will.name,
            confidence=will.confidence,
            item=passage.item,
            outcome="postponed" if delayed or later else outcome,
            actor=None if name.name == "vi" else name.name,
            condition=passage.flat[condition.start() :].strip(" ,").rstrip(".") if condition else None,
        )
    ]


def is_task(passage: Passage, subjects: Subjects) -> bool:
    """Whether a point under a heading of decisions says what a person is to do."""
    if any(n.start == 0 and n.kind != "body" for n in subjects.of(passage)):
        return True
    if decision_rule(subjects.lexicon, "somebody-does").regex.match(passage.flat):
        return True
    return _promises(passage.flat, subjects.lexicon)


def whole(passage: Passage, begin: int, rest: Sequence[Passage], lexicon: Lexicon) -> list[Decision]:
    """A decision section without any words of decision: its first sentence."""
    same = [p for p in rest if p.section == passage.section == "decision" or p.paragraph == passage.paragraph]
    nothing = decision_rule(lexicon, "nothing-decided").regex.match(passage.flat[begin:])
    told = is_ballot(passage.flat, lexicon) or action_rule(lexicon, "owner-label").regex.match(passage.flat)
    if (
        begin >= len(passage.flat)
        or told
        or passage.flat.endswith("?")
        or (passage.flat.endswith(":") and not same)
        or nothing
        or verdicts(passage.flat[begin:], lexicon)
        or any(verdicts(p.flat, lexicon) for p in same)
    ):
        return []
    span, name = passage.span(begin, len(passage.flat)), "decision-label"
    outcome = "noted" if decision_rule(lexicon, "only-informed").regex.match(passage.flat, begin) else "resolved"
    return [Decision(start=span.start, end=span.end, rule=name, confidence=0.7, item=passage.item, outcome=outcome)]
