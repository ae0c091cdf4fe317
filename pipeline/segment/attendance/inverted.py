"""Lists that name each organisation before its people: "Norddal Havn (Ib Holst)", "Norddal Havn, Ib Holst"."""

from __future__ import annotations

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.parties import party
from pipeline.segment.headings import Page
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import is_full, is_person
from pipeline.segment.people.people import Group
from pipeline.segment.people.pieces import pieces_of
from pipeline.values import Span

__all__ = ["Entry", "inverted"]

Entry = tuple[Span, Group, bool]
"""The span of an entry, what its label says, and whether it is one person."""

FEWEST = 3
"""So many organisations with their people behind them make a list of that kind."""
MOST = 0.75
"""So much of a list is written like that."""

_BRACKETED = regex.compile(r"\s*(?:[,;]\s*)?(?:(?:og|samt)\s+)?(?P<who>[^,;()]{2,80}?)\s*\((?P<people>[^()]{3,400})\)")
_COMMA = regex.compile(r"\W*(?P<who>[^,;:()]{2,70}?),\s*(?P<people>\p{Lu}[^,;:()]{3,50}?)\s*(?:$|[,(])")


def inverted(page: Page, entries: list[Entry]) -> list[Entry]:
    """The entries of a list, cut behind each organisation where the list names them first; as they were elsewhere."""
    cut = [_bracketed(page, span) if group.organisation is None else None for span, group, _one in entries]
    found = [part for parts in cut for part in parts or ()]
    if len(found) >= FEWEST:
        return [each for entry, parts in zip(entries, cut, strict=True) for each in (parts or [entry])]
    lines = [_behind_comma(page, span) if group.organisation is None else None for span, group, _one in entries]
    if sum(line is not None for line in lines) < max(FEWEST, MOST * len(entries)):
        return entries
    return [line or entry for entry, line in zip(entries, lines, strict=True)]


def _bracketed(page: Page, span: Span) -> list[Entry] | None:
    """The people inside the brackets of an entry, each bracket with what stands before it."""
    brackets = list(_BRACKETED.finditer(page.text, *span))
    people = [_are_people(page, Span(*m.span("people"))) and not _is_someone(page, m, "who") for m in brackets]
    if sum(people) < max(1, MOST * len(brackets)):
        return None
    return [
        (Span(*m.span("people")), party(page, quote_name(page.text, *m.span("who"))), False)
        if inside
        else (Span(*m.span()), Group(), False)
        for m, inside in zip(brackets, people, strict=True)
    ]


def _behind_comma(page: Page, span: Span) -> Entry | None:
    """An entry of one person whose organisation stands before a comma."""
    line = _COMMA.match(page.text, *span)
    if line is None or not _is_someone(page, line, "people"):
        return None
    who = quote_name(page.text, *line.span("who"))
    if is_person(who, page.lexicon, listed=True) and not is_house(who, page.lexicon):
        return None
    return Span(line.start("people"), span.end), party(page, who), False


def _are_people(page: Page, span: Span) -> bool:
    parts = [part for part, _ in pieces_of(page.text, span)]
    full = [is_full(page.text, part, page.lexicon) for part in parts]
    return all(is_person(quote_name(page.text, *part), page.lexicon, listed=True) for part in parts) and any(full)


def _is_someone(page: Page, match: regex.Match[str], name: str) -> bool:
    span = Span(*match.span(name))
    return is_full(page.text, span, page.lexicon) and is_person(quote_name(page.text, *span), page.lexicon, listed=True)
