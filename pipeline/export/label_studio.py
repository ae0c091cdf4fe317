"""Tasks for Label Studio with everything that was found as predictions: a person corrects them there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.export.labels import labelling_config
from pipeline.files import replacing
from pipeline.records import Minutes
from pipeline.records.base import Mention

__all__ = ["task", "write"]

Json = dict[str, Any]
Fields = dict[str, str | list[str] | None]


def write(records: Iterable[Minutes], target: Path) -> None:
    """Write tasks.json and config.xml (the labelling interface) into the folder `target`."""
    with replacing(target / "config.xml") as part:
        part.write_text(labelling_config(), encoding="utf-8")
    with replacing(target / "tasks.json") as part, part.open("w", encoding="utf-8") as file:
        before = "[\n"
        for record in records:
            file.write(before + json.dumps(task(record), ensure_ascii=False))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def task(record: Minutes) -> Json:
    """One task: the repaired text, and each value of the record as a region with its fields.

    Offsets are code points, as Label Studio stores them today; older versions counted an emoji twice
    (HumanSignal/label-studio#1559), and `import-corrections` reads both.
    """
    return {
        "data": {
            "text": record.text,
            "source_text": record.source_text,
            "minutes_id": record.id,
            "source_path": record.source.path,
        },
        "predictions": [
            {
                "model_version": f"referat {record.produced_by.version} {record.produced_by.fingerprint}",
                "result": [
                    *(
                        result
                        for number, (label, place, fields) in enumerate(_regions(record), 1)
                        for result in _region(f"r{number}", label, place, fields)
                    ),
                    *_header(record),
                ],
            }
        ],
    }


def _regions(record: Minutes) -> Iterator[tuple[str, Mention, Fields]]:
    for item in record.items:
        yield "Item", item.heading, {"number": item.number, "title": item.title, "item_kind": item.kind}
        for statement in item.statements:
            yield "Statement", statement, {"speaker": statement.speaker, "organisation": statement.organisation}
        for clause in item.recommendations:
            yield "Recommendation", clause, {}
        for decision in item.decisions:
            yield "Decision", decision, {"outcome": decision.outcome}
        for action in item.actions:
            yield "Action", action, {"who": action.who, "due": action.due}
    for person in record.persons:
        known: Fields = {"name": person.name, "organisation": person.organisations, "role": person.roles}
        for mention in person.mentions:
            yield "Person", mention, known
    for organisation in record.organisations:
        for mention in organisation.mentions:
            yield "Organisation", mention, {"name": organisation.name}
    for amount in record.amounts:
        value = amount.value or f"{amount.low}/{amount.high}"
        yield amount.kind.capitalize(), amount, {"value": value, "unit": amount.unit}
    for date in record.dates:
        yield "Date", date, {"iso": date.iso}
    for status in ("present", "absent"):
        for attendee in getattr(record.meeting, status):
            fields = {"name": attendee.name, "organisation": attendee.organisation, "role": attendee.role}
            yield status.capitalize(), attendee, fields


def _region(identity: str, label: str, place: Mention, fields: Fields) -> Iterator[Json]:
    span: Json = {"start": place.start, "end": place.end}
    head = {"id": identity, "to_name": "text"}
    yield head | {"from_name": "label", "type": "labels", "value": span | {"text": place.text, "labels": [label]}}
    for field, value in fields.items():
        values = value if isinstance(value, list) else [value] if value else []
        if values and field in ("outcome", "item_kind"):
            yield head | {"from_name": field, "type": "choices", "value": span | {"choices": values}}
        elif values:
            yield head | {"from_name": field, "type": "textarea", "value": span | {"text": values}}


def _header(record: Minutes) -> Iterator[Json]:
    meeting = record.meeting
    fields = {
        "title": meeting.title,
        "body": meeting.body,
        "date": meeting.date,
        "start": meeting.start_time,
        "end": meeting.end_time,
        "place": meeting.place,
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
    }
    for field, value in fields.items():
        if value:
            head = {"id": f"meeting_{field}", "from_name": f"meeting_{field}", "to_name": "text", "type": "textarea"}
            yield head | {"value": {"text": [value]}}
