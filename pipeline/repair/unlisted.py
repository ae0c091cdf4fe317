"""Words in no list that one document has several times, misread in several ways: mostly names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from pipeline.lexicon.words import Words
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import fold, key
from pipeline.repair.context import Slot
from pipeline.repair.tokens import Token

__all__ = ["agree"]

_READ_OTHERWISE = 10.0
"""What each further way of reading the word says for a form that explains it too, as a logarithm: as another word in no
list it would cost three times as much."""
_UNWRITTEN = 4.0  # a form that the speller did not write for a way of reading is so much less likely there
_EVERYDAY = 10  # occurrences from which a form is in the lists to stay: it needs no witnesses


def agree(places: Iterable[tuple[Token, Slot]], source: Candidates, words: Words) -> None:
    """Let the ways in which a word was read tell what it is: "Norhavn", "Nerhavn" and "N@rhavn" are "Nørhavn".

    What one way of reading it brings up is tried on the others, and a form gains with each that it explains.
    """
    alike: defaultdict[str, defaultdict[str, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for token, slot in places:
        if token.word and _is_unlisted(slot, words):
            slots = alike[key(fold(token.text).letters)][token.text]
            if slot not in slots:  # one may serve in several places
                slots.append(slot)
    for read in alike.values():
        if len({seen.lower() for seen in read}) > 1:
            _share(read, source)


def _share(read: dict[str, list[Slot]], source: Candidates) -> None:
    """Give the slots of every way of reading one word the same forms, and those their witnesses."""
    forms: dict[str, tuple[Candidate, float]] = {}
    for slots in read.values():
        for one, prior in zip(slots[0].candidates, slots[0].priors, strict=True):
            if one.confusions:
                forms.setdefault(one.form, (one, prior))
    explained: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for seen, slots in read.items():
        own = {one.form for one in slots[0].candidates}
        written = [
            prior + one.channel
            for one, prior in zip(slots[0].candidates, slots[0].priors, strict=True)
            if one.source == "spelling"
        ]
        for form, (one, prior) in forms.items():
            probability, confusions = source.align(form, fold(seen))
            if not probability:
                continue
            channel = math.log(probability)
            explained[form][seen.lower()] = channel
            if form not in own:
                likely = min(prior, max(written) - _UNWRITTEN - channel) if written else prior
                for slot in slots:
                    slot.add(one._replace(channel=channel, confusions=confusions), likely)
    for seen, slots in read.items():
        for slot in slots:
            gains = [
                sum(_READ_OTHERWISE + c for other, c in explained[one.form].items() if other != seen.lower())
                for one in slot.candidates
            ]
            slot.priors = [prior + gain for prior, gain in zip(slot.priors, gains, strict=True)]


def _is_unlisted(slot: Slot, words: Words) -> bool:
    """Whether no list has the word as it was read, and hardly any what it can have been."""
    return all(
        one.total < _EVERYDAY if one.confusions else one.source != "mark" and not any(words.figures(one.form))
        for one in slot.candidates
    )
