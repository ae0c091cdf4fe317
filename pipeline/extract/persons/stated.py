"""The organisation that an attendance list states for somebody, as the text names it in full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from pipeline.find.brackets import are_initials
from pipeline.find.capitals import plain_name
from pipeline.find.organisations.bodies import is_body, senders
from pipeline.find.organisations.organisations import OrganisationMention
from pipeline.lexicon import Lexicon
from pipeline.values import Attendee

__all__ = ["as_printed", "canonical", "stated_organisation", "stated_side"]

LETTERS = 2
"""So few letters are an acronym only in capitals: "Gl." is no GL."""
REACH = 120
"""So far behind an attendee's name the organisation may go on."""
_OFFICE = regex.compile(
    r"(?<=\p{L}{3})['’]?s\s(?:sekretariat(?:et)?|kontor|direktion|ledelse|bestyrelse|administration)$"
)

_OWN_LETTERS = regex.compile(r"\s\(\p{Lu}{2,6}\)?$")
"""Behind a name, the initials that it goes by."""
_CUT = ("-", "–", ",", ":", ";")
"""A name does not end so."""


def as_printed(name: str, text: str, lexicon: Lexicon) -> str:
    """A known organisation's name, or where the text has only another of its names, that one.

    >>> as_printed("KL", "Kommunernes Landsforening svarer.", Lexicon.load())
    'Kommunernes Landsforening'
    >>> as_printed("Røde Kors", "Dansk Røde Kors svarer.", Lexicon.load())
    'Dansk Røde Kors'
    """
    known = lexicon.organisations.lookup(name)
    if known is None:
        return name
    aliases = sorted(known.aliases, key=len, reverse=True)
    rest = text
    for longer in (alias for alias in aliases if name in alias):
        rest = rest.replace(longer, "")
    return name if _has(rest, name) else next((alias for alias in aliases if _has(text, alias)), name)


def canonical(printed: str, lexicon: Lexicon) -> str:
    """The name of a known organisation, else the words as printed, with single blanks."""
    known = lexicon.organisations.lookup(printed)
    return known.name if known else " ".join(printed.split())


def _has(text: str, name: str) -> bool:
    """Whether the text has a name as a word, or in the genitive."""
    place = text.find(name)
    while place >= 0:
        behind = text[place + len(name) : place + len(name) + 2]
        if not text[place - 1 : place].isalnum() and not behind.removeprefix("s")[:1].isalnum():
            return True
        place = text.find(name, place + 1)
    return False


def stated_side(
    attendee: Attendee, text: str, organisations: Sequence[OrganisationMention], lexicon: Lexicon
) -> str | None:
    """For whom an attendee came: an organisation by its name, or a body that a common word calls: "menighedsrådet".

    >>> ida = Attendee(start=0, end=0, rule="a", confidence=1, name="Ida Dam", organisation="menighedsrådet")
    >>> stated_side(ida, "", [], Lexicon.load()), stated_organisation(ida, "", [], Lexicon.load())
    ('menighedsrådet', None)
    """
    named = stated_organisation(attendee, text, organisations, lexicon)
    said = " ".join((attendee.organisation or "").split())
    word = said[:1].casefold() + said[1:]
    called = is_body(word, lexicon) or senders(word, lexicon) is not None
    return named or (said if called else None)


def stated_organisation(
    attendee: Attendee, text: str, organisations: Sequence[OrganisationMention], lexicon: Lexicon
) -> str | None:
    """The name of an attendee's organisation; None where the list states none that has a proper name.

    A name that the list cuts short ("Bæk" of "Bæk & Bro") is completed from the text, "Norddals sekretariat" is
    Norddal, and a known organisation goes by its canonical name.

    >>> ida = Attendee(start=0, end=0, rule="a", confidence=1, name="Ida Dam", organisation="Kommunernes Landsforening")
    >>> stated_organisation(ida, "", [], Lexicon.load())
    'KL'
    """
    printed = _OWN_LETTERS.sub("", plain_name(attendee.organisation or ""))
    if len(printed) <= LETTERS and not printed.isupper():
        return None
    if known := next(filter(None, map(lexicon.organisations.lookup, (printed, *printed.split("/")))), None):
        return known.name
    things = (rule for rule in lexicon.rules("organisations") if rule.value == "no-name" and rule.name != "no-house")
    office = lexicon.by_name("organisations")["office"].regex.match(printed)
    if (
        not printed[:1].isupper()
        or printed.endswith(_CUT)
        or (not office and any(rule.regex.match(printed) for rule in things))
    ):
        return None
    if are_initials(printed, attendee.name) and not any(mention.name == printed for mention in organisations):
        return None  # "Karen Lind (KL)", where all go by such initials
    first = bisect_left(organisations, attendee.start, key=lambda mention: mention.start)
    last = bisect_left(organisations, attendee.end + REACH, first, key=lambda mention: mention.start)
    for mention in organisations[first:last]:
        if mention.name != printed:
            whole = plain_name(text[mention.start : mention.end])
            if text.startswith("\n", mention.start + len(printed)):
                continue  # the next entry, and no more of this name
            if whole.startswith(printed) and not whole[len(printed) : len(printed) + 1].isalnum():
                return mention.name
    stem = _OFFICE.sub("", printed)
    known = lexicon.organisations.lookup(stem)
    return known.name if known else stem
