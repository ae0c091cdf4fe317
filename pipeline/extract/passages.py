"""The sentences of the agenda items, each on one line and with the way back to its place in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import regex

from pipeline.layout import paragraphs, read_lines, sentences
from pipeline.months import MONTHS
from pipeline.values import AgendaItem, Section, Span

__all__ = ["Cover", "Passage", "flatten", "headings", "passages"]

_ARROWS = ">→⇒➔➜"
"""Behind an arrow stands what came of the lines above it: no point of a list."""
_GAP = regex.compile(r"\s{2,}|[^\S ]")
"""White space that is not one blank."""
_BOLD = "**"
_KEEPS_HYPHEN = regex.compile(r"(?:og|eller|samt)\b")
_ENUMERATOR = regex.compile(
    r"(?m)(?:^|\G)[ \t]*(?:(?P<digit>\(?\d{1,2}(?:\.\d{1,2})?[.)])|\(?(?:[a-h]|[ivx]{1,4})[ ]?[.)])[ \t]+"
    rf"(?![.)])(?!(?i:{'|'.join(MONTHS)}"
    r"|at(?:[ -]punkt)?[ ](?:blev|bliver|er|godkend|tiltr|tages|taget|imødekom|drøft|uds|vedt|forkast|afvis)\p{L}*"
    r"|suppleant|suppl|næstformand|viceformand|runde|sal|prioritet|halvår|kvartal|etape|udkast|behandling)\b)(?=\S)"
)
_REPORT = regex.compile(r"(?i)^(?!.*regnskab).*beretning")
"""The title of an item that holds the chair's account of the year."""
_OWN_LABEL = regex.compile(
    r"(?i)^\W*(?:ansvarlige?|deadline|frist|opfølgning\w*|aktion\w*|handling\w*|næste skridt|opgaver|aftaler?|to.?do"
    r"|action points?)"
)
"""Headings that say what the words behind them are: they stay with those."""
_LONGEST = 5_000
"""No sentence has more characters: what runs on is a text without full stops."""
_VOTED = regex.compile(r"(?i)\bstem(?:te|mer)\b")
_PARTY = regex.compile(r"(?:\bog|,|\bstemte|\bimod|\bfor)\s+[A-ZÆØÅ](?P<end>\.)\s+(?=[A-ZÆØÅ])")
_CONTINUES = regex.compile(
    r"(?:\b(?:den|at|om|som|for|ved|end|mellem|under|over|hvor|der|d\.|nr\.|kl\.|pkt\.|punkt|af|og|til|i|på|fra|med|ca\.)|[,–-])"
    r"\s*$"
)
_BELOW = 12
"""A blank line, an indent and a number have no more characters."""
_TWO = regex.compile(r"(?m)^[ \t]*\(?2[.)][ \t]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. `offsets[i]` is the place in the text of `flat[i]`, the last one the sentence's end.

    `section` is the kind of its section, `paragraph` a number that the sentences of one paragraph share; `arrow` where
    its line begins with one.
    """

    item: int
    section: str
    paragraph: int
    bullet: bool
    flat: str
    offsets: tuple[int, ...]
    arrow: bool = False

    @property
    def start(self) -> int:
        return self.offsets[0]

    @property
    def end(self) -> int:
        return self.offsets[-1]

    def span(self, start: int, end: int) -> Span:
        """The place in the text of `flat[start:end]`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def locate(self, offset: int) -> int:
        """The index in `flat` of the first character at or after a place in the text."""
        return bisect_left(self.offsets, offset, 0, len(self.flat))


class Cover:
    """Stretches of a text, to be asked what they touch.

    >>> cover = Cover([(4, 8), (6, 10), (20, 22)])
    >>> cover.touches(9, 12), cover.touches(10, 20)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._merged: list[Span] = []
        for start, end in sorted(spans):
            if self._merged and start <= self._merged[-1].end:
                self._merged[-1] = Span(self._merged[-1].start, max(end, self._merged[-1].end))
            else:
                self._merged.append(Span(start, end))

    def opening(self, start: int, end: int) -> int | None:
        """Where the first stretch that starts strictly between two places starts."""
        index = bisect_right(self._merged, start, key=lambda span: span.start)
        found = self._merged[index].start if index < len(self._merged) else end
        return found if found < end else None

    def touches(self, start: int, end: int) -> bool:
        """Whether one of the stretches overlaps `start` to `end`."""
        last = bisect_left(self._merged, end, key=lambda span: span.start) - 1
        return last >= 0 and self._merged[last].end > start


def flatten(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    r"""A stretch of text on one line, and the offset of each of its characters and of its end.

    White space is one space, a hyphen that only splits a word at a line end is gone, and so are the marks of bold type
    and the page numbers and running headers that a page break puts in between.

    >>> flatten("**Vejen** bli-\n  ver  lukket.", 0, 29)[0]
    'Vejen bliver lukket.'
    """
    flat = ""
    offsets: list[int] = []
    lines = read_lines(text)
    first = max(bisect_right(lines, start, key=lambda line: line.start) - 1, 0)
    for line in lines[first : bisect_left(lines, end, key=lambda line: line.start)]:
        a, b = max(line.body, start), min(line.end, end)
        if a >= b or (line.furniture and not line.start <= start < line.end):
            continue
        piece = text[a:b].rstrip()
        if flat and piece:
            split = flat[-1] == "-" and len(flat) > 1 and flat[-2].islower()
            if split and piece[0].islower() and not _KEEPS_HYPHEN.match(piece):
                flat = flat[:-1]
                offsets.pop()
            else:
                flat += " "
                offsets.append(offsets[-1] + 1)
        position = 0
        for gap in _GAP.finditer(piece):
            flat += piece[position : gap.start()] + " "
            offsets += range(a + position, a + gap.start() + 1)
            position = gap.end()
        flat += piece[position:]
        offsets += range(a + position, a + len(piece))
    if _BOLD in text[start:end]:
        flat, offsets = _plain(flat, offsets)
    offsets.append(offsets[-1] + 1 if offsets else start)
    return flat, tuple(offsets)


def _plain(flat: str, offsets: list[int]) -> tuple[str, list[int]]:
    """The same without the marks of bold type, and without the blanks that they leave at either end."""
    kept = [i for i in range(len(flat)) if _BOLD not in (flat[i : i + 2], flat[max(i - 1, 0) : i + 1])]
    while kept and flat[kept[0]] == " ":
        kept.pop(0)
    while kept and flat[kept[-1]] == " ":
        kept.pop()
    return "".join(flat[i] for i in kept), [offsets[i] for i in kept]


@lru_cache(maxsize=4)
def passages(text: str, items: tuple[AgendaItem, ...]) -> tuple[Passage, ...]:
    """The sentences of all items in order; headings of items and sections are no sentences, numbers before a
    point of a list ("a.", "2)") no part of them."""
    bullets = {line.body for line in read_lines(text) if line.bullet and line.bullet[-1] not in _ARROWS}
    arrows = {line.body for line in read_lines(text) if line.bullet and line.bullet[-1] in _ARROWS}
    found: list[Passage] = []
    number = 0
    for index, item in enumerate(items):
        report = _REPORT.search(item.title or "") is not None
        decided = False
        for section in item.sections or (Section("other", None, item.heading.end, item.end),):
            kind = "background" if report and section.kind in ("other", "discussion") else section.kind
            if kind == "recommendation" and not section.heading and decided:
                kind = "decision"  # "Udvalget indstiller til byrådet, at …" under the heading Beslutning
            decided = kind == "decision" and (decided or section.heading is not None)
            for paragraph in paragraphs(text, _below_heading(text, item, section), section.end):
                for point, numbered in _points(text, paragraph):
                    bullet = numbered or point.start in bullets
                    for sentence in chain.from_iterable(_cut(text, one) for one in _sentences(text, point)):
                        flat, offsets = flatten(text, sentence.start, sentence.end)
                        if flat:
                            found.append(Passage(index, kind, number, bullet, flat, offsets, point.start in arrows))
                    number += 1
    return tuple(found)


def headings(text: str, items: tuple[AgendaItem, ...]) -> Iterator[Passage]:
    """The titles of the items, without their numbers."""
    for index, item in enumerate(items):
        start = text.find(item.title.split()[0], item.heading.start, item.heading.end) if item.title else -1
        if start >= 0:
            yield Passage(index, "other", -1, False, *flatten(text, start, item.heading.end))


def _sentences(text: str, point: Span) -> Iterator[Span]:
    """The sentences of a point; one that tells how parties voted ends behind a party's letter: "… A og Ø."."""
    for sentence in sentences(text, point.start, point.end):
        start = sentence.start
        if _VOTED.search(text, start, sentence.end):
            for match in _PARTY.finditer(text, start, sentence.end):
                yield Span(start, match.end("end"))
                start = match.end()
        yield Span(start, sentence.end)


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence in pieces of bearable length: rules go over a sentence once for each verb in it."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        yield Span(start, blank if blank > 0 else start + _LONGEST)
        start = blank + 1 if blank > 0 else start + _LONGEST
    yield Span(start, sentence.end)


def _points(text: str, paragraph: Span) -> Iterator[tuple[Span, bool]]:
    """The parts of a paragraph that begin with a number or letter of their own, without it."""
    start, numbered = paragraph.start, False
    for match in _ENUMERATOR.finditer(text, paragraph.start, paragraph.end):
        before = text[max(paragraph.start, match.start() - 12) : match.start()]
        if match["digit"] and _CONTINUES.search(before) and not _counts(text, match, paragraph.end):
            continue
        if before.strip():
            yield Span(start, match.start()), numbered
        start, numbered = match.end(), True
    yield Span(start, paragraph.end), numbered


def _counts(text: str, one: regex.Match[str], end: int) -> bool:
    """Whether a number behind "at" opens a list all the same: it is a one, and a line up to right below the paragraph
    that ends at `end` opens with two."""
    return one["digit"].strip("(.)") == "1" and _TWO.search(text, one.end(), end + _BELOW) is not None


def _below_heading(text: str, item: AgendaItem, section: Section) -> int:
    start = max(section.start, item.heading.end)
    if not section.heading or (section.kind == "other" and _OWN_LABEL.match(section.heading)):
        while start < section.end and text[start] in ": \t–—-":
            start += 1
        return start
    at = text.find(section.heading, start, min(section.end, start + len(section.heading) + 40))
    if at < 0:
        return start
    end = at + len(section.heading)
    while end < section.end and text[end] in ": \t–—-_":
        end += 1
    return end
