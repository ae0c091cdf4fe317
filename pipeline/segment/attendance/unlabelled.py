"""Lists of people that have no label: lines or columns that hold nothing but names with titles."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.segment.attendance.listing import other_label
from pipeline.segment.attendance.posts_given import are_posts_given
from pipeline.segment.headings import Page, label_at
from pipeline.segment.page import HEAD
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Line, Span

__all__ = ["unlabelled"]

_SEAT = regex.compile(
    r"\p{Lu}[\p{L}. '’-]{3,40}(?:,\s*\p{L}[\p{L} .-]{2,30})?\s*"
    r"(?:\((?:\p{Lu}{1,2}|\p{Lu}\p{L}+listen|[Ll]øsgænger|Ø|@)\)(?:,\s*\p{L}[\p{L} .-]{2,30})?"
    r"|(?:\(\p{Lu}{2,4}\)\s?)?[^.:;()\n]{0,40}(?:[,–-]\s*|\()"
    r"(?i:(?:ikke )?(?:til ?stede|mødt)|afbud|fraværende|deltog)\)?)"
)
"""A name with a party and perhaps an office, or with whether they came."""
_OFFICES = ("chair", "deputy_chair", "minute_taker", "treasurer", "member", "substitute")
_BEHIND_NAME = regex.compile(r"\s*$|\s*,\s|\s\(|\s[–—-]\s|[ \t]{3,}|\t")
_INITIALLED = regex.compile(
    r"\p{Lu}[\p{L}.-]+(?:[ ]\p{Lu}[\p{L}.-]+){1,3}[ ]\(\p{Lu}{2,4}\)[ ](?:[–—-]?[ ]{1,3})?\p{Ll}[^,;:]{1,30}$"
)
"""A name with its initials and an office: such lines are of one list, whatever space OCR puts between them."""
_GAP = regex.compile(r"\S[ \t]{3,}(?=\S)")
_ABBREVIATED = regex.compile(r"[ ,]\p{Ll}{2,6}\.$")
_EXPLAINED = regex.compile(r"(?:^|[ ,;])\p{Lu}{2,4} ?= ?\p{Lu}\p{Ll}")
"""Initials and whom they mean, with nothing said of who came: "IH = Ib Holst"."""
FEWEST = 3
"""So many people make a list that has no label."""


def unlabelled(page: Page, before: int, read: Container[int]) -> list[Attendee]:
    """The people of such a list above a line, but for the lines that were `read` as another list."""
    there: list[Attendee] = list(_seats(page, before, read) or _names(page, before, read))
    for i in [i for i in range(before) if page.printed(i) and i not in read][:HEAD]:
        label = label_at(page, i)
        if label and label[0].value in ("present", "absent"):
            break
        if (label and label[0].value == "stop") or other_label(page, i) or _EXPLAINED.search(page.content(i)):
            continue
        line = page.lines[i]
        people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "attendance/columns")
        columns = len(_GAP.findall(page.content(i))) + 1
        side = attendees(
            page.text, Span(line.body, line.end), page.lexicon, Group(), "attendance/columns", columns=True
        )
        if (
            columns == 1
            and len(side) > 1
            and not regex.search(r":\s", page.text[side[0].end : side[0].end + 3])
            and _only_people(page, line, side)
        ):
            there += side
            continue
        sure = [p for p in people if " " in p.name and page.lexicon.names.score(p.name) >= 0.5]
        if (
            (sure and columns >= 2 and len(people) == columns)
            or (columns == 3 and len(sure) == len(people) == 1 and sure[0].start == line.body and sure[0].role)
            or (
                len(sure) == len(people) == columns == 1
                and _opens_with_office(page, line, people[0])
                and not are_posts_given(page, line.body)
            )
            or (there and len(people) == columns == 1 and (page.previous[i] == i - 1 or people[0].role))
        ):
            there += people
    return there if len(there) >= FEWEST else []


def _seats(page: Page, before: int, read: Container[int]) -> list[Attendee]:
    """The people of lines that each hold a name and a party, one below the other: "Ib Holst, formand (A)"."""
    run: list[Attendee] = []
    for i in page.head(before):
        line = page.lines[i]
        found = _SEAT.fullmatch(page.content(i)) if i not in read and not label_at(page, i) else None
        people = (
            attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "attendance/seats", one=True)
            if found
            else []
        )
        if len(people) == 1 and people[0].start == line.body:
            run += people
        elif len(run) >= FEWEST:
            return run
        else:
            run = []
    return run if len(run) >= FEWEST else []


def _names(page: Page, before: int, read: Container[int]) -> list[Attendee]:
    """The people of lines that each open with a full name, one right below the other, where no label says who came.

    Behind the name may stand a title and an organisation.
    """
    lines = page.head(before)
    if any((label := label_at(page, i)) and label[0].value == "present" for i in lines):
        return []
    run: list[Attendee] = []
    for n, i in enumerate(lines):
        content, line = page.content(i), page.lines[i]
        fits = i not in read and content[0].isupper() and " " in content and len(content) < 100
        short = _INITIALLED.match(content) is not None
        if not fits or (content[-1] in ".:;!?" and not (short and _ABBREVIATED.search(content))) or label_at(page, i):
            people = []
        else:
            people = attendees(
                page.text, Span(line.body, line.end), page.lexicon, Group(), "attendance/names", one=True
            )
        alone = len(people) == 1 and people[0].start == line.body and " " in people[0].name
        fits = alone and _BEHIND_NAME.match(page.text, people[0].end, line.end) is not None
        if run and not (fits and (short or lines[n - 1] == i - 1)):
            if _is_list(page, run):
                return run
            run = []
        run += people if fits else []
    return run if _is_list(page, run) else []


def _is_list(page: Page, run: list[Attendee]) -> bool:
    """Whether so many stand together, and two in three of them have names that are sure."""
    sure = sum(page.lexicon.names.score(person.name) >= 0.75 for person in run)
    return len(run) >= FEWEST and 3 * sure >= 2 * len(run)


def _only_people(page: Page, line: Line, people: list[Attendee]) -> bool:
    """Whether a line holds nothing but names, their titles and brackets."""
    rest = page.text[line.body : line.end]
    for person in people:
        rest = rest.replace(page.text[person.start : person.end], ",")
    words = regex.findall(r"[\p{L}\d.-]{2,}", regex.sub(r"\([^()\n]*\)|\b\d{1,2}\.?[a-zæøå]\b", "", rest))
    return all(page.lexicon.roles.group(word) or word[0].isupper() for word in words) and len(words) <= len(people)


def _opens_with_office(page: Page, line: Line, person: Attendee) -> bool:
    """Whether a line is an office and the name of whoever holds it: "Kasserer Karen Dam"."""
    before, behind = page.text[line.body : person.start].strip(), page.text[person.end : line.end].strip(" .,")
    return bool(before) and not behind and page.lexicon.roles.group(before) in _OFFICES
