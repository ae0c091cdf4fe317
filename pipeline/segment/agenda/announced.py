"""Unnumbered headings that are the titles of the agenda listed before them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from pipeline.segment.agenda.runin import Plain
from pipeline.segment.headings import Page

__all__ = ["Announced", "announced"]

FEWEST = 3
"""So many titles of the list head minutes."""
MOST = 0.6
"""So many of its titles stand below it again."""
TRIED, TOP = 5, 200
"""So many lists among so many first lines may be the agenda."""
MOST_TITLES = 60
LONGEST = 130
ALIKE = 84
"""Per cent that a heading is like its title in the list: OCR reads them differently."""
WRAPPED = 2
"""Lines that a title of the list runs over."""

_NUMBER = regex.compile(
    r"(?i)\W*+(?:(?:dagsordenens\s)?(?:pkt|punkt|sag|§)\b[. ]*(?:nr\.?\s)?)?(?P<number>\d{1,3})"
    r"(?:[.):]++[\s–-]*+|\s[\s–-]*+)(?=\p{L})"
)
_BEHIND = regex.compile(r"(?:\s*[.·…_]{3,}\s*|\s{2,})\d{0,3}\s*$|\s*[(\[]\p{L}{1,14}[)\]]\s*\d{0,3}$")
"""Dots and the page, or a mark, behind a title of a list."""
_ROW = regex.compile(
    r"(?i)(?:(?:dagsorden(?:en)?|punkter|emner)(?:\s(?:var|er))?\s?:\s+)?+(?:(?P<one>1)\s?[.):]\s*(?=\p{L}[^\d\n]{2,60}\s2\s?[.):])|(?<=:\s)(?=\p{L}))"
)
_COUNTED = regex.compile(r"(?<=[\s,;])(?P<number>\d{1,2})\s?[.):]\s*(?=\p{L})")
_PARTS = regex.compile(r"\s?[,;·/|•]\s+|\s[–-]\s|\sog\s(?=\S+\W*$)")
"""What parts the titles of a list that runs on without numbers."""
ROW_LINES = 6
_FOLDED = regex.compile(r"[\W_]+")


class Announced(NamedTuple):
    """The lines of the list, and the headings found below it."""

    listed: range
    headings: tuple[Plain, ...]


def announced(page: Page) -> Announced | None:
    """The headings below a listed agenda that repeat its titles without their numbers; None where too few do.

    A heading stands alone on its line, or with its text behind a colon.
    """
    for first in islice(_lists(page), TRIED):
        listed, titles = _in_a_row(page, first) or _listed(page, first)
        found = _repeated(page, listed.stop, titles) if len(titles) >= FEWEST else []
        if len(found) >= max(FEWEST, MOST * len(titles)):
            return Announced(listed, tuple(found))
    return None


def _lists(page: Page) -> Iterator[int]:
    """Lines on which a list of titles may begin: below "Dagsorden", and with a number above the next one."""
    last = -1
    for i in range(min(len(page.lines), TOP)):
        if not page.printed(i):
            continue
        content = page.content(i)
        if len(content) <= LONGEST and page.match("items", "agenda", content):
            yield page.following[i]
        elif _ROW.match(content) and (page.previous[i] < 0 or not _number(page.content(page.previous[i]))):
            yield i
        number = _number(content)
        if number is not None and number != last + 1:
            near, k = [], i
            for _ in range(WRAPPED):
                k = page.following[k] if k < len(page.lines) else k
                near.append(_number(page.content(k)) if k < len(page.lines) else None)
            if number + 1 in near:
                yield i
        last = number if number is not None else last


def _in_a_row(page: Page, first: int) -> tuple[range, list[str]] | None:
    """The lines and titles of a list that runs on: "Dagsorden: 1. Skuret, 2. Broen", "Punkter: Skuret, broen"."""
    if first >= len(page.lines) or not (row := _ROW.match(page.content(first))):
        return None
    last = first
    while last < first + ROW_LINES and page.following[last] == last + 1 < len(page.lines):
        last += 1
    text = " ".join(page.content(i) for i in range(first, last + 1))
    if row["one"] is None:
        titles = _PARTS.split(text[row.end() :])
    else:
        titles, begin = [], row.end()
        for match in _COUNTED.finditer(text, begin):
            if int(match["number"]) == len(titles) + 2:
                titles.append(text[begin : match.start()])
                begin = match.end()
        titles.append(text[begin:])
    return range(first, last + 1), [title.strip(" ,;.·–-") for title in titles]


def _number(content: str) -> int | None:
    match = _NUMBER.match(content) if len(content) <= LONGEST else None
    return int(match["number"]) if match else None


def _listed(page: Page, first: int) -> tuple[range, list[str]]:
    """The lines and titles of a list: one entry a line, or wrapped; the list ends where its form does."""
    titles: list[str] = []
    line, wrapped = first, 0
    numbered = first < len(page.lines) and _number(page.content(first)) is not None
    while line < len(page.lines) and len(titles) <= MOST_TITLES:
        content, bullet = page.content(line), page.lines[line].bullet
        number = _NUMBER.match(content) if numbered else None
        apart = bool(titles) and page.space_before(line)
        if numbered and number is None:
            if apart or wrapped == WRAPPED - 1 or len(content) > LONGEST:
                break
            titles[-1] += f" {content}"
            wrapped += 1
        elif len(content) > LONGEST or (apart and not (number or bullet)):
            break
        else:
            titles.append(content[number.end() :] if number else content)
            wrapped = 0
        line = page.following[line]
    return range(first, line), [_BEHIND.sub("", _BEHIND.sub("", title)) for title in titles]


def _repeated(page: Page, start: int, titles: list[str]) -> list[Plain]:
    """The lines from `start` on that say what a title says, in the order of the list or any other."""
    wanted = [folded for folded in dict.fromkeys(map(_folded, titles)) if len(folded) > 2]
    found: list[Plain] = []
    for i in range(start, len(page.lines)):
        if not wanted:
            break
        content = page.content(i) if page.printed(i) else ""
        if len(content) < len("Evt"):
            continue
        plain = next((p for p in _readings(page, i, content) if _take(wanted, p[1])), None)
        if plain:
            found.append(plain[0])
    return found


def _readings(page: Page, i: int, content: str) -> list[tuple[Plain, str]]:
    """What a line may have as a heading: what stands before its colon, the whole of it, with the next line."""
    readings = []
    line = page.lines[i]
    before, colon, behind = content.partition(": ")
    if colon and behind and len(before) <= LONGEST:
        readings.append((Plain(i, i, "listed", 0.85, stop=line.body + len(before)), _folded(before)))
    if len(content) <= LONGEST:
        heading = Plain(i, i, "listed", 0.9, stop=line.body + len(content))
        readings.append((heading, _folded(_BEHIND.sub("", content))))
        below = page.following[i]
        if below == i + 1 < len(page.lines) and len(page.content(below)) <= LONGEST and page.full(i, 0.6):
            end = page.lines[below].body + len(page.content(below))
            readings.append((Plain(i, below, "listed", 0.9, stop=end), _folded(f"{content} {page.content(below)}")))
    return readings


def _take(wanted: list[str], said: str) -> bool:
    """Whether a title is wanted; each is found once."""
    close = (title for title in wanted if len(said) > 8 and fuzz.ratio(title, said, score_cutoff=ALIKE))
    title = said if said in wanted else next(close, None)
    if title is None:
        return False
    wanted.remove(title)
    return True


def _folded(title: str) -> str:
    return _FOLDED.sub(" ", title.casefold()).strip()
