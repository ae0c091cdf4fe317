"""How sure the structure of an agenda is: whether its numbers count on, its titles stand alone, its items have text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.segment.headings import Page
from pipeline.values import AgendaItem

__all__ = ["weighed"]

BARE = 8
"""An item of fewer characters behind its heading has no text."""
EMPTY = 0.25
"""So many items without text are a listed agenda, or headings of something else."""
UNTITLED = 0.6
"""Where fewer lack a title, but some do, text may have been taken for titles."""
BESIDE = 10
"""So many characters behind a title on its line are text."""
NEAR = 200
"""Text on the same line stands within so many characters."""
USUAL = 1 / 3
"""So many headings without numbers are ones that agendas usually have."""
_LEVELS = (("", 1.0), ("-likely", 0.7), ("-doubtful", 0.3))
"""Names of rules, and the most that a heading of the kind is sure before it is calibrated."""


def weighed(page: Page, items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items with the rule and the confidence that the structure of the agenda deserves.

    One reason to doubt makes an item likely, two make it doubtful: a number out of the count, an unusual title that
    shares its line with text, many items without text, titles here and none there.
    """
    counted = [int(item.number) for item in items if item.number and item.number.isdecimal()]
    counts = bool(counted) and all(after == before + 1 for before, after in pairwise(counted))
    usual = [page.match("items", "usual", item.title or "") is not None for item in items]
    empty = _share([len(page.text[item.heading.end : item.end].strip(" .:;\n")) < BARE for item in items])
    untitled = _share([item.title is None for item in items])
    unusual = _share(usual) < USUAL
    found = []
    for item, known in zip(items, usual, strict=True):
        doubts = (not known and _beside(page, item)) + (empty >= EMPTY)
        if item.number:
            doubts += (not counts and not known) + (0 < untitled < UNTITLED)
        else:
            doubts += unusual
        name, most = _LEVELS[min(doubts, len(_LEVELS) - 1)]
        found.append(replace(item, rule=f"{item.rule}{name}", confidence=min(item.confidence, most)))
    return tuple(found)


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / max(len(answers), 1)


def _beside(page: Page, item: AgendaItem) -> bool:
    """Whether text follows a heading on its line."""
    behind = page.text[item.heading.end : item.heading.end + NEAR].partition("\n")[0]
    return len(behind.strip(" .:;–|-")) >= BESIDE
