"""When two texts, names or figures count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

__all__ = ["fold", "match_texts", "same_figure"]

_QUOTES = re.compile(r"[\"'’‘“”„»«`´]")
_DASHES = re.compile(r"[–—−]")
_SPACE = re.compile(r"\s+")
_EDGES = " .,:;-\t"

# A shorter text inside a longer one is the same passage when both are long enough to be told from others.
_INSIDE_LEAST, _INSIDE_SHARE, _INSIDE_LIKENESS = 25, 0.6, 95


def fold(text: str | None) -> str:
    """The text without what readers do not see: case, quotes, dash forms, white space, punctuation at the ends.

    >>> fold("  Referat –  »Vejlaug«. ")
    'referat - vejlaug'
    """
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return _SPACE.sub(" ", _DASHES.sub("-", _QUOTES.sub("", folded))).strip(_EDGES)


def match_texts(gold: Sequence[str | None], found: Sequence[str | None], threshold: float) -> list[tuple[int, int]]:
    """Pairs of indices of texts that a reader would call the same passage, each used once, the likest first.

    `threshold` is the least likeness (0 to 100) of the folded texts.

    >>> match_texts(["Valg af dirigent", "Eventuelt"], ["Evt", "Valg af dirigent."], 85)
    [(0, 1)]
    """
    left, right = [fold(text) for text in gold], [fold(text) for text in found]
    likenesses = (
        (fuzz.ratio(one, other), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if _alike(one, other, threshold)
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(likenesses, reverse=True):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _alike(one: str, other: str, threshold: float) -> bool:
    if fuzz.ratio(one, other) >= threshold:
        return True
    shorter, longer = sorted((len(one), len(other)))
    return (
        shorter >= _INSIDE_LEAST
        and shorter / longer >= _INSIDE_SHARE
        and fuzz.partial_ratio(one, other) >= _INSIDE_LIKENESS
    )


def same_figure(value: str | None) -> str:
    """A figure in one written form, to four decimals; what is no figure as it is.

    >>> same_figure("250.00") == same_figure("250")
    True
    """
    try:
        return f"{Decimal(str(value)):.4f}"
    except InvalidOperation:
        return str(value)
