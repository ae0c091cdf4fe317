"""Who signed the minutes: names above their offices, a name or a greeting at the end, "/Karen"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.find.brackets import are_initials
from pipeline.segment.headings import Page
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["signatures", "signed_alone", "with_initials"]

LAST = 8
"""Signatures stand in so many of the last lines."""
MOST_WORDS = 10
"""A line of offices has no more."""
LONGEST = 6
"""An office has no more words: the rest is a sentence that ends with one."""
FIRST = 6
"""Who wrote notes signs in so many of the first lines, too."""

_CELL = regex.compile(r"\S+(?: \S+)*")
_GAPS = regex.compile(r"\S+(?:\s{1,2}\S+)*")
"""Names with their offices that stand side by side."""
_FURNITURE = regex.compile(r"(?i)[\W_]*|\W*(?:side|s\.)?\s*\d+(?:\s*(?:/|af)\s*\d+)?\W*")
_TITLED = regex.compile(r"(?P<role>\p{Lu}\p{Ll}{3,20})\s(?P<name>\p{Lu}[^,()\n]{1,40})")
"""An office and who holds it, beside another one: "Formand Ib Holst        Sekretær Karen Dam"."""
_OFFICE = regex.compile(
    r"(?P<name>\p{Lu}[^,()\n]{1,50}?)(?:,\s*|\s*\(\s*|\s+[–/-]\s+)(?P<role>\p{Ll}[\p{L} ]{2,30}?)\W*"
)

_SIGNS_AS = regex.compile(
    r"(?i)(?:(?:som|for)\s)?(?:dirigent(?:en)?|mødeleder(?:en)?|ordstyrer(?:en)?|referent(?:en)?|skriver|skribent|pennefører)|for\sreferat(?:et)?"
)
"""What people sign as that is no post: "Som dirigent", "For referatet"."""


def signatures(page: Page, present: tuple[Attendee, ...]) -> Iterator[tuple[str, list[Attendee]]]:
    """What each of the last lines says somebody signed as, and who: "Ib Holst, referent", or an office below a name."""
    last = _last(page)
    offices = [all(_is_office(page, cell) for cell in _cells(page, i)) or bool(_offices(page, i)) for i in last]
    for n, i in enumerate(last):
        if offices[n]:
            sides = [last[m] for m in (n - 1, n + 1) if 0 <= m < len(last) and not offices[m]]
            yield from next((pairs for side in sides if (pairs := _signed(page, i, side, present))), [])
    for i in last:
        titled = [_TITLED.fullmatch(cell.group()) for cell in _GAPS.finditer(page.content(i))]
        for match in titled if len(titled) == 2 else ():
            if match and page.lexicon.roles.group(match["role"]) in ("chair", "minute_taker"):
                start = page.lines[i].body + page.content(i).index(match.group())
                yield match["role"], _people(page, Span(start + match.start("name"), start + match.end()), "signature")
        for cell in _GAPS.finditer(page.content(i)):
            match = _OFFICE.fullmatch(cell.group())
            if match and page.lexicon.roles.group(match["role"]):
                start = page.lines[i].body + cell.start()
                yield match["role"], _people(page, Span(start, start + match.end("name")), "signature")


def _signed(page: Page, i: int, names: int, present: tuple[Attendee, ...]) -> list[tuple[str, list[Attendee]]]:
    """The offices of a line, each with the name above or below it; none where the two lines do not agree."""
    roles, cells = _cells(page, i), _cells(page, names)
    words = [page.text[role.start : role.end] for role in roles]
    flat = _offices(page, i) if len(roles) == 1 else []
    if len(roles) == len(cells) and len(flat) < 2:
        people = [_people(page, cell, "signature")[:1] for cell in cells]
    else:  # OCR closed the gaps
        line, words = page.lines[names], flat or words
        at = {page.text.find(one.name, line.body, line.end): one for one in present}
        known = [[at[place]] for place in sorted(at) if place >= 0]
        whole = sum(len(one.name) + 1 for each in known for one in each) > line.end - line.body
        people = (
            known if whole else [[one] for one in _people(page, Span(line.body, line.end), "signature", columns=True)]
        )
    return list(zip(words, people, strict=True)) if len(people) == len(words) and all(people) else []


def _offices(page: Page, i: int) -> list[str]:
    """The offices that a line consists of, whose gaps are lost: "formand sekretær og referent"; [] for other words."""
    words = page.content(i).split()[:MOST_WORDS]
    found: list[str] = []
    joined = False
    while words:
        n = next((n for n in (1, 2, 3) if words[0] != "og" and _plays(page, " ".join(words[:n]))), 0)
        if not n and not (found and words[0] == "og"):
            return []
        office, words = " ".join(words[: n or 1]), words[n or 1 :]
        if joined or not n:
            found[-1] += f" {office}"
        else:
            found.append(office)
        joined = not n
    return [] if joined else found


def signed_alone(page: Page, present: tuple[Attendee, ...]) -> list[Attendee]:
    """Who signed as the writer without saying so: behind a greeting or a stroke, or alone on the very last line."""
    printed, last = [i for i in range(len(page.lines)) if page.printed(i)], _last(page)
    rule = page.rules("attendance", "signs")[0]
    for i in [*last[::-1], *printed[:FIRST]]:
        line = page.lines[i]
        match = rule.regex.search(page.content(i))
        end = line.body + len(page.content(i).rstrip(" )."))
        people = _people(page, Span(line.body + match.end(), end), rule.name) if match else []
        if match and match.start() == 0 and match.end() >= len(page.content(i)) and page.following[i] < len(page.lines):
            below = page.lines[page.following[i]]
            people = _people(page, Span(below.body, below.end), rule.name)
        if len(people) == 1 and (match is not None and (match.start() == 0 or _known(people[0].name, present))):
            return people
    if not last:
        return []
    people = _people(page, Span(page.lines[last[-1]].body, page.lines[last[-1]].end), "signature")
    return (
        people
        if len(people) == 1 and people[0].name == page.content(last[-1]).strip(" .") and _known(people[0].name, present)
        else []
    )


def with_initials(page: Page, letters: Span, present: tuple[Attendee, ...], rule: str) -> list[Attendee]:
    """The one attendee whom initials can mean that nothing explains: "IF", "hjl"."""
    printed = page.text[letters.start : letters.end].strip(" .()")
    if not regex.fullmatch(r"\p{Lu}{2,4}|\p{Ll}{2,4}", printed):
        return []
    exact = [p for p in present if "".join(word[0] for word in p.name.split()) == printed.upper()]
    owners = exact or [p for p in present if are_initials(printed.upper(), p.name)]
    return [owners[0]] if len({p.name for p in owners}) == 1 else []


def _known(name: str, present: tuple[Attendee, ...]) -> bool:
    return any(name in (p.name, p.name.split()[0]) for p in present)


def _last(page: Page) -> list[int]:
    printed = [i for i in range(len(page.lines)) if page.printed(i) and not _FURNITURE.fullmatch(page.content(i))]
    return printed[-LAST:]


def _is_office(page: Page, cell: Span) -> bool:
    return _plays(page, page.text[cell.start : cell.end])


def _plays(page: Page, words: str) -> bool:
    words = words.strip(" ():")
    if _SIGNS_AS.fullmatch(words):
        return True
    told = words.count(" ") >= LONGEST or any(c.isdigit() or c in ",/:." for c in words.removesuffix("."))
    return not told and page.lexicon.roles.group(words) is not None


def _cells(page: Page, i: int) -> list[Span]:
    line = page.lines[i]
    return [Span(*match.span()) for match in _CELL.finditer(page.text, line.body, line.end)]


def _people(page: Page, span: Span, rule: str, *, columns: bool = False) -> list[Attendee]:
    return attendees(page.text, span, page.lexicon, Group(), f"attendance/{rule}", columns=columns)
