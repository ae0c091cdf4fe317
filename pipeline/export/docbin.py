"""spaCy's DocBin: one Doc for each document, for training and for displaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from pipeline.files import replacing
from pipeline.records import Minutes
from pipeline.records.base import Mention

__all__ = ["write"]

_AMOUNTS = {"money": "MONEY", "percent": "PERCENT", "quantity": "QUANTITY"}


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write a DocBin that holds the repaired texts with all values as span groups and the named entities as `ents`.

    Every value is a span of a group of `doc.spans` ("persons", "amounts", "decisions", …), in order, with its kind,
    outcome or act as label and the id of its person, organisation or item as `span_id`. A value that begins or ends
    inside a token is widened to it. `doc.ents` holds PER, ORG, MONEY, PERCENT, QUANTITY and DATE, the longest where
    they overlap. `doc.user_data` holds the id, path, body and date.
    """
    nlp = spacy.blank("da")
    nlp.max_length = 1 << 31
    docs = DocBin(store_user_data=True)
    for record in records:
        docs.add(_doc(nlp.make_doc(record.text), record))
    with replacing(target) as part:
        part.write_bytes(docs.to_bytes())


def _doc(doc: Doc, record: Minutes) -> Doc:
    doc.user_data = {
        "minutes_id": record.id,
        "source_path": record.source.path,
        "body": record.meeting.body,
        "date": record.meeting.date,
    }
    entities: list[Span] = []
    for group, values in _groups(record):
        spans = [span for value, label, identity in values if (span := _span(doc, value, label, identity))]
        doc.spans[group] = spans
        if group in ("persons", "organisations", "amounts", "dates"):
            entities += spans
    doc.ents = filter_spans(entities)
    return doc


def _span(doc: Doc, value: Mention, label: str, identity: str | None) -> Span | None:
    return doc.char_span(value.start, value.end, label=label, span_id=identity or "", alignment_mode="expand")


Values = list[tuple[Mention, str, str | None]]


def _groups(record: Minutes) -> Iterator[tuple[str, Values]]:
    yield "items", [(item.heading, item.kind or "item", item.id) for item in record.items]
    for name, label in (
        ("statements", "act"), ("recommendations", ""), ("decisions", "outcome"), ("actions", ""),
    ):  # fmt: skip
        yield (
            name,
            [
                (value, getattr(value, label) if label else name.removesuffix("s"), item.id)
                for item in record.items
                for value in getattr(item, name)
            ],
        )
    yield "persons", [(mention, "PER", person.id) for person in record.persons for mention in person.mentions]
    yield "organisations", [(mention, "ORG", org.id) for org in record.organisations for mention in org.mentions]
    yield "amounts", [(amount, _AMOUNTS[amount.kind], amount.item_id) for amount in record.amounts]
    yield "dates", [(date, "DATE", date.item_id) for date in record.dates]
    yield (
        "attendance",
        [
            (attendee, status, attendee.person_id)
            for status in ("present", "absent")
            for attendee in getattr(record.meeting, status)
        ],
    )
