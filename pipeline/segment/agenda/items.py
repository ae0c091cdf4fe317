"""The agenda items of a document as minuted."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import regex

from pipeline.segment.agenda.announced import announced
from pipeline.segment.agenda.columns import flat_head
from pipeline.segment.agenda.headlike import is_usual, names_topic
from pipeline.segment.agenda.kinds import LETTERS, kinds_of_groups, own_marks
from pipeline.segment.agenda.numbered import numbered_headings
from pipeline.segment.agenda.runin import FEWEST, Plain, labelled
from pipeline.segment.agenda.sections import sections
from pipeline.segment.agenda.series import OF_KIND
from pipeline.segment.agenda.signs import SIGNS, title_sign
from pipeline.segment.agenda.sureness import weighed
from pipeline.segment.agenda.titles import Heading, exact_heading, read_heading
from pipeline.segment.agenda.unnumbered import plain_headings
from pipeline.segment.agenda.untitled import unlike_listed, untitled
from pipeline.segment.headings import Candidate, Page
from pipeline.values import AgendaItem, Span

__all__ = ["agenda_items"]


MOST = 0.6
"""Where so many of the numbered lines are headings by their marks too, the numbers count."""
TEMPLATE = 3
"""So many lines "Referat" stand below the items."""
SEVERAL = 4
"""Fewer headings without a number say nothing beside numbered ones."""
USUAL = 2
"""So many of them are ones that agendas usually have, where numbers inside one of them count for less."""
MANY = 5
"""So many headings without a number may outdo those with one."""
TEMPLATED = 3
"""Where so many heads of sections stand below the items, "Økonomi" is one more."""
BEFORE = 4
"""A heading without a number and its text take so many lines above the first number."""

_LABEL = regex.compile(r"(?:Emne|Titel|Sagstitel|Overskrift)\s?:\s+(?=\S)")
"""In front of a title, where too few have it to tell the headings by."""
_FIRST = regex.compile(r"1\s?[.)]\s")
_PARTY = regex.compile(r"\p{Lu}\p{Ll}+[ -]\p{Lu}[\p{L}-]+ \(\p{Lu}{1,2}\)(?=[\s,.;]*(?:$|\p{Ll}|,|\p{Lu}))", regex.M)


def agenda_items(page: Page) -> tuple[AgendaItem, ...]:
    """The items in order; each reaches to the next, the last to an appendix or to the end.

    An agenda that is only listed, at the top or instead of minutes, gives none.
    """
    party = len(_PARTY.findall(page.text)) >= 3
    width = page.width
    begin = _minutes_from(page)
    numbered = numbered_headings(page, begin)
    told = announced(page)
    first = 0 if begin is None else begin + 1
    if told and all(c.line in told.listed for c in numbered) and len(labelled(page, first)) <= len(told.headings):
        numbered, plain = [], list(told.headings)
    else:
        plain = plain_headings(page, first)
    strong = sum(p.by in ("mark", "section", "label") for p in plain)
    headings: list[tuple[str | None, Heading, float, int]]
    lines = {line for p in plain for line in range(p.first, p.last + 1)}
    shared = sum(candidate.line in lines for candidate in numbered)  # headings with a number and a mark
    if (
        numbered
        and not _is_part_of(page, plain, numbered)
        and (len(numbered) >= max(strong, 2) or strong == 0 or shared >= max(2, MOST * len(numbered)))
    ):
        openings = [(c.line, c.title_start) for c in numbered]
        marks = own_marks(page, openings)
        flat = len(numbered) >= FEWEST and flat_head(page, numbered[0].line) is not None
        sign = "column" if flat else None if marks else title_sign(page, openings)
        nexts = [*(c.line for c in numbered[1:]), len(page.lines)]
        read = [
            read_heading(page, c.line, c.title_start, party=party, width=width, sign=sign, marks=marks, until=until)
            for c, until in zip(numbered, nexts, strict=True)
        ]
        if numbered[0].word == OF_KIND:
            read = [h._replace(kind=h.kind or LETTERS[c.number[0]]) for c, h in zip(numbered, read, strict=True)]
        if all(c.word == "ad" for c in numbered):
            read = untitled(page, [c.number for c in numbered], openings, read)
        else:
            read = unlike_listed(page, [c.number for c in numbered], openings, read)
        headings = _opening(page, numbered[0], party, width)
        headings += [(c.number, heading, c.confidence, c.line) for c, heading in zip(numbered, read, strict=True)]
        headings += _closing(page, read[-1], party, width)
    else:
        plain = _without_title(page, plain)
        nexts = [*(p.first for p in plain[1:]), len(page.lines)]
        headings = [_of_plain(page, p, party, width, until) for p, until in zip(plain, nexts, strict=False)]
    end = _end(page, headings[-1][3]) if headings else len(page.text)
    starts = [page.lines[line].start for *_, line in headings]
    groups = kinds_of_groups(page, [line for *_, line in headings])
    items = []
    stretches = pairwise([*starts, end])
    for (number, heading, confidence, line), group, (start, stop) in zip(headings, groups, stretches, strict=True):
        items.append(
            AgendaItem(
                start=start,
                end=stop,
                rule="items/numbered" if number else "items/heading",
                confidence=confidence,
                number=number,
                title=heading.title,
                kind=heading.kind or group,
                heading=heading.span,
                sections=sections(page, start, stop, line, heading),
            )
        )
    return weighed(page, items)


def _without_title(page: Page, plain: list[Plain]) -> list[Plain]:
    """The headings without a first one that stands above all of them: "DAGSORDEN OG REFERAT", and no text below."""
    above = len(plain) > FEWEST and page.following[plain[0].last] == plain[1].first
    return plain[1:] if above and page.match("header", "generic", page.content(plain[0].first)) else plain


def _is_part_of(page: Page, plain: list[Plain], numbered: list[Candidate]) -> bool:
    """Whether the numbers count something else than the items, which have headings without numbers.

    It is so where lists from 1 on stand right below several of them; of a lone number and of points that begin late
    ("4a"), where more headings stand apart; and where all numbers stand inside one item or above the first, and some of
    the headings are ones that agendas usually have.
    """
    if len(plain) < SEVERAL:
        return False
    listed = sum(_FIRST.match(page.content(page.following[p.last])) is not None for p in plain[:-1])
    if listed >= FEWEST and not {c.line for c in numbered} & {p.first for p in plain}:
        return True
    late = numbered[0].number != "1" and numbered[0].line > plain[0].first
    if len(numbered) == 1 or (late and len(plain) >= max(MANY, 2 * len(numbered))):
        return True
    starts = [heading.first for heading in plain]
    inside = {bisect_left(starts, candidate.line) for candidate in numbered}
    usual = sum(is_usual(page, heading.first) for heading in plain)
    sure = usual >= USUAL or all(heading.by == "label" for heading in plain)
    return len(inside) == 1 and len(plain) not in inside and sure


def _of_plain(
    page: Page, plain: Plain, party: bool, width: float, until: int
) -> tuple[str | None, Heading, float, int]:
    start = page.lines[plain.first].body
    if plain.start is None and (label := _LABEL.match(page.text, start, page.lines[plain.first].end)):
        start = label.end()
    if plain.by == "point":
        sign = page.text.index(page.lines[plain.first].bullet, page.lines[plain.first].start)
        heading = Heading(Span(sign, sign + 1), None, None, plain.first)
    elif plain.stop is not None:
        heading = exact_heading(
            page, start if plain.start is None else plain.start, plain.last, plain.stop, until=until
        )
    else:
        first = plain.first if plain.start is None else None
        start = start if plain.start is None else plain.start
        heading = read_heading(
            page, plain.last, start, party=party, width=width, first_line=first, sign=plain.sign, until=until
        )
    return None, heading, plain.confidence, plain.first


def _opening(page: Page, first: Candidate, party: bool, width: float) -> list[tuple[str | None, Heading, float, int]]:
    """A heading such as "Godkendelse af referat" that stands without a number, with its text, above the first item."""
    below = first.line
    for _ in range(BEFORE):
        i = page.previous[below]
        if i < 0 or first.number != "1" or not first.apart or page.lines[i].bullet:
            return []
        signs = [
            sign
            for sign in (":", ".", "-")
            if (m := SIGNS[sign].match(page.text, page.lines[i].body, page.lines[i].end))
            and page.match("items", "opening", m["title"])
        ]
        alone = below != first.line and page.match("items", "opening", page.content(i))
        if page.space_before(i) and (signs or alone):
            heading = read_heading(
                page, i, page.lines[i].body, party=party, width=width, sign=next(iter(signs), None), until=first.line
            )
            return [(None, heading, 0.75, i)]
        if page.space_before(i) and below != first.line:
            return []
        below = i
    return []


def _closing(page: Page, last: Heading, party: bool, width: float) -> list[tuple[str | None, Heading, float, int]]:
    """Headings such as "Eventuelt" that stand without a number after the last numbered item.

    Up to the first such one others with a usual title are items too: "Valg af kasserer".
    """
    found: list[tuple[str | None, Heading, float, int]] = []
    closed = page.match("items", "closing", last.title or "") is not None
    above = (page.content(i) for i in range(last.next_line) if page.printed(i))
    section_heads = {content for content in above if page.section(content)}  # "Referat", "Opfølgning" of each item
    for i in range(last.next_line, len(page.lines)):
        apart = page.printed(i) and not page.lines[i].bullet and page.space_before(i)
        if not apart:
            continue
        start, stop = page.lines[i].body, page.lines[i].end
        told = SIGNS[":"].match(page.text, start, stop)
        title = told["title"] if told else page.content(i)
        closing = len(title) < 60 and page.match("items", "closing", title) is not None
        usual = not closed and not told and is_usual(page, i) and names_topic(page, i)
        of_template = title in section_heads or (len(section_heads) >= TEMPLATED and page.section(title))
        if page.section(title):
            section_heads.add(title)
        if closing or (usual and not of_template):
            closed |= closing
            heading = read_heading(page, i, start, party=party, width=width, sign=":" if told else None)
            found.append((None, heading, 0.8, i))
    return found


def _minutes_from(page: Page) -> int | None:
    """The line "Referat" that parts the minutes from an agenda printed before them, and comes but once or twice."""
    agenda: int | None = None
    found: list[int] = []
    for i in range(len(page.lines)):
        if not page.printed(i) or len(page.content(i)) > 100:
            continue
        if agenda is None and page.match("items", "agenda", page.content(i)):
            agenda = i
        elif agenda is not None and page.match("items", "minutes", page.content(i)):
            found.append(i)
    return found[0] if 0 < len(found) < TEMPLATE else None


def _end(page: Page, last: int) -> int:
    """Where the last item ends: before an appendix that follows the closing words, or with the text."""
    closed = False
    for i in range(last + 1, len(page.lines)):
        if not page.printed(i):
            continue
        content = page.content(i)
        if closed and len(content) < 100 and page.space_before(i) and page.match("items", "appendix", content):
            return page.lines[i].start
        closed = closed or (len(content) < 300 and page.match("items", "closed", content) is not None)
    return len(page.text)
