"""Persons, organisations and places as the trained network hears them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import regex

from pipeline.errors import ConfigurationError
from pipeline.lexicon import Lexicon
from pipeline.values import Span

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Entity", "find_entities"]

_WORD = regex.compile(r"\S+")


class Entity(NamedTuple):
    """A name in a text, as the network hears it: `label` is PER, ORG or LOC; a genitive s belongs to it."""

    start: int
    end: int
    label: str


def find_entities(text: str, sentences: Sequence[Span], lexicon: Lexicon) -> list[Entity]:
    """The names in some sentences of a text, in their order. Raises `ConfigurationError` when models/ner is missing.

    The network (models/ner/CARD.md) reads each sentence alone, its line breaks as blanks. It knows nothing for sure.

    >>> text = "Karen Holm skriver til Norddal Reoler i Odense."
    >>> [(text[a:b], label) for a, b, label in find_entities(text, [Span(0, len(text))], Lexicon.load())]
    [('Karen Holm', 'PER'), ('Norddal Reoler', 'ORG'), ('Odense', 'LOC')]
    """
    words = [[Span(*word.span()) for word in _WORD.finditer(text, start, end)] for start, end in sentences]
    words = [line for line in words if line]
    network = load_network(lexicon.directory / "ner")
    found: list[Entity] = []
    plain = (" ".join(text[start:end] for start, end in line) for line in words)
    for line, doc in zip(words, network.pipe(plain), strict=True):
        starts = list(accumulate((end - start + 1 for start, end in line), initial=0))
        for entity in doc.ents:
            first = bisect_right(starts, entity.start_char) - 1
            last = bisect_right(starts, entity.end_char - 1) - 1
            start = line[first].start + entity.start_char - starts[first]
            end = line[last].start + entity.end_char - starts[last]
            found.append(Entity(start, end, entity.label_))
    return found


@cache
def load_network(folder: Path) -> Language:
    """The network for names, as spaCy loads it. Raises `ConfigurationError` when it is missing or of no use."""
    import spacy

    import pipeline.find.word_classes  # noqa: F401 -- registers the component that the config names

    try:
        return spacy.load(folder)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"models/ner: {' '.join(str(error).split())}") from error
