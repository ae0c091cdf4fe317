"""The stage `repair`: damaged Danish letters come back, clean text is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.document import Damage, Document, Edit, Notice
from pipeline.lexicon import Lexicon
from pipeline.lexicon.words import SENTENCE_START, context_token, tokens
from pipeline.repair.candidates import Candidate, Candidates
from pipeline.repair.channel import Channel
from pipeline.repair.context import Choice, Slot, choose
from pipeline.repair.gate import Evidence, inspect
from pipeline.repair.numerals import numeral_edits
from pipeline.repair.seen import Seen, words_seen

__all__ = ["repair"]

# Probability from which a word is changed: a broken word, and a word that is one as it stands.
_CHANGE_BROKEN = 0.5
_CHANGE_KNOWN = 0.75
_CHANGE_UNKNOWN = 0.9  # what becomes a word that is in no list
_DOUBTFUL = 0.2  # a reading this likely that was not taken is told
_MOST_NOTICES = 40
_EVERYDAY = 3.0  # count from which a form is a word that might well be meant
_DANISH = frozenset("æøå")
_TRANSLITERATED = {"ae": "æ", "oe": "ø", "aa": "å"}


def repair(document: Document, lexicon: Lexicon) -> Document:
    """The document with `damage` and `edits` filled; doubtful words that were left alone become notices.

    Text that is clean, foreign or protected (addresses, codes, numbers, acronyms) is not touched.

    >>> lexicon = Lexicon.load()
    >>> repair(Document(id="a", source="Pa mgdet blev arsregnskabet fremlagt og draftet."), lexicon).text
    'På mødet blev årsregnskabet fremlagt og drøftet.'
    >>> repair(Document(id="a", source="The meeting was made for all."), lexicon).edits
    ()
    """
    text = document.source
    candidates = _candidates(lexicon)
    seen = words_seen(text)
    found = [candidates.of(word.text) for word in seen]
    gate = inspect(text, _evidence(seen, found))
    if not gate.damage.damaged:
        return replace(document, damage=gate.damage)
    edits = [edit for edit in numeral_edits(text, lexicon) if gate.opens(edit.start)]
    taken = {position for edit in edits for position in range(edit.start, edit.end)}
    working = [not word.protected and word.start not in taken and gate.opens(word.start) for word in seen]
    choices = choose(_slots(text, seen, found, working), lexicon.words)
    notices = []
    for word, active, choice in zip(seen, working, choices, strict=True):
        if not active:
            continue
        if (edit := _edit(word, choice, gate.damage)) is not None:
            edits.append(edit)
        elif (notice := _doubt(word, choice)) is not None:
            notices.append(notice)
    done = replace(document, damage=gate.damage, edits=tuple(sorted(edits)))
    return replace(done, notices=(*done.notices, *_placed(notices[:_MOST_NOTICES], done)))


@lru_cache(maxsize=2)
def _candidates(lexicon: Lexicon) -> Candidates:
    return Candidates(lexicon.words, Channel.load(lexicon.directory / "repair" / "channel.tsv"))


def _evidence(seen: Sequence[Seen], found: Sequence[tuple[Candidate, ...]]) -> list[Evidence]:
    """The words that are none as they stand, and everyday words with a Danish letter put back."""
    evidence = []
    for word, candidates in zip(seen, found, strict=True):
        if word.protected or len(word.text) < 3 or any(c.unchanged and c.known for c in candidates):
            continue
        best = candidates[0]
        if best.known and not best.unchanged and not _DANISH.isdisjoint(best.form):
            transliterated = any(
                digraph in word.text.lower() and word.text.lower().replace(digraph, letter) == best.form
                for digraph, letter in _TRANSLITERATED.items()
            )
            evidence.append(Evidence(word.start, transliterated))
    return evidence


def _slots(
    text: str, seen: Sequence[Seen], found: Sequence[tuple[Candidate, ...]], working: Sequence[bool]
) -> list[Slot]:
    slots = []
    position = 0
    for word, candidates, active in zip(seen, found, working, strict=True):
        between = text[position : word.start]
        offered = candidates if active else tuple(c for c in candidates if c.unchanged)
        marks = [context_token(token) for token in tokens(between)]
        if word.opens and ("\n" in between or not position):
            marks.append(SENTENCE_START)
        slots.append(Slot(offered, word.opens, (*marks[:2], *marks[2:][-2:])))
        position = word.end
    return slots


def _edit(word: Seen, choice: Choice, damage: Damage) -> Edit | None:
    chosen = choice.candidate
    if chosen.spelling == word.text:
        return None
    if not chosen.known and choice.probability < _CHANGE_UNKNOWN:
        return None
    known = choice.other is not None and choice.other.unchanged and choice.other.known
    if choice.probability < (_CHANGE_KNOWN if known else _CHANGE_BROKEN):
        return None
    rule = "word-by-context" if known else "word" if chosen.known else "word-by-letters"
    start, end, before, after = _trimmed(word.start, word.text, chosen.spelling)
    return Edit(start, end, before, after, rule, round(choice.probability, 4))


def _trimmed(start: int, before: str, after: str) -> tuple[int, int, str, str]:
    """The smallest edit that makes `after` of `before`: what both begin and end with is left out."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(before) - tail
    return start + head, start + end, before[head:end], after[head : len(after) - tail]


def _doubt(word: Seen, choice: Choice) -> Notice | None:
    best, other = choice.candidate, choice.other
    alternative = best if best.spelling != word.text else other
    share = choice.probability if alternative is best else choice.other_probability
    if alternative is None or not alternative.known or share < _DOUBTFUL:
        return None
    message = f"»{word.text}« was left as read; it may be »{alternative.spelling}« ({share:.0%})"
    return Notice("doubtful-word", message, word.start, word.end)


def _placed(notices: Iterable[Notice], document: Document) -> list[Notice]:
    """Notices moved from the source to the text: their words were not changed, so only the offset shifts."""
    growth, index, found = 0, 0, []
    for notice in notices:
        start, end = notice.start or 0, notice.end or 0
        while index < len(document.edits) and document.edits[index].end <= start:
            edit = document.edits[index]
            growth += len(edit.after) - (edit.end - edit.start)
            index += 1
        found.append(replace(notice, start=start + growth, end=end + growth))
    return found
