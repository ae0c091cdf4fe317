"""Danish organisations: canonical names, kinds and the other names they go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.errors import ConfigurationError

__all__ = ["KINDS", "KnownOrganisation", "Organisations"]

KINDS = frozenset(
    {
        *("municipality", "region", "ministry", "agency", "union", "company", "association"),
        *("party", "hospital", "university", "committee", "other"),
    }
)
LONG = 10
"""A name of so many letters is known though one of them is wrong."""
SHORTEST = 5
"""A word of so many letters in a name of several words may be wrong in one of them."""
MOST = 5
"""Words in the longest name that is known though a word of it is wrong."""
_LETTERS = str.maketrans({"ø": "o", "å": "a", "æ": "ae", "é": "e"})
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
        self._long = {
            _bare(name): entry
            for entry in self.known
            for name in (entry.name, *entry.aliases)
            if " " not in name and len(name) >= LONG
        }
        self._gapped: dict[tuple[str, ...], list[tuple[str, KnownOrganisation]]] = {}
        for entry in self.known:
            for name in (entry.name, *entry.aliases):
                words = [word.casefold() for word in _TOKEN.findall(name)]
                if 2 <= len(words) <= MOST and len(name) >= LONG:
                    for place, word in enumerate(words):
                        if len(word) >= SHORTEST:
                            self._gapped.setdefault(_gap(words, place), []).append((_bare(word), entry))
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

    def nearly(self, word: str) -> KnownOrganisation | None:
        """The one organisation whose name of one long word this is, but for a letter; or None.

        >>> from pipeline.lexicon import Lexicon
        >>> Lexicon.load().organisations.nearly("Sundhedsstyrclsen").name
        'Sundhedsstyrelsen'
        """
        word = _bare(word)
        if len(word) < LONG - 1:
            return None
        alike = process.extract(word, self._long.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        near = {self._long[name].name: self._long[name] for name, _, _ in alike}
        return next(iter(near.values())) if len(near) == 1 else None

    def nearly_several(self, words: tuple[str, ...], place: int) -> KnownOrganisation | None:
        """The organisation whose name this is, but for a letter or two of the word at `place`; or None."""
        wrong = _bare(words[place])
        for right, entry in self._gapped.get(_gap([word.casefold() for word in words], place), []):
            allowed = 1 if len(right) < LONG else 2
            if OSA.distance(wrong, right, score_cutoff=allowed) <= allowed:
                return entry
        return None

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


def _bare(name: str) -> str:
    """A name as it is compared with a misread one: lower case, æøå as a reader without them writes them."""
    return name.casefold().translate(_LETTERS).replace("ae", "a").replace("aa", "a")


def _gap(words: list[str], place: int) -> tuple[str, ...]:
    return (*words[:place], "", *words[place + 1 :])


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _places(entry: KnownOrganisation) -> Iterator[str]:
    for name in (entry.name, *entry.aliases):
        place = regex.sub(r" (?:Regionsk|K)ommune$", "", name)
        yield place
        if place in {"Københavns", "Bornholms"}:
            yield place[:-1]
