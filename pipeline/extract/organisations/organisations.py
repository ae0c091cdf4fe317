"""The organisations of a document, one entry each, with the other names they go by in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from pipeline.document import Document
from pipeline.extract.mentions import names_in, organisations_in
from pipeline.extract.organisations.joined import beside_person, one_of_two, parts_of_body
from pipeline.extract.organisations.letterhead import find_letterhead
from pipeline.extract.organisations.lost_letters import loses_letters, with_letters
from pipeline.extract.organisations.sameness import compared, is_longer_form, is_misreading
from pipeline.extract.organisations.unknown import UnknownWords
from pipeline.extract.persons.stated import as_printed, stated_organisation
from pipeline.find.brackets import are_initials
from pipeline.find.capitals import plain_name
from pipeline.find.organisations.organisations import OrganisationMention
from pipeline.find.spelled import spelled
from pipeline.lexicon import Lexicon
from pipeline.values import Organisation, Span

__all__ = ["find_organisations"]

_GAP = regex.compile(r"\s+")
_BEFORE, _BEHIND = regex.compile(r"(?<![\p{L}\p{N}/._])"), regex.compile(r"(?=['’]?s?(?![\p{L}\p{N}_]))")
_BROKEN = regex.compile(r"[:;,-]$|\sog$|[¢®?©|<>]")
"""A label, a name that a line end cut short, or one that OCR left as no name can be."""
_COMMITTEE = regex.compile(r"\p{Lu}[\p{L}-]{6,}(?:udvalget|rådet|nævnet|komit[eé]en|forummet|selskabet|foreningen)$")
_LONG_FORM = regex.compile(r"\p{Lu}[\p{L}\p{N}&-]*(?:\s(?:(?:og|for|i|af|&)\s)?\p{Lu}[\p{L}\p{N}&-]*)+$")
_HEAD = regex.compile(r"^(?:foreningen|firmaet|fonden|klubben|selskabet|landsforeningen)\s")
_APPOSED = ("institution-head", "partners", "company-form")
"""Rules whose name may stand behind the word for what it is: "byggefirmaet Norddal"."""
NEAR = 300
"""A CVR number stands at most so far behind the name it belongs to."""
MANY = 300
"""No minutes name more organisations: beyond so many, each name as printed is one of its own, where it was found."""
FEWEST = 3
"""So many persons with initials, and the letters in brackets behind a name are its initials."""
REACH = 80
"""So far back the words are read that an acronym stands for."""
_QUOTES = ' "”»“„'


@dataclass
class _Entry:
    name: str
    kind: str | None
    aliases: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)
    cvr: str | None = None


def find_organisations(document: Document, lexicon: Lexicon) -> tuple[Organisation, ...]:
    """The organisations of a document in the order of their first mention.

    The name is the known one where the text has it, else the longest as printed, and the known one an alias; acronyms
    belong to the name they stand behind in brackets. The meeting's own body counts when it has a proper name. A word
    that is not known counts when it acts like an organisation ("tilbud fra Norddal", "NIF oplyser"). A CVR number
    goes to the organisation that is named last before it.

    >>> text = "Tilbud fra Norddal Vand A/S, CVR 12345678. Norddal Havneråd (NHR) og NHRs formand."
    >>> [(o.name, o.aliases, o.cvr) for o in find_organisations(Document(id="a", source=text), Lexicon.load())]
    [('Norddal Vand A/S', (), '12345678'), ('Norddal Havneråd', ('NHR',), None)]
    """
    return _Register(document, lexicon).result()


class _Register:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._text = document.text
        self._lexicon = lexicon
        self._rules = lexicon.by_name("organisations")
        self._names = names_in(document.text, lexicon)
        self._unknown = UnknownWords(document.text, lexicon)
        self._attendees = (*document.meeting.present, *document.meeting.absent)
        self._by_initials = sum(any(f.isupper() for f in p.forms) for p in document.persons) >= FEWEST
        self._entries: dict[str, _Entry] = {}
        self._other: dict[str, str] = {}
        """Folded alias → key of the entry it belongs to."""

    def result(self) -> tuple[Organisation, ...]:
        people = {attendee.name for attendee in self._attendees}
        mentions = [m for m in organisations_in(self._text, self._lexicon) if m.name not in people]
        acronyms = [mention for mention in mentions if mention.rule == "acronym"]
        for mention in mentions:
            if mention.rule != "acronym" and not beside_person(mention.name, self._attendees):
                self._add(mention.name, mention.kind, mention)
        by_end = {mention.end: mention for mention in mentions if mention.rule != "acronym"}
        for acronym in acronyms:
            if compared(acronym.name) not in self._other:
                self._define(acronym, by_end)
        self._add_body()
        self._add_letterhead()
        self._add_affiliations()
        self._add_represented()
        self._add_unknown()
        self._merge()
        self._add_numbers()
        return tuple(self._finished())

    def _add(self, name: str, kind: str | None, mention: OrganisationMention | None = None) -> _Entry:
        short = _HEAD.sub("", name).strip(_QUOTES)
        key = self._other.get(compared(short), compared(short))
        entry = self._entries.setdefault(key, _Entry(short, kind))
        if mention:
            span = Span(mention.start, mention.end)
            entry.mentions.add(span)
            printed = plain_name(self._text[span.start : span.end]).strip(_QUOTES)
            before = self._text[max(0, span.start - REACH) : span.start]
            if printed.casefold() != entry.name.casefold():
                entry.aliases.add(printed)
            if mention.rule in _APPOSED and (what := self._rules["firm-before"].regex.search(before)):
                entry.aliases.add(f"{what.group().strip()} {printed}")
        return entry

    def _define(self, acronym: OrganisationMention, by_end: dict[int, OrganisationMention]) -> None:
        """An acronym in brackets: an alias of the organisation before it; its first definition counts."""
        if any(acronym.name in person.forms for person in self._document.persons):
            return  # the initials of somebody who comes from there: "Ida Dam, KL (ID)"
        near = self._text[max(0, acronym.start - REACH) : acronym.start - 1].rstrip()
        begin = max(0, acronym.start - REACH)
        long = by_end.get(begin + len(near))
        if long is None:
            match = _COMMITTEE.search(near) or _LONG_FORM.search(near)
            if match is None or (self._by_initials and are_initials(acronym.name, plain_name(match.group()))):
                return
            name = plain_name(match.group())
            long = OrganisationMention(begin + match.start(), begin + len(near), name, None, "acronym", 0.8)
            if _COMMITTEE.match(name):
                long = long._replace(kind="committee")
        entry = self._add(long.name, long.kind, long)
        entry.aliases.add(acronym.name)
        if compared(acronym.name) != compared(entry.name):
            self._other[compared(acronym.name)] = compared(entry.name)
        wrong = self._entries.get(compared(acronym.name))
        if wrong and wrong is not entry:
            entry.mentions |= self._entries.pop(compared(acronym.name)).mentions
        if len(self._other) <= MANY:
            entry.mentions.update(self._places(acronym.name))

    def _places(self, name: str, *, any_case: bool = False) -> Iterator[Span]:
        """Where a name stands as a word, also before a genitive s and wrapped over two lines."""
        text = self._text
        if any_case and len(text.lower()) == len(text):  # one letter, a Turkish İ, has two in lower case
            text, name = text.lower(), name.lower()
        for start, end in spelled(text, name, _GAP):
            if _BEFORE.match(text, start) and _BEHIND.match(text, end):
                yield Span(start, end)

    def _add_body(self) -> None:
        whole = self._document.meeting.body or ""
        parts = list(parts_of_body(whole))
        bodies = (self._rules["generic-body"].regex, self._rules["own-body"].regex)
        for part in parts if any(body.match(part) for part in parts for body in bodies) else [whole]:
            self._add_own(part)

    def _add_own(self, printed: str) -> None:
        body = self._rules["body-lead"].regex.sub("", self._rules["body-end"].regex.sub("", printed)) or printed
        if own := self._rules["own-body"].regex.match(_unshouted(self._rules["body-lead"].regex.sub("", body))):
            self._add(own.group(), "committee").mentions.update(self._places(own.group(), any_case=True))
            return
        if not body or self._rules["generic-body"].regex.match(body):
            return
        stem = self._rules["body-tail"].regex.sub("", body).strip(_QUOTES)
        known = self._lexicon.organisations.lookup(stem)
        if not known and not any(c.isupper() for c in stem):
            return
        if not known and " " not in stem and not self._unknown.is_name(stem) and not stem.endswith("foreningen"):
            return
        entry = self._add(known.name if known else stem, known.kind if known else None)
        entry.mentions.update(self._places(stem, any_case=True))
        if body != stem:
            entry.mentions.update(self._places(body, any_case=True))

    def _add_letterhead(self) -> None:
        """The organisation over the title, where no other reading has found it."""
        span = find_letterhead(self._text, self._lexicon)
        if span and not any(m.start < span.end for entry in self._entries.values() for m in entry.mentions):
            name = plain_name(self._text[span.start : span.end])
            self._add(name, None).mentions.update(self._places(name, any_case=True))

    def _add_affiliations(self) -> None:
        """What the attendance lists state beside the names."""
        found = organisations_in(self._text, self._lexicon)
        places: dict[str, list[Span]] = {}
        for attendee in self._attendees:
            printed = stated_organisation(attendee, self._text, found, self._lexicon) or ""
            if not printed or _BROKEN.search(printed) or not self._unknown.can_be_name(printed):
                continue
            known = self._lexicon.organisations.lookup(printed)
            entry = self._add(known.name if known else printed, known.kind if known else None)
            if printed not in places and len(places) < MANY:
                places[printed] = list(self._places(printed))
            entry.mentions.update(places.get(printed, ()))

    def _add_represented(self) -> None:
        """What other words say of persons: that they come from there."""
        named = {compared(name) for entry in self._entries.values() for name in (entry.name, *entry.aliases)}
        for name in dict.fromkeys(name for person in self._document.persons for name in person.organisations):
            if name[:1].islower() or compared(name) in named or _BROKEN.search(name) or len(named) > MANY:
                continue
            if self._lexicon.organisations.lookup(name) is None and self._unknown.can_be_name(name):
                self._add(name, None).mentions.update(self._places(name))

    def _add_unknown(self) -> None:
        """Words that nobody knows and that act like organisations; municipalities that go by their town's name."""
        persons = {person.name for person in self._document.persons}
        for name, span in self._unknown.bidders():
            taken = any(
                mention.start < span.end and span.start < mention.end
                for entry in self._entries.values()
                for mention in entry.mentions
            )
            if not taken and name not in persons:
                self._add(name, None).mentions.add(span)
        named = [span for entry in self._entries.values() for span in entry.mentions]
        people = [Span(name.start, name.end) for name in self._names]
        people += [span for person in self._document.persons for span in person.mentions]
        for name, where in self._unknown.acting(named, people):
            if name.isupper() and any(are_initials(name, person.name) for person in self._document.persons):
                continue
            towns = self._lexicon.organisations
            municipality = towns.municipality(name) or towns.municipality(name.removesuffix("s"))
            if municipality:
                self._add(municipality.name, "municipality").aliases.add(name)
                self._entries[compared(municipality.name)].mentions.update(where)
            else:
                self._add(name, None).mentions.update(where)

    def _merge(self) -> None:
        """Longer and shorter forms of one name, and spellings that OCR made two of one, become one entry."""
        if len(self._entries) > MANY:
            return
        names = {entry.name for entry in self._entries.values()}
        for key, entry in list(self._entries.items()):
            if _BROKEN.search(entry.name) or (not self._is_known(entry) and one_of_two(entry.name, names)):
                del self._entries[key]
        body = self._document.meeting.body or ""
        for key in [key for key, entry in self._entries.items() if _opens(entry.name, body)]:
            if compared(body) != key and compared(body) in self._entries:
                own, short = self._entries[compared(body)], self._entries.pop(key)
                own.aliases.add(short.name)
                own.mentions |= short.mentions
        order = sorted(self._entries.values(), key=lambda e: (self._is_known(e), len(e.mentions), e.name), reverse=True)
        for place, entry in enumerate(order):
            for other in order[:place]:
                if is_longer_form(entry.name, other.name):
                    other.name, entry.name = entry.name, other.name
                elif not (
                    is_longer_form(other.name, entry.name)
                    or _opens(entry.name, other.name)
                    or (is_misreading(entry.name, other.name) and not self._is_known(entry))
                ):
                    continue
                other.aliases |= {*entry.aliases, entry.name}
                other.mentions |= entry.mentions
                entry.mentions = set()
                break

    def _is_known(self, entry: _Entry) -> bool:
        return self._lexicon.organisations.lookup(entry.name) is not None

    def _add_numbers(self) -> None:
        """CVR numbers, each to the organisation named last before it."""
        entries = list(self._entries.values())
        ends = sorted((span.end, n) for n, entry in enumerate(entries) for span in entry.mentions)
        for match in self._rules["cvr"].regex.finditer(self._text):
            index = bisect_right(ends, (match.start(), len(entries))) - 1
            if index >= 0 and match.start() - ends[index][0] <= NEAR:
                entry = entries[ends[index][1]]
                entry.cvr = entry.cvr or match["name"].replace(" ", "")

    def _finished(self) -> Iterator[Organisation]:
        entries = [entry for entry in self._entries.values() if entry.mentions]
        damaged = loses_letters(self._document.edits)
        for entry in sorted(entries, key=lambda e: (min(e.mentions), e.name)):
            name = as_printed(entry.name, self._text, self._lexicon)
            if damaged and not self._is_known(entry):
                name = with_letters(name, self._lexicon)
            aliases = tuple(sorted({*entry.aliases, entry.name} - {name}))
            if not aliases and not self._is_known(entry) and self._lexicon.names.is_locality(name):
                continue  # a place
            yield Organisation(name, aliases, entry.kind, entry.cvr, tuple(sorted(entry.mentions)))


def _opens(short: str, long: str) -> bool:
    """Whether one word is the start of a longer name: "Vandrådet" of "Vandråd for Norddal"."""
    return " " not in short and long.startswith((f"{short} for ", f"{short.removesuffix('et')} for "))


def _unshouted(body: str) -> str:
    return body.capitalize() if body.isupper() and " " not in body else body
