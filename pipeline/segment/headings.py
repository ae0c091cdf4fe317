"""Lines that may open an agenda item: what is printed before the title, and how the line stands on the page."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from pipeline.lexicon import Lexicon, Rule
from pipeline.months import MONTHS
from pipeline.segment.misread import label_meant
from pipeline.segment.numerals import as_roman, figures, is_letter, is_roman
from pipeline.values import Line

__all__ = ["Candidate", "Page", "label_at", "numbered_candidates", "with_own_text"]

REMEMBERED = 120
"""What the rules say of lines up to this length is kept: short lines are asked about again and again."""
_HEADINGS = ("summary", "background", "recommendation", "decision", "discussion", "economy", "attachments", "other")
_SECTIONS = (*_HEADINGS, "recommends", "proposes", "decides")


@dataclass(frozen=True)
class Page:
    """A text with its lines and the rules that segmenting reads."""

    text: str
    lines: tuple[Line, ...]
    lexicon: Lexicon

    def content(self, index: int) -> str:
        """A line without indent, bullet and trailing space."""
        line = self.lines[index]
        return self.text[line.body : line.end].rstrip()

    def printed(self, index: int) -> bool:
        """Whether a line holds text of the meeting."""
        return not self.lines[index].blank and not self.lines[index].furniture

    def without(self, lines: Container[int]) -> Page:
        """The page with some of its lines as furniture."""
        return replace(
            self,
            lines=tuple(replace(line, furniture=line.furniture or i in lines) for i, line in enumerate(self.lines)),
        )

    @cached_property
    def previous(self) -> list[int]:
        """For each line the printed line before it, or -1."""
        found, last = [], -1
        for i in range(len(self.lines)):
            found.append(last)
            last = i if self.printed(i) else last
        return found

    @cached_property
    def following(self) -> list[int]:
        """For each line the printed line after it, or the number of lines."""
        found, after = [], len(self.lines)
        for i in range(len(self.lines) - 1, -1, -1):
            found.append(after)
            after = i if self.printed(i) else after
        return found[::-1]

    def space_before(self, index: int) -> bool:
        """Whether a line stands apart from the printed line before it."""
        return index == 0 or self.previous[index] != index - 1

    def space_after(self, index: int) -> bool:
        return self.following[index] != index + 1

    @cached_property
    def width(self) -> float:
        """How far running text reaches: the line length that one line in ten exceeds."""
        lengths = sorted(line.end - line.start for i, line in enumerate(self.lines) if self.printed(i))
        return float(lengths[int(0.9 * (len(lengths) - 1))]) if lengths else 0.0

    @cached_property
    def barred(self) -> bool:
        """Whether bars part the cells of tables."""
        return self.text.count(" | ") > 2

    def full(self, index: int, part: float = 0.8) -> bool:
        """Whether a line reaches so far to the right that the next may be the rest of it."""
        line = self.lines[index]
        return line.end - line.start >= part * self.width

    @cached_property
    def dense(self) -> bool:
        """Whether the text has hardly any blank lines: OCR or an export dropped them."""
        printed = [i for i in range(len(self.lines)) if self.printed(i)]
        return sum(self.space_before(i) for i in printed) <= 0.1 * len(printed) + 3

    @cached_property
    def _by_value(self) -> dict[tuple[str, str], tuple[Rule, ...]]:
        return {}

    def rules(self, file: str, *values: str) -> tuple[Rule, ...]:
        """The rules of a file that have one of these values, in the file's order."""
        key = (file, " ".join(values))
        if key not in self._by_value:
            self._by_value[key] = tuple(rule for rule in self.lexicon.rules(file) if rule.value in values)
        return self._by_value[key]

    def match(self, file: str, value: str, text: str) -> Rule | None:
        """The first rule of a file with this value that finds something."""
        key = (file, value, text)
        if key not in self._matches:
            found = next((rule for rule in self.rules(file, value) if rule.regex.search(text)), None)
            if len(text) > REMEMBERED:
                return found
            self._matches[key] = found
        return self._matches[key]

    def named(self, file: str, prefix: str) -> tuple[Rule, ...]:
        """The rules of a file whose names begin so, in the file's order."""
        key = (file, prefix + "*")
        if key not in self._by_value:
            self._by_value[key] = tuple(rule for rule in self.lexicon.rules(file) if rule.name.startswith(prefix))
        return self._by_value[key]

    def section(self, text: str) -> str | None:
        """The value of the first section rule that finds something: the kind of a heading, "recommends", "decides"."""
        return next((value for value in _SECTIONS if self.match("sections", value, text)), None)

    @cached_property
    def _matches(self) -> dict[tuple[str, str, str], Rule | None]:
        return {}

    @cached_property
    def labels(self) -> dict[int, tuple[Rule, int] | None]:
        """What `label_at` found so far."""
        return {}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins with an agenda number. `own` counts the characters up to the next candidate."""

    line: int
    style: str
    word: str
    number: str
    parts: tuple[int, ...]
    suffix: str
    title_start: int
    indent: int
    apart: bool
    usual: bool
    own: int = 0
    confidence: float = 0.9
    capital: bool = True


_LABELS = ("present", "absent", "minute_taker", "chair", "facilitators", "officers", "stop")
_STYLES = ("roman", "levels", "dot", "word", "paren", "colon", "dash", "bare")
_LISTED = regex.compile(r"\s(\d+)[.)]\s+\p{Lu}")
_WORD_END = regex.compile(r"[.,\s]")
_ROMAN_TWO = regex.compile(r"(?m)^[ \t]*(?:(?i:ad|pkt|punkt)\b\.?[ \t]?)?I[ILl|](?:[.):]|[ \t]+(?:[–-]|\p{Lu}))")
"""Without a second Roman figure, "I." is what OCR makes of "1."."""
_PARTED = (":", "–", "-", ")")
"""Behind one of these a title in lower case follows a number with a word: "pkt. 2 - nyt fra havnen"."""
_WORDS = {
    **dict.fromkeys(("pkt", "punk", "punkl", "punki", "pukt"), "punkt"),
    "dagsordenspunkt": "punkt",
    "dagsordenspkt": "punkt",
    "dagsordenens": "punkt",
    "dagsorden": "punkt",
    "dagsordens": "punkt",
}
_WORDS |= dict.fromkeys("8$&", "§")
_MONTHS = tuple(month[:3] for month in MONTHS)


def label_at(page: Page, index: int) -> tuple[Rule, int] | None:
    """The rule of the label that a line opens with, and the offset behind the label."""
    if index not in page.labels:
        line = page.lines[index]
        content = page.text[line.body : min(line.end, line.body + 300)].rstrip()
        found = _label_in(page, content)
        if found is None and (meant := label_meant(content, page.lexicon)):
            again = _label_in(page, meant[0])
            found = (again[0], again[1] - meant[1]) if again else None
        page.labels[index] = (found[0], line.body + found[1]) if found else None
    return page.labels[index]


def _label_in(page: Page, content: str) -> tuple[Rule, int] | None:
    matches = ((rule, rule.regex.match(content)) for rule in page.rules("attendance", *_LABELS))
    return next(((rule, match.end()) for rule, match in matches if match), None)


def numbered_candidates(page: Page) -> list[Candidate]:
    """Every line that begins as a numbered heading may, in order."""
    in_roman = _ROMAN_TWO.search(page.text) is not None
    in_use = _STYLES if in_roman else _STYLES[1:]
    styles = {style: page.rules("items", style) for style in in_use}
    raw: list[Candidate] = []
    for i, line in enumerate(page.lines):
        if not page.printed(i):
            continue
        head = page.text[line.body : min(line.end, line.body + 200)]
        if not (head[0].isdigit() or head[0] in "(§$&IlLTPpAaSsDdEeNnVX|]"):
            continue
        for style in in_use:
            if found := _candidate(page, i, head, style, styles[style], in_roman=in_roman):
                raw.append(found)
                break
    return _whole(raw)


def _whole(raw: list[Candidate]) -> list[Candidate]:
    """The candidates with "1.0", "2.0", … as whole numbers, where a document counts so."""
    zero = [candidate.parts[0] for candidate in raw if candidate.parts[1:] == (0,)]
    if len(zero) < 3 or 1 not in zero:
        return raw
    return [replace(one, parts=one.parts[:1]) if one.parts[1:] == (0,) else one for one in raw]


def _candidate(
    page: Page, index: int, head: str, style: str, rules: tuple[Rule, ...], *, in_roman: bool
) -> Candidate | None:
    line = page.lines[index]
    if line.bullet and style not in ("levels", "word"):
        return None
    for rule in rules:
        match = rule.regex.match(head)
        if not match:
            continue
        groups = match.groupdict()
        title = head[match.end() :]
        apart = page.space_before(index)
        if title and title[0].islower() and not _may_be_lower(page, style, match.group(), title, apart=apart):
            return None
        roman = style == "roman" or (in_roman and style == "word" and is_roman(groups["number"]))
        printed = as_roman(groups["number"]) if roman else groups["number"]
        if roman and not is_roman(printed):
            return None
        digits = figures(printed, roman=roman)
        if _runs_on(title, digits):
            return None
        more = (groups.get("more") or "").strip()
        lettered = is_letter(printed) and not roman
        number = f"{printed if roman or lettered or '/' in printed else digits} {more}".strip()
        suffix = groups.get("suffix") or ""
        parts = tuple(int(part) for part in digits.split("."))
        word = _WORD_END.split((groups.get("word") or "").casefold())[0]
        last = [int(part) for part in more.replace(",", " ").split() if part.isdigit()]
        return Candidate(
            line=index,
            style="levels" if style == "word" and len(parts) > 1 else style,
            word=_WORDS.get(word, word) + " a" * lettered,
            number=number + suffix,
            parts=(*parts[:-1], last[-1]) if last else parts,
            suffix=suffix.casefold(),
            title_start=line.body + match.end(),
            indent=line.indent,
            apart=apart,
            usual=page.match("items", "usual", title) is not None,
            confidence=rule.confidence,
            capital=not title[:1].islower(),
        )
    return None


def _may_be_lower(page: Page, style: str, number: str, title: str, *, apart: bool) -> bool:
    """Whether a title in lower case follows a number: below a space, and behind a word only where a sign parts them."""
    if style != "word":
        return apart and title[:3] not in _MONTHS
    plain = apart and title.rstrip()[-1] not in ".,;" and not page.match("items", "finite", title)
    return number.rstrip().endswith(_PARTED) or (number[-1] == " " and "." not in number[-3:] and plain)


def _runs_on(title: str, digits: str) -> bool:
    """Whether a line lists the next items too: "1. Valg 2. Beretning 3. Eventuelt"."""
    if not digits.isdigit():
        return False
    return {str(int(digits) + 1), str(int(digits) + 2)} <= set(_LISTED.findall(title))


def with_own_text(page: Page, raw: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the length of the text that each one heads; links and furniture count for nothing."""
    found = []
    for n, candidate in enumerate(raw):
        end = raw[n + 1].line if n + 1 < len(raw) else min(len(page.lines), candidate.line + 40)
        own = 0
        for i in range(candidate.line, end):
            if page.printed(i) and not page.match(
                "items", "link", page.text[page.lines[i].body : page.lines[i].body + 20]
            ):
                own += page.lines[i].end - page.lines[i].body
            if own > 600:
                break
        found.append(replace(candidate, own=own))
    return found
