"""Repairs what OCR with the wrong language model did to Danish letters; every change is an edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.document import Document
from pipeline.lexicon import Lexicon, Needed
from pipeline.repair.calibration import Calibration
from pipeline.repair.candidates import Candidates
from pipeline.repair.channel import DANISH, Channel
from pipeline.repair.edits import doubts, edits
from pipeline.repair.foreign_letters import mend_foreign_letters
from pipeline.repair.forms import Forms
from pipeline.repair.gate import WRITTEN, Foreign, Gate, State
from pipeline.repair.letters import Letters
from pipeline.repair.neighbours import Neighbours
from pipeline.repair.reading import Reading
from pipeline.repair.speller import Speller
from pipeline.repair.strokes import mend_strokes
from pipeline.repair.tokens import Token, tokenise
from pipeline.values import Damage, Notice, Span

__all__ = ["repair"]

_THROUGHOUT = 0.9  # of the lines
_FOREIGN = "not Danish"


class _Knowledge:
    """What repair needs of the lexicon, put together once."""

    def __init__(self, lexicon: Lexicon) -> None:
        folder = lexicon.directory / "repair"
        self.words = lexicon.words
        lines = (lexicon.directory / "lists" / "abbreviations.txt").read_text("utf-8").splitlines()
        self.abbreviations = frozenset(line.split("\t")[0].lower() for line in lines if not line.startswith("#"))
        self.neighbours = Neighbours.read(self.words, folder / "neighbours.npz")
        self.strokes = Needed(lexicon.rules("repair"))
        self.calibration = Calibration.read(folder / "confidence.tsv")
        speller = Speller.read(folder / "speller.npz")
        letters = Letters.read(folder / "letters.npz")
        forms = Forms.read(self.words, Channel.read(folder / "channel.tsv"), folder / "index.npz")
        self.damaged = Candidates(self.words, forms, letters, speller)
        written = Channel([*((m.upper(), s, p) for m, s, p in WRITTEN), *WRITTEN])
        self.written = Candidates(self.words, forms.through(written), letters)
        self.gate = Gate(self.words, self.damaged, self.written, Foreign.read(folder / "foreign.txt"))


@lru_cache(maxsize=2)
def _knowledge(lexicon: Lexicon) -> _Knowledge:
    return _Knowledge(lexicon)


def repair(document: Document, lexicon: Lexicon) -> Document:
    """The document with `damage` and `edits` filled.

    >>> repair(Document(id="a", source="Pa mgdet blev regnskabet fremlagt."), Lexicon.load()).text
    'På mødet blev regnskabet fremlagt.'
    """
    source = document.source
    known = _knowledge(lexicon)
    tokens = tokenise(source, known.abbreviations)
    states = known.gate.explain(tokens, source.count("\n") + 1)
    stretches = _stretches(source, states)
    strokes = list(mend_strokes(source, stretches, known.strokes.worth(source)))
    strokes += mend_foreign_letters(source, stretches, lexicon)
    read = Reading(known.words, known.neighbours, lexicon.names)
    for run in _runs(tokens, states):
        read.add(run, known.damaged if states[run[0].line] is State.DAMAGED else known.written)
    read.settle()
    taken = {place for edit in strokes for place in range(edit.start, edit.end + 1)}
    found = [edit for edit in edits(read, known.calibration) if taken.isdisjoint(range(edit.start, edit.end + 1))]
    made = tuple(sorted([*found, *strokes]))
    damage = _damage(source, states, tokens, repaired=bool(made))
    notices = [*document.notices, *doubts(read, made)]
    if damage.reason.startswith(_FOREIGN):
        notices.append(Notice("not-danish", "most of the text is not Danish: what is read in it is uncertain"))
    return replace(document, damage=damage, edits=made, notices=tuple(notices))


def _stretches(source: str, states: Sequence[State]) -> list[Span]:
    """The damaged stretches of a text, each of whole lines."""
    found: list[Span] = []
    start = 0
    for line, state in zip(source.split("\n"), states, strict=True):
        end = start + len(line)
        if state is State.DAMAGED:
            if found and found[-1].end == start - 1:
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
        start = end + 1
    return found


def _runs(tokens: Sequence[Token], states: Sequence[State]) -> Iterator[list[Token]]:
    """Tokens of neighbouring lines in one damaged state."""
    run: list[Token] = []
    for token in tokens:
        if run and states[token.line] is not states[run[0].line]:
            yield run
            run = []
        if states[token.line] in (State.DAMAGED, State.TRANSLITERATED):
            run.append(token)
    if run:
        yield run


def _damage(source: str, states: Sequence[State], tokens: Sequence[Token], *, repaired: bool) -> Damage:
    """What the gate saw. Lines that look damaged and hold nothing to repair are no damage."""
    letters = sum(map(str.isalpha, source))
    danish = sum(map(source.count, DANISH))
    lines = {token.line for token in tokens}
    count = Counter(states[line] for line in lines)
    damaged = count[State.DAMAGED] + count[State.TRANSLITERATED]
    where = f"{danish} æøå among {letters} letters"
    if damaged and repaired:
        kind = "Danish letters lost" if count[State.DAMAGED] else "written with ae, oe and aa"
        parts = "throughout" if damaged > _THROUGHOUT * len(lines) else f"in parts, {damaged} of {len(lines)} lines"
        return Damage(True, letters, danish, f"{kind} {parts}: {where}")
    if not letters:
        return Damage(False, 0, 0, "no letters")
    if count[State.FOREIGN] > count[State.SOUND]:
        return Damage(False, letters, danish, f"{_FOREIGN}: {where}")
    kind = "clean" if danish else "no evidence of damage"
    return Damage(False, letters, danish, f"{kind}: {where}")
