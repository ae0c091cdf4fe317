"""Who was elected to lead the meeting or to write, and of whom a sentence says that they did."""

from __future__ import annotations

import regex

from pipeline.layout import sentences
from pipeline.segment.attendance.initials import by_initials
from pipeline.segment.head.posts import Officers, fields_of, named, people_in, put, rule_of
from pipeline.segment.headings import Page
from pipeline.values import AgendaItem, Attendee, Span

__all__ = ["by_election"]

_ELECTED = regex.compile(
    r"(?i)\b(?:valgt|valgtes|valgte|genvalgt|foreslået|foreslog|for(?:e)?slår|peger\s+på|indstillet|indstillede|udpeget|udpegede|pegede\s+på|blev\s+det"
    r"|det\s+blev|enedes\s+om|takkede\s+for\s+valget|(?:tog|påtog|overtog)\s+(?:sig\s+)?(?:ordet|pladsen|posten|hvervet|opgaven|styringen)"
    r"|konstaterede)\b"
)
_NAME = regex.compile(r"\b\p{Lu}\p{L}+(?:[ -]\p{Lu}[\p{L}.]*){1,3}")
_OFFICE_BEHIND = regex.compile(
    r"(?:^|(?<=[\s:–-]))(?P<name>(?!(?:Valg|Som|Til|Ny|Formanden)\b)\p{Lu}[\p{L}.-]*(?: \p{Lu}[\p{L}.-]*){0,3})"
    r"(?:,?\s|\s(?:blev|til|som)\s)(?P<roles>dirigent|ordstyrer|mødeleder|referent)(?=\s*(?:[.,;\n]|$)|\sog\s\p{Lu})"
)
_FIRST = regex.compile(r"\p{Lu}\p{Ll}+")
_NAME_LAST = regex.compile(
    r"(?<!\p{Lu}\p{L}* )(?P<name>\p{Lu}\p{L}+(?:[ \n-]\p{Lu}[\p{L}.]*){1,3})(?:,(?:\s(?:der|som))?)?\s*$"
)


def by_election(page: Page, present: tuple[Attendee, ...], items: tuple[AgendaItem, ...], found: Officers) -> None:
    heads = rule_of(page, "election-heading")
    ends = items[min(2, len(items) - 1)].end if items else min(len(page.text), 6000)
    spans = sentences(page.text, 0, ends)
    topic: list[str] = []
    telling = page.needed("attendance", "elected-behind", "elected-ahead", "election-heading")
    for whole in spans:
        span, content = whole, page.text[whole.start : whole.end]
        worth = telling.worth(content)
        if not topic and not worth:
            continue
        heading = heads.regex.search(content)
        if heading and len(content) < 160:
            topic = fields_of(heading["roles"])
            below = content.find("\n", heading.end())
            own = content[:below].strip(" .:)\n")
            if below > 0 and (
                own.endswith(heading["roles"].strip()) or not _ELECTED.search(own)
            ):  # a heading of its own
                span = Span(span.start + below + 1, span.end)
                content, heading = page.text[span.start : span.end], None
        told = Span(span.start + (heading.end() if heading else 0), span.end)
        if topic and _by_office(page, present, told, topic, found):
            continue
        if heading and len(content) < 160:
            rest = span.start + heading.end()
            bare = regex.match(r"\s*[:–—(-]\s*", page.text[rest : span.end])
            words = page.text[rest + bare.end() : span.end].strip(" .)\n") if bare else ""
            if bare and (
                one := _NAME.fullmatch(words) or (_is_called(page, present, words) and _FIRST.fullmatch(words))
            ):
                start = rest + bare.end()
                for name in topic:
                    put(found, name, people_in(page, start, start + len(one.group()), "election-heading"))
                continue
            both = people_in(page, rest, span.end, "election-heading") if bare and len(topic) > 1 else []
            if len(both) == len(topic) and not _ELECTED.search(page.text, rest, span.end):
                _put_each(found, topic, both)
                continue
            if page.text[rest : span.end].strip(" .:\n") and _ELECTED.search(page.text, rest, span.end):
                people = people_in(page, rest, span.end, "election-heading")
                _put_each(found, topic, people)
            continue
        ahead = [m for rule in worth if rule.value == "elected-ahead" for m in rule.regex.finditer(content)]
        for match in ahead:
            people = people_in(page, span.start + match.end(), span.end, "elected-ahead")
            names = fields_of(match["roles"] or match["role2"] or "") or topic
            if len(names) == len(people) == 2:
                _put_each(found, names, people)
            for name in names:
                put(found, name, people)
        if behind := [m for rule in worth if rule.value == "elected-behind" for m in rule.regex.finditer(content)]:
            _told_behind(page, span, sorted(behind, key=lambda match: match.start()), found)
        elif topic and not ahead:
            people = named(page, present, span.start, span.end, "election-heading") or _names(page, span)
            alone = len(content) < 60 and people and people[0].start - span.start < 3
            if people and (alone or _ELECTED.search(content)):
                _put_each(found, topic, people)
            topic = []


def _by_office(page: Page, present: tuple[Attendee, ...], span: Span, topic: list[str], found: Officers) -> bool:
    """Put whom a sentence below an election names in front of the office ("Ib, dirigent"): whether it names all."""
    told = False
    for match in _OFFICE_BEHIND.finditer(page.text, *span):
        people = named(page, present, *match.span("name"), "election-heading")
        for name in fields_of(match["roles"]) if len(people) == 1 else ():
            put(found, name, people)
            told = True
    return told and all(name in found for name in topic)


def _is_called(page: Page, present: tuple[Attendee, ...], word: str) -> bool:
    """Whether a word is the first name of somebody who was there, or one that is nothing else."""
    return page.lexicon.names.is_first(word) or any(one.name.split()[0] == word for one in present)


def _put_each(found: Officers, offices: list[str], people: list[Attendee]) -> None:
    """As many people as offices have one each, in their order; else the first has all."""
    for n, name in enumerate(offices):
        put(found, name, people[n:] if len(people) == len(offices) else people)


def _names(page: Page, span: Span) -> list[Attendee]:
    """The people of a sentence in which other words stand around their names."""
    matches = _NAME.finditer(page.text, span.start, min(span.end, span.start + 300))
    return [one for match in matches for one in people_in(page, *match.span(), "election-heading")[:1]]


def _told_behind(page: Page, span: Span, behind: list[regex.Match[str]], found: Officers) -> None:
    """The officers of a sentence that names each before what they did: "Ib styrede ordet, og Karen skrev."."""
    content, start = page.text[span.start : span.end], 0
    also = rule_of(page, "elected-also").regex.finditer(content, behind[0].end())
    known = {match.start("roles") for match in behind}
    matches = [(match, "elected-behind") for match in behind]
    matches += [(match, "elected-also") for match in also if match.start("roles") not in known]
    for match, rule in sorted(matches, key=lambda each: each[0].start()):
        words = Span(span.start + start, span.start + match.start())
        last = regex.search(r"\S+\s*$", page.text[words.start : words.end])
        initials = by_initials(page, Span(words.start + last.start(), words.end), f"attendance/{rule}") if last else []
        tail = _NAME_LAST.search(page.text, *words)
        nearest = people_in(page, *tail.span("name"), rule) if tail else []
        people = initials or (nearest if len(nearest) == 1 else people_in(page, *words, rule))
        for name in fields_of(match["roles"]):
            put(found, name, people[-1:])
        start = match.end()
