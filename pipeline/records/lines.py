"""Reading minutes.jsonl back as records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from pipeline.errors import ConfigurationError
from pipeline.records.minutes import Minutes

__all__ = ["count_minutes", "read_minutes"]


def read_minutes(out: Path) -> Iterator[Minutes]:
    """The records of OUT/minutes.jsonl, in its order, one at a time.

    Raises `ConfigurationError` naming the file and the line where there is none or where it is no record.
    """
    with _lines(out) as (path, lines):
        for number, line in enumerate(lines, 1):
            try:
                yield Minutes.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"]) or "the line"
                raise ConfigurationError(
                    f"{path}, line {number}, {where}: {first['msg']}; make it again with `referat run --force`"
                ) from error


def count_minutes(out: Path) -> int:
    """How many records OUT/minutes.jsonl holds. Raises `ConfigurationError` where there is no such file."""
    with _lines(out) as (_, lines):
        return sum(1 for _ in lines)


@contextmanager
def _lines(out: Path) -> Iterator[tuple[Path, TextIO]]:
    path = out / "minutes.jsonl"
    try:
        with path.open(encoding="utf-8") as lines:
            yield path, lines
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: there is no such file; name the folder that `referat run --out` wrote"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error})") from error
