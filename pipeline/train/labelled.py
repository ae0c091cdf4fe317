"""Sentences with their names marked, as damage and repair leave them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.repair import repair
from pipeline.values import Edit

__all__ = ["UNSURE", "Label", "Labelled", "damaged", "read_conllu", "repaired"]

UNSURE = ""
"""The label of what may be a name or not: nothing is learnt from it."""
_TOGETHER = 60  # sentences that are repaired as one document


class Label(NamedTuple):
    """A name in a sentence; the label is PER, ORG or LOC, or `UNSURE`."""

    start: int
    end: int
    label: str


class Labelled(NamedTuple):
    """A sentence and its names."""

    text: str
    labels: tuple[Label, ...]


def read_conllu(path: Path) -> Iterator[Labelled]:
    """The sentences of a CoNLL-U file whose last column holds the names (`name=B-PER`)."""
    for block in path.read_text("utf-8").split("\n\n"):
        text, labels, cursor = "", list[Label](), 0
        for line in block.splitlines():
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            columns = line.split("\t")
            if len(columns) != 10 or not columns[0].isdigit():
                continue
            start = text.index(columns[1], cursor)
            cursor = start + len(columns[1])
            name = dict(field.partition("=")[::2] for field in columns[9].split("|")).get("name", "O")
            if name.startswith("I-") and labels:
                labels[-1] = labels[-1]._replace(end=cursor)
            elif name != "O":
                labels.append(Label(start, cursor, name[2:]))
        if text:
            yield Labelled(text, tuple(labels))


class Damage:
    """The channel turned round: gives a text the damage that the wrong OCR model would do to its Danish letters."""

    def __init__(self, channel: Path, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- noise, no secret
        self._seen: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for row in channel.read_text("utf-8").splitlines()[1:]:
            meant, seen, probability = row.split("\t")
            self._seen[meant].append((seen, float(probability)))

    def __call__(self, sentence: Labelled) -> Labelled:
        """The sentence as OCR would have read it."""
        edits: list[Edit] = []
        for place, letter in enumerate(sentence.text):
            if letter in "æøåÆØÅ":
                pair = sentence.text[max(place - 1, 0) : place + 1]
                after = self._pick(pair, whole=False) if len(pair) == 2 else None
                if after is not None and place > (edits[-1].end if edits else 0):
                    edits.append(Edit(place - 1, place + 1, pair, after, "", 1.0))
                else:
                    edits.append(Edit(place, place + 1, letter, self._pick(letter, whole=True) or "", "", 1.0))
        return edited(sentence, edits)

    def _pick(self, meant: str, *, whole: bool) -> str | None:
        """What is seen for `meant`; None where the rows leave a share of it to its last letter alone."""
        rows = self._seen.get(meant, [])
        total = sum(share for _, share in rows)
        draw = self._random.random() * (total if whole else max(total, 1.0))
        for seen, share in rows:
            draw -= share
            if draw <= 0:
                return seen
        return None


def damaged(sentences: Iterable[Labelled], channel: Path, seed: int = 1) -> Iterator[Labelled]:
    """Each sentence as OCR with the wrong model would have read it."""
    return map(Damage(channel, seed), sentences)


def repaired(sentences: Sequence[Labelled], lexicon: Lexicon) -> Iterator[Labelled]:
    """Each damaged sentence as the stage repair gives it back, many at a time, as they stand in a document."""
    for first in range(0, len(sentences), _TOGETHER):
        chunk = sentences[first : first + _TOGETHER]
        edits = repair(Document(id="train", source="\n".join(s.text for s in chunk)), lexicon).edits
        begin = 0
        for sentence in chunk:
            end = begin + len(sentence.text)
            here = [e._replace(start=e.start - begin, end=e.end - begin) for e in edits if begin <= e.start < end]
            yield edited(sentence, [edit for edit in here if edit.end <= len(sentence.text)])
            begin = end + 1


def edited(sentence: Labelled, edits: Sequence[Edit]) -> Labelled:
    """The sentence with edits made (sorted, none over another), and its names where they stand then.

    >>> edited(Labelled("Jgrgen gik", (Label(0, 6, "PER"),)), [Edit(1, 2, "g", "øø", "", 1.0)])
    Labelled(text='Jøørgen gik', labels=(Label(start=0, end=7, label='PER'),))
    """
    text, pieces, cursor = sentence.text, list[str](), 0
    for edit in edits:
        pieces += [text[cursor : edit.start], edit.after]
        cursor = edit.end
    shifts = list(accumulate((len(edit.after) - (edit.end - edit.start) for edit in edits), initial=0))

    def moved(offset: int, *, right: bool) -> int:
        for edit, shift in zip(edits, shifts, strict=False):
            if offset <= edit.start:
                return offset + shift
            if offset < edit.end:
                return edit.start + shift + (len(edit.after) if right else 0)
        return offset + shifts[-1]

    labels = (Label(moved(a, right=False), moved(b, right=True), label) for a, b, label in sentence.labels)
    return Labelled("".join(pieces) + text[cursor:], tuple(one for one in labels if one.start < one.end))
