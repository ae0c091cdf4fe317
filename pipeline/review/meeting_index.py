"""What the index keeps of each document, and what it can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.records import Minutes
from pipeline.records.agenda import Action, Decision, Statement
from pipeline.records.minutes import Amount
from pipeline.review.doubts import Doubt
from pipeline.review.language import Text, date_text, money_text, phrase, plain
from pipeline.review.meeting_page import heading_of
from pipeline.review.values import Value

__all__ = ["Entry", "Facets", "Row", "entry", "facets", "search_data"]

_MONEY_KEPT = 12  # amounts of a meeting that the index can show
_DOUBTS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A value that other pages list: where it is (`page`, `anchor`) and what it says."""

    page: str
    anchor: str
    kind: str
    start: int | None
    item_id: str | None
    item: str
    quote: str
    says: Text
    level: str = ""
    risk: float = 0.0
    figure: str = ""
    """A machine's figure: whole kroner of an amount, the outcome of a decision, the due date of a task."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting among all."""

    id: str
    page: str
    heading: str
    path: str
    body: str
    date: str
    date_said: Text | None
    items: Sequence[Row]
    decisions: Sequence[Row]
    actions: Sequence[Row]
    money: Sequence[Row]
    doubts: Sequence[Row]
    doubts_total: int
    speech: Counter[tuple[str, str]]
    """How many statements a speaker made on an item."""
    persons: Sequence[str]
    organisations: Sequence[str]
    together: Sequence[Sequence[str]]
    """The organisations that each item names."""

    @property
    def year(self) -> str:
        """The year of the meeting, or nothing."""
        return self.date[:4]

    @property
    def body_said(self) -> Text:
        """The body, or that it is not stated."""
        return plain(self.body) if self.body else phrase("site.notstated")

    @property
    def largest(self) -> Text | None:
        """The largest amount of money that it names."""
        return money_text(int(self.money[0].figure)) if self.money else None


def entry(record: Minutes, values: Sequence[Value], doubts: Sequence[Doubt], page: str) -> Entry:
    """What is kept of a record once its page is written."""

    def row(number: int, level: str = "", risk: float = 0.0, figure: str = "") -> Row:
        value = values[number]
        anchor = f"v{number}" if value.start is not None else "check"
        place = " · ".join(filter(None, (value.item.number, value.item.title))) if value.item else ""
        item_id = value.item.id if value.item else None
        return Row(page, anchor, value.kind, value.start, item_id, place, value.quote, value.says, level, risk, figure)

    kroner = {
        number: int(Decimal(most))
        for number, value in enumerate(values)
        if isinstance(value.record, Amount)
        and value.record.kind == "money"
        and value.record.unit == "DKK"
        and (most := value.record.value or value.record.high or value.record.low)
    }
    largest = sorted(kroner, key=lambda number: (-kroner[number], number))
    return Entry(
        id=record.id,
        page=page,
        heading=heading_of(record),
        path=record.source.path,
        body=record.meeting.body or "",
        date=record.meeting.date or "",
        date_said=date_text(record.meeting.date) if record.meeting.date else None,
        items=[row(number) for number, value in enumerate(values) if value.kind == "item"],
        decisions=[
            row(number, figure=value.record.outcome)
            for number, value in enumerate(values)
            if isinstance(value.record, Decision)
        ],
        actions=[
            row(number, figure=value.record.due or "")
            for number, value in enumerate(values)
            if isinstance(value.record, Action)
        ],
        money=[row(number, figure=str(kroner[number])) for number in largest[:_MONEY_KEPT]],
        doubts=[row(doubt.value, doubt.level, doubt.risk) for doubt in doubts[:_DOUBTS_KEPT]],
        doubts_total=len(doubts),
        speech=Counter(
            (value.record.speaker, " · ".join(filter(None, (value.item.number, value.item.title))))
            for value in values
            if isinstance(value.record, Statement) and value.item
        ),
        persons=sorted({person.name for person in record.persons}),
        organisations=sorted({organisation.name for organisation in record.organisations}),
        together=[
            sorted(
                {
                    organisation.name
                    for organisation in record.organisations
                    if any(item.start <= mention.start < item.end for mention in organisation.mentions)
                }
            )
            for item in record.items
        ],
    )


@dataclass(frozen=True, slots=True)
class Facets:
    """What the meetings can be filtered by; the most frequent names are offered first."""

    bodies: Sequence[str]
    years: Sequence[str]
    outcomes: Sequence[str]
    persons: Sequence[str]
    organisations: Sequence[str]


def facets(entries: Sequence[Entry]) -> Facets:
    """All bodies, years, outcomes, persons and organisations of the meetings."""
    return Facets(
        bodies=sorted({one.body for one in entries if one.body}, key=str.casefold),
        years=sorted({one.year for one in entries if one.year}, reverse=True),
        outcomes=_frequent(row.figure for one in entries for row in one.decisions),
        persons=_frequent(name for one in entries for name in one.persons),
        organisations=_frequent(name for one in entries for name in one.organisations),
    )


def _frequent(names: Iterable[str]) -> list[str]:
    return [name for name, _ in sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))]


def search_data(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """What the script of the index searches and filters: one object for each meeting, in the order of the rows."""
    return [
        {
            "body": one.body,
            "year": one.year,
            "text": f"{one.heading} {one.body} {one.path} {one.date}",
            "persons": one.persons,
            "organisations": one.organisations,
            "money": [[int(row.figure), row.anchor, row.quote, row.item] for row in one.money],
            "hits": [
                [row.anchor, row.kind, row.quote, row.figure if row.kind == "decision" else ""]
                for rows in (one.items, one.decisions, one.actions)
                for row in rows
            ],
        }
        for one in entries
    ]
