"""Lists side by side whose gaps OCR closed: "Til stede Afbud" above "Ib Holst, Norddal Kommune Karen Dam"."""

from __future__ import annotations

from collections.abc import Container

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.headed import column_head
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import COMMON
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["Row", "closed"]

LONGEST = 30
"""Lines that such lists may run over."""
MOST = 4
"""So many lists stand side by side at most."""
WIDEST = 160

_WORD = regex.compile(r"\S+")
_COLON = regex.compile(r"\s?:(?=\s|$)")
_GAP = regex.compile(r"\S[ ]{3,}\S|\t|\|")
_BEHIND = regex.compile(r"\s*(?:$|[,(/–—-])|\s(?:deltager|deltog|fra|til|under|kom|gik)\s[^.]{3,40}$")
"""Behind a name that is an entry, and not the subject of a sentence."""
_TITLE = regex.compile(r"\p{L}[\p{L}.-]{3,30}(?:\s\p{Ll}[\p{L}.-]{2,30})?\s*")
_TWO_WORDS = regex.compile(r"\p{Lu}[\p{L}-]{3,30}\s(?:\p{Ll}{4,25}\s)?(?P<first>\p{Lu}[\p{L}-]+)")
_LABEL_BEHIND = regex.compile(r"\s(?P<label>\p{Lu}\p{L}{3,20})\s*:$")
"""At the end of a line the label of a list that begins below another one: "Karen Dam Gæster:"."""

Heads = list[tuple[str, Group]]
"""Of each list "present" or "absent", and the office of the one person in it."""
Row = list[tuple[str, list[Attendee]]]
"""The people of a line, each cell with "present" or "absent"."""


def closed(page: Page, before: int, taken: Container[int]) -> dict[int, Row]:
    """By its line the people of such lists above a line, each with "present" or "absent"; [] for the line of labels.

    A line is cut where a title or a first name begins the next entry. Who stands alone on a line is of the first list
    that may have more than one, of those who came before those who were away. None where no line holds two people.
    """
    found: dict[int, Row] = {}
    for i in page.head(before):
        heads = [] if i in taken or i in found or _GAP.search(page.content(i)) else _heads(page, i)
        if not heads:
            continue
        rows: dict[int, Row] = {}
        row = page.following[i]
        while row < min(before, len(page.lines)) and row - i < LONGEST and row not in taken:
            entries, heads = _entries(page, row, heads, first=not rows)
            if not entries:
                break
            rows[row] = entries
            row = page.following[row]
        if any(len(entries) > 1 for entries in rows.values()):
            found |= {i: []} | rows
    return found


def _heads(page: Page, i: int) -> Heads:
    """What the labels say that a line consists of; [] where it holds other words or only one label."""
    content = page.content(i)
    words = _COLON.sub("", content).split() if len(content) <= 100 else []
    if not 2 <= len(words) <= 10 or not words[0][0].isupper():
        return []
    heads: Heads = []
    while words:
        values = [column_head(page, " ".join(words[:n])) for n in range(len(words), 0, -1)]
        listed = next((len(words) - n for n, value in enumerate(values) if value in ("present", "absent")), 0)
        size = listed or int(values[-1] == "office")
        if not size or len(heads) == MOST:
            return []
        name = " ".join(words[:size])
        value = column_head(page, name)
        heads.append(
            ("absent" if value == "absent" else "present", Group(role=name.casefold() if value == "office" else None))
        )
        words = words[size:]
    offices = [group.role is not None for _, group in heads]
    return heads if len(heads) > 1 and not all(offices) and (offices[0] or not any(offices)) else []


def _entries(page: Page, i: int, heads: Heads, *, first: bool) -> tuple[Row, Heads]:
    """The people of a line, each in their list, and the lists as they go on below it; [] where it holds others."""
    line = page.lines[i]
    label = _LABEL_BEHIND.search(page.text, line.body, line.end)
    value = column_head(page, label["label"]) if label else None
    end = label.start() if label and value in ("present", "absent") else line.end
    if not value and label_at(page, i):
        return [], heads
    room = heads if first else [head for head in heads if not head[1].role]
    spans = _cut(page, Span(line.body, end), len(room))
    if len(spans) == 1:
        room = sorted(room, key=lambda head: head[0] == "absent")
    entries = [
        (came, people)
        for span, (came, group) in zip(spans, room, strict=False)
        if (people := _people(page, span, group))
    ]
    if value and value != "office":
        heads = [*heads[:-1], (value, Group())]
    return entries, heads


def _cut(page: Page, span: Span, most: int) -> list[Span]:
    """A line cut into so many entries at most, that its names make the likeliest; [] where it is none."""
    text, names = page.text, page.lexicon.names
    if span.end - span.start > WIDEST:
        return []
    cuts: list[int] = []
    words = list(_WORD.finditer(text, *span))
    for word in words[1:]:
        count = names.count(word.group())
        opens = names.is_first(word.group()) or count.first > max(COMMON, count.family)
        titled = page.lexicon.roles.group(word.group()) is not None or _opens_title(page, word.start(), span.end)
        inside = text.count("(", span.start, word.start()) > text.count(")", span.start, word.start())
        joined = text[word.start() - 2] in "/&-–" or (text[word.start() - 2] == "," and word.group()[0].islower())
        if word.group()[0].isupper() and (opens or titled) and not inside and not joined:
            cuts.append(word.start())
    found = _best(page, span, cuts[:8], most)[1]
    for word in words[-3:] if not found else ():  # the house of somebody above in the last list
        if is_house(quote_name(text, word.start(), span.end), page.lexicon):
            found = _best(page, Span(span.start, word.start()), [cut for cut in cuts if cut < word.start()], most - 1)[
                1
            ]
            if len(found) == most - 1:
                return found
    return found


def _opens_title(page: Page, start: int, end: int) -> bool:
    """Whether what may be a title stands from an offset on, before a first name: "Ledende terapeut Karen Dam"."""
    title = _TWO_WORDS.match(page.text, start, min(end, start + 80))
    return title is not None and page.lexicon.names.is_first(title["first"])


def _best(page: Page, span: Span, cuts: list[int], most: int) -> tuple[float, list[Span]]:
    """The likeliest way to cut a line, and how likely: by the names in its entries."""
    whole = _worth(page, span)
    best = (whole, [span] if whole else [])
    for n, cut in enumerate(cuts) if most > 1 else ():
        left = Span(span.start, cut)
        worth = _worth(page, left)
        if not worth:
            continue
        rest, spans = _best(page, Span(cut, span.end), cuts[n + 1 :], most - 1)
        if rest and worth + rest > best[0]:
            best = (worth + rest, [left, *spans])
    return best


def _worth(page: Page, span: Span) -> float:
    """How likely an entry is one person: 0 where it opens with nobody, or a sentence."""
    people = _people(page, span, Group())
    if not people:
        return 0.0
    before = quote_name(page.text, span.start, people[0].start)
    guessed = bool(before) and page.lexicon.roles.group(before) is None
    return page.lexicon.names.score(people[0].name) - 0.25 * guessed


def _people(page: Page, span: Span, group: Group) -> list[Attendee]:
    """The one person of an entry, with a full name; what stands before their title goes."""
    end = span.start + len(page.text[span.start : span.end].rstrip())
    starts = [m.start() for m in _WORD.finditer(page.text, span.start, end)][:3]
    for start in starts:
        entry = Span(start, end)
        people = attendees(page.text, entry, page.lexicon, group, "attendance/side-by-side", one=True)
        if len(people) != 1 or " " not in people[0].name or not _BEHIND.match(page.text, people[0].end, end):
            continue
        before = quote_name(page.text, start, people[0].start)
        known = not before or page.lexicon.roles.group(before) is not None
        sure = page.lexicon.names.score(people[0].name) >= 0.5
        if (known or (_TITLE.fullmatch(before) and sure)) and (sure or start == span.start):
            return people
    return []
