"""The kind of an item where a mark of its own states it: in its title, or on a line below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from pipeline.lexicon import Lexicon, Needed, Rule
from pipeline.segment.headings import Page

__all__ = ["LETTERS", "ends_in_mark", "kind_below", "kinds_of_groups", "own_marks", "stated_kind"]

LETTERS = {"B": "decision", "D": "discussion", "O": "information"}
"""The letters that stand for kinds in numbers: "B1", "O2"."""
MARK = 110
"""A mark is looked for in so many last characters of a title."""
BELOW = 3
"""A mark may stand on one of so many lines below the title."""
LETTERED, FIRST = "letter-", "word-first-"
"""The rules of marks that count where a document has them."""
FEWEST = 3
"""So many titles end in a letter without brackets where such a letter is a mark."""
MOST = 0.5
"""So many of the titles do."""

_PARTY = regex.compile(r"\p{Lu}[\p{Ll}.]+(?:[ -]\p{Lu}[\p{L}.-]+)+\s+\((?:\p{Lu}{1,2}|[0@©])\)\W*$")
_CLOCK = r"(?:kl\.?\s*)?\d{1,2}[.:]\d\d\s?[-–]\s?(?:kl\.?\s*)?\d{1,2}[.:]\d\d"
_MINUTES = r"(?:ca\.?\s*)?\d{1,3}\s?min(?:\.|utter)?"
_TIMES = regex.compile(
    rf"(?i)(?<=\S)(?:\s*[(\[]\s*(?:{_CLOCK}|{_MINUTES})\s*[)\]]|(?:\s|/)[\s,/–-]*(?:{_CLOCK}|{_MINUTES}))[\s.:]*$"
)
"""How long an item was to take is no part of its title: "(17.00-17.10)", "(10 min.)", "15 min"."""
_ENDS = regex.compile(r"(?i)(?<=\S)\s+(?:slut|færdig|start)\s(?:kl\.?\s*)?\d{1,2}[.:]\d\d[\s.:]*$")
"""When an item was to begin or be done with: "Slut kl. 17.59"."""
_CLOCKED = regex.compile(r"\s+\(?(?:kl\.?\s*)?\d{1,2}[.:]\d\d\)?[\s.:]*$")
"""A clock time, which is no part of a title where a mark stands before it: "Skuret (B) 17.15"."""
_CELL = regex.compile(
    rf"(?i)\s+[|·•]\s+|\s*/\s*(?={_MINUTES}\s*(?:/|$)|[(\[])|\s*[,–-]\s*(?={_MINUTES}\s*[,/–-]\s*\S)|(?<=[)\]]|min\.?)\s*/\s*"
)
"""What parts the cells of a heading: title, kind, time, and who presents."""
_TIMED = regex.compile(rf"(?i)\W*(?:{_CLOCK}|{_MINUTES})\s*(?:$|[,/|·•–-])")


def stated_kind(page: Page, raw: str, *, party: bool, marks: Sequence[str] = ()) -> tuple[str | None, int, int]:
    """The kind that a mark states, and where the title begins and ends without the mark.

    `party` says that a letter behind a name is a party's, `marks` how else the document marks kinds.
    """
    raw = _TIMES.sub("", _ENDS.sub("", raw))
    if (timed := _CLOCKED.search(raw)) and ends_in_mark(page, raw[: timed.start()]):
        raw = raw[: timed.start()]
    cells = [match.start() for match in _CELL.finditer(raw)]
    for rule in page.named("kinds", "mark-") if cells else ():
        if any(rule.regex.search(raw[:end]) for end in [*cells[1:], len(raw)]):
            return rule.value, 0, cells[0]
    if cells and any(_TIMED.match(raw[cell:]) for cell in cells):
        return None, 0, cells[0]
    for rule in (*page.named("kinds", "mark-"), *(rule for prefix in marks for rule in page.named("kinds", prefix))):
        if match := rule.regex.search(raw):
            if rule.name.startswith("mark-letter") and party and _PARTY.search(raw):
                return None, 0, len(raw)
            if match.start() == 0 and rule.name.startswith(("letter-first", FIRST)):
                return rule.value, match.end(), len(raw)
            stop = len(_TIMES.sub("", raw[: match.start()]).rstrip())
            return rule.value, 0, stop or len(raw)  # "3. Til beslutning" is a title too
    for rule in page.named("kinds", "front-"):
        if match := rule.regex.search(raw):
            return rule.value, 0 if rule.name == "front-proposal" else match.end(), len(raw)
    group = _group(page, raw)
    return group.value if group else None, 0, len(raw)


def kinds_of_groups(page: Page, starts: Sequence[int]) -> list[str | None]:
    """For each heading the kind of the group it stands in: below "Sager til beslutning", up to the next such line.

    `starts` are the lines of the headings. A line right below a heading is of that item, and begins no group.
    """
    found: list[str | None] = []
    kind: str | None = None
    for n, line in enumerate(starts):
        above = page.previous[line]
        own = n > 0 and page.previous[above] <= starts[n - 1] if above >= 0 else True
        if not own and (group := _group(page, page.content(above))):
            kind = group.value
        found.append(kind)
    return found


def own_marks(page: Page, starts: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """How the document marks its items beside the usual ways: the names of rules begin so.

    By letters without brackets, "2. Skuret – B", or by words before the titles, "2. Drøftelse - Skuret". `starts` are
    lines and title offsets.
    """
    titles = [page.text[start : page.lines[index].end] for index, start in starts]
    lettered = sum(any(rule.regex.search(title) for rule in page.named("kinds", LETTERED)) for title in titles)
    first = [rule.value for title in titles for rule in page.named("kinds", FIRST) if rule.regex.search(title)]
    found = (LETTERED,) if lettered >= FEWEST and lettered >= MOST * len(titles) else ()
    return (*found, FIRST) if len(first) >= FEWEST or len(set(first)) > 1 else found


def ends_in_mark(page: Page, title: str) -> bool:
    """Whether a title has a mark at its end: "Ny vej (B)", "Ny vej til orientering"."""
    end = title[-MARK:]
    may = end[-1:] in ")]}>*" or any(part in end[-50:].casefold() for part in ("ing", "else", "debat", "info", " v"))
    return may and any(rule.regex.search(end) for rule in _marks(page.lexicon).worth(end))


@cache
def _marks(lexicon: Lexicon) -> Needed:
    return Needed(rule for rule in lexicon.rules("kinds") if rule.name.startswith("mark-"))


def kind_below(page: Page, last: int, until: int) -> str | None:
    """The kind that a line of its own below a heading states, before the line `until`."""
    index = last
    for _ in range(BELOW):
        index = page.following[index]
        if index >= until or page.following[index] == until:
            return None if index >= until else _line_kind(page, index, group=False)
        if kind := _line_kind(page, index, group=True):
            return kind
        if page.section(page.content(index)) in ("recommendation", "decision"):
            return None
    return None


def _line_kind(page: Page, index: int, *, group: bool) -> str | None:
    content = page.content(index)
    if not group and _group(page, content):
        return None  # above a heading it sorts what follows
    return next((rule.value for rule in page.named("kinds", "type-line") if rule.regex.search(content)), None)


def _group(page: Page, content: str) -> Rule | None:
    if len(content) > 40:
        return None
    return next((rule for rule in page.named("kinds", "group-") if rule.regex.search(content)), None)
