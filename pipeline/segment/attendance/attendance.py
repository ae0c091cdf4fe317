"""Who was present and who was absent: lists under a label, and sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import regex

from pipeline.document import quote_name
from pipeline.find.organisations.bodies import is_own_body, senders
from pipeline.lexicon import Rule
from pipeline.segment.attendance.house import of_house, top
from pipeline.segment.attendance.initials import by_initials, initials_alone
from pipeline.segment.attendance.inverted import Entry, inverted
from pipeline.segment.attendance.listing import (
    SUBLABEL,
    has_one_per_line,
    is_below_name,
    is_side,
    lines_of,
    two_sides,
    wraps,
)
from pipeline.segment.attendance.outside import STAYED, outside_lists, without_status
from pipeline.segment.attendance.parties import lists_people, office_label, party, party_label
from pipeline.segment.attendance.posts_given import are_posts_given
from pipeline.segment.attendance.rollcall import first_item
from pipeline.segment.attendance.same import others, parted
from pipeline.segment.attendance.seats import seats
from pipeline.segment.attendance.sides import side_by_side
from pipeline.segment.attendance.told import AWAY
from pipeline.segment.headings import Page, label_at
from pipeline.segment.page import HEAD
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_person, is_sure
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["Attendance", "attendance"]

_COUNT = regex.compile(r"\s*(?:ca\.?\s*)?\d+\s\p{Ll}{4,}[^\p{Lu}]*$")
"""How many came, and nobody's name: "41 stemmeberettigede"."""
_CONTACT = regex.compile(r"(?i)\W*(?:t[li]f|telefon|tel|mobil|fax|e-?mail|www|j\.?\s?nr|sagsnr)\b.*|\S+@\S+|[+\d ]{8,}")
"""What a second column has beside a label: a telephone number, an address on the web."""
_DASHED = regex.compile(r"(?P<label>\p{Lu}[^,;:()\n]{1,50}?)\s+[–—-]\s+(?=\p{L})")
_NEXT_SIDE = regex.compile(
    r",\s+(?=\p{Lu}\p{Ll}{4,}:\s+\p{Lu})|,\s+(?=(?P<house>\p{Lu}[^;:.,()]{1,50}):\s+\p{Lu})|(?:;\s+|(?<=[.)])\s+(?:(?i:desuden|endvidere|derudover|samt|og)\s+)?)(?=(?:(?:for|fra)\s)?\p{Lu}[^;:.,()]{1,50}:\s)"
)
"""Where the people of one side end and the label of the next begins."""
_HALF_LABEL = regex.compile(r"(?:^|[.)]\s+)(?i:fra|for)\s+\p{Lu}[\p{L} &-]*$")
"""At the end of a line: a label that goes on below."""
_MISSED = regex.compile(
    r"(?i:afbud|fraværende|ikke\s(?:mødt|til\s?stede)|forhindret|syg)\s?(?:fra\s|[:,(–-]\s?)(?=(?:\p{Ll}+\s)?\p{Lu}\p{Ll})"
)
"""How the entry of a side opens whose people were away: "Norddal Havn: afbud (Ib Holst)"."""
_CAME = regex.compile(
    r"(?:(?:\s*\([^()\n]{1,20}\))?,?\s+(?:som\s+\p{Ll}+\s+)?(?:kommer|kom|møder|mødte|deltog|deltager|måtte\s+gå|går|gik|ankommer|ankom"
    r"|tilsluttede|støder?\s+til|(?:er|var)\s+(?:dog\s+)?(?:med|til\s?stede))|\s*\((?:dog\s+)?(?:kom|mødte|deltog|ankom|stødte\s+til))\b(?!\s+(?:ikke|aldrig)\b)"
)
"""Behind a name among those who were away: this one came."""
_SECOND = regex.compile(
    rf"(?:\s|(?<=[\p{{Ll}})][.;]))(?:(?:{AWAY}|(?<=[,;]\s)(?:afbud|fraværende)|Referent|Ordstyrer|Dirigent)\s*:|Afbud\s+fra\s+(?=\p{{Lu}})"
    r"|(?<=\p{Ll}\s)Afbud[ ]+(?=\p{Lu}\p{Ll}+[\s,-]))"
    r"|(?<=[.)])\s(?=\p{Lu}[^.:;,()\n]{2,50}\s(?:mødte?|deltog|var|er|kom|kommer|ankom|indtrådte|gik|forlod|havde|måtte|kunne|meldte)\b)"
)
"""Where the list of a line ends: another label, or a sentence about somebody."""
_SENDER = regex.compile(
    r"\W*(?:(?P<fra>(?i:fra(?: \p{Ll}+(?:en|et))?|deltagere fra))|(?:\p{L}+\s){0,4}?(?i:fra|for|af))\s+"
    r"(?P<who>\d?\p{Lu}[\p{L}\d .&/-]*?)"
    r"(?:\s+(?:deltog|deltager|mødte|var))?\s*(?:\([^()]*\)\s*)?:?\s*"
)
"""A label that says for whom people came: "Mødedeltagere fra Norddal Kommune:"."""
_LIST = regex.compile(
    r"(?i)\W*(?:mødedeltager|deltager|til\s?stede|tilstedeværende|(?:frem)?mødt|fremmøde|afbud|fravær|underskrevet|underskrifter)"
)
"""A label that says who came, wherever it stands, and elects nobody."""
_FROM_BODY = regex.compile(r"\W*(?i:fra|for)\s+(?P<who>\p{Ll}{4,30}(?:\s(?:og\s)?\p{Ll}{4,30})?)\s*:?\s*")
"""A label that says it with a common word: "Fra spejderne:"."""
_PARTED = frozenset(",;:(")
_BESIDE_NAME = regex.compile(r"\s[(–-]")
_FROM = regex.compile(r"(?i)\W*(?:fra|for)\s[^:]{2,40}:")
"""Before the items a list of who came from there; behind them, what was said from there."""


@dataclass(frozen=True)
class Attendance:
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]


def attendance(page: Page, stops: frozenset[int], last: int) -> Attendance:
    """The attendees of a document, each once.

    `stops` are the lines of item headings; lists are read up to the line `last`, and sentences about absence too.
    """
    found: dict[str, list[Attendee]] = {"present": [], "absent": []}
    read: set[int] = set()
    index = printed = 0
    first = first_item(page, stops)
    rows, seated = seats(page, first)
    for value, people in seated:
        found[value] += people
    stops |= rows
    wrote: list[Attendee] = []
    while index < len(page.lines) and printed < HEAD:
        printed += page.printed(index)
        label = label_at(page, index) if page.printed(index) and index not in rows else None
        if page.printed(index) and label is None and index < first:
            label = party_label(page, index) or (office_label(page, index) if page.previous[index] in read else None)
        index += 1
        if label and label[0].value == "minute_taker" and index - 1 <= first and not are_posts_given(page, label[1]):
            alone = not page.text[label[1] : page.lines[index - 1].end].strip()
            span = Span(label[1], page.lines[index - (not (alone and page.following[index - 1] == index < first))].end)
            wrote += attendees(page.text, span, page.lexicon, Group(), "attendance/minute-taker-label", one=True)
        if label is None or label[0].value not in (*found, "party"):
            continue
        rule, start = label
        value = "present" if rule.value == "party" else rule.value or ""
        if stops and index > first + 1 and _FROM.match(page.content(index - 1)) and not _goes_on(page, index - 1, read):
            continue
        inline = page.text[start : page.lines[index - 1].end].strip()
        inside = lists_people(page, start, page.lines[index - 1].end) if inline else rule.name != "present-label-side"
        elects = rule.name == "present-label-list"  # "Bestyrelse:"
        closes = _LIST.match(page.content(index - 1)) and stops and index - 1 > max(stops) and not found["present"]
        if index - 1 > first and not closes and (not inside or elects):
            continue
        if sides := side_by_side(page, index - 1, start):
            for value, people in sides[0]:
                found[value] += people
            index = sides[1]
            continue
        group = _label_group(page, rule, page.text[page.lines[index - 1].body : start])
        above = index - 1
        entries, index = _entries(page, above, start, stops, group, value)
        read |= set(range(above, index))
        for span, of, one in [part for entry in inverted(page, entries) for part in _sides(page, *entry)]:
            name = f"attendance/{rule.name}"
            missed = _MISSED.match(page.text, *span)
            part = Span(missed.end(), span.end) if missed else span
            for person in (
                by_initials(page, part, name)
                or initials_alone(page, part, name, of.organisation)
                or _listed(page, part, of, name, one)
            ):
                came = value == "absent" and _CAME.match(page.text, person.end)
                found["present" if came else "absent" if missed or STAYED.search(person.role or "") else value].append(
                    person
                )
    outside_lists(page, first, stops, last, read | rows, found)
    found["present"] += others(found["present"], wrote)
    found = {value: [without_status(_of_house(page, person)) for person in people] for value, people in found.items()}
    return Attendance(*parted(page.text, found["present"], found["absent"]))


def _of_house(page: Page, person: Attendee) -> Attendee:
    """Somebody from an office of the house ("Plan og Byg") as from the house; from the body that meets as of nobody."""
    if person.organisation and person.organisation[0].islower() and is_own_body(person.organisation, top(page)):
        return replace(person, organisation=None, role=person.role or person.organisation)
    whole = of_house(page, person.organisation) if person.organisation else None
    return replace(person, organisation=whole) if whole else person


def _listed(page: Page, span: Span, group: Group, name: str, one: bool) -> list[Attendee]:
    """The people of an entry; titles may part them with nothing else: "Formand Ib Holst Kasserer Karen Dam"."""
    words = page.text[span.start : span.end].split()[2:]
    apart = not _PARTED.isdisjoint(page.text[span.start : span.end])
    side = not apart and any(word[0].isupper() and page.lexicon.roles.group(word) for word in words)
    people = attendees(page.text, span, page.lexicon, group, name, columns=True) if one and len(words) > 1 else []
    sure = len(people) == 2 and all(is_sure(page.text, Span(p.start, p.end), page.lexicon) for p in people)
    if sure and page.text[people[0].end : people[1].start].isspace():
        return people  # two columns whose gap is lost
    return attendees(page.text, span, page.lexicon, group, name, one=one and not side, columns=side)


def _label_group(page: Page, rule: Rule, label: str) -> Group:
    """What "Fra Havneselskabet:" says; a body or an office of the house ("administrationen") is no organisation."""
    if rule.value == "party":
        return party(page, label.strip(" :"))
    match = _SENDER.fullmatch(label)
    if body := _FROM_BODY.fullmatch(label):
        return Group(organisation=senders(body["who"], page.lexicon))
    if match is None:
        return Group()
    return Group(organisation=match["who"]) if match["fra"] else party(page, match["who"])


def _entries(
    page: Page, index: int, start: int, stops: frozenset[int], group: Group, value: str
) -> tuple[list[Entry], int]:
    """The entries of the list whose label ends at an offset of a line, and the line where it ends.

    Each entry has what its label says, and whether it is one person on a line of their own.
    """
    text = page.text
    beside = text[start : page.lines[index].end].strip()
    inline = bool(beside) and _CONTACT.fullmatch(beside) is None
    if _COUNT.match(text, start, page.lines[index].end):
        return [], index + 1
    block = lines_of(page, index, stops, inline, value)
    one = not inline and has_one_per_line(page, block)
    entries: list[Entry] = []
    if inline:
        end = page.lines[index].end
        second = _second(text, start, end, value)
        entries.append((*_with_sublabel(page, Span(start, second.start() if second else end), group), False))
        if second:
            return entries, index + 1
    for i in block:
        if is_side(page, i):
            group, one = Group(organisation=page.content(i)), has_one_per_line(page, _below_side(page, block, i))
            continue
        if entries and is_below_name(page, i):
            entries[-1] = (entries[-1][0], replace(entries[-1][1], organisation=page.content(i)), True)
            continue
        line = page.lines[i]
        second = _second(text, line.body, line.end, value)
        if second:
            line = replace(line, end=second.start())
        sub = SUBLABEL.match(text, line.body, line.end)
        label = (
            sub is not None
            and sub["label"].count("(") == sub["label"].count(")")
            and not (_opens_with_person(page, sub["label"]) or _in_label(page, i))
        )
        if house := two_sides(page, i):
            group, one = Group(organisation=house), has_one_per_line(page, [j for j in block if j > i])
        elif label and sub and not text[sub.end() : line.end].strip():
            group = party(page, sub["label"])
            one = has_one_per_line(page, [j for j in block if j > i])
        elif entries and not label and not line.bullet and wraps(page, entries[-1][0], entries[-1][2], i):
            entries[-1] = (Span(entries[-1][0].start, line.end), *entries[-1][1:])
        else:
            single = one and not label
            entries.append((*_with_sublabel(page, Span(line.body, line.end), group), single))
        if second:
            return entries, i + 1
    # labels one below the other are read before what stood beside them
    stacked = value == "absent" and not inline and page.content(max(page.previous[index], 0)).endswith(":")
    return [] if stacked else entries, (block[-1] if block else index) + 1


def _second(text: str, start: int, end: int, value: str) -> regex.Match[str] | None:
    """Where a list ends inside a line; "Lærere: Afbud fra Ib" among those who were away is a part of theirs."""
    second = _SECOND.search(text, start, end)
    return None if second and value == "absent" and second.group().lstrip().startswith("Afbud") else second


def _goes_on(page: Page, index: int, read: set[int]) -> bool:
    """Whether a line stands below a list, or below the label of one that has nothing behind it."""
    above = page.previous[index]
    label = label_at(page, above) if above >= 0 else None
    alone = label and label[0].value == "present" and not page.text[label[1] : page.lines[above].end].strip()
    return above in read or bool(alone)


def _below_side(page: Page, block: list[int], i: int) -> list[int]:
    """The lines of a list between the line of a side and that of the next one."""
    return list(takewhile(lambda j: not is_side(page, j), (j for j in block if j > i)))


def _opens_with_person(page: Page, label: str) -> bool:
    """Whether what looks like a label is somebody, or somebody and who came instead: "Ib Holst - stedfortræder:"."""
    name = _BESIDE_NAME.split(label, maxsplit=1)[0]
    called = name.count(" ") in (1, 2) and page.lexicon.names.is_first(name.split()[0])
    return is_person(name, page.lexicon, listed=False) or (called and is_person(name, page.lexicon, listed=True))


def _in_label(page: Page, i: int) -> bool:
    """Whether the line above breaks off inside a label: "…; Danske" above "Fiskeres Forening: Ib Holst"."""
    above = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
    if _HALF_LABEL.search(above):
        return True
    tail, label = regex.split(r"[,;:.]\s", above)[-1], page.content(i).partition(":")[0]
    cut = ":" in above and tail[:1].isupper() and tail[-1].isalnum() and len(tail) < 60
    if (
        not cut
        or (is_house(tail, page.lexicon) and tail != "Region")
        or any(page.lexicon.names.is_first(word) for word in tail.split())
    ):
        return False
    return not is_person(tail, page.lexicon, listed=True) and is_house(f"{tail} {label}", page.lexicon)


def _sides(page: Page, span: Span, group: Group, one: bool) -> list[Entry]:
    """An entry, cut where a semicolon parts it from the next side: "Norddal Kommune: Ib Holst; Havnelauget: Karen"."""
    found = _NEXT_SIDE.finditer(page.text, *span) if page.text.find(":", *span) >= 0 else ()
    cuts = [m.end() for m in found if not m["house"] or is_house(quote_name(page.text, *m.span("house")), page.lexicon)]
    spans = [Span(a, b) for a, b in pairwise([span.start, *cuts, span.end])]
    return [(spans[0], group, one), *((*_with_sublabel(page, each, group), one) for each in spans[1:])]


def _with_sublabel(page: Page, span: Span, group: Group) -> tuple[Span, Group]:
    sub = SUBLABEL.match(page.text, span.start, span.end)
    if sub and sub["label"].count("(") == sub["label"].count(")") and not _opens_with_person(page, sub["label"]):
        return Span(sub.end(), span.end), party(page, sub["label"])
    side = _DASHED.match(page.text, span.start, span.end)
    if side and is_house(side["label"], page.lexicon):
        return Span(side.end(), span.end), Group(organisation=side["label"])
    return span, group
