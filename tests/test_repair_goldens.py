"""Today's edits and readings of some texts with their numbers: a change of a weight or a limit of repair is seen here.

When a change is meant, `REFERAT_NEW_GOLDENS=1 make test` writes the files anew: look at the difference, then commit.
"""

import json
import math
import os
import tomllib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from made_lexicon import LEXICON

from pipeline import Document
from pipeline.repair import repair
from pipeline.repair.channel import fold
from pipeline.repair.gate import State
from pipeline.repair.reading import Reading
from pipeline.repair.speller import Speller
from pipeline.repair.stage import _knowledge
from pipeline.repair.tokens import tokenise

ROOT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens" / "repair"
NAMES = ("18-med-udvalg", "30-bestyrelse-fond", "37-regionsraad")
TOLERANCE = 2e-4  # the networks' sums differ a little between processors


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text("utf-8"))


def _compare(name: str, found: dict[str, Any]) -> None:
    golden = GOLDENS / f"{name}.json"
    if os.environ.get("REFERAT_NEW_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        rows = [f" {json.dumps(key, ensure_ascii=False)}: {_lines(value)}" for key, value in found.items()]
        golden.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    wanted = json.loads(golden.read_text("utf-8"))
    assert list(found) == list(wanted)
    for key, value in found.items():
        _words_and_numbers(value, wanted[key])


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not any(isinstance(row, list) for row in value):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value) + "\n ]"


def _words_and_numbers(found: Any, wanted: Any) -> None:
    """Equal, numbers within the tolerance."""
    if isinstance(found, list | tuple):
        assert len(found) == len(wanted), f"{found} != {wanted}"
        for one, other in zip(found, wanted, strict=True):
            _words_and_numbers(one, other)
    elif isinstance(found, float):
        assert found == pytest.approx(wanted, abs=TOLERANCE)
    else:
        assert found == wanted


@pytest.mark.parametrize("name", NAMES)
def test_edits_and_doubts_of_minutes(name: str) -> None:
    source = (ROOT / "corpus" / "inbox" / f"{name}.txt").read_text("utf-8")
    document = repair(Document(id="a", source=source), LEXICON)
    assert document.damage is not None
    found = {
        "damage": document.damage.reason,
        "edits": [
            [one.start, one.end, f"{one.before} → {one.after}", one.rule, one.confidence] for one in document.edits
        ],
        "doubts": [[one.start, one.end, one.message] for one in document.notices],
    }
    _compare(name, found)


def test_what_a_word_may_have_been() -> None:
    """Every reading of a word: log P(seen | form), log P(form) as a word and as a name, and where it comes from."""
    known = _knowledge(LEXICON)
    found = {
        word: [
            [
                one.form,
                one.source,
                *(round(number, 5) for number in (one.channel, one.common, one.proper, one.total)),
                len(one.confusions),
            ]
            for one in known.damaged.of(word)
        ]
        for words in _table("repair_words")["words"].values()
        for word in words
    }
    _compare("words", found)


def test_what_the_network_writes() -> None:
    """The forms of a word that was misread, and log of how much likelier each is than the word as it was read."""
    speller = Speller.read(LEXICON.directory / "repair" / "speller.npz")
    words = chain.from_iterable(_table("repair_words")["speller"].values())
    _compare(
        "spellings", {word: [[one.form, round(one.gain, 5)] for one in speller.spellings(fold(word))] for word in words}
    )


def test_what_a_word_says_for_damage() -> None:
    """log P of a word as damaged, as written with ae, oe and aa, and in each other language, against sound Danish."""
    gate = _knowledge(LEXICON).gate
    words = chain.from_iterable(_table("repair_words")["gate"].values())
    _compare("gate", {word: [round(score, 5) for score in gate._score(word)] for word in words})


def test_readings_between_their_neighbours() -> None:
    """Every word of the wild cases that may be another: its readings, and log P of each there at the end."""
    known = _knowledge(LEXICON)
    found = {}
    for text in (case["text"] for case in _table("repair")["wild"]):
        tokens = tokenise(text, known.abbreviations)
        states = known.gate.explain(tokens, text.count("\n") + 1)
        read = Reading(known.words, known.neighbours, LEXICON.names)
        read.add(tokens, known.written if State.TRANSLITERATED in states else known.damaged)
        read.settle()
        found[text] = [
            [token.text, *chain(*zip([one.form for one in slot.candidates], _logs(slot.shares), strict=True))]
            for token, slot in read.slots()
            if len(slot.candidates) > 1
        ]
    _compare("readings", found)


def _logs(shares: Sequence[float]) -> list[float]:
    return [round(math.log(max(share, 1e-30)), 4) for share in shares]
