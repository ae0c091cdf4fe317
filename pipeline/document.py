"""The one type that flows through the pipeline: a source, its edits, and the values that the stages fill in.

Everything here is plain data from the standard library: a `Document` is frozen, and a stage returns a new one
with its own fields filled. Offsets are Unicode code points, half-open. Unless a field says *source*, they count
in the repaired `text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from pipeline.values import (
    Action,
    AgendaItem,
    Amount,
    Coverage,
    Damage,
    DateValue,
    Decision,
    Edit,
    Line,
    Meeting,
    Notice,
    Organisation,
    Origin,
    Person,
    Recommendation,
    Span,
    Statement,
)

__all__ = ["Document", "apply_edits", "quote", "quote_name"]


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Replay sorted edits on the text that they were made for.

    Raises `ValueError` when an edit overlaps the one before it or does not find its `before` in the source.

    >>> apply_edits("mgdet", [Edit(1, 2, "g", "ø", "channel", 0.99)])
    'mødet'
    """
    parts: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or source[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit {edit.before!r} → {edit.after!r} at {edit.start} does not fit the source")
        parts += (source[position : edit.start], edit.after)
        position = edit.end
    parts.append(source[position:])
    return "".join(parts)


_LINE_END = re.compile(r"-?\s*\n\s*")
_IN_NAME = re.compile(r"(?<=[a-zæøåé])-[ \t]*\n\s*(?=[A-ZÆØÅÉ][a-zæøåé])")
_KEEPS_HYPHEN = re.compile(r"(?:og|eller|samt|/)\b|[^a-zæøåé]")
_HYPHENATED_FIRST = re.compile(r"(?<![^\W\d_])(?:it|e|tv|pc)$", re.IGNORECASE)  # it-støtte, e-mail: no syllables


def quote(text: str, start: int, end: int) -> str:
    """What stands at a span as a reader would copy it: one line, a line break as one space.

    A hyphen that only splits a word at a line end is undone: a letter stands before it and a lower-case word goes
    on after it. A hyphen of its own keeps its place ("lænde- og", "KOL- forløb"). Where one span holds both kinds,
    all are kept: a visible line break is better than two words made one.

    >>> quote("godkender be-\\n  slutningen", 0, 26)
    'godkender beslutningen'
    >>> quote("lænde-\\nog rygsmerter", 0, 21)
    'lænde- og rygsmerter'
    """
    piece = text[start:end]
    if "\n" not in piece:
        return piece
    ends = [match for match in _LINE_END.finditer(piece) if match.group()[0] == "-"]
    undone = bool(ends) and all(
        piece[match.start() - 1 : match.start()].islower()
        and not _KEEPS_HYPHEN.match(piece, match.end())
        and not _HYPHENATED_FIRST.search(piece[max(match.start() - 3, 0) : match.start()])
        for match in ends
    )
    return _LINE_END.sub(lambda match: _joint(match.group(), undone), piece)


def quote_name(text: str, start: int, end: int) -> str:
    """What `quote` gives, as names are spelled: a hyphen at a line end in front of a capital is the name's own.

    >>> quote_name("Hans-\\nPeter Holst", 0, 18)
    'Hans-Peter Holst'
    """
    piece = text[start:end]
    return quote(_IN_NAME.sub("-", piece), 0, len(piece)) if "-" in piece else quote(text, start, end)


def _joint(line_end: str, undone: bool) -> str:
    if line_end[0] != "-":
        return " "
    return "" if undone else "- "


@lru_cache(maxsize=4)
def _repaired(source: str, edits: tuple[Edit, ...]) -> str:
    """One and the same string for all states of a document: what is remembered for a text is found by identity, and
    equal strings of megabytes would be compared letter by letter each time."""
    return apply_edits(source, edits)


@dataclass(frozen=True)
class Document:
    """A document on its way through the stages.

    `read` gives `id`, `source` and `origin`; `repair` fills `damage` and `edits`; `segment` fills `lines`,
    `meeting` and `items`; `extract` the rest. Every stage may add to `notices`. `text` is computed from the edits
    and from nothing else.

    >>> Document(id="a", source="på mgdet", edits=(Edit(4, 5, "g", "ø", "channel", 0.99),)).text
    'på mødet'
    """

    id: str
    source: str
    origin: Origin = Origin()
    damage: Damage | None = None
    edits: tuple[Edit, ...] = ()
    lines: tuple[Line, ...] = ()
    meeting: Meeting = Meeting()
    items: tuple[AgendaItem, ...] = ()
    persons: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateValue, ...] = ()
    statements: tuple[Statement, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    notices: tuple[Notice, ...] = ()
    coverage: Coverage = Coverage()

    @cached_property
    def text(self) -> str:
        """The repaired text: the source with the edits applied."""
        return _repaired(self.source, self.edits)

    def quote(self, start: int, end: int) -> str:
        """What stands at a span of the repaired text, on one line (see the function `quote`)."""
        return quote(self.text, start, end)

    def source_span(self, start: int, end: int) -> Span:
        """The place in the source of a span of the repaired text.

        A boundary that falls inside an edit is widened to the whole edit, so the source span always covers what
        the text span says.

        >>> d = Document(id="a", source="12026 kom", edits=(Edit(0, 1, "1", "I ", "year", 0.9),))
        >>> d.text, d.source_span(2, 6)
        ('I 2026 kom', Span(start=1, end=5))
        """
        return Span(self._to_source(start, widen_right=False), self._to_source(end, widen_right=True))

    @cached_property
    def _edit_starts(self) -> Sequence[int]:
        """Offset in the text of each edit."""
        growth = accumulate((len(e.after) - (e.end - e.start) for e in self.edits), initial=0)
        return [e.start + shift for e, shift in zip(self.edits, growth, strict=False)]

    def _to_source(self, offset: int, *, widen_right: bool) -> int:
        index = bisect_right(self._edit_starts, offset) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self._edit_starts[index]
        if widen_right and offset == start:  # an end that touches the edit from the left
            return edit.start
        inside = offset - start
        if inside >= len(edit.after):
            return edit.end + inside - len(edit.after)
        return edit.end if widen_right else edit.start

    def dates_in(self, start: int, end: int) -> tuple[DateValue, ...]:
        """The dates that begin in a stretch of the text; they stand in its order."""
        first = bisect_left(self.dates, start, key=lambda date: date.start)
        return self.dates[first : bisect_left(self.dates, end, first, key=lambda date: date.start)]

    def item_at(self, offset: int) -> int | None:
        """Index of the item that holds a place in the text, or None before the first and between items."""
        index = bisect_right(self.items, offset, key=lambda item: item.start) - 1
        return index if index >= 0 and offset < self.items[index].end else None
