"""Items that no heading opens: what stands behind one and the same bullet, and minutes without any headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from pipeline.segment.agenda.headlike import LONGEST, SENTENCE, SHORT
from pipeline.segment.agenda.runin import FEWEST, Plain
from pipeline.segment.agenda.setoff import ROUND
from pipeline.segment.headings import Page, is_case_number

__all__ = ["cases", "points", "told_whole"]

POINTS = frozenset("*•-")
MANY, FULL = 5, 80
"""So many paragraphs behind bullets are items, of so many characters on the average: less is a list."""
USUAL = 2
MOST = 0.6
"""Where so many of them stand behind a title, they have one."""
PARAGRAPHS, PROSE = 2, 60
"""So many paragraphs of so many characters, each with a sentence, are minutes and no listed agenda."""
_SENTENCE = regex.compile(r"\p{Ll}{2}[.!?](?:\s|$)")


def cases(page: Page, start: int) -> list[Plain]:
    """Items without titles that open with the number of their case behind a bullet: "• Sagsid.: 19/4417"."""
    lines = [i for i in range(start, len(page.lines)) if page.printed(i) and is_case_number(page.content(i))]
    behind = [i for i in lines if page.lines[i].bullet]
    return [Plain(i, i, "point", 0.7) for i in behind] if len(behind) >= FEWEST and behind == lines else []


def points(page: Page, start: int) -> list[Plain]:
    """Paragraphs that begin with one and the same bullet, where nothing else parts the minutes.

    Their first lines are the titles, where most may be one; else all of them together are one item without a title.
    """
    bullets = {i: "•" if line.bullet in ROUND else line.bullet for i, line in enumerate(page.lines) if i >= start}
    signs = Counter(sign for i, sign in bullets.items() if sign in POINTS and page.printed(i))
    if not signs:
        return []
    sign, count = signs.most_common(1)[0]
    every = [i for i, bullet in bullets.items() if bullet == sign and page.printed(i)]
    if len(every) >= MANY and _head_text(page, every):
        return [Plain(i, i, "bullet", 0.55) for i in every]
    first = [i for i in every if page.space_before(i)]
    length = len(page.text) - page.lines[first[0]].start if first else 0
    if len(first) < MANY or count > 2 * len(first) or length < FULL * len(first):
        return []
    titled = [i for i in first if _heads(page, i)]
    if len(titled) < MOST * len(first):
        return [Plain(first[0], first[0], "point", 0.55)]
    return [Plain(i, i, "bullet", 0.55) for i in first]


def _head_text(page: Page, every: list[int]) -> bool:
    """Whether most lines behind bullets may be titles, some usual ones, and half have text below."""
    below = [page.following[i] for i in every]
    told = sum(i < len(page.lines) and not page.lines[i].bullet for i in below)
    titles = [i for i in every if _heads(page, i)]
    usual = sum(page.match("items", "usual", page.content(i)) is not None for i in every)
    return usual >= USUAL and told * 2 >= len(every) and len(titles) >= MOST * len(every)


def _heads(page: Page, index: int) -> bool:
    """Whether what stands behind a bullet may be a title: no sentence, no list."""
    content = page.content(index)
    usual = page.match("items", "usual", content) is not None
    short = len(content) <= (LONGEST if page.space_after(index) else SHORT)
    return usual or (short and not page.match("items", "finite", content) and not SENTENCE.search(content))


def told_whole(page: Page, blocks: Sequence[tuple[int, int]]) -> list[Plain]:
    """One item without a title from the first paragraph of text on, in minutes that have no headings.

    None where too little is told: an agenda that is only listed, a notice of a meeting.
    """
    told = [
        first
        for first, last in blocks
        if page.lines[last].end - page.lines[first].start >= PROSE
        and _SENTENCE.search(page.text, page.lines[first].start, page.lines[last].end)
    ]
    return [Plain(told[0], told[0], "point", 0.2)] if len(told) >= PARAGRAPHS else []
