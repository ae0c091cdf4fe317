"""Unnumbered headings that a sign sets off: "## Skuret", ">> Skuret", "** Skuret **", "[Skuret]"."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from pipeline.segment.headings import Page, label_at
from pipeline.segment.runin import FEWEST, Plain, have_text

__all__ = ["set_off"]

LONGEST = 90
_ENDS = regex.compile(r"[\s*_=~#<+/:–-]+$")
_BRACKETED = regex.compile(r"(?P<open>[\[<»«{])\s?(?=\p{L})[^\[\]<>»«{}]{2,80}(?P<close>[\]>«»}])$")


def set_off(page: Page, start: int) -> list[Plain]:
    """The headings from a line on that one and the same sign sets off; nothing where fewer than three have text below.

    What comes back ("** Beslutning **") is no title, nor is a label of the head or a whole sentence.
    """
    found: dict[str, list[Plain]] = defaultdict(list)
    titles: Counter[str] = Counter()
    for i in range(start, len(page.lines)):
        line = page.lines[i]
        if line.bullet or line.blank or line.furniture:
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
    for headings in found.values():
        own = [plain for plain in headings if titles[page.content(plain.first).casefold()] == 1]
        if len(own) >= max(FEWEST, len(best) + 1) and have_text(page, own):
            best = own
    return best
