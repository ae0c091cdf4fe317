"""What a careful clerk would check: notices about items, and that sound minutes get none."""

from __future__ import annotations

import pytest
from hypothesis import given
from made_document import any_document

from pipeline.document import Document
from pipeline.extract.checks.checks import check_items
from pipeline.lexicon import Lexicon
from pipeline.stages import process

LEXICON = Lexicon.load()
CASES = [
    ("1. Skuret\nDet indstilles, at skuret males.\n\n2. Eventuelt\nIntet.\n", ["recommendation-without-decision"]),
    ("1. Skuret\nDet indstilles, at skuret males.\n\nGodkendt.\n\n2. Eventuelt\nIntet.\n", []),
    ("1. Skuret\n\n2. Broen\nBroen blev drøftet.\n\n3. Eventuelt\nIntet.\n", ["item-without-text"]),
    ("1. Skuret\n1.1 Farven\nGul.\n1.2 Døren\nBlå.\n\n2. Eventuelt\nIntet.\n", []),
    ("1. Skuret\nGult.\n\n3. Broen\nBlå.\n\n4. Eventuelt\nIntet.\n", ["number-out-of-order"]),
    ("Ad 1. Skuret\nGult.\n\nAd 2 og 3. Broen\nBlå.\n\nAd 4. Eventuelt\nIntet.\n", []),
    (
        "Til stede: Ida Holm (IH), Bo Lind (BL)\n\n1. Skuret\nIH: Det er gult.\nPX: Blåt.\n\n2. Eventuelt\nIntet.\n",
        ["unresolved-initials"],
    ),
    ("Til stede: Ida Holm (IH), Bo Lind (BL)\n\n1. Skuret\nIH: Det er gult.\nBL: Nej.\n\n2. Eventuelt\nIntet.\n", []),
]


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_checks(text: str, codes: list[str]) -> None:
    document = process(Document(id="made", source=text), LEXICON)
    assert [notice.code for notice in check_items(document, LEXICON)] == codes


@given(any_document())
def test_checks_point_into_the_text(document: Document) -> None:
    for notice in check_items(document, LEXICON):
        assert notice.start is not None
        assert notice.end is not None
        assert 0 <= notice.start < notice.end <= len(document.text)
