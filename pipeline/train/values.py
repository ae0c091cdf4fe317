"""Fits how sure the values may say they are: for each rule a factor on the odds of its constant.

Rules find more of the truth in the minutes that they were made with than in others. How right a kind of value is, is
therefore learnt from minutes that no rule was made with; how a rule differs from its kind, from all.

The factor of a kind is found first, in either set, then that of each of its rules, pulled towards the kind's by a
normal prior (a logistic regression of intercepts only, whose maximum a posteriori needs one bisection each). How
strongly it pulls is chosen by cross-validation over documents.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from math import exp, log
from pathlib import Path

from pipeline.calibrate.odds import ANY_RULE, Odds
from pipeline.calibrate.stage import calibrate, weighed
from pipeline.evaluate.fields import score_fields
from pipeline.evaluate.folders import gold_documents
from pipeline.evaluate.reliability import KINDS, Case, cases, reliability
from pipeline.lexicon import Lexicon
from pipeline.read import load, read
from pipeline.records.convert import to_minutes
from pipeline.stages import STAGES

__all__ = ["fit_odds", "train_values"]

_SPREADS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Variances of the prior to choose from: how far the log odds of a rule may lie from those of its kind."""
_FOLDS = 12
_FURTHEST = 8.0  # log odds


def train_values(unseen: Sequence[Path], tuned: Sequence[Path], directory: Path, tell: Callable[[str], None]) -> None:
    """Write confidence/values.tsv of the models in `directory`, from the documents of gold folders.

    No rule was made with the minutes in `unseen`, and rules were with those in `tuned`. `tell` hears the calibration
    error by kind on unseen documents that the fit leaves out. Raises `ConfigurationError` when a gold file is wrong
    or a folder has no documents beside it.
    """
    lexicon = Lexicon.load(directory)
    documents, known = [
        [found for folder in folders for found in _judged(folder, lexicon)] for folders in (unseen, tuned)
    ]
    seen = list(chain.from_iterable(known))
    spread = min(_SPREADS, key=lambda spread: _loss(_left_out(documents, seen, spread)))
    fresh = list(chain.from_iterable(documents))
    tell(f"confidence: {len(fresh)} values of {len(documents)} documents, {len(seen)} of {len(known)}, spread {spread}")
    judged = _left_out(documents, seen, spread)
    for kind in KINDS:
        figures = reliability(case for case in judged if case.kind == kind)
        if figures.cases:
            tell(f"  {kind:15}{figures.cases:5} said {figures.said:.3f} right {figures.right:.3f} {figures.error:.3f}")
    with (directory / "confidence" / "values.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("kind", "rule", "factor", "cases", "right"))
        for (kind, rule), factor in sorted(fit_odds(fresh, seen, spread).items()):
            behind = [case.right for case in (*fresh, *seen) if case.kind == kind and rule in (case.rule, ANY_RULE)]
            table.writerow((kind, rule, f"{factor:.4f}", len(behind), sum(behind)))


def _judged(folder: Path, lexicon: Lexicon) -> Iterator[list[Case]]:
    """The values of each document, with the constants of their rules."""
    for truth, path in gold_documents(folder):
        document = read(load(path), path.name)
        for stage in STAGES:
            if stage is not calibrate:
                document = stage(document, lexicon)
        record = to_minutes(weighed(document, lambda kind, rule, constant: constant))
        values = record.model_dump(mode="json", by_alias=True)
        yield list(cases(values, score_fields(truth, values)))


def fit_odds(unseen: Iterable[Case], tuned: Iterable[Case], spread: float) -> dict[tuple[str, str], float]:
    """The factor of each kind (rule `*`) and of each of its rules, for minutes such as the unseen.

    >>> found = fit_odds([Case("date", "dates/year", 0.5, right) for right in (True, True, True, False)] * 50, [], 0.5)
    >>> 2.5 < found["date", "dates/year"] < 3
    True
    """
    levels: dict[str, float] = {}
    told: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for found in (tuned, unseen):  # the later one's levels stand
        kinds = defaultdict[str, list[Case]](list)
        for case in found:
            kinds[case.kind].append(case)
        for kind, own in kinds.items():
            levels[kind] = _shift([(_log_odds(case), case.right) for case in own], 1.0)
            for case in own:
                told[kind, case.rule].append((_log_odds(case) + levels[kind], case.right))
    shifts = {(kind, ANY_RULE): level for kind, level in levels.items()}
    shifts |= {(kind, rule): levels[kind] + _shift(own, spread) for (kind, rule), own in told.items()}
    return {key: exp(shift) for key, shift in shifts.items()}


def _log_odds(case: Case) -> float:
    return log(case.confidence / (1 - case.confidence))


def _shift(told: Sequence[tuple[float, bool]], spread: float) -> float:
    """What is added to all log odds, so that as many are expected right as are, against a prior around nothing."""
    right = sum(each for _, each in told)
    low, high = -_FURTHEST, _FURTHEST
    while high - low > 1e-6:
        middle = (low + high) / 2
        expected = sum(1 / (1 + exp(-one - middle)) for one, _ in told)
        low, high = (middle, high) if right - expected > middle / spread else (low, middle)
    return low


def _left_out(documents: Sequence[Sequence[Case]], tuned: Sequence[Case], spread: float) -> list[Case]:
    """Every case of the unseen documents with the confidence that those of the other folds give it."""
    order = list(range(len(documents)))
    random.Random(0).shuffle(order)  # noqa: S311 -- the same folds every time
    judged: list[Case] = []
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        fresh = chain.from_iterable(documents[i] for i in order if i not in held)
        odds = Odds(fit_odds(fresh, tuned, spread))
        judged += [
            case._replace(confidence=odds.of(case.kind, case.rule, case.confidence))
            for i in sorted(held)
            for case in documents[i]
        ]
    return judged


def _loss(judged: Sequence[Case]) -> float:
    return -sum(log(case.confidence if case.right else 1 - case.confidence) for case in judged)
