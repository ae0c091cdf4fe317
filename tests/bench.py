"""`make bench`: how fast each stage is, on the corpus as OCR read it, on one core.

Each figure is the median CPU time of several passes over all documents after one pass to warm up; a printed page is
counted as 2,000 characters. Two peers read the same text in the same run: spaCy's bare Danish tokeniser, and a bare
spaCy pipeline of the size of its small models (tok2vec of width 96 and depth 4, and NER; with random weights, which
cost the same time). referat as a whole is meant to do at least half of the words a second of that pipeline.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from pipeline.collector import spare
from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.read import read
from pipeline.records import to_minutes
from pipeline.stages import STAGES

INBOX = Path(__file__).parent.parent / "corpus" / "inbox"
PASSES = 5
PAGE = 2_000
WIDTH, DEPTH = 96, 4


def _seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(PASSES):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _small_pipeline() -> Language:
    """tok2vec and NER as in spaCy's small models."""
    nlp = spacy.blank("da")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    ner = nlp.add_pipe("ner", config={"model": parser})
    for label in ("PER", "ORG", "LOC"):
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def _row(name: str, seconds: float, characters: int, peer: float) -> str:
    speed, page = characters / seconds, 1000 * seconds * PAGE / characters
    return f"{name:22}{speed:14,.0f} characters/s{page:9.1f} ms/page{seconds / peer:9.1f} × tokenising"


def main(files: Sequence[Path]) -> None:
    """Print one line for each stage."""
    spare()  # as `referat` and its workers do
    documents = [read(file.read_bytes(), file.name) for file in files]
    characters = sum(len(document.source) for document in documents)
    tokenise = spacy.blank("da").tokenizer
    peer = _seconds(lambda: [tokenise(document.source) for document in documents])
    start = time.process_time()
    lexicon = Lexicon.load()
    for stage in STAGES:
        documents[0] = stage(documents[0], lexicon)
    print(f"{len(documents)} documents, {characters:,} characters; first document {time.process_time() - start:.2f} s")
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
    small = _small_pipeline()
    bare = _seconds(lambda: [small(document.source) for document in documents])
    words = sum(len(document.source.split()) for document in documents)
    print(_row("spaCy, small NER", bare, characters, peer))
    print(f"words a second: referat {words / (total + seconds):,.0f}, spaCy {words / bare:,.0f};", end=" ")
    print(f"{bare / (total + seconds):.2f} of it")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(INBOX.glob("*.txt")))
