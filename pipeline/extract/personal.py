"""What in minutes is nobody else's business: CPR numbers, private telephone numbers, addresses and mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.find.cpr import find_cpr
from pipeline.lexicon import Lexicon, Likely
from pipeline.values import Notice

__all__ = ["check_personal"]

_AT = re.compile(r"@|[(\[]at?[)\]]|snabel-?a")
"""Every mailbox has one of these."""
_NEAR = 200
"""So far from a telephone number, on its line, it is said whose it is."""
_BEFORE = 30
"""So many characters before an address may say that somebody lives there."""
_GAP, _BESIDE = 5, " ,;:(–-"
"""An address with no more than this between it and a person's name is where they live."""


def check_personal(document: Document, lexicon: Lexicon) -> Iterator[Notice]:
    """A notice for each CPR number and each private telephone number, address and mailbox.

    Private is a telephone number on a line that names no office, a mailbox at a provider for homes that is not named
    for an office ("formand@"), and an address right behind a person's name, or behind words that say that somebody
    lives there. Messages do not repeat what they found.

    >>> from pipeline.values import Person, Span
    >>> text = "Bo Lind, Birkevej 12, tlf. 23 45 67 89, bo@gmail.com\\nKommunen: tlf. 33 12 34 56, info@gmail.com"
    >>> document = Document(id="a", source=text, persons=(Person("Bo Lind", mentions=(Span(0, 7),)),))
    >>> [notice.code for notice in check_personal(document, Lexicon.load())]
    ['private-phone', 'private-mail', 'private-address']
    """
    text, rules = document.text, lexicon.by_name("personal")
    office, homes, offices = (rules[name].regex for name in ("office", "host-of-homes", "box-of-an-office"))
    numbers = find_cpr(text)
    for start, end in numbers:
        yield Notice("cpr-number", "this looks like a CPR number", start, end)
    taken = Cover(numbers)
    for match in rules["telephone"].regex.finditer(text):
        if not taken.touches(*match.span()) and not office.search(_line(text, match.start(), match.end())):
            yield Notice("private-phone", "this looks like a private telephone number", *match.span())
    for match in rules["mailbox"].regex.finditer(text) if _AT.search(text) else ():
        if homes.match(match["host"]) and not offices.match(match["box"]):
            yield Notice("private-mail", "this looks like a private mailbox", *match.span())
    people = Cover(mention for person in document.persons for mention in person.mentions)
    for _, match in _addresses(lexicon).matches(text):
        gap = text[max(match.start() - _GAP, 0) : match.start()]
        name_end = match.start() - len(gap) + len(gap.rstrip(_BESIDE))
        home = rules["lives"].regex.search(text, max(match.start() - _BEFORE, 0), match.start())
        if home or people.touches(name_end - 1, name_end):
            yield Notice("private-address", "this looks like where somebody lives", *match.span())


@cache
def _addresses(lexicon: Lexicon) -> Likely:
    return Likely([lexicon.by_name("personal")["address"]])


def _line(text: str, start: int, end: int) -> str:
    """What stands on the line of a place, as far as it belongs together."""
    before, behind = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    return before[before.rfind("\n") + 1 :] + text[start:end] + behind.partition("\n")[0]
