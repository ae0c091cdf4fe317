"""Who a sentence is about: the persons, organisations, roles and bodies that can be the subject of its verbs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.offices import Offices, indefinite
from pipeline.extract.passages import Passage
from pipeline.find.organisations.own_initials import own_initials
from pipeline.lexicon import Lexicon, Likely
from pipeline.values import Meeting, Organisation, Person, Span

__all__ = ["Subject", "Subjects"]

_ASSEMBLY = regex.compile(r"generalforsamling|årsmøde|beboermøde|afdelingsmøde")
_OPEN_BRACKET = regex.compile(r"\s?\((?:[^()]{1,60}, )?")
_WORD = regex.compile(r"(?<!\w)\w++(?!\()")
_INITIAL = regex.compile(r" \p{Lu}\.(?= \p{Ll}|,? og )")
"""What of a family name stands behind a first name: "Mona B. ringer"."""
LEFT = 120
"""No more characters than this stand between a name and its verb."""
MANY = 12
"""No more names than this are joined."""


class Subject(NamedTuple):
    """A name in a sentence; `start` and `end` count in the sentence's flat text.

    `kind` is person, organisation, role, body (the meeting itself) or pronoun.
    """

    start: int
    end: int
    kind: str
    name: str
    organisation: str | None = None


@cache
def _kinds(lexicon: Lexicon) -> Likely:
    return Likely(lexicon.by_name("speakers")[kind] for kind in ("role", "body", "pronoun"))


@lru_cache(maxsize=2)
def _kept(
    text: str,
    persons: tuple[Person, ...],
    organisations: tuple[Organisation, ...],
    meeting: Meeting,
    lexicon: Lexicon,
) -> dict[tuple[int, int], tuple[Subject, ...]]:
    """The subjects found so far in one document: statements, decisions and actions ask about the same sentences."""
    return {}


class Subjects:
    """Finds the subjects in the sentences of one document; `assembly` where the members and not a board met,
    `represented` the organisations of its persons,
    `present` the names of those who met."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self._rules = lexicon.by_name("speakers")
        named = [(span, True, i) for i, person in enumerate(document.persons) for span in person.mentions]
        named += [(span, False, i) for i, org in enumerate(document.organisations) for span in org.mentions]
        self._mentions = sorted(named)
        self._starts = [span.start for span, _, _ in self._mentions]
        header = f"{document.meeting.title or ''} {document.meeting.body or ''}".casefold()
        self._header = header if header.strip() else document.text[:300].casefold()
        self.assembly = bool(_ASSEMBLY.search(self._header))
        self._initials = own_initials(document.text)
        self._offices = Offices(document, assembly=self.assembly)
        self.represented = frozenset(home for person in document.persons for home in person.organisations)
        self.present = frozenset(attendee.name for attendee in document.meeting.present)
        self._homes = {p.name: p.organisations[0] for p in document.persons if p.organisations}
        self._kept = _kept(document.text, document.persons, document.organisations, document.meeting, lexicon)

    def of(self, passage: Passage) -> list[Subject]:
        """Names in the order of the sentence; a title joins the name behind it, brackets belong to no subject."""
        place = passage.start, passage.end
        if place not in self._kept:
            self._kept[place] = tuple(self._find(passage))
        return list(self._kept[place])

    def _find(self, passage: Passage) -> list[Subject]:
        flat = passage.flat
        found: list[Subject] = []
        for span, is_person, index in self._mentions_in(passage):
            start, end = passage.locate(span.start), passage.locate(span.end - 1) + 1
            if is_person:
                end = initial.end() if (initial := _INITIAL.match(flat, end)) else end
                found.append(Subject(start, end, "person", self.document.persons[index].name))
            else:
                name = self.document.organisations[index].name
                body = name.casefold() == (self.document.meeting.body or "").casefold()
                body = body or flat[start:end] in self._initials or self._is_own_word(flat[start:end])
                kind = "body" if body else "organisation"
                found.append(Subject(start, end, kind, name, name))
        taken = bytearray(len(flat))
        for subject in found:
            taken[subject.start : subject.end] = b"\1" * (subject.end - subject.start)
        for rule, match in _kinds(self.lexicon).matches(flat):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(self._office(match, rule.name))
        for office in self._offices.named_in(flat):
            if not any(taken[office.start() : office.end()]):
                taken[office.start() : office.end()] = b"\1" * (office.end() - office.start())
                found.append(self._office(office, "role"))
        for match in _WORD.finditer(flat) if any(initials in flat for initials in self._initials) else ():
            if match.group() in self._initials and not any(taken[match.start() : match.end()]):
                found.append(Subject(match.start(), match.end(), "body", match.group()))
        return self._with_affiliations(flat, sorted(found, key=lambda subject: subject[:2]))

    @staticmethod
    def before(subjects: Sequence[Subject], place: int) -> list[int]:
        """Indices of the two subjects that end nearest before a place, the nearest first."""
        count = bisect_right(subjects, place, key=lambda subject: subject.end)
        return list(range(count - 1, max(count - 3, -1), -1))

    @staticmethod
    def behind(subjects: Sequence[Subject], place: int) -> int | None:
        """Index of the first subject that starts at or behind a place."""
        index = bisect_left(subjects, place, key=lambda subject: subject.start)
        return index if index < len(subjects) else None

    def governs(self, subject: Subject, flat: str, start: int) -> bool:
        """Whether a verb at `start` can have the subject on its left: nothing but its own trimmings in between."""
        apposed = subject.kind == "person" and (
            flat[: subject.start].endswith(", ") or ", " in flat[subject.start : subject.end]
        )
        if flat[subject.end : start] == ", " and not apposed:
            return False  # "Mona Lind, Naturfonden, oplyste", "Mona, mener Bo"
        return (
            0 < start - subject.end <= LEFT and self._rules["tail"].regex.match(flat[subject.end : start]) is not None
        )

    def follows(self, subject: Subject, flat: str, end: int) -> bool:
        """Whether a verb that ends at `end` can have the subject on its right (inversion)."""
        return 0 < subject.start - end <= LEFT and (
            self._rules["before-name"].regex.match(flat[end : subject.start]) is not None
        )

    def group(self, subjects: list[Subject], flat: str, last: int) -> list[Subject]:
        """The subject at index `last` and those joined to it on its left: "A (X), B og C"."""
        first = last
        while first and last - first < MANY and self._joined(subjects[first - 1], subjects[first], flat):
            first -= 1
        return subjects[first : last + 1]

    def group_after(self, subjects: list[Subject], flat: str, first: int) -> list[Subject]:
        """The subject at index `first` and those joined to it on its right."""
        last = first
        while (
            last + 1 < len(subjects) and last - first < MANY and self._joined(subjects[last], subjects[last + 1], flat)
        ):
            last += 1
        return subjects[first : last + 1]

    def is_governed(self, subject: Subject, flat: str) -> bool:
        """Whether a preposition or a subordinating word stands right before the subject, or before whose it is."""
        before = flat[max(0, subject.start - 40) : subject.start]
        if subject.kind == "person" and (owner := _OWNER.search(before)):
            before = before[: owner.start()]
        return self._rules["not-a-subject"].regex.search(before) is not None

    def _joined(self, left: Subject, right: Subject, flat: str) -> bool:
        return right.start - left.end <= LEFT and (
            self._rules["joined"].regex.match(flat[left.end : right.start]) is not None
        )

    def _mentions_in(self, passage: Passage) -> list[tuple[Span, bool, int]]:
        first = bisect_left(self._starts, passage.start)
        last = bisect_left(self._starts, passage.end)
        inside: list[tuple[Span, bool, int]] = []
        for mention in sorted(self._mentions[first:last], key=lambda m: (m[0].start, -m[0].end, not m[1])):
            if mention[0].end <= passage.end and (not inside or mention[0].start >= inside[-1][0].end):
                inside.append(mention)
        return inside

    def _with_affiliations(self, flat: str, found: list[Subject]) -> list[Subject]:
        kept: list[Subject] = []
        for subject in found:
            before = kept[-1] if kept else None
            between = flat[before.end : subject.start] if before else ""
            if before and subject.kind == "organisation" and _OPEN_BRACKET.fullmatch(between):
                if before.kind in ("person", "role"):
                    kept[-1] = before._replace(organisation=before.organisation or subject.organisation)
                    continue
            elif before and subject.kind == "organisation" and between == ", " and self._is_home(before, subject):
                if flat.startswith(":", subject.end):
                    kept.append(subject)  # a turn that tells whom they speak for
                continue
            elif before and subject.kind == "organisation" and between == "/" and self._is_home(before, subject):
                kept[-1] = before._replace(end=subject.end, organisation=subject.name)
                continue
            elif before and before.kind == "organisation" and between == ", " and self._is_home(subject, before):
                kept.pop()
            elif (
                before
                and subject.kind == "person"
                and (
                    before.kind in _TITLES.get(between, ())
                    or (before.kind == "role" and between == ", " and _APPOSED.match(flat, subject.end))
                )
            ):
                home = subject.organisation or before.organisation
                seat = _SEAT.search(flat[max(0, before.start - 40) : before.start])
                before = before._replace(start=before.start - len(seat.group())) if seat else before
                end = subject.end + (between == " (" and flat.startswith(")", subject.end))
                kept[-1] = subject._replace(start=before.start, end=end, organisation=home)
                continue
            kept.append(subject)
        return [self._at_home(subject) for subject in kept]

    def _is_home(self, person: Subject, organisation: Subject) -> bool:
        """Whether an organisation is the one that a person is known to speak for: "Mona Lind, Naturfonden"."""
        return person.kind == "person" and self._homes.get(person.name) == organisation.name

    def _at_home(self, subject: Subject) -> Subject:
        """The subject with its organisation: the one beside the name, else the person's only known one."""
        if subject.kind not in ("person", "role") or subject.organisation:
            return subject
        return subject._replace(organisation=self._homes.get(subject.name))

    def _office(self, match: regex.Match[str], kind: str) -> Subject:
        word = match.group()
        if kind == "body":
            return Subject(match.start(), match.end(), "body" if self._is_own(word) else "role", word)
        if kind == "role":
            other = _OF_OTHERS.match(match.string, match.end())
            office = word.removeprefix("ph.d.-").removeprefix("Ph.d.-")
            known = None if other and not self._is_own(other["body"]) else self._offices.holder(office)
            nobody = not known and word.casefold() == "undertegnede"
            return Subject(match.start(), match.end(), "body" if nobody else "role", known or word)
        return Subject(match.start(), match.end(), kind, word)

    def _is_own_word(self, word: str) -> bool:
        """Whether what is found as an organisation is but the word for the body that met: "Handicaprådet"."""
        return self._rules["body"].regex.fullmatch(word) is not None and self.is_in_header(word)

    def is_in_header(self, word: str) -> bool:
        """Whether the title or the body of the meeting has a noun that the text has in the definite form."""
        return any(form in self._header for form in indefinite(word))

    def _is_own(self, word: str) -> bool:
        """Whether a body is the one that met: not the board at an assembly, not one with a name of its own."""
        folded = word.casefold()
        if folded.endswith("bestyrelsen") and self.assembly:
            return False
        if folded == "generalforsamlingen":
            return self.assembly or not _OTHER_BODY.search(self._header)
        if folded in _GENERIC:
            return folded not in _SMALL or "gruppe" in self._header or not _OTHER_BODY.search(self._header)
        return any(form in self._header for form in indefinite(word)) or folded.endswith("styregruppen")


_TITLES = {
    " ": ("role",),
    " (": ("role", "body", "organisation"),
    "/": ("organisation",),
    " - ": ("organisation",),
    " – ": ("organisation",),
    " v/": ("role", "body", "organisation"),
    " v/ ": ("role", "body", "organisation"),
    " ved ": ("organisation",),
}
"""What may stand between an office and its holder, for which kinds: "formanden Mona", "formandskabet (Mona)"."""

_SEAT = regex.compile(
    r"(?i)\b\p{L}*(?:medlem|formand|repræsentant|leder|tovholder|suppleant|kontaktperson|koordinator|kasserer|sekretær)(?:met|en)?"
    r" (?:af|for|i|fra|hos|ved) \Z"
)
"""Before the body where the person behind has a seat: "Medlem af festudvalget Mona Lind"."""
_OF_OTHERS = regex.compile(r" for (?P<body>\p{L}+(?:udvalget|gruppen|rådet|nævnet))\b")
"""Behind an office of another body: "formanden for festudvalget"."""
_APPOSED = regex.compile(r", (?!og |samt )\p{Ll}|: |\.?$")
"""What stands behind the name in "formanden, Mona Lind, aflagde"."""
_OWNER = regex.compile(r"\b\p{L}{3,40}s (?:\p{Ll}{5,30} )?\Z")
"""Right before a person: "Kystdirektoratets Mona", "Havnerådets repræsentant Mona"."""
_OTHER_BODY = regex.compile(r"bestyrelse|styregruppe|udvalg|råd\b|nævn")
"""Where one of these met, the general assembly is another meeting."""

_SMALL = frozenset({"gruppen", "arbejdsgruppen", "projektgruppen"})
"""What another body may have set up: it is the one that met where the header says so, or names none."""
_GENERIC = frozenset({"bestyrelsen", "styregruppen", "udvalget", "gruppen", "rådet", "nævnet", "forsamlingen"}) | {
    "repræsentantskabet",
    "arbejdsgruppen",
    "projektgruppen",
}
