"""Figures in accounts: the case table, what ends an account, and sums."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.find.amounts.accounts import check_sums, find_account_figures
from pipeline.values import Notice

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "accounts.toml").read_text("utf-8"))[
    "case"
]


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_case(row: dict[str, Any]) -> None:
    text = row["text"]
    assert [[text[a.start : a.end], a.value] for a in find_account_figures(text, [])] == row["finds"]


def test_what_a_figure_of_an_account_is() -> None:
    text = "Regnskab (kr.)\nLøn   3.150\nMad   890\nI alt   4.040\n"
    assert {(a.rule, a.confidence, a.unit, a.kind) for a in find_account_figures(text, [])} == {
        ("amounts/account", 0.85, "DKK", "money")
    }


@pytest.mark.parametrize(
    ("between", "goes_on"),
    [
        ("", True),
        ("\n", True),
        ("\n\n", False),  # with the ends of the lines around it three blank lines
        ("Vand", True),
        ("A", True),
        ("Andet m.v", True),
        ("l" * 60, True),
        ("l" * 61, False),
        ("en to tre fire fem seks syv otte", True),
        ("en to tre fire fem seks syv otte ni", False),
        ("Det gik godt.", False),
        ("Er det rigtigt?", False),
        ("Kommuner (t.kr.)", False),  # a new heading
        ("2025   2026", True),
        ("kr.   2025   2026", False),
    ],
)
def test_what_ends_an_account(between: str, goes_on: bool) -> None:
    text = f"Regnskab (kr.)\nLøn   10\nMad   20\n{between}\nLeje   30\n"
    assert [a.value for a in find_account_figures(text, [])] == (["10", "20", "30"] if goes_on else [])


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Beløb i kr.", ["10", "20", "30"]),
        ("Beløb i t.kr.", ["10000", "20000", "30000"]),
        ("Beløb i 1.000 kr", ["10000", "20000", "30000"]),
        ("Beløb i mio. kr.", ["10000000", "20000000", "30000000"]),
        (f"Beløb i kr.{'l' * 49}", ["10", "20", "30"]),
        (f"Beløb i kr. {'l' * 48}", ["10", "20", "30"]),
        (f"Beløb i kr. {'l' * 49}", []),
        (f"Beløb   i   kr.   {'l' * 48}", ["10", "20", "30"]),  # blanks are counted once
        ("Beløb", []),
    ],
)
def test_heading(heading: str, values: list[str]) -> None:
    text = f"{heading}\nLøn   10\nMad   20\nLeje   30\n"
    assert [a.value for a in find_account_figures(text, [])] == values


ROWS = "Løn   10\nMad   20\nLeje   30\n"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"{ROWS}Budget (t.kr.)\nBiler   40\nVand   50\nRest   60\n", ["40000", "50000", "60000"]),
        (f"{ROWS}(t.kr.)\nDet gik godt.\n", ["10000", "20000", "30000"]),
        (f"{ROWS}(t.kr.)\n\n\nBiler   40\nDet gik godt.\n", []),
        (f"{ROWS}(t.kr.)\nBiler   40\nDet gik godt.\n", []),  # the unit of what follows
    ],
)
def test_a_unit_below_its_rows(text: str, values: list[str]) -> None:
    assert [a.value for a in find_account_figures(text, [])] == values


@pytest.mark.parametrize(("length", "found"), [(200, 3), (201, 0)])
def test_the_longest_row(length: int, found: int) -> None:
    rows = "".join(f"{label:<{length - 5}}1.000\n" for label in ("Løn", "Mad", "Leje"))
    assert len(find_account_figures(rows, [])) == found


@pytest.mark.parametrize(
    ("first", "end", "found"),
    [
        (7, 12, ["890", "4040"]),  # the whole first figure
        (0, 7, ["3150", "890", "4040"]),  # ends where it begins
        (0, 8, ["890", "4040"]),
        (11, 12, ["890", "4040"]),
        (12, 14, ["3150", "890", "4040"]),  # begins where it ends
    ],
)
def test_figures_that_are_taken(first: int, end: int, found: list[str]) -> None:
    head, rows = "Regnskab (kr.)\n", "Løn    3.150\nMad    890\nI alt   4.040\n"
    taken = [(len(head) + first, len(head) + end)]
    assert [a.value for a in find_account_figures(head + rows, taken)] == found
    before = [(0, 8), *taken]
    assert [a.value for a in find_account_figures(head + rows, before)] == found


HALL = "Regnskab (kr.)\n{}\n"


@pytest.mark.parametrize(
    ("rows", "differs"),
    [
        ("Løn   3.150\nBiler   890\nI alt   4.040", False),
        ("Løn   3.150\nBiler   890\nI alt   4.050", True),
        ("Løn   3.150   3.200\nBiler   890   900\nI alt   4.040   4.100", False),
        ("Løn   3.150   3.200\nBiler   890   900\nI alt   4.040   4.200", True),
        ("Løn   10,40\nBiler   10,40\nI alt   20,80", False),
        ("Løn   10,40\nBiler   10,40\nI alt   20,90", True),
        ("Løn   333\nBiler   333\nMad   333\nSum   1.000", False),  # rounded
        ("Løn   100\nMad   200\nI alt   300\nBiler   50\nVand   60\nI alt   110\nTotal   410", False),
        ("Løn   100\nMad   200\nHeraf mad til børn   50\nI alt   300", False),
        ("Løn   100   7\nMad   200\nI alt   400", False),  # columns that cannot be told apart
        ("Løn   100\nI alt   400\nMad   5", False),  # one row sums up nothing
        ("Løn   100\nMad   200\nI alt   301", False),  # half of one for each row
        ("Løn   100\nMad   200\nI alt   302", True),
        ("Løn   100\nMad   200\nI alt   300\nBiler   50\nVand   60\nI alt   999\nTotal   410", True),
        ("Løn   3.150 kr.\nBiler   890 kr\nI alt   4.040 kr.", False),
        ("Løn   3.150 kr.\nBiler   890,- kr\nI alt   4.050 kr.", True),  # the unit behind each
        ("År   2024   2025\nLøn   10   20\nMad   10   20\nI alt   20   50", True),  # years are no row to add
        ("Løn   100\nMad   200\nl alt   400", True),  # as OCR reads it
        ("Løn   100\nMad   200\nSamlet beløb   400", True),
        ("Løn   100\nMad   200\nSamlet budget for året   400", False),
        ("Salg   500\nGaver   100\nLøn   300\nUdgifter i alt   300", False),  # nothing tells where they begin
        ("Salg   500\nGaver   100\nIndtægter i alt   600\nLøn   300\nMad   50\nUdgifter i alt   350", False),
        ("Salg   500\nGaver   100\nIndtægter i alt   600\nLøn   300\nMad   50\nUdgifter i alt   450", True),
        (
            "Salg   500\nGaver   100\nIndtægter i alt   600\nLøn   300\nMad   50\nUdgifter i alt   350\nI alt   250",
            False,
        ),
    ],
)
def test_sums(rows: str, differs: bool) -> None:
    assert [notice.code for notice in check_sums(HALL.format(rows))] == ["sum-differs"] * differs


def test_the_notice_says_what_and_where() -> None:
    text = HALL.format("Løn   100   1\nMad   200   1\nI alt   300   2\nBiler   50   1\nVand   60   1\nI alt   999   2")
    (notice,) = check_sums(text)
    start = text.index("999   2")
    message = "“I alt” is 999, 2, and the figures above it give 110, 2"
    assert notice == Notice("sum-differs", message, start, start + 7)
