"""Trains the speller of repair (`pipeline.repair.speller`): Danish forms, misread as the channel misreads them.

Each form of the lexicon is drawn by the logarithm of its count, written small, with a capital or in capitals, and
misread by the channel with weights that vary from batch to batch, as print does. The network learns what each letter
was. Every fiftieth form is left out and measured.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from torch import nn

from pipeline.lexicon.words import Words
from pipeline.repair.channel import DANISH, Channel, Confusion, Shape
from pipeline.repair.speller import ALPHABET, DILATIONS, LABELS
from pipeline.train.networks.checkpoint import resumed, save

__all__ = ["train_speller"]

WIDTH, BATCH = 96, 512
_LENGTH = 34
_IGNORED = -100
_STROKES = {"l": (("I", 0.008), ("i", 0.001)), "i": (("l", 0.001),)}
_SHAPES = (0.87, 0.08, 0.05)  # how ordinary words are written: small, with a capital, in capitals
_LEAST = 0.2  # count of the rarest form that is learnt
_FONTS = 1.5  # shape of the gamma distribution by which the weights of a batch vary
_NUMBER = {letter: place for place, letter in enumerate(ALPHABET, 1)}
_LABEL = {label: place for place, label in enumerate(LABELS)}

Outcomes = dict[str, tuple[Sequence[str], Sequence[float]]]


class _Network(nn.Module):
    """The network whose arrays `pipeline.repair.speller` reads."""

    def __init__(self) -> None:
        super().__init__()
        self.e = nn.Embedding(64, WIDTH)
        self.sh = nn.Embedding(len(Shape), WIDTH)
        self.c = nn.ModuleList([nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS])
        self.o = nn.Linear(WIDTH, len(LABELS))

    def forward(self, letters: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        inside = (letters > 0)[:, None].float()
        state = (self.e(letters) + self.sh(shapes)[:, None]).transpose(1, 2) * inside
        for layer in self.c:
            state = (state + torch.relu(layer(state))) * inside
        labels: torch.Tensor = self.o(state.transpose(1, 2))
        return labels


def train_speller(
    words: Words, channel: Channel, work: Path, target: Path, steps: int, tell: Callable[[str], None]
) -> None:
    """Write `target` (speller.npz); a checkpoint in `work` lets an interrupted training go on."""
    torch.manual_seed(0)
    forms, weights, names, kept = _forms(words)
    tell(f"speller: {len(forms):,} forms, {len(kept):,} left out for measuring")
    reached = np.cumsum(weights)
    network = _Network()
    optimiser = torch.optim.Adam(network.parameters(), lr=2e-3)
    first = resumed(work / "speller.pt", network, optimiser)
    measured = _batch(random.Random(5), channel.rows(), kept[:3000], [0.5] * 3000)  # noqa: S311
    for step in range(first, steps):
        dice = random.Random(step)  # noqa: S311
        drawn = np.searchsorted(reached, np.random.default_rng(step).random(BATCH) * reached[-1])
        letters, labels, shapes = _batch(dice, channel.rows(), [forms[i] for i in drawn], [names[i] for i in drawn])
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
        loss = nn.functional.cross_entropy(network(letters, shapes).flatten(0, 1), labels.flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % 500 == 499 or step == steps - 1:
            save(work / "speller.pt", network, optimiser, step + 1)
            tell(f"speller: step {step + 1:,} of {steps:,}, {_right(network, *measured):.1%} of unseen words right")
    arrays = {name.replace(".", "_"): value.numpy().astype(np.float16) for name, value in network.state_dict().items()}
    np.savez_compressed(target, **arrays)


def _forms(words: Words) -> tuple[list[str], list[float], list[float], list[str]]:
    """Forms with their weight and their share as a name; and the forms left out, all with a Danish letter."""
    forms, weights, names, kept = [], [], [], []
    for number, form in enumerate(words.forms):
        counts = words.numbered(number)
        total = counts.common + counts.proper
        if total < _LEAST or not 2 < len(form) <= _LENGTH - 4 or not form.isalpha() or not _NUMBER.keys() >= set(form):
            continue
        if crc32(form.encode()) % 50 == 0:
            if not DANISH.isdisjoint(form):
                kept.append(form)
            continue
        forms.append(form)
        weights.append(0.5 + math.log1p(total))
        names.append(counts.proper / total)
    return forms, weights, names, kept


def _batch(
    dice: random.Random, rows: dict[str, tuple[tuple[str, float], ...]], forms: Sequence[str], names: Sequence[float]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Misread forms as numbers of letters, the label of each letter, and how each form is written."""
    letters = np.zeros((len(forms), _LENGTH), np.int64)
    labels = np.full((len(forms), _LENGTH), _IGNORED, np.int64)
    shapes = np.zeros(len(forms), np.int64)
    prints = [_print(dice, rows) for _ in range(6)]
    for place, (form, name) in enumerate(zip(forms, names, strict=False)):
        shape = Shape.TITLE if dice.random() < name else dice.choices(tuple(Shape), _SHAPES)[0]
        seen, meant = _misread(dice, form, shape, prints[place % len(prints)])
        seen = seen[: _LENGTH - 2]
        letters[place, : len(seen) + 2] = [_NUMBER.get(letter, 0) for letter in f"^{''.join(seen)}$"]
        labels[place, 1 : len(seen) + 1] = meant[: len(seen)]
        shapes[place] = shape
    return torch.from_numpy(letters), torch.from_numpy(labels), torch.from_numpy(shapes)


def _print(dice: random.Random, rows: dict[str, tuple[tuple[str, float], ...]]) -> Outcomes:
    """The channel as one print makes it: every share by chance larger or smaller."""
    found: dict[str, tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
    for meant, outcomes in rows.items():
        for read, share in outcomes:
            if read:
                found[meant][0].append(read)
                found[meant][1].append(share * dice.gammavariate(_FONTS, 1))
    return dict(found)


def _misread(dice: random.Random, form: str, shape: Shape, outcomes: Outcomes) -> tuple[list[str], list[int]]:
    """The letters as they are read, and what each was."""
    seen: list[str] = []
    meant: list[int] = []
    place = 0
    while place < len(form):
        letter = form[place]
        capital = shape is Shape.CAPITALS or (shape is Shape.TITLE and place == 0)
        pair: Confusion | None = None
        if form.startswith("lø", place) and not capital and "lø" in outcomes and dice.random() < 0.2:
            pair = "lø", dice.choices(*outcomes["lø"])[0]
        if pair and len(pair[1]) == 2:
            seen += pair[1][0], pair[1][1].lower()
            meant += _LABEL["l"], _LABEL["ø"]
            place += 1
        elif letter in DANISH:
            row = letter.upper() if capital and letter.upper() in outcomes else letter
            read = dice.choices(*outcomes[row])[0]
            seen += read
            meant += [_LABEL[letter], *[_LABEL[""]] * (len(read) - 1)]
        else:
            read = letter
            for other, share in _STROKES.get(letter, ()):
                read = other if dice.random() < share else read
            seen.append(read)
            meant.append(_LABEL[None] if read == letter else _LABEL[letter])
        place += 1
    return seen, meant


def _right(network: _Network, letters: torch.Tensor, labels: torch.Tensor, shapes: torch.Tensor) -> float:
    with torch.no_grad():
        said = network(letters, shapes).argmax(2)
    return float(((said == labels) | (labels == _IGNORED)).all(1).float().mean())
