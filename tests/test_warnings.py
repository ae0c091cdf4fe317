"""Warnings of what was not understood, what contradicts itself and what is private; sound minutes get none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from made_document import any_document

from pipeline.document import Document
from pipeline.extract import extract
from pipeline.extract.checks.consistency import check_consistency
from pipeline.extract.checks.coverage import account
from pipeline.extract.personal import check_personal
from pipeline.find.cpr import find_cpr
from pipeline.lexicon import Lexicon
from pipeline.stages import process

LEXICON = Lexicon.load()
HEAD = "Bestyrelsesmøde den 4. marts 2025\nTil stede: Ida Holm, Bo Lind, Per Krog\n"
END = "\n\n2. Eventuelt\nIntet.\n"


def _codes(document: Document) -> list[str]:
    return [notice.code for notice in (*check_consistency(document, LEXICON), *check_personal(document, LEXICON))]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{HEAD}Afbud: Eva Dam\n\n1. Skuret\nEva Dam fortalte, at skuret er gult.{END}", ["absent-speaker"]),
        (f"{HEAD}Afbud: Eva Dam\n\n1. Skuret\nBo Lind fortalte, at skuret er gult.{END}", []),
        (
            f"{HEAD}Afbud: Eva Dam, Lillebæk Kommune\n\n1. Skuret\nEva Dam fortalte, at skuret er gult.{END}",
            ["absent-speaker"],
        ),
        (f"{HEAD}Afbud: Eva Dam (fra punkt 2)\n\n1. Skuret\nEva Dam fortalte, at skuret er gult.{END}", []),
        (
            f"{HEAD}\n1. Skuret\nEva Dam fortalte, at skuret er gult. Eva Dam spurgte om døren.{END}",
            ["unlisted-speaker"],
        ),
        (f"{HEAD}\n1. Skuret\nEva fortalte, at skuret er gult.{END}", []),
        (f"Til stede: Ida Holm, Bo Lind\n\n1. Skuret\nEva Dam fortalte, at skuret er gult.{END}", []),
        (f"Generalforsamling i Skurlauget\n{HEAD}\n1. Skuret\nEva Dam fortalte, at skuret er gult.{END}", []),
        (f"{HEAD}\n1. Skuret\nForslaget blev vedtaget med 4 stemmer for og 1 imod.{END}", ["more-votes-than-present"]),
        (f"{HEAD}\n1. Skuret\nForslaget blev vedtaget med 2 stemmer for og 1 imod.{END}", []),
        (f"{HEAD}\n1. Skuret\nGult.\n\n2. Eventuelt\nNæste møde er den 1. marts 2025.\n", ["next-meeting-too-early"]),
        (f"{HEAD}\n1. Skuret\nGult.\n\n2. Eventuelt\nNæste møde: onsdag den 2. april 2025.\n", []),
        (
            f"{HEAD}\n1. Skuret\nGult.\n\n2. Eventuelt\nNæste møde i udvalget er fastsat til den 1. marts 2025.\n",
            ["next-meeting-too-early"],
        ),
        (f"{HEAD}\n1. Skuret\nGult.\n\n2. Eventuelt\nNaste mgde er den 4. marts 2025.\n", ["next-meeting-too-early"]),
        (f"{HEAD}\n1. Skuret\nGult.\n\n2. Eventuelt\nDet blev aftalt på mødet den 1. marts 2025.\n", []),
        (f"{HEAD}\n1. Skuret\nBo Lind, Birkevej 12, har nøglen.{END}", ["private-address"]),
        (f"{HEAD}\n1. Skuret\nBo Lind fik flere kasser til Birkevej 12.{END}", []),
        (f"{HEAD}\n1. Skuret\nHan bor på Skovbrynet nr. 12 B.{END}", ["private-address"]),
        (f"{HEAD}\n1. Skuret\nSkuret ligger på Skovbrynet 12, og mødestedets adresse: Kajvej 1.{END}", []),
        (
            f"{HEAD}\n1. Skuret\nHendes telefonnummer er 2345-6789, bo.lind(at)gmail.com{END}",
            ["private-phone", "private-mail"],
        ),
        (f"{HEAD}\n1. Skuret\nSag 2345-6789 koster 23.45 for 2025-2026.{END}", []),
        (
            f"{HEAD}\n1. Skuret\nRing til Bo Lind på 23 45 67 89 eller bo.lind@hotmail.com{END}",
            ["private-phone", "private-mail"],
        ),
        (f"{HEAD}\n1. Skuret\nTekniks kontor, tlf. 33 12 34 56, teknik@lillebaek.dk, formand@gmail.com{END}", []),
        (f"{HEAD}\n1. Skuret\nBeløb i t.kr. 2025 2026\nMaling 12 20 14 25{END}", []),
        (f"{HEAD}\n1. Skuret\nBo Lind (010203-1234) har nøglen.{END}", ["cpr-number"]),
    ],
)
def test_contradictions_and_private_matters(text: str, codes: list[str]) -> None:
    assert _codes(process(Document(id="made", source=text), LEXICON)) == codes


def test_a_document_gets_the_warnings_of_every_check() -> None:
    text = (
        "Bestyrelsesmøde mandag den 4. marts 2025\nTil stede: Ida Holm, Bo Lind, Per Krog\nAfbud: Eva Dam\n\n"
        "1. Regnskab (kr.)\nLøn   3.150\nBiler   890\nI alt   4.050\n\n"
        "2. Skuret\nEva Dam oplyste, at Bo Lind (010203-1234) bor på Birkevej 12, tlf. 23456789, bo@gmail.com.\n"
        "Forslaget blev vedtaget med 4 stemmer for og 1 imod.\n\n3. Eventuelt\nNæste møde er den 1. marts 2025.\n"
    )
    notices = process(Document(id="made", source=text), LEXICON).notices
    assert {notice.code for notice in notices} == {
        "weekday-contradicts-date",
        "sum-differs",
        "absent-speaker",
        "more-votes-than-present",
        "next-meeting-too-early",
        "cpr-number",
        "private-phone",
        "private-mail",
        "private-address",
    }
    private = [notice for notice in notices if notice.code.startswith(("cpr", "private"))]
    assert not any(said in notice.message for notice in private for said in ("0102", "Birke", "2345", "gmail"))


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("311299-1234", ["311299-1234"]),
        ("CPR: 0l0203 – 12O4.", ["0l0203 – 12O4"]),
        ("0102031234", ["0102031234"]),
        ("710203-1234 (erstatningsnummer)", ["710203-1234"]),
        ("321299-1234", []),
        ("311399-1234", []),
        ("sag 2024-010203-12345", []),
        ("CVR 31128812", []),
        ("lolloI-OIoI", []),
        ("0i0Z03-l2S4, 0102B3~12g4", ["0i0Z03-l2S4", "0102B3~12g4"]),  # read as letters, the hyphen as another sign
        ("01 02 03-1234, 01.02.03-1234, 010203-12 34", ["01 02 03-1234", "01.02.03-1234", "010203-12 34"]),
        (
            "010203\u20111234, 010203\u20101234, 010203\u00ad1234",
            ["010203\u20111234", "010203\u20101234", "010203\u00ad1234"],
        ),
        ("01/02/03-1234, 01\u00a002\u00a003-1234", ["01/02/03-1234", "01\u00a002\u00a003-1234"]),
        ("0102 03-1234, 010203/2025, 01 02 03 - 1234", []),
        ("001234-1234, 010003-1234", []),  # no such day, no such month
        ("010203-1235", ["010203-1235"]),  # whatever the check digit
    ],
)
def test_cpr(text: str, finds: list[str]) -> None:
    assert [text[start:end] for start, end in find_cpr(text)] == finds


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1. Skuret\nFirmaet Qvortz Ghyl malede det i 2019 for 12.400.\n\n2. Eventuelt\nIntet.\n", ["unread-figure"]),
        ("1. Skuret\nDet blev malet af Qvortzia og igen af Qvortzia.\n\n2. Eventuelt\nIntet.\n", ["unresolved-name"]),
        ("1. Skuret\nDet står på Qvortzvej, og Qvortzvej er lang.\n\n2. Eventuelt\nIntet.\n", []),
        ("1. Skuret\nSe nr. 2024, § 2025 og kl. 1.300.\n\n2. Eventuelt\nIntet.\n", []),
        ("1. Skuret\nBudget 2025 2026\n\n2. Eventuelt\nIntet.\n", []),
    ],
)
def test_what_was_not_understood(text: str, codes: list[str]) -> None:
    document = process(Document(id="made", source=text), LEXICON)
    assert [notice.code for notice in account(document, LEXICON)[1]] == codes


def test_a_stretch_outside_the_items_lowers_the_coverage() -> None:
    items = "1. Skuret\nSkuret er gult.\n\n2. Eventuelt\nIntet.\n"
    stray = "det er en lang historie om et skur der blev malet gult og siden stod tomt\n" * 4
    whole, part = (process(Document(id="made", source=text), LEXICON) for text in (items, f"{stray}\n{items}"))
    assert whole.coverage.share == 1
    assert part.coverage.lines - part.coverage.lines_placed == 4
    assert [notice.code for notice in part.notices] == ["text-in-no-item"]


@settings(deadline=None)
@given(any_document())
def test_warnings_point_into_the_text_and_counts_add_up(document: Document) -> None:
    read = extract(document, LEXICON)
    for notice in read.notices:
        assert notice.start is not None
        assert notice.end is not None
        assert 0 <= notice.start < notice.end <= len(read.text)
    coverage = read.coverage
    assert 0 <= coverage.lines_placed <= coverage.lines
    assert 0 <= coverage.names_resolved <= coverage.names
    assert 0 <= coverage.figures_read <= coverage.figures
    assert 0 <= coverage.share <= 1
