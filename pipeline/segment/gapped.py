"""Blank lines that OCR put into a list or a sentence of the head, taken out again."""

from __future__ import annotations

import regex

from pipeline.segment.page import DEEP

__all__ = ["without_gaps"]

FULL = 0.85
"""A line that reaches so far of how far running text does may go on below."""
NARROW = 50
"""No line runs on that is shorter."""

_GAP = regex.compile(r"(?<=[^\n]{3})\n[ \t]*+\n(?:[ \t]*+\n)?(?=[^\n]{2})")
_OPEN = regex.compile(r"(?r)(?:[\p{L})],|\s(?:og|samt|fra|for|af|ved|til|med|under|i|på|som|der|den|det)|\p{Ll}-)$")
"""At the end of a line: what needs a word behind it."""
_HALF = regex.compile(r"(?:[,;:]|\s(?:og|samt))\s(?:\p{Ll}[\p{L}.-]{2,25}\s)?\p{Lu}\p{Ll}+$")
"""At the end of a line: a first name, with or without a title."""
_TITLE = regex.compile(
    r"(?:\s(?i:var|deltog|mødte)\s|\s\p{Ll}{4,25}\s\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+,\s).{0,90}"
    r"[,\s]\s?\p{Ll}[\p{L}.-]{3,30}$"
)
"""A title alone, where titles stand in front of names."""
_NAME = regex.compile(r"(?:\p{Lu}[\p{L}.-]*\s?){1,3}(?:[,;.()]|\s(?:og|samt)\s)")
"""At the start of a line: the name that belongs there."""
_SMALL = regex.compile(r"\p{Ll}{2,}[\s,.;]")
_BEGINS = regex.compile(r"(?!\p{Lu}[^\n:,]{2,40}:\s)(?!\p{Lu}\p{L}+\n)\p{L}")
"""No label, and no word alone."""


def without_gaps(text: str) -> str:
    """A text as long as it was, with a blank for the first line break of such a gap in its head.

    The line above breaks off where a word must follow; or it is full, and breaks off within a name or before a small
    letter.

    >>> without_gaps("Til stede: Ib Holst, Norddal Kommune, Karen Dam, Strandby Vand,\\n\\nOle Friis\\n\\nPunkt 1")
    'Til stede: Ib Holst, Norddal Kommune, Karen Dam, Strandby Vand, \\nOle Friis\\n\\nPunkt 1'
    """
    head = text[:DEEP]
    lengths = sorted(len(line) for line in head.split("\n") if line.strip())
    least = max(NARROW, FULL * lengths[int(0.9 * (len(lengths) - 1))]) if lengths else 0
    mended = _GAP.sub(lambda gap: _filled(gap, head, least), head)
    return text if mended == head else mended + text[DEEP:]


def _filled(gap: regex.Match[str], text: str, least: float) -> str:
    above = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()].rstrip()
    below = text[gap.end() : gap.end() + 80].lstrip()
    if not _BEGINS.match(below):
        return gap.group()
    full = len(above) >= least
    goes_on = full and (_OPEN.search(above) or (above[-1:].isalpha() and _SMALL.match(below)))
    within = full and (_HALF.search(above) or _TITLE.search(above)) and _NAME.match(below)
    return " " * (len(gap.group()) - 1) + "\n" if goes_on or within else gap.group()
