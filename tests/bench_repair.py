"""The second half of `make bench`: repair beside its peers on the same text in the same run, and how it grows.

Peers: spaCy's bare Danish tokeniser; SymSpell (distance 2, the words of models/words) and hunspell (da_DK), where they
are installed. *Cold* is a new process that has everything to load and no word in its caches; *warm* is the second pass.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pipeline.collector import spare
from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.repair import repair

INBOX = Path(__file__).parent.parent / "corpus" / "inbox"
SIZES = 10_000, 100_000, 1_000_000, 10_000_000
_SAMPLE = 20_000  # characters that hunspell is given: it is slow
_WORD = re.compile(r"[^\W\d_]+")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _row(name: str, characters: int, seconds: float, peer: float) -> None:
    speed = characters / seconds
    print(f"{name:36}{speed:12,.0f} characters/s{peer / speed:9.1f} × tokenising", flush=True)


def _text(size: int) -> str:
    """The corpus as OCR read it, its paragraphs shuffled, repeated up to a size."""
    paragraphs = [part for file in sorted(INBOX.glob("*.txt")) for part in file.read_text("utf-8").split("\n\n")]
    dice = random.Random(0)  # noqa: S311
    found: list[str] = []
    length = 0
    while length < size:
        dice.shuffle(paragraphs)
        found += paragraphs
        length += sum(len(part) + 2 for part in paragraphs)
    return "\n\n".join(found)[:size]


def _repair_alone() -> None:
    """What a new process prints: seconds to load, seconds of a cold and of a warm pass, peak memory in MB."""
    lexicon = Lexicon.load()
    loading = _seconds(lambda: repair(Document(id="a", source="Pa mgdet."), lexicon))
    document = Document(id="a", source=_text(200_000))
    passes = [_seconds(lambda: repair(document, lexicon)) for _ in range(2)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(loading, *passes, peak)


def main() -> None:
    """Print one line for each peer and each size."""
    spare()  # as `referat` and its workers do
    text = _text(200_000)
    tokenise = spacy.blank("da").tokenizer
    _seconds(lambda: tokenise(text))
    peer = len(text) / _seconds(lambda: tokenise(text))
    print(f"\nrepair and its peers, {len(text):,} characters of the corpus, one core")
    _row("tokenising (spaCy)", len(text), len(text) / peer, peer)
    alone = subprocess.run(
        [sys.executable, "-c", "from tests.bench_repair import _repair_alone as go; go()"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    loading, cold, warm, peak = map(float, alone.stdout.split())
    _row("repair, cold", len(text), cold, peer)
    _row("repair, warm", len(text), warm, peer)
    print(f"{'':36}{loading:.2f} s to load, {peak:,.0f} MB at most")
    lexicon = Lexicon.load()
    _symspell(text, peer, lexicon)
    _hunspell(text[:_SAMPLE], peer)
    print("\nhow repair grows")
    for size in SIZES:
        document = Document(id="a", source=_text(size))
        _row(f"{size:,} characters", size, _seconds(lambda document=document: repair(document, lexicon)), peer)  # type: ignore[misc]


def _symspell(text: str, peer: float, lexicon: Lexicon) -> None:
    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        print("SymSpell: not installed (pip install 'referat[bench]')")
        return
    speller = SymSpell(max_dictionary_edit_distance=2)
    for form in lexicon.words.forms:
        count = lexicon.words.count(form)
        if count >= 3 and form.isalpha():
            speller.create_dictionary_entry(form, int(count))
    words = _WORD.findall(text)
    _row(
        "SymSpell, word by word",
        len(text),
        _seconds(lambda: [speller.lookup(w, Verbosity.TOP, 2) for w in words]),
        peer,
    )


def _hunspell(text: str, peer: float) -> None:
    if not shutil.which("hunspell"):
        print("hunspell: not installed (apt-get install hunspell hunspell-da)")
        return
    words = "\n".join(_WORD.findall(text))
    call = ["hunspell", "-d", "da_DK", "-i", "utf-8", "-a"]
    seconds = _seconds(lambda: subprocess.run(call, input=words, text=True, capture_output=True, check=True))
    _row("hunspell, suggestions", len(text), seconds, peer)


if __name__ == "__main__":
    main()
