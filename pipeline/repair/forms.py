"""Which forms of the lexicon may stand behind letters that were read: one look-up for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from pipeline.errors import ConfigurationError
from pipeline.lexicon.words import WordCount, Words
from pipeline.repair.channel import DANISH, Alignment, Channel, Confusion, Folded, key, outline

__all__ = ["Form", "Forms", "save_index"]

_RARE = "dsc"  # letters that stand for a Danish one now and then: they are no part of its key
_LONGEST_RARE = 14  # letters; in longer words the rare confusions are tried at the start alone


class Form(NamedTuple):
    """A form of the lexicon that may have been meant, how it was misread, and its counts."""

    form: str
    alignment: Alignment
    counts: WordCount

    @property
    def probability(self) -> float:
        """P(seen | form)."""
        return self.alignment.probability


class Forms:
    """Finds the forms with Danish letters that the channel may have turned into some letters.

    All forms that may look alike after damage share a key (see `channel.key`), and the index holds the forms of
    each key. Two keys with the same checksum do no harm: the channel gives such a form no probability.
    """

    def __init__(
        self, words: Words, channel: Channel, index: tuple[Sequence[int], Sequence[int], Sequence[int]]
    ) -> None:
        self._words, self._channel = words, channel
        checksums, starts, self._numbers = index
        self._starts = dict(zip(checksums, zip(starts, [*starts[1:], len(self._numbers)], strict=True), strict=True))
        self._kept: dict[tuple[Folded, bool], tuple[Form, ...]] = {}

    @classmethod
    def read(cls, words: Words, channel: Channel, file: Path) -> Forms:
        """The index that the training stored. Raises `ConfigurationError` when the file is missing or wrong."""
        try:
            with np.load(file, allow_pickle=False) as stored:
                index = [np.cumsum(stored[name]).tolist() for name in ("checksum_steps", "start_steps")]
                return cls(words, channel, (index[0], index[1], stored["numbers"].tolist()))
        except (OSError, KeyError, ValueError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error

    def through(self, channel: Channel) -> Forms:
        """The same forms behind another channel."""
        other = Forms.__new__(Forms)
        other._words, other._channel = self._words, channel
        other._starts, other._numbers, other._kept = self._starts, self._numbers, {}
        return other

    def share(self, confusion: Confusion) -> float:
        """P(seen | meant) of one confusion in this channel."""
        return self._channel.share(confusion)

    def behind(self, seen: Folded, *, rare: bool) -> tuple[Form, ...]:
        """Forms with a Danish letter that may have been read as `seen`; with the rare confusions where asked."""
        found = self._kept.get((seen, rare))
        if found is None:
            found = self._kept[seen, rare] = self._behind(seen, rare=rare)
        return found

    def align(self, form: str, seen: Folded) -> Alignment:
        """How a form was misread as `seen`, also one that no list knows."""
        return self._channel.align(form, seen)

    def _behind(self, seen: Folded, *, rare: bool) -> tuple[Form, ...]:
        keys = {key(seen.letters)}
        if rare:
            keys |= _rare_keys(seen.letters)
        numbers: set[int] = set()
        for one in keys:
            start, end = self._starts.get(crc32(one.encode()), (0, 0))
            numbers.update(self._numbers[start:end])
        found = []
        for number in sorted(numbers):
            form = self._words.forms[number]
            alignment = self._channel.align(form, seen)
            if alignment.probability > 0:
                found.append(Form(form, alignment, self._words.numbered(number)))
        return tuple(found)


def _rare_keys(letters: str) -> set[str]:
    """Keys of the letters where a Danish one was read as d, s, c or "@m", with an i or s beside it, or not at all."""
    shape = outline(letters)
    found = set()
    for place, letter in enumerate(f"{letters}$" if len(letters) <= _LONGEST_RARE else letters[:2]):
        before, after = shape[:place], shape[place + 1 :]
        found.add(before + "*" + shape[place:])
        if letter in _RARE:
            found.add(before + "*" + after)
        elif (letter == "i" and place and letters[place - 1] in "gd") or (letter == "m" and letters[:place] == "@"):
            found.add(before + after)
    return {key(one) for one in found}


def save_index(forms: Sequence[str], file: Path) -> None:
    """Store the index of the forms with a Danish letter; the numbers of the forms are their places."""
    by_key: dict[int, list[int]] = {}
    for number, form in enumerate(forms):
        if not DANISH.isdisjoint(form):
            by_key.setdefault(crc32(key(form).encode()), []).append(number)
    checksums = np.array(sorted(by_key), dtype=np.uint64)
    sizes = [0, *(len(by_key[checksum]) for checksum in sorted(by_key))]
    np.savez_compressed(
        file,
        checksum_steps=np.diff(checksums, prepend=np.uint64(0)).astype(np.uint32),
        start_steps=np.array(sizes[:-1], dtype=np.uint16),
        numbers=np.array([number for one in sorted(by_key) for number in by_key[one]], dtype=np.uint32),
    )
