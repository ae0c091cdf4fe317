"""A page's words, each with its place, as lines of text that keep the layout.

What `segment` lives on is kept: one line for each printed line, indents, cells of a table apart by two blanks or more
and below each other, blank lines where the page has a gap. Newspaper columns are told from tables by their long lines,
and are printed one after the other. The idea of a page as a grid of characters is that of `pdftotext -layout`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["Word", "print_page"]

_CELL = 1.0  # em: a gap this wide parts cells, unless the line is spaced so throughout
_SPREAD = 2.2  # times the usual gap of a line, for the same
_BLANK = 1.45  # times the usual distance of two lines: from here on there is a blank line
_MOST_BLANKS = 2
_WIDEST = 2.6  # em from line to line: a text in double spacing has 2.3
_FURTHEST = 240  # characters from the left: what stands further is out of the page
_GUTTER = 1.2  # em between newspaper columns
_PROSE = 30  # characters: a line of a newspaper column has usually more, a cell less
_FULL = 0.6  # of its column's width is what such a line usually fills
_ROWS = 6  # fewer lines side by side are no columns
_MOST_ROWS = 400  # a page of more is no newspaper: looking for columns takes time with the square of its lines


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page: left, right and baseline in points, counted from the top; `size` is the height of its type."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class _Cell:
    """Words that follow each other on one line without a wide gap."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


_Row = list[_Cell]


def print_page(words: Iterable[Word]) -> str:
    """The text of a page, line by line, without a line break at its end; words come in the order of the file.

    >>> def word(text, left, baseline):
    ...     return Word(text, left, left + 6 * len(text), baseline, 10)
    >>> print(print_page([word("Navn", 0, 10), word("Åse", 0, 22), word("Rolle", 90, 10), word("formand", 90, 22)]))
    Navn           Rolle
    Åse            formand
    """
    rows = _rows(_cells(words))
    if not rows:
        return ""
    width = _width(rows)
    leading = _leading(rows)
    lines: list[str] = []
    for block in _blocks(rows):
        columns = _columns(block, width)
        before: _Row | None = None
        for row in block:
            if lines:
                lines += [""] * (_blanks(before, row, leading) if before else 1)
            line = ""
            for cell in row:
                line = line.ljust(columns[cell.left]) + cell.text
            lines.append(line.rstrip())
            before = row
    return "\n".join(lines)


def _cells(words: Iterable[Word]) -> list[_Cell]:
    """Words in the order of the file joined into cells."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last and _level(last, word) and -0.3 * word.size < word.left - last.right < 4 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [cell for line in lines for cell in _parted(line)]


def _parted(words: Sequence[Word]) -> Iterable[_Cell]:
    gaps = [after.left - before.right for before, after in pairwise(words)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    cell = None
    for word, gap in zip(words, [0.0, *gaps], strict=True):
        if cell and gap < max(_CELL * word.size, _SPREAD * usual):
            cell.text += f" {word.text}"
            cell.right = word.right
            cell.size = max(cell.size, word.size)
        else:
            if cell:
                yield cell
            cell = _Cell(word.text, word.left, word.right, word.baseline, word.size)
    if cell:
        yield cell


def _level(one: Word | _Cell, other: Word | _Cell) -> bool:
    """Whether two stand on one line: most of the lower one's height is beside the other. Raised figures do."""
    top = max(one.baseline - 0.7 * one.size, other.baseline - 0.7 * other.size)
    shared = min(one.baseline, other.baseline) - top
    return shared > 0.5 * 0.7 * min(one.size, other.size)


def _rows(cells: Iterable[_Cell]) -> list[_Row]:
    """The printed lines from the top, the cells of each from the left. What is printed twice for bold counts once."""
    rows: list[_Row] = []
    printed: dict[str, _Cell] = {}
    for cell in sorted(cells, key=lambda cell: (cell.baseline, cell.left)):
        twin, printed[cell.text] = printed.get(cell.text), cell
        if twin and _level(twin, cell) and abs(cell.left - twin.left) < 0.2 * cell.size:
            continue
        row = next((row for row in rows[-3:] if _level(row[0], cell)), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.left)
        _close_up(row)
    return rows


def _close_up(row: _Row) -> None:
    """Join neighbours that stand as close as words do: a line may be drawn in pieces."""
    for i in range(len(row) - 1, 0, -1):
        before, cell = row[i - 1], row[i]
        gap = cell.left - before.right
        if gap < _CELL * 0.6 * cell.size:
            joint = " " if gap > 0.12 * cell.size else ""
            before.text += joint + cell.text
            before.right = max(before.right, cell.right)
            del row[i]


def _width(rows: Sequence[_Row]) -> float:
    """Usual width of a character on a page."""
    letters = sum(len(cell.text) for row in rows for cell in row)
    return max(sum(cell.right - cell.left for row in rows for cell in row) / letters, 1.0)


def _leading(rows: Sequence[_Row]) -> float:
    """Usual distance of two lines of a paragraph: of all distances that may be one, a quarter is smaller."""
    size = median(cell.size for row in rows for cell in row)
    steps = [after[0].baseline - before[0].baseline for before, after in pairwise(rows)]
    near = sorted(step for step in steps if step < _WIDEST * size)
    return near[len(near) // 4] if near else 1.2 * size


def _blanks(before: _Row, row: _Row, leading: float) -> int:
    step = row[0].baseline - before[0].baseline
    # A line of larger type stands further from its neighbours without a gap.
    usual = max(leading, 1.15 * max(cell.size for cell in row))
    return 0 if step < _BLANK * usual else min(max(round(step / usual) - 1, 1), _MOST_BLANKS)


def _columns(rows: Sequence[_Row], width: float) -> dict[float, int]:
    """The column of characters at which each left edge of a block is printed.

    Edges keep their order, those that are close together are one, and every cell has room before the next one.
    """
    edges = sorted({cell.left for row in rows for cell in row})
    same: dict[float, float] = {}
    for edge in edges:
        near = next(reversed(same.values()), None)
        same[edge] = near if near is not None and edge - near < 0.6 * width else edge
    ends: dict[float, list[tuple[float, int]]] = {}
    for row in rows:
        for before, cell in pairwise(row):
            ends.setdefault(same[cell.left], []).append((same[before.left], len(before.text)))
    place: dict[float, int] = {}
    for edge in dict.fromkeys(same.values()):
        room = max((place.get(start, 0) + length + 2 for start, length in ends.get(edge, ())), default=0)
        place[edge] = max(round(min((edge - edges[0]) / width, _FURTHEST)), room)
    return {edge: place[one] for edge, one in same.items()}


def _blocks(rows: Sequence[_Row]) -> Iterable[Sequence[_Row]]:
    """The rows as they are read: newspaper columns one after the other, all else as it stands."""
    done = start = 0
    while start < len(rows) <= _MOST_ROWS:
        found = _gutter(rows, start)
        if found is None:
            start += 1
            continue
        if done < start:
            yield rows[done:start]
        done, middle = found
        for right in (False, True):
            side = [[cell for cell in row if (cell.left >= middle) is right] for row in rows[start:done]]
            yield [row for row in side if row]
        start = done
    if done < len(rows):
        yield rows[done:]


def _gutter(rows: Sequence[_Row], start: int) -> tuple[int, float] | None:
    """End of the newspaper columns that begin at a row, and the middle of their gutter; None where there are none."""
    if len(rows[start]) != 2:
        return None
    left, right = rows[start]
    low, high = left.right, right.left
    end = start + 1
    lefts, rights = [left], [right]
    for row in rows[start + 1 :]:
        beside = [cell for cell in row if cell.left < low]
        behind = [cell for cell in row if cell.left >= low]
        if len(beside) > 1 or len(behind) > 1:
            break
        lower = max(low, *(cell.right for cell in beside)) if beside else low
        higher = min(high, *(cell.left for cell in behind)) if behind else high
        if higher - lower < _GUTTER * row[0].size:
            break
        low, high = lower, higher
        lefts += beside
        rights += behind
        end += 1
    if min(len(lefts), len(rights)) < _ROWS:
        return None
    return (end, (low + high) / 2) if _is_prose(lefts) and _is_prose(rights) else None


def _is_prose(cells: Sequence[_Cell]) -> bool:
    width = max(cell.right for cell in cells) - min(cell.left for cell in cells)
    return (
        median(len(cell.text) for cell in cells) >= _PROSE
        and median(cell.right - cell.left for cell in cells) >= _FULL * width
    )
