"""Which reading fits between its neighbours: pairs and triples of words decide where letters cannot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate

__all__ = ["Slot", "settle"]

_PAIR_PRIOR, _GROWTH = 2.0, 0.75  # beside n occurrences of a word, 1.2 n^0.75 are left to words not seen beside it
_SELDOM = 2.0  # occurrences below which a form has no pairs
_TRIPLE_PRIOR = 6
_SWEEPS = 2


class Slot:
    """A place in the text with its readings; `chosen` is the one that fits best so far."""

    __slots__ = ("candidates", "chosen", "numbers", "posterior", "priors", "shares", "totals")

    def __init__(self, words: Words, candidates: Sequence[Candidate], priors: Sequence[float]) -> None:
        self.candidates = candidates
        self.priors = priors
        self.numbers = [words.number(one.form) for one in candidates]
        self.totals = [_total(words, number) for number in self.numbers]
        self.chosen = max(range(len(priors)), key=lambda index: priors[index] + candidates[index].channel)
        self.posterior = 1.0
        self.shares: list[float] = [1.0] * len(priors)

    def rivals(self, least: float) -> list[Candidate]:
        """The other readings that are at least so likely, the likeliest first."""
        ranked = sorted(range(len(self.shares)), key=lambda index: -self.shares[index])
        return [self.candidates[index] for index in ranked if index != self.chosen and self.shares[index] >= least]


def _total(words: Words, number: int) -> float:
    return 0.0 if number < 0 else words.numbered(number).common + words.numbered(number).proper


def settle(words: Words, slots: Sequence[Slot]) -> None:
    """Choose a reading for every slot of one run of text, and say how sure that is."""
    open_slots = [index for index, slot in enumerate(slots) if len(slot.candidates) > 1]
    for _ in range(_SWEEPS):
        for index in open_slots:
            left = slots[index - 1] if index else None
            right = slots[index + 1] if index + 1 < len(slots) else None
            _choose(words, slots[index], left, right)


def _choose(words: Words, slot: Slot, left: Slot | None, right: Slot | None) -> None:
    before = left.numbers[left.chosen] if left else -1
    after = right.numbers[right.chosen] if right else -1
    priors = []
    for index, number in enumerate(slot.numbers):
        score = slot.priors[index]
        paired = number in words.paired
        if paired or slot.totals[index] < _SELDOM:
            if left and before >= 0:
                total = left.totals[left.chosen]
                score += _association(words.numbered_pair(before, number), total, slot.priors[index])
            if right and after >= 0 and paired:
                following = right.priors[right.chosen]
                score += _association(words.numbered_pair(number, after), slot.totals[index], following)
        priors.append(score)
    if before >= 0 and after >= 0:
        triples = [words.triple_count(before, number, after) for number in slot.numbers]
        if any(triples):
            top = max(priors)
            shares = [math.exp(prior - top) for prior in priors]
            total = sum(shares)
            priors = [
                math.log(triple + _TRIPLE_PRIOR * share / total + 1e-12)
                for triple, share in zip(triples, shares, strict=True)
            ]
    scores = [prior + one.channel for prior, one in zip(priors, slot.candidates, strict=True)]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    slot.chosen = scores.index(top)
    slot.shares = [weight / sum(weights) for weight in weights]
    slot.posterior = slot.shares[slot.chosen]


def _association(pair: float, total: float, alone: float) -> float:
    """How much likelier a word is beside its neighbour than alone, as a logarithm; `alone` is log P of the word."""
    unseen = _PAIR_PRIOR * (total + 1.0) ** _GROWTH
    share = math.exp(alone)
    return math.log((pair + unseen * share) / ((total + unseen) * share))
