"""Danish organisations: canonical names, kinds and the other names they go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from pipeline.errors import ConfigurationError

__all__ = ["KINDS", "KnownOrganisation", "Organisations"]

KINDS = frozenset(
    {
        *("municipality", "region", "ministry", "agency", "union", "company", "association"),
        *("party", "hospital", "university", "committee", "other"),
    }
)
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")


class KnownOrganisation(NamedTuple):
    """An organisation as models/organisations has it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


class Organisations:
    """The known organisations, to be looked up by any of their names or found token by token.

    >>> from pipeline.lexicon import Lexicon
    >>> organisations = Lexicon.load().organisations
    >>> organisations.lookup("Kommunernes Landsforening").name, organisations.municipality("Gladsaxe").name
    ('KL', 'Gladsaxe Kommune')
    """

    def __init__(self, known: Iterable[KnownOrganisation]) -> None:
        self.known = tuple(known)
        self._by_name: dict[str, KnownOrganisation] = {}
        self._by_token: dict[str, list[tuple[tuple[str, ...], KnownOrganisation]]] = {}
        for entry in self.known:
            for name in (entry.name, *entry.aliases):
                self._by_name.setdefault(_key(name), entry)
                tokens = tuple(_TOKEN.findall(name))
                self._by_token.setdefault(tokens[0].casefold(), []).append((tokens, entry))
        for names in self._by_token.values():
            names.sort(key=lambda pair: -len(pair[0]))
        self._municipalities = {
            place.casefold(): entry for entry in self.known if entry.kind == "municipality" for place in _places(entry)
        }

    @classmethod
    def read(cls, folder: Path) -> Organisations:
        """The organisations of models/organisations. Raises `ConfigurationError` when a row is wrong."""
        known = []
        try:
            for line in (folder / "organisations.tsv").read_text("utf-8").splitlines():
                if not line.startswith("#"):
                    name, kind, aliases = line.split("\t")
                    if kind not in KINDS:
                        raise ConfigurationError(f"organisations.tsv: {name!r} has the unknown kind {kind!r}")
                    known.append(KnownOrganisation(name, kind, tuple(aliases.split("|")) if aliases else ()))
        except ValueError as error:
            raise ConfigurationError(f"organisations.tsv: {line!r} is not name, kind and aliases") from error
        except OSError as error:
            raise ConfigurationError(f"models/organisations: {error}") from error
        return cls(known)

    def lookup(self, name: str) -> KnownOrganisation | None:
        """The organisation that goes by this name, whatever its case; or None."""
        return self._by_name.get(_key(name))

    def municipality(self, place: str) -> KnownOrganisation | None:
        """The municipality that is called after a place, or None."""
        return self._municipalities.get(place.casefold())

    def starting_with(self, token: str, *, genitive: bool = False) -> list[tuple[tuple[str, ...], KnownOrganisation]]:
        """The names that open with a token, as tokens, the longest first; with `genitive` also without its last s."""
        folded = token.casefold()
        names = self._by_token.get(folded, [])
        if genitive and folded.endswith("s"):
            names = names + self._by_token.get(folded[:-1], [])
        return names


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _places(entry: KnownOrganisation) -> Iterator[str]:
    for name in (entry.name, *entry.aliases):
        place = regex.sub(r" (?:Regionsk|K)ommune$", "", name)
        yield place
        if place in {"Københavns", "Bornholms"}:
            yield place[:-1]
