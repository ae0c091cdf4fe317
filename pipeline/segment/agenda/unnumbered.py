"""Agenda items whose headings carry no number: told by a mark, by the section that follows, by how they stand."""

from __future__ import annotations

from collections import Counter

from pipeline.segment.agenda.columns import first_column
from pipeline.segment.agenda.headlike import (
    LONGEST,
    NAME_LIST,
    SHORT,
    headlike,
    in_capitals,
    is_usual,
    names_topic,
    of_head,
    reads_as_title,
    title_of,
)
from pipeline.segment.agenda.kinds import ends_in_mark
from pipeline.segment.agenda.paragraphs import HEAD, paragraphs
from pipeline.segment.agenda.points import cases, points, told_whole
from pipeline.segment.agenda.runin import Plain, labelled, run_in
from pipeline.segment.agenda.setoff import set_off
from pipeline.segment.agenda.signs import SIGNS
from pipeline.segment.agenda.templated import templated
from pipeline.segment.headings import Page, is_case_number, label_at

__all__ = ["plain_headings"]

TOPICS = ("economy", "other")
"""Sections inside an item that are items of their own where no heading stands above them ("Økonomi", "Status")."""
TOP = 60
"""Lines that a head has at most."""
FEWEST = 3
"""So many headings of the weaker forms make an agenda."""
TWICE = 2
"""So many more titles stand behind bullets than have their text right below them."""
COVERED = 0.6
ALL = 0.75
"""So many have one right above them where those without a mark count too."""
THROUGHOUT = 0.3
"""So many of the paragraphs have a heading where no title is a usual one."""


def plain_headings(page: Page, start: int) -> list[Plain]:
    """The unnumbered headings from a line on, if they make an agenda; else nothing."""
    if rows := first_column(page, start):
        return rows
    blocks = [b for n, b in enumerate(paragraphs(page)) if b[0] >= start and not (n < HEAD and _labels(page, b[0]))]
    found = _distinct(page, [plain for block in blocks if (plain := _strong(page, block))])
    named = labelled(page, start)
    if len(named) >= max(len(found), FEWEST) and named[0].start != page.lines[named[0].first].body:
        return named
    signed = set_off(page, start)
    if signed and len(signed) >= len(found):
        return [*_before(page, blocks, signed[0].first), *signed]
    filled_in = templated(page, start, lambda first, last: reads_as_title(page, first, last))
    if len(filled_in) > len(found):
        found, blocks = filled_in, [block for block in blocks if block[0] > filled_in[-1].last]
    if len(found) >= 2:
        known = {plain.first for plain in found}
        closing = [p for block in blocks if (p := _usual(page, block)) and p.first not in known]
        marked = _with_unmarked(page, blocks, sorted([*found, *closing], key=lambda plain: plain.first))
        apart = max(_apart(page, blocks), _of_form(page, blocks, "capitals"), key=len)
        known = {plain.first for plain in marked}
        beside = [plain for plain in apart if plain.first not in known]
        if len(apart) > len(marked) + 1 and sum(is_usual(page, plain.first) for plain in beside) >= FEWEST - 1:
            shared = len(apart) - len(beside)
            beside = apart if shared >= COVERED * len(marked) else [*marked, *beside]
            return _below_head(page, _distinct(page, sorted(beside, key=lambda plain: plain.first)))
        return _below_head(page, marked)
    if found := labelled(page, start) or _with_alone(
        page, blocks, run_in(page, [block for block in blocks if not of_head(page, block[0])])
    ):
        return _with_usual(page, blocks, found)
    if counted := cases(page, start):
        return counted
    forms: list[tuple[int, list[Plain]]] = []
    for by in ("capitals", "colon", "alone", "above", "bullet"):
        found = _apart(page, blocks) if by == "alone" else _of_form(page, blocks, by)
        usual = sum(is_usual(page, f.first) for f in found)
        sure = by not in ("above", "bullet") or usual or _throughout(blocks, found)
        if sure and len(found) >= FEWEST:
            forms.append((len(found) + usual, found))
    if not forms:
        last = _of_form(page, blocks, "alone")
        if last and all(is_usual(page, f.first) for f in last):
            return last
        return points(page, start) or told_whole(page, blocks)
    _, best = max(forms, key=lambda form: form[0])
    if best[0].by == "bullet" and len(behind := points(page, start)) >= TWICE * len(best):
        return behind
    best = _below_head(page, _with_usual(page, blocks, best))
    return [*_before(page, blocks, best[0].first), *best] if best[0].by == "bullet" else best


def _labels(page: Page, index: int) -> bool:
    """Whether a line belongs to the head, and is no title that opens an agenda: "Referat fra sidste møde:"."""
    return of_head(page, index) and not page.match("items", "opening", page.content(index).rstrip(" :"))


def _with_usual(page: Page, blocks: list[tuple[int, int]], found: list[Plain]) -> list[Plain]:
    """The headings and those with a usual title that stand apart in another form in the same document."""
    known = {line for plain in found for line in range(plain.first, plain.last + 1)}
    rest = [block for block in blocks if page.space_before(block[0]) and block[0] not in known]
    others = [p for block in rest if not of_head(page, block[0]) and (p := _usual(page, block))]
    if found and found[0].by == "run-in":
        others += [p for block in rest if not label_at(page, block[0]) and (p := _usual_beside(page, block[0]))]
    return _distinct(page, sorted([*found, *others], key=lambda plain: plain.first)) if others else found


def _usual_beside(page: Page, index: int) -> Plain | None:
    """A usual title with its text behind any sign on its line: "Valg af revisor - Ib Holst"."""
    line = page.lines[index]
    for sign in (":", "-", "."):
        match = SIGNS[sign].match(page.text, line.body, line.end)
        if match and page.match("items", "usual", match["title"]) and not line.bullet:
            return Plain(index, index, "run-in", 0.65, sign=sign)
    return None


def _with_alone(page: Page, blocks: list[tuple[int, int]], found: list[Plain]) -> list[Plain]:
    """Headings with their text behind them, and those that stand alone above bullets in the same document."""
    known = {plain.first for plain in found}
    alone = [
        plain
        for block in blocks
        if found
        and block[0] not in known
        and page.space_before(block[0])
        and page.following[block[1]] < len(page.lines)
        and page.lines[page.following[block[1]]].bullet
        and not of_head(page, block[0])
        and (plain := _weak(page, block, "alone"))
    ]
    return _distinct(page, sorted([*found, *alone], key=lambda plain: plain.first))


def _with_unmarked(page: Page, blocks: list[tuple[int, int]], marked: list[Plain]) -> list[Plain]:
    """The marked headings and those without a mark, where each paragraph has a heading right above its text."""
    lasts = dict(blocks)
    if any(lasts.get(plain.first, plain.last) == plain.last for plain in marked if plain.by == "mark"):
        return marked
    known = {plain.first for plain in marked}
    above = [p for b in blocks if b[0] not in known and page.space_before(b[0]) and (p := _weak(page, b, "above"))]
    whole = _below_head(page, _distinct(page, sorted([*marked, *above], key=lambda plain: plain.first)))
    first = next((plain.first for plain in whole), 0)
    paragraphs = sum(block[0] >= first for block in blocks)
    return whole if above and len(whole) >= ALL * paragraphs else marked


def _below_head(page: Page, found: list[Plain]) -> list[Plain]:
    """The headings below the last label of the head ("Afbud:") that stands above the first usual title."""
    usual = next((plain.first for plain in found if is_usual(page, plain.first)), 0)
    last = max((i for i in range(min(usual, TOP)) if page.printed(i) and label_at(page, i)), default=-1)
    below = [plain for plain in found if plain.first > last]
    return below if len(below) >= FEWEST else found


def _before(page: Page, blocks: list[tuple[int, int]], until: int) -> list[Plain]:
    """Usual titles with their text behind them, above the first heading: "Godkendelse af dagsorden. Godkendt"."""
    found = []
    for first, _ in blocks:
        line = page.lines[first]
        match = SIGNS["."].match(page.text, line.body, line.end) if first < until and not line.bullet else None
        if match and page.match("items", "usual", match["title"]) and not of_head(page, first):
            found.append(Plain(first, first, "run-in", 0.65, sign="."))
    return found


def _apart(page: Page, blocks: list[tuple[int, int]]) -> list[Plain]:
    """The headings that stand alone, if they are so many, and those right above their text in the same document."""
    found = _of_form(page, blocks, "alone")
    if len(found) < FEWEST:
        return found
    apart = (block for block in blocks if page.space_before(block[0]) or is_usual(page, block[0]))
    found += [plain for block in apart if (plain := _weak(page, block, "above"))]
    return _distinct(page, sorted(found, key=lambda plain: plain.first))


def _of_form(page: Page, blocks: list[tuple[int, int]], by: str) -> list[Plain]:
    """The headings of one of the weaker forms."""
    return _distinct(page, [plain for block in blocks if (plain := _weak(page, block, by))])


def _distinct(page: Page, found: list[Plain]) -> list[Plain]:
    """The headings without those that come back: "Opfølgning" under every item is a section."""
    counts = Counter(page.content(plain.first).casefold() for plain in found)
    most = 2
    return [plain for plain in found if counts[page.content(plain.first).casefold()] < most]


def _throughout(blocks: list[tuple[int, int]], found: list[Plain]) -> bool:
    """Whether most paragraphs from the first heading on have one: no title need then be a usual one."""
    after = [block for block in blocks if found and block[0] >= found[0].first]
    return len(found) > FEWEST and len(found) >= THROUGHOUT * len(after)


def _strong(page: Page, block: tuple[int, int]) -> Plain | None:
    """A heading that ends in a mark, or that a summary, background or recommendation heading follows."""
    first, last = block
    for end in range(first, min(last, first + 3) + 1):
        title = title_of(page, first, end)
        if (end > first and is_case_number(page.content(end))) or not headlike(page, first, end):
            return None
        after = page.following[end]
        while after < len(page.lines) and is_case_number(page.content(after)):
            after = page.following[after]
        if (
            ends_in_mark(page, title)
            and title[-1] != "."
            and not _names_person(page, title)
            and (after >= len(page.lines) or not page.content(after)[0].islower())
        ):
            return Plain(first, end, "mark", 0.95)
        if (
            title[-1] not in ".:"
            and after < len(page.lines)
            and any(
                rule.value in ("summary", "background", "recommendation") and rule.regex.fullmatch(page.content(after))
                for rule in page.lexicon.rules("sections")
            )
        ):
            return Plain(first, end, "section", 0.9)
    return None


def _names_person(page: Page, title: str) -> bool:
    """Whether a letter in brackets is somebody's party: "5. Ib Holst (B)"."""
    name = title.split(". ", 1)[-1]
    return NAME_LIST.match(name) is not None and page.lexicon.names.is_first(name.split(maxsplit=1)[0])


def _usual(page: Page, block: tuple[int, int]) -> Plain | None:
    """A line of its own with a title that agendas usually have."""
    first, last = block
    title = page.content(first)
    alone = first == last or page.match("items", "closing", title) or (len(title) <= 30 and names_topic(page, first))
    ended = title[-1] in ".," and not page.match("items", "closing", title)
    if alone and len(title) <= 50 and not ended and headlike(page, first, first):
        verb = page.match("items", "finite", title)
        if page.match("items", "usual", title) and not verb and ":" not in title[:-1]:
            return Plain(first, first, "usual", 0.8)
    return None


def _weak(page: Page, block: tuple[int, int], by: str) -> Plain | None:
    first, last = block
    title = page.content(first)
    if by == "bullet":
        headed = (
            last > first and page.lines[first].bullet and not any(page.lines[i].bullet for i in range(first + 1, last))
        )
        return Plain(first, first, by, 0.65) if headed and names_topic(page, first) else None
    topics = TOPICS if page.match("items", "usual", title) else ()
    if not headlike(page, first, first, topics) or len(title) > LONGEST or len(title) < 3:
        return None
    letters = [c for c in title if c.isalpha()]
    if by == "capitals":
        end = first
        while end < min(last, first + 2) and in_capitals(page.content(end + 1)):
            end += 1
        return Plain(first, end, by, 0.85) if in_capitals(title) and len(letters) >= 3 else None
    usual = page.match("items", "usual", title) is not None and first == last and len(title) <= SHORT
    if by in ("colon", "alone") and usual and title[-1] == "." and not page.match("items", "finite", title):
        return Plain(first, first, by, 0.7)  # "Nyt fra havnen."
    if by == "colon":
        return (
            Plain(first, first, by, 0.75)
            if title.endswith(":")
            and not page.match("items", "agenda", title)
            and not page.match("items", "finite", title)
            else None
        )
    if by == "above":
        ends = page.content(last)[-1] in ".!?"
        runs = page.match("items", "finite", page.content(first + 1)) if last > first else None
        topped = (
            last > first
            and title[-1] != ":"
            and (ends or runs or page.match("items", "usual", title))
            and names_topic(page, first)
        )
        labelled = of_head(page, first) and not page.match("items", "usual", title)
        return Plain(first, first, by, 0.65) if topped and not labelled else None
    short = first == last and len(title) <= 70 and (title[-1] not in ".,:;!" or page.match("items", "closing", title))
    followed = page.following[last] < len(page.lines)
    told = page.match("items", "finite", title) and title[-1] != "?"
    if short and followed and not told and not NAME_LIST.match(title):
        return Plain(first, first, by, 0.7)
    return None
