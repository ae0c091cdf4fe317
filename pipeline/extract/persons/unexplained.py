"""Initials that nothing introduces and that can only be those of people in the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

import regex

from pipeline.find.brackets import are_initials
from pipeline.find.legend import fold_initials
from pipeline.lexicon import Lexicon

__all__ = ["LETTERS", "is_acronym", "unexplained"]

LETTERS = 4
"""Initials have at most so many letters."""
SEVERAL = 2
"""So many different initials, each those of one person alone, show that the minutes call people by them."""

_PARTS = regex.compile(r"[ -]+")
_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}@./-])(?=\p{Lu})[\p{Lu}@®©]{2,4}(?=s?(?![\p{L}\p{N}@/-]))")
"""Initials, also with what OCR makes of an Ø: "KM@"."""


def is_acronym(name: str, text: str) -> bool:
    """Whether a text also has a lone short name in capitals: "IDA" is a union, and so is "Ida" beside it.

    >>> is_acronym("Ida", "Ida Dam fra IDA"), is_acronym("Ida", "Ida kom")
    (True, False)
    """
    if " " in name or len(name) > LETTERS or name.upper() not in text:
        return False
    return regex.search(rf"(?<!\p{{L}}){regex.escape(name.upper())}(?!\p{{L}})", text) is not None


def unexplained(text: str, names: Sequence[str], known: Container[str], lexicon: Lexicon) -> dict[str, int]:
    """By initials that the text has, the place of the one name that they can mean; empty where they are not in use.

    Left out are those that are `known` already, organisations, and notions of the trade ("IT").

    >>> text = "IH spurgte, KD svarede, og KDA noterede. IH takkede."
    >>> unexplained(text, ["Ib Holst", "Karen Dam", "Karla Dahl Agger"], {}, Lexicon.load())
    {'IH': 0, 'KD': 1, 'KDA': 2}
    """
    firsts = [fold_initials("".join(part[0] for part in _PARTS.split(name) if part)) for name in names]
    times = Counter(firsts)
    things = lexicon.by_name("organisations")["no-organisation"].regex
    every = Counter(_CAPITALS.findall(text))
    printed = Counter(
        {
            letters: count
            for letters, count in every.items()
            if letters not in known and not things.match(letters) and not lexicon.organisations.lookup(letters)
        }
    )
    sure = [letters for letters in printed if times[fold_initials(letters)] == 1]
    sure += [letters for letters in every if letters in known]
    if len(sure) < SEVERAL or sum(every[letters] for letters in sure) <= SEVERAL:
        return {}
    found: dict[str, int] = {}
    for letters in printed:
        exact = [place for place, own in enumerate(firsts) if own == fold_initials(letters)]
        near = [
            place
            for place, name in enumerate(names)
            if len(letters) > SEVERAL and are_initials(fold_initials(letters), name)
        ]
        if len(owners := exact or near) == 1:
            found[letters] = owners[0]
    return found
