"""Lists of who was there with a box before or a tick behind each name: "[x] Ib Holst", "Ole Friis ✓"."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.page import HEAD
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["ticked"]

FEWEST = 2
"""So many ticked boxes with a name make a list."""

_BOX = regex.compile(
    r"[ \t]*(?:[-*•][ \t]*)?(?:(?P<came>\[[ ]?[xX✓✔√v+][ ]?\]|\([xX✓✔√+]\)|[☒☑✓✔√])"
    r"|(?P<away>\[[ ]{0,2}[-–]?[ ]?\]|\([ ]{1,2}\)|[☐□✗✘]))[ \t]*(?=\p{L})"
)

_SIDE = regex.compile(r"(?:(?P<part>\p{Lu}\p{Ll}{1,20})(?:,|:|\s[–—-])\s+)?(?P<who>\p{Lu}[^:;,()\n]{2,50}?)\s*:?")
"""Above the boxes: whose people these are, with what part they play: "Bygherre, Norddal Kommune"."""
_MARKS = "[(☒☑✓✔√☐□✗✘"
_BEHIND = regex.compile(
    r"[ \t]+(?:(?P<came>[✓✔√☒☑]|\[[xX✓✔√]\])|(?P<away>[✗✘☐□]|\[ ?\]|[–—-][ ]?(?:afbud|fraværende|syg)))$"
)
_LAST = "✓✔√☒☑✗✘☐□]deg"
"""How a line ends that may have its box behind the name."""


def ticked(page: Page, before: int, taken: Container[int]) -> dict[int, tuple[str, list[Attendee]]]:
    """By its line the one person behind each box above a line, with "present" or "absent"."""
    found: dict[int, tuple[str, list[Attendee]]] = {}
    group = Group()
    for i in [i for i in range(before) if page.printed(i) and i not in taken][:HEAD]:
        line = page.lines[i]
        opens = page.text[line.body] in _MARKS or bool(page.text[line.start : line.body].strip())
        if not opens and page.text[line.end - 1] not in _LAST:
            group = _side(page, i)
            continue
        box = _BOX.match(page.text, line.start, line.end) if opens else _BEHIND.search(page.text, line.body, line.end)
        if box is None:
            group = _side(page, i)
            continue
        words = Span(box.end(), line.end) if opens else Span(line.body, box.start())
        people = attendees(page.text, words, page.lexicon, group, "attendance/ticked", one=True)
        if len(people) == 1:
            found[i] = ("present" if box["came"] else "absent", people)
    boxed = sum(value == "present" for value, _ in found.values())
    return found if boxed >= FEWEST else {}


def _side(page: Page, i: int) -> Group:
    """For whom those came whose boxes stand right below a line."""
    stands = page.following[i] < len(page.lines) and not label_at(page, i)
    side = _SIDE.fullmatch(page.content(i)) if stands else None
    near = page.following[i] == i + 1 or (side is not None and side["part"])
    if side is None or not near or not (side["part"] or is_house(side["who"], page.lexicon)):
        return Group()
    below = page.lines[page.following[i]]
    boxed = page.text[below.body] in _MARKS or bool(page.text[below.start : below.body].strip())
    return party(page, side["who"]) if boxed else Group()
