"""Counts what repair knows of words: forms, parts of compounds, pairs and triples, the letters, the channel.

Left out, for testing: pages whose file name begins with "held", lines of text that share eight words in a row with one
of them, and of every sixty-four lines five.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
import regex

from pipeline.errors import ConfigurationError
from pipeline.lexicon.words import SENTENCE_START, WordCount, Words, context_token, tokens
from pipeline.repair.channel import DANISH, Channel, fold
from pipeline.repair.forms import Forms, save_index
from pipeline.repair.letters import Letters
from pipeline.train.channel import learn_channel
from pipeline.train.lists import add_everyday, add_listed, foreign_words

__all__ = ["minutes_lines", "prose_lines", "train_words", "training_lines"]

_RUN = 8  # words in a row that make two passages the same
_KEPT_FOR_TESTING = 16, 7  # of every sixteen lines of text one
_KEPT_FOR_WEIGHING = 64, 9  # and one of every sixty-four, on which the weights of the parts are fitted
_WORD = regex.compile(r"\w+")
_OF_A_PLACE = 1.0  # mentions
_BEARERS_A_MENTION = 50.0  # 120,000 Sørensens weigh like 2,400 mentions of the name
_LEAST_PAIRS, _LEAST_TRIPLES = 2, 2
_LISTED_COMPOUND = 0.03
_LEAST_BOUND, _LEAST_BESIDE = 3, 50  # different words that a bound part stands before, and how frequent those are
_OF_MEETINGS = frozenset(["møde", "mødet", "møder", "møderne", "mødes", "mødte", "mødt", "mødernes", "mødets"])
_MEETINGS, _HEADS_OF_MEETINGS = 4, 20  # how much oftener minutes have them, and compounds that they begin
_LAST_LEARNT = 24  # number of our own minutes
_OF_MINUTES, _OF_PROSE = 30, 6  # what a word of our own minutes and sentences counts for: they are few
_BEFORE_CAPITAL = frozenset('.:!?–-»"(')
_LEAST_PART = 5  # occurrences of a form that may be a part of a compound


class Counts:
    """What is counted over running text."""

    def __init__(self) -> None:
        self.common: Counter[str] = Counter()
        self.proper: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def weigh(self) -> None:
        """Count the words of meetings for more: minutes have them oftener than debates and handbooks."""
        for form in _OF_MEETINGS:
            self.common[form] *= _MEETINGS
        for pair in self.pairs:
            if not _OF_MEETINGS.isdisjoint(pair):
                self.pairs[pair] *= _MEETINGS

    def add(self, line: str, times: int = 1) -> None:
        """Count one line: a capital inside a sentence makes a name, at its start it says nothing."""
        before, starts = SENTENCE_START, True
        self.common[before] += times
        for token in tokens(line):
            form = context_token(token)
            self.pairs[before, form] += times
            name = token[0].isupper() and not starts
            (self.proper if name else self.common)[form] += times
            before, starts = form, token in _BEFORE_CAPITAL


def train_words(data: Path, ocr: Path, corpus: Path, target: Path, tell: Callable[[str], None]) -> None:
    """Write words/words.npz and repair/channel.tsv, index.npz, letters.npz and foreign.txt under `target`.

    The network of neighbours there, which names words by their numbers, gets the new ones and stays as it is otherwise.
    Raises `ConfigurationError` when a folder or a package of the extra `train` is missing.
    """
    needed = data / "text", data / "lists", ocr / "pairs", corpus / "gold", corpus / "prose"
    for path in (*needed, target / "names" / "localities.txt", target / "repair" / "foreign.txt"):
        if not path.exists():
            raise ConfigurationError(f"{path} is missing; see models/words/CARD.md for what is counted")
    for package in ("spacy_lookups_data", "wordfreq"):
        if find_spec(package) is None:
            raise ConfigurationError(f"counting needs the package {package}: pip install 'referat[train]'")
    channel = learn_channel(ocr, tell)
    counts = Counts()
    for line in training_lines(data, ocr, tell):
        counts.add(line)
    for line in minutes_lines(corpus):
        counts.add(line, _OF_MINUTES)
    prose = list(prose_lines(corpus))
    for line in prose:
        counts.add(line, _OF_PROSE)
    counts.weigh()
    vocabulary = _vocabulary(counts, data / "lists", target / "names" / "localities.txt")
    heads, tails = _compound_parts(vocabulary)
    for form in heads:
        vocabulary.setdefault(form, [0.0, 0.0])
    order = sorted(vocabulary)
    rows = [WordCount(vocabulary[form][0], vocabulary[form][1], heads[form], tails[form]) for form in order]
    (target / "words").mkdir(parents=True, exist_ok=True)
    (target / "repair").mkdir(parents=True, exist_ok=True)
    save_index(order, target / "repair" / "index.npz")
    bare = Words(order, rows, {}, {})
    ambiguous = _ambiguous(vocabulary, Forms.read(bare, Channel(channel), target / "repair" / "index.npz"))
    tell(f"{len(vocabulary):,} forms, {len(ambiguous):,} of them ambiguous")
    number = {form: index for index, form in enumerate(order)}
    pairs = {
        (number[left], number[right]): float(count)
        for (left, right), count in counts.pairs.items()
        if count >= _LEAST_PAIRS and left in number and right in number and not ambiguous.isdisjoint((left, right))
    }
    triples = _triples(chain(training_lines(data, ocr, tell), prose * _OF_PROSE), ambiguous, number, counts)
    tell(f"{len(pairs):,} pairs, {len(triples):,} triples")
    Letters.learn(_spelt(vocabulary)).save(target / "repair" / "letters.npz")
    _renumber(target / "repair" / "neighbours.npz", target / "words", number)
    Words(order, rows, pairs, triples, {number[form] for form in ambiguous}).save(target / "words")
    foreign = target / "repair" / "foreign.txt"
    foreign.write_text("".join(f"{line}\n" for line in foreign_words(foreign.read_text("utf-8"))), "utf-8")
    lines = [f"{meant}\t{seen}\t{probability:.6f}\n" for meant, seen, probability in channel]
    (target / "repair" / "channel.tsv").write_text("meant\tseen\tprobability\n" + "".join(lines), "utf-8")


def _renumber(network: Path, words: Path, number: dict[str, int]) -> None:
    """Give the words that a network knows their new numbers, where there is one, and forget those that are gone."""
    if not network.exists() or not words.exists():
        return
    before = Words.read(words).forms
    with np.load(network, allow_pickle=False) as stored:
        arrays = dict(stored)
    numbers = np.array([number.get(before[place], -1) for place in arrays["numbers"]], np.int32)
    gone = np.flatnonzero(numbers < 0)
    arrays |= {name: np.delete(arrays[name], gone, axis=0) for name in ("E", "E_scale", "O", "O_scale")}
    arrays["numbers"] = np.delete(numbers, gone)
    np.savez_compressed(network, **arrays)


def training_lines(data: Path, ocr: Path, tell: Callable[[str], None]) -> Iterator[str]:
    """The lines of running text that models may learn from."""
    held = _held_runs(ocr)
    for file in sorted((data / "text").glob("*.txt")):
        tell(f"reading {file.name}")
        for number, line in enumerate(file.open(encoding="utf-8")):
            if not _is_kept(number) and not held.intersection(_runs(line)):
                yield line


def minutes_lines(corpus: Path) -> Iterator[str]:
    """The lines of the first of our own minutes: the later ones say how well repair does on what it has not seen."""
    for file in sorted((corpus / "gold").glob("*.clean.txt")):
        if int(file.name.split("-")[0]) <= _LAST_LEARNT:
            yield from file.open(encoding="utf-8")


def prose_lines(corpus: Path) -> Iterator[str]:
    """The sentences that were written for words that OCR makes alike."""
    for file in sorted((corpus / "prose").glob("*.txt")):
        yield from file.open(encoding="utf-8")


def _is_kept(number: int) -> bool:
    return any(number % every == place for every, place in (_KEPT_FOR_TESTING, _KEPT_FOR_WEIGHING))


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


def _vocabulary(counts: Counts, lists: Path, localities: Path) -> dict[str, list[float]]:
    """Form → counts as an ordinary word and as a name."""
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for form, count in counts.common.items():
        found[form][0] += count
    for form, count in counts.proper.items():
        found[form][1] += count
    for file in ("first_names_ku2005.tsv", "middle_names_ku2005.tsv", "last_names_ku2005.tsv"):
        for name, bearers in _bearers(lists / file):
            for part in tokens(name):
                found[part.lower()][1] += bearers / _BEARERS_A_MENTION
    for row in chain.from_iterable(
        file.read_text("utf-8").splitlines() for file in (lists / "postal_towns.tsv", localities)
    ):
        for part in tokens(row):
            if part[0].isupper():
                found[part.lower()][1] += _OF_A_PLACE
    add_listed(found)
    add_everyday(found)
    return dict(found)


def _spelt(vocabulary: dict[str, list[float]]) -> Iterator[tuple[str, float]]:
    """Forms with a weight that grows slowly with their count: new words look like rare ones."""
    for form, (common, proper) in sorted(vocabulary.items()):
        if form.isalpha() and common + proper >= 1:
            yield form, 1.0 + math.log(common + proper)


def _bearers(file: Path) -> Iterator[tuple[str, float]]:
    """Name and number of bearers of each row."""
    for row in file.read_text("utf-8").splitlines()[1:]:
        name, total = row.split("\t")[:2]
        yield name, float(total)


def _compound_parts(vocabulary: dict[str, list[float]]) -> tuple[dict[str, float], dict[str, float]]:
    """How many forms each form begins (link letters included) and ends: every long form is cut at its likeliest joint.

    A compound that stands often in running text counts for several, one that only a word list knows for little.
    """
    bound: dict[str, set[str]] = defaultdict(set)  # parts that are no words by themselves: "lænde-", "tand-"
    heads: dict[str, float] = defaultdict(float)
    tails: dict[str, float] = defaultdict(float)
    strong = {form: common for form, (common, _) in vocabulary.items() if common >= _LEAST_PART and len(form) > 2}
    for form, (common, proper) in vocabulary.items():
        if len(form) < 7 or common < proper:
            continue
        best, parts = 0.0, ("", "")
        for cut in range(3, len(form) - 2):
            tail = strong.get(form[cut:], 0.0)
            if not tail:
                continue
            head = form[:cut]
            bare = head[:-1] if head[-1] in "se" else ""
            score = min(tail, max(strong.get(head, 0.0), strong.get(bare, 0.0))) * min(cut, len(form) - cut)
            if score > best:
                best, parts = score, (head, form[cut:])
        if best and common < best:
            weight = 1.0 + math.log2(common) if common >= 1 else _LISTED_COMPOUND
            heads[parts[0]] += weight
            tails[parts[1]] += weight
        elif not best:
            for cut in range(4, len(form) - 3):
                if strong.get(form[cut:], 0.0) >= _LEAST_BESIDE:
                    bound[form[:cut]].add(form[cut : cut + 4])
    for form in _OF_MEETINGS:
        heads[form] *= _HEADS_OF_MEETINGS
        tails[form] *= _MEETINGS
    for head, beside in bound.items():
        if len(beside) >= _LEAST_BOUND:
            heads[head] += _LISTED_COMPOUND * len(beside)
    return heads, tails


def _ambiguous(vocabulary: dict[str, list[float]], forms: Forms) -> set[str]:
    """Forms that OCR may have made alike: those that compete for the same letters."""
    found: set[str] = set()
    usual = {form for form, counts in vocabulary.items() if sum(counts) >= 2 and form.isalpha()}
    damaged = {form for form in usual if DANISH.isdisjoint(form)}
    for form in usual - damaged:
        damaged |= {
            form.replace("å", "a").replace("æ", ae).replace("ø", oe) for ae in ("ae", "ee", "e") for oe in "aog"
        }
    for seen in damaged:
        rivals = {one.form for one in forms.behind(fold(seen), rare=True) if one.probability > 0.0005} & usual
        if seen in usual:
            rivals.add(seen)
        if len(rivals) > 1:
            found |= rivals
    return found


def _triples(
    lines: Iterable[str], ambiguous: set[str], number: dict[str, int], counts: Counts
) -> dict[tuple[int, int, int], float]:
    """What stands on both sides of everyday ambiguous words."""
    usual = {form for form in ambiguous if counts.common[form] + counts.proper[form] >= 20}
    found: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        forms = [SENTENCE_START, *map(context_token, tokens(line))]
        for left, middle, right in zip(forms, forms[1:], forms[2:], strict=False):
            if middle in usual:
                found[left, middle, right] += _MEETINGS if middle in _OF_MEETINGS else 1
    return {
        (number[left], number[middle], number[right]): float(count)
        for (left, middle, right), count in found.items()
        if count >= _LEAST_TRIPLES and left in number and right in number and middle in number
    }
