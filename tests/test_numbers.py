"""Danish figures and number words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.find.amounts.numbers import plain, read_figure, read_words


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.200", "1200"),
        ("1.200,50", "1200.50"),
        ("1 200 000", "1200000"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("2½", "2.5"),
        ("0", "0"),
        ("1,234,567", "1234567"),
        ("½", "0.5"),
        ("4 1/2", "4.5"),
        ("l00.O00", "100000"),
    ],
)
def test_figure(printed: str, value: str) -> None:
    assert read_figure(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "1.2.3", "12.3456", "O", "lll", "abc", "1,2,3", "٣٤"])
def test_no_figure(printed: str) -> None:
    assert read_figure(printed) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nitten", "19"),
        ("femoghalvtreds", "55"),
        ("halvfems", "90"),
        ("tohundredefemogtyve", "225"),
        ("hundrede og tyve", "120"),
        ("to hundrede tusind", "200000"),
        ("femhundredetusinde", "500000"),
        ("halvanden", "1.5"),
        ("en halv million", "500000"),
        ("halv million", "500000"),
        ("hundrede og en halv", "100.5"),
        ("tusind", "1000"),
        ("million", "1000000"),
        ("et hundrede", "100"),
        ("én", "1"),
        ("ét", "1"),
        ("to mio.", "2000000"),
        ("tre milliarder", "3000000000"),
        ("to mia.", "2000000000"),
        ("to en halv", "2.5"),
        ("to millioner tre hundrede tusind", "2300000"),
    ],
)
def test_words(words: str, value: str) -> None:
    assert read_words(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "og", "ottende", "enhver", "tremmer", "-"])
def test_no_words(words: str) -> None:
    assert read_words(words) is None


@given(st.text(max_size=20))
def test_any_text(text: str) -> None:
    read_words(text)
    if figure := read_figure(text):
        assert "E" not in plain(figure)


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_figures_come_back(number: int) -> None:
    assert read_figure(f"{number:,}".replace(",", ".")) == Decimal(number)


def test_every_number_word_has_its_value() -> None:
    small = "en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
    tens = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems"
    assert [read_words(word) for word in small.split()] == list(range(1, 20))
    assert [read_words(word) for word in tens.split()] == list(range(20, 100, 10))
    assert [read_words(f"tre{word}") for word in ("hundrede", "tusind")] == [300, 3000]
