"""Everything the pipeline knows about Danish and about minutes, loaded from models/ piece by piece when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pipeline.installed import models
from pipeline.lexicon.names import Names, Roles
from pipeline.lexicon.organisations import Organisations
from pipeline.lexicon.rules import Rule, load_rules
from pipeline.lexicon.words import Words

__all__ = ["Lexicon"]


class Lexicon:
    """What was learnt and written down about Danish minutes.

    Each part is read from `directory` the first time it is asked for, and kept.

    >>> Lexicon.load().rules("items")[0].name
    'numbered-dot'
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._by_name: dict[str, dict[str, Rule]] = {}

    @classmethod
    def load(cls, directory: Path | None = None) -> Lexicon:
        """The lexicon in `directory`, or the one that came with referat."""
        return cls(directory or models())

    def rules(self, name: str) -> tuple[Rule, ...]:
        """The rules of models/rules/NAME.toml. Raises `ConfigurationError` when the file is missing or wrong."""
        if name not in self._rules:
            self._rules[name] = load_rules(self.directory / "rules" / f"{name}.toml")
        return self._rules[name]

    def by_name(self, name: str) -> Mapping[str, Rule]:
        """The same rules by their names.

        >>> Lexicon.load().by_name("votes")["ballot"].name
        'ballot'
        """
        if name not in self._by_name:
            self._by_name[name] = {rule.name: rule for rule in self.rules(name)}
        return self._by_name[name]

    @cached_property
    def names(self) -> Names:
        """First names, family names and places (models/names)."""
        return Names.read(self.directory / "names")

    @cached_property
    def organisations(self) -> Organisations:
        """Known organisations with their kinds and aliases (models/organisations)."""
        return Organisations.read(self.directory / "organisations")

    @cached_property
    def roles(self) -> Roles:
        """Role words in lower case and their group (models/lists/roles.tsv)."""
        return Roles.read(self.directory / "lists" / "roles.tsv")

    @cached_property
    def words(self) -> Words:
        """Danish forms with their counts, alone and in pairs (models/words)."""
        return Words.read(self.directory / "words")
