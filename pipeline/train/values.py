"""Fits how sure the values may say they are: for each rule a factor on the odds of its constant.

The factor of a kind is found first, then that of each of its rules, pulled towards the kind's by a normal prior
(a logistic regression of intercepts only, whose maximum a posteriori needs one bisection each). How strongly it pulls
is chosen by cross-validation over documents. How right a kind is on the whole is then told by the documents that no
rule was made with, where there are any: values are righter in minutes that rules were made with, and users have others.
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
_LEVEL_SPREAD = 1.0
"""Variance of the prior on what documents that no rule was made with change for a kind."""
_FOLDS = 12
_Documents = Sequence[Sequence[Case]]
_FURTHEST = 8.0  # log odds


def train_values(
    gold: Sequence[Path], directory: Path, tell: Callable[[str], None], unseen: Sequence[Path] = ()
) -> None:
    """Write confidence/values.tsv of the models in `directory`, from the documents of gold folders.

    `unseen` are folders of documents that no rule was made with. `tell` hears the calibration error by kind on
    documents that the fit has not seen: those of `unseen`, where there are any. Raises `ConfigurationError` when a gold
    file is wrong or a folder has no documents beside it.
    """
    lexicon = Lexicon.load(directory)
    known, level = ([values for folder in folders for values in _values(folder, lexicon)] for folders in (gold, unseen))
    spread = min(_SPREADS, key=lambda spread: _loss(_judged(known, level, spread)))
    documents = [*known, *level]
    tell(f"confidence: {sum(map(len, documents))} values of {len(documents)} documents, spread {spread}")
    judged = _judged(known, level, spread)
    for kind in KINDS:
        figures = reliability(case for case in judged if case.kind == kind)
        if figures.cases:
            tell(f"  {kind:15}{figures.cases:5} said {figures.said:.3f} right {figures.right:.3f} {figures.error:.3f}")
    everything = list(chain.from_iterable(documents))
    (directory / "confidence").mkdir(exist_ok=True)
    with (directory / "confidence" / "values.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("kind", "rule", "factor", "cases", "right"))
        for (kind, rule), factor in sorted(fit_odds(everything, spread, list(chain.from_iterable(level))).items()):
            behind = [case.right for case in everything if case.kind == kind and rule in (case.rule, ANY_RULE)]
            table.writerow((kind, rule, f"{factor:.4f}", len(behind), sum(behind)))


def _values(folder: Path, lexicon: Lexicon) -> Iterator[list[Case]]:
    """The values of each document of a gold folder with their rules' constants, and whether they are right."""
    for truth, path in gold_documents(folder):
        document = read(load(path), path.name)
        for stage in STAGES:
            if stage is not calibrate:
                document = stage(document, lexicon)
        minutes = to_minutes(weighed(document, lambda kind, rule, constant: constant))
        record = minutes.model_dump(mode="json", by_alias=True)
        yield list(cases(record, score_fields(truth, record)))


def fit_odds(known: Sequence[Case], spread: float, level: Iterable[Case] = ()) -> dict[tuple[str, str], float]:
    """The factor of each kind (rule `*`) and of each of its rules; `level` are those of the cases that no rule was made
    with, which tell how right a kind is on the whole.

    >>> found = fit_odds([Case("date", "dates/year", 0.5, right) for right in (True, True, True, False)] * 50, 0.5)
    >>> 2.5 < found["date", "dates/year"] < 3
    True
    """
    kinds, rules = defaultdict[str, list[Case]](list), defaultdict[tuple[str, str], list[Case]](list)
    for case in known:
        kinds[case.kind].append(case)
        rules[case.kind, case.rule].append(case)
    shifts = {(kind, ANY_RULE): _shift(found, 0.0, 1.0) for kind, found in kinds.items()}
    shifts |= {key: _shift(found, shifts[key[0], ANY_RULE], spread) for key, found in rules.items()}
    odds = Odds({key: exp(shift) for key, shift in shifts.items()})
    told = defaultdict[str, list[Case]](list)
    for case in level:
        told[case.kind].append(case._replace(confidence=odds.of(case.kind, case.rule, case.confidence)))
    lifts = {kind: _shift(found, 0.0, _LEVEL_SPREAD) for kind, found in told.items()}
    return {(kind, rule): exp(shift + lifts.get(kind, 0.0)) for (kind, rule), shift in shifts.items()}


def _shift(found: Sequence[Case], prior: float, spread: float) -> float:
    """What is added to the log odds of every case, so that as many are expected right as are, against the prior."""
    odds = [log(case.confidence / (1 - case.confidence)) for case in found]
    right = sum(case.right for case in found)
    low, high = -_FURTHEST, _FURTHEST
    while high - low > 1e-6:
        middle = (low + high) / 2
        expected = sum(1 / (1 + exp(-one - middle)) for one in odds)
        low, high = (middle, high) if right - expected > (middle - prior) / spread else (low, middle)
    return low


def _judged(known: _Documents, level: _Documents, spread: float) -> list[Case]:
    """Every case of the documents that no rule was made with (of all where there are none) with the confidence that
    the documents of the other folds give it."""
    judged_documents = level or known
    order = list(range(len(judged_documents)))
    random.Random(0).shuffle(order)  # noqa: S311 -- the same folds every time
    judged: list[Case] = []
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        others = list(chain.from_iterable(judged_documents[i] for i in order if i not in held))
        fitted = fit_odds([*chain.from_iterable(known), *others], spread, others) if level else fit_odds(others, spread)
        odds = Odds(fitted)
        judged += [
            case._replace(confidence=odds.of(case.kind, case.rule, case.confidence))
            for i in sorted(held)
            for case in judged_documents[i]
        ]
    return judged


def _loss(judged: Sequence[Case]) -> float:
    return -sum(log(case.confidence if case.right else 1 - case.confidence) for case in judged)
