"""Runs of capitalised words: where names are looked for."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from pipeline.lexicon.names import PARTICLES

__all__ = ["Word", "opens_sentence", "plain_name", "runs", "without_addresses"]


class Word(NamedTuple):
    """A word of a run; `form` without line breaks, `joint` what stands between it and the word before."""

    start: int
    end: int
    form: str
    joint: str


_HYPHEN = r"-(?:\n[ \t]{0,20})?\p{L}[\p{L}\p{M}]+"
_ABBREVIATED = r"(?:Aa|Alfr|Chr|Edv|Ferd|Herm|Joh|Sv|Th|Ths|Vald|Wilh)\.(?=[ ]\p{Lu})"
_CAP = rf"(?:(?:\p{{Lu}}\.){{1,3}}|{_ABBREVIATED}|\p{{Lu}}[\p{{L}}\p{{M}}]*(?:['’](?=\p{{Lu}})\p{{L}}+|{_HYPHEN})*)"
_GAP = r"(?:[ \t]{1,3}(?:[\"“”„»«]\p{Lu}[\p{L}-]{1,20}[\"“”„»«][ ])?|[ \t]*\n[ \t]*)"
_PARTICLE = "|".join(sorted(PARTICLES | {particle.title() for particle in PARTICLES}))
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}@._-]){_CAP}(?:{_GAP}(?:(?:{_PARTICLE}){_GAP}){{0,3}}{_CAP})*+")
_WORD = regex.compile(rf"{_CAP}|\p{{L}}+")
_OPENING = regex.compile(r"(?r)(?:^|[.!?:\n•▪–*+»”\"]|^\s*[-o])\s*$")  # read from the end
_ADDRESS = regex.compile(r"(?:https?://|www\.)[^\s)>]+|(?<![\w.-])[\w.-]{1,64}@[\w.-]{1,64}")
_SPLIT = regex.compile(r"-[ \t]*\n\s*")
LOOK_BACK = 40


@lru_cache(maxsize=8)
def runs(text: str) -> tuple[list[Word], ...]:
    """Capitalised words that stand together, initials and the particles of names among them.

    >>> [[word.form for word in run] for run in runs("så kom Ida van Holm, og P.H. Dam-\\nKrog gik")]
    [['Ida', 'van', 'Holm'], ['P.H.', 'Dam-Krog']]
    """
    found = []
    for run in _RUN.finditer(text):
        if run.group().isalpha():
            found.append([Word(run.start(), run.end(), run.group(), "")])
            continue
        end = run.start()
        words = []
        for match in _WORD.finditer(text, run.start(), run.end()):
            words.append(Word(match.start(), match.end(), plain_name(match.group()), text[end : match.start()]))
            end = match.end()
        found.append(words)
    return tuple(found)


def plain_name(printed: str) -> str:
    """A name as printed, on one line, hyphens at line ends undone.

    >>> plain_name("Karen\\n  Dam-\\nholt"), plain_name("Ida Dahl-\\nKrog")
    ('Karen Damholt', 'Ida Dahl-Krog')
    """
    if printed.isalpha():
        return printed
    joined = _SPLIT.sub(lambda m: "-" if printed[m.end() : m.end() + 1].isupper() else "", printed)
    return " ".join(joined.split())


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word at `start` opens a sentence, a line or a quotation, where every word has a capital."""
    return _OPENING.search(text[max(0, start - LOOK_BACK) : start]) is not None


@lru_cache(maxsize=8)
def without_addresses(text: str) -> str:
    """The text with blanks in place of web and mail addresses; offsets stay."""
    if not any(sign in text for sign in ("@", "www.", "http")):
        return text
    return str(_ADDRESS.sub(lambda match: " " * len(match.group()), text))
