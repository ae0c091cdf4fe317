"""When two names in one document mean the same organisation."""

from __future__ import annotations

from functools import lru_cache

import regex
from rapidfuzz.distance import OSA

__all__ = ["compared", "is_longer_form", "is_misreading"]

LONG = 9
"""Names of so many letters are one name although a letter differs."""
VERY_LONG = 16
"""Names of so many letters are one name although two letters differ."""
_LETTERS = str.maketrans({"ø": "o", "å": "a", "æ": "ae", "é": "e"})
_QUOTE = regex.compile(r"[\"”»“„]")
_SHORT_HEADS = {
    "a/b": "andelsboligforeningen",
    "e/f": "ejerforeningen",
    "g/f": "grundejerforeningen",
    "gf": "grundejerforeningen",
    "gf.": "grundejerforeningen",
    "h/f": "haveforeningen",
}
_DIGIT = regex.compile(r"\d")
_YEAR = regex.compile(r"\s(?:af|fra)\s\d{4}$")
_FORM = regex.compile(r"\s(?:a/s|aps|i/s|p/s|k/s|ivs|a\.?m\.?b\.?a\.?|f\.?m\.?b\.?a\.?|gmbh|ltd\.?|inc\.?)$")


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return " ".join(name.casefold().translate(_LETTERS).split())


def is_misreading(wrong: str, right: str) -> bool:
    """Whether two long names are one but for a letter, or two of a very long name; figures must agree.

    >>> is_misreading("Grundejerforeningen Bøgchøj", "Grundejerforeningen Bøgehøj")
    True
    >>> is_misreading("Plejecenter Nord 1", "Plejecenter Nord 2"), is_misreading("Birk A/S", "Bark A/S")
    (False, False)
    """
    a, b = _folded(wrong), _folded(right)
    if min(len(a), len(b)) < LONG or abs(len(a) - len(b)) > 2 or len(a.split()) != len(b.split()):
        return False
    if _DIGIT.findall(a) != _DIGIT.findall(b):
        return False
    allowed = 2 if min(len(a), len(b)) >= VERY_LONG else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def is_longer_form(long: str, short: str) -> bool:
    """Whether a name is another with its year, its company form or its last word's article more or less.

    >>> is_longer_form("H/F Lærkedal af 1951", "H/F Lærkedal"), is_longer_form("Birk Reoler A/S", "Birk Reoler")
    (True, True)
    >>> is_longer_form("Norddal Bådelaug", "Bådelauget"), is_longer_form("Norddal Skole", "Skovskolen")
    (True, False)
    """
    a, b = long.casefold(), short.casefold()
    if a == b:
        return False
    if b in (_YEAR.sub("", a), _FORM.sub("", a)):
        return True
    words = a.split()
    return len(words) > 1 and len(words[-1]) >= LONG - 2 and b in (words[-1] + "et", words[-1] + "en", words[-1] + "n")


def compared(name: str) -> str:
    """A name as it is compared: lower case, without quotes, "H/F" and its like spelt out.

    >>> compared('H/F "Lærkedal"')
    'haveforeningen lærkedal'
    """
    head, _, rest = " ".join(_QUOTE.sub(" ", name.casefold().replace("’", "'")).split()).partition(" ")
    return f"{_SHORT_HEADS.get(head, head)} {rest}".strip()
