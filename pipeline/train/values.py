"""Fits how sure the values may say they are: for each rule a factor on the odds of its constant.

The factor of a kind is found first, then that of each of its rules, pulled towards the kind's by a normal prior
(a logistic regression of intercepts only, whose maximum a posteriori needs one bisection each). How strongly it pulls
is chosen by cross-validation over documents.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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


def train_values(gold: Sequence[Path], directory: Path, tell: Callable[[str], None]) -> None:
    """Write confidence/values.tsv of the models in `directory`, from the documents of gold folders.

    `tell` hears the calibration error by kind on documents that the fit has not seen. Raises `ConfigurationError`
    when a gold file is wrong or a folder has no documents beside it.
    """
    lexicon = Lexicon.load(directory)
    documents = []
    for folder in gold:
        for truth, path in gold_documents(folder):
            document = read(load(path), path.name)
            for stage in STAGES:
                if stage is not calibrate:
                    document = stage(document, lexicon)
            record = to_minutes(weighed(document, lambda kind, rule, constant: constant))
            values = record.model_dump(mode="json", by_alias=True)
            documents.append(list(cases(values, score_fields(truth, values))))
    spread = min(_SPREADS, key=lambda spread: _loss(_unseen(documents, spread)))
    tell(f"confidence: {sum(map(len, documents))} values of {len(documents)} documents, spread {spread}")
    unseen = _unseen(documents, spread)
    for kind in KINDS:
        figures = reliability(case for case in unseen if case.kind == kind)
        if figures.cases:
            tell(f"  {kind:15}{figures.cases:5} said {figures.said:.3f} right {figures.right:.3f} {figures.error:.3f}")
    known = list(chain.from_iterable(documents))
    with (directory / "confidence" / "values.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("kind", "rule", "factor", "cases", "right"))
        for (kind, rule), factor in sorted(fit_odds(known, spread).items()):
            behind = [case.right for case in known if case.kind == kind and rule in (case.rule, ANY_RULE)]
            table.writerow((kind, rule, f"{factor:.4f}", len(behind), sum(behind)))


def fit_odds(known: Iterable[Case], spread: float) -> dict[tuple[str, str], float]:
    """The factor of each kind (rule `*`) and of each of its rules.

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
    return {key: exp(shift) for key, shift in shifts.items()}


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


def _unseen(documents: Sequence[Sequence[Case]], spread: float) -> list[Case]:
    """Every case with the confidence that the documents of the other folds give it."""
    order = list(range(len(documents)))
    random.Random(0).shuffle(order)  # noqa: S311 -- the same folds every time
    judged: list[Case] = []
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        known = chain.from_iterable(documents[i] for i in order if i not in held)
        odds = Odds(fit_odds(known, spread))
        judged += [
            case._replace(confidence=odds.of(case.kind, case.rule, case.confidence))
            for i in sorted(held)
            for case in documents[i]
        ]
    return judged


def _loss(judged: Sequence[Case]) -> float:
    return -sum(log(case.confidence if case.right else 1 - case.confidence) for case in judged)
