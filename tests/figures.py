"""`make figures`: what repair restores and leaves, by kind of damage, as the table in models/repair/FIGURES.md.

    python -m tests.figures PAGES.jsonl|GOLD_DIR ...

A damaged word counts under every kind that it belongs to; the last column counts those that became another word of the
lexicon, the worst failure, for nobody sees it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.document import Document
from pipeline.evaluate.repairs import RepairFigures, changed_words, score_repair
from pipeline.lexicon import Lexicon
from pipeline.repair import repair

KINDS = ("å", "ø", "æ", "capitals", "I, l, 1 and strokes", "split or merged", "names", "in no list", "other")
_STROKES = frozenset("Il1|")
_DANISH = frozenset("æøåÆØÅ")


def kinds(printed: str, read: str, lexicon: Lexicon) -> Iterator[str]:
    """The kinds of damage that one word, or run of words, shows."""
    core = printed.strip(".,:;!?()[]\"'»«–-").casefold()
    found = [letter for letter in "åøæ" if letter in core]
    if printed.isupper() and len(core) > 1:
        found.append("capitals")
    if _STROKES & set(printed) and _STROKES & set(read) and printed.translate(_ALIKE) == read.translate(_ALIKE):
        found.append("I, l, 1 and strokes")
    if len(printed.split()) != len(read.split()):
        found.append("split or merged")
    figures = lexicon.words.figures(core)
    if printed[:1].isupper() and figures.proper > figures.common:
        found.append("names")
    if core.isalpha() and core not in lexicon.words:
        found.append("in no list")
    yield from found or ["other"]


_ALIKE = str.maketrans(dict.fromkeys("Il1|", "l"))


def documents(path: Path) -> Iterator[tuple[str, str]]:
    """(as read, as printed) of each page of a file, or each document of a gold folder."""
    if path.is_file():
        for page in map(json.loads, path.read_text("utf-8").splitlines()):
            yield page["eng"], page["truth"]
        return
    for clean in sorted(path.glob("*.clean.txt")):
        folder = next(path.parent / name for name in ("ocr", "inbox") if (path.parent / name).is_dir())
        yield (folder / clean.name.replace(".clean", "")).read_text("utf-8"), clean.read_text("utf-8")


def main(paths: Sequence[Path]) -> None:
    """Print one table for each path."""
    lexicon = Lexicon.load()
    for path in paths:
        total, restored, another = Counter[str](), Counter[str](), Counter[str]()
        figures = RepairFigures()
        for source, printed in documents(path):
            text = repair(Document(id="page", source=source), lexicon).text
            figures = figures.plus(score_repair(source, text, printed))
            for word, read, after in changed_words(source, text, printed):
                for kind in kinds(word, read, lexicon):
                    total[kind] += 1
                    restored[kind] += after == word
                    another[kind] += after not in (word, read) and after.strip(".,:;!?()\"'") in lexicon.words
        rates = figures.rates()
        print(f"\n**{path.stem if path.is_file() else '/'.join(path.parts[-2:])}**: {figures.words:,} words, ", end="")
        print(f"WER {rates['wer_before']:.2%} → {rates['wer_after']:.2%} (cut {rates['wer_cut']:.3f}), ", end="")
        print(
            f"{figures.restored:,} of {figures.damaged:,} damaged words restored, {figures.broken} good words broken\n"
        )
        print("| kind | damaged | restored | share | became another word |\n|---|---|---|---|---|")
        for kind in KINDS:
            if total[kind]:
                share = restored[kind] / total[kind]
                print(f"| {kind} | {total[kind]} | {restored[kind]} | {share:.3f} | {another[kind]} |")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [Path("corpus/gold")])
