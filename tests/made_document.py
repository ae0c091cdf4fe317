"""Documents of one agenda item, made for the tests of what stands in items."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.layout import read_lines
from pipeline.values import AgendaItem, DateValue, Found, Meeting, Organisation, Person, Section, Span

__all__ = ["any_document", "cases", "is_grounded", "made", "made_case"]


def made(
    text: str,
    *,
    persons: Iterable[str] = (),
    organisations: Iterable[str] = (),
    dates: Iterable[tuple[str, str]] = (),
    title: str = "Bestyrelsesmøde",
    item: str = "Sagen",
    kind: str = "other",
    date: str | None = "2026-05-12",
    chair: str | None = None,
) -> Document:
    """A document that is one item; "Ida Holm|Ida|IH" is a person with her forms, ("1. maj", "2026-05-01") a date."""
    people = []
    for names in persons:
        name, *forms = names.partition("=")[0].split("|")
        home = tuple(filter(None, [names.partition("=")[2]]))
        people.append(Person(name, (name, *forms), home, (), _places(text, [name, *forms])))
    return Document(
        id="made",
        source=text,
        lines=read_lines(text),
        meeting=Meeting(title=title, date=date, chair=chair),
        items=(
            AgendaItem(
                start=0,
                end=len(text),
                rule="made",
                confidence=1.0,
                number="1",
                title=item,
                kind=None,
                heading=Span(0, 0),
                sections=(Section(kind, None, 0, len(text)),),
            ),
        ),
        persons=tuple(people),
        organisations=tuple(Organisation(name, (), None, None, _places(text, [name])) for name in organisations),
        dates=tuple(
            DateValue(
                start=text.index(words),
                end=text.index(words) + len(words),
                rule="made",
                confidence=1.0,
                iso=iso,
                granularity="day",
            )
            for words, iso in dates
        ),
    )


def _places(text: str, forms: list[str]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(match.start() < end and start < match.end() for start, end in spans):
                spans.append(Span(*match.span()))
    return tuple(sorted(spans))


FRAGMENTS = (
    "Ida Holm",
    "Ida",
    "(KL)",
    "formanden",
    "Bestyrelsen",
    "styregruppen",
    "fortalte",
    "spurgte",
    "foreslog",
    "besluttede",
    "blev godkendt",
    "tages til efterretning",
    "Det indstilles",
    "at",
    "og",
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\na. ",
    "sender",
    "skal undersøge",
    "senest",
    "1. maj",
    "Ansvarlig:",
    "12 stemte for",
    "imod: 3",
    "Godkendt",
    "valgt",
    "dog",
    "-\n",
    "\f",
    "\u2028",
    "👍",
)


@cache
def cases(name: str) -> list[dict[str, Any]]:
    """The cases of tests/cases/NAME.toml."""
    loaded = tomllib.loads(Path(__file__).with_name("cases").joinpath(f"{name}.toml").read_text("utf-8"))
    return list(loaded["case"])


def made_case(case: dict[str, Any]) -> Document:
    """The document of a case: its fields are the arguments of `made`."""
    known = ("persons", "organisations", "dates", "title", "item", "kind", "date", "chair")
    return made(case["text"], **{key: case[key] for key in known if key in case})


def any_document() -> st.SearchStrategy[Document]:
    """Documents of any text, of words that the rules look for and of both."""
    words = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)
    kinds = st.sampled_from(["other", "decision", "recommendation", "summary"])
    texts = st.one_of(st.text(max_size=200), words, st.tuples(words, st.text(max_size=40), words).map("".join))
    return st.builds(
        lambda text, kind: made(text, persons=["Ida Holm|Ida"], organisations=["KL"], kind=kind), texts, kinds
    )


def is_grounded(document: Document, found: Sequence[Found]) -> bool:
    """Whether spans are true, lie in the item, say something, and come in order."""
    inside = all(0 <= f.start < f.end <= len(document.text) and 0 < f.confidence <= 1 for f in found)
    return inside and [f.start for f in found] == sorted(f.start for f in found)
