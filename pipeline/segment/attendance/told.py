"""Who was there and who was not, as running text tells it: labels inside a line, and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import regex

from pipeline.find.organisations.bodies import is_own_body, senders
from pipeline.layout import sentences
from pipeline.lexicon import Lexicon, Needed
from pipeline.segment.attendance.house import of_house, top
from pipeline.segment.attendance.initials import initials_alone
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page
from pipeline.segment.people.beside import names_institution
from pipeline.segment.people.named import is_person
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["AWAY", "besides", "excused", "guests", "lists_inside", "moved", "replaced", "stand_ins", "told"]

AWAY = (
    r"Afbud|(?:Med|Uden) afbud|Fravær(?:ende)?|Forfald|Forhindre(?:t|de)"
    r"|Ikke (?:til stede|mødt|med)|Deltog ikke|Udeblev(?:et|ne)?"
)
"""Labels of those who were away, where they stand inside a line."""
_INSIDE = regex.compile(
    rf"(?<=[^\n\s][ \t]+|\(|\d\.|\)\.|\p{{Ll}}\.)(?:(?:(?P<away>{AWAY}|(?<=[,;]\s)(?:afbud|fraværende)|Afbud fra)"
    r"|(?P<other>Referent|Ordstyrer|Dirigent|Sted|Tid)|(?:Til ?stede|Mødt)(?: var)?|Deltagere|Fremmødte?|Gæste?r?"
    r"|(?<=\p{L} )(?:fremmødte|deltagere|tilstedeværende)"
    r"|(?<=\b(?:velkommen\stil|mødt\svar|til\sstede\svar|mødte|deltog)\s(?:(?:alle|de|i\salt)\s)?\w{2,8}\s)"
    r"(?:\p{Ll}{0,20}medlemmer|beboere|delegerede|repræsentanter|forældre|frivillige|personer|gæster|mand))\s*:"
    r"|(?P<from>Afbud|(?<=[(]|\p{L}\s?:\s|\S[ ]{2,4})afbud)\s+fra\s+(?=(?:\p{Ll}{4,24}\s)?\p{Lu})"
    r"|(?P<from>(?<=\p{Lu}\p{Ll}+[ ])Afbud)[ ]+(?=\p{Lu}\p{Ll}+[\s,-]))(?=[ \t]*\S)"
)
_LIST_END = regex.compile(
    r"\n\s*\n|\n\p{Lu}[^\n:,.]{1,40}:\s|\.\s+(?=\p{Lu}\p{L}+\s+\p{Ll})|(?<=\p{Ll})\s(?=\p{Lu}\p{Ll}{3,20}:\s\p{Lu}\p{Ll}+\s\p{Ll}+\s)"
)
_ROW_END = regex.compile(
    r"[)\n](?<![,&]\n|\bog\n|\p{Lu}\p{Ll}{1,20}\n(?=\p{Lu}\p{Ll}+\s*(?:[,.;)(]|$)))", regex.MULTILINE
)
"""Where the cell of a row ends that says who was away, unless a name or a list goes on below."""
_LABEL_BELOW = regex.compile(r"\n\p{Lu}[^\n:,.]{1,40}:\s")
_STANDS_IN = regex.compile(
    r"(?i:\b(?:stedfortræder|suppleant|afløser|vikar)\s*:|\bi\s+stedet(?:\s*:|\s+(?:mødte|deltog|kom|er|var)))\s+(?=\p{Lu}\p{Ll})"
    r"|\b(?i:stedfortræder|suppleant|afløser|vikar)(?:en)?\s+(?=\p{Lu}\p{L}+(?:\s\p{Lu}[\p{L}.-]*){1,3}\s(?:deltog|mødte|kom|var|er)\b(?!\s(?:også\s|ligeledes\s|dog\s|desværre\s)?(?:ikke|forhindret|syg|fraværende|bortrejst|på\sferie)\b))"
)
_SIDES = ("came-from", "came-for-side")
"""Rules that find the side somebody came for, whatever its name."""
_STOP = regex.compile(r"[)\n.;]")
_NEW_LINE = regex.compile(r"\n[ \t]*(?=\p{Lu})")
_INSTEAD = regex.compile(
    r"(?i:\b(?:(?:i\s+stedet|stedfortræder|suppleant|afløser|vikar|substitut)\s+for|i\s+st\.\s*f(?:or|\.)))\s+(?P<who>\p{Lu}[^,();:]{2,60})"
)
"""For whom somebody came."""
_FOR_ONE = regex.compile(
    r"(?:(?<=\p{Lu}\p{L}+\s)|(?<=[(,]\s?)|(?<=\b(?:stedet|afløser)\s)|(?<=\bst\.\s?)(?=f))f(?:or|\.)\s(?P<who>\p{Lu}[\p{L}.-]+(?:\s\p{Lu}[\p{L}.-]+){1,3})(?=\s*(?:[,;)]|$|\n|\sog\s))"
)
"""In a list of who came: for whom. A standing substitute ("suppleant for") is none."""
_INSTEAD_CAME = regex.compile(r",\s(?:og|men|mens)\s(?P<who>\p{Lu}[^,.;:]{3,60}?)\s(?:deltog|mødte|kom|stillede|var)\b")
"""Behind those who were away, who came for them: "afbud fra Ib Holst, og Karen Dam deltog som suppleant"."""
_NO_SUBJECT = regex.compile(r",\s*$|\b(?:at|om|hvis|når|da|fordi)\s")
"""What tells no more of the names in front of it: a note in a list ("Ib Holst, gik kl. 18"), or another clause."""
_BESIDE = regex.compile(r"\p{Lu}[^,;:.()]{4,60},\s\p{Lu}[^,;:.()]{0,60},\s*")
"""Somebody, and between commas where they come from: "Ib Holst, Norddal Havn, deltog …"."""
_FULL = regex.compile(r"(?:\p{Ll}{4,}\s)?\p{Lu}\p{L}+(?:[ -]\p{Lu}[\p{L}.-]*)+\s*(?:[,(]|$|og\s)")
"""A line that begins with a full name, and not with the rest of one."""
_WHO_ALSO = regex.compile(
    r"(?P<who>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]*\.?){1,3}(?:\s\([^()\n]{2,60}\))?),?\s(?:der|som)\s$"
)
"""Of whom a clause tells more inside a sentence about somebody else: "Ib takkede Karen Dam (KL), der deltog …"."""
_NEXT_CLAUSE = regex.compile(r",\s(?:og|men|mens)\s(?=[^,]{3,60}$)")
_CONTRAST = regex.compile(
    r",\s(?:mens|hvorimod|men)\s(?=(?:\p{Ll}{4,20}\s)?\p{Lu}\p{Ll})"
    r"|;\s(?=i\s(?:hans|hendes|deres|stedet)\b)"
    r"|;\s(?=(?:(?:for|fra)\s)?\p{Lu}[^;:.,()]{2,60}\s(?:var|mødte|deltog|stillede)\s)"
    r"|;\s(?=(?:\p{Ll}{4,20}\s)?\p{Lu}\p{Ll}[^;:.,\n]{2,40}\s(?:var|er|havde|har|kunne|meldte|mødte|deltog|kom|sendte|måtte)\s)"
)
_CLAUSE = regex.compile(r"\bat\s|[:;]\s|,\s(?:mens|men|hvorimod)\s")
_BUT_END = regex.compile(r"\s(?:var|er|mødte|deltog)\b|:|$")
_TITLED = regex.compile(r"(?:(?!(?:at|om|hvis|når|da|fordi|som|der|ikke)\b)\p{L}[\p{L}.-]*\s+){0,4}")
"""In front of the first name of a sentence: a title, and no clause."""
_OWN_LINE = regex.compile(r"(?<![,&-]|\bog|\bsamt)[ \t]*\n[ \t]*(?=\p{Lu})")
"""Where a sentence begins on a line of its own, be the full stop above lost."""
_FROM_BODY = regex.compile(r"(?i:fra|for)\s(?P<who>\p{Ll}+(?:\s\p{Ll}+)?)\s(?:deltog|mødte|var)\b")
"""Before those who came, the body that sent them: "Fra kommunen deltog"."""
_OPEN = regex.compile(r"\s*\(\s*(?:(?:som|der)\s*)?$")
"""A bracket that opens between a name and what is told: "(deltog under pkt. 3)"."""


_EXCUSED = ("t afbud", "udeblev", "ikke i mødet")
"""Without one of these no sentence says that somebody sent an excuse."""
_BESIDES = regex.compile(
    r"(?i:antal|fremmød|mødt|til ?stede|repræsenteret|deltog|deltag|der var)[^.;\n]{0,60}"
    r"\b\d{1,4}\s(?:stk\.?|\p{Ll}{4,25})[^\p{Lu};:]{0,80}?"
    r"[.,]?\s(?i:desuden|endvidere|derudover|herudover|foruden|samt|plus|udover|tillige)\s(?i:(?:deltog|mødte)\s)?"
    r"(?=(?:\p{Ll}{2,25}\s){0,4}\p{Lu}\p{Ll})"
)
"""How many came, and before those who are named: "41 medlemmer, heraf 6 ved fuldmagt. Desuden revisor Ib Holst"."""
_BESIDES_END = regex.compile(r"\n\s*\n|(?<=\p{Ll}{2})\.\s|$")


def besides(page: Page, end: int) -> list[Attendee]:
    """The people whom the head names behind the number of those who came."""
    match = _BESIDES.search(page.text, 0, min(end, 6_000))
    stop = _BESIDES_END.search(page.text, match.end(), end) if match else None
    span = Span(match.end(), stop.start() if stop else end) if match else Span(0, 0)
    return attendees(page.text, span, page.lexicon, Group(), "attendance/besides")


def lists_inside(page: Page, end: int) -> Iterator[tuple[str, list[Attendee]]]:
    """The lists whose label stands inside a line of the head: "… i skuret. Til stede: Ib og Karen. Afbud: Ole."."""
    labels = list(_INSIDE.finditer(page.text, 0, min(end, 20_000)))
    for n, match in enumerate(labels):
        stop = labels[n + 1].start() if n + 1 < len(labels) else end
        blank = _LIST_END.search(page.text, match.end(), stop)
        row = _ROW_END.search(page.text, match.end(), stop) if match["from"] == "afbud" else None
        span = Span(match.end(), min([each.start() for each in (blank, row) if each], default=stop))
        value = "absent" if match["away"] or match["from"] else "present"
        if not match["other"]:
            name = f"attendance/{value}-inside"
            letters = initials_alone(page, span, name)
            yield value, letters or attendees(page.text, span, page.lexicon, Group(), name)


def stand_ins(page: Page, end: int) -> list[Attendee]:
    """Those of whom the lists of the head say that they came for somebody else: "(stedfortræder: Karen Dam)"."""
    found: list[Attendee] = []
    for match in _STANDS_IN.finditer(page.text, 0, end):
        stop = _STOP.search(page.text, match.end(), end)
        span = Span(match.end(), stop.start() if stop else end)
        found += attendees(page.text, span, page.lexicon, Group(), "attendance/stand-in")[:1]
    return found


def guests(page: Page, before: int) -> list[Attendee]:
    """Those of whom the head says that they took part in some of the meeting: "Ib fra Kystklubben deltog i pkt. 3"."""
    rule = page.rules("attendance", "came-behind")[0]
    end = page.lines[before].start
    if not rule.regex.search(page.text, 0, end):
        return []
    found: list[Attendee] = []
    for span in sentences(page.text, 0, end):
        if match := rule.regex.search(page.text, span.start, span.end):
            opened = _OPEN.search(page.text, span.start, match.start())
            names = Span(span.start, opened.start() if opened else match.start())
            found += attendees(page.text, names, page.lexicon, Group(), f"attendance/{rule.name}")
    return found


def moved(page: Page) -> list[Attendee]:
    """Those of whom a sentence says by their full name that they came or went while the body met."""
    rule = page.rules("attendance", "came-moved")[0]
    found: list[Attendee] = []
    for span in sentences(page.text, 0, len(page.text)) if rule.regex.search(page.text) else ():
        if match := rule.regex.search(page.text[span.start : span.end]):
            people = _in_front(page, span, match, f"attendance/{rule.name}")
            found += [one for one in people if " " in one.name]
    return found


def excused(page: Page) -> Iterator[tuple[str, list[Attendee]]]:
    """Those of whom a sentence says anywhere by their full name that they sent an excuse, and who came instead."""
    rule = page.rules("attendance", "excused")[0]
    for match in rule.regex.finditer(page.text) if any(word in page.text for word in _EXCUSED) else ():
        for value, group in (("absent", "who"), ("present", "stood_in")):
            if match[group]:
                span = Span(*match.span(group))
                yield value, attendees(page.text, span, page.lexicon, Group(), f"attendance/{rule.name}")


def _in_front(page: Page, span: Span, match: regex.Match[str], name: str) -> list[Attendee]:
    """The people with whom a sentence begins and of whom a match tells something; nobody where a clause does."""
    begins = span.start
    for clause in (_OWN_LINE, _NEXT_CLAUSE):
        begins = max(
            (m.end() for m in clause.finditer(page.text[: span.start + match.start()], begins)), default=begins
        )
    words = Span(begins, span.start + match.start())
    if _NO_SUBJECT.search(page.text, *words) and not _BESIDE.fullmatch(page.text, *words):
        return []
    if opened := _OPEN.search(page.text, *words):
        words = Span(begins, opened.start())
    if page.match("items", "finite", page.text[words.start : words.end]):
        also = _WHO_ALSO.search(page.text, *words)
        words = Span(*also.span("who")) if also else words
    who = " ".join((match.groupdict().get("who") or "").split())
    group = Group(organisation=who if who and _names_one(page, who) else None)
    people = attendees(page.text, words, page.lexicon, group, name)
    opens = people and _TITLED.fullmatch(page.text, words.start, people[0].start)
    return people if opens else []


def replaced(page: Page, lines: Iterable[int]) -> list[Attendee]:
    """Those in whose place somebody stands in a list: "Ib Holst for Karen Dam", "Ib Holst (i stedet for Karen Dam)"."""
    found: list[Attendee] = []
    for i in lines:
        for match in _FOR_ONE.finditer(page.text, page.lines[i].body, page.lines[i].end):
            if is_person(match["who"], page.lexicon, listed=False):
                found += attendees(page.text, Span(*match.span("who")), page.lexicon, Group(), "attendance/replaced")
    return found


def _replaced(page: Page, span: Span, name: str) -> Iterator[tuple[str, list[Attendee]]]:
    """Those in whose place somebody came."""
    for instead in _INSTEAD.finditer(page.text, *span):
        yield "absent", attendees(page.text, Span(*instead.span("who")), page.lexicon, Group(), name)


def _lines(page: Page, span: Span) -> list[Span]:
    """A sentence, cut where a line in it says that somebody came: the full stop before it is lost."""
    rules = page.rules("attendance", "came")
    starts = [m.end() for m in _NEW_LINE.finditer(page.text, *span)]
    cuts = [at for at in starts if any(rule.regex.match(page.text[at : min(at + 200, span.end)]) for rule in rules)]
    cuts = sorted({*cuts, *(m.end() for m in _CONTRAST.finditer(page.text, span.start, span.end))})
    bounds = [span.start, *cuts, span.end]
    return [Span(a, b) for a, b in pairwise(bounds)]


def _names_one(page: Page, who: str) -> bool:
    """Whether words name one organisation, and no side of the table ("Foreningerne", "De ansatte")."""
    several = " " not in who and who.endswith(("erne", "ene"))
    return page.lexicon.organisations.lookup(who) is not None or (names_institution(who) and not several)


@cache
def _telling(lexicon: Lexicon) -> Needed:
    """What tells that people came, and then what tells that they were away."""
    rules = lexicon.rules("attendance")
    return Needed(rule for value in ("came", "away-behind", "away") for rule in rules if rule.value == value)


def told(page: Page, last: int) -> Iterator[tuple[str, list[Attendee]]]:
    """People of whom a sentence says that they came or were away."""
    ahead = page.rules("attendance", "came-ahead")
    end = page.lines[last].start if last < len(page.lines) else len(page.text)
    but = page.rules("attendance", "but")[0]
    for span in [each for whole in sentences(page.text, 0, end) for each in _lines(page, whole)]:
        content = page.text[span.start : span.end]
        if missed := but.regex.search(content):
            stop = _BUT_END.search(content, missed.end())
            names = Span(span.start + missed.end(), span.start + stop.start() if stop else span.end)
            yield "absent", attendees(page.text, names, page.lexicon, Group(), f"attendance/{but.name}")
        for rule in ahead:
            if match := rule.regex.search(content):
                yield "present", _in_front(page, span, match, f"attendance/{rule.name}")
                yield from _replaced(page, span, f"attendance/{rule.name}")
                break
        for rule in _telling(page.lexicon).worth(content):
            match = rule.regex.search(content)
            if match is None:
                continue
            if content[match.end() :].lstrip().startswith(":"):
                continue  # a label
            name = f"attendance/{rule.name}"
            if rule.value == "came":
                label = _LABEL_BELOW.search(page.text, span.start + match.end(), span.end)
                people = Span(span.start + match.end(), label.start() if label else span.end)
                who = " ".join((match.groupdict().get("who") or "").split())
                if is_person(who, page.lexicon, listed=False):
                    continue
                group = Group(organisation=who if rule.name in _SIDES or _names_one(page, who) else None)
                sent = _FROM_BODY.match(content)
                if rule.name == "came-from-house" and sent and not is_own_body(sent["who"], top(page)):
                    group = Group(organisation=of_house(page, sent["who"]) or senders(sent["who"], page.lexicon))
                if who and rule.name == "came-for" and not group.organisation:
                    group = party(page, who)
                yield "present", attendees(page.text, people, page.lexicon, group, name)
                yield from _replaced(page, span, name)
            elif rule.value == "away-behind":
                instead = _INSTEAD_CAME.search(page.text, span.start + match.end(), span.end)
                away = Span(span.start + match.end(), instead.start() if instead else span.end)
                yield "absent", attendees(page.text, away, page.lexicon, Group(), name)
                if instead:
                    yield "present", attendees(page.text, Span(*instead.span("who")), page.lexicon, Group(), name)
            else:
                start = max((m.end() for m in _CLAUSE.finditer(content, 0, match.start())), default=0)
                lines = _OWN_LINE.finditer(content, 0, match.start()) if start else ()
                full = (m.end() for m in lines if _FULL.match(content, m.end(), match.start()))
                start = max(full, default=start)
                names = Span(span.start + start, span.start + match.start())
                yield "absent", attendees(page.text, names, page.lexicon, Group(), name)
            break
