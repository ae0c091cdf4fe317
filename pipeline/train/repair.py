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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.lexicon import Lexicon
from pipeline.lexicon.words import SENTENCE_START, Words, context_token, tokens

__all__ = ["train_repair"]

DANISH = "æøåÆØÅ"
_RUN = 8  # words in a row that make two passages the same
_WORD = regex.compile(r"\w+")
_FORM = regex.compile(r"[a-zæøåéèüöäáóíñçô]{2,32}")
_BEARERS_A_MENTION = 50.0  # 120,000 Sørensens weigh like 2,400 mentions of the name
_LISTED = 0.3  # count of a form that only a word list knows
_LEAST_PAIRS = 2
_MINUTES_WEIGHT = 30  # a few pages in the language of minutes, against ten million words of other Danish
_OPENERS = frozenset('.:!?–-»"(')


def train_repair(data: Path, ocr: Path, forms: Path | None, minutes: Path | None, target: Path) -> None:
    """Write words/words.npz and repair/channel.tsv under `target`; progress goes to stderr."""
    held = _held_runs(ocr)
    common: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for file in sorted((data / "text").glob("*.txt")):
        _tell(f"counting {file.name}")
        for line in file.open(encoding="utf-8"):
            if not held.intersection(_runs(line)):
                _count(line, 1, common, proper, pairs)
    for file in sorted(minutes.glob("*.clean.txt")) if minutes else ():
        for line in file.open(encoding="utf-8"):
            _count(line, _MINUTES_WEIGHT, common, proper, pairs)
    channel = _channel(ocr)
    vocabulary = _vocabulary(common, proper, data / "lists", forms)
    ambiguous = _ambiguous(vocabulary, channel)
    kept = {
        pair: count
        for pair, count in pairs.items()
        if count >= _LEAST_PAIRS and pair[0] in vocabulary and pair[1] in vocabulary and not ambiguous.isdisjoint(pair)
    }
    _tell(f"{len(vocabulary):,} forms, {len(ambiguous):,} of them ambiguous, {len(kept):,} pairs")
    order = sorted(vocabulary)
    number = {form: index for index, form in enumerate(order)}
    keyed = {number[left] * len(order) + number[right]: float(count) for (left, right), count in kept.items()}
    words = Words(order, [vocabulary[form][0] for form in order], [vocabulary[form][1] for form in order], keyed)
    (target / "words").mkdir(parents=True, exist_ok=True)
    (target / "repair").mkdir(parents=True, exist_ok=True)
    words.save(target / "words")
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


def _count(line: str, weight: int, common: Counter[str], proper: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    """Count one line: a capital inside a sentence makes a name, at its start it says nothing."""
    before, start = SENTENCE_START, True
    for token in tokens(line):
        form = context_token(token)
        pairs[before, form] += weight
        if token[0].isalpha():
            (proper if token[0].isupper() and not start else common)[form] += weight
        before, start = form, token in _OPENERS


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
    found.setdefault("0", [0.0, 0.0])
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
        if len(meant) == 1 and probability > 0.02:
            likely[meant].append(seen.lower())
    by_damaged = defaultdict(set)
    known = set(vocabulary)
    for form in known:
        damaged = {form}
        for letter in {letter for letter in form if letter in likely}:
            damaged = {one.replace(letter, seen) for one in damaged for seen in likely[letter]}
        if len(damaged) <= 64:
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
