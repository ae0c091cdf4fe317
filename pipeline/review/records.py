"""The records of a finished run, read back one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from pipeline.errors import ConfigurationError
from pipeline.records import Minutes

__all__ = ["Quarantined", "count_records", "read_quarantine", "read_records"]


class Quarantined(NamedTuple):
    """A document that could not be processed, why, and what to do."""

    path: str
    error: str
    advice: str


def read_records(out: Path) -> Iterator[Minutes]:
    """The records of OUT/minutes.jsonl in order.

    Raises `ConfigurationError` where the file is missing or a line is no record of this version.
    """
    for number, line in enumerate(_lines(out), 1):
        try:
            yield Minutes.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise ConfigurationError(
                f"{out / 'minutes.jsonl'}: line {number} is no record of this version ({where}: {first['msg']}); "
                "make it again with referat run"
            ) from error


def count_records(out: Path) -> int:
    """How many records OUT/minutes.jsonl holds."""
    return sum(1 for _ in _lines(out))


def _lines(out: Path) -> Iterator[str]:
    try:
        with (out / "minutes.jsonl").open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{out / 'minutes.jsonl'}: is not there; make it with referat run INPUT --out {out}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{out / 'minutes.jsonl'}: cannot be read ({error})") from error


def read_quarantine(out: Path) -> list[Quarantined]:
    """What OUT/quarantine.jsonl lists; nothing where there is none."""
    path = out / "quarantine.jsonl"
    if not path.is_file():
        return []
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Quarantined(*(str(entry.get(key, "")) for key in Quarantined._fields)) for entry in entries]
