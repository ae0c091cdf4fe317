"""Lines of a list that hold nothing but an organisation, above its people or below one of them."""

from __future__ import annotations

import regex

from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Span

__all__ = ["LONGEST", "is_below_name", "is_side", "two_sides"]

LONGEST = 60
"""Lines that one list may run over."""
WIDE = 60
"""Characters of a line that may be nothing but an organisation."""
SIDE = 70
"""Characters of a line that is a label of a side."""


def two_sides(page: Page, i: int) -> str | None:
    """The organisation that opens a line with a part of it, a label above people: "Norddal Kommune, Byrådet:"."""
    content = page.content(i)
    house, _, part = content.partition(", ")
    whole = content.endswith(":") and part[:-1].strip() and len(content) < SIDE and ":" not in content[:-1]
    return house if whole and is_house(house, page.lexicon) else None


def is_side(page: Page, i: int) -> bool:
    """Whether a line holds nothing but an organisation, and the line below it begins with a name."""
    content, below = page.content(i), page.following[i]
    if (
        page.lines[i].bullet
        or len(content) > WIDE
        or not content[0].isupper()
        or regex.search(r"[:,;.()–|]|\s-|\s{2}|\sfra\s", content)
    ):
        return False
    if page.lexicon.names.is_first(content.split()[0]) or not is_house(content, page.lexicon):
        return False
    if below >= len(page.lines) or page.space_before(below) or label_at(page, below):
        return False
    people = attendees(page.text, Span(page.lines[below].body, page.lines[below].end), page.lexicon, Group(), "")
    return bool(people) and people[0].start == page.lines[below].body and not _ends_with_house(page, below)


def _ends_with_house(page: Page, i: int) -> bool:
    """Whether the last line down to the next blank one is an organisation: so each stands below whoever is from it."""
    last = i
    while last + 1 < len(page.lines) and last - i < LONGEST and not page.space_after(last):
        if label_at(page, last + 1):
            break
        last += 1
    content = page.content(last)
    return is_house(content, page.lexicon) and not regex.search(r"[:,;.()|]|\sfra\s", content)


def is_below_name(page: Page, i: int) -> bool:
    """Whether a line holds nothing but an organisation and stands below one name, and no name's side is it."""
    content, above = page.content(i), page.previous[i]
    if page.space_before(i) or len(content) > WIDE or regex.search(r"[:,;()|]|\sfra\s", content):
        return False
    if above < 0 or not content[0].isupper() or label_at(page, above):
        return False
    if not is_house(content, page.lexicon):
        return False
    if not page.space_after(i) and not _ends_with_house(page, i):
        return False
    people = attendees(page.text, Span(page.lines[above].body, page.lines[above].end), page.lexicon, Group(), "")
    return len(people) == 1 and people[0].start == page.lines[above].body and people[0].organisation is None
