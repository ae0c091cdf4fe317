"""What every reader gives, and what it says when its library is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pipeline.errors import UnreadableError

__all__ = ["Reading", "needs"]


class Reading(NamedTuple):
    """The text of a file, laid out as it is printed, and how it was got."""

    text: str
    media_type: str
    read_by: str
    """For people and records: "text", "text layer", "Word", "tesseract 5.3.0, dan" …"""
    pages: int | None = None
    """None where the file has no pages."""
    unread: tuple[int, ...] = ()
    """Pages, from 1, that are pictures and were not read."""


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Turn a failed import inside into one line that says which extra to install."""
    try:
        yield
    except ImportError as error:
        advice = f"install it with `pip install 'referat[{extra}]'`, or save the file as plain text"
        raise UnreadableError(f"the reader for this format is not installed (extra {extra})", advice) from error
