"""Trains the model of words in their context (`pipeline.repair.neighbours`).

For every place of the training text the network is to tell the word that stands there from 512 drawn at random, by
its four neighbours on each side; and, where OCR makes words alike ("for", "før"), from those. Scores are relative to
how frequent a word is, so that they add to the lattice without counting frequency twice.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from pipeline.lexicon.words import SENTENCE_START, Words, context_token, tokens
from pipeline.repair.channel import DANISH, fold
from pipeline.repair.forms import Forms
from pipeline.repair.neighbours import ENDINGS, REACH, ending
from pipeline.train.networks.checkpoint import resumed, save

__all__ = ["train_neighbours"]

VECTOR, HIDDEN = 64, 256
_BATCH, _AMBIGUOUS, _DRAWN = 8192, 2560, 512
_LEAST = 4  # occurrences of a word with a vector of its own
_RIVALS, _LEAST_SHARE = 10, 0.0005
_RARE, _FORGOTTEN = 60, 0.3  # rare words are taken for unknown ones now and then, so that endings learn too
_UNHEARD, _DROPPED = 0.05, 0.15
_SAID, _TOLD = 0.3, 3.0  # weights of the two losses
_OFFSETS = [offset for offset in range(-REACH, REACH + 1) if offset]


class _Network(nn.Module):
    """The network whose arrays `pipeline.repair.neighbours` reads; row `size` stands for unknown words."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.E, self.S = nn.Embedding(size + 1, VECTOR), nn.Embedding(ENDINGS, VECTOR)
        self.O, self.SO = nn.Embedding(size + 1, VECTOR), nn.Embedding(ENDINGS, VECTOR)
        for table, spread in ((self.E, 0.1), (self.S, 0.1), (self.O, 0.02), (self.SO, 0.02)):
            nn.init.normal_(table.weight, std=spread)
        self.h, self.o = nn.Linear(2 * REACH * VECTOR, HIDDEN), nn.Linear(HIDDEN, VECTOR)

    def wanted(self, rows: torch.Tensor, endings: torch.Tensor) -> torch.Tensor:
        vectors = nn.functional.dropout(self.E(rows) + self.S(endings), _DROPPED, self.training)
        wanted: torch.Tensor = self.o(torch.relu(self.h(vectors.flatten(1))))
        return wanted

    def given(self, rows: torch.Tensor, endings: torch.Tensor) -> torch.Tensor:
        given: torch.Tensor = self.O(rows) + self.SO(endings)
        return given


def train_neighbours(
    lines: Iterable[str],
    words: Words,
    forms: Forms,
    work: Path,
    target: Path,
    steps: int,
    tell: Callable[[str], None],
) -> None:
    """Write `target` (neighbours.npz); a checkpoint in `work` lets an interrupted training go on."""
    torch.manual_seed(0)
    told = [[context_token(token) for token in tokens(line)] for line in lines]
    counts = Counter(form for line in told for form in line)
    vocabulary = [SENTENCE_START, *(form for form, count in counts.most_common() if count >= _LEAST)]
    vocabulary = [form for form in vocabulary if words.number(form) >= 0]
    text = _Text(told, vocabulary, counts, forms)
    tell(f"neighbours: {len(vocabulary):,} words, {len(text.places):,} places, {len(text.ambiguous):,} ambiguous")
    network = _Network(len(vocabulary))
    optimiser = torch.optim.Adam(network.parameters(), lr=2e-3, betas=(0.9, 0.99))
    network.train()
    losses = [0.0, 0.0]
    first = resumed(work / "neighbours.pt", network, optimiser)
    for step in range(first, steps):
        said, told_apart = _losses(network, text, torch.Generator().manual_seed(step))
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 200) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
        optimiser.zero_grad(set_to_none=True)
        (_SAID * said + _TOLD * told_apart).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses = [losses[0] + said.item(), losses[1] + told_apart.item()]
        if step % 250 == 249 or step == steps - 1:
            save(work / "neighbours.pt", network, optimiser, step + 1)
            mean = [loss / (step % 250 + 1) for loss in losses]
            tell(f"neighbours: step {step + 1:,} of {steps:,}, loss {mean[0]:.3f}, among rivals {mean[1]:.4f}")
            losses = [0.0, 0.0]
    _store(network, [words.number(form) for form in vocabulary], target)


class _Text:
    """The training text as rows of the tables, and what is needed to draw from it."""

    def __init__(
        self, told: Sequence[Sequence[str]], vocabulary: Sequence[str], counts: Counter[str], forms: Forms
    ) -> None:
        self.size = len(vocabulary)
        row = {form: place for place, form in enumerate(vocabulary)}
        self.rows, self.endings = _flat(told, row, self.size)
        self.often = torch.tensor([1.0, *(float(counts[form]) for form in vocabulary[1:])])
        self.rivals = _rivals(vocabulary, counts, row, forms)
        self.own_endings = torch.tensor([ending(form) for form in vocabulary])
        self.alone = torch.log(self.often / self.often.sum())
        self.drawn_by = self.often**0.75 / (self.often**0.75).sum()
        self.shift = self.alone - torch.log(self.drawn_by)
        self.places = torch.nonzero((self.rows > 0) & (self.rows < self.size)).squeeze(1)
        self.ambiguous = self.places[self.rivals[self.rows[self.places], 0] >= 0]


def _losses(network: _Network, text: _Text, dice: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """How badly the printed word is told from words drawn at random, and from those that OCR makes alike."""
    chosen = text.places[torch.randint(len(text.places), (_BATCH - _AMBIGUOUS,), generator=dice)]
    doubtful = text.ambiguous[torch.randint(len(text.ambiguous), (_AMBIGUOUS,), generator=dice)]
    at = torch.cat([chosen, doubtful])
    around = at[:, None] + torch.tensor(_OFFSETS)
    rows, endings = _inside(text.rows[around], text.endings[around])
    unheard = (torch.rand(rows.shape, generator=dice) < _UNHEARD) & (rows > 0)
    wanted = network.wanted(torch.where(unheard, text.size, rows), endings)
    printed = text.rows[at]
    forgotten = (text.often[printed] < _RARE) & (torch.rand(len(printed), generator=dice) < _FORGOTTEN)
    right = network.given(torch.where(forgotten, text.size, printed), text.own_endings[printed])
    drawn = torch.multinomial(text.drawn_by, _DRAWN, replacement=True, generator=dice)
    others = wanted @ network.given(drawn, text.own_endings[drawn]).T + text.shift[drawn]
    others = others.masked_fill(drawn[None] == printed[:, None], -1e4)
    own = (wanted * right).sum(1) + text.shift[printed]
    first = torch.zeros(len(printed), dtype=torch.long)
    said = nn.functional.cross_entropy(torch.cat([own[:, None], others], 1), first)
    printed, wanted = printed[-_AMBIGUOUS:], wanted[-_AMBIGUOUS:]
    against = torch.cat([printed[:, None], text.rivals[printed]], 1)
    missing, against = against < 0, against.clamp(min=0)
    scores = (network.given(against, text.own_endings[against]) * wanted[:, None]).sum(2) + text.alone[against]
    return said, nn.functional.cross_entropy(scores.masked_fill(missing, -1e4), first[-_AMBIGUOUS:])


def _flat(told: Iterable[Sequence[str]], row: dict[str, int], unknown: int) -> tuple[torch.Tensor, torch.Tensor]:
    """All lines behind one another, with boundaries between them, as rows of words and of endings."""
    rows, endings = [0] * REACH, [0] * REACH
    known: dict[str, tuple[int, int]] = {}
    for line in told:
        for form in line:
            if form not in known:
                known[form] = row.get(form, unknown), ending(form)
            rows.append(known[form][0])
            endings.append(known[form][1])
        rows += [0] * REACH
        endings += [0] * REACH
    return torch.tensor(rows), torch.tensor(endings)


def _inside(rows: torch.Tensor, endings: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What stands beyond a boundary is boundary too."""
    left = torch.cummax((rows[:, :REACH].flip(1) == 0).long(), 1)[0].flip(1)
    right = torch.cummax((rows[:, REACH:] == 0).long(), 1)[0]
    beyond = torch.cat([left, right], 1).bool()
    return rows.masked_fill(beyond, 0), endings.masked_fill(beyond, 0)


def _rivals(vocabulary: Sequence[str], counts: Counter[str], row: dict[str, int], forms: Forms) -> torch.Tensor:
    """The words that OCR makes like each word, as rows; -1 where there are no more."""
    table = torch.full((len(vocabulary) + 1, _RIVALS), -1)
    for form in vocabulary:
        if not form.isalpha() or not 1 <= len(form) <= 24:
            continue
        found: set[str] = set()
        for image in _images(form):
            found |= {one.form for one in forms.behind(fold(image), rare=True) if one.probability > _LEAST_SHARE}
            found.add(image)
        best = sorted((found & row.keys()) - {form}, key=lambda one: (-counts[one], one))[:_RIVALS]
        table[row[form], : len(best)] = torch.tensor([row[one] for one in best], dtype=torch.long)
    return table


def _images(form: str) -> list[str]:
    """What OCR makes of a form, mostly."""
    if DANISH.isdisjoint(form):
        return [form]
    return sorted(
        form.replace("å", "a").replace("æ", ae).replace("ø", oe) for ae in ("ae", "ee", "e", "ze") for oe in "aoge"
    )


def _store(network: _Network, numbers: Sequence[int], target: Path) -> None:
    """Vectors in bytes, each row with its scale; the two layers in half precision."""
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {"numbers": np.array(numbers, np.int32)}
    for name, value in network.state_dict().items():
        table = value.numpy()
        if name.startswith(("h.", "o.")):
            arrays[name.replace(".", "_")] = table.astype(np.float16)
        else:
            scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-9
            arrays[name.removesuffix(".weight")] = np.round(table / scale).astype(np.int8)
            arrays[name.removesuffix(".weight") + "_scale"] = scale[:, 0].astype(np.float16)
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]
