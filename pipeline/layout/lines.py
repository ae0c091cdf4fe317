"""The lines of a text: indent, bullet, and whether they belong to the page."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.furniture import furniture
from pipeline.values import Line

__all__ = ["read_lines"]

TAB = 4
_BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_SURE = "-*+•▪▫■□☐●○◦‣►➢➤❖◆✓✔–—·∙\uf0b7\uf0a7\uf0d8\u2022\u25e6"
_DAMAGED = "oe¢©®°»«~¥."
"""`o` is a bullet of the second level; the others are what OCR or a poor printer makes of a round one."""
_DRAWN = tuple("-=_*~–—─═#.•")
_RULE = re.compile(rf"[{re.escape(''.join(_DRAWN))}]{{3,}}\s*")
_BULLET = re.compile(
    rf"(?P<arrow>[-=]{{0,2}}>|[→⇒➔➜])(?=\s|$)|(?P<sure>[{re.escape(_SURE)}][»«°]?)(?=\s|$)|(?P<tight>[•▪■●])(?=\w)|(?P<damaged>[{_DAMAGED}])(?=\s+[\w\"”»(])"
)

_SETS_OFF = tuple("#>*=-~+/:_")
_SET_OFF = re.compile(
    r"(?:#[#HE]{0,5}|>{2,3}|\*{2,3}|={1,4}|-{2,4}|~{1,3}|\+{2,3}|/{2,3}|:{2,3})\s+(?=\w)|(?:\*{1,3}|_{1,2}|={1,3}|~{1,2})(?=\w.*[*_=~]\s*$)"
)
"""Signs that set off a heading, as "##" in Markdown or ">>"; with no space behind them where others end the line."""


@lru_cache(maxsize=8)
def read_lines(text: str) -> tuple[Line, ...]:
    r"""Every line of a text, in order; the lines and their breaks tile it.

    Signs that set off a heading ("## ", "** ") stand before the body, and are no bullet. A bullet is told by its sign
    and the space behind it; "e", "¢" and their like count because OCR reads a round bullet so and no Danish line opens
    with them. A ruled line counts as blank. Running headers, footers and page numbers are marked `furniture`.

    >>> [(line.indent, line.bullet, line.body) for line in read_lines("Punkter:\n  • Havnen\n")]
    [(0, '', 0), (2, '•', 13), (0, '', 20)]
    """
    spans: list[tuple[int, int]] = []
    pages: list[int] = []
    position = 0
    for match in _BREAK.finditer(text):
        spans.append((position, match.start()))
        position = match.end()
        if match.group() == "\f":
            pages.append(len(spans))
    spans.append((position, len(text)))
    of_page = furniture([text[start:end] for start, end in spans], pages)
    return tuple(_line(text, start, end, i in of_page) for i, (start, end) in enumerate(spans))


def _line(text: str, start: int, end: int, of_page: bool) -> Line:
    body = _skip_space(text, start, end)
    indent = sum(TAB if c == "\t" else 1 for c in text[start:body])
    if text.startswith(_DRAWN, body, end) and _RULE.fullmatch(text, body, end):
        body = end  # a ruled line parts as a blank one does
    bullet = ""
    if match := _BULLET.match(text, body, end):
        bullet = match.group()
        body = _skip_space(text, match.end(), end)
    elif text.startswith(_SETS_OFF, body, end) and (match := _SET_OFF.match(text, body, end)):
        body = match.end()
    return Line(start, end, indent, bullet, body, of_page)


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position
