"""CPR numbers by date and form, also where OCR read letters for digits."""

from __future__ import annotations

import re

__all__ = ["hides_number", "masked", "number_spans"]

_DIGIT = "[0-9OoQlI|]"
# Ten digits, of them six of a date; the check digit is not asked: numbers given since 2007 need not have one.
_NUMBER = re.compile(
    rf"(?<![^\W_])({_DIGIT}{{2}})({_DIGIT}{{2}})({_DIGIT}{{2}})(\s?[-–—]?\s?)({_DIGIT}{{4}})(?![^\W_])"
)
_READ_AS = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1"})
_LEAST_DIGITS = 5
_REPLACEMENT = 60
"""Those without a number of their own get one whose day is so much higher."""


def number_spans(text: str) -> list[tuple[int, int]]:
    """Where CPR numbers stand: DDMMYY, perhaps a hyphen or blank, four digits; the date must be one.

    An account or telephone number of ten digits that begins with a date cannot be told from one and is found too.

    >>> text = "Født 310188-1234, 3l0188 l234, O10203-I234; konto 4510188123, sag 991388-1234"
    >>> [text[a:b] for a, b in number_spans(text)]
    ['310188-1234', '3l0188 l234', 'O10203-I234']
    """
    return [match.span() for match in _NUMBER.finditer(text) if _is_number(match)]


def _is_number(match: re.Match[str]) -> bool:
    day, month = (int(part.translate(_READ_AS)) for part in match.group(1, 2))
    day = day - _REPLACEMENT if day > _REPLACEMENT else day
    return 1 <= day <= 31 and 1 <= month <= 12 and sum(map(str.isdigit, match.group())) >= _LEAST_DIGITS


def hides_number(text: str) -> bool:
    """Whether a text holds a CPR number."""
    return bool(number_spans(text))


def masked(text: str) -> str:
    """The text with its CPR numbers as asterisks, length for length; all its digits where it holds none.

    >>> masked("CPR 310188-1234"), masked("3 1 0 1")
    ('CPR ******-****', '* * * *')
    """
    spans = number_spans(text) or [(0, len(text))]
    for start, end in spans:
        text = (
            text[:start] + re.sub(_DIGIT if hides_number(text[start:end]) else r"\d", "*", text[start:end]) + text[end:]
        )
    return text
