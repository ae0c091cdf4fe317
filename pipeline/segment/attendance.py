"""Who was present and who was absent: lists under a label, and sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pipeline.lexicon import Rule
from pipeline.segment.beside import names_institution
from pipeline.segment.headings import Page, label_at
from pipeline.segment.house import of_house
from pipeline.segment.initials import by_initials
from pipeline.segment.parties import lists_people, parties, party, party_label
from pipeline.segment.people import Group, attendees, is_person
from pipeline.segment.same import once, others
from pipeline.segment.sides import side_by_side
from pipeline.segment.tables import tables
from pipeline.segment.told import AWAY, guests, lists_inside, stand_ins, told
from pipeline.segment.unlabelled import unlabelled
from pipeline.values import Attendee, Span

__all__ = ["Attendance", "attendance"]

LONGEST = 60
"""Lines that one list may run over."""
HEAD = 80
"""Lists are looked for in so many printed lines of head and first items."""

_INITIAL_END = regex.compile(r"\)\.$|\b\p{Lu}\.$")
_SENTENCE_END = regex.compile(r"[.!?]$")
_COUNT = regex.compile(r"\s*(?:ca\.?\s*)?\d+\s\p{Ll}{4,}[^\p{Lu}]*$")
"""How many came, and nobody's name: "41 stemmeberettigede"."""
_COLUMN_GAP = regex.compile(r"\S[ \t]{3,}(?=\S)")
_SUBLABEL = regex.compile(r"(?P<label>\p{L}(?:(?<!\p{Ll}{2})\.|[\p{L}\d\s&/'’()-]|\.(?!\s)){1,50}?)\s*:\s*")
_DASHED = regex.compile(r"(?P<label>\p{Lu}[^,;:()\n]{1,50}?)\s+[–—-]\s+(?=\p{L})")
_NEXT_SIDE = regex.compile(
    r"(?:;\s+|(?<=[.)])\s+(?:(?i:desuden|endvidere|derudover|samt|og)\s+)?)(?=(?:(?:for|fra)\s)?\p{Lu}[^;:.,()]{1,50}:\s)"
)
"""Where the people of one side end and the label of the next begins."""
_HALF_LABEL = regex.compile(r"(?:^|[.)]\s+)(?i:fra|for)\s+\p{Lu}[\p{L} &-]*$")
"""At the end of a line: a label that goes on below."""
_AWAY = regex.compile(r"(?i)\b(?:afbud|fraværende|nej|(?:ikke|ej) (?:til stede|mødt|her)|udeblev\p{L}*)\b")
_MOVES = regex.compile(
    r"^(?i:alle|samtlige)\s(?:\p{L}+\s){0,2}(?i:var|er|mødte|deltog)\b"
    r"|^\p{Lu}[\p{L}-]+ skrev\.|^(?i:i stedet for|fra|under|som stedfortræder for) .* (?:deltog|mødte) "
    r"|^\p{Lu}.*\bdeltog i pkt"
    r"|(?i)\b(?:ankom|forlod|gik|kom|trådte|tiltrådte)\b.{0,60}(?:\bkl\b|\bpkt\b|\bpunkt|mødet|møde\b|\d)"
)
"""Somebody who came later or left earlier is neither present nor absent by that."""
_CAME = regex.compile(
    r"(?:\s*\([^()\n]{1,20}\))?,?\s+(?:som\s+\p{Ll}+\s+)?(?:kommer|kom|møder|mødte|deltog|deltager|måtte\s+gå|går|gik|ankommer|ankom"
    r"|tilsluttede|støder?\s+til|(?:er|var)\s+(?:dog\s+)?(?:med|til\s?stede))\b(?!\s+ikke)"
)
"""Behind a name among those who were away: this one came."""
_SECOND = regex.compile(rf"\s(?:(?:{AWAY}|Referent|Ordstyrer|Dirigent)\s*:|Afbud\s+fra\s+(?=\p{{Lu}}))")
_SEPARATED = regex.compile(r"[,;:(]|\b(?:og|samt|fra|ved)\b")
"""Between the start of a line and the name in it: more than a title."""
_FROM = regex.compile(r"(?i)\W*fra\s[^:]{2,40}:")
"""Before the items a list of who came from there; behind them, what was said from there."""
_OPEN_END = regex.compile(r"(?:[,&-]|\b(?:og|samt))\s*$")


@dataclass(frozen=True)
class Attendance:
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]


def attendance(page: Page, stops: frozenset[int], last: int) -> Attendance:
    """The attendees of a document, each once.

    `stops` are the lines of item headings; lists are read up to the line `last`, and sentences about absence too.
    A person who is in both lists is taken as absent.
    """
    found: dict[str, list[Attendee]] = {"present": [], "absent": []}
    read: set[int] = set()
    index = printed = 0
    first = min(stops, default=len(page.lines))
    rows = tables(page, first)
    rows |= {i: ("present", people) for i, people in parties(page, first, rows).items()}
    for value, people in rows.values():
        found[value] += people
    stops |= rows.keys()
    wrote: list[Attendee] = []
    while index < len(page.lines) and printed < HEAD:
        printed += page.printed(index)
        label = label_at(page, index) if page.printed(index) else None
        if page.printed(index) and label is None and index < first:
            label = party_label(page, index)
        index += 1
        if label and label[0].value == "minute_taker":
            span = Span(label[1], page.lines[index - 1].end)
            wrote += attendees(page.text, span, page.lexicon, Group(), "attendance/minute-taker-label", one=True)
        if label is None or label[0].value not in (*found, "party"):
            continue
        rule, start = label
        value = "present" if rule.value == "party" else rule.value or ""
        if stops and index > min(stops) + 1 and _FROM.match(page.content(index - 1)):
            continue
        inline = page.text[start : page.lines[index - 1].end].strip()
        if index - 1 > first and inline and not lists_people(page, start, page.lines[index - 1].end):
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
        for span, of, one in [part for entry in entries for part in _sides(page, *entry)]:
            name = f"attendance/{rule.name}"
            people = by_initials(page, span, name) or attendees(page.text, span, page.lexicon, of, name, one=one)
            for person in people:
                came = value == "absent" and _CAME.match(page.text, person.end)
                found["present" if came else "absent" if _AWAY.search(person.role or "") else value].append(person)
    for person in unlabelled(page, first, read):
        found["absent" if _AWAY.search(person.role or "") else "present"].append(person)
    for value, people in lists_inside(page, page.lines[min(stops)].start if stops else 0):
        found[value] += people
    for value, people in told(page, last):
        found[value] += people
    found["present"] += stand_ins(page, page.lines[first].start if first < len(page.lines) else 0)
    found["present"] += others(found["present"], [*(guests(page, min(stops)) if stops else []), *wrote])
    found = {value: [_of_house(page, person) for person in people] for value, people in found.items()}
    absent = once(found["absent"])
    away = {person.name for person in absent}
    present = [person for person in once(found["present"]) if person.name not in away]
    return Attendance(tuple(sorted(present, key=_start)), tuple(sorted(absent, key=_start)))


def _of_house(page: Page, person: Attendee) -> Attendee:
    """Somebody from an office of the house ("Plan og Byg") as from the house itself."""
    whole = of_house(page, person.organisation) if person.organisation else None
    return replace(person, organisation=whole) if whole else person


def _start(person: Attendee) -> int:
    return person.start


def _label_group(page: Page, rule: Rule, label: str) -> Group:
    """What "Fra Havneselskabet:" says; a body or an office of the house ("administrationen") is no organisation."""
    match = regex.match(
        r"\W*(?i:fra|deltagere fra)\s+(?P<who>\p{Lu}[\p{L}\d .&/-]+?)(?:\s+(?:deltog|deltager|mødte|var))?\s*:", label
    )
    if rule.value == "party":
        return party(page, label.strip(" :"))
    return Group(organisation=match["who"]) if match else Group()


def _entries(
    page: Page, index: int, start: int, stops: frozenset[int], group: Group, value: str
) -> tuple[list[tuple[Span, Group, bool]], int]:
    """The entries of the list whose label ends at an offset of a line, and the line where it ends.

    Each entry has what its label says, and whether it is one person on a line of their own.
    """
    text = page.text
    inline = bool(text[start : page.lines[index].end].strip())
    if _COUNT.match(text, start, page.lines[index].end):
        return [], index + 1
    block = _block(page, index, stops, inline, value)
    one = not inline and _one_per_line(page, block)
    entries: list[tuple[Span, Group, bool]] = []
    if inline:
        end = page.lines[index].end
        second = _SECOND.search(text, start, end)
        entries.append((*_with_sublabel(page, Span(start, second.start() if second else end), group), False))
        if second:
            return entries, index + 1
    for i in block:
        if _is_side(page, i):
            group, one = Group(organisation=page.content(i)), True
            continue
        line = page.lines[i]
        second = _SECOND.search(text, line.body, line.end)
        if second:
            line = replace(line, end=second.start())
        sub = _SUBLABEL.match(text, line.body, line.end)
        label = (
            sub is not None
            and sub["label"].count("(") == sub["label"].count(")")
            and not (is_person(sub["label"], page.lexicon, listed=False) or _in_label(page, i))
        )
        if label and sub and not text[sub.end() : line.end].strip():
            group = party(page, sub["label"])
            one = _one_per_line(page, [j for j in block if j > i])
        elif entries and not label and not line.bullet and _wraps(page, entries[-1][0], entries[-1][2], i):
            entries[-1] = (Span(entries[-1][0].start, line.end), *entries[-1][1:])
        else:
            single = one and not label
            entries.append((*_with_sublabel(page, Span(line.body, line.end), group), single))
        if second:
            return entries, i + 1
    return entries, (block[-1] if block else index) + 1


def _in_label(page: Page, i: int) -> bool:
    """Whether the line above breaks off inside a label."""
    return page.previous[i] >= 0 and _HALF_LABEL.search(page.content(page.previous[i])) is not None


def _block(page: Page, index: int, stops: frozenset[int], inline: bool, value: str) -> list[int]:
    """The lines of a list below the line of its label; a party's label ends a list of who was away."""
    block: list[int] = []
    i = page.following[index]
    while i < len(page.lines) and i not in stops and i - index < LONGEST and not label_at(page, i):
        if value == "absent" and inline and party_label(page, i):
            break
        content = page.content(i)
        if not inline and _is_side(page, i):
            block.append(i)
            i = page.following[i]
            continue
        fits = len(content) < 400 and (bool(page.lines[i].bullet) or _entry_like(page, i))
        below = (not page.space_before(i) or _left_open(page, i)) and (inline or bool(block))
        apart = inline and not _left_open(page, i) and not (len(block) > 1 and _one_more(page, i))
        if page.space_before(i) and (apart or (block and len(content) >= 120)):
            break
        before = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
        open_above = _left_open(page, i) or _half_name(page, before)
        if _MOVES.search(content) and not page.lines[i].bullet and not open_above:
            break
        if not fits and not (below and _continues(page, i)):
            after = page.following[i]
            between = (
                block
                and not (value == "absent" and page.space_before(i))
                and len(content) < 90
                and after in range(i + 1, min(i + 3, len(page.lines)))
                and _entry_like(page, after)
            )
            if not between or label_at(page, after) or after in stops:
                break
            i = after
            continue
        block.append(i)
        i = page.following[i]
    return block


def _is_side(page: Page, i: int) -> bool:
    """Whether a line holds nothing but an organisation, and the line below it begins with a name."""
    content, below = page.content(i), page.following[i]
    if (
        page.lines[i].bullet
        or len(content) > 60
        or not content[0].isupper()
        or regex.search(r"[:,;.()–|]|\s-|\s{2}", content)
    ):
        return False
    named = page.lexicon.organisations.lookup(content) is not None or names_institution(content)
    if page.lexicon.names.is_first(content.split()[0]):
        return False
    if not named or below >= len(page.lines) or page.space_before(below) or label_at(page, below):
        return False
    people = attendees(page.text, Span(page.lines[below].body, page.lines[below].end), page.lexicon, Group(), "")
    return bool(people) and people[0].start == page.lines[below].body


def _one_per_line(page: Page, block: list[int]) -> bool:
    """Whether most lines of a list begin with a name and hold no second one."""
    starts = runs = 0
    block = [i for i in block if not _is_side(page, i)]
    for i in block:
        line = page.lines[i]
        people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
        sure = [p for p in people if page.lexicon.names.score(p.name) >= 0.5]
        starts += bool(people) and not _SEPARATED.search(page.text, line.body, people[0].start)
        runs += len(sure) >= 3 or (len(people) >= 2 and _OPEN_END.search(page.content(i)) is not None)
        runs += len(block) == 1 and len(people) >= 2 and len(sure) == len(people)
    return starts * 2 > len(block) and runs == 0


def _entry_like(page: Page, i: int) -> bool:
    line = page.lines[i]
    sub = _SUBLABEL.match(page.text, line.body, line.end)
    if sub and not page.text[sub.end() : line.end].strip():
        return True
    content = page.content(i)
    ends = _SENTENCE_END.search(content) and not _INITIAL_END.search(content)
    people = attendees(page.text, Span(sub.end() if sub else line.body, line.end), page.lexicon, Group(), "")
    return bool(people) and not (ends and len(content) > 60 and len(people) < 2)


def _one_more(page: Page, i: int) -> bool:
    """Whether a line is one more person and where they come from: OCR puts space between the lines of a list."""
    line = page.lines[i]
    people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
    ends = page.content(i).endswith((".", ":")) or not people
    return len(people) == 1 and not ends and people[0].organisation is not None


def _continues(page: Page, i: int) -> bool:
    """Whether a line goes on with the line above: an open end or half a name there, or a small letter here."""
    line = page.lines[i]
    return (
        _left_open(page, i)
        or page.text[line.body].islower()
        or page.text[line.body] == "("
        or _half_name(page, page.content(page.previous[i]) if page.previous[i] >= 0 else "")
    )


def _half_name(page: Page, before: str) -> bool:
    """Whether a list breaks off behind a first name, with or without a title before it."""
    words = regex.split(r"[,;:(]|\b(?:og|samt)\s", before)[-1].split()
    titled = len(words) == 1 or page.lexicon.roles.group(" ".join(words[:-1])) is not None
    return (
        bool(words) and titled and regex.search("[,;]", before) is not None and page.lexicon.names.is_first(words[-1])
    )


def _left_open(page: Page, i: int) -> bool:
    """Whether the printed line above ends in the middle of a list, whatever space OCR puts below it."""
    before = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
    full = page.previous[i] >= 0 and page.space_before(i) and page.width >= 50 and page.full(page.previous[i], 0.9)
    runs = full and before[-1] not in ".:)!?" and "," in before
    return runs or bool(_OPEN_END.search(before)) or before.count("(") > before.count(")")


def _wraps(page: Page, entry: Span, one: bool, i: int) -> bool:
    """Whether a line continues the entry before it: an open end, or a run of names."""
    if page.space_before(i) and not _left_open(page, i):
        return False
    if _continues(page, i):
        return True
    names = attendees(page.text, entry, page.lexicon, Group(), "")
    before = page.text[entry.start : entry.end]
    return not one and len(names) >= 2 and len(regex.findall(r",|\bog\b", before)) >= 2


def _sides(page: Page, span: Span, group: Group, one: bool) -> list[tuple[Span, Group, bool]]:
    """An entry, cut where a semicolon parts it from the next side: "Norddal Kommune: Ib Holst; Havnelauget: Karen"."""
    cuts = [m.end() for m in _NEXT_SIDE.finditer(page.text, *span)]
    spans = [Span(a, b) for a, b in pairwise([span.start, *cuts, span.end])]
    return [(spans[0], group, one), *((*_with_sublabel(page, each, group), one) for each in spans[1:])]


def _with_sublabel(page: Page, span: Span, group: Group) -> tuple[Span, Group]:
    sub = _SUBLABEL.match(page.text, span.start, span.end)
    whole = sub is not None and sub["label"].count("(") == sub["label"].count(")")
    if sub and whole and not is_person(sub["label"], page.lexicon, listed=False):
        return Span(sub.end(), span.end), party(page, sub["label"])
    side = _DASHED.match(page.text, span.start, span.end)
    if side and (names_institution(side["label"]) or page.lexicon.organisations.lookup(side["label"])):
        return Span(side.end(), span.end), Group(organisation=side["label"])
    return span, group
