"""`make noise`: F1 by field against the character error rate of the input, as tests/NOISE.md and its picture noise.svg.

    python -m tests.noise GOLD_DIR

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
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.document import Document
from pipeline.evaluate.fields import FIELDS, score_fields
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.tally import Tally
from pipeline.lexicon import Lexicon
from pipeline.records.convert import to_minutes
from pipeline.repair.channel import Channel
from pipeline.review.pictures.chart import COLOURS, INK
from pipeline.stages import STAGES


class Level(NamedTuple):
    """Which share of the Danish letters is damaged, and of all letters."""

    danish: float
    any: float


LEVELS = (Level(0, 0), Level(0.4, 0), Level(1, 0), Level(1, 0.01), Level(1, 0.02), Level(1, 0.04), Level(1, 0.1))
_ALPHABET = string.ascii_lowercase + "æøå"
_SEED = 7
_SHOWN = ("items", "statements", "decisions", "actions", "persons", "organisations", "dates")


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
            "the height. Where only a part of the Danish letters is lost (the second column) repair hardly does",
            "anything: letters that survive make its damage gate take a line for sound. Made by `make noise`.",
            "",
            "![F1 falls as more characters are wrong; with repair it falls later](noise.svg)",
            "",
            f"| characters wrong | {' | '.join(heads)} |",
            f"|---|{'---|' * len(heads)}",
            *rows,
            "",
        ]
    )


def picture(curves: Sequence[Curve]) -> str:
    """The curves as SVG: the mean and some fields, each without and with repair."""
    import vl_convert

    values = [
        {"field": field, "repair": repair, "wrong": curve.before, "f1": f1}
        for curve in curves
        for repair, tallies in (("without", curve.unrepaired), ("with", curve.repaired))
        for field, f1 in [("mean", _mean(tallies)), *((field, tallies[field].f1) for field in _SHOWN)]
    ]
    spec: dict[str, Any] = {
        "data": {"values": values},
        "facet": {"field": "field", "title": None, "sort": ["mean", *_SHOWN], "header": {"labelFontWeight": "bold"}},
        "columns": 4,
        "spec": {
            "width": 130,
            "height": 100,
            "mark": {"type": "line", "point": {"size": 14}, "aria": False},
            "encoding": {
                "x": _axis("wrong", "characters wrong", {"format": "%", "tickCount": 4}),
                "y": _axis("f1", "F1", {"tickCount": 5}) | {"scale": {"domain": [0, 1]}},
                "color": {
                    "field": "repair",
                    "sort": ["with", "without"],
                    "scale": {"range": [COLOURS["settled"], COLOURS["put-off"]]},
                    "legend": {"title": "repair", "orient": "top"},
                },
            },
        },
        "config": {
            "aria": False,
            "background": "white",
            "font": "sans-serif",
            "axis": {"labelColor": INK, "titleColor": INK},
        },
    }
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])) + "\n"


def _axis(field: str, title: str, axis: Mapping[str, Any]) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title, "axis": {"gridColor": "#e6e2d8", **axis}}


def _cell(before: float | None, after: float | None) -> str:
    return " → ".join("–" if f1 is None else f"{f1:.2f}" for f1 in (before, after))


def _mean(tallies: Mapping[str, Tally]) -> float:
    scores = [f1 for tally in tallies.values() if (f1 := tally.f1) is not None]
    return sum(scores) / len(scores)


if __name__ == "__main__":
    documents, knowledge = read_gold(Path(sys.argv[1])), Lexicon.load()
    measurements = [measured(documents, level, knowledge) for level in LEVELS]
    Path(__file__).with_name("NOISE.md").write_text(page(documents, measurements), "utf-8")
    Path(__file__).with_name("noise.svg").write_text(picture(measurements), "utf-8")
