"""Who led and who wrote where no known form says so: the one person of a clause with a word of leading or writing."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.lexicon import Rule
from pipeline.segment.attendance.posts_given import are_posts_given
from pipeline.segment.head.posts import Officers, named, people_in, put, rule_of
from pipeline.segment.headings import Page
from pipeline.segment.page import DEEP
from pipeline.segment.people.named import is_sure
from pipeline.values import AgendaItem, Attendee, Span

__all__ = ["by_last_line", "by_title", "hinted"]

TAIL = 4
"""So many of the last lines may say who wrote."""
LONGEST = 160
"""Characters of a clause, or of a line of names; what is longer tells something else."""

_FURNITURE = regex.compile(r"(?i)[\W_]*+|\W*+(?:side|s\.)?\s*+\d++(?:\s*+(?:/|af)\s*+\d++)?\W*+")
_PARAGRAPH = regex.compile(r"\n\s*\n")
_CLAUSE = regex.compile(
    r"[;•|\n]|\s/\s|(?<=[\p{Ll})]{2})\.(?=\s|$)|(?<=,)\s(?=(?:og|mens|samt)\s)"
    r"|(?<=\S)[ \t]{3,}+(?=\p{Lu}[\p{L} ]{1,40}:)"
)
_SENTENCE = regex.compile(r"[;•|]|\s/\s|(?<=[\p{Ll})]{2})\.(?=\s|$)|,\s(?=(?:og|mens|samt)\s)")
_NAME = regex.compile(r"\b\p{Lu}(?:[\p{L}'-]+|\.)(?:[ \t]+\p{Lu}(?:[\p{L}'-]+|\.?)){0,4}")
_ONE = regex.compile(r"\W*\p{Lu}[\p{L}.'-]*(?:[ ]\p{Lu}[\p{L}.'-]*){1,3}\W*")
_SIGNED = regex.compile(r"\W*\p{Lu}[\p{L}.'-]*(?:\s+\p{Lu}[\p{L}.'-]*){1,12}\W*|[_.\s]{10,300}")
_SIGNED_SHORT = regex.compile(r"[\s/–-]*(?P<who>\p{Lu}{2,4})[\s.]*")
_LETTERS = regex.compile(r"\W{1,6}(?:(?:ved|v/|af)\s?)?(?P<who>\p{Lu}{2,4})(?!\p{L})")
"""The initials of who wrote, behind a word of writing."""
_BEHIND = regex.compile(
    r"(?i)(?:\s?[:=–|/-]+|\s{2,})\s*(?:\p{Ll}{4,20}\s)?|[\s:(]*+(?:\p{Ll}+\s+){0,3}?(?:ved|af|v/|v\.|var|er|:)\s*(?:\p{Ll}{4,20}\s)?"
)
_FEW = regex.compile(r"[^\p{L}\p{N};.]*(?:[\p{L}-]+[^\p{L}\p{N};.]+){0,3}")
"""Between a word and a name no more than three others."""


def hinted(page: Page, present: tuple[Attendee, ...], items: tuple[AgendaItem, ...], found: Officers) -> None:
    """Whoever a clause of the head or of the last lines says led or wrote, in whatever words; nobody of two people."""
    first = min(items[0].start if items else 1500, DEEP, len(page.text))
    no = rule_of(page, "hint-no")
    sought = [name for name in ("chair", "minute_taker") if name not in found]
    clauses = [one for one in _clauses(page, first) if one.end - one.start <= LONGEST] if sought else []
    for name in sought:
        rule = rule_of(page, f"hint-{name}")
        for clause in clauses:
            match = rule.regex.search(page.text, *clause)
            if match and not no.regex.search(page.text, *clause):
                put(found, name, _who(page, present, clause, match, rule))


def by_title(page: Page, away: set[str], found: Officers) -> None:
    """The one person whom the whole text calls the chair, in front of the name: "Formanden, Ib Holst, oplyste"."""
    rule = rule_of(page, "chair-called")
    called: dict[str, Attendee] = {}
    for match in rule.regex.finditer(page.text):
        if are_posts_given(page, match.start()):
            continue
        for one in people_in(page, *match.span("name"), rule.name)[:1]:
            if is_sure(page.text, Span(one.start, one.end), page.lexicon):
                called.setdefault(one.name, one)
    if len(called) == 1 and not away & set(called):
        put(found, "chair", list(called.values()))


def by_last_line(page: Page, present: tuple[Attendee, ...], found: Officers) -> None:
    """Whose full name or initials, and nothing else, are the last line of the text: who wrote signs there."""
    upwards = reversed(range(len(page.lines)))
    printed = (i for i in upwards if page.printed(i) and not _FURNITURE.fullmatch(page.content(i)))
    last, above = next(printed, -1), next(printed, -1)
    letters = _SIGNED_SHORT.fullmatch(page.text, page.lines[last].body, page.lines[last].end) if above >= 0 else None
    if letters and not _SIGNED_SHORT.fullmatch(page.content(above)):
        put(found, "minute_taker", named(page, present, *letters.span("who"), "signature-last")[:1])
        return
    if above < 0 or not page.space_before(last) or max(len(page.content(i)) for i in (above, last)) > LONGEST:
        return
    if _SIGNED.fullmatch(page.content(above)) or not _ONE.fullmatch(page.content(last)):
        return  # several people signed
    line, content = page.lines[last], page.content(last).strip(" .")
    people = people_in(page, line.body, line.end, "signature-last")
    chair = found["chair"].name if "chair" in found else ""
    alone = len(people) == 1 and people[0].name == content != chair
    if alone and is_sure(page.text, Span(people[0].start, people[0].end), page.lexicon):
        put(found, "minute_taker", people)


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


def _who(page: Page, present: tuple[Attendee, ...], clause: Span, word: regex.Match[str], rule: Rule) -> list[Attendee]:
    """The person behind or before a word, with nobody else between."""
    people = [
        one
        for match in _NAME.finditer(page.text, *clause)
        if match.end() <= word.start() or match.start() >= word.end()
        for one in people_in(page, *match.span(), rule.name)[:1]
        if _is_known(page, one, present)
    ]
    if not people and (letters := _LETTERS.match(page.text, word.end(), clause.end)):
        return named(page, present, *letters.span("who"), rule.name)
    before, behind = [p for p in people if p.end <= word.start()], [p for p in people if p.start >= word.end()]
    if behind and (not before or not _FEW.fullmatch(page.text, before[-1].end, word.start())):
        gap = Span(word.end(), behind[0].start)
        near = _BEHIND.fullmatch(page.text, *gap) or (not before and _FEW.fullmatch(page.text, *gap))
        return behind[:1] if near and len(behind) == 1 else []
    return before[-1:] if before and _FEW.fullmatch(page.text, before[-1].end, word.start()) else []


def _is_known(page: Page, one: Attendee, present: tuple[Attendee, ...]) -> bool:
    if any(one.name == p.name or p.name.startswith(f"{one.name} ") for p in present):
        return True
    return is_sure(page.text, Span(one.start, one.end), page.lexicon) or page.lexicon.names.is_first(one.name)
