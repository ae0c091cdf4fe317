"""Rebuilds the models of repair: words and channel, the two networks, the confidence of edits.

Each step leaves a mark in the folder for work in progress, and the networks leave checkpoints: a training that was
interrupted goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.files import make_folder
from pipeline.lexicon.words import Words
from pipeline.repair.channel import Channel
from pipeline.repair.forms import Forms
from pipeline.train.confidence import train_confidence
from pipeline.train.words import minutes_lines, prose_lines, train_words, training_lines

__all__ = ["train_repair"]

NEIGHBOURS_STEPS, SPELLER_STEPS = 3000, 4000
_OF_MINUTES, _OF_PROSE = 10, 6  # times that our own minutes and sentences are read: they are few


def train_repair(data: Path, ocr: Path, corpus: Path, work: Path, target: Path, tell: Callable[[str], None]) -> None:
    """Rebuild words/ and repair/ under `target`.

    `data` holds text/*.txt (one sentence or paragraph a line) and lists/*.tsv, `ocr` pairs/*.jsonl with the printed and
    the read lines of each page, `corpus` our own minutes (gold/*.clean.txt) and sentences (prose/*.txt); `target` is a
    models folder with its rules and lists, which the last step needs. Raises `ConfigurationError` when a folder or a
    package of the extra `train` is missing.
    """
    for needed in (data / "text", ocr / "pairs", corpus / "gold", corpus / "prose", target / "rules", target / "lists"):
        if not needed.exists():
            raise ConfigurationError(f"{needed} is missing; see models/repair/CARD.md for what training reads")
    try:
        from pipeline.train.networks.neighbours import train_neighbours
        from pipeline.train.networks.speller import train_speller
    except ImportError as error:
        raise ConfigurationError(f"training needs the package {error.name}: pip install 'referat[train]'") from error
    make_folder(work)
    repair = target / "repair"
    if _is_due(work, "words", tell):
        train_words(data, ocr, corpus, target, tell)
        _is_done(work, "words")
    words, channel = Words.read(target / "words"), Channel.read(repair / "channel.tsv")
    if _is_due(work, "neighbours", tell):
        own = [*minutes_lines(corpus)] * _OF_MINUTES + [*prose_lines(corpus)] * _OF_PROSE
        lines = chain(training_lines(data, ocr, tell), own)
        forms = Forms.read(words, channel, repair / "index.npz")
        train_neighbours(lines, words, forms, work, repair / "neighbours.npz", NEIGHBOURS_STEPS, tell)
        _is_done(work, "neighbours")
    if _is_due(work, "speller", tell):
        train_speller(words, channel, work, repair / "speller.npz", SPELLER_STEPS, tell)
        _is_done(work, "speller")
    train_confidence(ocr, target, tell)
    tell(f"done; {work} may be removed")


def _is_due(work: Path, step: str, tell: Callable[[str], None]) -> bool:
    if (work / f"{step}.done").exists():
        tell(f"{step}: done before (remove {work} to start over)")
        return False
    return True


def _is_done(work: Path, step: str) -> None:
    (work / f"{step}.done").touch()
