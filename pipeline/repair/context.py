"""Which candidate of each word: the channel, how common the word is, its neighbours, and the rest of the document."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.lexicon.words import SENTENCE_START, Words, context_token
from pipeline.repair.candidates import Candidate

__all__ = ["Choice", "Slot", "choose"]

_PAIR_WEIGHT = 0.6  # of what is known about the word before, against how common the word is anyway
_DOCUMENT_WEIGHT = 0.15  # of the words of this document, against Danish at large
# How often a token is an ordinary word and how often a name, by its first letter: capital inside a sentence, capital
# where a sentence or line opens, lower case.
_SHARES = {
    (True, False): (0.02, 0.1),
    (True, True): (0.5, 0.1),
    (False, False): (0.9, 0.002),
    (False, True): (0.4, 0.001),
}


class Slot(NamedTuple):
    """A word of the text with its candidates; `before` is the mark between it and the word before, if any."""

    candidates: tuple[Candidate, ...]
    opens: bool
    before: str | None


class Choice(NamedTuple):
    """The chosen candidate, its probability, and the best other one with its own."""

    candidate: Candidate
    probability: float
    other: Candidate | None
    other_probability: float


def choose(slots: Sequence[Slot], words: Words) -> list[Choice]:
    """The most probable candidate of each slot, in the light of its neighbours and of the whole document.

    Two passes: the first reads each word by itself and its neighbours; the second also by what the other words of
    the document turned out to be, so that one word damaged in four ways becomes one word again.
    """
    first = _pass(slots, words, {})
    seen: dict[str, float] = defaultdict(float)
    for slot, shares in zip(slots, first, strict=True):
        for candidate, share in zip(slot.candidates, shares, strict=True):
            if candidate.known:  # a broken word does not become one by being broken twice
                seen[candidate.form] += share
    second = _pass(slots, words, seen, first)
    return [_choice(slot.candidates, shares) for slot, shares in zip(slots, second, strict=True)]


def _choice(candidates: Sequence[Candidate], shares: Sequence[float]) -> Choice:
    ranked = sorted(zip(shares, candidates, strict=True), key=lambda pair: -pair[0])
    other = ranked[1] if len(ranked) > 1 else (0.0, None)
    return Choice(ranked[0][1], ranked[0][0], other[1], other[0])


def _pass(
    slots: Sequence[Slot], words: Words, seen: dict[str, float], own: Sequence[Sequence[float]] = ()
) -> list[list[float]]:
    """For each slot the probability of each candidate, given the best reading of the slots around it."""
    scores: list[list[float]] = []
    total = max(sum(seen.values()), 1.0)
    for index, slot in enumerate(slots):
        of_slot = []
        for number, candidate in enumerate(slot.candidates):
            prior = math.exp(_prior(slot, candidate))
            if seen and candidate.known:
                elsewhere = max(seen[candidate.form] - own[index][number], 0.0) / total
                case = prior / (math.exp(candidate.common) + math.exp(candidate.proper))
                prior = (1 - _DOCUMENT_WEIGHT) * prior + _DOCUMENT_WEIGHT * elsewhere * case
            of_slot.append(candidate.cost + math.log(prior))
        scores.append(of_slot)
    best = _best_path(slots, scores, words)
    return [_shares(slots, scores, best, index, words) for index in range(len(slots))]


def _prior(slot: Slot, candidate: Candidate) -> float:
    common, proper = _SHARES[candidate.spelling[0].isupper(), slot.opens]
    return math.log(common * math.exp(candidate.common) + proper * math.exp(candidate.proper))


def _gain(before: str, candidate: Candidate, words: Words) -> float:
    """How much more likely a candidate is after the form before it than by itself: log of a ratio."""
    pair = words.pair_count(before, candidate.form)
    total = words.count(before) + words.proper_count(before)
    alone = math.exp(max(candidate.common, candidate.proper))
    if not total:
        return 0.0
    return math.log((1 - _PAIR_WEIGHT) + _PAIR_WEIGHT * (pair / max(total, pair)) / alone)


def _best_path(slots: Sequence[Slot], scores: Sequence[Sequence[float]], words: Words) -> list[int]:
    """The candidates on the best path through all slots (Viterbi)."""
    back: list[list[int]] = []
    previous: list[float] = []
    for index, slot in enumerate(slots):
        here, links = [], []
        for number, candidate in enumerate(slot.candidates):
            base = scores[index][number]
            if index == 0 or slot.opens or slot.before:
                mark = SENTENCE_START if slot.opens else context_token(slot.before or SENTENCE_START)
                link = max(range(len(previous)), key=previous.__getitem__) if previous else 0
                value = (previous[link] if previous else 0.0) + _gain(mark, candidate, words)
            else:
                ways = [
                    previous[k] + _gain(left.form, candidate, words)
                    for k, left in enumerate(slots[index - 1].candidates)
                ]
                link = max(range(len(ways)), key=ways.__getitem__)
                value = ways[link]
            here.append(base + value)
            links.append(link)
        back.append(links)
        previous = here
    path: list[int] = []
    at = max(range(len(previous)), key=previous.__getitem__) if previous else 0
    for links in reversed(back):
        path.append(at)
        at = links[at]
    return path[::-1]


def _shares(
    slots: Sequence[Slot], scores: Sequence[Sequence[float]], path: Sequence[int], index: int, words: Words
) -> list[float]:
    slot = slots[index]
    if len(slot.candidates) == 1:
        return [1.0]
    values = []
    following = slots[index + 1] if index + 1 < len(slots) else None
    for number, candidate in enumerate(slot.candidates):
        value = scores[index][number]
        if slot.opens or index == 0:
            value += _gain(SENTENCE_START, candidate, words)
        elif slot.before:
            value += _gain(context_token(slot.before), candidate, words)
        else:
            value += _gain(slots[index - 1].candidates[path[index - 1]].form, candidate, words)
        if following and not following.opens and not following.before:
            value += _gain(candidate.form, following.candidates[path[index + 1]], words)
        values.append(value)
    top = max(values)
    weights = [math.exp(value - top) for value in values]
    total = sum(weights)
    return [weight / total for weight in weights]
