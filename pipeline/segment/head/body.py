"""Which body met: the committee, board or association that the head of minutes names."""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.document import quote_name
from pipeline.lexicon import Rule
from pipeline.segment.headings import Page
from pipeline.segment.people.named import is_person
from pipeline.values import Span

__all__ = ["Body", "read_body"]

_COLUMN_END = regex.compile(r"\s{3,}")
_PLACE = regex.compile(r"(?i)(?:\p{L}*(?:hus|lokale|hall|sal|stue))(?:et|en|n)?\.?")
"""Where a meeting is held, in its title: "bestyrelsesmøde i klubhuset"."""
_BARE = {"bestyrelse", "udvalg", "råd", "nævn", "gruppe", "forum", "forening", "klub", "ordinært", "møde"}
"""Words that say what kind of body met, and not which."""


class Body(NamedTuple):
    """The body's name, where it stands, and the rule that found it."""

    name: str
    span: Span
    rule: Rule


def read_body(page: Page, head: list[int], title: Span) -> Body | None:
    """The body as a label or a line of its own names it, or else as the title does.

    `head` are the lines to look in. A word that only says what kind of body met ("bestyrelsen") is no name.
    """
    for value in ("labelled", "first", "committee", "compound", "in-title", "association"):
        for i in head:
            line, content = page.lines[i], _COLUMN_END.split(page.content(i))[0]
            in_title = title.start <= line.body < title.end
            titled = in_title or page.match("header", "title", content) is not None
            fits = value == "labelled" or titled == (value in ("first", "compound", "in-title"))
            if len(content) > 140 or line.bullet or not fits:
                continue
            span = title if in_title else Span(line.body, line.body + len(content))
            if body := _body_in(page, span, value):
                return body
    return None


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


def _names_body(page: Page, name: str) -> bool:
    return (
        name.casefold() not in _BARE
        and not page.match("header", "generic", name)
        and not page.match("items", "finite", name)
        and not page.lexicon.names.is_place(name)
        and not _PLACE.fullmatch(name)
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
