"""The organisation that an attendance list states beside a name."""

# STAND-IN, TO BE REPLACED BY ITS AUTHOR: the first version of this file was overwritten by mistake before it was
# committed, by the work on decisions, and could not be recovered. This does no more than the code that was
# committed in persons.py did (`_is_organisation`); `text` and `found` are taken but not used.

from __future__ import annotations

from pipeline.document import Attendee
from pipeline.lexicon import Lexicon

__all__ = ["stated_organisation"]


def stated_organisation(attendee: Attendee, text: str, found: object, lexicon: Lexicon) -> str | None:
    """The organisation of an attendee under the name it is known by, or None where none is stated."""
    printed = attendee.organisation
    rules = (rule for rule in lexicon.rules("organisations") if rule.value == "no-name")
    if not printed or not printed[:1].isupper() or any(rule.regex.match(printed) for rule in rules):
        return None
    known = lexicon.organisations.lookup(printed)
    return known.name if known else " ".join(printed.split())
