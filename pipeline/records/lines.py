"""Reading minutes.jsonl back as records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import ConfigurationError
from pipeline.records.minutes import Minutes

__all__ = ["read_minutes"]


def read_minutes(out: Path) -> Iterator[Minutes]:
    """The records of OUT/minutes.jsonl, in its order, one at a time.

    Raises `ConfigurationError` naming the file and the line where there is none or where it is no record.
    """
    path = out / "minutes.jsonl"
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield Minutes.model_validate_json(line)
                except ValidationError as error:
                    first = error.errors()[0]
                    where = ".".join(str(part) for part in first["loc"]) or "the line"
                    raise ConfigurationError(
                        f"{path}, line {number}, {where}: {first['msg']}; make it again with `referat run --force`"
                    ) from error
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: there is no such file; name the folder that `referat run --out` wrote"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error})") from error
