"""Figures in accounts: lines of a label and one or more figures, without a unit beside each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from pipeline.find.amounts.numbers import plain, read_figure
from pipeline.values import Amount, Notice

__all__ = ["check_sums", "find_account_figures"]

_UNIT = regex.compile(
    r"(?i)(?<!\p{L})(?:(?P<thousand>(?:t|tusinde?|1\.?000)[.-]{0,2}[ ]?kr)|(?P<million>mio\.?[ ]?kr)|kr|dkk|kroner)"
    r"(?!\p{L})"
)
_OF_MONEY = ("kr", "dkk", "tusind", "1.000", "1000", "mio", "million")  # without one of these a line tells no unit
_STATED = regex.compile(
    r"(?i)(?<!\p{L})(?:(?:tal(?:lene)?|beløb(?:ene)?|tabel(?:len)?|oversigt(?:en)?|figur(?:en)?|herunder|nedenfor"
    r"|er)[ ](?:er[ ])?(?:angivet[ ]|opgjort[ ]|vist[ ])?i[ ](?:hele[ ])?|hele[ ]|(?<=\()i[ ]|^[ \t]*i[ ])"
    r"(?:(?P<thousand>1\.?000(?:[ ]?(?:kr|dkk)(?!\p{L})|[ ]?kroner|(?![\d.,])(?![ ]?\p{L}))|tusind(?:e|er)?(?!\p{L})"
    r"|t\.?[ ]?(?:kr|dkk)(?!\p{L}))|(?P<million>mio(?!\p{L})|million(?:er)?(?!\p{L})))"
)
"""A sentence that says what the figures of a table are counted in; unlike a heading it may be long, or stand below."""
_BELOW = regex.compile(r"[ \t]*\((?i:mio|t|1\.?000|hele)[.-]{0,2}[ ]?(?i:kr|dkk)[^()\n]{0,12}\)[ \t]*$")
_COLUMNS = regex.compile(
    r"(?i)[ \t]*(?:(?:regnskab|budget|forbrug|beløb|afvigelse|udgifter?|indtægter?|difference|rest)[ \t]*){2,6}$"
)
"""Headings of columns of money; the figures under them are in kr. where nothing else is said."""
_FIGURE = r"[-−+]?(?:\d{1,3}(?:\.\d{3})++|\d{1,7})(?:,\d\d?)?+(?:,-)?"
_ROW = regex.compile(  # a dash stands for nothing, and a bracket may tell what a figure is without
    r"(?a)[ \t]*+(?P<label>(?:\p{L}[^\n\t]{0,60}?)?)[ \t:.]*+(?<![\d.,/])"
    rf"(?P<figures>{_FIGURE}(?:[ \t]+(?:{_FIGURE}|[-–—])){{0,7}})[ \t]*+(?:\([^()\n]{{1,40}}\)[ \t]*+)?$"
)
_ROW_ENDS = tuple("0123456789-–—)")
_PRICED = regex.compile(r"\d[ ]{0,3}(?:t\.?)?(?:mio\.? )?kr")
_ONE = regex.compile("(?a)" + _FIGURE)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MONEYLIKE = regex.compile(r"[-−+]?\d{1,3}(?:\.\d{3})+(?:,\d\d)?|[-−+]?\d+,\d\d")
_TOTAL = regex.compile(
    r"(?i)(?:(?:\p{L}+[ ])?(?:[il1|][ ]?alt|sum|total)(?!\p{L})|samlet(?:[ ](?:sum|beløb|pris))?\W*$)"
)
_SPENT = regex.compile(r"(?i)(?:udgifter|omkostninger)[ ][il1|][ ]?alt\b")
_UNIT_BEHIND = regex.compile(r"(?i)(?<=\d(?:,-)?)[ ]?(?:kr\b\.?|kroner\b|dkk\b)[ \t]*+$", regex.MULTILINE)
_DEDUCTED = regex.compile(
    r"(?i)\b(?:heraf|fradrag|minus|modregn|overskud|underskud|resultat|udgift|primo|ultimo|saldo|balance)"
)
_LABEL_LENGTH = 60
_LEAST_ROWS = 3


class _Row(NamedTuple):
    """One line of an account: its figures with their places, years left out."""

    figures: tuple[tuple[int, int, str], ...]
    label: str


def find_account_figures(text: str, taken: Sequence[tuple[int, int]]) -> list[Amount]:
    """The figures of every account as money, those within `taken` spans left out.

    An account is a heading that names the unit ("Budget (t.kr.)") with rows of figures under it, or at least three
    rows of label and figure of which most figures are written as money is (1.200 or 28,50). Small figures count
    only under such a heading.

    >>> [a.value for a in find_account_figures("Budget (t.kr.)\\nLøn   3.150\\nBiler   890\\nI alt   4.040\\n", [])]
    ['3150000', '890000', '4040000']
    """
    figures: list[Amount] = []
    starts = [start for start, _ in taken]
    for rows, scale in _accounts(text):
        for start, end, printed in (figure for row in rows for figure in row.figures):
            before = bisect_right(starts, end - 1) - 1
            value = _value(printed)
            if value is None or (before >= 0 and taken[before][1] > start):
                continue
            value *= scale
            figures.append(
                Amount(
                    start=start,
                    end=end,
                    rule="amounts/account",
                    confidence=0.85,
                    value=plain(value),
                    unit="DKK",
                    kind="money",
                )
            )
    return figures


def check_sums(text: str) -> Iterator[Notice]:
    """A notice for each total of an account that is the sum of no rows above it.

    A total ("I alt") may sum up all rows, those since the total before, or the totals; only rows with as many figures
    count, and each may be rounded. Declines where rows are deducted, for then their signs are rarely printed; what was
    spent in all ("Udgifter i alt") is compared where what came in has its total above it.

    >>> table = "Budget (t.kr.)\\nLøn   3.150\\nBiler   890\\nI alt   4.{}\\n"
    >>> [notice.message for last in ("040", "400") for notice in check_sums(table.format(last))]
    ['“I alt” is 4400, and the figures above it give 4040']
    """
    for rows, _ in _accounts(_UNIT_BEHIND.sub(lambda unit: " " * len(unit.group()), text)):
        parts, since, totals = _Sum(), _Sum(), _Sum()
        for row in rows:
            if not row.figures:  # the years above the columns, or a date
                continue
            values = [value for _, _, printed in row.figures if (value := _value(printed)) is not None]
            spent = _SPENT.match(row.label)
            if _DEDUCTED.search(row.label) and not (spent and totals.rows):
                break
            if not _TOTAL.match(row.label):
                parts.add(values)
                since.add(values)
                continue
            sums = [above.of(len(values)) for above in (since, parts, totals) if above.rows > 1]
            if values and sums and not any(_same(values, one, parts.rows) for one in sums):
                printed, added = (", ".join(map(plain, one)) for one in (values, sums[0]))
                message = f"“{row.label}” is {printed}, and the figures above it give {added}"
                yield Notice("sum-differs", message, row.figures[0][0], row.figures[-1][1])
            if spent:
                break
            totals.add(values)
            since = _Sum()


class _Sum:
    """Rows of figures, added up column by column."""

    def __init__(self) -> None:
        self.rows = 0
        self._columns: list[Decimal] | None = None  # nothing once rows have different columns

    def add(self, row: Sequence[Decimal]) -> None:
        """One more row."""
        if not self.rows:
            self._columns = list(row)
        elif self._columns is not None:
            alike = len(row) == len(self._columns)
            self._columns = [one + other for one, other in zip(self._columns, row, strict=True)] if alike else None
        self.rows += 1

    def of(self, columns: int) -> list[Decimal]:
        """The sum of each column; nothing where a row has other columns."""
        return self._columns if self._columns is not None and len(self._columns) == columns else []


def _same(total: Sequence[Decimal], added: Sequence[Decimal], rows: int) -> bool:
    """Whether sums agree but for the rounding of whole figures; where rows could not be added they may."""
    off = Decimal(rows) / 2 if all(value == value.to_integral() for value in total) else Decimal(0)
    return not added or all(abs(one - other) <= off for one, other in zip(total, added, strict=True))


def _value(printed: str) -> Decimal | None:
    figure = read_figure(printed.lstrip("-−+").removesuffix(",-"))
    return None if figure is None else figure * (-1 if printed[0] in "-−" else 1)


@lru_cache(maxsize=2)
def _accounts(text: str) -> tuple[tuple[list[_Row], Decimal], ...]:
    """The rows of every account, and what their figures are counted in; they are asked for as amounts and as sums."""
    return tuple(_read_accounts(text))


def _read_accounts(text: str) -> Iterator[tuple[list[_Row], Decimal]]:
    rows: list[_Row] = []
    scale: Decimal | None = None
    columns = False  # headings of columns of money stand above
    position = blanks = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        start, position = position, position + len(line) + 1
        if not line.strip():
            blanks += 1
            if blanks < 3:
                continue
        row, heading = _row(line, start), _heading(line)
        if row is not None and (row.figures or heading is None):
            if scale is None and not any(above.figures for above in rows) and (unit := _heading(row.label)) is not None:
                scale = unit  # "Omsætning (t.kr.)   27.314"
            rows.append(row)
        elif heading is not None or not _is_label(line):
            below = heading is not None and rows and scale is None and _is_below(lines, number)
            yield from _accepted(rows, heading if below else scale or (Decimal(1) if columns else None))
            rows, scale, columns = [], None if below else heading, False
        elif not rows:
            columns = columns or _COLUMNS.match(line) is not None
        blanks = 0
    yield from _accepted(rows, scale or (Decimal(1) if columns else None))


def _is_below(lines: list[str], number: int) -> bool:
    """Whether a line tells the unit of the rows above it: in words, or in brackets where no rows of figures follow."""
    if _STATED.search(lines[number]):
        return True
    if not _BELOW.match(lines[number]):
        return False
    following = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    row = _row(following, 0)
    return row is None or not row.figures


def _row(line: str, start: int) -> _Row | None:
    match = _ROW.match(line) if len(line) <= 200 and line.rstrip(" \t").endswith(_ROW_ENDS) else None
    if match is None:
        return None
    places = [(figure.start(), figure.end(), figure.group()) for figure in _ONE.finditer(match["figures"])]
    offset = start + match.start("figures")
    figures = tuple((offset + s, offset + e, printed) for s, e, printed in places if not _YEAR.fullmatch(printed))
    return _Row(figures, match["label"].strip())


def _is_label(line: str) -> bool:
    stripped = " ".join(line.split())
    return 0 < len(stripped) <= _LABEL_LENGTH and stripped[-1] not in ".;?!" and stripped.count(" ") <= 7


def _heading(line: str) -> Decimal | None:
    """The scale that a heading gives to the figures under it."""
    small = line.lower()
    if not any(word in small for word in _OF_MONEY):
        return None
    match = _STATED.search(line)
    if match is None:
        match = _UNIT.search(line)
        if match is None or len(" ".join(line.split())) > _LABEL_LENGTH or _PRICED.search(line, match.end()):
            return None
    return Decimal(10**3 if match["thousand"] else 10**6 if match["million"] else 1)


def _accepted(rows: list[_Row], scale: Decimal | None) -> Iterator[tuple[list[_Row], Decimal]]:
    figures = [printed for row in rows for _, _, printed in row.figures]
    if len(figures) < _LEAST_ROWS:
        return
    if scale is not None:
        yield rows, scale
        return
    moneylike = [printed for printed in figures if _MONEYLIKE.fullmatch(printed.removesuffix(",-"))]
    if sum(bool(row.label) for row in rows) >= _LEAST_ROWS and 2 * len(moneylike) > len(figures):
        yield [_only_moneylike(row) for row in rows], Decimal(1)


def _only_moneylike(row: _Row) -> _Row:
    return row._replace(figures=tuple(f for f in row.figures if _MONEYLIKE.fullmatch(f[2].removesuffix(",-"))))
