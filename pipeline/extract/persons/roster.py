"""The people of a document while it is read, and which of them a name can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import regex

from pipeline.extract.persons.identity import abbreviates, fold_name, misreads, misspells, part_of
from pipeline.lexicon.names import Names
from pipeline.values import Span

__all__ = ["MANY", "Entry", "Roster", "append_new"]

_ARTICLE = regex.compile(r"(?<=\p{L}{4})e?n$")
MANY = 500
"""No minutes name more people: beyond so many, every name as printed is taken for a person of its own."""


@dataclass
class Entry:
    """A person as far as known while the document is read."""

    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    mentions: set[Span] = field(default_factory=set)
    organisations: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    listed: bool = False
    """Whether the person stands in an attendance list."""

    @property
    def name(self) -> str:
        """The fullest name, of equally full ones the most frequent, with its æ, ø and å if any form has them."""
        best = max(self.names, key=lambda name: (len(name.split()), self.names[name], len(name), name), default="")
        return next((name for name in sorted(self.names) if misreads(best, name)), best)


class Roster(list[Entry]):
    """Everybody known so far."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def matching(self, name: str) -> list[Entry]:
        """The entries that a full name can mean, by the surest kind of likeness that any has."""
        return (
            self.alike(name)
            or self.where(lambda other: abbreviates(name, other))
            or self.where(lambda other: len(other.split()) > 1 and abbreviates(other, name))
            or self.where(lambda other: misspells(name, other, self._names))
        )

    def with_part(self, name: str) -> list[Entry]:
        """The entries that a lone name can mean."""
        return (
            self._called(name)
            or self.alike(name)
            or self.where(lambda other: part_of(name, other))
            or self.where(lambda other: abbreviates(name, other))
            or self.where(lambda other: len(name) > 4 and misspells(name, other.split()[0], self._names))
        )

    def _called(self, name: str) -> list[Entry]:
        """The one who is listed by this name alone, beside others who have more names."""
        if len(self) > MANY:
            return []
        return [entry for entry in self if entry.listed and set(entry.names) == {name}]

    def where(self, test: Callable[[str], bool]) -> list[Entry]:
        if len(self) > MANY:
            return []
        return [entry for entry in self if any(map(test, entry.names))]

    def alike(self, name: str) -> list[Entry]:
        """The entries that have a name but for accents, case and hyphens."""
        folded = fold_name(name)
        return self.where(lambda other: fold_name(other) == folded)


def append_new(values: list[str], value: str) -> None:
    """Add what is not there yet, in whatever case or, for a role, definite form ("kassereren")."""
    if _bare(value) not in map(_bare, values):
        values.append(value)


def _bare(value: str) -> str:
    return _ARTICLE.sub("", value.casefold())
