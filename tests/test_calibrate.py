"""Confidences: what the table makes of a rule's constant, and whether the figures tell sure from right."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_document import any_document

from pipeline.calibrate import calibrate
from pipeline.calibrate.odds import ANY_RULE, Odds
from pipeline.calibrate.stage import weighed
from pipeline.document import Document
from pipeline.evaluate.fields import score_fields
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.reliability import KINDS, Case, cases, reliability
from pipeline.extract import extract
from pipeline.lexicon import Lexicon
from pipeline.records.convert import to_minutes
from pipeline.stages import process
from pipeline.train.values import fit_odds, train_values

LEXICON = Lexicon.load()
TABLE = LEXICON.directory / "confidence" / "values.tsv"
TEXT = """Referat af møde i Havneudvalget den 4. marts 2025

Til stede: Åse Brink, Jørn Ravn
Afbud: Bo Lind

1. Ny kaj
Det indstilles, at udvalget godkender anlægget til 1,2 mio. kr. og 10 %.
Udvalget godkendte anlægget. Jørn Ravn udarbejder en plan.

2. Eventuelt
Åse Brink oplyste, at der holdes 3 møder i Region Syddanmark.
"""


@given(st.floats(0, 1), st.floats(0.01, 100))
def test_a_confidence_stays_a_probability_and_a_surer_rule_stays_surer(constant: float, factor: float) -> None:
    odds = Odds({("date", ANY_RULE): factor})
    assert 0 < odds.of("date", "dates/year", constant) < 1
    assert odds.of("date", "dates/year", constant) >= odds.of("date", "dates/year", constant / 2)
    assert odds.of("money", "amounts/money", 0.5) == 0.5


@settings(deadline=None)  # the first one loads the lexicon
@given(any_document())
def test_only_confidences_change(document: Document) -> None:
    before = extract(document, LEXICON)
    after = calibrate(before, LEXICON)
    assert weighed(before, lambda kind, rule, constant: 0.5) == weighed(after, lambda kind, rule, constant: 0.5)


def test_every_kind_of_value_is_weighed_and_judged() -> None:
    asked: set[str] = set()

    def note(kind: str, rule: str, constant: float) -> float:
        asked.add(kind)
        return constant

    weighed(process(Document(id="a", source=TEXT), LEXICON), note)
    assert asked == set(KINDS)
    with TABLE.open(encoding="utf-8") as rows:
        assert {row["kind"] for row in csv.DictReader(rows, delimiter="\t")} == set(KINDS)


def test_a_verdict_for_each_value() -> None:
    record = to_minutes(process(Document(id="a", source=TEXT), LEXICON)).model_dump(mode="json", by_alias=True)
    gold = Gold.model_validate(
        {
            "meeting": {"date": "2025-03-05", "present": [{"name": "Åse Brink"}]},
            "items": [{"title": "Ny kaj", "decisions": [{"text": "Udvalget godkendte anlægget.", "outcome": "noted"}]}],
            "amounts": [{"value": "1200000", "kind": "money"}],
            "dates": [{"iso": "2025-03-04"}],
        }
    )
    judged = [(case.kind, case.right) for case in cases(record, score_fields(gold, record))]
    assert ("meeting", False) in judged
    assert sorted(judged).count(("present", True)) == sorted(judged).count(("present", False)) == 1
    assert ("item", True) in judged
    assert ("decision", False) in judged, "the passage is found, and its outcome is another"
    assert {("money", True), ("date", True), ("action", False)} <= set(judged)


def test_calibration_error() -> None:
    said = [Case("date", "r", 0.95, right) for right in [True] * 19 + [False]]
    assert reliability(said).error == pytest.approx(0)
    assert reliability(said + [Case("date", "r", 0.55, False)] * 20).error == pytest.approx(0.275)
    assert reliability([]).cases == 0


def test_a_rare_rule_is_taken_for_its_kind_and_a_common_one_for_itself() -> None:
    common = [Case("date", "common", 0.8, n % 2 == 0) for n in range(200)]
    odds = Odds(fit_odds([*common, Case("date", "rare", 0.8, True)], 0.35))
    assert odds.of("date", "common", 0.8) == pytest.approx(0.5, abs=0.02)
    assert odds.of("date", "common", 0.8) < odds.of("date", "rare", 0.8) < 0.7
    assert odds.of("date", "unheard of", 0.8) == pytest.approx(0.5, abs=0.05)


def test_documents_that_no_rule_was_made_with_tell_the_level_and_all_tell_the_better_rule() -> None:
    better = [Case("date", "better", 0.8, n % 10 > 0) for n in range(200)]
    worse = [Case("date", "worse", 0.8, n % 10 > 2) for n in range(200)]
    level = [Case("date", rule, 0.8, n % 10 > 4) for n in range(100) for rule in ("better", "worse")]
    odds = Odds(fit_odds([*better, *worse, *level], 1.0, level))
    said = odds.of("date", "better", 0.8), odds.of("date", "worse", 0.8)
    assert sum(said) / 2 == pytest.approx(0.5, abs=0.03)
    assert said[0] > said[1] + 0.1


def test_training_writes_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold, models = tmp_path / "gold", tmp_path / "models"
    (tmp_path / "inbox").mkdir()
    (models / "confidence").mkdir(parents=True)
    gold.mkdir()
    for name in "abc":
        truth = {"items": [{"title": "Ny kaj"}], "dates": [{"iso": "2025-03-04"}]}
        (gold / f"{name}.gold.json").write_text(json.dumps(truth), "utf-8")
        (tmp_path / "inbox" / f"{name}.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr("pipeline.train.values.Lexicon.load", lambda directory: LEXICON)
    heard: list[str] = []
    train_values([gold], models, heard.append)
    assert "3 documents" in heard[0]
    train_values([gold], models, heard.append, [gold])
    assert "6 documents" in heard[-len(heard) // 2]
    odds = Odds.read(models / "confidence" / "values.tsv")
    assert odds.of("date", "dates/day-month-year", 0.9) > 0.9 > odds.of("action", "does", 0.9)
