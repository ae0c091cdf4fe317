"""Signs that OCR reads into the gaps between columns, taken out again: "Skolen —_Ib Holst", "Klubben © Karen Dam"."""

from __future__ import annotations

import regex

from pipeline.segment.page import DEEP

__all__ = ["without_strays"]


_STRAY = regex.compile(
    r"(?<=[\p{L}\d).:,] )(?:[—–-]?_[—–-]?|©|(?<=\p{Ll} )=|=(?= \p{Lu}\p{L}{2,20}:))[ ]{0,3}(?=[(\p{L}])"
)
_STROKE = regex.compile(r"^[ \t]{0,20}\K\|(?=[ ]\p{Ll})", regex.MULTILINE)
"""Before a small letter the line's first word, and no stroke: "| øvrigt"."""

_BEHIND_NUMBER = regex.compile(r"^[ \t]{0,20}\d{1,2}[.)]?[ ]\K[~_=]{1,3}(?=[ ]{1,3}\p{Lu}\p{Ll})", regex.MULTILINE)
"""The gap between a number and its title: "7 ~~ Eventuelt"."""


def without_strays(text: str) -> str:
    """A text as long as it was, with blanks for such signs in its head and behind the numbers of items, and "I" for a
    stroke before a small letter.

    A dash that stands alone is left: it may part a name from an office.

    >>> without_strays("Skolen —_Ib Holst"), without_strays("| øvrigt: Ib Holst"), without_strays("Ib Holst — Skolen")
    ('Skolen   Ib Holst', 'I øvrigt: Ib Holst', 'Ib Holst — Skolen')
    """
    head = _STRAY.sub(lambda match: " " * len(match.group()), text[:DEEP])
    mended = _BEHIND_NUMBER.sub(lambda match: " " * len(match.group()), _STROKE.sub("I", head) + text[DEEP:])
    return text if mended == text else mended  # what is remembered of a text is found sooner by itself than by an equal
