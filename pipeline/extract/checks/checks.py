"""What a careful clerk would check in the items: what seems left open, empty, out of order or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover
from pipeline.extract.persons.unexplained import LETTERS
from pipeline.lexicon import Lexicon
from pipeline.values import AgendaItem, Notice

__all__ = ["check_items"]

INTRODUCED = 2
"""So many people with initials show that a document calls its people by them."""
_INITIALS = regex.compile(r"(?<![\p{L}\p{N}.@/-])(?P<letters>\p{Lu}{2,4})(?![\p{L}\p{N}-])")
_WHOLE, _FIGURES = regex.compile(r"\d+(?:(?: og |, ?|-| & )\d+)*"), regex.compile(r"\d+")


def check_items(document: Document, lexicon: Lexicon) -> Iterator[Notice]:
    """A notice for each recommendation of an item that decides nothing behind it, each item without text, each number
    out of order, and each set of initials at the start of a turn that belongs to nobody.

    >>> from pipeline.stages import process
    >>> text = "1. Budget\\nDet indstilles, at budgettet godkendes.\\n\\n3. Skuret\\nSkuret blev godkendt.\\n"
    >>> [notice.code for notice in process(Document(id="a", source=text), Lexicon.load()).notices]
    ['recommendation-without-decision', 'number-out-of-order']
    """
    yield from _unanswered(document)
    yield from _without_text(document)
    yield from _out_of_order(document.items)
    yield from _unknown_initials(document, lexicon)


def _unanswered(document: Document) -> Iterator[Notice]:
    asked = {recommendation.item: recommendation for recommendation in reversed(document.recommendations)}
    decided = {decision.item: decision.start for decision in sorted(document.decisions, key=attrgetter("start"))}
    for index, item in enumerate(document.items):
        if index in asked and decided.get(index, -1) < asked[index].start:
            message = f"{_name(item)} recommends something, and no decision was found behind it"
            yield Notice("recommendation-without-decision", message, asked[index].start, asked[index].end)


def _without_text(document: Document) -> Iterator[Notice]:
    for item, following in zip(document.items, [*document.items[1:], None], strict=False):
        parent = following and item.number and (following.number or "").startswith(f"{item.number}.")
        if (
            not parent
            and item.title
            and item.heading.end > item.heading.start
            and not document.text[item.heading.end : item.end].strip(" \t\r\n.:–-")
        ):
            yield Notice("item-without-text", f"{_name(item)} has a heading and no text", *item.heading)


def _out_of_order(items: tuple[AgendaItem, ...]) -> Iterator[Notice]:
    """Whole numbers that do not rise by one ("5 og 6" are two); where every item is "1." there is no order."""
    numbered = [
        (item, [int(figure) for figure in _FIGURES.findall(item.number)])
        for item in items
        if item.number and _WHOLE.fullmatch(item.number)
    ]
    if len({numbers[0] for _, numbers in numbered}) == 1:
        return
    for (_, before), (item, numbers) in pairwise(numbered):
        if numbers[0] != before[-1] + 1:
            yield Notice("number-out-of-order", f"{_name(item)} follows item {before[-1]}", *item.heading)


def _unknown_initials(document: Document, lexicon: Lexicon) -> Iterator[Notice]:
    """Initials in front of a colon or a verb of saying, in a document whose people have initials too."""
    short = {form for person in document.persons for form in person.forms if form.isupper() and len(form) <= LETTERS}
    if len(short) < INTRODUCED:
        return
    named = Cover(
        (span.start, span.end)
        for of in (document.persons, document.organisations)
        for one in of
        for span in one.mentions
    )
    says = [rule.regex for rule in lexicon.rules("statements") if rule.value in ("remarked", "informed", "asked")]
    seen: set[str] = set()
    for item in document.items:
        for match in _INITIALS.finditer(document.text, item.heading.end, item.end):
            behind = document.text[match.end() : match.end() + 30]
            speaks = behind.startswith(":") or any(
                (found := rule.match(behind[1:])) is not None and found.end() > 0 for rule in says if behind[:1] == " "
            )
            letters = match["letters"]
            if speaks and letters not in seen and not named.touches(*match.span()):
                seen.add(letters)
                yield Notice("unresolved-initials", f"{letters} speaks, and nobody is known by it", *match.span())


def _name(item: AgendaItem) -> str:
    return f"item {item.number}" if item.number else f"“{item.title}”" if item.title else "an item without a title"
