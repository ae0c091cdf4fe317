"""The damage gate: where in a text the Danish letters were lost, if anywhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from pipeline.document import Damage, Span

__all__ = ["Evidence", "Gate", "inspect"]

_DANISH = regex.compile(r"[æøåÆØÅ]")
_LETTER = regex.compile(r"[^\W\d_]")
_WORD = regex.compile(r"[^\W\d_]+")

WINDOW = 400  # letters: clean Danish of this length holds a Danish letter but once in 100,000 (3 % of letters)
_SHARE = 0.006  # of Danish letters among all: a fifth of what clean Danish has
_SHORT = 150  # letters; below this their absence says nothing, and only broken words do
_FOREIGN = {"ä", "ö", "ü", "ß", "Ä", "Ö", "Ü", "ð", "þ"}

# The commonest words that do not look alike in the two languages of a pair, none with a Danish letter.
_FUNCTION_WORDS = {
    "Danish": "og at er det ikke en til af den som med der har et om kan vil skal fra blev jeg vi var men hvor",
    "English": "the of and to is in that it was with as on be by this are or from at which have not",
    "Swedish": "och att som en det till av med den har ett om kan ska inte detta eller vid var men",
    "German": "der die und das ist nicht ein eine mit von zu den auf dem im des sich auch wird werden",
}
_SETS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}


class Evidence(NamedTuple):
    """A word that is none as it stands, and becomes one when a Danish letter comes back."""

    start: int
    transliterated: bool  # ae, oe, aa as on a keyboard without the letters, and not as OCR reads them


class Gate(NamedTuple):
    """The verdict: the damage of the whole document, and the spans in which repair may work."""

    damage: Damage
    spans: tuple[Span, ...]

    def opens(self, position: int) -> bool:
        """Whether repair may work at a place in the text."""
        index = bisect_right(self.spans, position, key=lambda span: span.start) - 1
        return index >= 0 and position < self.spans[index].end


def language(text: str) -> str | None:
    """The language whose function words are commonest in a text; None when there are too few to tell.

    >>> language("Det er ikke en sag for udvalget, og der er ikke penge til det")
    'Danish'
    >>> language("Kaffe")
    """
    words = [word.lower() for word in _WORD.findall(text)]
    shares = {name: sum(word in known for word in words) for name, known in _SETS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 3 else None


def inspect(text: str, evidence: Sequence[Evidence]) -> Gate:
    """Where repair may work, from the share of æøå, the language, and the broken words (in text order)."""
    letters, danish = len(_LETTER.findall(text)), len(_DANISH.findall(text))
    if not letters:
        return Gate(Damage(False, 0, 0, "no letters"), ())
    everywhere = _is_lost_everywhere(letters, danish, evidence) and language(text) in ("Danish", None)
    spans = tuple(span for span in _windows(text) if _is_damaged(text, span, evidence, lost_everywhere=everywhere))
    if not spans:
        reason = _why_clean(text, letters, danish)
        return Gate(Damage(False, letters, danish, reason), ())
    transliterated = sum(one.transliterated for one in evidence) > 0.8 * len(evidence)
    kind = "written with ae, oe and aa" if transliterated else "Danish letters lost"
    where = "throughout" if sum(end - start for start, end in spans) > 0.9 * len(text) else "in parts"
    reason = f"{kind} {where}: {danish} æøå among {letters} letters, {len(evidence)} words broken"
    return Gate(Damage(True, letters, danish, reason), _merged(spans))


def _why_clean(text: str, letters: int, danish: int) -> str:
    if danish > _SHARE * letters:
        return f"clean: {danish} æøå among {letters} letters"
    spoken = language(text)
    if spoken and spoken != "Danish":
        return f"not Danish: the commonest words are {spoken}"
    return f"no evidence of damage: {danish} æøå among {letters} letters, and no broken words"


def _windows(text: str) -> Iterable[Span]:
    """Runs of whole lines with about WINDOW letters; they tile the text."""
    start = letters = 0
    position = 0
    for line in text.splitlines(keepends=True):
        position += len(line)
        letters += len(_LETTER.findall(line))
        if letters >= WINDOW:
            yield Span(start, position)
            start, letters = position, 0
    if start < position:
        yield Span(start, position)


def _is_damaged(text: str, span: Span, evidence: Sequence[Evidence], *, lost_everywhere: bool) -> bool:
    window = text[span.start : span.end]
    letters, danish = len(_LETTER.findall(window)), len(_DANISH.findall(window))
    broken = bisect_left(evidence, (span.end,)) - bisect_left(evidence, (span.start,))
    if danish > max(1, _SHARE * letters) or not _FOREIGN.isdisjoint(window):
        return False
    spoken = language(window)
    if lost_everywhere:  # then a window needs no proof of its own, unless it speaks another language
        return spoken in ("Danish", None)
    if letters < _SHORT:
        return danish == 0 and broken >= 2
    return (broken >= 1 and spoken == "Danish") or (broken >= 2 and spoken is None)


def _is_lost_everywhere(letters: int, danish: int, evidence: Sequence[Evidence]) -> bool:
    """Whether a document has next to no Danish letters, and words broken by it."""
    if danish > max(1, _SHARE * letters):
        return False
    return len(evidence) >= (1 if letters < _SHORT else 3)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
