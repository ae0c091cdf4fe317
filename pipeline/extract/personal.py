"""What in minutes is nobody else's business: CPR numbers, private telephone numbers, addresses and mailboxes."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.find.cpr import find_cpr
from pipeline.values import Notice

__all__ = ["check_personal"]

_PHONE = regex.compile(
    r"(?a)(?<![\d.,/-])(?:(?:\+|00)45[ ]?)?"
    r"(?:[2-9]\d(?:[ ]\d\d){3}"
    r"|(?!20\d\d[ ]20)[2-9]\d{3}[ ]\d{4}|(?<=(?i:tlf|telefon|mobil|mob|ring til)[.:]{0,2}[ ]?)[2-9]\d{7})"
    r"(?![\d.,/-]?\d)"
)
_MAIL = regex.compile(
    r"(?<![\p{L}\p{N}._%+-])(?P<box>[\p{L}\p{N}._%+-]{1,64})@(?P<host>[\p{L}\p{N}.-]{1,60}\.\p{L}{2,10})"
)
_FREE = regex.compile(
    r"(?i)^(?:gmail|hotmail|outlook|live|msn|yahoo|icloud|me|mail|jubii|ofir|webspeed|youmail|stofanet|get2net"
    r"|privat|tdcadsl|protonmail|proton|fibermail)\.(?:com|dk|net|me)$"
)
"""Mailboxes that people have at home; at other hosts they are those of a workplace or an association."""
_OFFICE = regex.compile(
    r"(?i)\b(?:\p{L}*(?:kontor|sekretariat|kommune|forening|firma|styrelse|afdeling)|region|reception|omstilling|hotline"
    r"|\p{L}*vagt|kundeservice|administration|hovednummer|leverandør|a/s|aps|cvr|www)"
)
"""Words on the line of a telephone number that say whose it is: an office's."""
_OFFICE_BOX = regex.compile(r"(?i)(?:info|kontakt|post|mail|formand|kasserer|bestyrelse|sekret|kontor)")
_NEAR = 200
"""So far from a telephone number, on its line, it is said whose it is."""
_STREET = "vej|gade|vænget?|stien?|parken|allee?|allé|stræde|torv|bakken|toften|haven|marken|lunden|skrænten|krogen"
_ADDRESS = regex.compile(
    rf"(?<!\p{{L}})\p{{Lu}}[\p{{L}}.]{{1,30}}(?:[ ]\p{{Lu}}[\p{{L}}.]{{1,30}}){{0,2}}?(?:[ ]?(?i:{_STREET}))"
    r"[ ]\d{1,3}[ ]?\p{Lu}?(?!\p{L}|[.,]?\d)"
)
_GAP, _BESIDE = 5, " ,;:(–-"
"""An address with no more than this between it and a person's name is where they live."""


def check_personal(document: Document) -> Iterator[Notice]:
    """A notice for each CPR number and each private telephone number, address and mailbox.

    Private is a telephone number on a line that names no office, a mailbox at a provider for homes that is not named
    for an office ("formand@"), and an address right behind a person's name. Messages do not repeat what they found.

    >>> from pipeline.values import Person, Span
    >>> text = "Bo Lind, Birkevej 12, tlf. 23 45 67 89, bo@gmail.com\\nKommunen: tlf. 33 12 34 56, info@gmail.com"
    >>> document = Document(id="a", source=text, persons=(Person("Bo Lind", mentions=(Span(0, 7),)),))
    >>> [notice.code for notice in check_personal(document)]
    ['private-phone', 'private-mail', 'private-address']
    """
    text = document.text
    numbers = find_cpr(text)
    for start, end in numbers:
        yield Notice("cpr-number", "this looks like a CPR number", start, end)
    taken = Cover(numbers)
    for match in _PHONE.finditer(text):
        if not taken.touches(*match.span()) and not _OFFICE.search(_line(text, match.start(), match.end())):
            yield Notice("private-phone", "this looks like a private telephone number", *match.span())
    for match in _MAIL.finditer(text):
        if _FREE.match(match["host"]) and not _OFFICE_BOX.match(match["box"]):
            yield Notice("private-mail", "this looks like a private mailbox", *match.span())
    people = Cover(mention for person in document.persons for mention in person.mentions)
    for match in _ADDRESS.finditer(text):
        gap = text[max(match.start() - _GAP, 0) : match.start()]
        name_end = match.start() - len(gap) + len(gap.rstrip(_BESIDE))
        if people.touches(name_end - 1, name_end):
            yield Notice("private-address", "this looks like where somebody lives", *match.span())


def _line(text: str, start: int, end: int) -> str:
    """What stands on the line of a place, as far as it belongs together."""
    before, behind = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    return before[before.rfind("\n") + 1 :] + text[start:end] + behind.partition("\n")[0]
