"""Which lines below a label belong to its list, and how they go on."""

from __future__ import annotations

import regex

from pipeline.segment.attendance.lone import LONGEST, is_below_name, is_side, two_sides
from pipeline.segment.attendance.parties import half_name, office_label, party_label
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.named import is_sure
from pipeline.segment.people.people import Group, attendees
from pipeline.segment.people.pieces import pieces_of
from pipeline.segment.people.titled import titled
from pipeline.values import Span

__all__ = ["SUBLABEL", "has_one_per_line", "is_below_name", "is_side", "lines_of", "other_label", "two_sides", "wraps"]

_INITIAL_END = regex.compile(r"\)\.$|\b\p{Lu}\.$")
_SENTENCE_END = regex.compile(r"[.!?]$")
SUBLABEL = regex.compile(
    r"(?P<label>(?:\d{1,2}\.?\s?|\p{Lu}{2,6},\s(?=\p{Lu}))?\p{L}(?:(?<!\p{Ll}{2})\.|[\p{L}\d\s&/'’()-]|\.(?!\s)){1,50}?)\s*:\s*"
)
_MOVES = regex.compile(
    r"^(?i:alle|samtlige)\s(?:\p{L}+\s){0,2}(?i:var|er|mødte|deltog)\b"
    r"|^(?i:dirigent|ordstyrer|mødeleder|referent|formand|sekretær)(?:en)?\s(?:var|er|blev)\s"
    r"|^\p{Lu}[\p{L}-]+ skrev\.|^(?i:i stedet for|fra|under|som stedfortræder for) .* (?:deltog|mødte) "
    r"|^\p{Lu}.*\bdeltog i pkt"
    r"|^\p{Lu}[^,;:\n]{4,50},\s[^,;:\n]{3,60},\s(?:deltog|deltager|mødte|var\smed)\s(?:kun\s)?(?:i|under|ved|til|fra)\s"
    r"|^\p{Lu}[^,;:\n]{1,60}\s(?:blev\s+(?:ledet|styret|åbnet|ført)|førte|skrev|ledede|ledte|styrede|bød|åbnede|indledte|fungerede"
    r"|tog\s+(?:referat|noter|notater)|var\s+(?:referent|ordstyrer|dirigent|mødeleder))\b"
    r"|(?i)(?<![,(]\s?)\b(?:ankom|forlod|gik|kom|trådte|tiltrådte)\b.{0,60}(?:\bkl\b|\bpkt\b|\bpunkt|mødet|møde\b|\d)"
)
"""Somebody who came later or left earlier is neither present nor absent by that."""
_EXCUSE = regex.compile(r"Afbud\s+fra\s+")
"""Behind the label of a side: "Forældre: Afbud fra Ib Holst"."""
_TELLS = regex.compile(
    r"^(?:Desuden|Endvidere|Derudover|Herudover|Tillige|Yderligere|Foruden|Også|Ligeledes)\s\p{Ll}+"
    r"|^\p{Lu}[^,;:\n]{1,60}?\s(?:deltog|deltager|mødte|møder|meldte|kunne|måtte|havde|sendte|repræsenterede|fulgte"
    r"|var\s+(?:\p{Ll}+\s+)?(?:fraværende|forhindret|til\s?stede|mødt|inviteret|indkaldt|indbudt|syg|med|på))\b"
)
"""A sentence about who came or was away, below a list that stands beside its label."""
_BARE = regex.compile(r"\p{Lu}\p{L}{5,24}:?")
"""A heading such as "Sagsfremstilling" may stand between a label and its list."""
_SEPARATED = regex.compile(r"[,;:(]|\b(?:og|samt|fra|ved)\b")
"""Between the start of a line and the name in it: more than a title."""
_FAMILY = regex.compile(r"\p{Lu}\p{Ll}+\s*[,;(]")
"""A line that opens with one word of an entry: the rest of the name above."""
_LABEL = regex.compile(r"\p{L}[^:;,.()\d]{2,40}:\s+\p{Lu}")
"""A label of its own in front of somebody: "Nøglen har: Ib Holst"."""
_GUESTS = regex.compile(
    r"(?i)(?:(?:øvrige\s|eksterne\s|inviterede\s)?(?:gæste?r|deltagere|tilforordnede|observatører)|tilforordnet|administration|forvaltning"
    r"|sekretariat|embedsmænd|embedsværk|personale|medarbejdere|direktion|ledelse|suppleanter|mødt\p{L}*)(?:en|et|ne)?\b"
)
"""Above people who came, below a list of those who were away."""
_TWO_SMALL = regex.compile(r"\p{Lu}\p{Ll}+\s(?!og\b|samt\b|af\b|van\b|de\b|von\b)\p{Ll}{2,}\s\p{Ll}")
"""How a sentence opens, and no list."""
_NOTE = regex.compile(r"\([\p{Ll}\p{Lu}]\p{L}+\)[,.]")
_TITLE_BEFORE = regex.compile(r";\s(\p{Ll}{4,30})$")
_BRACKET = regex.compile(r"\s?\([^()]{1,60}\)")
"""Behind a name what is said of it."""
FARTHEST = 2
"""So many lines on, one blank line between, a list may go on that fills its line."""
_OPEN_END = regex.compile(r"(?:[,&-]|\b(?:og|samt))\s*$")
_LAST_ONE = regex.compile(r"(?:og|samt|&)\s+\p{Lu}\p{L}+\b")
"""How a line opens that goes on with the list above, whatever space is between."""


def lines_of(page: Page, index: int, stops: frozenset[int], inline: bool, value: str) -> list[int]:
    """The lines of a list below the line of its label; a party's label ends a list of who was away."""
    block: list[int] = []
    inside = index > min(stops, default=index)  # an item, where sentences stand below
    i = page.following[index]
    if not inline and i < len(page.lines) and _BARE.fullmatch(page.content(i)) and page.section(page.content(i)):
        i = page.following[i]
    while i < len(page.lines) and i not in stops and i - index < LONGEST:
        if label_at(page, i) and not (value == "absent" and _side_again(page, index, i)):
            break
        if (
            value == "absent"
            and inline
            and (
                (inside and not _continues(page, i))
                or (
                    (party_label(page, i) or office_label(page, i) or _next_label(page, i))
                    and not _is_sided(page, index)
                )
            )
        ):
            break
        content = page.content(i)
        if inline and other_label(page, i):
            break
        if value == "absent" and block and content.endswith(":") and _GUESTS.match(content):
            break
        if not inline and (is_side(page, i) or is_below_name(page, i)):
            block.append(i)
            i = page.following[i]
            continue
        fits = len(content) < 400 and (bool(page.lines[i].bullet) or _entry_like(page, i))
        below = (not page.space_before(i) or _left_open(page, i)) and (inline or bool(block))
        goes_on = _one_more(page, i) if len(block) > 1 else not block and _list_below(page, index, i)
        apart = inline and not _left_open(page, i) and not goes_on
        if page.space_before(i) and (apart or (block and len(content) >= 120)):
            break
        before = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
        open_above = _left_open(page, i) or (half_name(page, before) and not _TWO_SMALL.match(content))
        tells = _MOVES.search(content) or (inline and _TELLS.match(content))
        if tells and not page.lines[i].bullet and not open_above:
            break
        if not fits and not (below and _continues(page, i)):
            after = page.following[i]
            between = (
                block
                and not (value == "absent" and page.space_before(i))
                and len(content) < 90
                and after in range(i + 1, min(i + 3, len(page.lines)))
                and _entry_like(page, after)
            )
            if not between or label_at(page, after) or after in stops:
                break
            i = after
            continue
        block.append(i)
        i = page.following[i]
    return block


def has_one_per_line(page: Page, block: list[int]) -> bool:
    """Whether most lines of a list begin with a name and hold no second one."""
    starts = runs = 0
    block = [i for i in block if not (is_side(page, i) or is_below_name(page, i))]
    for i in block:
        line = page.lines[i]
        people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
        sure = [p for p in people if page.lexicon.names.score(p.name) >= 0.5]
        starts += bool(people) and not _SEPARATED.search(page.text, line.body, people[0].start)
        runs += len(sure) >= 3 or (len(people) >= 2 and _OPEN_END.search(page.content(i)) is not None)
        called = sum(" " in p.name and page.lexicon.names.is_first(p.name.split()[0]) for p in people)
        bracketed = sum(_BRACKET.match(page.text, p.end) is not None for p in people)
        runs += len(block) == 1 and len(people) >= 2 and len(people) in (len(sure), called, bracketed)
    return starts * 2 > len(block) and runs == 0


def other_label(page: Page, i: int) -> bool:
    """Whether a line opens with a label in front of people who did not come for that: "Kage næste gang: Ib"."""
    sub = SUBLABEL.match(page.text, page.lines[i].body, page.lines[i].end)
    return sub is not None and page.match("attendance", "no-party", sub["label"]) is not None


def _is_sided(page: Page, index: int) -> bool:
    """Whether a list opens with the label of a side behind its own: "Afbud: Norddal Havn: Ib Holst"."""
    label = label_at(page, index)
    start = label[1] if label else page.lines[index].body
    return SUBLABEL.match(page.text, start, page.lines[index].end) is not None


def _side_again(page: Page, index: int, i: int) -> bool:
    """Whether a line right below a list of who was away opens with a side that stood above among those who came."""
    label = label_at(page, i)
    if label is None or label[0].value != "present" or page.space_before(i):
        return False
    opens = page.text[page.lines[i].body : label[1]].rstrip()
    sided = _is_sided(page, index) or not page.content(index).rstrip(" :").count(" ")
    return sided and opens.endswith(":") and any(page.content(j).startswith(opens) for j in page.head(index))


def _next_label(page: Page, i: int) -> bool:
    """Whether a line opens with a label of its own, and the line above is whole: nobody below it was away."""
    found = _LABEL.match(page.content(i))
    return found is not None and not (_left_open(page, i) or half_name(page, page.content(page.previous[i])))


def _entry_like(page: Page, i: int) -> bool:
    line = page.lines[i]
    sub = SUBLABEL.match(page.text, line.body, line.end)
    if (sub and not page.text[sub.end() : line.end].strip()) or two_sides(page, i):
        return True
    content = page.content(i)
    ends = _SENTENCE_END.search(content) and not _INITIAL_END.search(content)
    start = sub.end() if sub else line.body
    excuse = _EXCUSE.match(page.text, start, line.end) if sub else None
    people = attendees(page.text, Span(excuse.end() if excuse else start, line.end), page.lexicon, Group(), "")
    return bool(people) and not (ends and len(content) > 60 and len(people) < 2)


def _one_more(page: Page, i: int) -> bool:
    """Whether a line is one more person and where they come from: OCR puts space between the lines of a list."""
    line = page.lines[i]
    people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
    ends = page.content(i).endswith((".", ":")) or not people
    return len(people) == 1 and not ends and people[0].organisation is not None


def _list_below(page: Page, index: int, i: int) -> bool:
    """Whether a label with one person behind it has more people below, one a line, behind a space."""
    label = label_at(page, index)
    names: list[str] = []
    while label and i < len(page.lines) and not (names and page.space_before(i)) and not label_at(page, i):
        line = page.lines[i]
        people = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
        beside = page.text[people[0].end : line.end].strip() if people else "."
        if (
            len(people) != 1
            or people[0].start != line.body
            or not regex.match(r"[(,]|$", beside)
            or beside[-1:] in ".:"
        ):
            return False
        names.append(people[0].name)
        i = page.following[i]
    first = attendees(page.text, Span(label[1], page.lines[index].end), page.lexicon, Group(), "") if label else []
    sure = sum(page.lexicon.names.score(name) >= 0.75 for name in names)
    return len(first) == 1 and len(names) > 1 and 2 * sure >= len(names)


def _continues(page: Page, i: int) -> bool:
    """Whether a line goes on with the line above: an open end or half a name there, or a small letter here."""
    line = page.lines[i]
    return (
        _left_open(page, i)
        or (page.text[line.body].islower() and not _opens_with_title(page, i))
        or page.text[line.body] == "("
        or (
            not _TWO_SMALL.match(page.content(i))
            and half_name(page, page.content(page.previous[i]) if page.previous[i] >= 0 else "")
        )
    )


def _opens_with_title(page: Page, i: int) -> bool:
    """Whether a line is an entry of its own that opens with a title: "direktør Ib Holst, Norddal Kommune"."""
    line = page.lines[i]
    first = next(pieces_of(page.text, Span(line.body, line.end)), None)
    role, name = titled(page.text, first[0], page.lexicon) if first else (None, None)
    if role is None or name is None or not page.lexicon.roles.group(role):
        return False
    return is_sure(page.text, name, page.lexicon) and len(page.text[name.start : name.end].split()) > 1


def _left_open(page: Page, i: int) -> bool:
    """Whether the printed line above ends in the middle of a list, whatever space OCR puts below it."""
    before = page.content(page.previous[i]) if page.previous[i] >= 0 else ""
    full = page.previous[i] >= 0 and page.space_before(i) and page.width >= 50 and page.full(page.previous[i], 0.9)
    near = full and i - page.previous[i] <= FARTHEST
    named = page.lexicon.names.is_name(page.content(i).split(maxsplit=1)[0].strip(",.;()")) or _entry_like(page, i)
    runs = near and before[-1] not in ".:)!?" and "," in before and named
    cut = page.space_before(i) and _FAMILY.match(page.content(i)) is not None and half_name(page, before)
    noted = before[-1:].isalpha() and _NOTE.match(page.content(i)) is not None
    title = _TITLE_BEFORE.search(before)
    titled_below = title is not None and page.lexicon.roles.group(title[1]) is not None
    joined = before[-1:].isalpha() and "," in before and _LAST_ONE.match(page.content(i)) is not None
    several = page.space_before(i) and before.endswith(";") and before.count(";") > 1
    return (
        runs
        or several
        or joined
        or cut
        or noted
        or titled_below
        or bool(_OPEN_END.search(before))
        or before.count("(") > before.count(")")
    )


def wraps(page: Page, entry: Span, one: bool, i: int) -> bool:
    """Whether a line continues the entry before it: an open end, or a run of names."""
    if page.space_before(i) and not _left_open(page, i):
        return False
    if _continues(page, i):
        return True
    names = attendees(page.text, entry, page.lexicon, Group(), "")
    before = page.text[entry.start : entry.end]
    return not one and len(names) >= 2 and len(regex.findall(r"[,;]|\s/\s|\bog\b", before)) >= 2
