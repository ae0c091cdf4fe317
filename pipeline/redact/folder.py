"""The records of a run as they may be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.records import Minutes
from pipeline.records.lines import read_minutes
from pipeline.redact.redact import REDACTIONS, Redaction, redact

__all__ = ["Records", "redactions_of"]


def redactions_of(asked: Collection[str]) -> list[Redaction]:
    """What is to be taken out. Raises `ConfigurationError` for a word that names nothing of the kind.

    >>> redactions_of(["cpr", "names"])
    ['names', 'cpr']
    """
    what = [redaction for redaction in REDACTIONS if redaction in asked]
    if len(what) < len(set(asked)):
        raise ConfigurationError(f"--redact {' '.join(asked)}: one of {', '.join(REDACTIONS)}, or both")
    return what


class Records(Iterable[Minutes]):
    """The records of a folder, redacted, read anew each time that they are gone through."""

    def __init__(self, out: Path, what: Collection[Redaction] = ()) -> None:
        self._out = out
        self._what = what

    def __iter__(self) -> Iterator[Minutes]:
        for record in read_minutes(self._out):
            yield redact(record, self._what)
