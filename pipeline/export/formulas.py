"""Cells that a spreadsheet would take for a formula."""

from __future__ import annotations

import re

__all__ = ["harmless", "is_formula"]

_BEGINS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # the wide forms are formulas in some locales
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def is_formula(text: str) -> bool:
    """Whether a cell of this text may be run as a formula; a negative number is none.

    >>> [is_formula(text) for text in ("=1+1", "-2+3", "@SUM(A1)", "-500", "1-1", "")]
    [True, True, True, False, False, False]
    """
    return bool(_BEGINS.match(text)) and not _NUMBER.fullmatch(text)


def harmless(text: str) -> str:
    """The text as a cell that every spreadsheet shows and none runs: an apostrophe stands before what may be run.

    >>> harmless('=HYPERLINK("http://a.example")'), harmless("Ny kaj")
    ('\\'=HYPERLINK("http://a.example")', 'Ny kaj')
    """
    return f"'{text}" if is_formula(text) else text
