"""`make noise`: F1 by field against the character error rate of the input, as the table in tests/NOISE.md.

    python -m tests.noise GOLD_DIR > tests/NOISE.md

The clean texts of the gold folder are damaged at rising rates: Danish letters by the channel of repair, all of them
from the third level on, and any letter by chance (changed, lost or doubled). Each text goes through the pipeline with
and without its first stage, repair.
"""

from __future__ import annotations

import random
import string
import sys
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.document import Document
from pipeline.evaluate.fields import FIELDS, score_fields
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.tally import Tally
from pipeline.lexicon import Lexicon
from pipeline.records.convert import to_minutes
from pipeline.repair.channel import Channel
from pipeline.stages import STAGES


class Level(NamedTuple):
    """Which share of the Danish letters is damaged, and of all letters."""

    danish: float
    any: float


LEVELS = (Level(0, 0), Level(0.4, 0), Level(1, 0), Level(1, 0.01), Level(1, 0.02), Level(1, 0.04), Level(1, 0.075))
_ALPHABET = string.ascii_lowercase + "æøå"
_SEED = 7


def damaged(text: str, level: Level, seen: Mapping[str, Sequence[tuple[str, float]]], chance: random.Random) -> str:
    """The text with letters lost at a level; line breaks and marks stay."""
    letters: list[str] = []
    for letter in text:
        if letter in seen and chance.random() < level.danish:
            readings, weights = zip(*seen[letter], strict=True)
            letters.append(chance.choices(readings, weights)[0])
        elif letter.isalpha() and chance.random() < level.any:
            letters.append(chance.choice((chance.choice(_ALPHABET), "", letter * 2)))
        else:
            letters.append(letter)
    return "".join(letters)


class Curve(NamedTuple):
    """One level measured: character error rate before and after repair, and the fields without and with repair."""

    before: float
    after: float
    unrepaired: Mapping[str, Tally]
    repaired: Mapping[str, Tally]


def measured(golds: Sequence[Gold], level: Level, lexicon: Lexicon) -> Curve:
    """All gold documents at one level."""
    channel = Channel.read(lexicon.directory / "repair" / "channel.tsv").rows()
    seen = {letter: channel[letter] for letter in "æøåÆØÅ"}
    chance = random.Random(_SEED)  # noqa: S311
    errors = [0, 0]
    totals: list[dict[str, Tally]] = [{field: Tally() for field in FIELDS} for _ in range(2)]
    for gold in golds:
        assert gold.clean is not None, f"{gold.name}: no clean text"
        source = damaged(gold.clean, level, seen, chance)
        for total, stages in zip(totals, (STAGES[1:], STAGES), strict=True):
            document = reduce(lambda done, stage: stage(done, lexicon), stages, Document(id=gold.name, source=source))
            record = to_minutes(document).model_dump(mode="json", by_alias=True)
            for field, tally in score_fields(gold, record).items():
                total[field] = total[field].plus(tally)
        errors[0] += Levenshtein.distance(source, gold.clean)
        errors[1] += Levenshtein.distance(document.text, gold.clean)
    characters = sum(len(gold.clean or "") for gold in golds)
    return Curve(errors[0] / characters, errors[1] / characters, *totals)


def page(golds: Sequence[Gold], curves: Sequence[Curve]) -> str:
    """The curves as a page of Markdown: each cell holds F1 without → with repair."""
    heads = [f"{curve.before:.1%}" for curve in curves]
    rows = [
        f"| characters wrong after repair | {' | '.join(f'{curve.after:.2%}' for curve in curves)} |",
        *(
            f"| {field} | {' | '.join(_cell(c.unrepaired[field].f1, c.repaired[field].f1) for c in curves)} |"
            for field in FIELDS
        ),
        f"| **mean** | {' | '.join(_cell(_mean(c.unrepaired), _mean(c.repaired)) for c in curves)} |",
    ]
    return "\n".join(
        [
            "# F1 against noise",
            "",
            f"{len(golds)} clean texts of `corpus/gold`, damaged at rising rates: the Danish letters by the channel of",
            "repair (a part of them in the second column, all from the third on), then any letter by chance. A cell",
            "holds F1 without → with repair. The rules were written with these documents in view: read the fall, not",
            "the height. Made by `make noise`.",
            "",
            f"| characters wrong | {' | '.join(heads)} |",
            f"|---|{'---|' * len(heads)}",
            *rows,
            "",
        ]
    )


def _cell(before: float | None, after: float | None) -> str:
    return " → ".join("–" if f1 is None else f"{f1:.2f}" for f1 in (before, after))


def _mean(tallies: Mapping[str, Tally]) -> float:
    scores = [f1 for tally in tallies.values() if (f1 := tally.f1) is not None]
    return sum(scores) / len(scores)


if __name__ == "__main__":
    documents, knowledge = read_gold(Path(sys.argv[1])), Lexicon.load()
    sys.stdout.write(page(documents, [measured(documents, level, knowledge) for level in LEVELS]))
