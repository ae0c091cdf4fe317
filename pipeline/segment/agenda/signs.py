"""What parts titles from the text behind them on the same line, throughout a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from pipeline.segment.agenda.kinds import ends_in_mark, stated_kind
from pipeline.segment.headings import Page

__all__ = ["FLAT", "SIGNS", "parted", "title_sign"]

AGREED = 0.6
"""So many of the headings must part title and text by one sign."""
_BEHIND = r"(?=\S.*\s\S|\p{L}+\.?$)"
SIGNS = {
    "gap": regex.compile(r"(?P<title>\S+(?:\s{1,2}\S+)*)\s{3,}(?=\S.{29}|\p{L}+\.$)"),
    ":": regex.compile(rf"(?P<title>[^\s:.](?:[^:.]|(?<=\b(?:\p{{L}}{{1,3}}|\d+))\.){{2,69}}?)\s?:\s+{_BEHIND}"),
    "capitals": regex.compile(
        r"(?P<title>\p{Lu}{2}(?:[\p{Lu}\d &/,-]{0,58}[\p{Lu}\d])?)(?:\.?\s+)"
        r"(?=\p{Lu}\p{Ll}*[\s,.]|\d[\d.,]*\s\p{Ll})(?!\p{Lu}\p{Lu})"
    ),
    ".": regex.compile(rf"(?P<title>[^\s:.](?:(?!\s-\s)[^:.–—]){{2,59}})\.\s+(?=\p{{Lu}}|(?<!\d\.\s)\d){_BEHIND}"),
    "->": regex.compile(
        rf"(?P<title>[^\s:.](?:[^:.|=>/→]|(?<=\S)/(?=\S)){{2,69}}?)\s+(?:[-=]?>{{1,2}}|→|//?|[=…])\s+{_BEHIND}"
    ),
    "-": regex.compile(rf"(?P<title>[^\s:.][^:.–—]{{2,59}}?)\s+[–—-]\s+{_BEHIND}"),
}
"""What may part a title from the text behind it on the same line, the surest first."""
_SMALL = r"(?:og|eller|samt|at|af|for|i|på|til|med|den|det|en|et|om|ved|fra|hos|v\.|v/)"
FLAT = regex.compile(
    rf"(?P<title>[\p{{Lu}}\d][^\s.:;,]*(?:\s(?:{_SMALL}\s\p{{Lu}}[^\s.:;,]*|[\p{{Ll}}\d(/&][^\s.:;]*)){{0,8}})"
    rf"(?<!\s{_SMALL})\s[|_—–-]{{0,2}}\s?(?=\p{{Lu}}\p{{L}}*(?:[\s.,:;!?]|$))"
)
"""A title that ends where a capital begins the next column, whose gap OCR lost; one behind "i" or "for" is a name's."""
_NARROW = regex.compile(r"(?P<title>\S+(?:\s\S+)*)\s{2,}(?=\p{Lu}\p{Ll}*\s\S)")
"""A title so long that the column behind it stands near."""


def title_sign(page: Page, starts: Iterable[tuple[int, int]]) -> str | None:
    """What parts title and text on the line of most headings (`SIGNS`), or None. `starts` are lines and title offsets.

    One line "Skuret: revet ned" may be a title; where three of five headings read so, the titles end at the colon.
    """
    starts = list(starts)
    for sign in SIGNS:
        matches = (parted(page, sign, start, page.lines[index].end) for index, start in starts)
        titles = Counter(match["title"] for match in matches if match)
        own = sum(  # who comes back presents: "Ib: Skuret"
            count == 1 and not page.match("items", "finite", title) for title, count in titles.items()
        )
        ended = sum(page.content(index).endswith(sign) for index, _ in starts) if sign == ":" else 0
        if own >= 3 and own + ended >= AGREED * len(starts):
            return sign
    return None


def parted(page: Page, sign: str, start: int, end: int, *, near: bool = False) -> regex.Match[str] | None:
    """The title before a sign, unless a mark follows: "Skuret – til orientering"; `near` takes a narrow gap too.

    The sign "column" is the capital of a column whose gap OCR lost (`FLAT`).
    """
    match = (FLAT if sign == "column" else SIGNS[sign]).match(page.text, start, end)
    if match is None and near and sign == "gap":
        match = _NARROW.match(page.text, start, end)
    if match is None or not ends_in_mark(page, page.text[start:end].rstrip()):
        return match
    kind, _, stop = stated_kind(page, page.text[start:end], party=False)
    return None if kind and start + stop <= match.end("title") else match
