"""What all records share: strictness, offsets, and the place of a value."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Grounded", "Mention", "Offset", "Probability", "Record"]

Offset = Annotated[int, Field(ge=0)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """A record is frozen, holds every key, and knows no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Mention(Record):
    """A place in the text, and what stands there on one line."""

    text: str
    """What stands at `text[start:end]`: a line break as one space, a hyphen that only splits a word undone. `Jørn`"""
    start: Offset
    """Where it begins in the repaired `text`, in code points. `412`"""
    end: Offset
    """Where it ends, exclusive. `421`"""
    source_start: Offset
    """Where the same place begins in `source_text`. `409`"""
    source_end: Offset
    """Where it ends in `source_text`, exclusive. `418`"""


class Grounded(Mention):
    """A value in its place, with the rule that found it and a probability that it is right."""

    rule: str
    """The rule that found it; the files under models/rules say what it does. `dates/day-month-year`"""
    confidence: Probability
    """Probability that the value is right. `0.97`"""
