"""The paragraphs of a page: runs of lines that no space parts, and headings whose space OCR dropped."""

from __future__ import annotations

from pipeline.segment.agenda.headlike import LONGEST, SENTENCE, in_capitals, names_topic, of_head
from pipeline.segment.agenda.kinds import ends_in_mark
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Span

__all__ = ["HEAD", "paragraphs"]

HEAD = 8
"""The title and labels of the meeting stand in so many blocks at the top."""


def paragraphs(page: Page) -> list[tuple[int, int]]:
    """Runs of printed lines without space between, as first and last line.

    A heading that ends in a mark or stands out begins one of its own, although OCR dropped the space above it.
    """
    found: list[tuple[int, int]] = []
    marked = {
        _first_of(page, i) for i in range(len(page.lines)) if page.printed(i) and ends_in_mark(page, page.content(i))
    }
    for i in range(len(page.lines)):
        if not page.printed(i):
            continue
        joined = bool(found) and page.previous[i] == i - 1 == found[-1][1]
        if joined and not (len(found) < HEAD and of_head(page, i - 1)) and i not in marked and not _stands_out(page, i):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _first_of(page: Page, last: int) -> int | None:
    """The line on which the marked heading begins that ends here, where no space parts it from the text above."""
    for first in range(last, max(last - 3, 0), -1):
        if page.space_before(first):
            return None
        if page.content(first - 1)[-1] in ".!?:)" or label_at(page, first - 1) or _lists_person(page, first - 1):
            return first
    return None


def _lists_person(page: Page, index: int) -> bool:
    line = page.lines[index]
    people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
    return bool(people) and people[0].start == line.body and (people[0].organisation or people[0].role) is not None


def _stands_out(page: Page, index: int) -> bool:
    """Whether a line is a heading although OCR dropped the space above it: capitals or a mark after a full stop."""
    above, content = page.content(index - 1), page.content(index)
    ended = above[-1] in ".!?" or page.lines[index - 1].bullet != ""
    if (
        not (ended or above[-1] in ":)")
        or page.lines[index].bullet
        or SENTENCE.search(content)
        or len(content) > LONGEST
    ):
        return False
    return (
        (in_capitals(content) and len(content) >= 6 and not in_capitals(above))
        or (page.match("items", "usual", content) and names_topic(page, index))
        or (page.dense and ended and content[-1] not in ".!?" and names_topic(page, index))
        or (page.space_after(index) and above[-1] in ".!?" and content[-1] not in ".!?:" and names_topic(page, index))
    )
