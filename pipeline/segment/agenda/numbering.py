"""Which numbered lines are the agenda: numbers that follow on each other, nested or not."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.segment.agenda.nesting import is_flat, nest
from pipeline.segment.headings import Candidate

__all__ = ["Numbering", "Outline", "numberings"]

DEPTH = 10
"""Lists open at the same time; minutes nest four deep at most."""
NEAR = 3
"""After the last item, its levels are looked for among so many lists."""
STANDING = {"word": 1.3, "series": 1.3, "year": 0.5, "letter": 0.5}
"""Headings of these styles are likelier than others to be the agenda, or less likely."""
TOLD = 3
"""So many numbers has an agenda that is listed above, and so many tell what was said of it."""
COMPARED = 20
"""So many lists are compared with one another."""
LINE = 30
"""Characters that a line holds at least, on the average."""
SKIP = 3
"""A number may be lost to OCR or to the writer: this many steps are still the same list."""


@dataclass
class Numbering:
    """One numbered list: candidates of one style whose numbers rise. `prefix` is (2,) for 2.1, 2.2, …"""

    style: str
    word: str
    prefix: tuple[int, ...]
    members: list[Candidate] = field(default_factory=list)

    @property
    def last(self) -> Candidate:
        return self.members[-1]

    def like(self, candidate: Candidate) -> bool:
        return (self.style, self.word, self.prefix) == (candidate.style, candidate.word, candidate.parts[:-1])

    def step(self, candidate: Candidate) -> int:
        """How many numbers on from the last member; 0 is a repetition."""
        return candidate.parts[-1] - self.last.parts[-1]

    def follows(self, candidate: Candidate) -> bool:
        return self.step(candidate) == 1 or (self.step(candidate) == 0 and candidate.suffix > self.last.suffix)

    def affinity(self, candidate: Candidate) -> float:
        """How alike a candidate and this list's members stand on the page."""
        shift = min(abs(candidate.indent - member.indent) for member in self.members[-3:])
        apart = sum(member.apart for member in self.members) * 2 >= len(self.members)
        capital = sum(member.capital for member in self.members) * 2 >= len(self.members)
        alike = (apart == candidate.apart) - 1.5 * (capital != candidate.capital)
        return (1.0 if shift <= 2 else -0.1 * min(shift, 20)) + alike

    @property
    def weight(self) -> float:
        """How much of a document this list carries: its members, their text, their titles."""
        return _weight_of(self.members)


def numberings(candidates: Sequence[Candidate]) -> list[Numbering]:
    """Every numbered list in a text, by the order of their first members.

    Lists nest: a list that begins inside another is closed when the outer one goes on.
    """
    if is_flat(candidates):
        return [Numbering(of[0].style, of[0].word, of[0].parts[:-1], of) for of in nest(candidates)]
    done: list[Numbering] = []
    begun: dict[tuple[str, str, tuple[int, ...]], set[int]] = defaultdict(set)
    stack: list[Numbering] = []
    for candidate in candidates:
        place = _place(stack, candidate)
        if place is not None:
            del stack[place + 1 :]
            whole = not stack[place].prefix and len(candidate.parts) > 1  # "6.0" after 5
            stack[place].members.append(replace(candidate, parts=candidate.parts[:1]) if whole else candidate)
            continue
        kind = candidate.style, candidate.word, candidate.parts[:-1]
        if not _may_begin(begun[kind], candidate, first=not done):
            continue
        begun[kind].add(candidate.parts[-1])
        if candidate.parts[:-1]:
            parent = _parent(stack, candidate)
            if parent is not None:
                del stack[parent + 1 :]
        if len(stack) >= DEPTH:
            del stack[min(range(len(stack)), key=lambda n: len(stack[n].members))]
        opened = Numbering(*kind, [candidate])
        stack.append(opened)
        done.append(opened)
    return done


def _place(stack: Sequence[Numbering], candidate: Candidate) -> int | None:
    """Index of the open list that a candidate continues."""
    alike = [n for n, numbering in enumerate(stack) if numbering.like(candidate)]
    exact = [n for n in alike if stack[n].follows(candidate)]
    if exact:
        return max(exact, key=lambda n: (stack[n].affinity(candidate), n))
    if len(candidate.parts) == 2 and candidate.parts[1] == 0:  # "6.0" in a list 1, 2, …
        whole = [n for n, each in enumerate(stack) if not each.prefix and each.last.parts[0] + 1 == candidate.parts[0]]
        return max(whole, default=None)
    if candidate.parts[-1] <= 1 and candidate.style != "word":
        return None
    near = [n for n in alike if 1 < stack[n].step(candidate) <= SKIP and stack[n].affinity(candidate) >= 1]
    return max(near, key=lambda n: (stack[n].affinity(candidate), -stack[n].step(candidate), n), default=None)


def _parent(stack: Sequence[Numbering], candidate: Candidate) -> int | None:
    above = candidate.parts[:-1]
    fits = [n for n, numbering in enumerate(stack) if (numbering.last.parts[: len(above)] == above)]
    return max(fits) if fits else None


def _may_begin(begun: set[int], candidate: Candidate, *, first: bool) -> bool:
    """Whether a candidate can open a list; `begun` are the numbers with which those of its kind began.

    Minutes that count on from the meeting before (88, 89, ...) have the numbers of their agenda again.
    """
    if candidate.parts[:-1]:
        return candidate.parts[-1] <= 2 or first
    if candidate.parts[-1] <= 1 or candidate.style == "word":
        return True
    return not begun or candidate.parts[-1] in begun


class Outline:
    """The numbered lists of a text, and which of them are the levels 1.1, 1.2, … of which."""

    def __init__(self, lists: Sequence[Numbering]) -> None:
        self.lists = lists
        self._by_prefix: dict[tuple[int, ...], list[Numbering]] = defaultdict(list)
        for numbering in lists:
            self._by_prefix[numbering.prefix].append(numbering)

    def with_levels(self, main: Numbering) -> list[Candidate]:
        """The members of a list and those of its lists 1.1, 1.2, …, in the order of the text."""
        found: list[Candidate] = []
        for n, member in enumerate(main.members):
            found.append(member)
            alike = self._by_prefix[member.parts]
            first = bisect_left(alike, member.line, key=_first_line)
            end = main.members[n + 1].line if n + 1 < len(main.members) else None
            inside = (
                alike[first : first + NEAR] if end is None else alike[first : bisect_left(alike, end, key=_first_line)]
            )
            if inside:
                found += self.with_levels(max(inside, key=lambda each: each.weight))
        return found

    def ranked(self, minutes_from: int | None, listed: Callable[[Numbering, Numbering], bool]) -> list[Numbering]:
        """The lists that may carry the minutes, the likeliest first.

        `minutes_from` is the line where the minutes proper begin, where the document lists its agenda first: a list
        before it counts for less, and so does one of which `listed` tells that another one below it has the minutes.
        """

        long = [each for each in self.lists if len(each.members) >= TOLD][:COMPARED]
        below = ((one, other) for one in long for other in long if _is_below(other, one))
        told = {id(one) for one, other in below if _tells_of(other, one) or listed(one, other)}

        def worth(numbering: Numbering) -> float:
            early = minutes_from is not None and numbering.members[0].line < minutes_from
            weight = _weight_of(self.with_levels(numbering))
            return weight * (0.4 if early or id(numbering) in told else 1.0) * STANDING.get(numbering.style, 1.0)

        whole = [numbering for numbering in self.lists if not numbering.prefix]
        return sorted(whole or self.lists, key=worth, reverse=True)


def _is_below(minutes: Numbering, agenda: Numbering) -> bool:
    """Whether a list stands below another one of the same level."""
    return agenda.prefix == minutes.prefix and agenda.last.line < minutes.members[0].line


def _tells_of(minutes: Numbering, agenda: Numbering) -> bool:
    """Whether "Ad 1", "Pkt. 2", … below a list have the numbers of it, and more than half of them."""
    told, listed = ({member.parts[0] for member in each.members} for each in (minutes, agenda))
    return minutes.style == "word" != agenda.style and told <= listed and 2 * len(told) > len(listed)


def _first_line(numbering: Numbering) -> int:
    return numbering.members[0].line


def _weight_of(members: Sequence[Candidate]) -> float:
    """How much headings and their text count. Lists between two of them are text of the first."""
    ends = [*(member.line for member in members[1:]), members[-1].line]
    return sum(
        1 + min(max(each.own, LINE * (end - each.line)), 300) / 150 + 0.4 * each.apart + 0.6 * each.usual
        for each, end in zip(members, ends, strict=True)
    )
