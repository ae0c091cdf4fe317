"""Names in an attendance list, with the organisation and role printed beside each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from pipeline.document import quote_name
from pipeline.find.brackets import names_office
from pipeline.lexicon import Lexicon
from pipeline.segment.people.beside import (
    TOWN,
    Draft,
    describe,
    first_letters,
    in_common,
    is_house,
    is_initials,
    is_substitute,
    names_institution,
)
from pipeline.segment.people.named import COMMON, is_person, is_sure
from pipeline.segment.people.pieces import below, initialled, pieces_of, with_offices
from pipeline.segment.people.titled import titled
from pipeline.segment.people.ungapped import apart, before_house, behind_house
from pipeline.segment.people.whence import from_where, sender_in
from pipeline.values import Attendee, Span

__all__ = ["Group", "attendees"]

LONGEST = 3000
"""Characters of one entry; what is longer is no list of names."""
_BESIDE = regex.compile(r"\s*[,;]\s*|\s*(?<!\b[AIKP])/\s*|\s+og\s+(?!\p{Lu}\p{L}+s\s+\p{Ll})")
_SHORT_FORM = regex.compile(
    r"\p{Lu}|\p{Lu}*@\p{Lu}*|SF|EL|LA|DF|KF|RV|DD|NB|[\p{N}., ]+|\p{Lu}\p{L}+[Ll]isten?|(?i:løsgænger|uden for parti)"
)
_UNKNOWN_NAME = regex.compile(r"\p{Lu}\p{Ll}{2,12}")
SHORT = 10
"""Characters that a lone first name is shorter than."""
_HALF_FIRM = regex.compile(r"(?<=&\s*)$")
"""Behind "&" stands a first name, or the second half of a firm's name ("Sten & Kalk")."""
_AND = regex.compile(r"\s+(?:og|samt|&|\+)\s+")
_OUTER = regex.compile(r"[,;:+]|\s(?:og|samt)\s")
_BY = regex.compile(r"\s(?:v/|v\.|ved)\s*(?:\p{Ll}+\s)?$")
_AWAY_INSIDE = regex.compile(
    r"(?P<who>\p{Lu}[^,()]{2,40}?)(?:,\s*|\s+(?:er\s+|var\s+)?)(?P<why>(?:har\s|havde\s)?(?:syg(?:emeldt)?|afbud|fraværende|forhindret|bortrejst"
    r"|(?:på\s)?(?:barsel|orlov|ferie)|ikke (?:til ?stede|mødt)|meldt (?:fra|afbud)))"
)
"""In a bracket somebody else, who was away: "Karen Dam (Ib Holst, syg)"."""
_OUTSIDER = regex.compile(
    r"(?i)(?:revisor|advokat|jurist|ingeniør|arkitekt|rådgiver|konsulent|landinspektør|mægler|entreprenør|leverandør|aktuar|journalist)$"
)
"""Professions of people who come from a firm, whose name then stands behind theirs."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the label of a list says of everyone in it."""

    organisation: str | None = None
    role: str | None = None


def attendees(
    text: str, span: Span, lexicon: Lexicon, group: Group, rule: str, *, one: bool = False, columns: bool = False
) -> list[Attendee]:
    """The people named in one entry or one run of entries, in order; `one` where an entry is one person.

    `columns` where names may stand side by side with nothing but a space between them.

    What stands behind a name, in brackets or after a comma, is their role where it is a role word or begins with a
    small letter, else their organisation. Party letters, initials and notes ("fra kl. 10") are neither.
    """
    return [replace(person, rule=rule) for person in _people(text, span, lexicon, group, one=one, columns=columns)]


@lru_cache(maxsize=256)
def _people(text: str, span: Span, lexicon: Lexicon, group: Group, *, one: bool, columns: bool) -> tuple[Attendee, ...]:
    """The same, by whatever rule: several layouts try the same lines."""
    drafts: list[Draft] = []
    span = Span(span.start, min(span.end, span.start + LONGEST))
    pieces = [each for piece in pieces_of(text, span) for each in initialled(text, *piece, lexicon)]
    pieces = [each for piece in pieces for each in below(text, *piece, lexicon)]
    pieces = [each for piece in pieces for each in behind_house(text, *piece, lexicon)]
    pieces = [each for piece in pieces for each in before_house(text, *piece, lexicon)]
    if columns:
        pieces = [each for piece in pieces for each in apart(text, *piece, lexicon)]
    pieces = with_offices(text, pieces, lexicon)
    if (house := _house_in_front(text, pieces, lexicon)) and not group.organisation:
        pieces, group = pieces[1:], replace(group, organisation=house)
    parted = text.find(";", *span) >= 0
    for piece, opening in pieces:
        content = " ".join(quote_name(text, *piece).split())
        if opening == "(":
            _bracket(text, piece, content, drafts, lexicon)
        elif drafts and is_substitute(content):
            describe(content, drafts[-1], lexicon)
        elif not in_common(content, drafts):
            sender, rest = from_where(text, piece, lexicon)
            role, name = titled(text, rest, lexicon)
            if name is None and opening == "," and not one and _one_of_the_names(content, drafts, lexicon):
                name = rest
            if name is not None and parted and drafts and drafts[-1].role and _is_beside(text, piece, content, lexicon):
                name = None
            if name is not None and opening == "," and drafts and _is_place_of(text, rest, drafts, lexicon):
                name = None
            column = opening == "&" or text[piece.start - 3 : piece.start].isspace()
            if name is not None and drafts and one and not (column and is_sure(text, name, lexicon)):
                name = None
            if name is not None and opening == "," and drafts and _is_firm_of(content, drafts[-1], lexicon):
                name = None
            if (
                name is not None
                and _HALF_FIRM.search(text, 0, piece.start)
                and not lexicon.names.is_first(content.split()[0])
            ):
                if drafts:
                    _goes_on(text, piece, content, drafts[-1], lexicon)
                continue
            if name is not None:
                sender = sender or (_sender_of_both(text, name, drafts) if opening == "&" else None)
                drafts.append(Draft(name, group.organisation or sender or sender_in(role, lexicon), role))
                _shared(text, drafts, lexicon)
            elif drafts and (
                content == first_letters(text, drafts[-1].span)
                or (opening == "&" and _goes_on(text, piece, content, drafts[-1], lexicon))
            ):
                continue
            elif drafts and (opening == "," or lexicon.roles.group(content)):
                describe(content, drafts[-1], lexicon)
    return tuple(
        Attendee(
            start=draft.span.start,
            end=draft.span.end,
            rule="",
            confidence=0.95 if lexicon.names.score(quote_name(text, *draft.span)) >= 0.5 else 0.8,
            name=quote_name(text, *draft.span),
            organisation=draft.organisation,
            role=draft.role or group.role,
        )
        for draft in drafts
    )


def _house_in_front(text: str, pieces: list[tuple[Span, str]], lexicon: Lexicon) -> str | None:
    """The organisation that opens an entry of one person, who stands behind its comma: "Norddal Havn, Ib Holst"."""
    if not 2 <= len(pieces) <= 4 or pieces[1][1] != ",":
        return None
    content = quote_name(text, *pieces[0][0])
    if not content[:1].isupper() or not is_house(content, lexicon):
        return None
    names = [titled(text, piece, lexicon)[1] for piece, opening in pieces[1:] if opening != "("]
    sure = [name is not None and is_sure(text, name, lexicon) for name in names]
    return content if sure and sure[0] and sum(sure) == 1 else None


def _is_firm_of(content: str, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether words that open with no first name are the firm of an outsider: "revisor Ib Holst, Revi Fjord"."""
    outsider = draft.role and not draft.organisation and _OUTSIDER.search(draft.role)
    return bool(outsider) and " " in content and not lexicon.names.is_first(content.split(maxsplit=1)[0])


def _is_place_of(text: str, piece: Span, drafts: list[Draft], lexicon: Lexicon) -> bool:
    """Whether one word that is no first name says where a full name before it comes from: "Ib Holst, Norddal, …"."""
    content = quote_name(text, *piece)
    if " " in content or "-" in content or not content[:1].isupper() or drafts[-1].organisation:
        return False
    count = lexicon.names.count(content)
    full = all(" " in quote_name(text, *draft.span) for draft in drafts)
    return full and count.first == 0 and count.family < COMMON and TOWN.search(content) is not None


def _one_of_the_names(content: str, drafts: list[Draft], lexicon: Lexicon) -> bool:
    """Whether a word that no list knows stands among lone first names: "Mie, Ib, Xaviera, Karen"."""
    alone = len(drafts) > 1 and all(d.organisation is None and d.span.end - d.span.start < SHORT for d in drafts[-2:])
    return (
        alone
        and _UNKNOWN_NAME.fullmatch(content) is not None
        and lexicon.words.count(content.casefold()) == 0
        and not names_institution(content)
        and not lexicon.names.is_place(content)
        and not lexicon.roles.group(content)
        and lexicon.organisations.lookup(content) is None
    )


def _is_beside(text: str, piece: Span, content: str, lexicon: Lexicon) -> bool:
    """Whether a piece behind a comma is no person in a list that semicolons part: "revisor Ib Holst, Kyst Tal; …"."""
    behind = text[max(0, piece.start - 2) : piece.start] in (", ", ",\n")
    first = content.split(maxsplit=1)[0]
    called = lexicon.names.is_first(first) or lexicon.names.count(first).first >= COMMON
    return behind and content[:1].isupper() and not called


def _goes_on(text: str, piece: Span, content: str, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a piece behind "og" is the rest of the organisation before it ("Plan og Byg"), which then gets it."""
    before = draft.organisation
    if not before or lexicon.organisations.lookup(before) or not content[:1].isupper() or lexicon.roles.group(content):
        return False
    place = text.rfind(before, draft.span.end, piece.start)
    if place < 0 or not regex.fullmatch(r"\s+(?:og|&)\s+", text[place + len(before) : piece.start]):
        return False
    draft.organisation = quote_name(text, place, piece.end)
    return True


def _bracket(text: str, piece: Span, content: str, drafts: list[Draft], lexicon: Lexicon) -> None:
    other = _AWAY_INSIDE.fullmatch(text, *piece)
    if other and is_person(other["who"], lexicon, listed=True):
        drafts.append(Draft(Span(*other.span("who")), role=other["why"].casefold(), closed=True))
        return
    before = text[max(0, piece.start - 80) : piece.start - 1].rsplit("\n", 1)[-1]
    outer = _OUTER.split(before)[-1].strip()
    inside = [part for part, _ in pieces_of(text, piece)]
    named = all(is_person(quote_name(text, *part), lexicon, listed=False) for part in inside)
    if len(inside) > 1 and named and outer and not is_person(outer, lexicon, listed=True):
        house = outer if is_house(outer, lexicon) else None
        drafts += [Draft(part, house, closed=True) for part in inside]
        return
    if is_person(content, lexicon, listed=False) and len(content.split()) > 1:
        if outer and not is_person(outer, lexicon, listed=True):
            drafts.append(Draft(piece, outer or None, closed=True))
        return
    if not drafts or _SHORT_FORM.fullmatch(content):
        return
    if is_initials(text, drafts[-1].span, content) or in_common(content, drafts):
        return
    if names_office(content, lexicon) and not drafts[-1].organisation:
        drafts[-1].organisation = content
        return
    if names_office(content, lexicon):
        drafts[-1].plays(content)
        return
    for part in _BESIDE.split(content):
        if not is_initials(text, drafts[-1].span, part):
            describe(part, drafts[-1], lexicon)
    _shared(text, drafts, lexicon)


def _shared(text: str, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Give the organisation of the last one to the one before, too, where "og" joins the two in a list of pairs."""
    if len(drafts) < 2 or (len(drafts) > 2 and drafts[-3].organisation is None):
        return
    first, last = drafts[-2:]
    named = last.organisation and is_house(last.organisation, lexicon)
    if named and not (first.organisation or first.role) and _AND.fullmatch(text, first.span.end, last.span.start):
        first.organisation = last.organisation


def _sender_of_both(text: str, name: Span, drafts: list[Draft]) -> str | None:
    """The organisation in front of the name before: "KL ved Ib Holst og Karen Dam"."""
    if not drafts or not drafts[-1].organisation or not _AND.fullmatch(text, drafts[-1].span.end, name.start):
        return None
    place = max(0, drafts[-1].span.start - 60)
    before = _BY.search(text, place, drafts[-1].span.start) is not None
    before = before or text[place : drafts[-1].span.start].rstrip().endswith(drafts[-1].organisation)
    return drafts[-1].organisation if before else None
