"""Sentences with invented names in them: who reads many of them learns the places of names, not the names."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from pipeline.lexicon import Lexicon
from pipeline.train.labelled import Label, Labelled

__all__ = ["Inventor", "read_frames"]

_SLOT = regex.compile(r"\[(ORG|ACR|PER|FIRST|LOC|THING)\](s?)")
_LABELS = {"ORG": "ORG", "ACR": "ORG", "PER": "PER", "FIRST": "PER", "LOC": "LOC", "THING": ""}
_LETTERS = regex.compile(r"\p{Lu}{2,6}")
_FORMS = ["A/S", "ApS", "I/S", "Amba", "P/S"]
_CONSONANTS, _VOWELS = "BDFGHKLMNPRSTV", "AEIOUYØÅ"


class Inventor:
    """Makes up names, and puts them into sentences; the same seed gives the same."""

    def __init__(self, lexicon: Lexicon, pieces: Path, seed: int = 3) -> None:
        """`pieces` is a TOML file with `heads` and `tails` of place names, `syllables` of brands, and `trades`."""
        lists: dict[str, list[str]] = {
            key: words.split() for key, words in tomllib.loads(pieces.read_text("utf-8")).items()
        }
        self._heads, self._tails, self._syllables, self._trades = (
            lists[key] for key in ("heads", "tails", "syllables", "trades")
        )
        self._random = random.Random(seed)  # noqa: S311 -- names, no secrets
        table = (lexicon.directory / "names" / "names.tsv").read_text("utf-8").splitlines()[1:]
        rows = [(name, int(first), int(family)) for name, first, family, *_ in (row.split("\t") for row in table)]
        self._first = [(name, first) for name, first, family in rows if first > family and first >= 2]
        self._family = [(name, family) for name, first, family in rows if family > first and family >= 2]
        self._places = (lexicon.directory / "names" / "places.txt").read_text("utf-8").splitlines()[1:]
        self._rare = [
            form for form in lexicon.words.forms if form.isalpha() and form.isascii() and 4 <= len(form) <= 10
        ]

    def fill(self, frame: str) -> Labelled:
        """A frame ("[PER] ringer til [ORG]") with names in its places."""
        pieces, labels, length, cursor = list[str](), list[Label](), 0, 0
        for slot in _SLOT.finditer(frame):
            name = self.name(slot[1])
            before = frame[cursor : slot.start()]
            start = length + len(before)
            labels.append(Label(start, start + len(name) + len(slot[2]), _LABELS[slot[1]]))
            pieces += [before, name, slot[2]]
            length = start + len(name) + len(slot[2])
            cursor = slot.end()
        marked = tuple(label for label in labels if label.label)
        return Labelled("".join(pieces) + frame[cursor:], marked)

    def renamed(self, sentence: Labelled, share: float = 0.8) -> Labelled:
        """A sentence with most of its names replaced by invented ones of the same label; the genitive stays."""
        pieces, labels, length, cursor = list[str](), list[Label](), 0, 0
        for start, end, label in sentence.labels:
            printed, before = sentence.text[start:end], sentence.text[cursor:start]
            name = printed
            if label and self._random.random() < share:
                kind = ("PER" if " " in printed else "FIRST") if label == "PER" else label
                name = self.name("ACR" if label in ("ORG", "PER") and _LETTERS.fullmatch(printed) else kind)
            pieces += [before, name]
            length += len(before)
            labels.append(Label(length, length + len(name), label))
            length += len(name)
            cursor = end
        return Labelled("".join(pieces) + sentence.text[cursor:], tuple(labels))

    def name(self, kind: str) -> str:
        """An invented name for a slot."""
        pick = self._random.choice
        if kind == "FIRST":
            return self._drawn(self._first)
        if kind == "PER":
            parts = [self._drawn(self._first), *(self._drawn(self._family) for _ in range(pick((1, 1, 2))))]
            if self._random.random() < 0.1:
                parts[1] = f"{parts[1]}-{self._drawn(self._family)}"
            if self._random.random() < 0.08:
                parts.insert(1, f"{pick(_CONSONANTS)}.")
            if self._random.random() < 0.05:
                parts[-1] = self._coined()
            return " ".join(parts)
        if kind == "ACR":
            return "".join(pick(_CONSONANTS + _VOWELS) for _ in range(pick((2, 3, 3, 3, 4))))
        if kind == "LOC":
            place = pick(self._places) if self._random.random() < 0.5 else pick(self._heads) + pick(self._tails)
            street = place + pick(("vej", "gade", "vænget", "parken", "skoven"))
            return pick((place, place, place, f"{place} {pick(('Torv', 'Havn', 'Strand'))}", street))
        if kind == "THING":
            return pick((self._coined(), self._coined(), f"{self._coined()} {self._coined()}", self._word()))
        return self._organisation()

    def _organisation(self) -> str:
        pick = self._random.choice
        one = pick((self._coined, self._coined, self._word, lambda: self._drawn(self._family)))()
        return pick(
            (
                one,
                one,
                one,
                f"{one} {pick(_FORMS)}",
                f"{one} {pick(self._trades)}",
                f"{one} {pick(self._trades)} {pick(_FORMS)}",
                f"{one} & {self._drawn(self._family)}",
                f"{self._coined()} og {self._coined()} {pick(self._trades)}",
                f"{one}{pick(('skolen', 'hallen', 'huset', 'gruppen', 'foreningen', 'fonden', 'centret', 'bladet'))}",
                f"{pick(self._trades)}{pick(('gruppen', 'huset', 'centret'))} {one}",
                f"Foreningen {one}",
            )
        )

    def _coined(self) -> str:
        pick = self._random.choice
        if self._random.random() < 0.5:
            return pick(self._heads) + pick(self._tails)
        return "".join(pick(self._syllables) for _ in range(pick((2, 2, 3)))).capitalize()

    def _word(self) -> str:
        return self._random.choice(self._rare).capitalize()

    def _drawn(self, names: Sequence[tuple[str, int]]) -> str:
        """A name; half of the time as often as it is borne, else any."""
        if self._random.random() < 0.5:
            return self._random.choice(names)[0]
        return max((self._random.choice(names) for _ in range(40)), key=lambda pair: pair[1])[0]


def read_frames(path: Path) -> Iterator[str]:
    """The frames of a file, one a line; lines with # are comments."""
    yield from (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
