"""The items of a document are the same however its headings are printed."""

from pathlib import Path

import pytest
from layouts import LAYOUTS, figures, items_of, printed, read_printed

from pipeline.lexicon import Lexicon

GOLD = Path(__file__).parent.parent / "corpus" / "gold"
LEXICON = Lexicon.load()
DOCUMENTS = ("57-havneraad", "69-menighedsraad-kort", "113-brancheforening", "122-grundejerforening-generalforsamling")
LEAST = 0.85  # one item in seven may be missed


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_items_in_every_layout(name: str, layout: str) -> None:
    document = read_printed(GOLD / f"{name}.gold.json")
    assert document is not None
    precision, recall = figures([document], LAYOUTS[layout], LEXICON)
    assert precision >= LEAST
    assert recall >= LEAST


def test_a_layout_changes_the_headings_and_nothing_else() -> None:
    document = read_printed(GOLD / "57-havneraad.gold.json")
    assert document is not None
    text = printed(document, LAYOUTS["underlined"])
    for title in document.titles:
        assert f"\n{title}\n{'-' * len(title)}\n" in text
    assert items_of("Dagsorden\n" + "\n".join(document.titles), LEXICON) == []


LISTED = """Møde i Kajlauget den 4. marts 2025

Dagsorden
1. Ny kaj .......... 1
2. Skur og bænke til de mange gæster,
   som sommeren bringer (B) .... 2
3. Økonomi ........ 3

{}"""
TITLES = ["Ny kaj", "Skur og bænke til de mange gæster, som sommeren bringer", "Økonomi"]


@pytest.mark.parametrize(
    "body",
    [
        "Ny kaj\nIb fortalte om kajen.\n\n"
        "Skur og bænke til de mange gæster, som sommeren bringer\nDe males.\n\nØkonomi\nGodkendt.\n",
        "NY KAJ\nIb fortalte om kajen.\n"
        "SKUR OG BÆNKE TIL DE MANGE GÆSTER, SOM SOMMEREN BRINGER\nDe males.\nØKONOMI\nGodkendt.\n",
        "Ny kaj: Ib fortalte om kajen.\n\n"
        "Skur og bænke til de mange gæster, som sommeren bringer: De males.\n\nØkonomi: Godkendt.\n",
    ],
)
def test_headings_are_the_titles_of_the_list_before_them(body: str) -> None:
    titles = [title.casefold() for title in items_of(LISTED.format(body), LEXICON) if title]
    assert titles == [title.casefold() for title in TITLES]


@pytest.mark.parametrize("body", ["", "Ib fortalte om kajen.\n\nDe males.\n", "Ny kaj\nIb fortalte om kajen.\n"])
def test_a_list_that_is_not_taken_up_gives_no_headings(body: str) -> None:
    assert items_of(LISTED.format(body), LEXICON) == []
