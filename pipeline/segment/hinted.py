"""Who led and who wrote where no known form says so: the one person of a clause with a word of leading or writing."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.lexicon import Rule
from pipeline.segment.headings import Page
from pipeline.segment.named import is_sure
from pipeline.segment.posts import Officers, people_in, put, rule_of
from pipeline.values import AgendaItem, Attendee, Span

__all__ = ["hinted"]

TAIL = 4
"""So many of the last lines may say who wrote."""
LONGEST = 160
"""Characters of a clause; what is longer tells something else."""

_PARAGRAPH = regex.compile(r"\n\s*\n")
_CLAUSE = regex.compile(r"[;•|\n]|(?<=[\p{Ll})]{2})\.(?=\s|$)|(?<=,)\s(?=(?:og|mens|samt)\s)|\s{3,}(?=\p{Lu}[\p{L} ]+:)")
_SENTENCE = regex.compile(r"[;•|]|(?<=[\p{Ll})]{2})\.(?=\s|$)|,\s(?=(?:og|mens|samt)\s)")
_NAME = regex.compile(r"\b\p{Lu}[\p{L}.'-]*(?:\s\p{Lu}[\p{L}.'-]*){0,4}")
_BEHIND = regex.compile(r"(?i)(?:\s?[:=–|/-]+|\s{2,})\s*(?:\p{Ll}{4,20}\s)?|\s?[\s:(]*(?:\p{Ll}+\s+){0,3}?(?:ved|af|v/|v\.|var|er|:)\s*(?:\p{Ll}{4,20}\s)?")
_FEW = regex.compile(r"[^\p{L}\p{N};.]*(?:[\p{L}-]+[^\p{L}\p{N};.]+){0,3}")
"""Between a word and a name no more than three others."""


def hinted(page: Page, present: tuple[Attendee, ...], items: tuple[AgendaItem, ...], found: Officers) -> None:
    """Whoever a clause of the head or of the last lines says led or wrote, in whatever words; nobody of two people."""
    first = items[0].start if items else min(len(page.text), 1500)
    no = rule_of(page, "hint-no")
    for name in ("chair", "minute_taker"):
        if name in found:
            continue
        rule = rule_of(page, f"hint-{name}")
        for clause in _clauses(page, first):
            match = rule.regex.search(page.text, *clause)
            if match and clause.end - clause.start <= LONGEST and not no.regex.search(page.text, *clause):
                put(found, name, _who(page, present, clause, match, rule))


def _clauses(page: Page, first: int) -> Iterator[Span]:
    """The clauses of the head, line by line and then over the ends of lines, and those of the last lines."""
    printed = [i for i in range(len(page.lines)) if page.printed(i)]
    last = page.lines[printed[-TAIL:][0]].start if printed else len(page.text)
    for start, end, parts in ((0, first, _CLAUSE), (max(first, last), len(page.text), _CLAUSE), (0, first, _SENTENCE)):
        for paragraph in _between(page.text, Span(start, end), _PARAGRAPH):
            yield from _between(page.text, paragraph, parts)


def _between(text: str, span: Span, signs: regex.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for match in signs.finditer(text, *span):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, span.end)


def _who(
    page: Page, present: tuple[Attendee, ...], clause: Span, word: regex.Match[str], rule: Rule
) -> list[Attendee]:
    """The person behind or before a word, with nobody else between."""
    people = [
        one
        for match in _NAME.finditer(page.text, *clause)
        if match.end() <= word.start() or match.start() >= word.end()
        for one in people_in(page, *match.span(), rule.name)[:1]
        if _is_known(page, one, present)
    ]
    before, behind = [p for p in people if p.end <= word.start()], [p for p in people if p.start >= word.end()]
    if behind and (not before or not _FEW.fullmatch(page.text, before[-1].end, word.start())):
        sign = _BEHIND if before else _FEW
        near = sign.fullmatch(page.text, word.end(), behind[0].start) or _BEHIND.fullmatch(
            page.text, word.end(), behind[0].start
        )
        return behind[:1] if near and len(behind) == 1 else []
    return before[-1:] if before and _FEW.fullmatch(page.text, before[-1].end, word.start()) else []


def _is_known(page: Page, one: Attendee, present: tuple[Attendee, ...]) -> bool:
    if any(one.name == p.name or p.name.startswith(f"{one.name} ") for p in present):
        return True
    return is_sure(page.text, Span(one.start, one.end), page.lexicon) or page.lexicon.names.is_first(one.name)
