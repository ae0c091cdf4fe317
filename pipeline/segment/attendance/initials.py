"""People who are listed by their initials, whether or not the document says whose they are."""

from __future__ import annotations

import regex

from pipeline.find.brackets import are_initials
from pipeline.find.legend import find_legend, fold_initials
from pipeline.segment.headings import Page
from pipeline.values import Attendee, Span

__all__ = ["by_initials", "initials_alone", "owner_of"]

_PIECE = regex.compile(r"[^\s,;/+&.()]+")
_JOINS = ("og", "samt")
_LETTERS = regex.compile(r"\p{Lu}{2,4}|\p{Lu}-\p{Lu}{1,2}")
_RUN = regex.compile(r"(?:(?:\p{Lu}{2,4}|\p{Lu}-\p{Lu})(?:-|$)){3,}")
"""Initials that hyphens part, some of which have one of their own: "HT-BMS-P-L-KV"."""
_NAME = r"(?P<name>\p{Lu}[\p{L}-]*\p{Ll}(?:[ ]\p{Lu}[\p{L}-]*\p{Ll}){1,3})"
READ = 20_000
"""Characters in which it is looked for whose initials are."""
_STOP = regex.compile(r"\s{3,}|\n|[.;](?=\s|$)|\s(?=\p{Lu}\p{Ll}+\s?:)")
"""Behind a list, whatever else stands on its line."""


def by_initials(page: Page, span: Span, rule: str) -> list[Attendee]:
    """The people of a run of initials and their roles ("BJ, HS og TD (ref.)"); empty where one is not explained."""
    meant = {fold_initials(one.letters): one for one in find_legend(page.text, page.lexicon)}
    pieces = _pieces(page, span.start, span.end) if meant else []
    roles = {n: m.group() for n, m in enumerate(pieces) if m.group().islower() and page.lexicon.roles.group(m.group())}
    owners = [
        meant.get(fold_initials(match.group())) if match.group().upper() == match.group() else None for match in pieces
    ]
    if not all(owner or n in roles for n, owner in enumerate(owners)):
        return []
    return [
        _attendee(match, rule, 0.9, owner.name, role=roles.get(n + 1, owner.role))
        for n, (match, owner) in enumerate(zip(pieces, owners, strict=True))
        if owner
    ]


def initials_alone(page: Page, span: Span, rule: str, organisation: str | None = None) -> list[Attendee]:
    """The people of a list of nothing but initials, under these where nothing explains them; empty for other lists.

    Short names of organisations are none. All come from the `organisation` that the label names.
    """
    stop = _STOP.search(page.text, *span)
    pieces = _pieces(page, span.start, stop.start() if stop else span.end)
    known = page.lexicon.organisations.lookup
    if not all(_LETTERS.fullmatch(match.group()) and known(match.group()) is None for match in pieces):
        return []
    names = [owner_of(page, match.group()) or match.group() for match in pieces]
    return [
        _attendee(match, rule, 0.7, name, organisation=organisation) for match, name in zip(pieces, names, strict=True)
    ]


def _pieces(page: Page, start: int, end: int) -> list[regex.Match[str]]:
    pieces = [match for match in _PIECE.finditer(page.text, start, end) if match.group() not in _JOINS]
    cut = ([one] if not _RUN.fullmatch(one.group()) else _LETTERS.finditer(page.text, *one.span()) for one in pieces)
    return [match for each in cut for match in each]


def _attendee(
    match: regex.Match[str],
    rule: str,
    confidence: float,
    name: str,
    *,
    organisation: str | None = None,
    role: str | None = None,
) -> Attendee:
    start, end = match.span()
    return Attendee(
        start=start, end=end, rule=rule, confidence=confidence, name=name, organisation=organisation, role=role
    )


def owner_of(page: Page, letters: str) -> str | None:
    """The full name that stands right in front of some initials, or behind them, somewhere in the text."""
    for match in regex.finditer(rf"{_NAME}[ \t]{{1,40}}\(?{letters}(?!\p{{L}})", page.text[:READ]):
        if are_initials(letters, match["name"]):
            return str(match["name"])
    for match in regex.finditer(rf"(?<!\p{{L}}){letters}(?P<sign>\s*[=:–-])?[ \t]{{1,40}}{_NAME}", page.text[:READ]):
        if "=" in (match["sign"] or "") or are_initials(letters, match["name"]):
            return str(match["name"])
    return None
