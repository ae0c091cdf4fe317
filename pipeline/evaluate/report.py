"""The figures of an evaluation: made from gold and records, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.evaluate.fields import FIELDS, MEASURED, score_fields
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.grounding import Fault, check_grounding
from pipeline.evaluate.intervals import f1_interval
from pipeline.evaluate.reliability import KINDS, Case, Reliability, cases, reliability
from pipeline.evaluate.repairs import RepairFigures, score_repair
from pipeline.evaluate.tally import Tally

__all__ = ["Report", "evaluate", "render"]

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation measured. `by_document` holds the tally of each field, document by document.

    `repair` is None where no clean text lies beside the gold. `missing` names the gold documents without a record.
    `cases` are the values whose confidence can be judged.
    """

    by_document: Mapping[str, Mapping[str, Tally]]
    missing: tuple[str, ...]
    repair: RepairFigures | None
    spans: int
    faults: tuple[tuple[str, Fault], ...]
    cases: tuple[Case, ...] = ()

    def field(self, name: str) -> Tally:
        """One field over all documents."""
        return reduce(Tally.plus, (tallies[name] for tallies in self.by_document.values()), Tally())

    def interval(self, name: str) -> tuple[float, float] | None:
        """The 95 % bootstrap interval of a field's F1, over documents."""
        return f1_interval([tallies[name] for tallies in self.by_document.values()])

    @property
    def mean_f1(self) -> float:
        """The mean F1 of those of the 20 fields that could be measured."""
        scores = [f1 for name in FIELDS if (f1 := self.field(name).f1) is not None]
        return sum(scores) / max(len(scores), 1)

    def confidence(self, kind: str | None = None) -> Reliability:
        """How far the confidence of the values of one kind, or of all, is what it says."""
        return reliability(case for case in self.cases if kind in (None, case.kind))

    def as_dict(self) -> dict[str, Any]:
        """All figures as JSON values."""
        return {
            "documents": len(self.by_document),
            "missing_records": list(self.missing),
            "fields": {name: self._field_figures(name) for name in MEASURED},
            "mean_f1": self.mean_f1,
            "repair": None if self.repair is None else _counts(self.repair) | self.repair.rates(),
            "grounding": {"spans": self.spans, "wrong": len(self.faults)},
            "confidence": {kind: self.confidence(kind)._asdict() for kind in KINDS}
            | {"all": self.confidence()._asdict()},
        }

    def _field_figures(self, name: str) -> dict[str, Any]:
        tally, interval = self.field(name), self.interval(name)
        return {
            "gold": tally.gold,
            "found": tally.found,
            "right": tally.right,
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
            "f1_interval": None if interval is None else list(interval),
        }


def evaluate(gold_directories: Iterable[Path], minutes: Mapping[str, Record]) -> Report:
    """Compare records with the gold of one or more folders.

    `minutes` maps the stem of a document's file name to its record (a line of minutes.jsonl). A gold document without
    a record counts as a total miss. Raises `ConfigurationError` when a gold file is wrong or a folder holds none.
    """
    golds = [gold for directory in gold_directories for gold in read_gold(directory)]
    found = {gold.name: _record_of(gold, minutes) for gold in golds}
    if len(found) < len(golds):
        raise ConfigurationError("two gold files have the same name: evaluate their folders one at a time")
    by_document: dict[str, dict[str, Tally]] = {}
    spans, faults, repairs, judged = 0, list[tuple[str, Fault]](), list[RepairFigures](), list[Case]()
    for gold in golds:
        record = found[gold.name]
        by_document[gold.name] = score_fields(gold, record or {})
        if record is None:
            continue
        judged += cases(record, by_document[gold.name])
        number, wrong = check_grounding(record)
        spans += number
        faults += [(gold.name, fault) for fault in wrong]
        if gold.clean is not None:
            repairs.append(score_repair(record["source_text"], record["text"], gold.clean))
    return Report(
        by_document=by_document,
        missing=tuple(name for name, record in found.items() if record is None),
        repair=reduce(RepairFigures.plus, repairs) if repairs else None,
        spans=spans,
        faults=tuple(faults),
        cases=tuple(judged),
    )


def _record_of(gold: Gold, minutes: Mapping[str, Record]) -> Record | None:
    """The record of the file with the gold's name, or of the first one whose name begins so ("018" of 018_club)."""
    if gold.name in minutes:
        return minutes[gold.name]
    return next((minutes[stem] for stem in sorted(minutes) if stem.startswith(gold.name)), None)


def _counts(figures: RepairFigures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in RepairFigures.__dataclass_fields__}


def render(report: Report) -> str:
    """The report as a table of plain text, one line for each field."""
    rows = [f"{'field':22}{'gold':>6}{'found':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}   95 % interval"]
    for name in MEASURED:
        tally, interval = report.field(name), report.interval(name)
        shares = "".join(map(_share, (tally.precision, tally.recall, tally.f1)))
        swing = f"   {interval[0]:.3f}–{interval[1]:.3f}" if interval else ""
        rows.append(f"{name:22}{tally.gold:6}{tally.found:7}{tally.right:7}{shares}{swing}")
    rows.append(f"mean F1 {report.mean_f1:.3f} of {len(FIELDS)} fields over {len(report.by_document)} documents")
    if report.missing:
        rows.append(f"no record for {', '.join(report.missing)}")
    rows.append(f"grounding: {report.spans} spans, {len(report.faults)} wrong")
    rows += [f"  {name}: {fault.where}: {fault.expected[:60]!r}" for name, fault in _first(report.faults)]
    if report.repair:
        rates = report.repair.rates()
        rows.append(
            f"repair: WER {rates['wer_before']:.4f} → {rates['wer_after']:.4f} (cut {rates['wer_cut']:.3f}), "
            f"CER {rates['cer_before']:.4f} → {rates['cer_after']:.4f}, "
            f"{rates['damaged_words_restored']:.3f} of {report.repair.damaged} damaged words restored, "
            f"{rates['good_words_broken_per_10k']:.1f} good words broken in 10,000 "
            f"({report.repair.lost} words lost and {report.repair.made_up} made up by the OCR left out)"
        )
    return "\n".join([*rows, *_reliability_rows(report)]) + "\n"


def _reliability_rows(report: Report) -> Iterator[str]:
    """What is said and what is right, by kind of value and by tenth of confidence."""
    if not report.cases:
        return
    yield f"{'confidence of':22}{'values':>7}{'said':>8}{'right':>8}{'ECE':>8}   (expected calibration error)"
    for kind in (*KINDS, None):
        figures = report.confidence(kind)
        shares = "".join(map(_share, (figures.said, figures.right, figures.error)))
        if figures.cases:
            yield f"{kind or 'all':22}{figures.cases:7}{shares}"
    for number, said, right in report.confidence().bins:
        yield f"  {'said around':20}{number:7}{said:8.3f}{right:8.3f}"


def _first(faults: Sequence[tuple[str, Fault]]) -> Sequence[tuple[str, Fault]]:
    return faults[:10]


def _share(value: float | None) -> str:
    return "       –" if value is None else f"{value:8.3f}"
