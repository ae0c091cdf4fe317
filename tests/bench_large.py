"""Whether large and hostile documents take time in proportion: python -m tests.bench_large [MEGABYTES]

CPU seconds by stage for a document and for one twice as long. By hand: 10 MB take a quarter of an hour.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.records.convert import to_minutes
from pipeline.stages import STAGES

INBOX = Path(__file__).parents[1] / "corpus" / "inbox"


def _texts(size: int) -> dict[str, str]:
    """Minutes one behind the other, and what looks like minutes to every rule and is none."""
    pages = [path.read_text("utf-8") for path in sorted(INBOX.glob("*.txt"))]
    minutes = "\n\n".join(pages)
    chance = random.Random(0)  # noqa: S311
    words = minutes.split()
    shuffled = " ".join(chance.choices(words, k=size // 5))
    runs = (" ", "Åse Åse, ", "1.000.000,", "\n", "æ-", "((")
    hostile = "1. A (B) 2. a-" + "".join(run * 200 for run in runs)
    return {
        "minutes": (minutes * (size // len(minutes) + 1))[:size],
        "words shuffled": (shuffled * (size // len(shuffled) + 1))[:size],
        "hostile runs": (hostile * (size // len(hostile) + 1))[:size],
    }


def _seconds(text: str, lexicon: Lexicon) -> dict[str, float]:
    document, seconds = Document(id="large", source=text), dict[str, float]()
    for stage in STAGES:
        started = time.process_time()
        document = stage(document, lexicon)
        seconds[stage.__name__] = time.process_time() - started
    started = time.process_time()
    to_minutes(document)
    return seconds | {"records": time.process_time() - started}


def main(megabytes: float) -> None:
    """Print one line for each text and size."""
    lexicon = Lexicon.load()
    _seconds("Referat", lexicon)
    size = int(megabytes * 500_000)
    for name, text in _texts(2 * size).items():
        for length in (size, 2 * size):
            stages = _seconds(text[:length], lexicon)
            shares = " ".join(f"{stage} {spent:.1f}" for stage, spent in stages.items())
            print(f"{name:16}{length / 1e6:6.2f} MB {sum(stages.values()):8.1f} s   {shares}", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
