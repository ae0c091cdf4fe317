"""Sentences of minutes with the names that their gold lists: what is in no list is no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from pipeline.evaluate.gold import Gold, read_gold
from pipeline.layout.sentences import sentences
from pipeline.lexicon import Lexicon
from pipeline.train.labelled import UNSURE, Label, Labelled

__all__ = ["DEVELOP", "labelled_minutes", "read_minutes"]

DEVELOP = 180
"""Minutes with this number and above say which network is best; none is trained on them."""

_WORD = regex.compile(r"\S+")
_PLACE = regex.compile(r"(?<=\p{Ll}[ ,]{1,2})\p{Lu}\p{Ll}{2,30}(?:-\p{Lu}\p{Ll}{1,20})?(?=s?(?![\p{L}\p{N}-]))")
_STREET = regex.compile(r"(?:vej|gade|vænget|stræde|allé|torvet|stien)$")
_NUMBER = regex.compile(r"\d+")


def read_minutes(folder: Path, lexicon: Lexicon, *, first: int = 0, last: int = 999) -> list[Labelled]:
    """The sentences of the gold minutes whose names begin with a number from `first` to `last`, line breaks as blanks.

    Marked are persons and organisations by all the names that their gold gives, each with its genitive s, and known
    places and streets inside a sentence. What one careful reader takes for an organisation and another does not is
    marked `UNSURE`.
    """
    numbered = ((int(number.group()), gold) for gold in read_gold(folder) if (number := _NUMBER.match(gold.name)))
    return [
        sentence for number, gold in numbered if first <= number <= last for sentence in labelled_minutes(gold, lexicon)
    ]


def labelled_minutes(gold: Gold, lexicon: Lexicon) -> Iterator[Labelled]:
    """The sentences of one gold document's clean text.

    >>> from pipeline.evaluate.gold import GoldOrganisation, GoldPerson
    >>> gold = Gold(
    ...     clean="Ida Dam ringer til Norddals\\nformand i Odense.",
    ...     persons=(GoldPerson(name="Ida Dam"),),
    ...     organisations=(GoldOrganisation(name="Norddal Vand", aliases=("Norddal",)),),
    ... )
    >>> [(text[a:b], label) for text, found in labelled_minutes(gold, Lexicon.load()) for a, b, label in found]
    [('Ida Dam', 'PER'), ('Norddals', 'ORG'), ('Odense', 'LOC')]
    """
    text = gold.clean or ""
    labels = _names(gold)
    listed = "|".join(regex.escape(name) for name in sorted(labels, key=lambda name: (-len(name), name)))
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}])({listed or '(?!)'})(?:['’]?s)?(?![\p{{L}}\p{{N}}])")
    for start, end in sentences(text, 0, len(text)):
        plain = " ".join(_WORD.findall(text, start, end))
        found = [Label(*match.span(), labels[match[1]]) for match in pattern.finditer(plain)]
        taken = {place for label in found for place in range(label.start, label.end)}
        found += [
            Label(*match.span(), "LOC")
            for match in _PLACE.finditer(plain)
            if match.start() not in taken and (lexicon.names.is_place(match.group()) or _STREET.search(match.group()))
        ]
        yield Labelled(plain, tuple(sorted(found)))


def _names(gold: Gold) -> dict[str, str]:
    """The label of each name of the gold that has a capital letter."""
    labels: dict[str, str] = {}
    entries: list[tuple[Iterable[str], str]] = [((one.name, *one.forms), "PER") for one in gold.persons]
    entries += [((one.name, *one.aliases), UNSURE if one.optional else "ORG") for one in gold.organisations]
    for names, label in entries:
        for name in names:
            if name != name.lower():
                labels.setdefault(" ".join(name.split()), label)
    return labels
