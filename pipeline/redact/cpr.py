"""CPR numbers, told and masked."""

from __future__ import annotations

import re

from pipeline.find.cpr import DIGIT, find_cpr

__all__ = ["hides_number", "masked"]


def hides_number(text: str) -> bool:
    """Whether a text holds a CPR number."""
    return bool(find_cpr(text))


def masked(text: str) -> str:
    """The text with its CPR numbers as asterisks, length for length; all its digits where it holds none.

    >>> masked("CPR 310188-1234"), masked("3 1 0 1")
    ('CPR ******-****', '* * * *')
    """
    spans = find_cpr(text) or [(0, len(text))]
    for start, end in spans:
        text = (
            text[:start] + re.sub(DIGIT if hides_number(text[start:end]) else r"\d", "*", text[start:end]) + text[end:]
        )
    return text
