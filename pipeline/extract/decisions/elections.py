"""Elections that are minuted as nothing but a name under a heading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover, Passage
from pipeline.extract.verdicts import decision_rule
from pipeline.lexicon import Lexicon
from pipeline.values import AgendaItem, Decision, Span

__all__ = ["elected_by_name", "line_by_line"]

_SIGNATURE = regex.compile(r"/?\p{Lu}[\p{Ll}\p{Lu}]{1,3}$")
"""Initials on the last line of all: who wrote the minutes."""
_LINE = regex.compile(r"\S.*(?<=\S)")
LIST_LINE = 80
"""Lines of a list of the elected are shorter than this; longer ones run on as prose does."""
_OPENS_LINE = regex.compile(
    r"(?:\d\. ?)?\p{Lu}?[\p{L}.-]{2,30}(?: \([^()\n]{1,20}\)| for \d år| \p{L}+){0,2}:[ \t]|\d\. ?suppl(?:eant|\.)"
    r"|\p{Lu}.{2,50}?(?:\(\d{1,6} st|\(?(?:gen|ny)?valgt?\b)|\S[^\n]{2,50}:\n"
)
"""A line of such a list: with a label, a rank or the votes, or the one that opens it."""
_VOTED_IN = regex.compile(r" ?\(\d{1,6} ?(?:st|stemmer)\.?\)(?:[ ,-]{1,3}(?:gen|ny)valgt?\b)?")
_STANDS = regex.compile(r"(?i)\b(?:på valg|p\.?t\.)(?=\W|$)")
"""Who holds the office so far and is not elected yet."""
_OFFICE = regex.compile(
    r"(?i)\b(?:formand|næstformand|kasserer|sekretær|suppleant|revisor|dirigent|referent|ordstyrer)\b"
)
"""Beside the one name of a line: what this one was elected to be."""
_LONE_OFFICE = regex.compile(
    r"(?i)(?:næst|vice)?formand|kasserer|sekretær|(?:\d\. ?)?suppleant(?:er)?|revisor(?:er)?|dirigent|referent"
)
"""A sentence that is no more than an office, before one that is no more than a name: "Kasserer. Mona." """
_RANK = regex.compile(r"\d\. ?suppl(?:eant|\.) ?$")


def line_by_line(document: Document, item: AgendaItem, sentences: list[Passage], lexicon: Lexicon) -> list[Passage]:
    """The sentences of an item, those of an election that are printed as a list of short lines cut into its lines."""
    if not _is_election(item, lexicon):
        return sentences
    return [line for sentence in sentences for line in _lines(document.text, sentence)]


def _lines(text: str, passage: Passage) -> Iterator[Passage]:
    lines = [m.span() for m in _LINE.finditer(text, passage.start, passage.end)]
    listed = all(end - start < LIST_LINE and _OPENS_LINE.match(text, start) for start, end in lines)
    if len(lines) < 2 or not listed:
        yield passage
        return
    for start, end in lines:
        first, last = passage.locate(start), passage.locate(end - 1) + 1
        offsets = (*passage.offsets[first:last], end)
        yield replace(passage, flat=passage.flat[first:last], offsets=offsets)


def elected_by_name(
    document: Document,
    item: AgendaItem,
    sentences: Sequence[Passage],
    found: Sequence[Decision],
    mentions: Sequence[Span],
    lexicon: Lexicon,
) -> Iterator[Decision]:
    """A decision for each line of an election that holds nothing but a person's name.

    `mentions` are the places of persons in the item, in order. Names that stand under "På valg" or the like are
    candidates, and where a sentence elects all who are listed ("Begge blev genvalgt") it is the decision.
    """
    under_heading = decision_rule(lexicon, "election-heading").regex
    election = _is_election(item, lexicon)
    standing = False
    all_of = decision_rule(lexicon, "collective").regex
    listed = [d for d in found if d.outcome == "elected" and all_of.search(document.quote(d.start, d.end))]
    collective = max((d.end for d in listed), default=-1)
    posts = list(_posts(sentences, mentions, lexicon))
    posts = posts if election or len(posts) > 1 else []
    yield from posts
    decided = Cover((d.start, d.end) for d in (*found, *posts))
    for passage in sentences:
        named = _names(mentions, passage, lexicon) or (
            election and passage is sentences[0] and _opens_with_name(mentions, passage, lexicon)
        )
        lead = decision_rule(lexicon, "list-label").regex.match(passage.flat)
        label = lead if named else None
        if not named and len(passage.flat) <= 90:
            if passage.flat.endswith(":") and decision_rule(lexicon, "standing").regex.search(passage.flat):
                standing = True
            elif under_heading.search(passage.flat):
                election, standing = True, False
            elif passage.flat.endswith(":"):
                standing = False
            elif not _is_election(item, lexicon):
                election = False
        officer = decision_rule(lexicon, "is-officer").regex.match(passage.flat[lead.end() if lead else 0 :])
        taken = collective >= 0 and not ((label or officer) and passage.start >= collective)
        if not election or standing or taken or decided.touches(passage.start, passage.end):
            continue
        if _SIGNATURE.match(passage.flat) and not document.text[passage.end :].strip():
            continue
        if label and decision_rule(lexicon, "standing").regex.search(label.group()):
            continue
        one = len(named or ()) == 1 and _OFFICE.search(passage.flat)
        spans = _of_lines(document, named) if named and not (label or one) else _labelled(document, passage, lexicon)
        if named or officer:
            for span in spans:
                yield _elected(span, passage.item, "elected-name" if named else "is-officer")


def _posts(sentences: Sequence[Passage], mentions: Sequence[Span], lexicon: Lexicon) -> Iterator[Decision]:
    """Who is to hold each office, where it and the name are sentences of one paragraph: "Kasserer. Mona." """
    for office, who in pairwise(sentences):
        beside = office.paragraph == who.paragraph and _LONE_OFFICE.fullmatch(office.flat.rstrip(" ."))
        if beside and _names(mentions, who, lexicon):
            yield _elected(Span(office.start, who.end), who.item, "elected-name")


def _elected(span: Span, item: int, rule: str) -> Decision:
    return Decision(start=span.start, end=span.end, rule=rule, confidence=0.75, item=item, outcome="elected")


def _of_lines(document: Document, named: Sequence[Span]) -> list[Span]:
    """One span for the names of each printed line, and for each that has a rank of its own."""
    merged: list[Span] = []
    for span in named:
        rank = _RANK.search(document.text, max(span.start - 13, 0), span.start)
        if merged and not rank and "\n" not in document.text[merged[-1].end : span.start]:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(Span(rank.start() if rank else span.start, span.end))
    for n, span in enumerate(merged):
        if voted := _VOTED_IN.match(document.text, span.end):
            merged[n] = Span(span.start, voted.end())
    return merged


def _labelled(document: Document, passage: Passage, lexicon: Lexicon) -> list[Span]:
    """The printed lines, where each opens with a label of its own ("1. suppleant: Ida Bak"), or else the sentence."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(document.text, passage.start, passage.end)]
    label = decision_rule(lexicon, "list-label").regex
    own = len(lines) > 1 and all(label.match(document.quote(*line)) for line in lines)
    return lines if own else [Span(passage.start, passage.end)]


def _is_election(item: AgendaItem, lexicon: Lexicon) -> bool:
    return decision_rule(lexicon, "election-heading").regex.search(item.title or "") is not None


def _opens_with_name(mentions: Sequence[Span], passage: Passage, lexicon: Lexicon) -> list[Span]:
    """The whole sentence, where it opens with a name and goes on to say no more than that this one does it; the name,
    where it goes on to tell what this one said.
    """
    first = bisect_left(mentions, passage.start, key=lambda span: span.start)
    if len(passage.flat) > 90 or first == len(mentions) or mentions[first].start != passage.start:
        return []
    if _STANDS.search(passage.flat):
        return []
    behind = passage.flat[passage.locate(mentions[first].end) :]
    if decision_rule(lexicon, "named-who").regex.match(behind):
        return [mentions[first]]
    told = decision_rule(lexicon, "named-first").regex.match(behind)
    return [Span(passage.start, passage.end)] if told else []


def _names(mentions: Sequence[Span], passage: Passage, lexicon: Lexicon) -> list[Span]:
    """The names in a line that holds nothing else, or none."""
    if len(passage.flat) > 80 or _STANDS.search(passage.flat):
        return []
    first = bisect_left(mentions, passage.start, key=lambda span: span.start)
    spans = list(mentions[first : bisect_left(mentions, passage.end, key=lambda span: span.start)])
    if not spans:
        return []
    label = decision_rule(lexicon, "list-label").regex.match(passage.flat)
    rest = " " * label.end() + passage.flat[label.end() :] if label else passage.flat
    for span in reversed(spans):
        start, end = passage.locate(span.start), passage.locate(min(span.end, passage.end) - 1) + 1
        rest = rest[:start] + " " + rest[end:]
    return spans if decision_rule(lexicon, "beside-a-name").regex.match(rest) else []
