"""By when somebody is to do a task."""

from __future__ import annotations

from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subjects

__all__ = ["due_of"]


def due_of(passage: Passage, start: int, subjects: Subjects) -> str | None:
    """The first date behind `start` that stands behind the words of a deadline."""
    rules = {rule.name: rule for rule in subjects.lexicon.rules("actions")}
    before, label = (rules[name].regex for name in ("due-before", "due-label"))
    for date in subjects.document.dates_in(passage.start, passage.end):
        if passage.locate(date.start) < start:
            continue
        left = passage.flat[max(0, passage.locate(date.start) - 60) : passage.locate(date.start)]
        if before.search(left) or label.search(left[-14:]) or ("W" in date.iso and left.endswith("i ")):
            return date.iso
    return None
