"""Agenda numbers as printed (figures, Roman ones, letters, what OCR makes of them) and the figures they stand for."""

from __future__ import annotations

from itertools import pairwise

import regex

__all__ = ["as_roman", "figures", "is_letter", "is_roman", "letter", "to_roman"]

ONE = {"I": "1", "l": "1", "|": "1", "]": "1"}
"""What OCR makes of the figure 1 before a full stop."""
ROMAN = {"I": 1, "V": 5, "X": 10}
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_AS_ROMAN = str.maketrans("LlT|1", "IIIII")
_IS_ROMAN = regex.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")


def as_roman(printed: str) -> str:
    """A Roman figure without what OCR made of its I."""
    return printed.translate(_AS_ROMAN)


def is_roman(printed: str) -> bool:
    return bool(printed) and _IS_ROMAN.fullmatch(printed) is not None


def to_roman(number: int) -> str:
    """A number up to 39 in Roman figures.

    >>> to_roman(4), to_roman(18)
    ('IV', 'XVIII')
    """
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def is_letter(printed: str) -> bool:
    """Whether a number is a letter that OCR does not read for a 1."""
    return len(printed) == 1 and printed.isalpha() and printed not in ONE


def letter(printed: str) -> int:
    """The place of a letter in the alphabet, from 1 on; 0 where it is none of the Danish ones."""
    return LETTERS.find(printed.casefold()) + 1


def figures(printed: str, *, roman: bool = False) -> str:
    """An agenda number in Arabic figures; of "4/2024" the 4.

    >>> figures("l.2"), figures("XIV", roman=True), figures("4/2024"), figures("c")
    ('1.2', '14', '4', '3')
    """
    if roman:
        values = [ROMAN[c] for c in printed] + [0]
        return str(sum(-v if v < after else v for v, after in pairwise(values)))
    if is_letter(printed):
        return str(letter(printed))
    return "".join(ONE.get(c, c) for c in printed.split("/", maxsplit=1)[0].replace(",", "."))
