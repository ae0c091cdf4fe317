"""Cells that a spreadsheet would take for a formula."""

from __future__ import annotations

import re

__all__ = ["harmless", "is_formula"]

_SIGNS = r"[ \u00a0]*[=+\-@＝＋－＠]"  # the wide forms are formulas in some locales
_FORMULA = re.compile(rf"{_SIGNS}|[\t\r\n]")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")
_BEHIND_SEPARATOR = re.compile(rf"(?<=[;\t\r\n])(?={_SIGNS})")


def is_formula(text: str) -> bool:
    """Whether a cell of this text may be run as a formula; a negative number is none.

    >>> [is_formula(text) for text in ("=1+1", "-2+3", "@SUM(A1)", " =1+1", "-500", "1-1", "")]
    [True, True, True, True, False, False, False]
    """
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def harmless(text: str) -> str:
    """The text as a cell that every spreadsheet shows and none runs: an apostrophe stands before what may be run.

    Also behind a semicolon, a tab or a line break: a Danish spreadsheet takes the semicolon for what stands between
    cells, and quotation marks in the middle of such a cell for nothing.

    >>> harmless("=1+1"), harmless("Ny kaj"), harmless("Vedtaget; =1+1")
    ("'=1+1", 'Ny kaj', "Vedtaget;' =1+1")
    """
    text = _BEHIND_SEPARATOR.sub("'", text)
    return f"'{text}" if is_formula(text) else text
