"""Akoma Ntoso 3.0 (OASIS LegalDocML), one `debate` for each document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.document import quote
from pipeline.files import replacing
from pipeline.layout import paragraphs
from pipeline.records import Minutes
from pipeline.records.agenda import Item, Statement

__all__ = ["akoma_ntoso", "write"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INLINE = {"p", "heading", "num", "docTitle", "outcome", "person", "date"}
_NO_DATE = "0001-01-01"  # the schema wants a date where the document has none
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Mark(NamedTuple):
    """An inline element over a span of the text."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write ID.xml for each document into the folder `target`."""
    for record in records:
        with replacing(target / f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', record.id)}.xml") as part:
            part.write_text(akoma_ntoso(record), encoding="utf-8")


def akoma_ntoso(record: Minutes) -> str:
    """The document as XML.

    The head of the minutes is the `preface`, attendance a `rollCall`, each item a `debateSection` with `num` and
    `heading`, each statement a `speech` (a second speaker of the same words stands in `refersTo`), each decision an
    `outcome` from where it begins to the end of its paragraph at the latest, each day a `date`, each person named a
    `person`. The text is the repaired one, a paragraph to a `p`; text outside the items is a `debateSection` named
    "unassigned". A document without a date has that of the year 1: the schema wants one.
    """
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    debate = ET.SubElement(root, "debate", {"name": "minutes"})
    _meta(debate, record)
    _Body(record).fill(debate)
    for element in root.iter():
        if (
            len(element) and element.tag not in _INLINE
        ):  # a line for each block; in running text white space would say something
            element.text = "\n"
            for child in element:
                child.tail = "\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _meta(debate: ET.Element, record: Minutes) -> None:
    meta = ET.SubElement(debate, "meta")
    identification = ET.SubElement(meta, "identification", {"source": "#referat"})
    date = record.meeting.date if record.meeting.date and _DAY.fullmatch(record.meeting.date) else None
    work = f"/akn/dk/debate/minutes/{date or _NO_DATE}/{re.sub(r'[^A-Za-z0-9_.-]+', '-', record.id)}"
    for level, uri in (("Work", work), ("Expression", f"{work}/dan@"), ("Manifestation", f"{work}/dan@.xml")):
        part = ET.SubElement(identification, f"FRBR{level}")
        ET.SubElement(part, "FRBRthis", {"value": uri if level == "Manifestation" else f"{uri}/!main"})
        ET.SubElement(part, "FRBRuri", {"value": uri})
        ET.SubElement(part, "FRBRdate", {"date": date or _NO_DATE, "name": "meeting" if date else "unknown"})
        ET.SubElement(part, "FRBRauthor", {"href": "#body" if record.meeting.body else "#referat"})
        if level == "Work":
            ET.SubElement(part, "FRBRcountry", {"value": "dk"})
        if level == "Expression":
            ET.SubElement(part, "FRBRlanguage", {"language": "dan"})
    references = ET.SubElement(meta, "references", {"source": "#referat"})
    ET.SubElement(
        references, "TLCOrganization", {"eId": "referat", "href": "/akn/ontology/referat", "showAs": "referat"}
    )
    if record.meeting.body:
        _reference(references, "TLCOrganization", "body", record.meeting.body)
    for number, person in enumerate(record.persons, 1):
        _reference(references, "TLCPerson", f"person_{number}", person.name)
    for number, organisation in enumerate(record.organisations, 1):
        _reference(references, "TLCOrganization", f"organisation_{number}", organisation.name)


def _reference(references: ET.Element, tag: str, identity: str, name: str) -> None:
    attributes = {"eId": identity, "href": f"/akn/ontology/{identity}", "showAs": _clean(name)}
    ET.SubElement(references, tag, attributes)


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)


class _Body:
    """The text of a record, cut into blocks."""

    def __init__(self, record: Minutes) -> None:
        self._record = record
        self._person = {person.id: f"#person_{n}" for n, person in enumerate(record.persons, 1)}
        self._organisation = {
            name: f"#organisation_{n}"
            for n, organisation in enumerate(record.organisations, 1)
            for name in (organisation.name, *organisation.aliases)
        }
        outcomes = [decision for item in record.items for decision in item.decisions]
        self._marks = sorted(
            [
                *(
                    _Mark(d.start, d.end, "outcome", {"eId": f"outcome_{n}", "class": d.outcome})
                    for n, d in enumerate(outcomes, 1)
                ),
                *(
                    _Mark(mention.start, mention.end, "person", {"refersTo": self._person[person.id]})
                    for person in record.persons
                    for mention in person.mentions
                ),
                *(_Mark(d.start, d.end, "date", {"date": d.iso}) for d in record.dates if _DAY.fullmatch(d.iso)),
            ],
            key=lambda mark: (mark.start, -mark.end, mark.tag != "outcome"),
        )

    def fill(self, debate: ET.Element) -> None:
        record = self._record
        first = record.items[0].start if record.items else 0
        preface = ET.SubElement(debate, "preface")
        if record.meeting.title:
            ET.SubElement(ET.SubElement(preface, "p"), "docTitle").text = _clean(record.meeting.title)
        for paragraph in paragraphs(record.text, 0, first):
            self._block(preface, *paragraph)
        if not len(preface):
            debate.remove(preface)
        body = ET.SubElement(debate, "debateBody")
        self._roll_call(body)
        position = first
        for number, item in enumerate(record.items, 1):
            self._unassigned(body, position, item.start)
            self._item(body, number, item)
            position = item.end
        self._unassigned(body, position, len(record.text))
        if not len(body):
            ET.SubElement(body, "debateSection", {"name": "unassigned"})

    def _roll_call(self, body: ET.Element) -> None:
        attendees = [(status, a) for status in ("present", "absent") for a in getattr(self._record.meeting, status)]
        if not attendees:
            return
        call = ET.SubElement(body, "rollCall", {"eId": "attendance"})
        for status, attendee in attendees:
            line = ET.SubElement(call, "p", {"class": status})
            name = line
            if attendee.person_id:
                name = ET.SubElement(line, "person", {"refersTo": self._person[attendee.person_id]})
            name.text = _clean(attendee.name)

    def _unassigned(self, body: ET.Element, start: int, end: int) -> None:
        blocks = paragraphs(self._record.text, start, end)
        if blocks:
            section = ET.SubElement(body, "debateSection", {"name": "unassigned"})
            for block in blocks:
                self._block(section, *block)

    def _item(self, body: ET.Element, number: int, item: Item) -> None:
        section = ET.SubElement(body, "debateSection", {"name": "item", "eId": f"item_{number}"})
        if item.number:
            ET.SubElement(section, "num").text = _clean(item.number)
        heading = ET.SubElement(section, "heading")
        self._inline(heading, item.heading.start, item.heading.end)
        statements = _apart(item.statements)
        for start, end in paragraphs(self._record.text, item.heading.end, item.end):
            position = start
            for statement in statements:
                if start <= statement[0].start < end:
                    self._block(section, position, statement[0].start)
                    position = min(statement[0].end, end)
                    speech = ET.SubElement(section, "speech", self._speaker(statement))
                    self._block(speech, statement[0].start, position)
            self._block(section, position, end)

    def _speaker(self, statements: Sequence[Statement]) -> dict[str, str]:
        speakers = [
            self._person.get(s.person_id or "") or self._organisation.get(s.speaker) or "#referat" for s in statements
        ]
        others = " ".join(dict.fromkeys(speakers[1:]))
        return {"by": speakers[0]} | ({"refersTo": others} if others else {})

    def _block(self, parent: ET.Element, start: int, end: int) -> None:
        if self._record.text[start:end].strip():
            self._inline(ET.SubElement(parent, "p"), start, end)

    def _inline(self, element: ET.Element, start: int, end: int) -> None:
        """Fill an element with a span of the text and the marks that begin in it, cut where they would cross."""
        inside = [mark for mark in self._marks if start <= mark.start < end]
        self._nest(element, start, end, inside)

    def _nest(self, element: ET.Element, start: int, end: int, marks: Sequence[_Mark]) -> None:
        last: ET.Element | None = None
        position = start

        def put(text: str) -> None:
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text

        rest = list(marks)
        while rest:
            mark = rest.pop(0)
            stop = min(mark.end, end)
            inner = [other for other in rest if other.start < stop]
            rest = rest[len(inner) :]
            put(self._text(position, mark.start))
            last = ET.SubElement(element, mark.tag, mark.attributes)
            self._nest(last, mark.start, stop, inner)
            position = stop
        put(self._text(position, end))

    def _text(self, start: int, end: int) -> str:
        return _clean(re.sub(r"\s+", " ", quote(self._record.text, start, end)))


def _apart(statements: Iterable[Statement]) -> list[list[Statement]]:
    """The statements by their places: those that overlap the one before share its place."""
    places: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda one: (one.start, one.end)):
        if places and statement.start < max(one.end for one in places[-1]):
            places[-1].append(statement)
        else:
            places.append([statement])
    return places
