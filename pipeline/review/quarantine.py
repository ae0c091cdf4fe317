"""What a run could not process, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigurationError

__all__ = ["Quarantined", "read_quarantine"]


class Quarantined(NamedTuple):
    """A document that could not be processed, why, and what to do."""

    path: str
    error: str
    advice: str


def read_quarantine(out: Path) -> list[Quarantined]:
    """What OUT/quarantine.jsonl lists; nothing where there is none.

    Raises `ConfigurationError` where it cannot be read.
    """
    path = out / "quarantine.jsonl"
    try:
        entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [Quarantined(*(str(entry.get(key, "")) for key in Quarantined._fields)) for entry in entries]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error}); make it again with `referat run`") from error
