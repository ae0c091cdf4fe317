"""Lines, furniture, paragraphs and sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout import paragraphs, read_lines, sentences

LINES = [
    ("- Havnen", 0, "-", "Havnen"),
    ("   • Havnen", 3, "•", "Havnen"),
    ("•Havnen", 0, "•", "Havnen"),
    ("\to Broen", 4, "o", "Broen"),
    ("e Broen", 0, "e", "Broen"),  # OCR of a round bullet
    ("¢ Broen", 0, "¢", "Broen"),
    ("-130.000 kr.", 0, "", "-130.000 kr."),
    ("og broen", 0, "", "og broen"),
    ("»Gang i havnen«", 0, "", "»Gang i havnen«"),
    ("", 0, "", ""),
]


@pytest.mark.parametrize(("text", "indent", "bullet", "body"), LINES)
def test_line(text: str, indent: int, bullet: str, body: str) -> None:
    (line,) = read_lines(text)
    assert (line.indent, line.bullet, text[line.body : line.end]) == (indent, bullet, body)


SENTENCES = [
    ("Der er ca. 40 både. De ligger godt.", ["Der er ca. 40 både.", "De ligger godt."]),
    ("Mødet er den 16.\ndecember. Tak.", ["Mødet er den 16.\ndecember.", "Tak."]),
    ("Se bl.a. pkt. 3, jf. bilag 2.", ["Se bl.a. pkt. 3, jf. bilag 2."]),
    ("Prisen er 5 mio. kr. Den betales nu.", ["Prisen er 5 mio. kr.", "Den betales nu."]),
    ("Prisen er kr. 4.554. Den betales.", ["Prisen er kr. 4.554.", "Den betales."]),
    ("Han bor på 3. sal. H. C. Holst bor på 4.", ["Han bor på 3. sal.", "H. C. Holst bor på 4."]),
    ("Mødes vi i uge 33? Ja! Karen skriver.", ["Mødes vi i uge 33?", "Ja!", "Karen skriver."]),
    ("1. Valg af dirigent. Ib blev valgt.", ["1. Valg af dirigent.", "Ib blev valgt."]),
    ("Udvalget\n- godkender broen\n- sender sagen i høring", ["Udvalget", "godkender broen", "sender sagen i høring"]),
    ("Indstilling\n\nDet indstilles, at", ["Indstilling", "Det indstilles, at"]),
    ("a) Valg\nb) Tak", ["a) Valg", "b) Tak"]),
    (
        "Prisen er høj, så Mona indhenter tilbud fra\n\nByens Tømrere inden jul. Tak.",
        ["Prisen er høj, så Mona indhenter tilbud fra\n\nByens Tømrere inden jul.", "Tak."],
    ),
    (
        "Taget blev drøftet. Mona sender link til Ida\n\nBrandt i dag.\n",
        ["Taget blev drøftet.", "Mona sender link til Ida\n\nBrandt i dag."],
    ),
    (
        "Bestyrelsen drøftede til slut prisen på skure\n\nBeslutning",
        ["Bestyrelsen drøftede til slut prisen på skure", "Beslutning"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == expected


def test_a_page_break_does_not_end_a_sentence() -> None:
    page = "Der blev talt om vejen og om skuret ved havnen, som er gammelt og skal males.\n" * 20
    text = page + "Det blev besluttet, at skuret\n\nSide 1 af 2\n\nmales i maj.\n" + page + "\nSide 2 af 2\n"
    found = [text[a:b] for a, b in sentences(text, 0, len(text))]
    assert "Det blev besluttet, at skuret\n\nSide 1 af 2\n\nmales i maj." in found


def test_furniture() -> None:
    pages = [
        [
            "Kajlauget, referat",
            "",
            *(f"Der blev talt om {word} {n}." for n in range(20)),
            "",
            f"4. maj    side {page} af 3   IH",
        ]
        for page, word in enumerate(("sag", "vej", "skur"), 1)
    ]
    text = "\n".join(line for page in pages for line in page)
    furniture = [text[line.start : line.end] for line in read_lines(text) if line.furniture]
    assert furniture.count("Kajlauget, referat") == 2  # the first one is the title
    assert len(furniture) == 5


def test_what_comes_back_away_from_page_edges_is_text() -> None:
    text = "\n".join(["Godkendt.", *["Sagen blev drøftet længe."] * 18, "Side {} af 2"] * 2).format(1, 2)
    furniture = [text[line.start : line.end] for line in read_lines(text) if line.furniture]
    assert "Sagen blev drøftet længe." not in furniture


ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n\n .-•oe1A(\f\r")), max_size=400)


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_lines_tile(text: str) -> None:
    lines = read_lines(text)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    for left, right in pairwise(lines):
        assert text[left.end : right.start] in ("\r\n", "\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029")
    assert all(line.start <= line.body <= line.end for line in lines)


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for spans in (paragraphs(text, 0, len(text)), sentences(text, 0, len(text))):
        position = 0
        for span in spans:
            assert position <= span.start < span.end <= len(text)
            assert not text[span.start].isspace()
            position = span.end
