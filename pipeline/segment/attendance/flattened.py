"""Lists whose line ends are lost: "Til stede Ib Holst, Norddal Havn Karen Dam, KL Afbud Ole Friis Dagsorden"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import quote_name
from pipeline.segment.headings import Page
from pipeline.segment.people.beside import is_house
from pipeline.segment.people.named import PLACE_WORD
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["flattened"]

TOP = 4
"""So many of the first printed lines may be a whole head on one line."""
WIDE = 160
"""Characters that such a line has at least."""
BROKEN = 90
"""A line that only the margin ended has at least so many."""
READ = 2_500
"""Characters of it that are read."""
FEWEST = 3
"""So many people make such a list."""

_LABEL = regex.compile(
    r"(?<![\p{L}-])(?:(?P<away>(?:Fraværende|Ikke\s(?:til\s?stede|mødt)|Afbud)"
    r"(?:\s(?:med|uden)\safbud|\sfra|\s(?:var|er|blev)\smeldt\s(?:af|fra))?)"
    r"|(?P<came>(?:Til\s?stede(?:værende)?|Fremmødte?|(?:Møded|D)eltagere|Deltog|Mødt|Medlemmer)(?:\s(?:var|er))?"
    r"(?:\s(?:medlemmer|observatører|repræsentanter|deltagere|gæster))?(?:\s(?:af|fra|i)\s\p{Lu}\p{Ll}+)?"
    r"|Fra\s\p{Ll}{5,25}(?:en|et|erne)(?:\sdeltog|\smødte)?|Observatører|Gæste?r?|Tilforordnede|Øvrige(?:\sdeltagere)?)"
    r"|(?P<stop>Dagsorden|Referat|Referent|Mødeleder|Ordstyrer|Dirigent|Sted|Dato|Tid|Kopi|Oplæg|Velkomst|Punkt|Pkt\."
    r"|Ad\s\d|\d{1,2}[.:)](?=\s?\p{Lu})|\d\s(?=\p{Lu})|\p{Lu}\p{Ll}{2,20}:(?=\s\p{Lu}\p{Ll}+\s\p{Ll}+\s)))"
    r"(?:\s?[:;.])?(?=\s|$)"
)
_WORD = regex.compile(r"\([^()]{1,80}\)|[^\s,;()]+|[,;]")
_TOLD = regex.compile(
    r"\p{Lu}[\p{L}.-]+(?:\s\p{Lu}[\p{L}.-]+){0,3}\s\p{Ll}{2,}\s\p{L}"
    r"(?<!\s(?:og|samt|fra|for|i|på|ved|af|til|under|som|via|deltog|deltager|kom|gik)\s.)"
    r"|(?<=[\p{Ll})]{2})\.\s+(?=\p{Lu}\p{Ll}+\s(?:\p{Ll}|\p{Lu}))"
)
"""A sentence behind a list."""
_BARE = regex.compile(r"(?<![\s(](?:og|samt)|/)(?<=[\p{L}\d).])\s+$")
"""In front of a name neither a comma nor "og"."""
_NAME = regex.compile(r"\p{Lu}(?:[\p{L}'’-]*\p{Ll}|\.)\.?")


def flattened(page: Page) -> dict[int, list[tuple[str, list[Attendee]]]]:
    """By its line the lists of such people, each with "present" or "absent"; empty where no line is that long.

    OCR breaks such a line where the page ends: so lines count as one that are full and hold a label in their middle.
    """
    for i in page.head(len(page.lines))[:TOP]:
        line = page.lines[i]
        last = _last(page, i)
        end = min(page.lines[last].end, line.body + READ)
        labels = list(_LABEL.finditer(page.text, line.body, end)) if end - line.body >= WIDE else []
        if last > i and (not labels or (labels[0].start() == line.body and not labels[0]["stop"])):
            continue
        found: list[tuple[str, list[Attendee]]] = []
        bare = False
        for n, label in enumerate(labels):
            above = labels[n - 1] if n else None
            stacked = above and above["came"] and not page.text[above.end() : label.start()].strip()
            if label["stop"] or (stacked and label["away"]):
                if found:
                    break
                continue
            list_end = labels[n + 1].start() if n + 1 < len(labels) else end
            if told := _TOLD.search(page.text, label.end(), list_end):
                list_end = told.start()
            spans = [half for one in _entries(page, Span(label.end(), list_end)) for half in _halves(page, one)]
            bare |= any(_BARE.search(page.text, label.end(), one.start) for one in spans[1:])
            people = [one for span in spans for one in _people(page, span)]
            if people:
                found.append(("absent" if label["away"] else "present", people))
        if (bare or (len(found) > 1 and last == i)) and sum(len(people) for _, people in found) >= FEWEST:
            return {i: found} | {n: [] for n in range(i + 1, last + 1)}
    return {}


def _last(page: Page, i: int) -> int:
    """The last line of a paragraph whose lines are all full but for that one."""
    while i + 1 < len(page.lines) and page.printed(i + 1) and len(page.content(i)) >= BROKEN:
        i += 1
    return i


def _people(page: Page, span: Span) -> list[Attendee]:
    return attendees(page.text, span, page.lexicon, Group(), "attendance/flattened", one=True)


def _entries(page: Page, span: Span) -> Iterator[Span]:
    """One person each, with what stands behind the name: cut where a first name begins another name."""
    words = list(_WORD.finditer(page.text, *span))
    start = -1
    name = beside = 0  # the words of the name, and of what stands behind it
    for n, word in enumerate(words):
        text = word.group()
        parted = text in (",", ";") or text[0] == "("
        joined = text in ("og", "samt")
        if _opens(page, words, n) and (
            start < 0 or name > 1 or beside or words[n - 1].group() in (",", ";", "og", "samt")
        ):
            if start >= 0:
                yield Span(start, words[n - 1].end())
            start, name, beside = word.start(), 1, 0
        elif start < 0:
            continue
        elif parted or joined or beside or not _NAME.fullmatch(text):
            beside += 1
        else:
            name += 1
    if start >= 0:
        yield Span(start, words[-1].end())


def _halves(page: Page, entry: Span) -> Iterator[Span]:
    """An entry of four words that are two names, of which the second opens with a first name that no list knows."""
    words = list(regex.finditer(r"\S+", page.text[entry.start : entry.end]))
    names = page.lexicon.names
    if len(words) == 4 and all(_NAME.fullmatch(word.group()) for word in words):
        first, second = (
            quote_name(page.text, entry.start + words[n].start(), entry.start + words[n + 1].end()) for n in (0, 2)
        )
        if names.score(first) >= 0.5 and names.score(second) >= 0.5 and not names.is_first(words[1].group()):
            yield Span(entry.start, entry.start + words[1].end())
            yield Span(entry.start + words[2].start(), entry.end)
            return
    yield entry


def _opens(page: Page, words: list[regex.Match[str]], n: int) -> bool:
    """Whether a word is a first name with more of a name behind it, and no part of an organisation's."""
    behind = words[n + 1].group() if n + 1 < len(words) else ""
    if not _NAME.fullmatch(words[n].group()) or not page.lexicon.names.is_first(words[n].group()):
        return False
    whole = page.text[words[n].start() : words[min(n + 2, len(words) - 1)].end()]
    before = words[n - 1].group() if n else ","
    lone = before in (",", ";", "og", "samt") and (behind in ("", ",", "og", "samt") or behind[:1] == "(")
    return lone or (
        _NAME.fullmatch(behind) is not None
        and PLACE_WORD.search(f"{words[n].group()} {behind}") is None
        and not is_house(whole, page.lexicon)
    )
