"""A text with its lines, as segmenting reads it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice

import regex

from pipeline.lexicon import Lexicon, Likely, Needed, Rule
from pipeline.values import Line

__all__ = ["DEEP", "HEAD", "Page"]

REMEMBERED = 120
"""What the rules say of lines up to this length is kept: short lines are asked about again and again."""
_HEADINGS = ("summary", "background", "recommendation", "decision", "discussion", "economy", "attachments", "other")
_SECTIONS = (*_HEADINGS, "recommends", "proposes", "decides")
DEEP = 6_000
"""Characters of a text in which its head stands."""
HEAD = 80
"""Who was there is looked for in so many printed lines."""


@dataclass(frozen=True)
class Page:
    """A text with its lines and the rules that segmenting reads."""

    text: str
    lines: tuple[Line, ...]
    lexicon: Lexicon

    def content(self, index: int) -> str:
        """A line without indent, bullet and trailing space."""
        return self._contents[index]

    @cached_property
    def _contents(self) -> list[str]:
        return [self.text[line.body : line.end].rstrip() for line in self.lines]

    def printed(self, index: int) -> bool:
        """Whether a line holds text of the meeting."""
        return self._printed[index]

    @cached_property
    def _printed(self) -> list[bool]:
        return [not line.blank and not line.furniture for line in self.lines]

    def head(self, before: int) -> list[int]:
        """The first printed lines, as far as they stand above a line: where it is said who was there."""
        return [i for i in self._top if i < before]

    def in_head(self, index: int) -> bool:
        """Whether a line is one of the first printed ones."""
        return bool(self._top) and index <= self._top[-1]

    @cached_property
    def _top(self) -> list[int]:
        return list(islice((i for i in range(len(self.lines)) if self.printed(i)), HEAD))

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
    def in_lower_case(self) -> bool:
        """Whether the writer does without capitals: most paragraphs begin with a small letter."""
        firsts = [self.text[line.body] for i, line in enumerate(self.lines) if self.printed(i) and self.space_before(i)]
        return sum(first.islower() for first in firsts) > 0.6 * max(len(firsts), 5)

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
            self._by_value[key] = tuple(_of_value(self.lexicon, file, values))
        return self._by_value[key]

    def needed(self, file: str, *values: str) -> Needed:
        """The same rules, to be asked of short texts."""
        return _needed(self.lexicon, file, values)

    def everywhere(self, file: str, *values: str) -> Iterator[tuple[Rule, regex.Match[str]]]:
        """All that these rules find in the text, rule by rule."""
        return _likely(self.lexicon, file, values).matches(self.text)

    def match(self, file: str, value: str, text: str) -> Rule | None:
        """The first rule of a file with this value that finds something."""
        return self.match_any(file, (value,), text)

    def match_any(self, file: str, values: tuple[str, ...], text: str) -> Rule | None:
        """The first rule of a file with one of these values that finds something."""
        key = (file, values, text)
        if key not in self._matches:
            worth = _needed(self.lexicon, file, values).worth(text)
            found = next((rule for rule in worth if rule.regex.search(text)), None)
            if len(text) > REMEMBERED:
                return found
            self._matches[key] = found
        return self._matches[key]

    def search(self, file: str, value: str, text: str) -> regex.Match[str] | None:
        """What the first rule of a file with this value finds, if one does."""
        return next((match for rule in self.rules(file, value) if (match := rule.regex.search(text))), None)

    def named(self, file: str, prefix: str) -> tuple[Rule, ...]:
        """The rules of a file whose names begin so, in the file's order."""
        key = (file, prefix + "*")
        if key not in self._by_value:
            self._by_value[key] = tuple(rule for rule in self.lexicon.rules(file) if rule.name.startswith(prefix))
        return self._by_value[key]

    def section(self, text: str) -> str | None:
        """The value of the first section rule that finds something: the kind of a heading, "recommends", "decides"."""
        if text not in self._headed:
            worth = _sections(self.lexicon).worth(text)
            self._headed[text] = next((rule.value for rule in worth if rule.regex.search(text)), None)
        return self._headed[text]

    @cached_property
    def _headed(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _matches(self) -> dict[tuple[str, tuple[str, ...], str], Rule | None]:
        return {}

    @cached_property
    def labels(self) -> dict[int, tuple[Rule, int] | None]:
        """What `label_at` found so far."""
        return {}

    @cached_property
    def titles(self) -> dict[tuple[int, int], bool]:
        """What `reads_as_title` found so far."""
        return {}


def _of_value(lexicon: Lexicon, file: str, values: tuple[str, ...]) -> Iterator[Rule]:
    return (rule for rule in lexicon.rules(file) if rule.value in values)


@cache
def _needed(lexicon: Lexicon, file: str, values: tuple[str, ...]) -> Needed:
    return Needed(_of_value(lexicon, file, values))


@cache
def _sections(lexicon: Lexicon) -> Needed:
    """The rules of sections in the order in which they count."""
    return Needed(sorted(_of_value(lexicon, "sections", _SECTIONS), key=lambda rule: _SECTIONS.index(rule.value or "")))


@cache
def _likely(lexicon: Lexicon, file: str, values: tuple[str, ...]) -> Likely:
    return Likely(_of_value(lexicon, file, values))
