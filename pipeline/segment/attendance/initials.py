"""People who are listed by their initials, where the document says whose they are."""

from __future__ import annotations

import regex

from pipeline.find.legend import find_legend, fold_initials
from pipeline.segment.headings import Page
from pipeline.values import Attendee, Span

__all__ = ["by_initials"]

_PIECE = regex.compile(r"[^\s,;/+&.()]+")
_JOINS = ("og", "samt")


def by_initials(page: Page, span: Span, rule: str) -> list[Attendee]:
    """The people of a run of nothing but initials ("BJ, HS og TD"); empty where one of them is not explained."""
    meant = {fold_initials(one.letters): one for one in find_legend(page.text, page.lexicon)}
    pieces = [match for match in _PIECE.finditer(page.text, *span) if match.group() not in _JOINS] if meant else []
    owners = [
        meant.get(fold_initials(match.group())) if match.group().upper() == match.group() else None for match in pieces
    ]
    return [
        Attendee(
            start=match.start(),
            end=match.end(),
            rule=rule,
            confidence=0.9,
            name=owner.name,
            organisation=None,
            role=owner.role,
        )
        for match, owner in zip(pieces, owners, strict=True)
        if owner and all(owners)
    ]
