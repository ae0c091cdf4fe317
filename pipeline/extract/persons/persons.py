"""The persons of a document, one entry each, however their names are shortened, damaged or misspelt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.mentions import names_in, organisations_in
from pipeline.extract.persons.adjacent import bracket_behind, office_apposed, title_before
from pipeline.extract.persons.affiliations import Affiliations
from pipeline.extract.persons.grouped import rows_of_people
from pipeline.extract.persons.identity import fold_name, part_of
from pipeline.extract.persons.listed import explained, names_apart, spellings
from pipeline.extract.persons.roster import Entry, Roster, append_new
from pipeline.extract.persons.stated import as_printed, canonical, stated_side
from pipeline.extract.persons.unexplained import LETTERS, is_acronym, unexplained
from pipeline.find.brackets import are_initials
from pipeline.find.legend import find_legend
from pipeline.find.names import NameMention
from pipeline.lexicon import Lexicon
from pipeline.values import Attendee, Notice, Person, Span

__all__ = ["Persons", "find_persons", "resolve_persons"]

_TWO_LETTERS = regex.compile(r"\p{L}-?\p{L}")
_INITIALS = regex.compile(r"\((?P<letters>\p{Lu}[\p{Lu}@®©]{1,3})\)\W*$")
_BESIDE = regex.compile(r"\s+(?P<letters>\p{Lu}{2,4})(?=\s)")
_LOWER = regex.compile(r"(?<![\p{L}\p{N}@./-])\p{Ll}{3,}(?![\p{L}\p{N}@.-]\p{L})")


class Persons(NamedTuple):
    """The persons, and a notice for each name that could mean several of them."""

    persons: tuple[Person, ...]
    notices: tuple[Notice, ...]


def find_persons(document: Document, lexicon: Lexicon) -> tuple[Person, ...]:
    """The persons of a document in the order of their first mention (see `resolve_persons`)."""
    return resolve_persons(document, lexicon).persons


def resolve_persons(document: Document, lexicon: Lexicon) -> Persons:
    """One entry per person named in the document, and notices for names that stay open.

    Full names are told apart first: two are one person when one is a shorter form of the other, or a wrong
    spelling of it, and nobody else fits. A lone first or family name belongs to the only person who has it; where
    several have it, it stays open. Initials count where the document introduces them: "Ejner Vad (EV)".

    >>> text = "Ida Bang Dam (KL) bød velkommen. Ida takkede Bo Holm (formand)."
    >>> [(p.name, p.organisations, p.roles) for p in find_persons(Document(id="a", source=text), Lexicon.load())]
    [('Ida Bang Dam', ('KL',), ()), ('Bo Holm', (), ('formand',))]
    """
    reading = _Reading(document, lexicon)
    reading.add_attendees((*document.meeting.present, *document.meeting.absent))
    reading.add_officers()
    reading.add_full_names()
    reading.add_lone_names()
    reading.add_initials()
    reading.add_lower_case()
    reading.add_told()
    return reading.result()


class _Reading:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._text = document.text
        self._lexicon = lexicon
        self._names = lexicon.names
        self._legend = find_legend(document.text, lexicon)
        self._found = names_apart(names_in(document.text, lexicon), document, self._legend)
        self._found_organisations = organisations_in(document.text, lexicon)
        self._beside = Affiliations(document.text, self._found, self._found_organisations, lexicon)
        self._entries = Roster(lexicon.names)
        self._having: dict[str, set[str]] = {}
        """Full names by each of their parts, as it is compared."""
        for name in {mention.name for mention in self._found if mention.kind == "full"}:
            for part in fold_name(name).split():
                self._having.setdefault(part, set()).add(name)
        self._open: list[tuple[NameMention, list[Entry]]] = []
        self._initials: dict[str, Entry | None] = {}

    def add_attendees(self, attendees: Sequence[Attendee]) -> None:
        """The people of the attendance lists: never merged with one another but for the same name.

        A lone first name belongs to the one full name that has it, wherever that stands.
        """
        for attendee in sorted(attendees, key=lambda a: -len(a.name.split())):
            name = " ".join(attendee.name.split())
            if not _TWO_LETTERS.search(name) or self._lexicon.organisations.lookup(name):
                continue
            if name.isupper() and len(name) <= LETTERS:
                self._initials.setdefault(name, None)
                continue
            name, entry = self._listed(name)
            entry.names[name] += 1
            if attendee.role:
                append_new(entry.roles, attendee.role)
            if stated := stated_side(attendee, self._text, self._found_organisations, self._lexicon):
                append_new(entry.organisations, stated)
            if 0 <= attendee.start < attendee.end:
                self._locate(entry, name, attendee)
                self._introduce(entry, attendee)

    def _listed(self, name: str) -> tuple[str, Entry]:
        """The entry of a listed name; a lone name takes the one full name that it is part of."""
        same = self._entries.alike(name)
        if not same and " " not in name:
            first = fold_name(name).partition(" ")[0]
            full = {other for other in self._having.get(first, ()) if part_of(name, other)}
            name = full.pop() if len(full) == 1 else name
            same = self._entries.alike(name)
        if not same:
            same = [Entry(listed=True)]
            self._entries += same
        return name, same[0]

    def _locate(self, entry: Entry, name: str, attendee: Attendee) -> None:
        """The name inside the attendee's place, and the bracket behind it."""
        printed = self._text[attendee.start : attendee.end]
        start = printed.find(name)
        end = start + len(name)
        if start < 0 and (match := regex.search(r"\s+".join(map(regex.escape, name.split())), printed)):
            start, end = match.span()
        if start >= 0:
            self._add(entry, NameMention(attendee.start + start, attendee.start + end, name, "full", 0.9))

    def _introduce(self, entry: Entry, attendee: Attendee) -> None:
        """The initials in a bracket that ends the line of an attendance list: "Ida Dam, Nordby Kommune (ID)"."""
        end = self._text.find("\n", attendee.start)
        beside = _BESIDE.match(self._text, attendee.end)
        bracket = beside or _INITIALS.search(self._text, attendee.start, end if end >= 0 else len(self._text))
        if bracket and are_initials(bracket["letters"], entry.name):
            self._initials.setdefault(bracket["letters"], entry)

    def add_officers(self) -> None:
        for name, role in ((self._document.meeting.minute_taker, "referent"), (self._document.meeting.chair, None)):
            if name and len(name.split()) > 1 and not self._entries.matching(name):
                entry = Entry()
                entry.names[name] += 1
                self._entries.append(entry)
            if name and role and len(entries := self._entries.matching(name)) == 1:
                append_new(entries[0].roles, role)

    def add_full_names(self) -> None:
        counts = Counter(mention.name for mention in self._found if mention.kind == "full")
        groups: dict[str, list[NameMention]] = {}
        for mention in self._found:
            if mention.kind == "full":
                groups.setdefault(mention.name, []).append(mention)
        order = sorted(counts, key=lambda n: (-len(fold_name(n).split()), -self._names.score(n), -counts[n], n))
        for name in order:
            candidates = self._entries.matching(name)
            if len(candidates) > 1:
                self._open += [(mention, candidates) for mention in groups[name]]
                continue
            entry = candidates[0] if candidates else Entry()
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
            candidates = self._entries.with_part(name)
            if len(candidates) > 1:
                self._open += [(mention, candidates) for mention in mentions]
                continue
            if not candidates:
                if mentions[0].kind == "last" and all(
                    title_before(self._text, m.start, self._lexicon) is None for m in mentions
                ):
                    continue
                candidates = [Entry()]
                self._entries += candidates
            if not candidates[0].listed and all(len(n.split()) == 1 for n in candidates[0].names):
                candidates[0].names[name] += len(mentions)
            for mention in mentions:
                self._add(candidates[0], mention)

    def add_initials(self) -> None:
        """Where initials that a bracket, an attendance list or a list of initials introduced stand alone."""
        for letters, name in explained(self._text, self._legend):
            if len(owners := self._entries.matching(name)) == 1:
                self._initials[letters] = owners[0]
        meeting, firsts = self._document.meeting, {entry.name[0] for entry in self._entries if " " not in entry.name}
        listed_so = {one.name: one for one in (*meeting.present, *meeting.absent) if one.name[0] not in firsts}
        for letters in [letters for letters, entry in self._initials.items() if entry is None]:
            owners = [entry for entry in self._entries if are_initials(letters, entry.name)]
            if not owners and letters in listed_so:  # nobody's whom the text names: somebody of their own
                side = stated_side(listed_so[letters], self._text, self._found_organisations, self._lexicon)
                owners = [Entry(Counter([letters]), organisations=[side] if side else [], listed=True)]
                self._entries += owners
            self._initials[letters] = owners[0] if len(owners) == 1 else None
        listed = [entry for entry in self._entries if entry.listed and " " in entry.name]
        for letters, place in unexplained(self._text, [e.name for e in listed], self._initials, self._lexicon).items():
            self._initials[letters] = listed[place]
        introduced = {letters: entry for letters, entry in self._initials.items() if entry}
        defined = {form: introduced[own] for form, own in spellings(self._text, introduced).items()}
        form = rf"(?<![\p{{L}}\p{{N}}-])(?:{'|'.join(sorted(map(regex.escape, defined)))})(?=s?(?![\p{{L}}\p{{N}}@]))"
        for match in regex.finditer(form, self._text) if defined else ():
            entry = defined[match.group()]
            entry.forms[match.group()] += 1
            entry.mentions.add(Span(*match.span()))

    def add_lower_case(self) -> None:
        """First names in lower case, as hasty minutes have them: only of persons known from elsewhere."""
        firsts: dict[str, list[Entry]] = {}
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
        persons = [
            self._person(entry)
            for entry in self._entries
            if entry.listed or (entry.mentions and not is_acronym(entry.name, self._text))
        ]
        persons.sort(key=lambda p: (p.mentions[0] if p.mentions else Span(len(self._text), 0), p.name))
        notices = [
            Notice(
                "unresolved-person",
                f"{mention.name} can be {' or '.join(sorted(entry.name for entry in entries))}",
                mention.start,
                mention.end,
            )
            for mention, entries in sorted(self._open, key=lambda pair: pair[0])
        ]
        return Persons(tuple(persons), tuple(notices))

    def _person(self, entry: Entry) -> Person:
        forms = tuple(sorted(entry.forms, key=lambda form: (-len(form), form)))
        return Person(
            entry.name,
            forms or (entry.name,),
            tuple(dict.fromkeys(as_printed(name, self._text, self._lexicon) for name in entry.organisations)),
            tuple(entry.roles),
            tuple(sorted(entry.mentions)),
        )

    def _add(self, entry: Entry, mention: NameMention) -> None:
        """One more mention, with what stands beside it: a title before, a bracket or "fra …" behind."""
        if Span(mention.start, mention.end) in entry.mentions:
            return
        entry.forms[mention.name] += 1
        entry.mentions.add(Span(mention.start, mention.end))
        title = title_before(self._text, mention.start, self._lexicon)
        if role := title or office_apposed(self._text, mention, self._lexicon):
            append_new(entry.roles, role)
        if bracket := bracket_behind(self._text, mention, self._lexicon):
            if bracket.organisation and bracket.kind == "affiliation":
                append_new(entry.organisations, canonical(bracket.organisation, self._lexicon))
            if bracket.role:
                append_new(entry.roles, bracket.role)
            if bracket.kind == "initials":
                known = self._initials.get(bracket.inside) or entry
                self._initials[bracket.inside] = entry if known is entry else None
        for said in self._beside.of(mention):
            if said.organisation and not (said.rule == "body" and entry.organisations):
                append_new(entry.organisations, said.organisation)
            if said.role:
                append_new(entry.roles, said.role)

    def add_told(self) -> None:
        """What clauses and rows say about persons, and a predecessor's organisation for who takes the place over."""
        owners = {span: entry for entry in self._entries for span in entry.mentions}
        end = self._document.items[0].start if self._document.items else len(self._text)
        for mention, home in rows_of_people(self._text, end, self._found, self._found_organisations, self._lexicon):
            entry = owners.get(Span(mention.start, mention.end))
            if entry and not entry.organisations:
                append_new(entry.organisations, home)
        for mention, said in self._beside.told():
            if (entry := owners.get(Span(mention.start, mention.end))) and said.organisation:
                append_new(entry.organisations, said.organisation)
        for mention, place in self._beside.successions():
            successor, predecessor = owners.get(Span(mention.start, mention.end)), owners.get(place)
            if successor and predecessor and not successor.organisations and len(predecessor.organisations) == 1:
                append_new(successor.organisations, predecessor.organisations[0])
