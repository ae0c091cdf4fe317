"""The persons of a document, one entry each, however their names are shortened, damaged or misspelt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from pipeline.document import Attendee, Document, Notice, Person, Span
from pipeline.extract.identity import abbreviates, fold_name, misspells, part_of
from pipeline.extract.mentions import names_in, organisations_in
from pipeline.find.brackets import BRACKET, Bracket, classify_bracket
from pipeline.find.names import NameMention
from pipeline.lexicon import Lexicon

__all__ = ["Persons", "find_persons", "resolve_persons"]

_TITLE = regex.compile(r"(?:^|[\s(])(?P<role>\p{L}[\p{L}-]{3,})\s$")
_AT = regex.compile(
    r"(?:,\s(?P<role>\p{Ll}[\p{L}.-]{3,}(?:\s\p{L}{3,}){0,2}?)\s(?:ved|i|hos|fra|på|for|af)\s|\s(?:fra|i|hos|ved)\s)(?:foreningen\s|firmaet\s)?"
)
"""What stands between a person and the organisation: "fra", ", professor ved"."""
_LOWER = regex.compile(r"(?<![\p{L}\p{N}@./-])\p{Ll}{3,}(?![\p{L}\p{N}@.-]\p{L})")


MANY = 500
"""No minutes name more people: beyond so many, every name as printed is taken for a person of its own."""


class Persons(NamedTuple):
    """The persons, and a notice for each name that could mean several of them."""

    persons: tuple[Person, ...]
    notices: tuple[Notice, ...]


@dataclass
class _Entry:
    """A person as far as known while the document is read."""

    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    mentions: set[Span] = field(default_factory=set)
    organisations: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    listed: bool = False
    """Whether the person stands in an attendance list."""

    @property
    def name(self) -> str:
        """The fullest name, of equally full ones the most frequent."""
        return max(self.names, key=lambda name: (len(name.split()), self.names[name], len(name), name), default="")


def find_persons(document: Document, lexicon: Lexicon) -> tuple[Person, ...]:
    """The persons of a document in the order of their first mention (see `resolve_persons`)."""
    return resolve_persons(document, lexicon).persons


def resolve_persons(document: Document, lexicon: Lexicon) -> Persons:
    """One entry per person named in the document, and notices for names that stay open.

    Full names are told apart first: two are one person when one is a shorter form of the other, or a wrong
    spelling of it, and nobody else fits. A lone first or family name belongs to the only person who has it; where
    several have it, it stays open. Initials count where the document introduces them: "Ole Harst (OH)".

    >>> text = "Ida Bang Dam (KL) bød velkommen. Ida takkede Bo Holm (formand)."
    >>> [(p.name, p.organisations, p.roles) for p in find_persons(Document(id="a", source=text), Lexicon.load())]
    [('Ida Bang Dam', ('KL',), ()), ('Bo Holm', (), ('formand',))]
    """
    roster = _Roster(document, lexicon)
    roster.add_attendees((*document.meeting.present, *document.meeting.absent))
    roster.add_officers()
    roster.add_full_names()
    roster.add_lone_names()
    roster.add_initials()
    roster.add_lower_case()
    return roster.result()


class _Roster:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._text = document.text
        self._lexicon = lexicon
        self._names = lexicon.names
        self._found = names_in(document.text, lexicon)
        self._organisations = {o.start: o.name for o in organisations_in(document.text, lexicon) if o.kind != "party"}
        self._entries: list[_Entry] = []
        self._open: list[tuple[NameMention, list[_Entry]]] = []
        self._initials: dict[str, _Entry | None] = {}

    def add_attendees(self, attendees: Sequence[Attendee]) -> None:
        """The people of the attendance lists: never merged with one another but for the same name.

        A lone first name belongs to the one full name that has it, wherever that stands.
        """
        for attendee in sorted(attendees, key=lambda a: -len(a.name.split())):
            name = " ".join(attendee.name.split())
            if not regex.search(r"\p{L}{2}", name) or self._lexicon.organisations.lookup(name):
                continue
            name, entry = self._listed(name)
            entry.names[name] += 1
            if attendee.role:
                _append(entry.roles, attendee.role)
            if attendee.organisation and self._is_organisation(attendee.organisation):
                _append(entry.organisations, self._organisation(attendee.organisation))
            if 0 <= attendee.start < attendee.end:
                self._locate(entry, name, attendee)

    def _listed(self, name: str) -> tuple[str, _Entry]:
        """The entry of a listed name; a lone name takes the one full name that it is part of."""
        same = self._where(lambda other: fold_name(other) == fold_name(name))
        if not same and " " not in name:
            full = {m.name for m in self._found if m.kind == "full" and part_of(name, m.name)}
            name = full.pop() if len(full) == 1 else name
            same = self._where(lambda other: fold_name(other) == fold_name(name))
        if not same:
            same = [_Entry(listed=True)]
            self._entries += same
        return name, same[0]

    def _locate(self, entry: _Entry, name: str, attendee: Attendee) -> None:
        """The name inside the attendee's place, and the bracket behind it."""
        wrapped = r"\s+".join(regex.escape(part) for part in name.split())
        match = regex.search(wrapped, self._text[attendee.start : attendee.end])
        if match:
            span = Span(attendee.start + match.start(), attendee.start + match.end())
            self._add(entry, NameMention(span.start, span.end, name, "full", 0.9))

    def add_officers(self) -> None:
        for name, role in ((self._document.meeting.minute_taker, "referent"), (self._document.meeting.chair, None)):
            if name and len(name.split()) > 1 and not self._matching(name):
                entry = _Entry()
                entry.names[name] += 1
                self._entries.append(entry)
            if name and role and len(entries := self._matching(name)) == 1:
                _append(entries[0].roles, role)

    def add_full_names(self) -> None:
        counts = Counter(mention.name for mention in self._found if mention.kind == "full")
        groups: dict[str, list[NameMention]] = {}
        for mention in self._found:
            if mention.kind == "full":
                groups.setdefault(mention.name, []).append(mention)
        order = sorted(counts, key=lambda n: (-len(fold_name(n).split()), -self._names.score(n), -counts[n], n))
        for name in order:
            candidates = self._matching(name)
            if len(candidates) > 1:
                self._open += [(mention, candidates) for mention in groups[name]]
                continue
            entry = candidates[0] if candidates else _Entry()
            if not candidates:
                self._entries.append(entry)
            entry.names[name] += counts[name]
            for mention in groups[name]:
                self._add(entry, mention)

    def add_lone_names(self) -> None:
        groups: dict[str, list[NameMention]] = {}
        for mention in self._found:
            if mention.kind != "full":
                groups.setdefault(mention.name, []).append(mention)
        for name, mentions in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
            candidates = self._with_part(name)
            if len(candidates) > 1:
                self._open += [(mention, candidates) for mention in mentions]
                continue
            if not candidates:
                if mentions[0].kind == "last" and all(self._title(m) is None for m in mentions):
                    continue
                candidates = [_Entry()]
                self._entries += candidates
            if not candidates[0].listed and all(len(n.split()) == 1 for n in candidates[0].names):
                candidates[0].names[name] += len(mentions)
            for mention in mentions:
                self._add(candidates[0], mention)

    def add_initials(self) -> None:
        """Where initials that a bracket introduced stand alone."""
        defined = {letters: entry for letters, entry in self._initials.items() if entry}
        if not defined:
            return
        pattern = "|".join(sorted(map(regex.escape, defined)))
        for match in regex.finditer(rf"(?<![\p{{L}}\p{{N}}-])(?:{pattern})(?=s?(?![\p{{L}}\p{{N}}]))", self._text):
            entry = defined[match.group()]
            entry.forms[match.group()] += 1
            entry.mentions.add(Span(*match.span()))

    def add_lower_case(self) -> None:
        """First names in lower case, as hasty minutes have them: only of persons known from elsewhere."""
        firsts: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            first = entry.name.split()[0]
            if self._names.count(first).word == 0 and self._names.first_score(first) > 0.9:
                firsts.setdefault(first.casefold(), []).append(entry)
        for match in _LOWER.finditer(self._text):
            entries = firsts.get(match.group(), [])
            if len(entries) == 1:
                entries[0].forms[match.group()] += 1
                entries[0].mentions.add(Span(*match.span()))

    def result(self) -> Persons:
        persons = [self._person(entry) for entry in self._entries if entry.mentions or entry.listed]
        persons.sort(key=lambda p: (p.mentions[0] if p.mentions else Span(len(self._text), 0), p.name))
        notices = [
            Notice("unresolved-person", f"{mention.name} can be {_either(entries)}", mention.start, mention.end)
            for mention, entries in sorted(self._open, key=lambda pair: pair[0])
        ]
        return Persons(tuple(persons), tuple(notices))

    def _person(self, entry: _Entry) -> Person:
        forms = tuple(sorted(entry.forms, key=lambda form: (-len(form), form)))
        return Person(
            entry.name,
            forms or (entry.name,),
            tuple(entry.organisations),
            tuple(entry.roles),
            tuple(sorted(entry.mentions)),
        )

    def _matching(self, name: str) -> list[_Entry]:
        """The entries that a full name can mean, by the surest kind of likeness that any has."""
        return (
            self._where(lambda other: fold_name(other) == fold_name(name))
            or self._where(lambda other: abbreviates(name, other))
            or self._where(lambda other: len(other.split()) > 1 and abbreviates(other, name))
            or self._where(lambda other: misspells(name, other, self._names))
        )

    def _with_part(self, name: str) -> list[_Entry]:
        """The entries that a lone name can mean."""
        return (
            self._where(lambda other: fold_name(other) == fold_name(name))
            or self._where(lambda other: part_of(name, other))
            or self._where(lambda other: abbreviates(name, other))
            or self._where(lambda other: len(name) > 4 and misspells(name, other.split()[0], self._names))
        )

    def _where(self, test: Callable[[str], bool]) -> list[_Entry]:
        if len(self._entries) > MANY:
            return []
        return [entry for entry in self._entries if any(test(name) for name in (entry.name, *entry.names))]

    def _add(self, entry: _Entry, mention: NameMention) -> None:
        """One more mention, with what stands beside it: a title before, a bracket or "fra …" behind."""
        if Span(mention.start, mention.end) in entry.mentions:
            return
        entry.forms[mention.name] += 1
        entry.mentions.add(Span(mention.start, mention.end))
        if role := self._title(mention):
            _append(entry.roles, role)
        if bracket := self._bracket(mention):
            if bracket.organisation and bracket.kind == "affiliation":
                _append(entry.organisations, self._organisation(bracket.organisation))
            if bracket.role:
                _append(entry.roles, bracket.role)
            if bracket.kind == "initials":
                known = self._initials.setdefault(bracket.inside, entry)
                self._initials[bracket.inside] = entry if known is entry else None
        if match := _AT.match(self._text, mention.end):
            organisation = self._organisations.get(match.end())
            if organisation and (match["role"] is None or self._lexicon.roles.group(match["role"])):
                _append(entry.organisations, organisation)
                if match["role"]:
                    _append(entry.roles, match["role"])

    def _title(self, mention: NameMention) -> str | None:
        match = _TITLE.search(self._text[max(0, mention.start - 40) : mention.start])
        if match and self._lexicon.roles.group(match["role"]) and self._names.first_score(match["role"]) < 0.5:
            return match["role"]
        return None

    def _bracket(self, mention: NameMention) -> Bracket | None:
        space = 1 if self._text[mention.end : mention.end + 1].isspace() else 0
        match = BRACKET.match(self._text, mention.end + space)
        if match is None:
            return None
        return classify_bracket(self._text, match.start(), match.end(), self._lexicon, after_name=mention.name)

    def _organisation(self, printed: str) -> str:
        known = self._lexicon.organisations.lookup(printed)
        return known.name if known else " ".join(printed.split())

    def _is_organisation(self, printed: str) -> bool:
        rules = (rule for rule in self._lexicon.rules("organisations") if rule.value == "no-name")
        return printed[:1].isupper() and not any(rule.regex.match(printed) for rule in rules)


def _append(values: list[str], value: str) -> None:
    if value.casefold() not in {v.casefold() for v in values}:
        values.append(value)


def _either(entries: Iterable[_Entry]) -> str:
    return " or ".join(sorted(entry.name for entry in entries))
