"""The stage `extract`: the values in the text, in the order in which they need each other."""

from __future__ import annotations

import datetime
from dataclasses import replace

from pipeline.document import Document
from pipeline.extract.actions.actions import find_actions
from pipeline.extract.checks.checks import check_items
from pipeline.extract.checks.consistency import check_consistency
from pipeline.extract.checks.coverage import account
from pipeline.extract.decisions.decisions import find_decisions
from pipeline.extract.organisations.organisations import find_organisations
from pipeline.extract.personal import check_personal
from pipeline.extract.persons.persons import resolve_persons
from pipeline.extract.recommendations import find_recommendations
from pipeline.extract.statements import find_statements
from pipeline.find.amounts.amounts import find_amounts
from pipeline.find.dates.dates import check_weekdays, find_dates
from pipeline.layout import bridged
from pipeline.lexicon import Lexicon

__all__ = ["extract"]


def extract(document: Document, lexicon: Lexicon) -> Document:
    """The document with persons, organisations, amounts, dates, statements, recommendations, decisions and actions.

    Relative dates are resolved from the meeting's own date; where the document does not state it, they are left out.
    What is printed like a date but numbers an item ("01/09") is none.
    What was not understood is counted in `coverage`. Names that could mean several people, weekdays that contradict
    their dates, and what `check_items`, `check_consistency`, `check_personal` and `account` find become notices.
    """
    day = document.meeting.date
    anchor = datetime.date.fromisoformat(day) if day else None
    text = document.text
    whole = bridged(text)
    numbers = {item.number for item in document.items}
    dates = tuple(date for date in find_dates(whole, lexicon, anchor) if text[date.start : date.end] not in numbers)
    document = replace(document, amounts=tuple(find_amounts(whole, lexicon)), dates=dates)
    persons, unresolved = resolve_persons(document, lexicon)
    document = replace(document, persons=persons)
    document = replace(document, organisations=find_organisations(document, lexicon))
    document = replace(
        document,
        statements=find_statements(document, lexicon),
        recommendations=find_recommendations(document, lexicon),
    )
    document = replace(document, decisions=find_decisions(document, lexicon))
    document = replace(document, actions=find_actions(document, lexicon))
    coverage, unread = account(document, lexicon)
    checked = (
        *unresolved,
        *check_weekdays(text, document.dates, lexicon),
        *check_items(document, lexicon),
        *check_consistency(document, lexicon),
        *check_personal(document, lexicon),
        *unread,
    )
    return replace(document, coverage=coverage, notices=(*document.notices, *checked))
