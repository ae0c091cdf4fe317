"""The tense in which minutes report what was said: where it is the past, the present tense says what is to be done."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from pipeline.extract.owners import action_rule
from pipeline.lexicon import Lexicon, Likely

__all__ = ["is_told_in_the_past", "tells_of_no_talk"]


def is_told_in_the_past(text: str, lexicon: Lexicon) -> bool:
    """Whether verbs of saying and deciding stand in the past tense more than twice as often as in the present.

    >>> is_told_in_the_past("Mona spurgte til prisen. Bo svarede.", Lexicon.load())
    True
    """
    past, present = _tenses(text, lexicon)
    return past > 2 * present


def tells_of_no_talk(text: str, lexicon: Lexicon) -> bool:
    """Whether there is no verb of saying or deciding: terse notes, where the present tense says what is to be done.

    >>> tells_of_no_talk("Nøgler: Mona gemmer dem i skuret.", Lexicon.load())
    True
    """
    return not any(_tenses(text, lexicon))


@lru_cache(maxsize=4)
def _tenses(text: str, lexicon: Lexicon) -> tuple[int, int]:
    told = Counter(rule.name for rule, _ in _verbs(lexicon).matches(text))
    return told["tense-past"], told["tense-present"]


@cache
def _verbs(lexicon: Lexicon) -> Likely:
    return Likely(action_rule(lexicon, name) for name in ("tense-past", "tense-present"))
