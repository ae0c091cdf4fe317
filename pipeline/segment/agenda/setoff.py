"""Unnumbered headings that a sign sets off: "## Skuret", ">> Skuret", "** Skuret **", "[Skuret]"."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from pipeline.segment.agenda.headlike import NAME_LIST, is_usual
from pipeline.segment.agenda.runin import FEWEST, Plain, have_text
from pipeline.segment.headings import Page, label_at

__all__ = ["set_off"]

LONGEST = 90
SHORT = 80
"""A title behind a bullet is no longer."""
MOST = 0.8
"""So many of the lines behind one bullet are titles with text below them, or none is."""
ROUND = frozenset("•*+●·∙○◦e¢©®°«»o\uf0b7\uf0a7\uf0d8")
"""What OCR makes of one and the same round bullet."""
_ENDS = regex.compile(r"[\s*_=~#<+/:–-]+$")
_BRACKETED = regex.compile(r"(?P<open>[\[<»«{])\s?(?=\p{L})[^\[\]<>»«{}]{2,80}(?P<close>[\]>«»}])$")


def set_off(page: Page, start: int) -> list[Plain]:
    """The headings from a line on that one and the same sign sets off; nothing where fewer than three have text below.

    What comes back ("** Beslutning **") is no title, nor is a label of the head or a whole sentence.
    """
    found: dict[str, list[Plain]] = defaultdict(list)
    titles: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for i in range(start, len(page.lines)):
        line = page.lines[i]
        if line.blank or line.furniture:
            continue
        if line.bullet:
            bullet = "•" if line.bullet in ROUND else line.bullet
            points[bullet] += 1
            if _heads_line_below(page, i):
                found[bullet].append(Plain(i, i, "set-off", 0.75))
                titles[page.content(i).casefold()] += 1
            continue
        sign = page.text[line.start : line.body].strip()
        first = page.text[line.body]
        if not sign and first not in "[<»«{":
            continue
        content = page.content(i)
        if not sign:
            match = _BRACKETED.match(content)
            if match is None:
                continue
            found[first].append(Plain(i, i, "set-off", 0.8, start=line.body + 1, stop=line.body + match.start("close")))
        elif len(content) <= LONGEST and not label_at(page, i):
            title = _ENDS.sub("", content)
            if title and title[-1] not in ".,;!":
                found[sign].append(Plain(i, i, "set-off", 0.8, stop=line.body + len(title)))
        titles[content.casefold()] += 1
    best: list[Plain] = []
    for sign, headings in found.items():
        if len(headings) < MOST * points[sign]:
            continue  # a list
        own = [plain for plain in headings if titles[page.content(plain.first).casefold()] == 1]
        if len(own) >= max(FEWEST, len(best) + 1) and have_text(page, own):
            best = own
    return best


def _heads_line_below(page: Page, index: int) -> bool:
    """Whether the line below a bullet begins a text that does not hang behind the bullet: "=> Skuret⏎Revet ned."."""
    line, content, below = page.lines[index], page.content(index), page.following[index]
    if len(content) > SHORT or content[-1] in ".,;!" or below > index + 2 or below >= len(page.lines):
        return False
    under = page.lines[below]
    return (
        not under.bullet
        and under.indent <= line.indent
        and not page.content(below)[0].islower()
        and (is_usual(page, index) or not label_at(page, index))
        and not page.match("items", "finite", content)
        and not NAME_LIST.match(content)
    )
