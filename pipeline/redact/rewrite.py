"""A record with parts of its text replaced, and everything that points into the text put right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.document import apply_edits, quote
from pipeline.records import Minutes
from pipeline.values import Edit

__all__ = ["Change", "Place", "rewrite", "widened"]

Offsets = tuple[int, int]
Json = dict[str, Any]

# Strings that are ours, not the document's.
_OURS = {
    "schema_version", "sha256", "media_type", "version", "fingerprint", "rule", "kind", "outcome", "act", "granularity",
    "iso", "due", "value", "low", "high", "code", "field", "cvr", "date", "start_time", "end_time",
}  # fmt: skip


class Place(NamedTuple):
    """The same place in `source_text` and in `text`; no edit reaches over its borders."""

    source: Offsets
    text: Offsets


class Change(NamedTuple):
    """What shall stand at a place instead, in the source and in the text."""

    source: Offsets
    text: Offsets
    new_source: str
    new_text: str


def widened(record: Minutes, text: Iterable[Offsets], source: Iterable[Offsets]) -> list[Place]:
    """The places that cover these spans of the text and of the source, widened to whole edits, none overlapping."""
    pieces = _pieces(record)
    wanted = sorted(
        _widen(pieces, span, side) for side, spans in ((0, source), (1, text)) for span in spans if span[0] < span[1]
    )
    merged: list[Place] = []
    for place in wanted:
        if merged and (place.source[0] < merged[-1].source[1] or place.text[0] < merged[-1].text[1]):
            last = merged.pop()
            merged.append(
                Place(
                    (last.source[0], max(last.source[1], place.source[1])),
                    (last.text[0], max(last.text[1], place.text[1])),
                )
            )
        else:
            merged.append(place)
    return merged


class _Piece(NamedTuple):
    """A run of the source and of the text: equal letter for letter, or before and after an edit."""

    sides: Place
    edited: bool


def _pieces(record: Minutes) -> list[_Piece]:
    pieces, source, text = [], 0, 0
    for edit in record.edits:
        kept = edit.start - source
        pieces.append(_Piece(Place((source, edit.start), (text, text + kept)), False))
        text += kept
        pieces.append(_Piece(Place((edit.start, edit.end), (text, text + len(edit.after))), True))
        source, text = edit.end, text + len(edit.after)
    pieces.append(_Piece(Place((source, len(record.source_text)), (text, len(record.text))), False))
    return pieces


def _widen(pieces: Sequence[_Piece], span: Offsets, side: int) -> Place:
    """The place of a span of the source (side 0) or the text (side 1), which holds something."""
    first = pieces[bisect_right(pieces, span[0], key=lambda piece: piece.sides[side][1])]
    last = pieces[bisect_left(pieces, span[1], key=lambda piece: piece.sides[side][0]) - 1]
    before = 0 if first.edited else span[0] - first.sides[side][0]
    after = 0 if last.edited else last.sides[side][1] - span[1]
    return Place(
        (first.sides.source[0] + before, last.sides.source[1] - after),
        (first.sides.text[0] + before, last.sides.text[1] - after),
    )


class _Moved:
    """Where an offset lies after the changes; one inside a changed place moves to its border."""

    def __init__(self, changes: Sequence[tuple[Offsets, str]]) -> None:
        self._starts = [span[0] for span, _ in changes]
        self._places: list[tuple[Offsets, Offsets]] = []
        shift = 0
        for (start, end), new in changes:
            self._places.append(((start, end), (start + shift, start + shift + len(new))))
            shift += len(new) - (end - start)

    def __call__(self, offset: int, *, end: bool) -> int:
        index = (bisect_left if end else bisect_right)(self._starts, offset) - 1
        if index < 0:
            return offset
        (start, stop), (new_start, new_stop) = self._places[index]
        if offset >= stop and not offset == start == stop:
            return new_stop + offset - stop
        return new_stop if end else new_start


def rewrite(
    record: Minutes, changes: Sequence[Change], clean: Callable[[str], str], identity: str | None = None
) -> Minutes:
    """The record with the changes (sorted, as `widened` gives places) made in both texts.

    All offsets move along, quotations are copied anew, every other string of the document goes through `clean`, and
    edits inside a changed place are left out. `identity` is a new id.
    """
    data = record.model_dump(mode="json", by_alias=True)
    in_source = _Moved([(change.source, change.new_source) for change in changes])
    in_text = _Moved([(change.text, change.new_text) for change in changes])
    source = _replaced(record.source_text, [(change.source, change.new_source) for change in changes])
    edits = [
        edit | {"start": in_source(edit["start"], end=False), "end": in_source(edit["end"], end=True)}
        for edit, piece in zip(data["edits"], (p for p in _pieces(record) if p.edited), strict=True)
        if not any(_inside(piece.sides, change) for change in changes)
    ]
    edits += [_edit(in_source, change) for change in changes if change.new_source != change.new_text]
    edits.sort(key=lambda edit: (edit["start"], edit["end"]))
    text = apply_edits(source, [Edit(**edit) for edit in edits])

    def visit(node: Any, key: str = "") -> Any:
        if isinstance(node, list):
            return [visit(entry, key) for entry in node]
        if isinstance(node, str):
            if identity and (node == record.id or node.startswith(f"{record.id}/")):
                return identity + node.removeprefix(record.id)
            return node if key in _OURS else clean(node)
        if not isinstance(node, dict):
            return node
        new = {name: visit(value, name) for name, value in node.items()}
        if node.get("start") is not None:
            # A border inside a changed place moves to where it begins, so that sections still tile their item.
            new["start"], new["end"] = in_text(node["start"], end=False), in_text(node["end"], end=False)
        if "source_start" in node:
            new["end"] = in_text(node["end"], end=True)
            new["source_start"] = in_source(node["source_start"], end=False)
            new["source_end"] = in_source(node["source_end"], end=True)
            new["text"] = quote(text, new["start"], new["end"])
        return new

    whole = {"source_text": source, "text": text, "edits": edits}
    rest: Json = {name: value for name, value in data.items() if name not in whole}
    new = visit(rest) | whole
    new["source"]["characters"] = len(source)
    return Minutes.model_validate(new)


def _inside(sides: Place, change: Change) -> bool:
    return all(
        outer[0] <= inner[0] and inner[1] <= outer[1]
        for inner, outer in ((sides.source, change.source), (sides.text, change.text))
    )


def _edit(in_source: _Moved, change: Change) -> Json:
    return {
        "start": in_source(change.source[0], end=False),
        "end": in_source(change.source[1], end=True),
        "before": change.new_source,
        "after": change.new_text,
        "rule": "redacted",
        "confidence": 1.0,
    }


def _replaced(text: str, changes: Iterable[tuple[Offsets, str]]) -> str:
    parts: list[str] = []
    position = 0
    for (start, end), new in changes:
        parts += (text[position:start], new)
        position = end
    return "".join([*parts, text[position:]])
