"""What the register keeps of a record: small, so that 100,000 records can be followed at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.layout import sentences
from pipeline.lexicon import Lexicon
from pipeline.records.agenda import Action, Decision, Item
from pipeline.records.base import Mention
from pipeline.records.minutes import Minutes, Organisation, Person
from pipeline.register.keys import content, full_name_key
from pipeline.register.records import Held
from pipeline.register.verbs import done_keys
from pipeline.values import Edit, Span

__all__ = ["Digest", "Entry", "ItemDigest", "Told", "digest"]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that may tell what became of an earlier task or decision."""

    text: str
    span: Span
    source: Span
    item: int
    words: frozenset[str]
    """Stems of what it is about."""
    done: frozenset[str]
    """Stems of the verbs that it tells in the past."""
    closed: bool
    """Whether it says in general words that something is done."""
    outstanding: bool
    """Whether it says that something is not done yet; then it tells nothing else."""
    persons: tuple[str, ...]
    """The names, as the document knows them in full, of everybody named in it."""


@dataclass(frozen=True, slots=True)
class ItemDigest:
    """An item with what is followed from it."""

    id: str
    number: str | None
    title: str | None
    words: frozenset[str]
    heading: Mention
    rule: str
    confidence: float
    actions: tuple[Action, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or an organisation of one document, its mentions as a number."""

    id: str
    name: str
    forms: tuple[str, ...]
    mentions: int
    organisations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kind: str | None = None
    cvr: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A record as the register needs it."""

    meeting: Held
    body: str | None
    items: tuple[ItemDigest, ...]
    told: tuple[Told, ...]
    persons: tuple[Entry, ...]
    organisations: tuple[Entry, ...]

    @property
    def people(self) -> frozenset[str]:
        """The full names of everybody in the document, as they are compared."""
        return frozenset(key for person in self.persons if (key := full_name_key(person.name)))


def digest(minutes: Minutes, lexicon: Lexicon) -> Digest:
    """What the register keeps of a record."""
    meeting = minutes.meeting
    return Digest(
        Held(minutes_id=minutes.id, source_path=minutes.source.path, meeting_date=meeting.date, title=meeting.title),
        meeting.body,
        tuple(map(_item, minutes.items)),
        tuple(_told(minutes, lexicon)) if meeting.body and meeting.date else (),
        tuple(map(_person, minutes.persons)),
        tuple(map(_organisation, minutes.organisations)),
    )


def _item(item: Item) -> ItemDigest:
    return ItemDigest(
        item.id,
        item.number,
        item.title,
        content(item.title or ""),
        item.heading,
        item.rule,
        item.confidence,
        tuple(item.actions),
        tuple(item.decisions),
    )


def _person(person: Person) -> Entry:
    return Entry(
        person.id,
        person.name,
        tuple(person.forms),
        len(person.mentions),
        organisations=tuple(person.organisations),
        roles=tuple(person.roles),
    )


def _organisation(organisation: Organisation) -> Entry:
    return Entry(
        organisation.id,
        organisation.name,
        tuple(organisation.aliases),
        len(organisation.mentions),
        kind=organisation.kind,
        cvr=organisation.cvr,
    )


def _told(minutes: Minutes, lexicon: Lexicon) -> Iterator[Told]:
    """The sentences of the items that tell of something done or not yet done."""
    document = Document(
        id=minutes.id,
        source=minutes.source_text,
        edits=tuple(Edit(**edit.model_dump()) for edit in minutes.edits),
    )
    for number, item in enumerate(minutes.items):
        # What is recommended, or given as a new task, is not told as done.
        asked = [(value.start, value.end) for value in (*item.recommendations, *item.actions)]
        for start, end in sentences(document.text, item.heading.end, item.end):
            if any(start < b and a < end for a, b in asked):
                continue
            said = document.quote(start, end)
            matches = {rule.value: rule.regex.search(said) for rule in lexicon.rules("followup")}
            done = _done(said, after=past.end() if (past := matches["past"]) else len(said))
            told = (done or matches["done"]) and not matches["unsure"]
            if not (told or matches["outstanding"]):
                continue
            source = document.source_span(start, end)
            yield Told(
                said,
                Span(start, end),
                source,
                number,
                content(said),
                done,
                bool(matches["done"]),
                bool(matches["outstanding"]),
                tuple(
                    person.name
                    for person in minutes.persons
                    if any(start <= mention.start and mention.end <= end for mention in person.mentions)
                ),
            )


def _done(said: str, after: int) -> frozenset[str]:
    """The verbs told in the past; participles only behind the offset `after`."""
    keys: set[str] = set()
    position = 0
    for word in said.split():
        position = said.index(word, position)
        forms, alone = done_keys(word.strip(".,:;()»«\"'").casefold())
        if alone or position >= after:
            keys |= forms
    return frozenset(keys)
