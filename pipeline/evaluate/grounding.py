"""Whether every value of a record stands where the record says, and the edits replay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.document import apply_edits
from pipeline.evaluate.compare import fold
from pipeline.values import Edit

__all__ = ["Fault", "check_grounding"]

_HYPHEN_AT_LINE_END = re.compile(r"-\s*\n\s*")
_NOT_VALUES = {"edits", "text", "source_text"}


class Fault(NamedTuple):
    """A span that does not hold its text, or an edit that does not fit. `where` is the path in the record."""

    where: str
    expected: str
    stands: str


def check_grounding(record: Mapping[str, Any]) -> tuple[int, list[Fault]]:
    """The number of grounded spans in a record, and the faults among them and among the edits.

    >>> check_grounding({"text": "den 3. maj", "source_text": "den 3. maj", "edits": [],
    ...                  "dates": [{"text": "3. maj", "start": 4, "end": 10}, {"text": "maj", "start": 0, "end": 3}]})
    (2, [Fault(where='dates.1', expected='maj', stands='den')])
    """
    text = record.get("text") or ""
    values = {key: value for key, value in record.items() if key not in _NOT_VALUES}
    spans = list(_spans(values, ""))
    faults = []
    for where, quote, start, end in spans:
        stands = text[start:end]
        if fold(quote) not in {fold(stands), fold(_HYPHEN_AT_LINE_END.sub("", stands))}:
            faults.append(Fault(where, quote, stands))
    return len(spans), faults + _edit_faults(record)


def _spans(node: object, path: str) -> Iterator[tuple[str, str, int, int]]:
    """Path, quote, start and end of every object in the record that has all of them."""
    if isinstance(node, Mapping):
        quote, start, end = node.get("text"), node.get("start"), node.get("end")
        if path and isinstance(quote, str) and isinstance(start, int) and isinstance(end, int):
            yield path, quote, start, end
        for key, value in node.items():
            yield from _spans(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _spans(value, f"{path}.{index}")


def _edit_faults(record: Mapping[str, Any]) -> list[Fault]:
    edits = sorted(
        (Edit(*(edit[field] for field in Edit._fields)) for edit in record.get("edits") or []), key=lambda e: e.start
    )
    try:
        replayed = apply_edits(record.get("source_text") or "", edits)
    except ValueError as error:
        return [Fault("edits", str(error), "")]
    if replayed != (record.get("text") or ""):
        return [Fault("edits", "the edits turn source_text into text", "they do not")]
    return []
