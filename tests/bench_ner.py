"""How well the network for names does alone: `python -m tests.bench_ner DIR` with DIR/ddt_test_ner_pos_cdtdep.conllu.

Raw text in, our tokenisation, exact spans, PER, ORG and LOC: for clean text, for text that the channel damaged, and for
that text repaired again. Damage is drawn with a fixed seed; repair reads sixty sentences as one document. Then the same
for the minutes of corpus/gold from 180 on: the names that their gold gives, and known places and streets as LOC.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.find.entities import find_entities
from pipeline.lexicon import Lexicon
from pipeline.train.labelled import Labelled, damaged, read_conllu, repaired
from pipeline.train.minutes import DEVELOP, read_minutes
from pipeline.values import Span

LABELS = ("PER", "ORG", "LOC")
PART = "test"  # of the files; "dev" while models are chosen
CORPUS = Path(__file__).parent.parent / "corpus"


def scores(sentences: Sequence[Labelled], lexicon: Lexicon) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each label and of all, in per cent; what nobody is sure of counts neither way."""
    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        marked = {label for label in sentence.labels if label.label}
        unsure = [label for label in sentence.labels if not label.label]
        heard = {
            entity
            for entity in find_entities(sentence.text, [Span(0, len(sentence.text))], lexicon)
            if not any(entity.start < end and start < entity.end for start, end, _ in unsure)
        }
        gold.update(label for _, _, label in marked)
        found.update(label for _, _, label in heard)
        right.update(label for _, _, label in marked & heard)
    table = {}
    for label in (*LABELS, "all"):
        hits, guesses, wanted = (
            sum(count.values()) if label == "all" else count[label] for count in (right, found, gold)
        )
        precision, recall = hits / max(guesses, 1), hits / max(wanted, 1)
        table[label] = (100 * precision, 100 * recall, 200 * hits / max(guesses + wanted, 1))
    return table


def tell(name: str, clean: Sequence[Labelled], lexicon: Lexicon) -> None:
    """Print one line for each text: clean, damaged, repaired."""
    spoilt = list(damaged(clean, lexicon.directory / "repair" / "channel.tsv"))
    for how, sentences in (("clean", clean), ("damaged", spoilt), ("repaired", list(repaired(spoilt, lexicon)))):
        table = scores(sentences, lexicon)
        print(f"{name:8}{how:10}" + "".join(f"{p:10.1f}{r:7.1f}{f:7.1f}" for p, r, f in table.values()), flush=True)


def main(folder: Path, part: str) -> None:
    """Print the lines of the news and of the minutes, and how fast the network is."""
    lexicon = Lexicon.load()
    clean = list(read_conllu(folder / f"ddt_{part}_ner_pos_cdtdep.conllu"))
    print(f"{'':18}" + "".join(f"{label:>24}" for label in (*LABELS, "all")) + "  (P, R, F1)")
    tell("news", clean, lexicon)
    tell("minutes", read_minutes(CORPUS / "gold", lexicon, first=DEVELOP), lexicon)
    text = [sentence.text for sentence in clean] * 5
    start = time.process_time()
    whole = "\n".join(text)
    spans, at = [], 0
    for line in text:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    find_entities(whole, spans, lexicon)
    seconds = time.process_time() - start
    print(f"{len(whole.split()) / seconds:,.0f} words and {len(whole) / seconds:,.0f} characters a second of CPU time")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else PART)
