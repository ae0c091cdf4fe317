"""Numbers in a form that no rule foresees ("Post 4:", "[2]", "171.", "B"): the document shows that they count on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.segment.headings import Candidate, Page, titled_below
from pipeline.segment.numerals import figures, is_roman, letter
from pipeline.values import Line

__all__ = ["OF_KIND", "counted_on", "filled"]

WITH_KIND = "1b"
"""What stands for the word of numbers that have the letter of a kind behind them."""
OF_KIND = "bdo"
"""What stands for the word of numbers that begin with the letter of a kind: "B1", "D1", "O1", "O2"."""

FEWEST = 3
"""So many lines that count on from one another are a series."""
LOST = 2
"""So many numbers are looked for between two items."""
TEXT = 25
"""A heading has so many characters of text below it; half of a series must, or it is a table."""
_DIGIT = regex.compile(r"\D{0,30}\d")


_MISREAD = regex.compile(
    r"(?P<number>[\dA-Za-z|\]]{1,2})(?:\s?[.,:;)]\s*|\s+)(?=\p{Lu}\p{L})|(?P<number>\d{1,2}|[IlL|])(?=\p{Lu}\p{Ll}{3})"
)
_WITH_KIND = regex.compile(r"(?P<number>\d{1,3}?)\s?(?=[BDO0]_?[\s.:–-]\s*\p{Lu}\p{Ll})")
"""A number and the letter of a kind that OCR put together: "57 O" is "570"."""
_SMALL_ROMAN = regex.compile(r"\(?(?P<number>[ivx]{1,5})\s?[.):]{1,2}\s+(?=\p{Lu})")
_WORDS = tuple(
    words.split()
    for words in (
        "et ét første",
        "to andet",
        "tre tredje",
        "fire fjerde",
        "fem femte",
        "seks sjette",
        "syv syvende",
        "otte ottende",
        "ni niende",
        "ti tiende",
        "elleve ellevte",
        "tolv tolvte",
    )
)
"""The numbers in words, as "Punkt et" and "Første punkt" have them."""
_THING = r"(?:(?:dagsordens)?punkt|pkt\.?|sag|emne)"
_IN_WORDS = regex.compile(
    rf"(?i)(?:{_THING}\s(?P<number>ét|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv)"
    rf"|(?P<number>første|andet|(?:tred|fjer|fem|sjet|syven|otten|nien|tien|ellev|tolv)[jdt]e)\s{_THING})(?:\s?[.:–-]\s*|\s*$)"
)
_OF_KIND = regex.compile(r"(?P<number>(?:[BDO][.-]?|0)(?P<count>\d{1,2}))\s?[.:)–-]{0,2}\s+(?=\p{Lu})")
_FIRST = regex.compile(r"\d{1,3}(?=[\s.,:)])|\d{1,2}(?=\p{Lu})")
_FIGURE = str.maketrans("IlLT|]ZASsGbBgqOo", "111111245566899" + "00")
"""Figures that OCR reads for letters."""


class _Counted(NamedTuple):
    line: int
    style: str
    word: str
    printed: str
    number: int
    title_start: int
    confidence: float


def counted_on(page: Page, taken: set[int]) -> list[Candidate]:
    """The lines that count on from one another by three at least, with text below them; `taken` are read already.

    Declines for what is counted and is no agenda (enclosures, pages, tables): the rule `no-agenda`.
    """
    groups: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
    for i, line in enumerate(page.lines):
        if page.printed(i) and not line.bullet and (i not in taken or page.text[line.body] == "0"):
            for counted in _read(page, i, line):
                if i not in taken or counted.style == OF_KIND:
                    groups[counted.style, counted.word].append(counted)
    kinded = groups.pop((OF_KIND, OF_KIND), [])
    if not _counts_kinds(kinded):
        kinded = [counted for counted in kinded if not counted.printed.startswith("0")]
    chains = [chain for group in groups.values() for chain in _chains(group)]
    chains += [kinded] if _counts_kinds(kinded) else []
    chains = [chain for chain in chains if chain[0].word != WITH_KIND or any(_has_kind(page, each) for each in chain)]
    found = [
        [_candidate(page, each, place) for place, each in enumerate(chain, 1)]
        for chain in chains
        if _heads_text(page, chain)
    ]
    return [
        each
        for chain in found
        if chain[0].word not in ("a", "i") or _is_agenda(chain, lone=not taken)
        for each in chain
    ]


def _read(page: Page, index: int, line: Line) -> Iterator[_Counted]:
    head = page.text[line.body : min(line.end, line.body + 80)]
    if match := _WITH_KIND.match(head):
        yield _Counted(index, "series", WITH_KIND, match["number"], int(match["number"]), line.body + match.end(), 0.8)
    if head[0] in "(ivx" and (match := _SMALL_ROMAN.match(head)) and is_roman(match["number"].upper()):
        number = int(figures(match["number"].upper(), roman=True))
        yield _Counted(index, "letter", "i", match["number"], number, line.body + match.end(), 0.75)
    if match := _IN_WORDS.match(head):
        number = 1 + next(n for n, words in enumerate(_WORDS) if match["number"].casefold() in words)
        yield _Counted(index, "series", "et", match["number"], number, line.body + match.end(), 0.85)
        return
    if head[0] == "0" and (match := _OF_KIND.match(head)):
        yield _Counted(index, OF_KIND, OF_KIND, match["number"], int(match["count"]), line.body + match.end(), 0.85)
    if _DIGIT.match(head) and not page.match("items", "no-agenda", head):
        for rule in page.rules("items", "series"):
            if match := rule.regex.match(head):
                if rule.name == "counted-alone" and not (page.space_before(index) and titled_below(page, index)):
                    continue
                word = match.groupdict().get("word") or match.groupdict().get("lead") or ""
                lead = " ".join(word.casefold().split()) or match["close"].strip()[:1]
                number, printed = int(match["number"]), match.groupdict().get("printed") or match["number"]
                style = "series" if printed.isdigit() else "year"
                yield _Counted(index, style, lead, printed, number, line.body + match.end(), rule.confidence)
                return
    if head[0] in "BDO" and (match := _OF_KIND.match(head)):
        yield _Counted(index, OF_KIND, OF_KIND, match["number"], int(match["count"]), line.body + match.end(), 0.85)
    elif (head[0].isalpha() and not head[1:2].isalpha()) or (head[0] == "(" and head[2:3] == ")"):
        for rule in page.rules("items", "letter"):
            if match := rule.regex.match(head):
                printed = match["number"]
                case, end = "a" if printed.islower() else "A", line.body + match.end()
                yield _Counted(index, "letter", case, printed, letter(printed), end, rule.confidence)


def _has_kind(page: Page, counted: _Counted) -> bool:
    return page.text[counted.title_start] in "BDO"


def _counts_kinds(found: list[_Counted]) -> bool:
    """Whether numbers behind the letters of kinds count on: of each letter from 1, or through all of them."""
    places: dict[str, list[int]] = defaultdict(list)
    for counted in found:
        places[counted.printed[0].replace("0", "O")].append(counted.number)
    whole = [counted.number for counted in found] == list(range(1, len(found) + 1))
    each = all(numbers == list(range(1, len(numbers) + 1)) for numbers in places.values())
    return len(found) >= FEWEST and len(places) > 1 and (whole or each)


def _chains(group: list[_Counted]) -> Iterator[list[_Counted]]:
    """Runs of numbers that rise by one; letters begin with A."""
    chain: list[_Counted] = []
    for counted in group:
        if chain and counted.number == chain[-1].number + 1:
            chain.append(counted)
            continue
        again = len(chain) >= FEWEST and counted.number == chain[0].number  # an agenda, and then its minutes
        behind = bool(chain) and (counted.number <= chain[-1].number or counted.style == "letter")
        if behind and counted.number != 1 and not again:
            continue
        if len(chain) >= FEWEST:
            yield chain
        chain = [counted] if counted.style != "letter" or counted.number == 1 else []
    if len(chain) >= FEWEST:
        yield chain


def filled(page: Page, members: list[Candidate]) -> list[Candidate]:
    """The items of an agenda with those between them, or before 2., whose number OCR misread: "S." between 4. and 6."""
    found = members[:1]
    if members and members[0].parts == (2,):
        found = [*_misread(page, members[0], range(members[0].line - 1, -1, -1), 1)[:1], *found]
    for before, after in pairwise(members):
        missing = before.parts[-1] + 1
        if len(before.parts) == len(after.parts) == 1 and before.style == after.style:
            lost: list[Candidate] = []
            several = after.parts[-1] - missing > 1
            for number in range(missing, min(after.parts[-1], missing + LOST)):
                lines = range((lost[-1] if lost else before).line + 1, after.line)
                lost += _misread(page, before, lines, number, exact_only=several)[:1]
            found += lost
        found.append(after)
    return found


def _misread(page: Page, beside: Candidate, lines: range, missing: int, *, exact_only: bool = False) -> list[Candidate]:
    """The lines of an item whose number is missing, where they stand as the one beside it does."""
    found = []
    for i in lines:
        line = page.lines[i]
        match = _MISREAD.match(page.text, line.body, line.end) if page.printed(i) and not line.bullet else None
        exact = match is not None and match["number"] == str(missing)
        alike = page.space_before(i) == beside.apart or (exact and (missing == 1 or _is_lone(page, lines, i)))
        if (
            match
            and alike
            and (exact or not exact_only)
            and abs(line.indent - beside.indent) <= 2
            and match["number"].translate(_FIGURE) == str(missing)
        ):
            usual = page.match("items", "usual", page.text[match.end() : line.end]) is not None
            found.append(
                replace(
                    beside,
                    line=i,
                    number=str(missing),
                    parts=(missing,),
                    title_start=match.end(),
                    indent=line.indent,
                    apart=page.space_before(i),
                    usual=usual,
                    confidence=0.6,
                )
            )
    return found


def _is_lone(page: Page, lines: range, index: int) -> bool:
    """Whether the number on a line belongs to no list of its own: no line before it has the number before.

    It is the agenda's for sure where its first level stands right below: "2. Skuret⏎2.1 Sted".
    """
    number = int(_FIRST.match(page.content(index)).group())  # type: ignore[union-attr]
    below = page.following[index]
    if below < len(page.lines) and page.content(below).startswith(f"{number}.1 "):
        return True
    before = number - 1
    lower = (_FIRST.match(page.content(i)) for i in lines if i < index and page.printed(i))
    return all(match is None or int(match.group()) != before for match in lower)


def _heads_text(page: Page, chain: list[_Counted]) -> bool:
    """Whether half of the lines of a chain have text of some length before the next one."""
    ends = [*(page.lines[each.line].start for each in chain[1:]), len(page.text)]
    own = [end - page.lines[each.line].end for each, end in zip(chain, ends, strict=True)]
    return sum(length >= TEXT for length in own[:-1]) * 2 >= len(own) - 1


def _is_agenda(chain: list[Candidate], *, lone: bool) -> bool:
    """Whether small letters, which lists inside items have, count items: with usual titles, or apart and `lone`."""
    return len(chain) > FEWEST and (sum(each.usual for each in chain) >= 2 or (lone and all(c.apart for c in chain)))


def _candidate(page: Page, counted: _Counted, place: int) -> Candidate:
    of_kind = counted.word == OF_KIND
    line = page.lines[counted.line]
    return Candidate(
        line=counted.line,
        style="series" if of_kind else counted.style,
        word=counted.word,
        number=counted.printed.replace("0", "O", 1) if of_kind and counted.printed[0] == "0" else counted.printed,
        parts=(place if of_kind else counted.number,),
        suffix="",
        title_start=counted.title_start,
        indent=line.indent,
        apart=page.space_before(counted.line),
        usual=page.match("items", "usual", page.text[counted.title_start : line.end]) is not None,
        confidence=counted.confidence,
    )
