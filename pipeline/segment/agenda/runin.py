"""Unnumbered headings that share their line: with a label or a time before them, or with their text behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.segment.agenda.signs import SIGNS, title_sign
from pipeline.segment.headings import Page, label_at

__all__ = ["FEWEST", "Plain", "have_text", "labelled", "run_in"]

FEWEST = 3
"""So many lines that begin with the same label, or with later and later times, are headings."""
USUAL = 2
"""So many of the run-in titles are ones that agendas usually have."""
MOST = 0.5
"""So many of the paragraphs below the first run-in heading have one."""
ALL = 0.75
"""So many have one where no title is a usual one."""
CLOSING = 3
"""So many paragraphs below the last one may close the minutes."""
WAVERS = 2
"""A column wavers by so many characters."""
TEXT = 25
"""Characters below or behind a heading; half of them must have so many."""
LONGEST = 50
_ALONE = regex.compile(r"(?i)(?P<label>emne|titel|overskrift|tema|sagstitel|punkt)\s?:?")
"""A label on a line of its own above each title."""


@dataclass(frozen=True, slots=True)
class Plain:
    """An unnumbered heading: its first and last line, and what it was told by."""

    first: int
    last: int
    by: str
    confidence: float
    start: int | None = None
    """Where the title begins that has a label or a time before it."""
    sign: str | None = None
    """What parts the title from text on its line (`titles.SIGNS`)."""
    stop: int | None = None
    """Where the title ends, if that is known."""


def labelled(page: Page, start: int) -> list[Plain]:
    """Headings such as "Emne: Skuret" or "Kl. 19.30 Skuret": one label at least three times, or rising times."""
    found: dict[str, list[Plain]] = {}
    latest = 0
    for i in range(start, len(page.lines)):
        if not page.printed(i) or page.lines[i].bullet:
            continue
        line = page.lines[i]
        head = page.text[line.body : min(line.end, line.body + 60)]
        below = page.following[i]
        if len(head) < 16 and below < len(page.lines) and (alone := _ALONE.fullmatch(head.rstrip())):
            found.setdefault(alone["label"].casefold(), []).append(
                Plain(i, below, "label", 0.8, start=page.lines[below].body)
            )
            continue
        for rule in page.rules("items", "point-label", "point-time"):
            if not (match := rule.regex.match(head)):
                continue
            label = (match.groupdict().get("label") or "").casefold()
            if not label:
                time = int(match["hour"]) * 60 + int(match["minute"] or 0)
                if time < latest:
                    break
                latest = time
            found.setdefault(label, []).append(Plain(i, i, "label", rule.confidence, start=line.body + match.end()))
            break
    best = max(found.values(), key=len, default=[])
    if len(best) < FEWEST:
        return []
    sign = title_sign(page, [(plain.first, plain.start or 0) for plain in best])
    best = [replace(plain, sign=sign) for plain in best] if sign else best
    return best if sign or have_text(page, best) else []


def have_text(page: Page, found: Sequence[Plain]) -> bool:
    """Whether half of the headings have text of some length below or behind them."""
    ends = [*(page.lines[plain.first].start for plain in found[1:]), len(page.text)]
    own = [end - page.lines[plain.first].end for plain, end in zip(found, ends, strict=True)]
    return sum(length >= TEXT for length in own) * 2 >= len(own)


def run_in(page: Page, blocks: Sequence[tuple[int, int]]) -> list[Plain]:
    """Headings such as "Økonomi: Kassereren gennemgik …" at the head of paragraphs, where most paragraphs have one.

    What comes back (a speaker, "Beslutning:") is no title, nor is a name or the label of a list of people.
    """
    by_sign: dict[tuple[str, str], list[tuple[int, str]]] = {}
    firsts = dict(_firsts(page, blocks))
    for first, sign, title in _titles(page, firsts):
        by_sign.setdefault((sign, page.lines[first].bullet), []).append((first, title))
    for (sign, bullet), titles in by_sign.items():
        counts = Counter(title for _, title in titles)
        found = [first for first, title in titles if counts[title] == 1]
        usual = sum(page.match("items", "usual", title) is not None for _, title in titles if counts[title] == 1)
        below = [b for b in blocks if found and b[0] >= found[0] and (bullet or not page.lines[b[0]].bullet)]
        if len(found) <= FEWEST:
            continue
        many = not bullet and usual >= USUAL and len(found) >= MOST * len(below)
        paragraphs = {first for first, sure in firsts.items() if sure and first >= found[0]}
        after = sum(first > found[-1] for first in paragraphs)
        wanted = len(paragraphs | set(found)) - min(after, CLOSING)
        if many or (len(found) >= ALL * wanted and _alike(page, sign, found)):
            return [Plain(first, first, "run-in", 0.7, sign=sign) for first in found]
    return []


def _alike(page: Page, sign: str, found: Sequence[int]) -> bool:
    """Whether sentences stand behind most titles, in one column where a gap parts them."""
    ends = [SIGNS[sign].match(page.text, page.lines[i].body, page.lines[i].end) for i in found]
    columns = [match.end() - page.lines[i].start for match, i in zip(ends, found, strict=True) if match]
    told = sum(page.content(i)[-1] in ".!?" or (sign != "gap" and page.full(i)) for i in found)
    return told >= MOST * len(found) and (sign != "gap" or max(columns) - min(columns) <= WAVERS)


def _titles(page: Page, firsts: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    for first in firsts:
        line = page.lines[first]
        if label_at(page, first):
            continue
        for sign, pattern in SIGNS.items():
            match = pattern.match(page.text, line.body, line.end)
            if match and _is_topic(page, match["title"]):
                yield first, sign, match["title"]
                break


def _firsts(page: Page, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """Lines on which a paragraph begins, and whether that is sure.

    It is of the first line of a block, a bullet, a line that hangs out to the left of the line above or follows a short
    one; a line below a full stop may be one.
    """
    for first, last in blocks:
        yield first, True
        for i in range(first + 1, last + 1):
            line, above = page.lines[i], page.lines[i - 1]
            if not page.printed(i - 1):
                continue
            hangs = line.indent < above.indent or line.bullet != ""
            if hangs or (line.indent == above.indent and page.content(i - 1)[-1] in ".!?"):
                yield i, hangs or not page.full(i - 1)


def _is_topic(page: Page, title: str) -> bool:
    usual = page.match("items", "usual", title) is not None
    return (
        len(title) <= LONGEST
        and title[0].isupper()
        and (usual or not page.section(title))
        and not page.match("items", "finite", title)
        and not page.match("items", "turn", title)
        and (usual or not (len(title) <= 4 and title.isalpha() and title.isupper()))
        and not page.lexicon.names.is_first(title.split(maxsplit=1)[0])
    )
