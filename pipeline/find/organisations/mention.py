"""An organisation's name in a text."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["OrganisationMention"]


class OrganisationMention(NamedTuple):
    """An organisation's name in a text; `name` is canonical where the organisation is known, else as printed."""

    start: int
    end: int
    name: str
    kind: str | None
    rule: str
    confidence: float
