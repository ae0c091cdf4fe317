"""By when somebody is to do a task."""

from __future__ import annotations

from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subjects

__all__ = ["due_of"]


def due_of(passage: Passage, start: int, subjects: Subjects, close: int | None = None) -> str | None:
    """The first date behind `start` that stands behind the words of a deadline.

    A task behind a label ends at `close`: there a dash or bracket before a date at its very end says the same.
    """
    rules = subjects.lexicon.by_name("actions")
    before, label = (rules[name].regex for name in ("due-before", "due-label"))
    for date in subjects.document.dates_in(passage.start, passage.end):
        at = passage.locate(date.start)
        if close is not None and at >= close:
            break
        if at < start:
            continue
        left = passage.flat[max(0, at - 60) : at]
        if before.search(left) or label.search(left[-14:]) or ("W" in date.iso and left.endswith("i ")):
            return date.iso
        ends = close is not None and not passage.flat[passage.locate(date.end - 1) + 1 : close].strip(" .)")
        if ends and left.endswith((" - ", " – ", "(")):
            return date.iso
    return None
