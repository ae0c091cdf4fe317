"""The pictures of a report: meetings over time, money, speech, organisations; each with the numbers behind it."""

from collections.abc import Sequence

from pipeline.review.meeting_index import Entry
from pipeline.review.pictures.chart import Picture
from pipeline.review.pictures.links import links
from pipeline.review.pictures.money import money
from pipeline.review.pictures.speech import speech
from pipeline.review.pictures.time import time

__all__ = ["Picture", "pictures"]


def pictures(entries: Sequence[Entry]) -> list[Picture]:
    """The pictures that these meetings give; one that would be empty is left out.

    The same meetings give the same pictures, byte for byte.
    """
    return [picture for make in (time, money, speech, links) if (picture := make(entries)) is not None]
