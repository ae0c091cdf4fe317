"""The register: what is done only where a later meeting says so, and nobody merged who need not be one."""

from __future__ import annotations

import json
import random
import stat
from pathlib import Path
from typing import Any

import pytest
from made_document import cases

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.records import Minutes, to_minutes
from pipeline.records.lines import read_minutes
from pipeline.register import REGISTER_STREAMS, Register, make_register, write_register
from pipeline.values import Action, AgendaItem, Decision, Meeting, Organisation, Person, Section, Span

LEXICON = Lexicon.load()
BODY = "Bestyrelsen for Havnen"
NOBODY: tuple[Person, ...] = ()


def _held(
    name: str,
    date: str | None,
    text: str,
    *,
    body: str | None = BODY,
    title: str = "Sagen",
    tasks: tuple[tuple[list[str], str, str | None], ...] = (),
    outcome: str | None = None,
    persons: tuple[Person, ...] = NOBODY,
    organisations: tuple[Organisation, ...] = (),
) -> Minutes:
    """The record of a meeting with one item, whose tasks and decision are the whole text below its heading."""
    source = f"{title}\n\n{text}\n"
    start, end = len(title) + 2, len(source) - 1
    place: dict[str, Any] = {"start": start, "end": end, "rule": "made", "confidence": 1.0}
    people = [
        Person(p.name, p.forms or (p.name,), p.organisations, p.roles, _places(source, p.forms or (p.name,)))
        for p in persons
    ]
    heading = Span(0, len(title))
    item = AgendaItem(
        start=0, end=len(source), rule="made", confidence=1.0, number="1", title=title, kind=None, heading=heading,
        sections=(Section("other", None, 0, len(source)),),
    )  # fmt: skip
    return to_minutes(
        Document(
            id=name,
            source=source,
            meeting=Meeting(title=f"Referat {name}", body=body, date=date),
            items=(item,),
            actions=tuple(Action(**place, item=0, who=tuple(who), what=what, due=due) for who, what, due in tasks),
            decisions=(Decision(**place, item=0, outcome=outcome),) if outcome else (),
            persons=tuple(people),
            organisations=organisations,
        )
    )


def _places(text: str, forms: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(Span(at, at + len(form)) for form in forms if (at := text.find(form)) >= 0)


def _register(*meetings: Minutes) -> Register:
    return make_register(meetings, LEXICON)


@pytest.mark.parametrize("case", cases("register"), ids=lambda case: case["later"][:40])
def test_what_becomes_of_a_task(case: dict[str, Any]) -> None:
    persons = (Person("Ida Holm"), Person("Bo Krag"))
    first = _held(
        "a", "2025-02-04", case["what"], tasks=((case["who"], case["what"], case.get("due")),), persons=persons,
        title=case.get("item", "Bøjer og breve"),
    )  # fmt: skip
    second = _held(
        "b", case.get("later_date", "2025-04-01"), case["later"], persons=persons,
        body=case.get("later_body", BODY), title=case.get("later_item", "Meddelelser"),
    )  # fmt: skip
    [action] = _register(first, second).actions
    assert action.status == case["status"]
    assert [step.kind for step in action.steps] == case.get("steps", ["done"] if case["status"] == "done" else [])
    for step in action.steps:
        assert step.minutes_id == "b"
        assert second.text[step.start : step.end] == step.text == case["later"]


def test_a_sentence_that_fits_two_tasks_decides_nothing() -> None:
    what = "sender brevet til naboerne"
    first = _held("a", "2025-02-04", what, tasks=((["Ida Holm"], what, None), (["Bo Krag"], what, None)))
    second = _held("b", "2025-04-01", "Brevet til naboerne er sendt.")
    assert [action.status for action in _register(first, second).actions] == ["open", "open"]


def test_a_task_given_again_is_followed_where_it_was_given_last() -> None:
    def held(name: str, date: str, what: str) -> Minutes:
        return _held(name, date, what, tasks=((["Ida Holm"], what, None),))

    register = _register(
        held("a", "2025-02-04", "sender brevet til naboerne"),
        held("b", "2025-03-04", "sender brev til naboerne inden maj"),
        _held("c", "2025-04-01", "Brevet til naboerne er sendt."),
    )
    assert [(action.minutes_id, action.status) for action in register.actions] == [("a", "repeated"), ("b", "done")]


def test_minutes_without_body_or_date_are_not_followed() -> None:
    what = "sender brevet til naboerne"
    for body, date in ((None, "2025-02-04"), (BODY, None)):
        first = _held("a", date, what, body=body, tasks=((["Ida Holm"], what, "2024"),))
        second = _held("b", "2025-04-01", "Brevet til naboerne er sendt.", body=body)
        [action] = _register(first, second).actions
        assert action.steps == []


def test_a_matter_put_off_comes_back_under_its_title() -> None:
    first = _held("a", "2025-02-04", "Punktet blev udskudt.", title="Salg af molen", outcome="postponed")
    second = _held("b", "2025-04-01", "Godkendt.", title="Salg af molen", outcome="approved")
    one, other = _register(first, second).decisions
    assert (one.status, other.status) == ("resumed", "settled")
    assert [(step.minutes_id, step.text) for step in one.steps] == [("b", "Salg af molen")]
    third = _held("c", "2025-05-01", "Intet.", title="Salg af molen")
    assert _register(first, second, third).decisions[0].status == "pending", "a standing title tells nothing"


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (("STYREGRUPPEN FOR KLIMADATA", "Styregruppe for Klimadata"), True),
        (("Skolebestyrelsen på Skovskolen", "Skolebestyrelsen på Skovskølen"), True),
        (("Udvalget for Havne", "Udvalget for Havne og Veje"), False),
        (("Byrådet", "Byrådet"), False),
    ],
)
def test_which_meetings_are_of_one_body(names: tuple[str, str], same: bool) -> None:
    register = _register(*(_held(str(n), f"2025-0{n}-01", "Tekst.", body=name) for n, name in enumerate(names, 1)))
    assert len(register.bodies) == (1 if same else 2)


def test_bodies_of_one_word_are_one_where_people_are_shared() -> None:
    people = (Person("Ida Holm"), Person("Bo Krag"))
    meetings = [
        _held("a", "2025-01-01", "Ida Holm og Bo Krag mødte.", body="Byrådet", persons=people),
        _held("b", "2025-02-01", "Bo Krag og Ida Holm mødte.", body="Byrådet", persons=people),
        _held("c", "2025-03-01", "Ida Holm mødte.", body="Byrådet", persons=people[:1]),
    ]
    assert [len(body.meetings) for body in _register(*meetings).bodies] in ([1, 2], [2, 1])


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        (Person("Søren Dahl"), Person("Soren Dahl"), True),
        (Person("Ida Holm"), Person("Ida Bang Holm"), False),
        (Person("Ida Holm"), Person("Ida"), False),
        (Person("Ida"), Person("Ida"), False),
        (Person("I. Holm"), Person("I. Holm"), False),
        (Person("Ida Holm", organisations=("KL",)), Person("Ida Holm"), True),
        (Person("Ida Holm", organisations=("KL",)), Person("Ida Holm", organisations=("KL", "FOA")), True),
        (Person("Ida Holm", organisations=("KL",)), Person("Ida Holm", organisations=("FOA",)), False),
    ],
)
def test_who_is_merged(one: Person, other: Person, merged: bool) -> None:
    register = _register(
        _held("a", "2025-01-01", f"{one.name} mødte.", persons=(one,)),
        _held("b", "2025-02-01", f"{other.name} mødte.", persons=(other,)),
    )
    assert len(register.persons) == (1 if merged else 2)
    assert sorted(seen.entry_id for p in register.persons for seen in p.seen_in) == ["a/person/1", "b/person/1"]
    assert len({person.id for person in register.persons}) == len(register.persons)


def test_one_name_of_two_people_in_one_document_is_merged_with_nobody() -> None:
    twice = _held("a", "2025-01-01", "Ida Holm mødte.", persons=(Person("Ida Holm"), Person("Ida Holm")))
    once = _held("b", "2025-02-01", "Ida Holm mødte.", persons=(Person("Ida Holm"),))
    persons = _register(twice, once).persons
    assert [len(person.seen_in) for person in persons] == [1, 1, 1]
    assert len({person.id for person in persons}) == 3


def test_organisations() -> None:
    def told(name: str, *organisations: Organisation) -> Minutes:
        return _held(name, "2025-01-01", "Tekst.", organisations=organisations)

    register = _register(
        told("a", Organisation("Havnens Lods Forbund", ("HLF",)), Organisation("Birk A/S", (), None, "11111111")),
        told("b", Organisation("HLF"), Organisation("Birk A/S", (), None, "22222222")),
        told("c", Organisation("Birk A/S")),
        told("d", Organisation("DSR", ("Dansk Sygeplejeråd",))),
        told("e", Organisation("Dansk Sygeplejeråd")),
    )
    assert [(o.name, o.cvr, len(o.seen_in)) for o in register.organisations if not o.name.startswith("Birk")] == [
        ("Dansk Sygeplejeråd", None, 2),
        ("Havnens Lods Forbund", None, 2),
    ]
    birk = {o.cvr: len(o.seen_in) for o in register.organisations if o.name.startswith("Birk")}
    assert birk == {"11111111": 1, "22222222": 1, None: 1}


def test_the_order_of_the_records_changes_nothing(tmp_path: Path) -> None:
    people = (Person("Ida Holm"), Person("Bo Krag", organisations=("KL",)))
    meetings = [
        _held(str(n), f"2025-0{n}-01", "Ida Holm og Bo Krag mødte.", persons=people, body=body,
              tasks=((["Ida Holm"], "sender brev", None),))
        for n, body in enumerate(["Byrådet", "Byrådet", BODY, BODY, None], 1)
    ]  # fmt: skip
    register = _register(*meetings)
    random.Random(1).shuffle(meetings)  # noqa: S311 -- no secret
    assert _register(*meetings) == register
    write_register(register, tmp_path)
    for stream in REGISTER_STREAMS:
        path = tmp_path / f"{stream}.jsonl"
        assert len(path.read_text("utf-8").splitlines()) == len(getattr(register, stream))
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert {p.name for p in tmp_path.iterdir()} == {f"{stream}.jsonl" for stream in REGISTER_STREAMS}
    assert {
        json.loads(line)["person_ids"][0] for line in (tmp_path / "actions.jsonl").read_text("utf-8").splitlines()
    } == {person.id for person in register.persons if person.name == "Ida Holm"}


def test_records_are_read_back(tmp_path: Path) -> None:
    minutes = _held("a", "2025-02-04", "Brevet er sendt.")
    (tmp_path / "minutes.jsonl").write_text(minutes.model_dump_json(by_alias=True) + "\n", "utf-8")
    assert list(read_minutes(tmp_path)) == [minutes]


@pytest.mark.parametrize(("line", "told"), [(None, "no such file"), ("{}\n", "line 1, schema_version")])
def test_a_wrong_folder_is_told_in_one_line(tmp_path: Path, line: str | None, told: str) -> None:
    if line is not None:
        (tmp_path / "minutes.jsonl").write_text(line, "utf-8")
    with pytest.raises(Exception, match=told) as caught:
        list(read_minutes(tmp_path))
    assert "\n" not in str(caught.value)
