"""Builds what repair knows: word counts from text and lists, and the channel from pages read by the wrong model.

    python -m pipeline.train.repair --data DIR --ocr DIR [--forms FILE] [--minutes DIR]

DIR of --data holds text/*.txt (one sentence or paragraph a line) and lists/*.tsv; DIR of --ocr holds
pairs/*.jsonl with the printed and the read lines of each page. --forms is the Danish lemma table of the package
spacy-lookups-data, downloaded beforehand. Pages whose file name begins with "held" are kept for testing: a line of
text that shares eight words in a row with one of them is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import regex
from rapidfuzz.distance import Levenshtein

from pipeline.lexicon import Lexicon
from pipeline.lexicon.letters import Letters
from pipeline.lexicon.words import SENTENCE_START, FormCounts, Words, context_token, tokens

__all__ = ["train_repair"]

DANISH = "æøåÆØÅ"
_RUN = 8  # words in a row that make two passages the same
_WORD = regex.compile(r"\w+")
_FORM = regex.compile(r"[a-zæøåéèüöäáóíñçô]{2,32}")
_BEARERS_A_MENTION = 50.0  # 120,000 Sørensens weigh like 2,400 mentions of the name
_LISTED = 0.3  # count of a form that only a word list knows
_LEAST_RUN = 2
_LIKELY = 0.0002  # probability from which a confusion makes two forms ambiguous
_USUAL = 5  # count from which a form may be part of a compound
_MINUTES_WEIGHT = 30  # a few pages in the language of minutes, against ten million words of other Danish
_MINUTES_RUN_WEIGHT = 4
_CONTEXT = ("0", *".,:;?!()[]-–/%\"»«'")  # no words, and counted beside them
_OPENERS = frozenset('.:!?–-»"(')


def train_repair(data: Path, ocr: Path, forms: Path | None, minutes: Path | None, target: Path) -> None:
    """Write words/words.npz and repair/channel.tsv under `target`; progress goes to stderr."""
    held = _held_runs(ocr)
    counted = _Counted()
    for file in sorted((data / "text").glob("*.txt")):
        _tell(f"counting {file.name}")
        for line in file.open(encoding="utf-8"):
            if not held.intersection(_runs(line)):
                counted.add(line)
    ours = _Counted(counted.number)
    for file in sorted(minutes.glob("*.clean.txt")) if minutes else ():
        for line in file.open(encoding="utf-8"):
            ours.add(line)
    common = counted.common + Counter({form: _MINUTES_WEIGHT * count for form, count in ours.common.items()})
    channel = _channel(ocr)
    vocabulary = _vocabulary(common, counted.proper, data / "lists", forms)
    ambiguous = _ambiguous(vocabulary, channel)
    order = sorted(vocabulary)
    place = {form: index for index, form in enumerate(order)}
    new = np.array([place.get(form, -1) for form in counted.number], dtype=np.int64)
    special = np.array([form in ambiguous for form in order])
    pairs, triples = (_merged_runs(counted, ours, new, special, length) for length in (2, 3))
    _tell(f"{len(order):,} forms, {len(ambiguous):,} of them ambiguous, {len(pairs):,} pairs, {len(triples):,} triples")
    firsts, lasts = _parts(vocabulary)
    counts = FormCounts(
        [vocabulary[form][0] for form in order],
        [vocabulary[form][1] for form in order],
        [firsts[form] for form in order],
        [lasts[form] for form in order],
    )
    (target / "words").mkdir(parents=True, exist_ok=True)
    (target / "repair").mkdir(parents=True, exist_ok=True)
    letters = Letters.counted(form for form in order if form.isalpha())
    Words.save(target / "words", order, counts, pairs, triples, letters)
    rows = [f"{meant}\t{seen}\t{probability:.6f}\n" for meant, seen, probability in channel]
    (target / "repair" / "channel.tsv").write_text("meant\tseen\tprobability\n" + "".join(rows), "utf-8")


def _held_runs(ocr: Path) -> set[int]:
    return {
        run
        for file in (ocr / "pairs").glob("held*.jsonl")
        for line in file.open(encoding="utf-8")
        for run in _runs(json.loads(line)["truth"])
    }


def _runs(text: str) -> Iterator[int]:
    words = _WORD.findall(text.lower())
    return (hash(tuple(words[start : start + _RUN])) for start in range(len(words) - _RUN + 1))


class _Counted:
    """Counts of forms, and the running text as numbers of forms; lines begin with SENTENCE_START."""

    def __init__(self, number: dict[str, int] | None = None) -> None:
        self.common: Counter[str] = Counter()
        self.proper: Counter[str] = Counter()
        self.number = {SENTENCE_START: 0} if number is None else number
        self.running = array("I")

    def add(self, line: str) -> None:
        """Count one line: a capital inside a sentence makes a name, at its start it says nothing."""
        start = True
        self.running.append(0)
        for token in tokens(line):
            form = context_token(token)
            self.running.append(self.number.setdefault(form, len(self.number)))
            if token[0].isalpha():
                (self.proper if token[0].isupper() and not start else self.common)[form] += 1
            start = token in _OPENERS


def _merged_runs(
    counted: _Counted, ours: _Counted, new: np.ndarray[Any, Any], special: np.ndarray[Any, Any], length: int
) -> dict[int, float]:
    """Key → count of the runs of `length` known forms with an ambiguous one among them."""
    found: dict[int, float] = defaultdict(float)
    for source, weight in ((counted, 1), (ours, _MINUTES_RUN_WEIGHT)):
        running = new[np.frombuffer(source.running, dtype=np.uint32)]
        columns = [running[shift : len(running) - length + 1 + shift] for shift in range(length)]
        kept = np.logical_or.reduce([special[column] for column in columns])
        for column in columns:
            kept &= column >= 0
        for column in columns[1:]:
            kept &= column != new[0]
        keys = np.zeros(int(kept.sum()), dtype=np.uint64)
        for column in columns:
            keys = keys * np.uint64(len(special)) + column[kept].astype(np.uint64)
        values, occurrences = np.unique(keys, return_counts=True)
        often = occurrences * weight >= _LEAST_RUN
        for key, count in zip(values[often].tolist(), occurrences[often].tolist(), strict=True):
            found[key] += count * weight
    return found


def _parts(vocabulary: dict[str, tuple[float, float]]) -> tuple[Counter[str], Counter[str]]:
    """How many forms begin and end with each ordinary form.

    The rest of an ordinary word must be one too, but for a link -s- or -e-; the rest of a name may be anything.
    """
    usual = {
        form
        for form, (common, _) in vocabulary.items()
        if (common >= _USUAL and len(form) >= 3) or (common > 0 and len(form) >= 6)
    }
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for form, (common, proper) in vocabulary.items():
        for middle in range(3, len(form) - 2):
            last = form[middle:]
            if last not in usual:
                continue
            heads = (form[:middle], form[: middle - 1] if form[middle - 1] in "se" else "")
            first = next((head for head in heads if head in usual), None)
            if first is not None:
                firsts[first] += 1
            if first is not None or (proper > 0 and common == 0):
                lasts[last] += 1
    return firsts, lasts


def _vocabulary(
    common: Counter[str], proper: Counter[str], lists: Path, forms: Path | None
) -> dict[str, tuple[float, float]]:
    """Form → counts as an ordinary word and as a name."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for form, count in common.items():
        found[form][0] += count
    for form, count in proper.items():
        found[form][1] += count
    for file in ("first_names_ku2005.tsv", "middle_names_ku2005.tsv", "last_names_ku2005.tsv"):
        for name, bearers in _bearers(lists / file):
            for part in tokens(name):
                found[part.lower()][1] += bearers / _BEARERS_A_MENTION
    for row in (lists / "postal_towns.tsv").read_text("utf-8").splitlines():
        for part in tokens(row):
            if part[0].isupper():
                found[part.lower()][1] += 1
    if forms:
        lemmas = json.loads(gzip.decompress(forms.read_bytes()))
        for form in {part.lower() for entry in lemmas.items() for part in entry}:
            if _FORM.fullmatch(form):
                found[form][0] = max(found[form][0], _LISTED)
    found.setdefault(SENTENCE_START, [0.0, 0.0])
    for token in _CONTEXT:
        found.setdefault(token, [0.0, 0.0])
    return {form: (counts[0], counts[1]) for form, counts in found.items()}


def _bearers(file: Path) -> Iterator[tuple[str, float]]:
    """Name and number of bearers of each row: the first column, and the largest number in the row."""
    for row in file.read_text("utf-8").splitlines()[1:]:
        cells = row.split("\t")
        numbers = [int(cell) for cell in cells[1:] if cell.isdigit()]
        if numbers:
            yield cells[0], float(max(numbers))


def _channel(ocr: Path) -> list[tuple[str, str, float]]:
    """P(seen | meant) of every confusion of a Danish letter that was seen twice, counted on the training pages."""
    seen: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    for file in sorted((ocr / "pairs").glob("*.jsonl")):
        if file.name.startswith("held"):
            continue
        _tell(f"aligning {file.name}")
        for page in file.open(encoding="utf-8"):
            for line in json.loads(page)["lines"]:
                if line.get("eng"):
                    printed.update(letter for letter in line["truth"] if letter in DANISH)
                    seen.update(_confusions(line["truth"], line["eng"]))
    found = [
        (meant, read, count / sum(printed[letter] for letter in meant if letter in DANISH))
        for (meant, read), count in seen.items()
        if count > 1
    ]
    return sorted(found, key=lambda row: (row[0].lower(), -row[2], row[1]))


def _confusions(truth: str, read: str) -> Iterator[tuple[str, str]]:
    """(meant, seen) of each place where one Danish letter, or one with the l before it, was read as something else."""
    blocks: list[list[int]] = []
    for step in Levenshtein.opcodes(truth, read):
        if step.tag == "equal":
            continue
        if blocks and blocks[-1][1] == step.src_start and blocks[-1][3] == step.dest_start:
            blocks[-1][1], blocks[-1][3] = step.src_end, step.dest_end
        else:
            blocks.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    for start, end, read_start, read_end in blocks:
        meant, got = truth[start:end], read[read_start:read_end]
        danish = sum(letter in DANISH for letter in meant)
        if danish == 1 and len(meant) <= 2 and len(got) <= 3 and " " not in meant + got and (got or len(meant) == 1):
            yield meant, got


def _ambiguous(vocabulary: Iterable[str], channel: list[tuple[str, str, float]]) -> set[str]:
    """Forms that OCR may have made alike: those whose likely damaged forms are another form, or another's."""
    likely = defaultdict(list)
    for meant, seen, probability in channel:
        if len(meant) == 1 and probability > _LIKELY:
            likely[meant].append(seen.lower())
    by_damaged = defaultdict(set)
    known = set(vocabulary)
    for form in known:
        damaged = {form}
        for letter in {letter for letter in form if letter in likely}:
            damaged = {one.replace(letter, seen) for one in damaged for seen in likely[letter]}
        if len(damaged) <= 500:
            for one in damaged:
                by_damaged[one].add(form)
    return {form for forms in by_damaged.values() if len(forms) > 1 for form in forms}


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--ocr", type=Path, required=True)
    parser.add_argument("--forms", type=Path)
    parser.add_argument("--minutes", type=Path, help="folder of clean minutes (*.clean.txt) to count as well")
    parser.add_argument("--out", type=Path, default=Lexicon.load().directory)
    given = parser.parse_args()
    train_repair(given.data, given.ocr, given.forms, given.minutes, given.out)
