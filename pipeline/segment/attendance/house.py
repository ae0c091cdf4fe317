"""The house that minutes come from: the authority, firm or institution on top of the page, and its offices."""

from __future__ import annotations

from itertools import takewhile

import regex

from pipeline.document import quote_name
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import names_institution
from pipeline.values import Span

__all__ = ["house", "of_house", "top"]

TOP = 4
"""Printed lines in which the house names itself."""
SHORTEST = 5
"""Characters of an office's name."""

_CELL = regex.compile(
    r"[^\s,|](?:[^,|\t]*?[^\s,|])??(?=\s*(?:,|\||\t|[ ]{3,}|\s[—–-]\s|$|(?<=\p{Lu}{3}\s\p{Lu}{3,20})\s\p{Lu}\p{Ll}"
    r"|\s(?i:j\.?\s?nr|journal|sags?(?:s?nr|\s?nr|sid)|dok|ref|dato|referat|dagsorden|side)\b))"
)
WIDE = 250
"""What is longer is no line of a letterhead, but a whole page of which the line ends are lost."""
_BODY = regex.compile(
    r"(?i)referat|møde\b|forsamling|protokol|dagsorden|(?:udvalg|bestyrelse|råd|nævn|gruppe|kommission|forum|komité?)(?:en|et|n)?\b"
)

_BOTH = regex.compile(r"\s(?:og|/)\s(?:kommune|region|hospital|amt|stat)$")
"""No house, but two sides: "Fiskere og kommune"."""
_LABELLED = regex.compile(r"\p{Lu}\p{L}{1,20}:\s")


def house(page: Page) -> str | None:
    """The organisation that a line on top of the page names alone or in front of a comma; None where none does."""
    cells = _cells(page)
    return next((cell for cell in cells if _is_house(page, cell)), None)


def of_house(page: Page, name: str) -> str | None:
    """The house, where a name means it or an office of it: "Havnen" of "Strandby Havn", "Skolen" of
    "Havneskolen Strandby", an office below its name."""
    whole = house(page)
    if whole is None or name.casefold() == whole.casefold():
        return None
    words = whole.casefold().split()
    noun = words[-1]
    forms = {f"{noun}{ending}" for ending in ("en", "et", "n", "t")} | {regex.sub("um$", "et", noun)}
    printed = any(cell == name or cell.startswith(f"{name} ") for cell in _cells(page))
    office = printed and len(name) >= SHORTEST and not _is_house(page, name)
    ends = (
        len(name) >= SHORTEST
        and name.endswith(("en", "et"))
        and any(word.endswith(name.casefold()) and len(word) >= len(name) for word in words)
    )
    return whole if name.casefold() in forms or office or ends else None


def top(page: Page) -> str:
    """The first printed lines, in which a page says what it is and who meets."""
    printed = [i for i in range(min(len(page.lines), 4 * TOP)) if page.printed(i)][:TOP]
    return "\n".join(page.content(i) for i in takewhile(lambda i: not _lists(page, i), printed))


def _lists(page: Page, i: int) -> bool:
    """Whether a line opens a list of who was there or away."""
    label = label_at(page, i)
    return label is not None and label[0].value in ("present", "absent")


def _cells(page: Page) -> list[str]:
    """What stands on top of the page, cut at commas and gaps."""
    top = [i for i in range(min(len(page.lines), 4 * TOP)) if page.printed(i)][:TOP]
    top = list(takewhile(lambda i: not label_at(page, i), top))
    top = [i for i in top if not _LABELLED.match(page.content(i)) and len(page.content(i)) < WIDE]
    spans = [Span(*m.span()) for i in top for m in _CELL.finditer(page.text, page.lines[i].body, page.lines[i].end)]
    return [quote_name(page.text, *span) for span in spans if span.end - span.start <= 80]


def _is_house(page: Page, cell: str) -> bool:
    named = page.lexicon.organisations.lookup(cell) is not None or (
        " " in cell and (names_institution(cell) or names_institution(cell.split(maxsplit=1)[0]))
    )
    return cell[:1].isupper() and named and not _BODY.search(cell) and not _BOTH.search(cell)
