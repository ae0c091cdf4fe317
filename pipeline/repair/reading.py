"""A damaged document while it is read: a slot for every word, settled by its neighbours and by the document itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import DANISH, Shape, fold
from pipeline.repair.context import Slot, settle
from pipeline.repair.tokens import Token

__all__ = ["Reading"]

_CONFIDENT = 0.9
_EXACT, _STEM = 1.5, 0.25  # what a vote of the same form and of one with the same beginning weighs
_LONGEST_STEM = 6
_JOINT = -6.0  # what a split word may be less likely than its halves: a hyphen at a line end mostly splits one
_NEVER_A_HEAD = 0.01  # compounds begun by a form that was seen to begin none


class Reading:
    """The words of a document's damaged stretches and what they may have been."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._runs: list[tuple[Sequence[Token], list[Slot]]] = []

    def add(self, run: Sequence[Token], source: Candidates) -> None:
        """Add one stretch of tokens; their readings come from `source`."""
        slots = []
        run = _joined(run, source)
        for token in run:
            candidates = source.of(token.text) if token.word else (_mark(token),)
            slots.append(Slot(self.words, candidates, [self._prior(one, token) for one in candidates]))
        self._runs.append((run, slots))

    def slots(self) -> Iterator[tuple[Token, Slot]]:
        """Every token with its slot."""
        for run, slots in self._runs:
            yield from zip(run, slots, strict=True)

    def settle(self) -> None:
        """Choose the readings, twice: the second time with the votes of the words that were sure the first time."""
        for _, slots in self._runs:
            settle(self.words, slots)
        self._vote()
        for _, slots in self._runs:
            settle(self.words, slots)

    def _prior(self, candidate: Candidate, token: Token) -> float:
        """log P of a form where it stands: a capital inside a sentence asks for a name."""
        if token.suspended and candidate.source == "lexicon":
            return math.log((self.words.figures(candidate.form).heads + _NEVER_A_HEAD) / self.words.heads)
        shape = fold(token.text).shape
        if shape is Shape.SMALL:
            return candidate.common
        if shape is Shape.TITLE and not token.first:
            return candidate.proper
        return max(candidate.common, candidate.proper)

    def _vote(self) -> None:
        forms: Counter[str] = Counter()
        stems: Counter[str] = Counter()
        for _, slot in self.slots():
            chosen = slot.candidates[slot.chosen]
            if chosen.source == "mark" or slot.posterior < _CONFIDENT:
                continue
            forms[chosen.form] += 1
            if not DANISH.isdisjoint(chosen.form):
                for size in range(3, min(len(chosen.form), _LONGEST_STEM) + 1):
                    stems[chosen.form[:size]] += 1
        for _, slot in self.slots():
            if len(slot.candidates) > 1 and slot.posterior < 0.999:
                slot.priors = [
                    prior + _votes(one.form, forms, stems, own=slot.posterior >= _CONFIDENT and index == slot.chosen)
                    for index, (prior, one) in enumerate(zip(slot.priors, slot.candidates, strict=True))
                ]


def _votes(form: str, forms: Counter[str], stems: Counter[str], *, own: bool) -> float:
    """What the other words of the document say for a form, as a logarithm; its own vote is not counted."""
    exact = forms[form] - own
    beginning = form[: min(_LONGEST_STEM, max(3, len(form) - 2))]
    related = stems[beginning] - own if not DANISH.isdisjoint(beginning) else 0
    return math.log(1 + _EXACT * max(exact, 0) + _STEM * max(related, 0)) if len(form) > 2 else 0.0


def _mark(token: Token) -> Candidate:
    form = "0" if token.text[0].isdigit() else token.text.lower()
    return Candidate(form, 0.0, -9.0, -9.0, "mark")


def _joined(run: Sequence[Token], source: Candidates) -> list[Token]:
    """The tokens with the two halves of a word that a line end splits as one, where together they are a word."""
    found: list[Token] = []
    for token in run:
        if len(found) > 1 and token.word and token.text[0].islower() and _is_split(found, token):
            whole = found[-2]._replace(end=token.end, text=found[-2].text + token.text, suspended=False)
            apart = sum(_likeliest(source.of(half.text)) for half in (found[-2], token))
            readings = source.of(whole.text)
            if readings[0].source in ("lexicon", "compound") and _likeliest(readings) > apart + _JOINT:
                found[-2:] = [whole._replace(gap=(found[-2].end, token.start))]
                continue
        found.append(token)
    return found


def _is_split(found: Sequence[Token], token: Token) -> bool:
    first, hyphen = found[-2:]
    touching = hyphen.text == "-" and first.end == hyphen.start
    return touching and first.word and first.suspended and first.gap is None and token.line == hyphen.line + 1


def _likeliest(readings: Sequence[Candidate]) -> float:
    return max(one.common + one.channel for one in readings)
