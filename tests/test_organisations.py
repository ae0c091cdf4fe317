"""Organisations: in running text, in a document, and what brackets mean."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from case_tables import text_and_finds
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.errors import ConfigurationError
from pipeline.extract.organisations.organisations import find_organisations as organisations_of
from pipeline.find.brackets import classify_bracket
from pipeline.find.organisations.organisations import find_organisations
from pipeline.lexicon import Lexicon
from pipeline.lexicon.organisations import Organisations
from pipeline.values import Attendee, Meeting

LEXICON = Lexicon.load()
TEXT = "KL MedComs ( ) Ole Bang & A/S Foreningen for Norddal Kommune data- styrelsen Dansk CVR 12345678"
WORDS = st.sampled_from([*re.findall(r"\S+", TEXT), "\n"])


@pytest.mark.parametrize(("text", "finds"), text_and_finds("organisations"))
def test_organisations_in_text(text: str, finds: list[str]) -> None:
    names = [mention.name for mention in find_organisations(text, LEXICON)]
    assert list(dict.fromkeys(name for name in names if name != "KL" or "KL" in finds)) == finds


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_mentions_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_organisations(text, LEXICON)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("name", ["3F Transport Aarhus", "A/S Storebælt", "AKB Taastrup"])
def test_a_known_name_that_ends_in_a_place_may_end_the_text(name: str) -> None:
    (mention,) = find_organisations(f"Vi hører {name}", LEXICON)
    assert (mention.name, mention.end) == (name, len(f"Vi hører {name}"))


@given(st.lists(WORDS).map(" ".join))
def test_mentions_of_a_document_stand_in_its_text(text: str) -> None:
    document = Document(id="a", source=text)
    for organisation in organisations_of(document, LEXICON):
        assert organisation.mentions
        assert all(0 <= span.start < span.end <= len(text) for span in organisation.mentions)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Karen Holm (KL) spurgte", "affiliation"),
        ("Karen Holm (Region Fyn, formand)", "affiliation"),
        ("Karen Holm (Ø) spurgte", "party"),
        ("Karen Holm (0) spurgte", "party"),
        ("Karen Holm (SF)", "party"),
        ("Karen Holm (KH), kasserer", "initials"),
        ("Karen Holm (formand)", "role"),
        ("Karen Holm (suppleant for Ole Bang)", "substitute"),
        ("Karen Holm (afbud)", "other"),
        ("Karen Holm (kom kl. 17.15)", "other"),
        ("Budget for 2027 (B)", "item_kind"),
        ("Budget for 2027 (til orientering)\n", "item_kind"),
        ("Nyt fra Digital Havn Danmark (DHD) om", "acronym"),
        ("sendes til Patientudvalget (PU)", "acronym"),
        ("formandskabet (Lise Holm) foreslog", "person"),
        ("en pulje (2,5 mio. kr.) til", "amount"),
        ("puljen (heraf 600.000 kr. bundet)", "amount"),
        ("tre møder (30/09, 11/10)", "other"),
    ],
)
def test_brackets(text: str, kind: str) -> None:
    assert classify_bracket(text, text.index("("), text.index(")") + 1, LEXICON).kind == kind


def test_a_bracket_can_hold_organisation_and_role() -> None:
    text = "Karen Holm (Norddal Data, projektleder)"
    bracket = classify_bracket(text, text.index("("), len(text), LEXICON)
    assert (bracket.organisation, bracket.role) == ("Norddal Data", "projektleder")


def test_the_body_and_the_affiliations_of_the_list_are_organisations() -> None:
    text = "Bestyrelsen for HESTEVENNERNE NORD\nIda Dam, Ridehuset Fyn\nHestevennerne Nord takker."
    attendee = Attendee(name="Ida Dam", organisation="Ridehuset Fyn", start=35, end=57, rule="list", confidence=0.9)
    meeting = Meeting(body="Hestevennerne Nord", present=(attendee,))
    found = organisations_of(Document(id="a", source=text, meeting=meeting), LEXICON)
    assert [(o.name, len(o.mentions)) for o in found] == [("Hestevennerne Nord", 2), ("Ridehuset Fyn", 1)]


def test_an_unknown_word_counts_where_it_acts() -> None:
    text = "Der er indhentet tilbud fra Brolux. I Brolux er alle glade. NVG oplyser, at fristen er nær. Se Mixel."
    found = organisations_of(Document(id="a", source=text), LEXICON)
    assert [(o.name, len(o.mentions)) for o in found] == [("Brolux", 2), ("NVG", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der er tilbud fra Norddal, Grand Reoler og Lilvik.", ["Norddal", "Grand Reoler", "Lilvik"]),
        ("Sponsorerne Bakkens Brød og Sparekassen Lilvik siger ja.", ["Bakkens Brød", "Sparekassen Lilvik"]),
        ("Sorø og Herning anvender systemet.", ["Sorø Kommune", "Herning Kommune"]),
        ("Toget til Herning kører fra Sorø. Vi tog til Vejle.", []),
        ("Udarbejdet i samarbejde med Ynal nr. 36", []),
        ("Festudvalget FjordRock søger om 500 kr.", ["FjordRock"]),
        ("Punktet blev drøftet. Brolux har fremsendt et forslag.", ["Brolux"]),
        ("Punktet blev drøftet. Gæsterne har fremsendt et forslag. Brolux lyser.", []),
        ("Kurset sammen med Brolux blev godt.", ["Brolux"]),
        ("Der er tilbud fra Skarrild og fra Norddal. Skarrild oplyser, at vejen er lukket.", ["Norddal"]),  # a village
    ],
)
def test_unknown_words_and_towns_that_act(text: str, expected: list[str]) -> None:
    assert [o.name for o in organisations_of(Document(id="a", source=text), LEXICON)] == expected


def test_forms_of_one_name_are_one_organisation() -> None:
    text = "Norddal Vand A/S svarer. Grundejerforeningen Bøgchøj kom. Grundejerforeningen Bøgehøj gik."
    text += " Grundejerforeningen Bøgehøj takker Norddal Vand for hjælpen."
    found = organisations_of(Document(id="a", source=text, meeting=Meeting(body="Norddal Vand")), LEXICON)
    assert [(o.name, o.aliases) for o in found] == [
        ("Norddal Vand A/S", ("Norddal Vand",)),
        ("Grundejerforeningen Bøgehøj", ("Grundejerforeningen Bøgchøj",)),
    ]


def test_unknown_kinds_are_named(tmp_path: Path) -> None:
    (tmp_path / "organisations.tsv").write_text("Norddal\tvillage\t\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="village"):
        Organisations.read(tmp_path)
