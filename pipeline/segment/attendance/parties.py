"""Parties and who came for them: "A-siden: Ib Holst, Karen Dam", "Norddal Kommune    Ib Holst"."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import regex

from pipeline.document import quote_name
from pipeline.find.brackets import are_initials
from pipeline.find.organisations.bodies import body_of, is_own_body
from pipeline.lexicon import Rule
from pipeline.segment.attendance.flatrow import MARKS
from pipeline.segment.attendance.house import of_house, top
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_person
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["behind_party", "half_name", "lists_people", "office_label", "parties", "party", "party_label"]

FEWEST = 3
"""So many lines with a party and its people make a list that has no label."""

_NAMED_BEHIND = regex.compile(r"\p{L}+(?:en|et|ne) \((?P<who>\p{Lu}[^()]{2,50})\)")
"""A part and who plays it: "Leverandøren (Kystdata A/S)"."""
_GENERAL = regex.compile(
    r"(?i)(?:uden for|løsgænger|fra|gæst|bestyrelse(?:n|smedlemmer)?$|formandskab|styregruppe|udvalg(?:et)?$"
    r"|råd(?:et)?$|øvrige|andre|ledelse|medarbejder|forældre|elev|administration|adm\.?$"
    r"|sekretariat|medlem|vip|tap|phd\.?$|f?tr$|amr$|stud\.?$|studerende|repræsentant|\p{L}-siden"
    r"|med stemmeret|uden stemmeret"
    r"|(?:gruppe|hold|bord) \w$|\d{1,2}\.?\s?\p{L}$|\p{L}+ stue$|(?:afd\.|afdeling|opgang|blok|hus|team) \w{1,3}$"
    r"|\d{1,2}\. (?:klasse|årgang)$)"
    r"|(?i:.*(?:ledelsen?|bestyrelsen?|sekretariatet|formandskabet|repræsentanter?(?:ne)?|medlemmer(?:ne)?|valgte|ansatte"
    r"|siden|stemmeret)$)"
)
"""Labels that say what part people play, and not for whom they came."""
_AT = regex.compile(r"(?P<who>\p{Lu}{2,5}),\s\p{Lu}\p{Ll}+")
"""A short name and the town: "NSA, Norddal"."""
_SHORT = regex.compile(r"\p{Lu}{3,5}")
_JOINERS = frozenset({"og", "i", "for", "af", "på", "ved", "til", "under", "mod", "med"})
"""Words with a small letter that the name of an organisation may have."""
_OPENERS = frozenset({"For", "Fra", "Via", "På", "Per", "Ikke", "Med", "Uden", "Hvem", "Vi", "Her", "Ved", "Under"})
"""Words that open a label which tells something, and no name."""
_VIA = regex.compile(r"\s+(?:v/|v\.|ved|repræsenteret ved)\s*(?=(?:\p{Ll}+\s)?\p{Lu}\p{Ll})")
"""Between a party and the people who came for it: "Kystklubben v/ Ib Holst"."""
_OFFICER = regex.compile(r"(?P<role>\p{Lu}\p{L}+(?:[ ]\p{Ll}+)?)\s*:\s+(?=\p{Lu}\p{Ll})")
"""An office and who holds it: "Kasserer: Ib Holst"."""
_OFFICER_BESIDE = regex.compile(
    r"(?P<role>\p{Lu}\p{L}+(?:[ ]\p{Ll}+)?)(?:\s*:\s*|[ ]*\|[ ]*|[ ]{3,}|\t\s*)(?=\p{Lu}\p{Ll})"
)
"""The same in columns, or with no space: "Kasserer | Ib Holst", "Kasserer:Ib Holst"."""
_PART = regex.compile(r"\p{Lu}\p{Ll}{4,25}\s?:\s+(?=\p{Lu}[^:\n]{2,60}\s(?:v/|v\.|ved\s))")
"""In front of a party what it is here: "Bygherre: Norddal Kommune v/ Ib Holst"."""
_SORT_OF_ROLE = regex.compile(
    r"\p{Lu}\p{Ll}{3,20}(?:kyndig|ansvarlig|leder|chef|konsulent|mester|fører|værge|lærer|pædagog"
    r"|mand|person|passer|holder|skriver|styrer)e?"
)
_POST = regex.compile(r"(?P<role>\p{L}{4,30})\s(?:af|for|i|på|ved|hos|fra)\s(?=\p{Lu})")
"""A post and what it is in: "Leder af Plan og Byg"."""
_FAMILY = regex.compile(r"\p{Lu}[\p{L}-]+(?:\s*[,;(]|$)")
"""How a line opens that goes on with half a name."""
_NOBODY = regex.compile(
    r"(?i)\s(?:(?:afbud|udeblevet|ingen|ikke\s(?:mødt|til\s?stede|repræsenteret))(?:\.?$|\s\()"
    r"|afbud\sfra\s[^.:;]{4,50}$)"
)
"""Behind a party nobody came for."""
_PARTED = regex.compile(r"^(\p{Lu}{2,6}),\s.*")
_CUT = regex.compile(r"[,;:(]|\b(?:og|samt)\s")
_WORD = regex.compile(r"\S+")
_DASH = regex.compile(r"\s[–—-]\s+(?=\p{L})")
_CLAUSE = regex.compile(r"\s(?:var|er|deltog|mødte|kom|blev)\b")
_ENDS = regex.compile(
    r"\s*(?:[,;(.\n]|$|[·•▪●◦■∙|]\s|(?:og|samt|som)\s|(?:for\s|[–-]\s?\()(?=\p{Lu}))|[ \t]+\p{Lu}{2,4}(?=\s)|[ \t]{3,}"
)
"""Behind a name that is an entry of a list, and not the subject of a sentence."""
_STOP = regex.compile(r"[,;(:]")
_TRAIL = regex.compile(r"(?:\s(?:[xX]{1,2}|\p{Lu}{2,4}|\d\d(?:\s?\d\d){3}))+\s*$")
"""Behind a name in a row whose gaps are lost: initials, crosses, a telephone number."""
_GAP = regex.compile(r"[ \t]{3,}|\t")
_DUE = regex.compile(r"[ \t]{3,}\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?$")
"""At the end of a row, when what it tells is to be done."""


def party(page: Page, label: str) -> Group:
    """What the label in front of some names says of them: their organisation or their role."""
    whole = _PARTED.sub(r"\1", " ".join(label.split()))  # "KSV, Norddal" is the acronym's
    label = regex.sub(
        r"^(?i:(?:repr\.|repræsentant\p{L}*|deltagere|medlemmer|udpeget|valgt|indstillet)\s+(?:for|fra|af)|for|fra)\s+(?=\p{Lu}|\p{Ll}{5,}(?:en|et|ne)$)",
        "",
        whole,
    )
    if not label:
        return Group()
    front, comma, _ = label.partition(",")
    if comma and is_house(front, page.lexicon):
        return Group(organisation=front)  # "Naturstyrelsen, Midt"
    if inside := _NAMED_BEHIND.fullmatch(label):
        return Group(organisation=inside["who"])
    if short := _AT.fullmatch(label):
        return Group(organisation=short["who"])
    if page.lexicon.roles.group(label) or _SORT_OF_ROLE.fullmatch(label):
        return Group(role=label.casefold())
    if house := of_house(page, label):
        return Group(organisation=house)
    if (body := body_of(label, page.lexicon)) and not is_own_body(body, top(page)):
        return Group(organisation=body)
    if (post := _POST.match(label)) and page.lexicon.roles.group(post["role"]):
        where = label[post.end() :]
        return Group(where if _names_party(page, where) else None, label[:1].casefold() + label[1:])
    if _GENERAL.match(label) or (label.endswith(".") and " " not in label) or _CLAUSE.search(label):
        return Group()
    if is_house(label, page.lexicon):
        return Group(organisation=label)
    common = (
        " " not in label
        and not _SHORT.fullmatch(label)
        and page.lexicon.words.count(label.casefold()) > page.lexicon.words.proper_count(label)
    )
    told = any(word[0].islower() and word not in _JOINERS for word in label.split()) or label.split()[0] in _OPENERS
    general = common or told or not label[:1].isupper() or page.match("organisations", "no-name", label)
    return Group() if general else Group(organisation=label)


def behind_party(page: Page, span: Span) -> tuple[Span, Span] | None:
    """A line cut into a party and the people behind it; None where it is no such line.

    The party ends at a wide gap, or where the first full name begins that a known first name opens.
    """
    names = page.lexicon.names
    if gap := _GAP.search(page.text, *span):
        rest = Span(gap.end(), span.end)
        people = attendees(page.text, rest, page.lexicon, Group(), "")
        starts = bool(people) and not regex.search(r"[,;(]", page.text[rest.start : people[0].start])
        return (Span(span.start, gap.start()), rest) if starts else None
    dash = _DASH.search(page.text, *span)
    if dash and _names_party(page, quote_name(page.text, span.start, dash.start())):
        return Span(span.start, dash.start()), Span(dash.end(), span.end)
    if (via := _VIA.search(page.text, *span)) and not regex.search(r"[,;(:.]", page.text[span.start : via.start()]):
        return Span(span.start, via.start()), Span(via.end(), span.end)
    stop = _STOP.search(page.text, *span)
    trail = _TRAIL.search(page.text, *span) if not stop else None
    last = stop.start() if stop else trail.start() if trail else span.end
    words = [Span(*m.span()) for m in _WORD.finditer(page.text, span.start, last)]
    if len(words) < 3 or len(words) > 10 or names.is_first(page.text[words[0].start : words[0].end]):
        return None
    for n in range(1, len(words) - 1):
        name = quote_name(page.text, words[n].start, words[-1].end)
        label = [word for word in words[:n] if any(map(str.isalpha, page.text[word.start : word.end]))]
        if not label or not is_person(name, page.lexicon, listed=True):
            continue
        named = quote_name(page.text, label[0].start, label[-1].end)
        known = _names_party(page, named)
        if known or (names.first_score(name.split()[0]) >= 0.5 and names.score(name) >= 0.5):
            return Span(label[0].start, label[-1].end), Span(words[n].start, last if trail else span.end)
    return None


def _names_party(page: Page, words: str) -> bool:
    return is_house(words, page.lexicon)


def lists_people(page: Page, start: int, end: int) -> bool:
    """Whether what stands behind a label opens with an entry of a list, and with no sentence."""
    people = attendees(page.text, Span(start, end), page.lexicon, Group(), "")
    return bool(people) and _ENDS.match(page.text, people[0].end) is not None


def party_label(page: Page, i: int) -> tuple[Rule, int] | None:
    """The rule and the offset behind a label that no list of labels knows, in front of nothing but people."""
    line = page.lines[i]
    rule = page.rules("attendance", "party")[0]
    match = rule.regex.match(page.text[line.body : line.end])
    if match is None or label_at(page, i) or page.match("attendance", "no-party", match["label"]):
        return None
    if MARKS.search(page.text, line.body, line.end):  # a row of a table
        return None
    start, label = line.body + match.end(), match["label"]
    people = attendees(page.text, Span(start, line.end), page.lexicon, Group(), "")
    opens = people and not regex.search(r"[,;(:.]", page.text[start : people[0].start])
    if not opens or not _ENDS.match(page.text, people[0].end) or is_person(label, page.lexicon, listed=False):
        return None
    sure = [one for one in people if one.role or page.lexicon.names.score(one.name) >= 0.5]
    plays = _GENERAL.match(label) or is_house(label, page.lexicon)
    return (rule, start) if len(sure) >= (1 if plays else 2) else None


def office_label(page: Page, i: int) -> tuple[Rule, int] | None:
    """The rule and the offset behind an office in front of who holds it: "Kordegn: Ib Holst"."""
    line = page.lines[i]
    officer = _OFFICER_BESIDE.match(page.text, line.body, line.end)
    if officer is None or not page.lexicon.roles.group(officer["role"]) or _no_party(page, officer["role"]):
        return None
    named = lists_people(page, officer.end(), line.end)
    return (page.rules("attendance", "party")[0], officer.end()) if named else None


def parties(page: Page, before: int, taken: Container[int]) -> dict[int, list[Attendee]]:
    """By line the people of lines that each hold a party and who came for it, where several stand together.

    Lines that are `taken` belong to a table.
    """
    found: dict[int, list[Attendee]] = {}
    run: dict[int, list[Attendee]] = {}
    wrapped: set[int] = set()
    for i in page.head(before):
        if i in wrapped:
            run[i] = []
            continue
        people = _party_row(page, i, wrapped) if i not in taken and not label_at(page, i) else None
        if people:
            run[i] = people
        if not people and run and _NOBODY.search(page.content(i)):
            continue
        least = FEWEST - _below_label(page, min(run, default=i))
        if not people or len(run) >= least:
            found |= run if len(run) >= least else {}
            run = run if people else {}
    return found


def _below_label(page: Page, i: int) -> bool:
    """Whether a label of those who were there stands alone right above a line that has a wide gap."""
    label = label_at(page, page.previous[i]) if page.previous[i] >= 0 and _GAP.search(page.content(i)) else None
    alone = label is not None and not page.text[label[1] : page.lines[page.previous[i]].end].strip()
    return label is not None and alone and label[0].value == "present"


def _party_row(page: Page, i: int, wrapped: set[int]) -> list[Attendee] | None:
    """The people of a line that holds a party and who came for it; the line that it wraps into is put to `wrapped`."""
    line = page.lines[i]
    if _DUE.search(page.content(i)):
        return None
    part = _PART.match(page.text, line.body, line.end)
    if (
        not part
        and (officer := _OFFICER.match(page.text, line.body, line.end))
        and page.lexicon.roles.group(officer["role"])
    ):
        people = attendees(page.text, Span(officer.end(), line.end), page.lexicon, Group(), "attendance/party")
        opens = people and people[0].start == officer.end() and not _no_party(page, officer["role"])
        return [replace(one, role=one.role or officer["role"].casefold()) for one in people] if opens else None
    split = behind_party(page, Span(part.end() if part else line.body, line.end))
    if split is None:
        return None
    label = quote_name(page.text, *split[0]).rstrip(" :")
    letters = label.isupper() and are_initials(label, _first(page, split[1]))
    if not label[:1].isupper() or letters or page.lexicon.roles.group(label) or _no_party(page, label):
        return None
    if attendees(page.text, split[0], page.lexicon, Group(), ""):
        return None
    end, below = split[1].end, page.following[i]
    goes_on = below == i + 1 < len(page.lines) and _FAMILY.match(page.content(below))
    if goes_on and half_name(page, quote_name(page.text, *split[1])):
        end = page.lines[below].end
        wrapped.add(below)
    return attendees(page.text, Span(split[1].start, end), page.lexicon, party(page, label), "attendance/party")


def half_name(page: Page, before: str) -> bool:
    """Whether a list breaks off behind a first name, with or without a title before it."""
    words = _CUT.split(before)[-1].split()
    firsts = len(words) <= 2 and all(page.lexicon.names.is_first(word) for word in words)
    titled = firsts or page.lexicon.roles.group(" ".join(words[:-1])) is not None
    return (
        bool(words) and titled and regex.search("[,;]", before) is not None and page.lexicon.names.is_first(words[-1])
    )


def _no_party(page: Page, label: str) -> bool:
    return page.match("attendance", "no-party", label) is not None


def _first(page: Page, people: Span) -> str:
    """The words up to the first comma or bracket."""
    return regex.split(r"[,;(]|\s{3,}", quote_name(page.text, *people), maxsplit=1)[0].strip()
