"""One entry per person, and who is meant by a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear_time import assert_linear

from pipeline.document import Document
from pipeline.extract.persons.identity import abbreviates, fold_name, misreads, misspells
from pipeline.extract.persons.persons import find_persons, resolve_persons
from pipeline.lexicon import Lexicon
from pipeline.stages import process
from pipeline.values import Attendee, Meeting

LEXICON = Lexicon.load()
WORDS = st.sampled_from([*re.findall(r"\S+", "Ole Bang Holm EV (EV) (KL) formand Ida . , spurgte van der Ploeg"), "\n"])


def _document(text: str, *present: tuple[str, str | None, str | None]) -> Document:
    attendees = tuple(
        Attendee(name=name, organisation=organisation, role=role, start=0, end=len(text), rule="list", confidence=0.9)
        for name, organisation, role in present
    )
    return Document(id="a", source=text, meeting=Meeting(present=attendees))


def _people(text: str, *present: tuple[str, str | None, str | None]) -> dict[str, int]:
    return {p.name: len(p.mentions) for p in find_persons(_document(text, *present), LEXICON)}


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("Ida Holm", "Ida Bang Holm", True),
        ("Ida", "Ida Bang Holm", True),
        ("Holm", "Ida Bang Holm", True),
        ("I. Holm", "Ida Bang Holm", True),
        ("Ida B", "Ida Bang Holm", True),
        ("Bang Holm", "Ida Bang Holm", False),
        ("Ida Dam", "Ida Bang Holm", False),
        ("Ida Holm", "Ida Holm", False),
        ("van", "Piet van Dam", False),
    ],
)
def test_shorter_forms(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Finn Bgg Mgrup", "Finn Bøg Mørup", True),
        ("Soren Aberg", "Søren Åberg", True),
        ("Finn Bøeg Mørup", "Finn Bøg Mørup", True),
        ("Lone Ravnhardt", "Lone Ravnhart", True),
        ("Mogesn Holm", "Mogens Holm", True),
        ("Ole Hansen", "Ole Jensen", False),
        ("Karen Holm", "Maren Holm", False),
        ("Ole Holm", "Ole Bang Holm", False),
        ("Bo", "Ib", False),
    ],
)
def test_wrong_spellings(a: str, b: str, expected: bool) -> None:
    assert misspells(a, b, LEXICON.names) is expected
    assert misspells(b, a, LEXICON.names) is expected


def test_shorter_forms_and_first_names_belong_to_the_only_person_who_has_them() -> None:
    text = "Ida Bang Holm bød velkommen. Ida Holm fortalte. Ida takkede. Holm svarede Bo Dam."
    assert _people(text) == {"Ida Bang Holm": 4, "Bo Dam": 1}


def test_a_name_that_two_people_have_stays_open() -> None:
    found = resolve_persons(_document("Hanne Fryd kom. Preben Fryd gik. Formand Fryd takkede."), LEXICON)
    assert [p.name for p in found.persons] == ["Hanne Fryd", "Preben Fryd"]
    assert [n.message for n in found.notices] == ["Fryd can be Hanne Fryd or Preben Fryd"]
    assert found.notices[0].code == "unresolved-person"


def test_damaged_forms_are_one_person_and_the_commonest_is_the_name() -> None:
    text = "Finn Bøg Mørup (MedCom) kom. Finn Bøg Mørup gik. Finn Bgg Mgrup (MedCom) svarede."
    (person,) = find_persons(_document(text), LEXICON)
    assert (person.name, person.organisations, len(person.mentions)) == ("Finn Bøg Mørup", ("MedCom",), 3)
    assert set(person.forms) == {"Finn Bøg Mørup", "Finn Bgg Mgrup"}


def test_people_of_the_attendance_list_are_never_merged() -> None:
    assert _people("Ole Holm, Ole Holmm", ("Ole Holm", None, None), ("Ole Holmm", None, None)) == {
        "Ole Holm": 1,
        "Ole Holmm": 1,
    }


def test_initials_stand_beside_a_role() -> None:
    text = "Til stede: Ejner Vad (EV, formand), Ida Holm (IH)\n\n1. Kajen\nEV spurgte til prisen. IH svarede.\n"
    persons = process(Document(id="a", source=text), LEXICON).persons
    assert {person.name: "EV" in person.forms for person in persons} == {"Ejner Vad": True, "Ida Holm": False}


def test_initials_count_where_the_document_introduces_them() -> None:
    assert _people("Til stede: Ejner Vad (EV) og Ida Dam. EV spurgte, og ID svarede.") == {"Ejner Vad": 3, "Ida Dam": 1}


def test_organisations_and_roles_come_from_list_brackets_and_titles() -> None:
    text = (
        "Direktør Ida Dam og Bo Holm (Region Fyn, suppleant) mødte Ole Bang fra KL "
        "og Kim Vang, professor ved Aarhus Universitet."
    )
    document = _document(text, ("Ida Dam", "Norddal Data", None))
    people = {p.name: (p.organisations, p.roles) for p in find_persons(document, LEXICON)}
    assert people == {
        "Ida Dam": (("Norddal Data",), ("Direktør",)),
        "Bo Holm": (("Region Fyn",), ("suppleant",)),
        "Ole Bang": (("KL",), ()),
        "Kim Vang": (("Aarhus Universitet",), ("professor",)),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oplæg af professor Ida Dam, Syddansk Universitet, om vand", {"Ida Dam": ("Syddansk Universitet",)}),
        ("Ida Dam, chefkonsulent, KL, bød velkommen.", {"Ida Dam": ("KL",)}),
        ("KL's konsulent Ida Dam og Bo Holm kom.", {"Ida Dam": ("KL",), "Bo Holm": ()}),
        ("Danske Regioner v/ Ida Dam orienterede.", {"Ida Dam": ("Danske Regioner",)}),
        ("Ida Dam, som kommer fra MedCom, afløser ham.", {"Ida Dam": ("MedCom",)}),
        ("Ida Dam gik, da hun er kasserer i Ældre Sagen.", {"Ida Dam": ("Ældre Sagen",)}),
        ("Ida Dam (KL) stopper. Bo Holm overtager hendes plads.", {"Ida Dam": ("KL",), "Bo Holm": ("KL",)}),
        ("Ida Dam, Bo Holm, KL og Danske Regioner kom.", {"Ida Dam": (), "Bo Holm": ()}),
        ("Ida Dam, Ravnene, ønskede sig et løb.", {"Ida Dam": ("Ravnene",)}),
        ("Ida Dam fra Kreds 4 spurgte til prisen.", {"Ida Dam": ("Kreds 4",)}),
        ("Fra Kystdirektoratet: Ida Dam fortalte om diget.", {"Ida Dam": ("Kystdirektoratet",)}),
        ("Ida Dam, DGI, og Bo Holm, KL, fremlagde.", {"Ida Dam": ("DGI",), "Bo Holm": ("KL",)}),
        ("Ida Dam (formand for KL) spurgte.", {"Ida Dam": ("KL",)}),
        ("Ida Dam (tidligere KL) spurgte.", {"Ida Dam": ("KL",)}),
        ("Ida Dam (se KL) spurgte.", {"Ida Dam": ()}),
        ("Ida Dam og Bo Holm, begge DGI, fremlagde.", {"Ida Dam": ("DGI",), "Bo Holm": ("DGI",)}),
        ("Ida Dam og Bo Holm, DGI, begge genvalgt.", {"Ida Dam": (), "Bo Holm": ("DGI",)}),
        ("Ida Dam fra Studievejledningen spurgte.", {"Ida Dam": ("Studievejledningen",)}),
        ("Kontaktperson hos Danske Regioner er Ida Dam.", {"Ida Dam": ("Danske Regioner",)}),
        ("Ida Dam, Møllevej, anførte, at det er dyrt.", {"Ida Dam": ()}),
        ("Ida Dam, Vejle, spurgte til prisen.", {"Ida Dam": ()}),
        ("Ida Dam, Formand, svarede nej.", {"Ida Dam": ()}),
        ("Ida Dam talte med KL.", {"Ida Dam": ()}),
    ],
)
def test_affiliations_in_sentences(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    persons = find_persons(Document(id="a", source=text), LEXICON)
    assert {person.name: person.organisations for person in persons} == expected


def test_people_known_only_by_a_first_name_are_people() -> None:
    text = "Lisbet fra nr. 14 spurgte til hegnet. Det tager ole sig af, siger Ole Dam."
    assert _people(text) == {
        "Lisbet": 1,
        "Ole Dam": 2,
    }


@given(st.lists(WORDS).map(" ".join))
def test_every_mention_stands_in_the_text_and_belongs_to_one_person(text: str) -> None:
    persons = find_persons(Document(id="a", source=text), LEXICON)
    spans = [span for person in persons for span in person.mentions]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len(spans) == len(set(spans))


@given(st.text(), st.text())
def test_likeness_takes_any_text(a: str, b: str) -> None:
    misspells(a, b, LEXICON.names)
    abbreviates(a, b)
    assert fold_name(fold_name(a)) == fold_name(a)


def test_a_long_list_of_initials_takes_linear_time() -> None:
    firsts, lasts = (
        ["Ib", "Karen", "Ole", "Tove", "Mona", "Per", "Signe"],
        ["Holst", "Dam", "Friis", "Lund", "Vang", "Krogh"],
    )
    rows = "".join(f"{first[0]}{last[0]} {first} {last}\n" for first in firsts for last in lasts)

    def repeated(times: int, n: int) -> Document:
        return _document(f"{n}\n" + rows * times)

    assert_linear(lambda document: find_persons(document, LEXICON), repeated, 20, 4, limit=8)


def test_a_name_is_misread_only_where_its_danish_letters_are_lost() -> None:
    assert misreads("Pia Melholt", "Pia Mølholt")
    assert misspells("Rie Sandbeck", "Rie Sandbæk", LEXICON.names)
    assert not misreads("Pia Mølholt", "Pia Melholt")
    assert not misreads("Ole Jansen", "Ole Jensen")
