"""What is taken out of a record before it is shown to others."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Literal, get_args

from pipeline.find.cpr import find_cpr
from pipeline.records import Minutes
from pipeline.redact.cpr import hides_number, masked
from pipeline.redact.names import NameFinder
from pipeline.redact.rewrite import Change, rewrite, widened

__all__ = ["REDACTIONS", "Redaction", "redact"]

Redaction = Literal["names", "cpr"]
REDACTIONS: tuple[Redaction, ...] = get_args(Redaction)


def redact(record: Minutes, what: Collection[Redaction]) -> Minutes:
    """The record without names of people, or without CPR numbers, or both; the contract still holds.

    Offsets, edits and quotations are made anew, so that every value still stands at its place, in `text` and in
    `source_text`. A person becomes their role where only one has it ("[formand]"), else "[person 3]", the same all
    through the document. A CPR number becomes asterisks of the same length; dates and amounts read from it are left
    out.

    What it cannot promise: a name that was never recognised as a person's stays, and so does whatever tells who
    somebody is without naming them (an address, a title that only one person has). Read a public version before it
    is published.
    """
    if "cpr" in what:
        record = _without_numbers(record)
    if "names" in what:
        record = _without_names(record)
    return record


def _without_numbers(record: Minutes) -> Minutes:
    text, source = find_cpr(record.text), find_cpr(record.source_text)
    changes = [
        Change(*spans, masked(record.source_text[slice(*spans.source)]), masked(record.text[slice(*spans.text)]))
        for spans in widened(record, text, source)
    ]
    kept = {
        field: [v for v in getattr(record, field) if not any(v.start < end and start < v.end for start, end in text)]
        for field in ("amounts", "dates")
    }
    return rewrite(
        record.model_copy(update=kept), changes, lambda string: masked(string) if hides_number(string) else string
    )


def _without_names(record: Minutes) -> Minutes:
    finder = NameFinder(record)
    if not finder:
        return record
    text = [span for span, _ in finder.mentions(record.text)]
    source = [span for span, _ in finder.find(record.source_text)]
    # An edit inside a longer word can be a name when it stands alone in the list of edits.
    source += [(edit.start, edit.end) for edit in record.edits if finder.find(edit.before) or finder.find(edit.after)]
    changes = []
    for spans in widened(record, text, source):
        label = finder.label(record.text, spans.text)
        changes.append(Change(*spans, label, label))
    identity, path = record.id, record.source.path
    if finder.names_somebody(identity) or finder.names_somebody(path):
        identity = f"minutes-{hashlib.sha256(record.id.encode()).hexdigest()[:12]}"
        path = identity + path[path.rindex(".") :] if "." in path.rpartition("/")[2] else identity
        if finder.names_somebody(path):
            path = identity
    renamed = rewrite(record, changes, finder.without, identity)
    return renamed.model_copy(update={"source": renamed.source.model_copy(update={"path": path})})
