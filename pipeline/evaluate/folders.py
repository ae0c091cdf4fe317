"""Run the pipeline over the documents of gold folders and measure what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.report import Report, evaluate
from pipeline.lexicon import Lexicon
from pipeline.read import load, read
from pipeline.records.convert import to_minutes
from pipeline.stages import process

__all__ = ["evaluate_folders", "gold_documents"]

_BESIDE = ("ocr", "inbox")


def evaluate_folders(gold: Sequence[Path], *, inbox: Path | None = None, clean: bool = False) -> Report:
    """Process the document of every gold file and compare.

    The document of NAME.gold.json is NAME.* in `inbox`, or in the folder ocr or inbox beside the gold folder; with
    `clean` it is NAME.clean.txt. Raises `ConfigurationError` when a gold file is wrong or no such folder exists. A
    document that is not there counts as a total miss.
    """
    lexicon = Lexicon.load()
    minutes: dict[str, dict[str, Any]] = {}
    for directory in gold:
        for truth, path in gold_documents(directory, inbox=inbox, clean=clean):
            document = process(read(load(path), path.name), lexicon)
            minutes[truth.name] = to_minutes(document).model_dump(mode="json", by_alias=True)
    return evaluate(gold, minutes)


def gold_documents(directory: Path, *, inbox: Path | None = None, clean: bool = False) -> Iterator[tuple[Gold, Path]]:
    """Each gold of a folder that has a document, and the document's file (see `evaluate_folders`)."""
    folder = directory if clean else inbox or _beside(directory)
    for gold in read_gold(directory):
        candidates = [folder / f"{gold.name}.clean.txt"] if clean else sorted(folder.glob(f"{gold.name}.*"))
        if found := next((candidate for candidate in candidates if candidate.is_file()), None):
            yield gold, found


def _beside(gold: Path) -> Path:
    for name in _BESIDE:
        if (folder := gold.resolve().parent / name).is_dir():
            return folder
    raise ConfigurationError(f"{gold}: no folder ocr or inbox beside it; name the documents' folder with --inbox")
