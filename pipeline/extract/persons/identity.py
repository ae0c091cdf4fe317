"""When two names mean the same person."""

from __future__ import annotations

from functools import lru_cache

import regex
from rapidfuzz.distance import OSA

from pipeline.lexicon.names import PARTICLES, Names

__all__ = ["abbreviates", "fold_name", "misreads", "misspells", "part_of"]

_LETTERS = str.maketrans(
    {"ø": "o", "å": "a", "ö": "o", "ä": "ae", "é": "e", "è": "e", "á": "a", "à": "a", "í": "i"}
    | {
        "ó": "o",
        "ú": "u",
        "ü": "u",
        "ë": "e",
        "ï": "i",
        "ñ": "n",
        "ç": "c",
        "ß": "ss",
        "æ": "ae",
        "’": "",
        "'": "",
    }
)
_READ_AS = {"æ": "æ|ae|a|ee|e[ce]?|zx|[zs]e|z", "ø": "[øoeg6q@¢©®&]", "å": "[åa4@&]|aa"}
"""What a reader of pages that knows no such letter makes of it."""
_LONG_A = regex.compile("a{2,}")
COMMON = 100
"""Two forms that each so many people bear are two names, however alike they look ("Hansen", "Jansen")."""


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """A name as it is compared: lower case, æøå and accents as a reader without them writes them, hyphens as blanks.

    >>> fold_name("Søren Dahl-Åstrup"), fold_name("SOREN DAHL ASTRUP")
    ('soren dahl astrup', 'soren dahl astrup')
    """
    letters = _LONG_A.sub("a", name.casefold().translate(_LETTERS))
    return " ".join(letters.replace("-", " ").replace(".", " ").split())


def abbreviates(short: str, long: str) -> bool:
    """Whether a name can be a shorter form of another: it leaves parts out or gives them as initials.

    The first part must be the first part of the longer name, unless it is a family name alone.

    >>> abbreviates("Ida Holm", "Ida Bang Holm"), abbreviates("I. Holm", "Ida Holm"), abbreviates("Ida H", "Ida Holm")
    (True, True, True)
    >>> abbreviates("Ida Holm", "Ida Bang"), abbreviates("Bang Holm", "Ida Bang Holm")
    (False, False)
    """
    few, many = fold_name(short).split(), fold_name(long).split()
    if not few or len(few) > len(many) or few == many:
        return False
    if len(few) == 1:
        return len(few[0]) > 1 and few[0] in many and few[0] not in PARTICLES
    if not _is_part(few[0], many[0]):
        return False
    position = 1
    for part in few[1:]:
        while position < len(many) and not _is_part(part, many[position]):
            position += 1
        if position == len(many):
            return False
        position += 1
    return True


def part_of(form: str, name: str) -> bool:
    """Whether a lone name, also of several words ("van der Ploeg"), is the first or the last part of a full one.

    >>> part_of("van der Ploeg", "Else van der Ploeg"), part_of("Lise", "Ida Lise Dam")
    (True, False)
    >>> part_of("Anne", "Anne-Lise Dam"), part_of("Anne-Lise", "Anne-Lise Dam")
    (False, True)
    """
    few, many = fold_name(form).split(), fold_name(name).split()
    if "-" in name and "-" not in form and len(few) == 1 and _hyphenated(few[0], name):
        return False
    return few in (many[: len(few)], many[-len(few) :])


def _hyphenated(part: str, name: str) -> bool:
    return any(part in fold_name(word).split() and "-" in word for word in name.split())


def misspells(a: str, b: str, names: Names) -> bool:
    """Whether two names of the same length in words are one name, spelt or read wrongly.

    Apart from æøå and accents they may differ in one letter, or two of a long part, and in two parts at most; a
    part that differs is no common name in both, unless two letters changed places or two other parts agree. So
    "Bgg" and "Bøg" can be one name, "Hansen" and "Jansen" cannot; "Melholt" and "Mølholt" are one, as OCR reads it.

    >>> from pipeline.lexicon import Lexicon
    >>> names = Lexicon.load().names
    >>> misspells("Micheal Ravnsburg", "Michael Ravnsborg", names), misspells("Ole Hansen", "Ole Jansen", names)
    (True, False)
    """
    few, many = a.split(), b.split()
    if fold_name(a) == fold_name(b):
        return True
    if len(few) != len(many):
        return False
    differing = [(x, y) for x, y in zip(few, many, strict=True) if fold_name(x) != fold_name(y)]
    if len(differing) > 2:
        return False
    if len(few) > 2 and len(differing) == 1 and OSA.distance(*map(fold_name, differing[0])) == 1:
        return True
    return all(_one_word(x, y, names) for x, y in differing)


@lru_cache(maxsize=4096)
def _readings(name: str) -> regex.Pattern[str]:
    return regex.compile("".join(f"(?:{_READ_AS[c]})" if c in _READ_AS else regex.escape(c) for c in name))


def misreads(printed: str, name: str) -> bool:
    """Whether what is printed is a name but for its æ, ø and å, of which OCR made other letters.

    >>> misreads("Ida Sandbeck", "Ida Sandbæk"), misreads("Ida Sandbæk", "Ida Sandbeck"), misreads("Jansen", "Jensen")
    (True, False, False)
    """
    seen, known = printed.casefold(), name.casefold()
    return seen != known and any(c in known for c in _READ_AS) and _readings(known).fullmatch(seen) is not None


def _one_word(a: str, b: str, names: Names) -> bool:
    if min(len(a), len(b)) > 3 and (misreads(a, b) or misreads(b, a)):
        return True
    x, y = fold_name(a), fold_name(b)
    longest = max(len(x), len(y))
    distance = OSA.distance(x, y)
    if longest < 3 or distance > (1 if longest < 7 else 2):
        return False
    if distance == 1 and sorted(x) == sorted(y):
        return True
    return min(_bearers(a, names), _bearers(b, names)) < COMMON


def _bearers(word: str, names: Names) -> int:
    count = names.count(word)
    return count.first + count.family


def _is_part(part: str, whole: str) -> bool:
    return part == whole or (len(part) == 1 and whole.startswith(part))
