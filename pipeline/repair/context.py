"""Which candidate of each word: the channel, how common the word is, its neighbours, and the rest of the document."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate, Changes

__all__ = ["Choice", "Slot", "choose"]

_PAIR_WEIGHT = 0.6  # of what is known about the word before, against how common the word is anyway
_CHANNEL_WEIGHT = 20.0  # sightings that the general channel is worth, against those of this document
_MOST_GAIN = 1.5  # log of how much commoner a confusion may be in one document than elsewhere
_DOCUMENT_WEIGHT = 0.4  # of the words of this document, against Danish at large
_TRIPLE, _BETWEEN, _FOLLOWED, _FOLLOWED_BY_TWO = 5.0, 5.0, 5.0, 5.0  # sightings that the simpler model is worth
# How often a token is an ordinary word and how often a name, by its first letter: capital inside a sentence, capital
# where a sentence or line opens, lower case.
_SHARES = {
    (True, False): (0.02, 0.1),
    (True, True): (0.5, 0.1),
    (False, False): (0.9, 0.002),
    (False, True): (0.4, 0.001),
}


class Slot(NamedTuple):
    """A word of the text with its candidates; `before` are the marks and numbers between it and the word before."""

    candidates: tuple[Candidate, ...]
    opens: bool
    before: tuple[str, ...]


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
    slots = _at_home(slots, first)
    second = _pass(slots, words, seen, first)
    return [_choice(slot.candidates, shares) for slot, shares in zip(slots, second, strict=True)]


def _at_home(slots: Sequence[Slot], shares: Sequence[Sequence[float]]) -> list[Slot]:
    """The slots with the costs of this document's own OCR: one font makes g of ø, another o."""
    met: dict[tuple[str, str], float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for slot, of_slot in zip(slots, shares, strict=True):
        for candidate, share in zip(slot.candidates, of_slot, strict=True):
            for meant, seen, _ in candidate.changes:
                met[meant, seen] += share
                total[meant] += share

    def cost(changes: Changes) -> float:
        at_home = 0.0
        for meant, seen, price in changes:
            share = (met[meant, seen] + _CHANNEL_WEIGHT * math.exp(price)) / (total[meant] + _CHANNEL_WEIGHT)
            at_home += min(math.log(share), price + _MOST_GAIN)
        return at_home

    return [
        slot._replace(candidates=tuple(c._replace(cost=cost(c.changes)) if c.changes else c for c in slot.candidates))
        if len(slot.candidates) > 1
        else slot
        for slot in slots
    ]


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
    best = [slot.candidates[at].form for slot, at in zip(slots, _best_path(slots, scores, words), strict=True)]
    line: list[str] = []
    places = []
    for slot, form in zip(slots, best, strict=True):
        line += slot.before
        places.append(len(line))
        line.append(form)
    return [
        _shares(scores[index], slot, line[max(at - 2, 0) : at], line[at + 1 : at + 3], words)
        for index, (slot, at) in enumerate(zip(slots, places, strict=True))
    ]


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
            if index == 0 or slot.before:
                link = max(range(len(previous)), key=previous.__getitem__) if previous else 0
                value = previous[link] if previous else 0.0
                if slot.before:
                    value += _gain(slot.before[-1], candidate, words)
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
    scores: Sequence[float], slot: Slot, left: Sequence[str], right: Sequence[str], words: Words
) -> list[float]:
    """The probability of each candidate of a slot between the two tokens before it and the two after it."""
    candidates = slot.candidates
    if len(candidates) == 1:
        return [1.0]
    forms = [candidate.form for candidate in candidates]
    values = [score - candidate.cost for score, candidate in zip(scores, candidates, strict=True)]
    if left:
        values = [value + _gain(left[-1], c, words) for value, c in zip(values, candidates, strict=True)]
    if len(left) > 1:
        values = _with_counts(values, [words.triple_count(left[-2], left[-1], form) for form in forms], _TRIPLE)
    if right:
        alone = [words.count(form) + words.proper_count(form) for form in forms]
        pairs = [words.pair_count(form, right[0]) for form in forms]
        values = _with_rates(values, pairs, alone, _FOLLOWED)
        if len(right) > 1:
            triples = [words.triple_count(form, right[0], right[1]) for form in forms]
            values = _with_rates(values, triples, pairs, _FOLLOWED_BY_TWO)
    if left and right:
        values = _with_counts(values, [words.triple_count(left[-1], form, right[0]) for form in forms], _BETWEEN)
    return _normalised([value + candidate.cost for value, candidate in zip(values, candidates, strict=True)])


def _with_counts(values: Sequence[float], counts: Sequence[float], weight: float) -> list[float]:
    """Log probabilities after `counts` were seen, when `values` are believed like `weight` sightings."""
    total = sum(counts)
    if not total:
        return list(values)
    believed = _normalised(values)
    return [
        math.log((count + weight * share + 1e-12) / (total + weight))
        for count, share in zip(counts, believed, strict=True)
    ]


def _with_rates(
    values: Sequence[float], counts: Sequence[float], totals: Sequence[float], weight: float
) -> list[float]:
    """Values and how often, of `totals`, what follows did follow; the average rate is worth `weight` of them."""
    seen = sum(counts)
    if not seen:
        return list(values)
    average = seen / max(sum(totals), seen)
    return [
        value + math.log((count + weight * average) / (max(total, count) + weight))
        for value, count, total in zip(values, counts, totals, strict=True)
    ]


def _normalised(values: Sequence[float]) -> list[float]:
    top = max(values)
    weights = [math.exp(value - top) for value in values]
    total = sum(weights)
    return [weight / total for weight in weights]
