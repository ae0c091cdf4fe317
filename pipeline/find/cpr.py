"""CPR numbers, also where OCR read letters for digits."""

from __future__ import annotations

import regex

__all__ = ["DIGIT", "find_cpr"]

DIGIT = "[0-9OoQDlI|i!ZzSsBg]"
"""What a digit may have been read as."""
_TWO = f"{DIGIT}{{2}}"
_HYPHENS = r"\-–—−\u2010\u2011\u00ad"
"""Also those that word processors put where a line must not, or may, end."""
_NUMBER = regex.compile(
    rf"(?<![^\W_])(?:(?P<day>{_TWO})(?P<month>{_TWO}){_TWO}\s?[{_HYPHENS}~=_·.]{{0,2}}\s?{_TWO}{_TWO}"
    rf"|(?P<day>{_TWO})(?P<gap>[ \u00a0./{_HYPHENS}]?)(?P<month>{_TWO})(?P=gap){_TWO}[{_HYPHENS}]{_TWO}[ ]?{_TWO})"
    r"(?![^\W_])"
)
_READ_AS = str.maketrans("OoQDlI|i!ZzSsBg", "000011111225589")
_LEAST_DIGITS = 5
_REPLACEMENT = 60
"""Those without a number of their own get one whose day is so much higher."""


def find_cpr(text: str) -> list[tuple[int, int]]:
    """Where CPR numbers stand: DDMMYY, perhaps a hyphen or blank, four digits; the date must be one.

    Also in pairs ("31 01 88-1234"), and where OCR took the hyphen for another sign or split the last four.

    The check digit is not asked: numbers given since 2007 need not have one. An account or telephone number of ten
    digits that begins with a date cannot be told from one and is found too.

    >>> text = "Født 310188-1234, 3l0188 l234, O10203-I234; konto 4510188123, sag 991388-1234"
    >>> [text[a:b] for a, b in find_cpr(text)]
    ['310188-1234', '3l0188 l234', 'O10203-I234']
    """
    return [match.span() for match in _NUMBER.finditer(text) if _is_number(match)]


def _is_number(match: regex.Match[str]) -> bool:
    day, month = (int(part.translate(_READ_AS)) for part in match.group("day", "month"))
    day = day - _REPLACEMENT if day > _REPLACEMENT else day
    return 1 <= day <= 31 and 1 <= month <= 12 and sum(map(str.isdigit, match.group())) >= _LEAST_DIGITS
