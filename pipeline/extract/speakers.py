"""Who can be the speaker of a sentence that tells what was said."""

from __future__ import annotations

from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject, Subjects

__all__ = ["can_speak"]

TOLD = frozenset({"background"})
"""Sections that tell what others have said elsewhere: only persons speak there."""


def can_speak(speaker: Subject, passage: Passage, verb: str, subjects: Subjects, *, past: bool) -> bool:
    """Organisations, and roles that nobody is known to hold, speak in the past tense and outside the account of the
    case, in the present those that have somebody at the meeting, and offices where all is told in the present;
    persons always do."""
    rules = subjects.lexicon.by_name("statements")
    if speaker.kind in ("body", "pronoun"):
        return False
    if speaker.kind == "person" or (
        speaker.kind == "role" and speaker.name != passage.flat[speaker.start : speaker.end]
    ):
        return True
    if passage.section in TOLD:
        officer = subjects.lexicon.by_name("speakers")["officer"].regex.match(speaker.name)
        return officer is not None and rules["account-of-office"].regex.match(verb) is not None
    if speaker.kind == "organisation" and speaker.name in subjects.represented and verb != "har":
        return rules["performs"].regex.match(verb) is None
    if speaker.kind == "role" and not past and speaker.start == 0 and rules["reporting"].regex.match(verb):
        return True
    return rules["present-tense"].regex.match(verb) is None or rules["opinion"].regex.match(verb) is not None
