"""From the line of a heading to its whole extent, its title and its kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.document import quote_name
from pipeline.layout import sentences
from pipeline.segment.agenda.behind import opens_with_doer, title_before_text
from pipeline.segment.agenda.kinds import ends_in_mark, kind_below, stated_kind
from pipeline.segment.agenda.signs import parted
from pipeline.segment.headings import Page, is_case_number
from pipeline.values import Span

__all__ = ["Heading", "exact_heading", "read_heading"]

LONGEST = 5
"""Lines that a wrapped heading may run over."""
FULL = 0.75
SPLIT = 45
"""A heading shorter than this is not wrapped where the page has room."""

LEAST = 15
"""Characters of a whole sentence behind a title."""
SHORT = 60
"""Below a number alone, a title may have a verb if it is no longer than this."""
_OPEN = regex.compile(
    r"(?r)(?:[,(/]|\w[–-]|\b(?:og|eller|samt|at|af|for|i|på|til|med|den|det|en|et|om|ved|fra|vedr\.?|v\.))$"
)
_POINT = regex.compile(r"\(?(?:\d{1,2}|[a-z])\s?(?:[.)]|\d?\s\))")
_CUT = regex.compile(
    r"(?:[:;]|\s?\.{1,3}|\s[–-])\s+(?=\p{Lu})|\?\s+(?=\p{Lu})|\s?_{1,3}\s?(?=\p{Lu})|(?::|\s[–-])\s+(?=\p{Ll})|\s{4,}(?=\p{Lu})"
)
_GAP = regex.compile(r"(?<=\S)[ \t]{4,}(?=\p{Lu})")
"""Between the cells of a table's row."""
_LED = regex.compile(r"\s*[:;]\s+(?=\S)")
"""What stands between a number and its title, and is of neither."""
_GLUED = regex.compile(r"(?<=[\p{Ll}\d.)])(?P<label>\p{Lu}\p{Ll}{4,30}(?:\s\p{Ll}{1,20}){0,2}:?)\s*$")
"""What may be the label of the next line, of which an export lost the break: "SkuretResumé"."""
_QUESTION = regex.compile(r"(?i)^(?:h[vw]\p{L}+|skal|kan|må|er|har|vil|bør|giver)\b|\?\W*$")
_PARTICIPLE = regex.compile(
    r"(?i)\b(?:godkendt|genvalgt|valgt|vedtaget|afvist|udsat|fremlagt|oplæst|drøftet|gennemgået|til efterretning)\b"
)
_COLUMN = regex.compile(r"(?i)(?:emne|titel|overskrift|punkt|sag|tema|sagstitel)\s?:?")
"""The head of a column that stands above each title where a table was flattened."""
_COLUMN_LED = regex.compile(r"(?i)(?:emne|titel|overskrift|tema|sagstitel)\s?:\s+")
_ASIDE = regex.compile(r"\((?P<name>\p{Lu}\p{Ll}+)[^()\d]{0,30}\)")
"""Whose point it is, between a number and a title on the line below."""
_NOTHING = regex.compile(r"(?i)^(?:intet|ingen)\b")
_SENTENCES = regex.compile(r"[.!]\s+\p{Lu}|\p{Ll}{2}[.!]$")


class Heading(NamedTuple):
    """`title` is None where running text follows the number at once. `lines` is the line after the heading."""

    span: Span
    title: str | None
    kind: str | None
    next_line: int


def read_heading(
    page: Page,
    index: int,
    title_start: int,
    *,
    party: bool,
    width: float,
    first_line: int | None = None,
    sign: str | None = None,
    marks: Sequence[str] = (),
    until: int | None = None,
) -> Heading:
    """The heading whose title begins on a line; `first_line` where an unnumbered one begins further up.

    `party` says that the document writes party letters behind names: a letter behind a name is then no mark. `sign`
    is what parts titles from text on the same line throughout the document (`title_sign`), `marks` what
    marks kinds in it (`own_marks`), `until` the line of the next heading.
    """
    text, first = page.text, page.lines[index if first_line is None else first_line]
    for rule in page.rules("items", "point-time", "openness"):  # "3. 17.00-17.30 Skuret", "3. (Lukket) Skuret"
        if match := rule.regex.match(text[title_start : min(page.lines[index].end, title_start + 40)]):
            title_start += match.end()
    if match := _LED.match(text, title_start, page.lines[index].end):
        title_start = match.end()
    told = parted(page, sign, title_start, page.lines[index].end, near=True) if sign else None
    last = index if told else _last_line(page, index, title_start, width, until)
    end = told.end("title") if told else _trim(text, title_start, page.lines[last].end)
    next_line = last + 1
    raw = text[title_start:end]
    kind, start, stop = stated_kind(page, raw, party=party, marks=marks)
    full = not told and page.lines[last].end - page.lines[last].start >= FULL * width
    cell = _GAP.split(raw[: _cell_end(page, raw, start, stop)], maxsplit=1)[0]
    behind = None if told else title_before_text(page, title_start + start, title_start + max(start, len(cell)))
    cut = _cut(page, raw, start, stop, _paragraph(page, last) if full else "", behind and behind - title_start)
    aside = _ASIDE.fullmatch(raw.strip())
    if not raw.strip() or (aside and page.lexicon.names.is_first(aside["name"])):
        return _on_next_line(page, index, first.body, title_start, kind)
    if cut is None:
        return Heading(Span(first.body, max(title_start, first.body + 1)), None, kind, next_line)
    title = quote_name(text, title_start + start, title_start + cut).strip(" \t.:;–-*_=~") if cut > start else ""
    printed_end = cut + 1 if text[title_start + cut : title_start + cut + 1] == "." else cut
    title = (
        quote_name(text, title_start + start, title_start + printed_end).strip().lstrip(".:;–- ").rstrip(" :;–-*_=~")
        if title
        else ""
    )
    heading_end = title_start + (len(raw) if cut >= stop else cut)
    kind = kind or kind_below(page, last, len(page.lines) if until is None else until)
    return Heading(Span(first.body, max(heading_end, first.body + 1)), title or None, kind, next_line)


def exact_heading(page: Page, start: int, last: int, stop: int, *, until: int) -> Heading:
    """The heading whose start and end are known, and its last line; `until` is the line of the next."""
    kind, begin, end = stated_kind(page, page.text[start:stop], party=False)
    title = quote_name(page.text, start + begin, start + end).strip(" \t.:;–-*_=~")
    return Heading(Span(start, stop), title or None, kind or kind_below(page, last, until), last + 1)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _last_line(page: Page, index: int, title_start: int, width: float, until: int | None) -> int:
    """The last line of a heading that wraps, above that of the next heading."""
    last = index
    before = len(page.lines) if until is None else until
    if not page.text[title_start : page.lines[index].end].strip():
        return index
    for _ in range(LONGEST - 1):
        after = page.following[last]
        if after >= before or not _wraps(page, last, after, title_start, width):
            break
        last = after
    return last


def _wraps(page: Page, last: int, after: int, title_start: int, width: float) -> bool:
    line, following = page.lines[last], page.lines[after]
    above = page.text[max(line.body, title_start) : line.end].rstrip()
    below = page.content(after)
    if not above or following.bullet or _numbered(below) or _section(page, below) or is_case_number(below):
        return False
    if below[0].isupper() and ends_in_mark(page, above):
        return False
    open_end = bool(_OPEN.search(above)) or above.count("(") > above.count(")")
    if above[-1] in ".:?!;" and not regex.search(r"\b(?:v|vedr|kl|nr|ca|pkt|jf)\.$", above):
        return above.count("(") > above.count(")") and below[0].islower()
    if after != last + 1:
        return open_end or (
            below[0].islower() and not page.text[title_start].islower() and len(above) >= SPLIT and len(below) < SPLIT
        )
    if (
        (below[0].islower() and not page.text[title_start].islower())
        or open_end
        or _name_wraps(page, above, after, below)
        or regex.match(
            r"\((?:\p{Lu}|0|\p{L}+punkt|orientering|drøftelse|beslutning|\p{Lu}[\p{L}/ -]{1,40})\)\s*$", below
        )
    ):
        return True
    printed = line.end - line.start
    word = len(below.split(maxsplit=1)[0])
    long_enough = printed + 1 + word >= FULL * width and len(above) >= SPLIT
    return long_enough and len(below) < FULL * width and not _finite(page, below)


def _name_wraps(page: Page, above: str, after: int, below: str) -> bool:
    """Whether a presenter's name ("v. Ib⏎Holst") runs over into the next line."""
    return (
        bool(regex.search(r"\b(?:v\.?|v/|ved)\s*\p{Lu}\p{L}+$", above))
        and len(below.split()) <= 2
        and page.space_after(after)
    )


def _numbered(text: str) -> bool:
    return bool(_POINT.match(text))


def _section(page: Page, text: str) -> bool:
    return page.section(text) is not None


def _finite(page: Page, text: str) -> bool:
    return page.match("items", "finite", text) is not None


def _on_next_line(page: Page, index: int, start: int, title_start: int, kind: str | None) -> Heading:
    """The heading of a number that stands alone: its title is the next line, unless that is running text."""
    after = page.following[index]
    if after < len(page.lines) and (_COLUMN.fullmatch(page.content(after)) or is_case_number(page.content(after))):
        index, after = after, page.following[after]
    below = page.content(after) if after in (index + 1, index + 2) and after < len(page.lines) else ""
    closing = page.match("items", "closing", below) is not None
    if (
        not below
        or len(below) > (90 if after == index + 1 else 60)
        or (_finite(page, below) and (len(below) > SHORT or below[-1] in ".!," or ":" in below))
        or page.lines[after].bullet
        or page.match("items", "nothing", below)
        or not below[0].isupper()
        or (below[-1] in ".!" and not closing and (" " not in below or page.match("sections", "decides", below)))
    ):
        return Heading(Span(start, max(title_start, start + 1)), None, kind, index + 1)
    line = page.lines[after]
    led = _COLUMN_LED.match(below)
    title = below[led.end() if led else 0 :].rstrip(" :;–-")
    return Heading(Span(start, line.body + len(below)), title or None, kind, after + 1)


def _paragraph(page: Page, last: int) -> str:
    """What follows a heading line in the same paragraph."""
    parts: list[str] = []
    for i in range(last + 1, min(last + 5, len(page.lines))):
        if not page.printed(i) or page.lines[i].bullet or _numbered(page.content(i)) or page.content(i)[-1] == ":":
            break
        parts.append(page.content(i))
    return " ".join(["", *parts])


def _cell_end(page: Page, raw: str, start: int, stop: int) -> int:
    """Where the first cell of a table's row ends, or the whole."""
    bar = raw.find(" | ", start, stop) if page.barred else -1
    return bar if bar > start else stop


def _cut(page: Page, raw: str, start: int, stop: int, after: str, behind: int | None) -> int | None:
    """Where the title ends: before a link or running text; None where the whole is running text."""
    for rule in page.rules("items", "link"):
        if match := rule.regex.search(raw, start, stop):
            stop = match.start()
    stop = _cell_end(page, raw, start, stop)
    if (glued := _GLUED.search(raw, start, stop)) and (
        page.section(glued["label"]) or page.match("items", "minutes", glued["label"])
    ):
        stop = glued.start()
    title = raw[start:stop]
    if not title.strip():
        return start
    for rule in page.rules("items", "title"):
        if match := rule.regex.match(title):
            return start + match.end()
    if behind is not None:
        return behind
    if (sign := _text_behind(page, title, after)) is not None:
        stop = start + sign
    title = raw[start:stop].strip()
    runs = title.endswith((".", " at", " at:", ",")) or title.count("\n") > 1 or len(title) > 150
    if title.endswith(".") and (_PARTICIPLE.search(title) or _NOTHING.match(title)):
        return None
    if runs and _finite(page, title) and not _QUESTION.search(title):
        return None
    return stop


def _text_behind(page: Page, title: str, after: str) -> int | None:
    """Where a title ends that a sign parts from text on its line; None where no sign does."""
    ends = [span.end for span in sentences(title, 0, len(title))]
    for match in _CUT.finditer(title):
        sign = match.group().strip()[:1]
        if sign in (".", "?") and bisect_right(ends, match.start()) == bisect_right(ends, match.end()):
            continue
        before, rest = title[: match.start()], title[match.end() :] + after
        usual = page.match("items", "usual", before) is not None
        told = (usual and (_PARTICIPLE.search(rest) or _NOTHING.match(rest)) and not rest[0].islower()) or (
            sign == ":" and before.isupper() and rest[1:2].islower() and _SENTENCES.search(rest) is not None
        )
        told = told or (sign == "" and (_PARTICIPLE.match(rest) or page.match("sections", "decides", rest)) is not None)
        doer, text = opens_with_doer(page, rest), _finite(page, rest)
        if rest[0].islower():
            if not text or len(before) > SHORT or _finite(page, before) or not _SENTENCES.search(title, match.end()):
                continue
        elif sign in ("–", "-", "_", "") and not told and not doer and not (text and not sign):
            continue
        if not told and not text and not doer:
            return None  # nor is what follows later
        if usual or len(rest) > 30 or sign == ";" or (rest[-1] == "." and (sign == ":" or len(rest) > LEAST)):
            return match.start() + (1 if sign in (".", "?") else 0)
    return None
