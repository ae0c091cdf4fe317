"""Danish personal names with their bearers, places that are no persons, and roles."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigurationError

__all__ = ["PARTICLES", "NameCount", "Names", "Roles"]

_PARTICLES = """
    af al ben bin da de del della den der di dos du el ibn la le ten ter van von zu
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Small words inside a name: "Carl af Rosen", "Else van der Ploeg"."""

WORD_WEIGHT = 30
"""One lower-case occurrence in 10 million tokens weighs as much as so many bearers: chosen so that "Bo", "Per" and
"Hans" are names and "Dag", "Maj" and "Skat" are not."""


_REMEMBERED = 20_000  # names and phrases of which is kept what they are


class NameCount(NamedTuple):
    """Bearers of a name as first and as family name, and how often its form stands in running text."""

    first: int
    family: int
    word: int
    capitalised: int


_UNKNOWN = NameCount(0, 0, 0, 0)


class Names:
    """Which words are first names and which are family names.

    >>> from pipeline.lexicon import Lexicon
    >>> names = Lexicon.load().names
    >>> names.is_first("Karen"), names.is_last("Karen"), names.is_first("Dag")
    (True, False, False)
    """

    def __init__(
        self, counts: dict[str, NameCount], places: frozenset[str], localities: frozenset[str] = frozenset()
    ) -> None:
        self._counts = counts
        self._places = places
        self._localities = localities
        self._folded = {place.casefold() for place in places}
        self.count = lru_cache(maxsize=_REMEMBERED)(self._find_count)
        self._share = lru_cache(maxsize=_REMEMBERED)(self._find_share)

    @classmethod
    def read(cls, folder: Path) -> Names:
        """The names of models/names. Raises `ConfigurationError` when a file is missing or a row is wrong."""
        counts: dict[str, NameCount] = {}
        line = ""
        try:
            for line in (folder / "names.tsv").read_text("utf-8").splitlines():
                if not line.startswith("#"):
                    name, first, family, word, capitalised = line.split("\t")
                    counts[name] = NameCount(int(first), int(family), int(word), int(capitalised))
            places = (folder / "places.txt").read_text("utf-8").splitlines()
            localities = (folder / "localities.txt").read_text("utf-8").splitlines()
        except ValueError as error:
            raise ConfigurationError(f"names.tsv: {line!r} is not a name and four numbers") from error
        except OSError as error:
            raise ConfigurationError(f"models/names: {error}") from error
        return cls(counts, frozenset(place for place in places if not place.startswith("#")), frozenset(localities))

    def _find_count(self, name: str) -> NameCount:
        """The figures for a name, whatever its case; all zero for an unknown one."""
        return self._counts.get(name) or self._counts.get(name.title(), _UNKNOWN)

    def first_score(self, word: str) -> float:
        """From 0 to 1: how far a capitalised word is a first name rather than a common word.

        A hyphenated name is as good as its weaker half.
        """
        return self._share(word, False)

    def last_score(self, word: str) -> float:
        """From 0 to 1: how far a capitalised word is a middle or last name rather than a common word."""
        return self._share(word, True)

    def score(self, name: str) -> float:
        """From 0 to 1: how far a whole name ("Karen Holm Dam") looks like first name and family name.

        The mean over its parts, 0 for a part that is neither; initials and particles are left out of account.
        """
        parts = [part for part in name.split() if len(part.rstrip(".")) > 1 and part.casefold() not in PARTICLES]
        if not parts:
            return 0.0
        scores = [max(self.first_score(parts[0]), 0.5 * self.last_score(parts[0]))]
        scores += [max(self.last_score(part), 0.7 * self.first_score(part)) for part in parts[1:]]
        return sum(scores) / len(scores)

    def is_first(self, name: str) -> bool:
        """Whether a word is a first name more often than anything else."""
        count = self.count(name)
        return self.first_score(name) >= 0.5 and (count.first >= count.family or count.first >= 1000 or "-" in name)

    def is_last(self, name: str) -> bool:
        """Whether a word is a middle or last name more often than anything else."""
        count = self.count(name)
        return self.last_score(name) >= 0.5 and (count.family >= 0.02 * count.first or "-" in name)

    def is_name(self, name: str) -> bool:
        return self.first_score(name) >= 0.5 or self.last_score(name) >= 0.5

    def is_place(self, name: str) -> bool:
        """Whether a word is a town, an island or a country; some are family names too ("Randers")."""
        return name in self._places or name.casefold() in self._folded

    def is_locality(self, name: str) -> bool:
        """Whether a name as it is printed is that of a village, a water or a wood; many are a family's too."""
        return name in self._localities

    def _find_share(self, word: str, family: bool) -> float:
        count = self.count(word)
        if count is _UNKNOWN and "-" in word:
            return min((self._share(part, family) for part in word.split("-") if part), default=0.0)
        bearers = count.family if family else count.first
        return bearers / (bearers + WORD_WEIGHT * count.word + 1) if bearers else 0.0


_SPACE = re.compile(r"\s+")
_ENDING = re.compile(r"(?:e?ns?|e?ts?|s)$")
_LONG_ENDING = re.compile(r"(?<=\w{5})(?:e?n|e?ns)$")


class Roles(dict[str, str]):
    """Role words in lower case and their group: chair, deputy_chair, minute_taker, treasurer, member, ….

    >>> roles = Roles({"formand": "chair", "direktør": "staff"})
    >>> roles.group("Formanden"), roles.group("socialdirektør"), roles.group("havnen")
    ('chair', 'staff', None)
    """

    @classmethod
    def read(cls, path: Path) -> Roles:
        """The roles of models/lists/roles.tsv. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
            return cls({row[0]: row[1] for row in rows})
        except (OSError, IndexError) as error:
            raise ConfigurationError(f"{path.name}: {error}") from error

    @cached_property
    def _asked(self) -> dict[str, str | None]:
        return {}

    def group(self, phrase: str) -> str | None:
        """The group of a role as printed: also definite, in the genitive, as a compound, or with a word before it.

        None for anything that is no role. "Teknisk direktør" is found by its last word, "socialdirektør" by its end.
        """
        if phrase not in self._asked:
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[phrase] = self._group(phrase)
        return self._asked[phrase]

    def _group(self, phrase: str) -> str | None:
        phrase = _SPACE.sub(" ", phrase.strip(" .,:;-–")).casefold()
        words = phrase.split(" ")
        for candidate in (phrase, words[-1], words[0] if len(words) == 2 else ""):
            for form in (candidate, _ENDING.sub("", candidate)):
                if form in self:
                    return self[form]
        last = _LONG_ENDING.sub("", words[-1])
        for cut in range(2, len(last) - 3):
            if last[cut:] in self and len(last) - cut >= 4:
                return self[last[cut:]]
        return None
