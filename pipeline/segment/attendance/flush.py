"""Sides or offices and who came for them on the line below, where OCR lost the indents."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.segment.attendance.closed import Row
from pipeline.segment.attendance.indented import may_be_side, people_below
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_person, is_sure
from pipeline.values import Span

__all__ = ["flush"]

FEWEST = 3
"""So many sides with their people make a list; half are known by their form, a third where all names are sure."""
WIDEST = 90

LONGEST = 60
_SEVERAL = regex.compile(
    r"\p{Lu}\p{L}{3,30}(?:erne|ene|siden)|\p{Lu}\p{Ll}{2,20}(?:klubben|foreningen|laget|lauget)\s\p{Lu}.*"
)
"""A side by its form: several of a kind, "Sejlklubben Norden"."""
_NOBODY = regex.compile(r"(?i)\W?(?:ingen|ikke\s(?:mødt|repræsenteret|til\s?stede))\b[^,;]{0,20}")


def flush(page: Page, before: int, taken: Container[int]) -> dict[int, Row]:
    """By its line the people below each side above a line, each with "present" or "absent"; [] for a side itself.

    Blank lines count for nothing, as OCR puts them anywhere. Two in three of the people have sure names.
    """
    found: dict[int, Row] = {}
    run: dict[int, Row] = {}
    sides: list[int] = []
    for i in [*page.head(before), before]:
        rows = _people(page, i, sides) if i < before and i not in taken else None
        if rows is None:
            side = i < before and i not in taken and _is_side(page, i)
            if not side or (sides and sides[-1] == max(run)):  # nobody stands below the side above
                found |= _whole(page, run, sides)
                run, sides = {}, []
            if side:
                run[i] = []
                sides.append(i)
        else:
            run[i] = rows
    return found


def _whole(page: Page, run: dict[int, Row], sides: list[int]) -> dict[int, Row]:
    """Such lines as far as somebody stands below the last side; nothing where they make no list."""
    if sides and sides[-1] == max(run):
        del run[sides.pop()]
    people = [one for row in run.values() for _, each in row for one in each]
    sure = sum(is_sure(page.text, Span(one.start, one.end), page.lexicon) for one in people)
    known = sum(_known(page, page.content(i)) for i in sides)
    plain = 2 * known >= len(sides) and 3 * sure >= 2 * len(people)
    certain = 3 * known >= len(sides) and sure == len(people)
    return run if len(sides) >= FEWEST and (plain or certain) else {}


def _known(page: Page, content: str) -> bool:
    side = content.rstrip(" :")
    if not side or len(side) > LONGEST or side[-1] in ".!?)":
        return False
    office = "," not in side and page.lexicon.roles.group(side) is not None
    return office or is_house(side, page.lexicon) or _SEVERAL.fullmatch(side) is not None


def _is_side(page: Page, i: int) -> bool:
    content = page.content(i)
    known, below = _known(page, content), page.following[i]
    label = label_at(page, i)
    if label and label[0].value in ("chair", "minute_taker"):
        return known and label[1] >= page.lines[i].end
    if below < len(page.lines) and _NOBODY.fullmatch(page.content(below)) and not label:
        return True
    fits = may_be_side(page, i) or (known and not label and is_house(content, page.lexicon))
    return fits and not is_person(content, page.lexicon, listed=not known)


def _people(page: Page, i: int, sides: list[int]) -> Row | None:
    """The people of a line below a side; None where it is no such line."""
    content = page.content(i)
    below = page.following[i]
    if not sides or len(content) > WIDEST or label_at(page, i) or _known(page, content) or content[-1] in ":.!?":
        return None
    if below < len(page.lines) and _NOBODY.fullmatch(page.content(below)):
        return None
    return people_below(page, i, party(page, page.content(sides[-1]).rstrip(" :")))
