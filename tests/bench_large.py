"""Whether large and hostile documents take time in proportion: python -m tests.bench_large [MEGABYTES …] [-k KIND]

CPU seconds by stage, for every kind of text at every size (a million characters each), as the rows of
tests/LARGE.md. By hand: all kinds at 10 MB take an hour and a half.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.collector import spare
from pipeline.document import Document
from pipeline.lexicon import Lexicon
from pipeline.records.convert import to_minutes
from pipeline.stages import STAGES

INBOX = Path(__file__).parents[1] / "corpus" / "inbox"
PAGES = [path.read_text("utf-8") for path in sorted(INBOX.glob("*.txt"))]
WORDS = " ".join(PAGES).split()
FIRST = ("Åse", "Ida", "Bo", "Søren", "Mette", "Jens", "Karen", "Ole", "Pia", "Niels", "Gitte", "Lars")
"""First names; every family name is made up, so that hardly two people share one."""
SYLLABLES = ("skov", "berg", "holm", "lund", "toft", "bak", "dal", "kjær", "ager", "strand", "mose", "høj", "å")
PLACES = ("Aarhus Kommune", "KL", "Region Fyn", "Birk A/S", "Lokalrådet", "Ældre Sagen", "DBU", "Skoven ApS")

Piece = Callable[[random.Random], str]


def _person(chance: random.Random) -> str:
    family = "".join(chance.choices(SYLLABLES, k=3)).title()
    return f"{chance.choice(FIRST)} {family} ({chance.choice(PLACES)})"


def _item(chance: random.Random) -> str:
    number, who = chance.randrange(1, 400), _person(chance)
    return (
        f"{number}. {' '.join(chance.choices(WORDS, k=3))}\n{who} fortalte, at {' '.join(chance.choices(WORDS, k=6))}. "
        f"Det indstilles, at {chance.randrange(9999)} kr. bevilges den {chance.randrange(1, 29)}. maj 2026.\n"
        f"Beslutning: Godkendt.\nAnsvarlig: {who.partition(' (')[0]}\n\n"
    )


KINDS: dict[str, Piece] = {
    "minutes": lambda chance: chance.choice(PAGES) + "\n\n",
    "words in one line": lambda chance: chance.choice(WORDS) + " ",
    "items": _item,
    "people": lambda chance: _person(chance) + chance.choice([", ", "\n", " og "]),
    "digits": lambda chance: str(chance.randrange(10)),
    "figures": lambda chance: f"{chance.randrange(10**6)}{chance.choice(' .,-/:')}",
    "capitals": lambda chance: chance.choice(WORDS).upper() + " ",
    "brackets": lambda chance: chance.choice("()[]{}"),
    "one letter": lambda chance: "a",
    "marks": lambda chance: chance.choice(".,;:-–/()[]'\"»«%&#*!?|_ \t"),
    "long words": lambda chance: "".join(chance.choices("aeiouæøårstln", k=10_000)) + " ",
    "short lines": lambda chance: chance.choice(["a", "1.", "-", "Bo", "", "A:", " b"]) + "\n",
    "blanks": lambda chance: " " * 500 + chance.choice(["a", "\n", "\t"]),
    "runs": lambda chance: chance.choice([" ", "Åse Åse, ", "1.000.000,", "\n", "æ-", "((", "1. A (B) "]) * 200,
}

KINDS["hostile, mixed"] = lambda chance: text(chance.choice(list(KINDS)[1:-1]), 20_000)


def _pieces(piece: Piece) -> Iterator[str]:
    chance = random.Random(0)  # noqa: S311
    while True:
        yield piece(chance)


def text(kind: str, size: int) -> str:
    """So many characters of a kind, the same each time."""
    pieces, length = [], 0
    for piece in _pieces(KINDS[kind]):
        pieces.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(pieces)[:size]


def seconds(source: str, lexicon: Lexicon) -> dict[str, float]:
    """CPU seconds of each stage and of making the record."""
    document, spent = Document(id="large", source=source), dict[str, float]()
    for stage in STAGES:
        started = time.process_time()
        document = stage(document, lexicon)
        spent[stage.__name__] = time.process_time() - started
    started = time.process_time()
    to_minutes(document)
    return spent | {"records": time.process_time() - started}


def main() -> None:
    """Print one row of a table for each kind and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", nargs="*", type=float, default=[1, 2, 5, 10])
    parser.add_argument("-k", "--kind", action="append", choices=list(KINDS))
    asked = parser.parse_args()
    lexicon = Lexicon.load()
    spare()
    seconds("Referat", lexicon)
    names = [stage.__name__ for stage in STAGES]
    print(f"| text | MB | {' | '.join(names)} | records | all | s/MB |")
    print(f"|---|{'---|' * (len(names) + 4)}")
    for kind in asked.kind or KINDS:
        for size in asked.megabytes:
            spent = seconds(text(kind, int(size * 1e6)), lexicon)
            total = sum(spent.values())
            cells = " | ".join(f"{one:.1f}" for one in (*spent.values(), total, total / size))
            print(f"| {kind} | {size:g} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
