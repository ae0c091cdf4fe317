"""Who was present and who was absent: lists under a label, and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.document import Attendee, Span
from pipeline.layout import sentences
from pipeline.lexicon import Rule
from pipeline.segment.headings import Page
from pipeline.segment.people import Group, attendees, is_person

__all__ = ["Attendance", "attendance", "label_at"]

LONGEST = 60
"""Lines that one list may run over."""
HEAD = 80
"""Lists are looked for in so many printed lines of head and first items."""

_SUBLABEL = regex.compile(r"^(?P<label>[\p{L}][\p{L}\d .&/'’()-]{1,50}?)\s*:\s*")
_LABELS = ("present", "absent", "minute_taker", "chair", "facilitators", "stop")
_OPEN_END = regex.compile(r"(?:[,&-]|\b(?:og|samt))\s*$")


@dataclass(frozen=True)
class Attendance:
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]


def label_at(page: Page, index: int) -> tuple[Rule, int] | None:
    """The rule of the label that a line opens with, and the offset behind the label."""
    line = page.lines[index]
    content = page.text[line.body : min(line.end, line.body + 300)].rstrip()
    for rule in page.lexicon.rules("attendance"):
        if rule.value in _LABELS and (match := rule.regex.match(content)):
            return rule, line.body + match.end()
    return None


def attendance(page: Page, stops: frozenset[int], last: int) -> Attendance:
    """The attendees of a document, each once.

    `stops` are the lines of item headings; lists are read up to the line `last`, and sentences about absence too.
    A person who is in both lists is taken as absent.
    """
    found: dict[str, list[Attendee]] = {"present": [], "absent": []}
    index = printed = 0
    while index < len(page.lines) and printed < HEAD:
        printed += page.printed(index)
        label = label_at(page, index) if page.printed(index) else None
        index += 1
        if label is None or label[0].value not in found:
            continue
        rule, start = label
        group = _label_group(page, page.text[page.lines[index - 1].body : start])
        entries, index = _entries(page, index - 1, start, stops, group)
        for span, of in entries:
            found[rule.value or ""] += attendees(page.text, span, page.lexicon, of, f"attendance/{rule.name}")
    for value, people in _in_sentences(page, last):
        found[value] += people
    absent = _once(found["absent"])
    away = {person.name for person in absent}
    present = [person for person in _once(found["present"]) if person.name not in away]
    return Attendance(tuple(sorted(present, key=_start)), tuple(sorted(absent, key=_start)))


def _start(person: Attendee) -> int:
    return person.start


def _once(people: list[Attendee]) -> list[Attendee]:
    seen: dict[str, Attendee] = {}
    for person in people:
        seen.setdefault(person.name, person)
    return list(seen.values())


def _label_group(page: Page, label: str) -> Group:
    """What "Fra Havneselskabet:" says; a body or an office of the house ("administrationen") is no organisation."""
    match = regex.match(
        r"\W*(?i:fra|deltagere fra)\s+(?P<who>\p{Lu}[\p{L}\d .&-]+?)(?:\s+(?:deltog|deltager|mødte|var))?\s*:", label
    )
    return Group(organisation=match["who"]) if match else Group()


def _entries(
    page: Page, index: int, start: int, stops: frozenset[int], group: Group
) -> tuple[list[tuple[Span, Group]], int]:
    """The entries of the list whose label ends at an offset of a line, and the line where it ends."""
    text = page.text
    entries: list[tuple[Span, Group]] = []
    inline = bool(text[start : page.lines[index].end].strip())
    if inline:
        entries.append(_with_sublabel(page, Span(start, page.lines[index].end), group))
    i = page.following[index]
    while i < len(page.lines) and i not in stops and i - index < LONGEST:
        if label_at(page, i) or not _belongs(page, i, entries, inline):
            break
        line = page.lines[i]
        content = Span(line.body, line.end)
        sub = _SUBLABEL.match(text, line.body, line.end)
        if entries and not sub and not line.bullet and _wraps(page, entries[-1][0], i):
            entries[-1] = (Span(entries[-1][0].start, line.end), entries[-1][1])
        elif sub and not text[sub.end() : line.end].strip():
            group = _group(page, sub["label"])
            inline = False
        else:
            of = entries[-1][1] if entries and not sub and not inline else group
            entries.append(_with_sublabel(page, content, group if not sub else of))
        i = page.following[i]
    return entries, max(i, index + 1)


def _belongs(page: Page, i: int, entries: list[tuple[Span, Group]], inline: bool) -> bool:
    """Whether a line is still in the list: after a space only what looks like an entry, and nothing too long."""
    content = page.content(i)
    if not entries and not inline:
        return len(content) < 400 and _entry_like(page, i)
    if page.space_before(i):
        return not inline and _entry_like(page, i) and len(content) < 120
    return len(content) < 400 and (
        bool(page.lines[i].bullet) or _entry_like(page, i) or _wraps(page, entries[-1][0], i)
    )


def _entry_like(page: Page, i: int) -> bool:
    line = page.lines[i]
    if sub := _SUBLABEL.match(page.text, line.body, line.end):
        rest = page.text[sub.end() : line.end]
        return not rest.strip() or bool(attendees(page.text, Span(sub.end(), line.end), page.lexicon, Group(), ""))
    content = page.content(i)
    ends = regex.search(r"[.!?]$", content) and not regex.search(r"\)\.$|\b\p{Lu}\.$", content)
    return not (ends and len(content) > 60) and bool(
        attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
    )


def _wraps(page: Page, entry: Span, i: int) -> bool:
    """Whether a line continues the entry before it: an open end, or a run of names."""
    if i and page.space_before(i):
        return False
    text, line = page.text, page.lines[i]
    before = text[entry.start : entry.end].rstrip()
    if _OPEN_END.search(before) or before.count("(") > before.count(")") or text[line.body].islower():
        return True
    names = attendees(text, entry, page.lexicon, Group(), "")
    commas = len(regex.findall(r",|\bog\b", before))
    last = page.lines[i - 1]
    wide = last.end - last.start >= 0.6 * max(line.end - line.start, 60)
    return len(names) >= 2 and commas >= 2 and wide


def _with_sublabel(page: Page, span: Span, group: Group) -> tuple[Span, Group]:
    sub = _SUBLABEL.match(page.text, span.start, span.end)
    if sub and not is_person(sub["label"], page.lexicon, listed=False):
        return Span(sub.end(), span.end), _group(page, sub["label"])
    return span, group


def _group(page: Page, label: str) -> Group:
    """What the label in front of some names says of them: their organisation or their role."""
    label = " ".join(label.split()).strip()
    if page.lexicon.roles.group(label):
        return Group(role=label.casefold())
    general = regex.match(
        r"(?i)(?:fra|gæst|øvrige|andre|ledelse|medarbejder|forældre|elev|administration|sekretariat|medlem|vip|tap|studerende|repræsentant)",
        label,
    )
    return Group() if general or not label[:1].isupper() else Group(organisation=label)


def _in_sentences(page: Page, last: int) -> Iterator[tuple[str, list[Attendee]]]:
    """People of whom a sentence says that they came or were away."""
    rules = [rule for rule in page.lexicon.rules("attendance") if rule.value in ("away", "came")]
    end = page.lines[last].start if last < len(page.lines) else len(page.text)
    if not any(rule.regex.search(page.text, 0, end) for rule in rules):
        return
    for span in sentences(page.text, 0, end):
        for rule in rules:
            match = rule.regex.search(page.text, span.start, span.end)
            if match is None:
                continue
            if rule.value == "came":
                yield (
                    "present",
                    attendees(page.text, Span(match.end(), span.end), page.lexicon, Group(), f"attendance/{rule.name}"),
                )
            else:
                before = page.text[span.start : match.start()]
                start = max((m.end() for m in regex.finditer(r"\bat\s|:\s", before)), default=0)
                names = Span(span.start + start, match.start())
                yield "absent", attendees(page.text, names, page.lexicon, Group(), f"attendance/{rule.name}")
            break
