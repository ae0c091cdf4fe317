"""Figures against invented gold, and against the scorer of the task where that lies beside the checkout."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from pipeline.evaluate import Report, evaluate, evaluate_folders, missed_floors, render
from pipeline.evaluate.fields import FIELDS, MEASURED, score_fields
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.grounding import check_grounding
from pipeline.evaluate.intervals import f1_interval
from pipeline.evaluate.repairs import score_repair
from pipeline.evaluate.tally import Tally

Json = dict[str, Any]

GOLD: Json = {
    "meeting": {
        "date": "2025-03-04",
        "chair": "Ida Holm",
        "minute_taker": None,
        "present": [{"name": "Ida Holm"}, {"name": "Bo Friis"}],
        "absent": [],
    },
    "items": [
        {
            "title": "Godkendelse af dagsorden",
            "number": "1",
            "kind": None,
            "statements": [],
            "recommendations": ["dagsordenen godkendes"],
            "decisions": [{"text": "Dagsordenen blev godkendt.", "outcome": "approved"}],
            "actions": [],
        },
        {
            "title": "Ny hjemmeside",
            "number": "2",
            "kind": "decision",
            "statements": [{"speaker": "Bo Friis", "organisation": "Vejlauget"}, {"speaker": "Ida", "optional": True}],
            "recommendations": [],
            "decisions": [{"text": "Sagen blev udsat til næste møde.", "outcome": "postponed", "optional": True}],
            "actions": [{"who": "Bo Friis", "what": "Bo indhenter et tilbud.", "due": None}],
        },
    ],
    "persons": [
        {"name": "Ida Holm", "forms": ["Ida Holm", "Ida"], "organisations": []},
        {"name": "Bo Friis", "forms": [], "organisations": ["Vejlauget"]},
    ],
    "organisations": [{"name": "Vejlauget Bøgen", "aliases": ["Vejlauget"]}, {"name": "KL", "optional": True}],
    "amounts": [
        {"value": "250.00", "unit": "DKK", "kind": "money"},
        {"value": "60000/65000", "unit": "DKK", "kind": "money"},
        {"value": "3", "unit": "møder", "kind": "quantity", "optional": True},
    ],
    "dates": [{"iso": "2025-03-04"}, {"iso": "2025-03-04"}, {"iso": "2025", "alt": ["2025/.."]}],
}

RECORD: Json = {
    "source_text": "pa mgdet",
    "text": "på mødet",
    "edits": [
        {"start": 1, "end": 2, "before": "a", "after": "å", "rule": "r", "confidence": 0.9},
        {"start": 4, "end": 5, "before": "g", "after": "ø", "rule": "r", "confidence": 0.9},
    ],
    "meeting": {
        "date": "2025-03-04",
        "chair": "Ida",
        "minute_taker": "Bo Friis",
        "present": [{"name": "Ida Holm"}, {"name": "Per Lund"}],
        "absent": [],
    },
    "items": [
        {
            "title": "Godkendelse af dagsordenen",
            "number": "1",
            "kind": "discussion",
            "recommendations": [{"text": "at dagsordenen godkendes"}],
            "decisions": [{"text": "Dagsordenen blev godkendt", "outcome": "noted"}],
        },
        {
            "title": "Ny hjemmeside",
            "number": "3",
            "kind": "decision",
            "statements": [{"speaker": "Bo Friis", "organisation": "Vejlauget Bøgen"}, {"speaker": "Ida Holm"}],
            "actions": [{"text": "Bo indhenter et tilbud.", "what": "et tilbud"}],
        },
    ],
    "persons": [
        {"name": "Ida", "organisations": []},
        {"name": "Ida Holm", "organisations": []},
        {"name": "Bo Friis", "organisations": ["Vejlauget"]},
    ],
    "organisations": [{"name": "Vejlauget", "aliases": []}, {"name": "KL"}, {"name": "Region Vest"}],
    "amounts": [
        {"value": "250", "unit": "DKK", "kind": "money"},
        {"value": None, "low": "60000", "high": "65000", "unit": "DKK", "kind": "money"},
        {"value": "3", "unit": "møder", "kind": "quantity"},
        {"value": "12.5", "unit": "%", "kind": "percent"},
    ],
    "dates": [
        {"iso": "2025-03-04", "text": "mødet", "start": 3, "end": 8},
        {"iso": "2025/..", "text": "noget andet", "start": 0, "end": 2},
    ],
}

EXPECTED = {  # right, missed, spurious
    "items": (2, 0, 0),
    "item_numbers": (1, 1, 1),
    "item_kinds": (1, 0, 1),
    "statements": (1, 0, 0),
    "speaker_organisations": (1, 0, 0),
    "recommendations": (1, 0, 0),
    "decisions": (1, 0, 0),
    "decision_outcomes": (0, 1, 1),
    "actions": (1, 0, 0),
    "present": (1, 1, 1),
    "absent": (0, 0, 0),
    "persons": (2, 0, 1),
    "person_organisations": (1, 0, 0),
    "organisations": (1, 0, 1),
    "money": (2, 0, 0),
    "percent": (0, 0, 1),
    "quantities": (0, 0, 0),
    "dates": (2, 1, 0),
    "meeting_date": (1, 0, 0),
    "meeting_roles": (1, 0, 1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mini.gold.json").write_text(json.dumps(GOLD), "utf-8")
    (tmp_path / "mini.clean.txt").write_text("på mødet", "utf-8")
    return tmp_path


@pytest.fixture
def report(folder: Path) -> Report:
    return evaluate([folder], {"mini": RECORD})


def test_every_field(report: Report) -> None:
    counts = {name: report.field(name) for name in FIELDS}
    assert {name: (t.right, len(t.missed), len(t.spurious)) for name, t in counts.items()} == EXPECTED


def test_a_missing_record_is_a_total_miss(folder: Path) -> None:
    report = evaluate([folder], {})
    assert report.missing == ("mini",)
    assert report.field("items").recall == 0
    assert report.repair is None


def test_repair_and_grounding(report: Report) -> None:
    assert report.repair is not None
    assert (report.repair.damaged, report.repair.restored) == (2, 2)
    assert report.repair.rates()["wer_cut"] == 1
    assert report.spans == 2
    assert [fault.where for _, fault in report.faults] == ["dates.1"]


def test_report_as_data_and_text(report: Report) -> None:
    figures = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert list(figures["fields"]) == list(MEASURED)
    assert figures["fields"]["items"]["f1_interval"] == [1, 1]
    text = render(report)
    assert all(name in text for name in FIELDS)
    assert "dates.1" in text


def test_lost_words_are_no_damage() -> None:
    figures = score_repair("en to fir", "en to fire", "nul en to fire")
    assert (figures.lost, figures.damaged, figures.restored, figures.errors_after) == (1, 1, 1, 0)


def test_edits_that_do_not_fit() -> None:
    edit = {"start": 0, "end": 2, "before": "xx", "after": "y", "rule": "r", "confidence": 1}
    assert check_grounding({"source_text": "ab", "text": "y", "edits": [edit]})[1]
    assert check_grounding({"source_text": "ab", "text": "y", "edits": []})[1]
    assert not check_grounding({"source_text": "ab", "text": "ab", "edits": []})[1]


def test_interval_holds_the_figure_and_repeats() -> None:
    tallies = [Tally(8, ("a",), ("b",)), Tally(2, ("c", "d"), ()), Tally(5, (), ("e",))]
    low, high = f1_interval(tallies) or (0.0, 0.0)
    assert low < 2 * 15 / (18 + 17) < high
    assert f1_interval(tallies) == (low, high)
    assert f1_interval([Tally()]) is None


def test_floors(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(
        "[fields]\nitems = 0.9\ndates = 0.95\nabsent = 0.5\n[overall]\nmean_f1 = 0.1\n"
        "[repair]\nwer_cut = 0.9\ngood_words_broken_per_10k = 10\n[grounding]\nwrong = 0\n"
    )
    assert [line.split(":")[0] for line in missed_floors(report, path)] == [
        "fields.dates",
        "fields.absent",
        "grounding.wrong",
    ]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[fields]\nitem = 1", "item"),
        ("[field]\nitems = 1", "field"),
        ("[fields]\nitems = 'x'", "items"),
        ("x", "floors"),
    ],
)
def test_wrong_floors(report: Report, tmp_path: Path, toml: str, says: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(toml)
    with pytest.raises(ConfigurationError, match=says):
        missed_floors(report, path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"items": [{"number": "1"}]}, "items.0.title"),
        ({"dates": [{"text": "i dag"}]}, "dates.0.iso"),
        ({"amounts": [{"value": "1", "kind": "cash"}]}, "amounts.0.kind"),
    ],
)
def test_wrong_gold(tmp_path: Path, change: Json, says: str) -> None:
    (tmp_path / "bad.gold.json").write_text(json.dumps(GOLD | change), "utf-8")
    with pytest.raises(ConfigurationError, match=rf"bad\.gold\.json, {says}"):
        read_gold(tmp_path)


def test_broken_json_and_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no file"):
        read_gold(tmp_path)
    (tmp_path / "bad.gold.json").write_text("{", "utf-8")
    with pytest.raises(ConfigurationError, match="bad"):
        read_gold(tmp_path)


def test_folders_are_processed(folder: Path) -> None:
    report = evaluate_folders([folder], clean=True)
    assert report.repair is not None
    assert report.repair.rates()["wer_after"] == 0
    with pytest.raises(ConfigurationError, match="--inbox"):
        evaluate_folders([folder])
    assert evaluate_folders([folder], inbox=folder / "nowhere").missing == ("mini",)


# --- the same figures as the scorer that the task came with ---------------------------------------------------------

SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "score" / "score.py"
beside = pytest.mark.skipif(not SCORER.is_file(), reason="the scorer of the task is not beside the checkout")


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _disturbed(node: Any, chance: random.Random) -> Any:
    """Gold as a record in which things are missing, doubled or changed."""
    if isinstance(node, dict):
        return {key: _disturbed(value, chance) for key, value in node.items() if key != "optional"}
    if isinstance(node, list):
        kept = [_disturbed(value, chance) for value in node if chance.random() > 0.15]
        kept += [_disturbed(value, chance) for value in node if chance.random() < 0.1]
        return [{"text": value} if isinstance(value, str) and len(value) > 60 else value for value in kept]
    if isinstance(node, str) and len(node) > 3 and chance.random() < 0.15:
        cut = chance.randrange(len(node))
        return node[:cut] + node[cut + chance.randrange(1, 4) :]
    return node


def _record(raw: Json, chance: random.Random) -> Json:
    record: Json = _disturbed(raw, chance)
    for item in record["items"]:
        item["recommendations"] = [r if isinstance(r, dict) else {"text": r} for r in item["recommendations"]]
    for amount in record["amounts"]:
        ends = str(amount["value"]).split("/")
        if len(ends) == 2:
            amount |= {"value": None, "low": ends[0], "high": ends[1]}
    return record


HEAD = ("body", "place", "times")
"""What of the head is measured beside the fields of the scorer."""


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ({"body": "Havnerådet"}, {"body": "HAVNERÅDET (HR)"}, (1, 0, 0)),
        ({"body": "Havnerådet"}, {"body": "Havneudvalget"}, (0, 0, 0)),
        ({"place": "Kajgade 3, 1. sal"}, {"place": "Kajgade 3,  1. sal."}, (0, 1, 0)),
        ({"start": "9.30", "end": "12"}, {"start_time": "09:30", "end_time": "12:00"}, (0, 0, 2)),
        ({"start": "9.30"}, {"end_time": "09:30"}, (0, 0, 0)),
    ],
)
def test_head_fields(gold: dict[str, str], found: dict[str, str], right: tuple[int, int, int]) -> None:
    tallies = score_fields(Gold.model_validate({"meeting": gold}), {"meeting": found})
    assert tuple(tallies[f"meeting_{name}"].right for name in HEAD) == right


@beside
@pytest.mark.parametrize("seed", range(3))
def test_fields_agree_with_the_scorer(seed: int) -> None:
    scorer, chance = _scorer(), random.Random(seed)  # noqa: S311
    for path in sorted((SHARED / "minutes" / "gold").glob("*.gold.json")):
        raw = json.loads(path.read_text("utf-8"))
        record = _record(raw, chance)
        theirs = {field: scorer.Tally() for field in scorer.FIELDS}
        scorer.score_document(path.name, raw, record, theirs)
        ours = score_fields(Gold.model_validate(raw), record)
        assert tuple(ours) == (*scorer.FIELDS, *(f"meeting_{name}" for name in HEAD))
        for field in FIELDS:
            row, tally = theirs[field].row(), ours[field]
            assert (tally.gold, tally.found, tally.right) == (row["gold"], row["found"], row["right"]), (
                path.name,
                field,
            )
            assert (tally.precision, tally.recall) == (row["precision"], row["recall"])
            assert tally.f1 == pytest.approx(row["f1"])


@beside
def test_repair_agrees_with_the_scorer() -> None:
    scorer, chance = _scorer(), random.Random(7)  # noqa: S311
    for clean in sorted((SHARED / "minutes" / "gold").glob("*.clean.txt"))[::3]:
        printed = clean.read_text("utf-8")
        source = (SHARED / "minutes" / "ocr" / clean.name.replace(".clean", "")).read_text("utf-8")
        repaired = "".join(chance.choice("aeo") if c in "æøå" and chance.random() < 0.3 else c for c in printed)
        theirs, ours = scorer.repair_figures(source, repaired, printed), score_repair(source, repaired, printed)
        names = ("words", "lost", "made_up", "errors_before", "errors_after", "damaged", "restored", "intact", "broken")
        assert {name: getattr(ours, name) for name in names} == {name: theirs[name] for name in names}
        assert ours.character_errors_before == theirs["char_before"]
        assert ours.character_errors_after == theirs["char_after"]
        assert ours.characters == theirs["chars"]
