"""Which reading fits between its neighbours, where letters cannot tell.

Two voices: counts of pairs and triples of words, and a small neural model that knows words of a kind. Both were
measured alone and together (models/repair/CARD.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate
from pipeline.repair.neighbours import REACH, Neighbours, Place

__all__ = ["Slot", "settle"]

_PAIR_PRIOR, _GROWTH = 2.0, 0.75  # beside n occurrences of a word, 1.2 n^0.75 are left to words not seen beside it
_SELDOM = 2.0  # occurrences below which a form has no pairs
_TRIPLE_PRIOR = 6
_COUNTED, _NEURAL = 0.5, 0.7  # what the two voices weigh; set on minutes and pages that no model was trained on
_SETTLED = 0.9995  # a reading so sure after the counts that the neural model is not asked


class Slot:
    """A place in the text with its readings; `chosen` is the one that fits best so far.

    `named` says that a capital inside a sentence makes the word a name: the neural model knows no names. `counted`
    is what the counts said last, and of what, `weighed` what it was chosen by last. `like` is a slot with the same
    readings elsewhere, whose figures hold here too.
    """

    __slots__ = (
        "candidates",
        "chosen",
        "counted",
        "named",
        "numbers",
        "paired",
        "posterior",
        "priors",
        "shares",
        "totals",
        "weighed",
    )

    def __init__(
        self,
        words: Words,
        candidates: Sequence[Candidate],
        priors: Sequence[float],
        *,
        named: bool,
        like: Slot | None = None,
    ) -> None:
        self.candidates = candidates
        self.priors = priors
        self.named = named
        self.chosen = 0
        self.posterior = 1.0
        self.shares = [1.0]
        self.numbers: list[int] = like.numbers if like else [one.number for one in candidates]
        self.totals: list[float] = like.totals if like else [one.total for one in candidates]
        self.paired: list[bool] = like.paired if like else []
        self.counted: tuple[object, tuple[int, float, int, float], list[float]] | None = None
        self.weighed: tuple[object, object] | None = None
        if len(candidates) > 1:
            self.shares *= len(candidates)
            self.paired = self.paired or [number in words.paired for number in self.numbers]
            scores = [prior + one.channel for prior, one in zip(priors, candidates, strict=True)]
            self.chosen = scores.index(max(scores))

    def add(self, candidate: Candidate, prior: float) -> None:
        """One more reading, in no list."""
        self.candidates = [*self.candidates, candidate]
        self.priors = [*self.priors, prior]
        self.shares = [*self.shares, 0.0]
        self.numbers = [*self.numbers, candidate.number]
        self.totals = [*self.totals, candidate.total]
        self.paired = [*(self.paired or [False] * len(self.totals[:-1])), False]
        self.counted = None

    def likely(self, least: float) -> list[Candidate]:
        """The readings that are at least so likely, the likeliest first."""
        ranked = sorted(range(len(self.shares)), key=lambda index: -self.shares[index])
        return [self.candidates[index] for index in ranked if self.shares[index] >= least]


def settle(words: Words, neighbours: Neighbours, slots: Sequence[Slot], starts: Sequence[bool]) -> None:
    """Choose a reading for every slot of one run of text, and say how sure that is.

    `starts` tells which slots begin a paragraph: what stands before them says nothing to the neural model.
    """
    around = [*slots, None]  # slots[-1] is None too
    doubtful = []
    for index, slot in enumerate(slots):
        if len(slot.candidates) > 1:
            _choose(slot, _counted(words, slot, around[index - 1], around[index + 1]))
            if slot.posterior < _SETTLED:
                doubtful.append(index)
    asked = [index for index in doubtful if not slots[index].named]
    readings = [neighbours.place(one.form) for index in asked for one in slots[index].candidates]
    owners = [owner for owner, index in enumerate(asked) for _ in slots[index].candidates]
    windows = [_window(neighbours, slots, starts, index) for index in asked]
    fits = iter(neighbours.score(windows, readings, owners)) if asked else iter(())
    for index in doubtful:
        slot = slots[index]
        counted = _counted(words, slot, around[index - 1], around[index + 1])
        if not slot.named:
            counted = [score + _NEURAL * next(fits) for score in counted]
        _choose(slot, counted)


def _window(neighbours: Neighbours, slots: Sequence[Slot], starts: Sequence[bool], index: int) -> list[Place]:
    """The four places before and the four after, in the same paragraph."""
    first, last = index, index + 1
    while first > 0 and index - first < REACH and not starts[first]:
        first -= 1
    while last < len(slots) and last - index <= REACH and not starts[last]:
        last += 1
    before = [neighbours.place(slot.candidates[slot.chosen].form) for slot in slots[first:index]]
    after = [neighbours.place(slot.candidates[slot.chosen].form) for slot in slots[index + 1 : last]]
    boundary = [neighbours.boundary]
    return boundary * (REACH - len(before)) + before + after + boundary * (REACH - len(after))


def _counted(words: Words, slot: Slot, left: Slot | None, right: Slot | None) -> list[float]:
    """log P of each reading by itself and by the words on both sides, as pairs and triples were counted; all less one
    number, which is no matter to the choice.
    """
    before, ahead = (left.numbers[left.chosen], left.totals[left.chosen]) if left else (-1, 0.0)
    after, behind = (right.numbers[right.chosen], right.priors[right.chosen]) if right else (-1, 0.0)
    around = (before, ahead, after, behind)
    if (last := slot.counted) and last[0] is slot.priors and last[1] == around:
        return last[2]
    never_seen = _unseen(ahead)[1] if left else 0.0
    scores = []
    for number, prior, total, paired in zip(slot.numbers, slot.priors, slot.totals, slot.paired, strict=True):
        score = prior
        if left and (paired or total < _SELDOM):
            pair = words.numbered_pair(before, number)
            score += _association(pair, ahead, prior) if pair else never_seen
        if right and after >= 0 and paired:
            score += _association(words.numbered_pair(number, after), total, behind)
        scores.append(score)
    triples = [words.triple_count(before, number, after) for number in slot.numbers] if min(before, after) >= 0 else ()
    if any(triples):
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        scores = [
            math.log(triple + _TRIPLE_PRIOR * share / sum(shares) + 1e-12)
            for triple, share in zip(triples, shares, strict=True)
        ]
    found = [prior + _COUNTED * (score - prior) for prior, score in zip(slot.priors, scores, strict=True)]
    slot.counted = (slot.priors, around, found)
    return found


def _choose(slot: Slot, priors: Sequence[float]) -> None:
    if (last := slot.weighed) and last[0] is priors and last[1] is slot.candidates:
        return
    slot.weighed = (priors, slot.candidates)
    scores = [prior + one.channel for prior, one in zip(priors, slot.candidates, strict=True)]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    slot.chosen = scores.index(top)
    slot.shares = [weight / total for weight in weights]
    slot.posterior = slot.shares[slot.chosen]


def _association(pair: float, total: float, alone: float) -> float:
    """How much likelier a word is beside its neighbour than alone, as a logarithm; `alone` is log P of the word."""
    unseen, never_seen = _unseen(total)
    if not pair:
        return never_seen
    share = math.exp(alone)
    return math.log((pair + unseen * share) / ((total + unseen) * share))


@lru_cache(maxsize=65_536)
def _unseen(total: float) -> tuple[float, float]:
    """What is left to words not seen beside a word with so many occurrences, and what that says of each of them."""
    unseen = _PAIR_PRIOR * (total + 1.0) ** _GROWTH
    return unseen, math.log(unseen / (total + unseen))
