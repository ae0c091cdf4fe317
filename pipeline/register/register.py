"""The register: what runs through the meetings of many documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.extract.persons.identity import fold_name
from pipeline.files import leftovers, replacing
from pipeline.lexicon import Lexicon
from pipeline.records import Minutes
from pipeline.register.bodies import find_bodies
from pipeline.register.digest import Digest, digest
from pipeline.register.entries import merge_organisations, merge_persons
from pipeline.register.following import follow_actions, follow_decisions
from pipeline.register.records import Register

__all__ = ["REGISTER_STREAMS", "make_register", "register_files", "register_of", "write_register"]

REGISTER_STREAMS = ("bodies", "actions", "decisions", "persons", "organisations")


def make_register(records: Iterable[Minutes], lexicon: Lexicon) -> Register:
    """The register of these records; the same in whatever order they come.

    Nothing in it is guessed: each step of a task names the document and the place where a later meeting says so, and
    what no document says stays open.
    """
    return register_of(digest(minutes, lexicon) for minutes in records)


def register_of(kept: Iterable[Digest]) -> Register:
    """The register of the records of which `kept` are the digests."""
    digests = sorted(kept, key=lambda one: one.meeting.minutes_id)
    bodies = find_bodies(digests)
    body_of = {one.meeting.minutes_id: body.id for body, meetings in bodies for one in meetings}
    organisations = merge_organisations(digests, body_of)
    persons = merge_persons(digests, body_of, organisations)
    person_ids = _person_ids(digests, {seen.entry_id: person.id for person in persons for seen in person.seen_in})
    groups: list[tuple[str | None, list[Digest]]] = sorted((body.id, meetings) for body, meetings in bodies)
    groups.append((None, [one for one in digests if one.meeting.minutes_id not in body_of]))
    return Register(
        bodies=sorted((body for body, _ in bodies), key=lambda body: body.id),
        actions=[a for body, meetings in groups for a in follow_actions(meetings, body, person_ids)],
        decisions=[d for body, meetings in groups for d in follow_decisions(meetings, body)],
        persons=persons,
        organisations=organisations,
    )


def _person_ids(digests: Iterable[Digest], merged: dict[str, str]) -> dict[tuple[str, str], str]:
    """Register id by record and folded name; a name that two people of one record bear names neither."""
    found: dict[tuple[str, str], str | None] = {}
    for one in digests:
        for person in one.persons:
            key = (one.meeting.minutes_id, fold_name(person.name))
            found[key] = None if key in found else merged[person.id]
    return {key: identity for key, identity in found.items() if identity is not None}


def write_register(register: Register, folder: Path) -> None:
    """Write one JSONL file for each of `REGISTER_STREAMS`, each replaced in one step.

    Raises `ConfigurationError` where the folder cannot be written.
    """
    for stream in REGISTER_STREAMS:
        with replacing(folder / f"{stream}.jsonl") as path, path.open("w", encoding="utf-8") as file:
            for entry in getattr(register, stream):
                file.write(json.dumps(entry.model_dump(mode="json"), ensure_ascii=False) + "\n")


def register_files(folder: Path) -> list[Path]:
    """The files of a register in `folder`, and what a killed command left of them, where they are there."""
    files = [folder / f"{stream}.jsonl" for stream in REGISTER_STREAMS]
    return [path for path in files if path.exists()] + leftovers(folder)
