"""Tables of who was there: a row of column titles, then a row for each person or for each party."""

from __future__ import annotations

import regex

from pipeline.document import quote_name
from pipeline.segment.attendance.elsewhere import acts
from pipeline.segment.attendance.flatrow import MARKS, cut_row
from pipeline.segment.attendance.house import house
from pipeline.segment.attendance.parties import behind_party, party
from pipeline.segment.headings import Page, label_at
from pipeline.segment.people.beside import Draft, describe, is_house, names_firm
from pipeline.segment.people.named import is_person
from pipeline.segment.people.people import Group, attendees
from pipeline.values import Attendee, Span

__all__ = ["tables"]

LONGEST = 60
"""Rows that a table may have."""
FEWEST = 2
"""So many rows make a table that has no titles."""
SIDE = 40
"""Characters of a line between two rows that says whose side the next ones are on."""
WIDEST = 120
"""Characters of a row of titles."""

_MISSED = regex.compile(r"(?i:afbud|fraværende|syg|forhindret)\s?(?:fra\s|[:,(–-]\s?)(?=\p{Lu}\p{Ll})")
"""In a column of names, in front of somebody who was away."""
_CELL = regex.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_PLAYS = regex.compile(r"\p{Ll}{5,}")
"""What somebody was at the meeting, in a bracket behind a word for came: "ja (skriver)"."""
_UNCUT = regex.compile(r"[,;:(|]|[ \t]{2,}\S")
_BEFORE = regex.compile(r"\p{Lu}\p{Ll}{3,30}:\s+(?=\S)")
_FIRM = regex.compile(r"\p{Lu}\p{Ll}{4,20}\s\p{Lu}[\p{L}&]+")
_BRACKET = regex.compile(r"\s*\(([^()]*)\)")

Columns = tuple[tuple[str, int], ...]
"""What each column holds, and how far from the first title its own begins."""


def tables(page: Page, before: int) -> dict[int, tuple[str, list[Attendee]]]:
    """The rows of tables whose titles stand above a line: by its line the people of each, with "present" or "absent".

    Where OCR closed the gaps between the columns a row is cut by what its words are: initials in front, a word for
    came or not at the end, and between them a name and an organisation. Whoever has no such word in a column for it
    is left out, and so is whoever has a cross that may be of either column, unless the minutes tell what they did.
    """
    found: dict[int, tuple[str, list[Attendee]]] = {}
    i = 0
    while i < min(before, len(page.lines)):
        columns = _titles(page, i) if page.printed(i) else None
        if columns is None and (rows := _bare_rows(page, i)):
            found |= rows
        row = first = page.following[i] if columns else i + 1
        if columns and row < len(page.lines) and not page.content(row).strip("-|+=: "):
            row = first = page.following[row]
        while columns and row < len(page.lines) and row - first < LONGEST and not _ends(page, row, columns):
            people = _row(page, row, columns)
            side = people is None and page.content(row).endswith(":") and len(page.content(row)) < SIDE
            if people is None and not side and not MARKS.search(page.content(row)):
                break
            found[row] = people or ("present", [])
            row = page.following[row]
        i = max(row, i + 1)
    return found


def _ends(page: Page, i: int, columns: Columns) -> bool:
    """Whether a line opens with a label and is no row of the table: it has no word for came or not at its end."""
    return label_at(page, i) is not None and not (len(columns) > 1 and MARKS.search(page.content(i)))


def _bare_rows(page: Page, i: int) -> dict[int, tuple[str, list[Attendee]]]:
    """The rows below a label that stands alone, where each is a name and an institution with no comma between them."""
    label = label_at(page, i) if page.printed(i) else None
    if not label or label[0].value not in ("present", "absent") or page.text[label[1] : page.lines[i].end].strip():
        return {}
    found: dict[int, tuple[str, list[Attendee]]] = {}
    houses = 0
    row = page.following[i]
    while row < len(page.lines) and len(found) < LONGEST:
        of_house, people = _bare_row(page, row)
        if not people:
            line = page.lines[row]
            another = attendees(page.text, Span(line.body, line.end), page.lexicon, Group(), "")
            if found and page.space_before(row) and (label_at(page, row) or not another):
                break  # OCR puts such spaces between the rows too
            return {}
        houses += of_house
        found[row] = (label[0].value, people)
        row = page.following[row]
    return found if houses >= FEWEST and 2 * houses >= len(found) else {}


def _bare_row(page: Page, row: int) -> tuple[bool, list[Attendee]]:
    """The person of a row that is a name and a party with no comma between them, and whether that is an institution."""
    line = page.lines[row]
    uncut = _UNCUT.search(page.text, line.body, line.end)
    cells = {} if uncut else cut_row(page, Span(line.body, line.end), ["name", "party"])
    party_name = quote_name(page.text, *cells["party"]) if "party" in cells else ""
    sure = "name" in cells and page.lexicon.names.score(quote_name(page.text, *cells["name"])) >= 0.5
    of_house = is_house(party_name, page.lexicon)
    fits = of_house or (sure and party_name[:1].isupper())
    people = _row(page, row, (("name", 0), ("party", 0))) if fits else None
    return of_house, people[1] if people else []


def _titles(page: Page, i: int) -> Columns | None:
    """The columns of a line that holds nothing but their titles; None where it is no such line."""
    line = page.lines[i]
    if line.end - line.body > WIDEST:
        return None
    found: list[tuple[str, int]] = []
    colon = "" if page.content(i).endswith(":") else ":"  # "Medlemmer:  Til stede  Afbud"
    place = line.body
    while place < line.end:
        if page.text[place] in f" \t|{colon}":
            place += 1
            continue
        rest = page.text[place : line.end].replace(colon or " ", " ")
        fits = [
            (match.end(), rule.name.removeprefix("column-"))
            for rule in page.rules("attendance", "column")
            if (match := rule.regex.match(rest))
            and (
                rule.name in ("column-other", "column-away")
                or rule.name.removeprefix("column-") not in {kind for kind, _ in found}
            )
        ]
        if not fits:
            return None
        length, kind = max(fits, key=lambda fit: fit[0])
        found.append((kind, place - line.body))
        place += length
    kinds = {kind for kind, _ in found}
    named = "name" in kinds and kinds & {"came", "party", "unit", "role"}
    return tuple(found) if named or [kind for kind, _ in found] == ["party", "came"] else None


def _row(page: Page, i: int, columns: Columns) -> tuple[str, list[Attendee]] | None:
    """The people of one row: one under a column of names, several under a party. None where it is no such row."""
    line, kinds = page.lines[i], [kind for kind, _ in columns]
    cells = _cells(page, i, columns)
    if kinds in (["party", "came"], ["party", "name"]) and list(cells) != ["name"]:
        split = (cells["party"], cells[kinds[1]]) if len(cells) == 2 else behind_party(page, Span(line.body, line.end))
        if split is None:
            return None
        group = party(page, quote_name(page.text, *split[0]))
        return "present", attendees(page.text, split[1], page.lexicon, group, "attendance/table")
    cells = cells or cut_row(page, Span(line.body, line.end), kinds)
    missed = _MISSED.match(page.text, *cells["name"]) if "name" in cells else None
    if missed:
        cells["name"] = Span(missed.end(), cells["name"].end)
    draft = _named(page, cells["name"]) if "name" in cells else None
    if draft is None:
        return None
    name = quote_name(page.text, *draft.span)
    if "mark" in cells:
        value = "present" if acts(page, name, line.end) else None
    else:
        value = _value(page, cells) if {"came", "away"} & set(kinds) else "present"
    for kind in ("party", "unit", "role", "came"):
        _describe(page, quote_name(page.text, *cells[kind]) if kind in cells else "", kind, draft)
    one = Attendee(
        start=draft.span.start,
        end=draft.span.end,
        rule="attendance/table",
        confidence=0.95 if "mark" not in cells and page.lexicon.names.score(name) >= 0.5 else 0.8,
        name=name,
        organisation=draft.organisation,
        role=draft.role,
    )
    return "absent" if missed else value or "present", [one] if value else []


def _named(page: Page, cell: Span) -> Draft | None:
    """The one person of a cell, with what a comma or a bracket adds to the name; None where it begins with no name."""
    if (part := _BEFORE.match(page.text, *cell)) is not None:
        cell = Span(part.end(), cell.end)
    if is_person(quote_name(page.text, *cell), page.lexicon, listed=True):
        return Draft(cell)
    people = attendees(page.text, cell, page.lexicon, Group(), "", one=True)
    words = page.text[cell.start : people[0].start].strip() if len(people) == 1 else "-"
    if words and not page.lexicon.roles.group(words):
        return None
    return Draft(Span(people[0].start, people[0].end), people[0].organisation, people[0].role)


def _describe(page: Page, cell: str, kind: str, draft: Draft) -> None:
    """What a cell says of somebody: an organisation and a role, or beside a word for came only a role."""
    inside = [part for bracket in _BRACKET.findall(cell) for part in regex.split(r"\s*[,;]\s*", bracket)]
    outside = [] if kind == "came" else regex.split(r"\s*[,;]\s*", _BRACKET.sub("", cell))
    for part in [*outside, *inside]:
        if (
            kind == "unit"
            and part[:1].isupper()
            and not names_firm(part)
            and not page.lexicon.organisations.lookup(part)
        ):
            if not page.lexicon.roles.group(part):
                draft.organisation = (
                    draft.organisation or house(page) or (part if " " in part or is_house(part, page.lexicon) else None)
                )
            draft.role = f"{draft.role}, {part}" if draft.role else part
        elif kind == "party" and _FIRM.fullmatch(part):
            draft.organisation = draft.organisation or part
        elif kind != "came" or _PLAYS.fullmatch(part):
            describe(part, draft, page.lexicon)


def _value(page: Page, cells: dict[str, Span]) -> str | None:
    """Whether the cells say "present" or "absent"; None where they say neither."""
    for kind, value in (("away", "absent"), ("came", "present")):
        if kind not in cells:
            continue
        content = quote_name(page.text, *cells[kind])
        if page.match("attendance", "cell-away", content):
            return "absent"
        if page.match("attendance", "cell-came", content):
            return value
    return None


def _cells(page: Page, i: int, columns: Columns) -> dict[str, Span]:
    """The cells of a row by the gaps between them, each under the title that it stands nearest to."""
    line = page.lines[i]
    if page.text.find("|", line.start, line.end) >= 0 and len(cells := _ruled(page, i)) == len(columns):
        return {kind: cell for (kind, _), cell in zip(columns, cells, strict=True) if cell.start < cell.end}
    spans = [Span(*match.span()) for match in _CELL.finditer(page.text, line.body, line.end)]
    if len(spans) == 1 and columns[0][0] != "name":  # the cells before the name are empty
        offset = spans[0].start - line.start
        return {"name": spans[0]} if any(k == "name" and 0 < at <= offset <= at + 2 for k, at in columns) else {}
    if len(spans) == len(columns):
        return {kind: span for (kind, _), span in zip(columns, spans, strict=True)}
    found: dict[str, Span] = {}
    for span in spans if len(spans) > 1 else ():
        kind, _ = min(columns, key=lambda column: abs(column[1] - (span.start - line.body)))
        if kind in found and kind != "other":
            return {}
        found[kind] = span
    return found


def _ruled(page: Page, i: int) -> list[Span]:
    """What stands between the strokes of a line, be it nothing; a stroke at its start or end parts nothing."""
    line = page.lines[i]
    start = line.start + page.text[line.start : line.end].find("|") + 1
    opens = not page.text[line.start : start - 1].strip()
    end = line.end - 1 if page.text[line.end - 1] == "|" else line.end
    found: list[Span] = []
    place = start if opens else line.body
    for part in page.text[place:end].split("|"):
        left = place + len(part) - len(part.lstrip())
        found.append(Span(left, max(left, place + len(part.rstrip()))))
        place += len(part) + 1
    return found
