"""The tense in which minutes report what was said: where it is the past, the present tense says what is to be done."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.owners import action_rule
from pipeline.lexicon import Lexicon

__all__ = ["is_told_in_the_past"]


@lru_cache(maxsize=4)
def is_told_in_the_past(text: str, lexicon: Lexicon) -> bool:
    """Whether verbs of saying and deciding stand in the past tense more than twice as often as in the present.

    >>> is_told_in_the_past("Mona spurgte til prisen. Bo svarede.", Lexicon.load())
    True
    """
    past, present = (len(action_rule(lexicon, f"tense-{tense}").regex.findall(text)) for tense in ("past", "present"))
    return past >= 2 * present
