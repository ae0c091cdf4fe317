"""Paragraphs, lists and tables of a file without printed lines (HTML, Word, ODT), as the lines a reader would see."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["Sheet", "letters", "roman"]

_BLANKS = re.compile(r"[ \r\f\v\xa0\u2007\u202f]+")
_TAB = "   "
_GRID = 140  # characters: a table that is wider is printed cell by cell
_GRID_CELL = 50  # so is one that has a cell with more
_STEP = 4  # characters a level of indent
_DEEPEST = 8


class Sheet:
    """Lines of text, written from the top. Blanks in a text count as one, tabs as three; a line break stays.

    >>> sheet = Sheet()
    >>> sheet.write("Regnskab", marker="3.")
    >>> sheet.write("Taget til\\n  efterretning.", indent=1)
    >>> sheet.table([["Navn", "Rolle"], ["Åse Brink", "formand"]])
    >>> print(sheet.text())
    3. Regnskab
        Taget til
        efterretning.
    <BLANKLINE>
    Navn        Rolle
    Åse Brink   formand
    """

    def __init__(self) -> None:
        self._lines: list[str] = []

    def write(self, text: str, *, indent: int = 0, marker: str = "") -> None:
        """A paragraph behind its number or bullet; nothing where there is neither."""
        margin = " " * (_STEP * min(indent, _DEEPEST))
        lines = [_BLANKS.sub(" ", line).strip().replace("\t", _TAB) for line in text.strip("\n").split("\n")]
        if marker:
            hanging = " " * (len(marker) + 1)
            lines = [f"{hanging if i else marker + ' '}{line}" for i, line in enumerate(lines)]
        if any(line.strip() for line in lines):
            self._lines += [f"{margin}{line}".rstrip() for line in lines]

    def keep(self, text: str) -> None:
        """Text whose blanks and lines are the author's."""
        self._lines += [line.rstrip() for line in text.strip("\n").split("\n")]

    def gap(self) -> None:
        """A blank line, unless there is one already or nothing stands above."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table row by row: cells below each other and three blanks apart.

        Where cells are long they stand one after the other, rows a blank line apart; short ones share a line then
        ("3.   Regnskab").
        """
        rows = [[_tidy(cell) for cell in row] for row in rows]
        widths = [
            max(len(row[i]) if i < len(row) else 0 for row in rows) for i in range(max(map(len, rows), default=0))
        ]
        tall = any("\n" in cell or len(cell) > _GRID_CELL for row in rows for cell in row)
        self.gap()
        for row in rows:
            if not tall and sum(widths) <= _GRID:
                line = "".join(cell.ljust(width + 3) for cell, width in zip(row, widths, strict=False)).rstrip()
                if line:
                    self._lines.append(line)
                continue
            short: list[str] = []
            for cell in filter(None, row):
                if "\n" in cell or len(cell) > _GRID_CELL:
                    self._beside(short)
                    short = []
                    self.keep(cell)
                else:
                    short.append(cell)
            self._beside(short)
            self.gap()
        self.gap()

    def _beside(self, cells: Sequence[str]) -> None:
        if cells:
            self._lines.append("   ".join(cells))

    def text(self) -> str:
        """Everything written, without blank lines at its ends."""
        return "\n".join(self._lines).strip("\n")


def _tidy(cell: str) -> str:
    return re.sub(r"\n{2,}", "\n", cell.strip("\n")) if "\n" in cell else _BLANKS.sub(" ", cell).strip()


def letters(number: int) -> str:
    """A number as lists by letters count: a to z, then aa, bb, as Word and HTML do it nearly alike.

    >>> letters(3), letters(28)
    ('c', 'bb')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 9 else str(number)


def roman(number: int) -> str:
    """A number in small Roman figures.

    >>> roman(4), roman(29)
    ('iv', 'xxix')
    """
    if not 0 < number < 4000:
        return str(number)
    figures = ""
    for value, figure in _ROMAN:
        figures += figure * (number // value)
        number %= value
    return figures


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
