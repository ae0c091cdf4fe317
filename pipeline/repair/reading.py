"""A damaged document while it is read: a slot for every word, settled by its neighbours and by the document itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.lexicon.names import Names
from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import DANISH, Confusion, Shape, fold
from pipeline.repair.context import Slot, settle
from pipeline.repair.neighbours import Neighbours
from pipeline.repair.tokens import Token
from pipeline.repair.unlisted import agree

__all__ = ["Reading"]

_CONFIDENT = 0.9
_SURE, _SETTLED = 0.95, 0.9999  # readings that tell how a document was misread; readings that nothing can change
_SAME_WORD = 3  # places of one word that tell it
_SAME_NAME, _NAMED_BEFORE = 10.0, 3  # what it says for a middle name that it stood so often between the same names
_SURNAME, _BEARERS, _OFTENER = 2.0, 20, 0.3  # what a name gains that so many bear, and for bearers more
_BELIEF = 60.0  # so many misread letters weigh as much as the channel learnt from all pages
_EXACT, _STEM = 1.5, 0.25  # what a vote of the same form and of one with the same beginning weighs
_LONGEST_STEM, _LONGER_STEM = 6, 12
_HEAD = 4  # letters that a longer word shares with others at least ("mødefakta" beside "mødenavn")
_JOINT = -6.0  # what a split word may be less likely than its halves: a hyphen at a line end mostly splits one
_NEVER_A_HEAD = 0.01  # compounds begun by a form that was seen to begin none


class Reading:
    """The words of a document's damaged stretches and what they may have been."""

    def __init__(self, words: Words, neighbours: Neighbours, names: Names) -> None:
        self.words = words
        self._names = names
        self._neighbours = neighbours
        self._runs: list[tuple[Sequence[Token], list[Slot]]] = []
        self._sources: list[Candidates] = []  # of each run

    def add(self, run: Sequence[Token], source: Candidates) -> None:
        """Add one stretch of tokens; their readings come from `source`."""
        slots = []
        run = _joined(run, source)
        alike: dict[tuple[str, bool, bool, bool], tuple[tuple[Candidate, ...], list[float], bool]] = {}
        known: dict[tuple[str, bool, bool, bool, bool], Slot] = {}  # the last slot of each word
        after = False  # a first name or another part of a name
        for token, beside in zip_longest(run, run[1:]):
            text, capital = token.text, token.text[0].isupper()
            key = text, token.word, token.suspended, token.first
            if key not in alike:
                candidates = source.of(text) if token.word else source.mark(text)
                called = capital and self._names.is_first(candidates[0].form.title())
                alike[key] = candidates, self._priors(candidates, token), called
            candidates, priors, called = alike[key]
            name = capital and not token.first and not token.shouted
            if name and after and len(candidates) > 1:
                priors = [p + self._surname(one.form) for p, one in zip(priors, candidates, strict=True)]
            elif capital and beside and len(candidates) > 1 and beside.start == token.end + 1 and beside.text.istitle():
                priors = [p + self._first_name(one.form) for p, one in zip(priors, candidates, strict=True)]
            after = called or (after and name)
            slot = known.get((*key, name))
            if slot is None or len(candidates) > 1:  # nothing changes a slot of one reading: one serves everywhere
                slot = Slot(self.words, candidates, priors, named=name, like=slot)
                known[(*key, name)] = slot
            slots.append(slot)
        self._runs.append((run, slots))
        self._sources.append(source)

    def slots(self) -> Iterator[tuple[Token, Slot]]:
        """Every token with its slot."""
        for run, slots in self._runs:
            yield from zip(run, slots, strict=True)

    def _by_source(self) -> Iterator[tuple[Candidates, list[tuple[Token, Slot]]]]:
        """What the readings come from, each with its tokens and their slots."""
        for source in dict.fromkeys(self._sources):
            runs = [run for run, own in zip(self._runs, self._sources, strict=True) if own is source]
            yield source, [place for run, slots in runs for place in zip(run, slots, strict=True)]

    def settle(self) -> None:
        """Choose the readings, twice: the second time with the votes of the words that were sure the first time."""
        for run, slots in self._runs:
            settle(self.words, self._neighbours, slots, _starts(run))
        self._adapt()
        self._vote()
        for run, slots in self._runs:
            settle(self.words, self._neighbours, slots, _starts(run))

    def _surname(self, form: str) -> float:
        """What the bearers of a family name say for it behind a first name, as a logarithm."""
        return _borne(self._names.count(form.title()).family)

    def _first_name(self, form: str) -> float:
        """What the bearers of a first name say for it before another capital, as a logarithm."""
        return _borne(self._names.count(form.title()).first)

    def _priors(self, candidates: Sequence[Candidate], token: Token) -> list[float]:
        """log P of each form where it stands: a capital inside a sentence asks for a name."""
        shape = fold(token.text).shape
        if shape is Shape.SMALL:
            priors = [one.common for one in candidates]
        elif shape is Shape.TITLE and not token.first:
            priors = [one.proper for one in candidates]
        else:
            priors = [max(one.common, one.proper) for one in candidates]
        if token.suspended:
            return [
                math.log((self.words.figures(one.form).heads + _NEVER_A_HEAD) / self.words.heads)
                if one.source == "lexicon"
                else prior
                for one, prior in zip(candidates, priors, strict=True)
            ]
        return priors

    def _adapt(self) -> None:
        """Weigh the confusions as this document's print makes them: what was sure the first time is counted."""
        for source, places in self._by_source():
            shifts = _shifts(places, source)
            for _, slot in places:
                if slot.posterior < _SETTLED:
                    slot.candidates = [_shifted(one, shifts) for one in slot.candidates]

    def _vote(self) -> None:
        forms: Counter[str] = Counter()
        stems: Counter[str] = Counter()
        for _, slot in self.slots():
            chosen = slot.candidates[slot.chosen]
            if chosen.source == "mark" or slot.posterior < _CONFIDENT:
                continue
            forms[chosen.form] += 1
        for form, places in forms.items():
            for size in range(3, min(len(form), _LONGEST_STEM) + 1):
                stems[form[:size]] += places
            if len(form) >= _LONGER_STEM and not DANISH.isdisjoint(form):
                for size in range(_LONGER_STEM - 2, len(form) + 1):
                    stems[form[:size]] += places
        for _, slot in self.slots():
            if len(slot.candidates) > 1 and slot.posterior < 0.999:
                slot.priors = [
                    prior + _votes(one.form, forms, stems, own=slot.posterior >= _CONFIDENT and index == slot.chosen)
                    for index, (prior, one) in enumerate(zip(slot.priors, slot.candidates, strict=True))
                ]
        for source, tokens in self._by_source():
            agree(tokens, source, self.words)
        self._vote_on_names()

    def _vote_on_names(self) -> None:
        """One person is named alike everywhere: a middle name between the same two names elsewhere is the same."""
        people: Counter[tuple[str, str, str]] = Counter()
        places: list[tuple[str, Slot, str]] = []
        for run, slots in self._runs:
            for index in range(1, len(slots) - 1):
                left, slot, right = slots[index - 1 : index + 2]
                if slot.named and right.named and len(slot.candidates) > 1 and run[index - 1].text[0].isupper():
                    around = left.candidates[left.chosen].form, right.candidates[right.chosen].form
                    people[around[0], slot.candidates[slot.chosen].form, around[1]] += 1
                    places.append((around[0], slot, around[1]))
        for left_form, slot, right_form in places:
            slot.priors = [
                prior + (_SAME_NAME if people[left_form, one.form, right_form] >= _NAMED_BEFORE else 0.0)
                for prior, one in zip(slot.priors, slot.candidates, strict=True)
            ]


def _borne(bearers: int) -> float:
    return _SURNAME + _OFTENER * math.log(bearers / _BEARERS) if bearers >= _BEARERS else 0.0


def _shifts(places: Sequence[tuple[Token, Slot]], source: Candidates) -> dict[Confusion, float]:
    """How much likelier each confusion is in this document than in all, as a logarithm."""
    made: Counter[Confusion] = Counter()
    meant: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for token, slot in places:
        chosen = slot.candidates[slot.chosen]
        if chosen.confusions and slot.posterior >= _SURE:
            counted[token.text] += 1
            if counted[token.text] <= _SAME_WORD:
                made.update(chosen.confusions)
                meant.update(row for row, _ in chosen.confusions)
    found: dict[Confusion, float] = {}
    for confusion in {confusion for _, slot in places for one in slot.candidates for confusion in one.confusions}:
        share = source.share(confusion) or 1.0
        found[confusion] = math.log((made[confusion] + _BELIEF * share) / ((meant[confusion[0]] + _BELIEF) * share))
    return found


def _shifted(one: Candidate, shifts: dict[Confusion, float]) -> Candidate:
    if not one.confusions:
        return one
    return one._replace(channel=one.channel + sum([shifts[confusion] for confusion in one.confusions]))


def _votes(form: str, forms: Counter[str], stems: Counter[str], *, own: bool) -> float:
    """What the other words of the document say for a form, as a logarithm; its own vote is not counted."""
    exact = forms[form] - own
    longest = min(_LONGEST_STEM, max(3, len(form) - 2))
    related = 0
    for size in range(longest, min(longest, _HEAD) - 1, -1):
        related = related or stems[form[:size]] - own
    same_word = stems[form[:-2]] - own if len(form) >= _LONGER_STEM and not DANISH.isdisjoint(form[:-2]) else 0
    return math.log(1 + _EXACT * max(exact, same_word) + _STEM * related) if len(form) > 2 else 0.0


def _starts(run: Sequence[Token]) -> list[bool]:
    """Which tokens begin a paragraph: first on their line, after a line that ended one."""
    before: int | None = None
    found = []
    for token in run:
        found.append(token.first and token.line != before)
        before = token.line
    return found


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
    return first.word and first.suspended and token.line == hyphen.line + 1


def _likeliest(readings: Sequence[Candidate]) -> float:
    return max(one.common + one.channel for one in readings)
