"""The edits that a settled reading asks for, and the words that stay in doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from pipeline.repair.calibration import Calibration
from pipeline.repair.candidates import Candidate
from pipeline.repair.context import Slot
from pipeline.repair.reading import Reading
from pipeline.repair.tokens import TITLES, Token
from pipeline.values import Edit, Notice

__all__ = ["doubts", "edits"]

# an edit less likely is not made: any, of a name or a word as it stands, to a form in no list, by a rare confusion
_SURE, _SURE_OF_NAME, _SURE_OF_WORD, _SURE_OF_SPELLING, _SURE_OF_FAR = 0.5, 0.75, 0.75, 0.97, 0.97
_FAR_FETCHED = -6.5  # log P of a confusion seen a few times in a thousand, or less
_REAL = 10  # occurrences from which a form is a word as it stands
_SMALL_AS_CAPITAL = {"å": 0.03, "ø": 0.05}  # P(read as "A" or "@") against the capital's, raised for ø
_IN_DOUBT = 0.25  # an alternative this likely is worth a notice
_MOST_DOUBTS = 20


def edits(read: Reading, calibration: Calibration) -> Iterator[Edit]:
    """One edit for each word to be changed, without the letters that stay."""
    for token, slot in read.slots():
        after = _repaired(token, slot, read)
        if after != token.text:
            chosen = slot.candidates[slot.chosen]
            confidence = round(calibration.of(_likelihood(token.text.lower(), slot)), 4)
            yield from _placed(token, after, chosen.source, confidence)


def doubts(read: Reading, made: Sequence[Edit]) -> Iterator[Notice]:
    """A notice for each word that may be another, the most doubtful first; offsets count in the repaired text."""
    found = []
    for token, slot in read.slots():
        if not token.word or len(slot.candidates) == 1:
            continue
        after = _repaired(token, slot, read)
        others = [one.form for one in slot.likely(_IN_DOUBT) if one.form != after.lower()]
        if others:
            found.append((slot.posterior, token, after, others))
    ends = [edit.end for edit in made]
    shifts = list(accumulate((len(edit.after) - len(edit.before) for edit in made), initial=0))
    for _, token, after, others in sorted(found)[:_MOST_DOUBTS]:
        start = token.start + shifts[bisect_left(ends, token.start + 1)]
        end = token.end + shifts[bisect_left(ends, token.end + 1)]
        message = f"“{after}” may be {' or '.join(f'“{other}”' for other in others)}"
        yield Notice("doubtful-word", message, start, end)


def _repaired(token: Token, slot: Slot, read: Reading) -> str:
    """The word as it is to be written."""
    chosen = slot.candidates[slot.chosen]
    seen = token.text.lower()
    if not token.word or chosen.form == seen or _likelihood(seen, slot) < _needed(seen, slot, read):
        return token.text
    return _cased(chosen, token, read)


def _likelihood(seen: str, slot: Slot) -> float:
    """How sure the change is: for a form in no list, also what readings say that change the same letters and more."""
    chosen = slot.candidates[slot.chosen]
    if chosen.source != "spelling":
        return slot.posterior
    changed = _changes(seen, chosen.form)
    agreed = [changed <= _changes(seen, one.form) for one in slot.candidates]
    return sum(share for share, agrees in zip(slot.shares, agreed, strict=True) if agrees)


def _changes(seen: str, form: str) -> set[tuple[int, int, str]]:
    """What a form changes of the letters that were read: start and end in them, and what stands there instead."""
    steps = Levenshtein.opcodes(seen, form)
    return {
        (step.src_start, step.src_end, form[step.dest_start : step.dest_end]) for step in steps if step.tag != "equal"
    }


def _needed(seen: str, slot: Slot, read: Reading) -> float:
    """How likely an edit must be: more so where the word is one as it stands, and for a far-fetched confusion."""
    chosen = slot.candidates[slot.chosen]
    if chosen.channel < _FAR_FETCHED:
        return _SURE_OF_FAR
    if chosen.source == "spelling":
        return _SURE_OF_SPELLING
    if slot.named:
        return _SURE_OF_NAME if read.words.proper_count(seen) >= _REAL else _SURE
    return _SURE_OF_WORD if read.words.count(seen) + read.words.proper_count(seen) >= _REAL else _SURE


def _cased(chosen: Candidate, token: Token, read: Reading) -> str:
    """A form in the case of what was read.

    Inside a sentence "A" and "@" may stand for small letters too, and an ordinary word is then written small, but not
    beside another capital ("Årets Leder").
    """
    form, seen = chosen.form, token.text
    if seen.isupper() and len(seen) > 1 and (token.shouted or seen not in TITLES):
        return form.upper()
    if seen[0] == "I" and form[0] == "l":
        return form
    if form[0] in _SMALL_AS_CAPITAL and seen[0] in "A@" and not (token.first or token.titled):
        counts = read.words.figures(form)
        if counts.common * _SMALL_AS_CAPITAL[form[0]] > counts.proper:
            return form
        return form[0].upper() + form[1:]
    if seen[0].isupper() or (seen[0] == "@" and len(form) > 2):
        return form[0].upper() + form[1:]
    return form


def _placed(token: Token, after: str, rule: str, confidence: float) -> Iterator[Edit]:
    """The edits of one word. In a word that a line end splits none may reach over the split."""
    before = token.text
    if token.gap is None:
        start, end, cut = _trimmed(before, after)
        yield Edit(token.start + start, token.start + end, before[start:end], after[start:cut], rule, confidence)
        return
    left, gap = token.gap[0] - token.start, token.gap[1] - token.gap[0]
    steps = [step for step in Levenshtein.opcodes(before, after) if step.tag != "equal"]
    if any(step.src_start < left < step.src_end for step in steps):
        return
    for step in steps:
        shift = token.start + (gap if step.src_start >= left and step.src_end > left else 0)
        piece = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        yield Edit(step.src_start + shift, step.src_end + shift, *piece, rule, confidence)


def _trimmed(before: str, after: str) -> tuple[int, int, int]:
    """Start and end in `before`, and end in `after`, of what differs."""
    start, tail, shorter = 0, 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    while tail < shorter - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start, len(before) - tail, len(after) - tail
