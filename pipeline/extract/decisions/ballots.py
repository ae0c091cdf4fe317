"""Decisions that are minuted as a tally of votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extract.decisions.votes import carries, is_ballot, read_votes
from pipeline.extract.passages import Passage
from pipeline.extract.verdicts import decision_rule
from pipeline.lexicon import Lexicon
from pipeline.values import Decision, Votes

__all__ = ["by_tally", "with_tally_before"]

FIGURES = 24
"""A tally shorter than this ("FOR: 10") says nothing without the sentence that puts the question."""
_VOTED = frozenset({"approved", "approved_with_conditions", "rejected", "elected"})

_BALLOT = regex.compile(r"(?:Afstemning|Resultat|Stemmetal|Stemmer)(?:en|et|ne)? ?:")
"""Opens a tally on what the sentence behind it says."""


def by_tally(passage: Passage, before: Passage | None, found: Sequence[Decision], lexicon: Lexicon) -> list[Decision]:
    """The decisions found so far with what a sentence without a verdict adds: a tally of its own, or more figures
    for the decision right before it."""
    votes = read_votes(passage.flat, lexicon)
    if votes is None:
        return list(found)
    if found and before and found[-1].end > before.start and found[-1].outcome in _VOTED:
        return [*found[:-1], _with_more(found[-1], votes, passage)]
    verdict = carries(votes)
    if verdict is None:
        return list(found)
    near = found and before and found[-1].end >= before.end and before.paragraph == passage.paragraph
    if verdict and near and found[-1].outcome == "resolved":
        return [*found[:-1], replace(found[-1], votes=votes)]
    asked = before is not None and len(passage.flat) < FIGURES and is_ballot(before.flat, lexicon)
    condition = decision_rule(lexicon, "condition").regex.search(passage.flat) if verdict else None
    outcome = "approved_with_conditions" if condition else "approved" if verdict else "rejected"
    tally = Decision(
        start=before.start if before and asked else passage.start,
        end=passage.end,
        rule="tally",
        confidence=0.8,
        item=passage.item,
        outcome=outcome,
        condition=passage.flat[condition.start() :].strip(" ,–-.") if condition else None,
        votes=votes,
    )
    return [*found, tally]


def with_tally_before(decision: Decision, before: Passage | None, found: list[Decision], *, bare: bool) -> Decision:
    """A verdict on a vote with the votes of the tally right before it, which is then no decision of its own;
    a bare verdict ("Dermed vedtaget.") is quoted with it."""
    voted = decision.outcome in _VOTED or (before is not None and _BALLOT.match(before.flat))
    if not found or before is None or not voted or decision.votes is not None:
        return decision
    if found[-1].rule != "tally" or found[-1].end != before.end:
        return decision
    tally = found.pop()
    return replace(decision, start=tally.start if bare else decision.start, votes=tally.votes)


def _with_more(decision: Decision, votes: Votes, passage: Passage) -> Decision:
    known = decision.votes or Votes(None, None, None)
    total = Votes(*(old if old is not None else new for old, new in zip(known, votes, strict=True)))
    if decision.rule != "tally":
        return replace(decision, votes=total)
    verdict = carries(total)
    outcome = decision.outcome if verdict is None else "approved" if verdict else "rejected"
    return replace(decision, votes=total, end=passage.end, outcome=outcome)
