"""Pinned floors: figures that a change may not fall below.

[fields]                        # F1
items = 0.8
[overall]
mean_f1 = 0.7
[repair]
wer_cut = 0.9
good_words_broken_per_10k = 10  # a ceiling, like the error rates
[grounding]
wrong = 0                       # a ceiling
[confidence]                    # ceilings of the expected calibration error
all = 0.02
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.evaluate.fields import MEASURED
from pipeline.evaluate.reliability import KINDS
from pipeline.evaluate.repairs import RepairFigures
from pipeline.evaluate.report import Report

__all__ = ["missed_floors"]

_CEILINGS = {"wer_before", "wer_after", "cer_before", "cer_after", "good_words_broken_per_10k", "wrong", "missing"}
_KNOWN = {
    "fields": set(MEASURED),
    "overall": {"mean_f1", "missing"},
    "repair": set(RepairFigures().rates()),
    "grounding": {"spans", "wrong"},
    "confidence": {*KINDS, "all"},
}


class _Floors(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: dict[str, float] = {}
    overall: dict[str, float] = {}
    repair: dict[str, float] = {}
    grounding: dict[str, float] = {}
    confidence: dict[str, float] = {}


def missed_floors(report: Report, path: Path) -> list[str]:
    """One line for each floor of the file that the report misses; a figure that could not be measured is missed.

    Raises `ConfigurationError` naming the file and the floor when it is not a known figure or not a number.
    """
    missed = []
    for table, floors in _read(path):
        figures = _figures(report, table)
        for name, floor in floors.items():
            value = figures.get(name)
            ceiling = name in _CEILINGS or table == "confidence"
            if value is None:
                missed.append(f"{table}.{name}: not measured, the floor is {floor:g}")
            elif ceiling and value > floor:
                missed.append(f"{table}.{name}: {value:.4g} is above {floor:g}")
            elif not ceiling and value < floor:
                missed.append(f"{table}.{name}: {value:.4g} is below {floor:g}")
    return missed


def _figures(report: Report, table: str) -> dict[str, float | None]:
    if table == "fields":
        return {name: report.field(name).f1 for name in MEASURED}
    if table == "overall":
        return {"mean_f1": report.mean_f1, "missing": len(report.missing)}
    if table == "repair":
        return dict(report.repair.rates()) if report.repair else {}
    if table == "confidence":
        kinds = {kind: report.confidence(kind) for kind in KINDS} | {"all": report.confidence()}
        return {kind: figures.error if figures.cases else None for kind, figures in kinds.items()}
    return {"spans": report.spans, "wrong": len(report.faults)}


def _read(path: Path) -> list[tuple[str, dict[str, float]]]:
    try:
        floors = _Floors.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"floors {path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"floors {path}, {where}: {first['msg']}") from error
    tables = [(table, getattr(floors, table)) for table in _KNOWN]
    for table, wanted in tables:
        if unknown := sorted(wanted.keys() - _KNOWN[table]):
            raise ConfigurationError(f"floors {path}: [{table}] knows no {unknown[0]!r}, only {sorted(_KNOWN[table])}")
    return tables
