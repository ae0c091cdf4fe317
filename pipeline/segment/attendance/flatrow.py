"""A row of a table of who was there whose gaps OCR closed, cut by what its words are."""

from __future__ import annotations

import regex

from pipeline.document import quote_name
from pipeline.find.brackets import are_initials
from pipeline.segment.attendance.elsewhere import elsewhere
from pipeline.segment.headings import Page
from pipeline.segment.people.beside import is_house, names_institution
from pipeline.segment.people.named import is_person
from pipeline.segment.people.titled import titled
from pipeline.values import Span

__all__ = ["MARKS", "cut_row"]

MARKS = regex.compile(r"(?:[ \t]++(?P<mark>[xX]{1,3}|[✓✔√]))++[ \t]*$")
"""The crosses at the end of a row."""
TICKED = ("came", "away", "other")
"""Columns that hold crosses."""

_LETTERS = regex.compile(r"(?P<letters>[\p{Lu}@]{2,5})[_.:|]*\s+")
_PART = regex.compile(r"[\p{Lu}@][\p{L}'’.-]*|(?:af|de|da|der|van|von)\b")
_JOINS = regex.compile(r"(?:og|i|for|på|ved|af|&|-|–)$")
_ADDRESS = regex.compile(r"\s(?:\S+@\S+\.\S+|\+?\d[\d ]{6,})")
_TRAIL = regex.compile(r"(?:\s++(?:\p{Lu}{2,5}|\+?\d[\d ]{6,}|\S+@\S+\.\S+))++\s*$")
"""Behind a name: initials, a telephone number, an address."""
_AWAY = regex.compile(r"\s(?=(?i:afbud|fraværende|forfald)\s(?:fra\s)?\p{Lu}\p{Ll})")


def cut_row(page: Page, span: Span, kinds: list[str]) -> dict[str, Span]:
    """The cells of a row that has no gaps, as far as they can be told."""
    marks = MARKS.search(page.text, *span)
    before = any(kind in kinds[: kinds.index("name")] for kind in ("party", "unit", "role"))
    if marks and {"came", "away"} & set(kinds):
        rest = cut_row(page, Span(span.start, marks.start()), [kind for kind in kinds if kind not in TICKED])
        told = "away" not in kinds and len(marks.captures("mark")) == sum(kind in TICKED for kind in kinds)
        return rest | {"came" if told else "mark": Span(*marks.span("mark"))} if rest else {}
    if "away" in kinds:
        return {}
    if before:
        return _behind_party(page, span, next(kind for kind in kinds if kind in ("party", "unit", "role")))
    cells: dict[str, Span] = {}
    letters = _LETTERS.match(page.text, *span) if kinds[0] == "initials" else None
    start = letters.end() if letters else span.start
    words = [Span(*match.span()) for match in regex.finditer(r"\S+", page.text[: span.end], pos=start)][:30]
    for n in range(2, len(words)) if kinds[-1:] == ["came"] else ():
        content = page.text[words[n].start : span.end]
        if page.match("attendance", "cell-came", content) or page.match("attendance", "cell-away", content):
            cells["came"] = Span(words[n].start, span.end)
            words = words[:n]
            break
    address = _ADDRESS.search(page.text, start, words[-1].end) if words else None
    words = [word for word in words if not address or word.end <= address.start()]
    beside = next((kind for kind in ("party", "unit", "role") if kind in kinds), None)
    n = _name_length(page, words, letters["letters"] if letters else "") if beside else len(words)
    if n:
        cells["name"] = Span(words[0].start, words[n - 1].end)
        if n < len(words) and beside:
            cells[beside] = Span(words[n].start, words[-1].end)
    return cells


def _behind_party(page: Page, span: Span, kind: str) -> dict[str, Span]:
    """The cells of a row that opens with a party: "Norddal Kommune Ib Holst IH"; {} with no full name behind."""
    away = _AWAY.search(page.text, *span)
    trail = _TRAIL.search(page.text, *span)
    end = trail.start() if trail else span.end
    bracket = page.text.find("(", away.end() if away else span.start, end)
    last = bracket if bracket >= 0 else end
    words = [Span(*match.span()) for match in regex.finditer(r"\S+", page.text[:last], pos=span.start)][:12]
    if away:
        return {kind: Span(span.start, away.start()), "name": Span(away.end(), end)}
    best: tuple[float, int] | None = None
    for n in range(1, len(words) - 1):
        first, party = quote_name(page.text, *words[n]), quote_name(page.text, span.start, words[n - 1].end)
        role, name = titled(page.text, Span(words[n].start, words[-1].end), page.lexicon)
        if name is None or name.end != words[-1].end or not (party[0].isupper() or party[0].isdigit()):
            continue
        full = quote_name(page.text, *name)
        if " " not in full or (name.start == words[n].start and page.lexicon.names.first_score(first) < 0.5):
            continue
        worth = page.lexicon.names.score(full) + page.lexicon.names.first_score(full.split()[0])
        worth += is_house(party, page.lexicon) + (page.text.count(party) > 1)
        worth += (page.lexicon.roles.group(role) is not None) - 0.5 if role else 0
        if best is None or worth >= best[0]:
            best = (worth, n)
    if best is None:
        return {}
    return {kind: Span(span.start, words[best[1] - 1].end), "name": Span(words[best[1]].start, end)}


def _name_length(page: Page, words: list[Span], letters: str) -> int:
    """How many of the words are the name, before an organisation or a role begins; 0 where none can be.

    A family name closes the name and none opens what follows; what the text has elsewhere without the other counts.
    """
    forms = [page.text[word.start : word.end] for word in words]
    best = (0.0, 0)
    for n in range(2, min(6, len(words)) + 1):
        if not _PART.fullmatch(forms[n - 1]) or not _PART.fullmatch(forms[0]):
            break
        name, rest = " ".join(forms[:n]), forms[n:]
        if (rest and _JOINS.match(rest[0])) or not is_person(name, page.lexicon, listed=True):
            continue
        worth = 1 + page.lexicon.names.last_score(forms[n - 1]) + (are_initials(letters, name) if letters else 0)
        printed = r"\s+".join(map(regex.escape, forms[:n]))
        worth += elsewhere(page, words[-1].end, rf"{printed}(?!\s[\p{{Lu}}@-])")
        if rest:
            worth -= page.lexicon.names.last_score(rest[0])
            worth += elsewhere(page, words[-1].end, rf"(?<!{regex.escape(forms[n - 1])}\s){regex.escape(rest[0])}")
            alone = len(rest) == 1 or rest[1].startswith("(")
            worth -= alone and names_institution(rest[0])  # "Skole" wants the place's name before it
        best = max(best, (worth, n), key=lambda each: each[0])
    return best[1]
