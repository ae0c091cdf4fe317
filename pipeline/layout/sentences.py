"""Paragraphs and sentences in running text that is wrapped over lines and pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import regex

from pipeline.layout.lines import read_lines
from pipeline.lexicon import Lexicon
from pipeline.months import MONTHS
from pipeline.values import Line, Span

__all__ = ["bridged", "paragraphs", "sentences", "without_stray_blanks"]

LONGEST = 24
"""No abbreviation is longer."""
FULL = 0.8
"""A line that ends before this part of the text's width, though the next word had room, was ended on purpose."""
MANY = 6
"""So many lines right below others tell whether a text is wrapped."""
ENTRIES = 4
"""Lines of a list without bullets."""

_STOP = regex.compile(
    r"(?:[.!?]+|…|(?<=\d),[-–])[\"'”’»)\]]*(?=\s|$)|(?<=\b\p{L}?\p{Ll}{2,30})[.!?](?=\p{Lu}\p{Ll}*(?:,?\s))"
)
"""Behind a word also where the blank is lost: "Det blev vedtaget.Mona skriver"; in no address on the web."""
_NEXT = regex.compile(r"[\s\"'”’“„«»(\[–—-]*(?P<first>\w?)(?P<word>\w*)")
_MONTH = regex.compile(rf"(?i)(?:{'|'.join(MONTHS)})\b")
_FIGURE = regex.compile(rf"(?i)\d{{1,2}}\.\s(?:{'|'.join(MONTHS)})\b|\d[\d.]{{0,10}}(?:,\d{{1,2}})?\s\p{{Ll}}")
_BEFORE_FIGURE = regex.compile(
    r"\b(?:den|d\.|ca\.|nr\.|kl\.|pr\.|af|fra|til|på|for|med|i|og|om|senest|inden|over|under|omkring|mindst|højst|cirka)$"
)
"""A line that begins with a day or a figure goes on with one that ends so."""
_CLOSES = regex.compile(r"[^()\n]{1,80}\)")
"""A line that closes a bracket which the line above left open."""
_POINT = regex.compile(
    r"[a-zæøå]\s?\)\s|\(?\d{1,2}\s?\)\s|[abcegh]\.\s+\p{Lu}"
    r"|(?:AP|Aktion|Action|Opgave)(?: nr\.)? \d{1,3}(?:[-/.]\d{1,3})?\s?[:–]\s"
)
_OPEN_END = regex.compile(r"(?r)(?:[,–—(/-]|\b(?:og|eller|samt|at|af|for|i|på|til|med|en|et|som))$")
_GRAMMAR = regex.compile(
    r"\s(?:og|eller|samt|at|om|som|der|fordi|af|for|fra|i|på|pa|til|med|ved|hos|mod|under|efter|inden|mellem|en|et|den|det|de"
    r"|vi|skal|vil|kan|har|er|blev|bliver)$(?<!videre med)"
)
_NAME = regex.compile(r"\p{Ll}{3}[.!?] \p{Lu}.*\s\p{Lu}\p{Ll}+$")
"""At the margin of running text, where a name may go on below."""
_LABELLED = regex.compile(r"[^.:\n]{1,60}:")
_TOLD = regex.compile(r".*\p{Ll}[.!?]|.{70}")
_OPENS = regex.compile(
    r"(?:Der|Det|Den|Dette|Disse|Vi|Man|Han|Hun|Ingen|Alle|Når|Da|Hvis|Ellers|Derfor|Herefter|Desuden|Endvidere|Derudover"
    r"|Forslaget|Sagen|Punktet|Referatet|Regnskabet|Budgettet|Ansøgningen|Tilbuddet|Orienteringen)\s\p{Ll}"
    r"|(?:Godkendt|Vedtaget|Tiltrådt|Imødekommet|Bevilget|Afslået|Afslag|Afvist|Forkastet|Drøftet|Udsat|Udskudt"
    r"|Bortfaldt|Enstemmigt|Besluttet|Aftalt|Taget\stil|Tages\stil|Til\sefterretning)\b"
)
"""Words of grammar and verdicts that have a capital nowhere but where a sentence starts, though no full stop stands
before."""


@cache
def _abbreviations() -> dict[str, bool]:
    """Each abbreviation, and whether a sentence can end with it."""
    path = Lexicon.load().directory / "lists" / "abbreviations.txt"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {row[0]: len(row) > 1 for row in rows}


@cache
def _lettered() -> regex.Pattern[str]:
    return Lexicon.load().by_name("persons")["lettered"].regex


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    r"""The paragraphs between two offsets, without their bullets and the white space around them.

    A blank line, a bullet, or a line that ends early before a capital ends a paragraph; a page break inside it
    does not, nor a stray blank line below one that is full to the margin and stops in the middle of a clause.

    >>> text = "Vejen asfalteres\nigen.\n\n- Skiltet\n  flyttes.\n"
    >>> [text[a:b] for a, b in paragraphs(text, 0, len(text))]
    ['Vejen asfalteres\nigen.', 'Skiltet\n  flyttes.']
    """
    lines = read_lines(text)
    first = max(bisect_right(lines, start, key=lambda line: line.start) - 1, 0)
    last = bisect_left(lines, end, key=lambda line: line.start)
    found: list[Span] = []
    previous: Line | None = None
    gap = page = False
    entries = _entries(text, lines[first:last])
    for line in lines[first:last]:
        if line.furniture or line.blank:
            gap, page = True, page or line.furniture
            continue
        a, b = max(line.body, start), min(_trimmed(text, line), end)
        if a >= b:
            continue
        if (
            previous
            and found
            and not line.bullet
            and (_goes_on_over_gap(text, previous, line, page) if gap else _goes_on(text, previous, line, entries))
        ):
            found[-1] = Span(found[-1].start, b)
        else:
            found.append(Span(a, b))
        previous, gap, page = line, False, False
    return found


def sentences(text: str, start: int, end: int) -> list[Span]:
    r"""The sentences between two offsets, over wrapped lines and page breaks.

    Ordinals, initials and the abbreviations of models/lists/abbreviations.txt do not end a sentence; a new
    paragraph or bullet does, with or without a full stop. A full stop before a small letter ends none.

    >>> text = "Mødet er den 16.\ndecember kl. 17. Jf. bilag 2 betales 400 kr. Tak."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['Mødet er den 16.\ndecember kl. 17.', 'Jf. bilag 2 betales 400 kr.', 'Tak.']
    >>> text = "Vi rykker.Taget til efterretning. Se byen.Dk/rute, 2 stk.Den."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['Vi rykker.', 'Taget til efterretning.', 'Se byen.Dk/rute, 2 stk.Den.']
    """
    found = []
    for paragraph in paragraphs(text, start, end):
        begin = paragraph.start
        for match in _STOP.finditer(text, paragraph.start, paragraph.end):
            if match.end() < paragraph.end and _ends_sentence(text, begin, match, paragraph.end):
                found.append(Span(begin, match.end()))
                begin = match.end()
                while begin < paragraph.end and text[begin].isspace():
                    begin += 1
        if begin < paragraph.end:
            found.append(Span(begin, paragraph.end))
    return found


def without_stray_blanks(text: str) -> tuple[Line, ...]:
    r"""The lines of a text without the lone blank ones that OCR puts inside a clause: below a line that is full to the
    margin and above one that goes on in a small letter, or in the figure that the clause lacks.

    >>> text = "Formanden orienterede om at udvalget har besluttet sig for\n\nen ny vej.\n\nTak.\n"
    >>> [text[line.start : line.end] for line in without_stray_blanks(text)][:3]
    ['Formanden orienterede om at udvalget har besluttet sig for', 'en ny vej.', '']
    """
    stray = _stray_blanks(text)
    return tuple(line for n, line in enumerate(read_lines(text)) if n not in stray)


def bridged(text: str) -> str:
    r"""A text as long as it was, in which stray blank lines are none.

    >>> bridged("Formanden orienterede om at udvalget har søgt om og fået 8\n\nmaskiner.")
    'Formanden orienterede om at udvalget har søgt om og fået 8 \nmaskiner.'
    """
    lines, parts, done = read_lines(text), [], 0
    for n in sorted(_stray_blanks(text)):
        start, end = lines[n - 1].end, lines[n].end
        parts += [text[done:start], " " * (end - start)]
        done = end
    return "".join((*parts, text[done:]))


@lru_cache(maxsize=8)
def _stray_blanks(text: str) -> frozenset[int]:
    lines = read_lines(text)
    return frozenset(
        n
        for n, (above, line, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), 1)
        if line.blank
        and not (above.blank or below.blank or below.bullet or above.furniture or below.furniture)
        and not text[below.body].isupper()
        and not _LABELLED.match(text, below.body, below.end)
        and not _POINT.match(text, below.body, below.end)
        and _goes_on_over_gap(text, above, below, page=False)
    )


def _ends_sentence(text: str, begin: int, stop: regex.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    first = following["first"] if following else ""
    if first.islower():
        return False
    if stop.group().startswith(","):  # a price: "500,- Bevilget."
        return first.isupper()
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    near = text[max(begin, stop.start() - LONGEST) : stop.start()]
    last = near.split()[-1] if near and not near[-1].isspace() else ""
    word = last.lstrip("([\"'”»-–")
    if word.rstrip(")").isdigit():
        ahead = stop.start() - len(last) - begin
        opens = not ahead or (ahead <= len("Ad. ") and text[begin : begin + 2].casefold() == "ad")
        return not (opens or first.isdigit() or (following and _MONTH.match(text, following.start("first"), end)))
    if word.casefold() + "." in _abbreviations():
        return _abbreviations()[word.casefold() + "."] and first.isupper()
    return not (len(word) == 1 and word.isupper()) or _lettered().search(near[: -len(last)]) is not None


def _entries(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The starts of lines that are entries of a list without bullets: each of four or more begins with a capital,
    which wrapped text hardly does, and one of them ends though the next word had room."""
    found: set[int] = set()
    block: list[Line] = []
    for line in (*lines, None):
        if line and not (line.blank or line.furniture or line.bullet):
            block.append(line)
            continue
        if len(block) >= ENTRIES and not any(text[one.body].islower() for one in block):
            capitals = sum(text[one.body].isupper() for one in block)
            if capitals >= ENTRIES and any(_has_room(text, a, b, 1.0) for a, b in pairwise(block)):
                found.update(b.start for a, b in pairwise(block) if text[b.body].isupper() and _ended(text, a, b))
        block = []
    return frozenset(found)


def _ended(text: str, previous: Line, line: Line) -> bool:
    """Whether the line before a line ended with a sentence, or though the next word had room."""
    return text[_trimmed(text, previous) - 1] in ".!?:;" or _has_room(text, previous, line, 1.0)


def _has_room(text: str, previous: Line, line: Line, part: float) -> bool:
    """Whether the first word of a line would have fitted on the line before, within a part of the text's width."""
    word = len(text[line.body : line.end].split(maxsplit=1)[0])
    return _trimmed(text, previous) - previous.start + 1 + word < part * _width(text)


def _goes_on(text: str, previous: Line, line: Line, entries: frozenset[int]) -> bool:
    """Whether a line continues the paragraph of the line right above it."""
    if _POINT.match(text, line.body, line.end):
        return False
    if previous.bullet and line.indent <= previous.indent and text[_trimmed(text, line) - 1] == ":":
        return not text[line.body].isupper()  # the heading of the next list
    if text[line.body].islower() or _OPEN_END.search(text, previous.body, _trimmed(text, previous)):
        return True
    if text[_trimmed(text, previous) - 1].islower() and _OPENS.match(text, line.body, line.end):
        return False
    if text[_trimmed(text, line) - 1] == ":" and text[line.body].isupper() and _has_room(text, previous, line, 1.0):
        return False  # the heading of what follows
    if text[line.body].isupper() and not _is_wrapped(text):
        return False
    return line.start not in entries and not _has_room(text, previous, line, FULL)


def _goes_on_over_gap(text: str, previous: Line, line: Line, page: bool) -> bool:
    """Whether a line continues a paragraph that a page break or a stray blank line interrupts."""
    end = _trimmed(text, previous)
    if _FIGURE.match(text, line.body, line.end):
        return _BEFORE_FIGURE.search(text, previous.body, end) is not None
    if text[end - 1] in ".!?:;…":
        return False
    if text[end - 1] == "," and text.rfind("(", previous.body, end) > text.rfind(")", previous.body, end):
        return _CLOSES.match(text, line.body, line.end) is not None
    if not text[line.body].islower():
        return _breaks_off(text, previous, line)
    return page or end - previous.start >= FULL * _width(text) or bool(_OPEN_END.search(text, previous.body, end))


def _breaks_off(text: str, previous: Line, line: Line) -> bool:
    """Whether a line is full to the margin and does not end there, so that the capital below a stray blank line is that
    of a name: "tilbud fra / (blank) / Byens Tømrere"."""
    if _has_room(text, previous, line, FULL) or not text[line.body].isupper():
        return False
    end = _trimmed(text, previous)
    if _LABELLED.match(text, line.body, line.end):
        return False
    if _GRAMMAR.search(text, previous.body, end):
        return True
    return bool(_NAME.search(text, previous.body, end) and _TOLD.match(text, line.body, line.end))


def _trimmed(text: str, line: Line) -> int:
    end = line.end
    while end > line.body and text[end - 1].isspace():
        end -= 1
    return end


@lru_cache(maxsize=8)
def _is_wrapped(text: str) -> bool:
    """Whether lines go on below: where of many none does so in a small letter for want of room, each stands alone."""
    pairs = [
        (above, line)
        for above, line in pairwise(read_lines(text))
        if not (above.blank or line.blank or line.bullet or above.furniture or line.furniture)
    ]
    onward = (line for above, line in pairs if text[line.body].islower() and not _has_room(text, above, line, 1.0))
    return len(pairs) < MANY or any(onward)


@lru_cache(maxsize=8)
def _width(text: str) -> float:
    """How far running text reaches to the right: the line end that one line in ten exceeds."""
    ends: Sequence[int] = sorted(
        len(text[line.start : line.end].rstrip()) for line in read_lines(text) if not line.blank and not line.furniture
    )
    return float(ends[int(0.9 * (len(ends) - 1))]) if ends else 0.0
