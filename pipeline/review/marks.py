"""A text cut at every boundary of its marks, so that marks may overlap and nest and HTML stays well-formed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Mark", "Piece", "pieces", "pieces_between"]


class Mark(NamedTuple):
    """A span to be seen: `style` is its CSS class, `value` the number of the value that it shows.

    `before` is what stood there in the source, where the mark is an edit.
    """

    start: int
    end: int
    style: str
    value: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks over all of it.

    `begins` are the values that start here, `values` all that cover it, the innermost first. `edited` says that an
    edit covers it; `before` is then what stood in the source, told by the first piece of the edit.
    """

    text: str
    styles: tuple[str, ...] = ()
    values: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    edited: bool = False
    before: str = ""


def pieces(text: str, marks: Iterable[Mark], start: int, end: int) -> list[Piece]:
    """The text between two offsets (code points), cut where a mark begins or ends.

    The pieces put together are the text. A mark without length becomes a piece without text, where it begins. A
    mark at `end` belongs to what comes next, unless the text ends there.

    >>> [(p.text, p.styles) for p in pieces("giver 5 kr. nu", [Mark(0, 11, "decision"), Mark(6, 14, "amount")], 0, 14)]
    [('giver ', ('decision',)), ('5 kr.', ('amount', 'decision')), (' nu', ('amount',))]
    """
    near = sorted(
        mark for mark in set(marks) if (mark.start < end and start < mark.end) or _lies_in(mark, text, start, end)
    )
    points = sorted({start, end, *(min(max(at, start), end) for mark in near for at in (mark.start, mark.end))})
    found: list[Piece] = []
    waiting, active = list(reversed(near)), list[Mark]()
    for here, there in zip(points, [*points[1:], end], strict=True):
        active = [mark for mark in active if mark.end > here]
        while waiting and waiting[-1].start <= here:
            mark = waiting.pop()
            if mark.start == mark.end:
                found.append(_piece("", here, [mark]))
            elif mark.end > here:
                active.append(mark)
        if here < there:
            found.append(_piece(text[here:there], here, active))
    return found


def pieces_between(text: str, marks: Iterable[Mark], bounds: Sequence[int]) -> list[list[Piece]]:
    """The pieces between each two bounds in a row; the bounds rise and reach from the first to the last offset.

    >>> [[p.text for p in part] for part in pieces_between("a b c", [Mark(2, 5, "amount")], [0, 4, 4, 5])]
    [['a ', 'b '], [], ['c']]
    """
    near: list[list[Mark]] = [[] for _ in bounds[1:]]
    for mark in marks:
        first = min(bisect_right(bounds, mark.start), len(near)) - 1
        last = max(bisect_left(bounds, mark.end), first + 1)
        for part in near[first:last]:
            part.append(mark)
    return [pieces(text, part, start, end) for part, (start, end) in zip(near, pairwise(bounds), strict=True)]


def _lies_in(mark: Mark, text: str, start: int, end: int) -> bool:
    """Whether a mark without length lies in a stretch."""
    return mark.start == mark.end and (start <= mark.start < end or mark.start == end == len(text))


def _piece(text: str, here: int, covering: Sequence[Mark]) -> Piece:
    inner = sorted(covering, key=lambda mark: (mark.end - mark.start, -mark.start, mark.style, mark.value or 0))
    edit = next((mark for mark in inner if mark.before is not None), None)
    return Piece(
        text=text,
        styles=tuple(dict.fromkeys(mark.style for mark in inner)),
        values=tuple(mark.value for mark in inner if mark.value is not None),
        begins=tuple(sorted(mark.value for mark in inner if mark.value is not None and mark.start == here)),
        edited=edit is not None,
        before=edit.before or "" if edit and edit.start == here else "",
    )
