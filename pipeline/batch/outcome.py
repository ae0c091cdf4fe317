"""What became of one document, and what it becomes under another name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.batch.gaps import Gaps
from pipeline.batch.inputs import InputFile
from pipeline.installed import fingerprint
from pipeline.records import STREAMS

__all__ = ["TABLES", "Outcome", "made_by", "quarantined", "renamed"]

TABLES = ("minutes", *STREAMS, "quarantine")
"""The files of the output, without `.jsonl`."""


class Outcome(NamedTuple):
    """What became of one document: its lines in each file of the output ('' where it has none), its `Gaps`."""

    path: str
    sha256: str
    fingerprint: str
    pages: int
    lines: Mapping[str, str]
    size: int = -1
    stamp: str = ""
    gaps: Sequence[int] = Gaps()


def made_by(*, reread: bool = False) -> str:
    """What made an outcome: equal names mean equal outcomes for equal bytes."""
    return f"{fingerprint()}{'+reread' if reread else ''}"


def quarantined(given: InputFile, sha256: str, stage: str, problem: str, advice: str) -> Outcome:
    """The outcome for a document that could not be processed: a line for quarantine.jsonl.

    >>> quarantined(InputFile("a.txt", "a.txt"), "", "read", "the file is empty", "scan it again").lines["quarantine"]
    '{"path": "a.txt", "sha256": "", "stage": "read", "error": "the file is empty", "advice": "scan it again"}\\n'
    """
    line = {"path": given.path, "sha256": sha256, "stage": stage, "error": problem, "advice": advice}
    return Outcome(
        given.path, sha256, made_by(reread=given.reread), 0, {"quarantine": json.dumps(line, ensure_ascii=False) + "\n"}
    )


def renamed(outcome: Outcome, path: str) -> Outcome:
    """The outcome that processing the same bytes under another path would give, byte for byte.

    Nothing in a record depends on the path but the path itself and the ids made from it. Both are replaced where they
    stand as JSON: inside a text a quotation mark is escaped, so that no text can look like a key.
    """
    from pipeline.read import document_id

    old_id, new_id = (document_id(name, outcome.sha256) for name in (outcome.path, path))
    changes = [(f'"{old_id}{end}', f'"{new_id}{end}') for end in '"/']
    changes += [
        (f'"{key}":{space}{_text(outcome.path)}', f'"{key}":{space}{_text(path)}')
        for key, space in (("path", ""), ("path", " "), ("source_path", " "))
    ]
    lines = dict(outcome.lines)
    for table, text in lines.items():
        for old, new in changes:
            text = text.replace(old, new)  # noqa: PLW2901
        lines[table] = text
    return outcome._replace(path=path, lines=lines)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
