"""Which body met: the committee, board or association that the head of minutes names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Rule
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.named import is_person
from pipeline.values import Span

__all__ = ["Body", "read_body"]

LONGEST = 140
"""Characters of a line that may name a body."""
LETTERHEAD = 3
"""Printed lines at the top in which an association or a house stands, wherever the title does."""
FRAMES = 3
"""As many frames stand on either side of a body: "Referat fra ordinært møde i"."""
_COLUMN_END = regex.compile(r"\s{3,}")
_PLACE = regex.compile(r"(?i)(?:\p{L}*(?:hus|lokale|hall|sal|stue))(?:et|en|n)?\.?")
"""Where a meeting is held, in its title: "bestyrelsesmøde i klubhuset"."""
_BARE = {"bestyrelse", "udvalg", "råd", "nævn", "gruppe", "forum", "forening", "klub", "ordinært", "møde"}
"""Words that say what kind of body met, and not which."""
_ITS_KIND = {"bestyrelsen", "udvalget", "rådet", "nævnet", "kommissionen", "gruppen"}
"""A body by its kind alone: what was decided may name it."""
_OF_PAPER = regex.compile(
    r"(?i)^(?:af|i|for|til|på)\s|\breferat|møde\b|\bgeneralfor\p{L}*ling|\bindkald|\s(?:af|fra|i|for|til|på)$"
)
"""What is a piece of a title and no body."""
_KIND = regex.compile(r"\p{L}*(?:gruppe|udvalg|råd|nævn|bestyrelse)(?= (?:for|i|på|ved) |$)")
"""The kind of a body without its article."""
_CRUMB = regex.compile(r",\s(?=\p{Lu}[\p{L}-]+$)|\s[»/]\s")
"""Behind a name its town, or the next part of where the page lies: "Strandby Roklub » Bestyrelsen"."""
_HOUSE_AND_BODY = regex.compile(
    r"(?P<house>\p{Lu}[\p{L}\d&./’' -]{3,60}?(?<!\b(?:og|det|den|de|Det|Den|De))(?<![-–,]))\s+"
    r"(?P<body>\p{Lu}[\p{L}-]{3,}(?:udvalget|rådet|bestyrelsen|nævnet|UDVALGET|RÅDET|BESTYRELSEN)|Bestyrelsen|BESTYRELSEN)"
)
"""A house and its body where a gap was lost: "Strandby Kommune Økonomiudvalget"."""


class Body(NamedTuple):
    """The body's name, where it stands, and the rule that found it."""

    name: str
    span: Span
    rule: Rule


def read_body(page: Page, head: list[int], title: Span) -> Body | None:
    """The body as a label or a line of its own names it, as the title or the letterhead does, or what was decided.

    `head` are the lines to look in, down to the list of those present. What frames a body on its line (the kind of
    paper, the meeting's number, a day) is no part of it. A word that only says what kind of body met ("bestyrelsen")
    is no name. One that the title names by its kind ("skolebestyrelsesmøde") is called as the text calls it.
    """
    head = [*takewhile(lambda i: page.lines[i].body <= title.start or not _lists_people(page, i), head)]
    for value in ("labelled", "first", "committee", "compound", "in-title", "association", "kind"):
        for span in _spans(page, head, title, value):
            body = _body_in(page, span, "compound" if value == "kind" else value)
            if body is None or (value == "compound" and " " not in body.name):
                continue
            called = _as_called(page, body) if value in ("compound", "kind") else body
            return (_decided(page) if called.name in _ITS_KIND else None) or called
    return _decided(page)


def _spans(page: Page, head: list[int], title: Span, value: str) -> Iterator[Span]:
    """Where rules of a value look: in whole lines, in those that are titles, or in lines without their frames."""
    above = max((i for i in head if page.lines[i].body <= title.start), default=-1)
    for n, i in enumerate(head):
        line, content = page.lines[i], _COLUMN_END.split(page.content(i))[0]
        if len(content) > LONGEST or line.bullet:
            continue
        own = Span(line.body, line.body + len(content))
        in_title = title.start <= line.body < title.end
        if value == "committee" or (value == "association" and (n < LETTERHEAD or i <= above)):
            yield from _cores(page, own)
        elif value == "labelled" or (value != "association" and (in_title or page.match("header", "title", content))):
            yield title if in_title else own


def _decided(page: Page) -> Body | None:
    """The only one whose decisions the text tells as made "i mødet den": of several, some are an older case's."""
    found = [
        Body(" ".join(match["body"].split()), Span(*match.span("body")), rule)
        for rule in page.rules("header", "decided")
        for match in rule.regex.finditer(page.text)
    ]
    return found[0] if len({body.name for body in found}) == 1 else None


def _lists_people(page: Page, i: int) -> bool:
    label = label_at(page, i)
    return label is not None and label[0].value in ("present", "absent")


def _cores(page: Page, line: Span) -> list[Span]:
    """What of a line may be a body: without its frame, and its last word where that alone is one behind a house."""
    start, end = line
    for _ in range(FRAMES):
        if front := page.search("header", "frame-front", page.text[start:end]):
            start += front.end()
    for _ in range(FRAMES):
        if behind := page.search("header", "frame-behind", page.text[start:end]):
            end = start + behind.start()
    content = page.text[start:end]
    if parts := _HOUSE_AND_BODY.fullmatch(content):
        return [Span(start + parts.start("body"), end), Span(start, start + parts.end("house"))]
    first = _CRUMB.search(content)
    return [Span(start, end), *([Span(start, start + first.start())] if first else [])] if content.strip() else []


def _body_in(page: Page, span: Span, value: str) -> Body | None:
    for rule in page.rules("header", value):
        match = rule.regex.search(page.text[span.start : span.end])
        name = _undated(match["body"].strip()) if match else ""
        if match is None or not name or not _names_body(page, name):
            continue
        start, of = span.start + match.start("body"), match.groupdict().get("of")
        if of:  # "styregruppemøde for Fælles Veje"
            return Body(f"{name} {' '.join(of.split())}", Span(start, span.start + match.end("of")), rule)
        place = Span(start, start + len(name))
        return Body(_unquoted(quote_name(page.text, *place)), place, rule)
    return None


def _as_called(page: Page, body: Body) -> Body:
    """A body named by its kind as the text calls it: "styregruppe for Veje" is "Styregruppen for Veje"."""
    kind = _KIND.match(body.name)
    if kind is None:
        return body
    name = rf"{regex.escape(kind.group())}(?:en|et|n|t){regex.escape(body.name[kind.end() :])}"
    definite = regex.search(rf"(?i)(?<![\p{{L}}-]){name}(?![\p{{L}}-])", page.text)
    return Body(definite.group(), Span(*definite.span()), body.rule) if definite else body


def _names_body(page: Page, name: str) -> bool:
    return (
        name.casefold() not in _BARE
        and not _OF_PAPER.search(name)
        and not page.match("header", "generic", name)
        and not page.match("items", "finite", name)
        and not page.lexicon.names.is_place(name)
        and not _PLACE.fullmatch(name.partition(" ")[0])
        and not is_person(name.partition(",")[0], page.lexicon, listed="," in name)  # an attendee and their body
    )


def _undated(name: str) -> str:
    """A body without the day or the number of the meeting that stands behind it."""
    return regex.split(
        r"(?i)[\s,–-]+(?:(?:den|d\.)\s*)?\d{1,2}\s*[.:/-]\s*(?:\p{L}{3,9}|\d{1,2})\b|[\s,–-]+møde\b", name, maxsplit=1
    )[0].rstrip(" ,–-")


def _unquoted(name: str) -> str:
    """A name on one line, without quotation marks that enclose the whole of it."""
    name = " ".join(name.split())
    inner = name.strip(' "”»«')
    return inner if sum(c in '"”»«' for c in inner) % 2 == 0 else name.strip()
