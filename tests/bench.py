"""`make bench`: how fast each stage is, on the corpus as OCR read it, on one core.

Each figure is the median of several passes over all documents after one pass to warm up; a printed page is counted
as 2,000 characters. The peer in the same run is the bare Danish tokeniser of spaCy.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.records import to_minutes
from pipeline.stages import STAGES

INBOX = Path(__file__).parent.parent / "corpus" / "inbox"
PASSES = 5
PAGE = 2_000


def _seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(PASSES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _row(name: str, seconds: float, characters: int, peer: float) -> str:
    speed, page = characters / seconds, 1000 * seconds * PAGE / characters
    return f"{name:22}{speed:14,.0f} characters/s{page:9.1f} ms/page{seconds / peer:9.1f} × tokenising"


def main(files: Sequence[Path]) -> None:
    """Print one line for each stage."""
    documents = [read(file.read_bytes(), file.name) for file in files]
    characters = sum(len(document.source) for document in documents)
    tokenise = spacy.blank("da").tokenizer
    peer = _seconds(lambda: [tokenise(document.source) for document in documents])
    start = time.perf_counter()
    lexicon = Lexicon.load()
    for stage in STAGES:
        documents[0] = stage(documents[0], lexicon)
    print(f"{len(documents)} documents, {characters:,} characters; first document {time.perf_counter() - start:.2f} s")
    documents[0] = read(files[0].read_bytes(), files[0].name)
    print(_row("tokenising (spaCy)", peer, characters, peer))
    total = 0.0
    for stage in STAGES:
        given: list[Document] = documents
        seconds = _seconds(lambda given=given, stage=stage: [stage(document, lexicon) for document in given])  # type: ignore[misc]
        total += seconds
        print(_row(stage.__name__, seconds, characters, peer))
        documents = [stage(document, lexicon) for document in given]
    seconds = _seconds(lambda: [to_minutes(document).model_dump_json() for document in documents])
    print(_row("records", seconds, characters, peer))
    print(_row("all", total + seconds, characters, peer))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(INBOX.glob("*.txt")))
