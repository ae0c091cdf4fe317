"""What the meeting is asked to decide: the clauses of an indstilling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.history import of_other_meetings, of_this_meeting
from pipeline.extract.passages import Passage, passages
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import Recommendation

__all__ = ["find_recommendations"]

_WITHOUT_AT = ("proposed-outcome", "present-passive", "present-active")
_PROPOSES = regex.compile(r"foreslår|foreslås|henstilles|lægger op til|\bbeder\b")
"""Verbs that recommend only where recommendations stand, or before a list."""


_AT = regex.compile(r"^(?:[ ,:]|at(?= )){1,9}")
_SAID = regex.compile(r"(?i)\b(?:indstiller|anbefaler)\b")


class _Opener(NamedTuple):
    """How a recommendation opens; its clauses stand behind `end` or, where `lists`, in the lines that follow."""

    rule: Rule
    end: int
    proposer: str | None = None
    addressee: str | None = None
    lists: bool = False


class _Clause(NamedTuple):
    """A clause in a sentence's flat text, with the body that it asks where the clause itself names it."""

    start: int
    end: int
    addressee: str | None


def find_recommendations(document: Document, lexicon: Lexicon) -> tuple[Recommendation, ...]:
    """One for each clause that is recommended, without its "at", the body asked where several clauses share it, and
    the comma or "og" behind it.

    A member's proposal in the discussion is none; nor is what another body was recommended to do, where that is
    told in the past tense.
    """
    told, decided = of_other_meetings(document, lexicon), of_this_meeting(document, lexicon)
    found: list[Recommendation] = []
    opener: _Opener | None = None
    last: Passage | None = None
    for passage in passages(document.text, document.items):
        if (
            last is None
            or last.item != passage.item
            or (last.section != passage.section and not _goes_on(opener, passage, lexicon))
        ):
            opener = None
        if told.touches(passage.start, passage.end) or decided.touches(passage.start, passage.end):
            opener, last = None, passage
            continue
        new = _opener(passage, lexicon)
        if new:
            opener = new
            clauses = list(_clauses(document.text, passage, opener.end, lexicon))
            passing = (c.addressee for c in clauses if c.start >= c.end)
            asked = (clauses[-1].addressee if clauses else None) or next(passing, None)
            opener = opener._replace(lists=all(c.start >= c.end for c in clauses), addressee=opener.addressee or asked)
        elif opener and opener.lists and _is_listed(passage, lexicon):
            same = last is not None and last.paragraph == passage.paragraph
            clauses = [] if same else list(_clauses(document.text, passage, 0, lexicon))
        elif passage.section == "recommendation" and opener and passage.flat.startswith(("at ", "At ")):
            clauses = list(_clauses(document.text, passage, 0, lexicon))
        elif passage.section == "recommendation" and (opener is None or not opener.lists):
            clauses = [] if opener else list(_bare(document.text, passage, lexicon))
        else:
            clauses = []
            opener = opener._replace(lists=False) if opener and passage.section == "recommendation" else None
        found += (_recommendation(passage, c, opener, lexicon) for c in clauses if c.start < c.end)
        last = passage
    return tuple(found)


def _goes_on(opener: _Opener | None, passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a list that is open goes on in the next section, which begins with another of its points."""
    listing = opener is not None and opener.lists and passage.section != "decision"
    return listing and _rule(lexicon, "bullet-verb").regex.match(passage.flat) is not None


def _rule(lexicon: Lexicon, name: str) -> Rule:
    return lexicon.by_name("recommendations")[name]


@cache
def _openers(lexicon: Lexicon) -> Likely:
    return Likely(rule for rule in lexicon.rules("recommendations") if rule.value in ("opener", "label"))


def _opener(passage: Passage, lexicon: Lexicon) -> _Opener | None:
    here = passage.section == "recommendation"
    if passage.section == "decision":
        return None
    for rule, match in _openers(lexicon).matches(passage.flat):
        said = match.group().casefold()
        listed = rule.value == "opener" and _rule(lexicon, "opens-list").regex.match(passage.flat[match.end() :])
        weak = "anbefale" in said and not match.groupdict().get("addressee")
        if not (here or listed) and (weak or _PROPOSES.search(said)):
            continue
        groups = match.groupdict()
        return _Opener(rule, match.end(), groups.get("proposer"), _asked(groups.get("addressee")))
    return None


def _asked(phrase: str | None) -> str | None:
    """The body in "til byrådet", "over for Økonomiudvalget"."""
    return regex.sub(r"(?i)^(?:over ?for|til|for) ", "", phrase) if phrase else None


def _clauses(text: str, passage: Passage, start: int, lexicon: Lexicon) -> Iterator[_Clause]:
    """The clauses behind `start`; an empty one where only the subject of a list stands there."""
    flat = passage.flat
    while start < len(flat) and flat[start] in " ,:.;-–":
        start += 1
    cuts = [start, *_cuts(text, passage, start, lexicon), len(flat)]
    for a, b in pairwise(cuts):
        yield _trimmed(text, passage, a, b, lexicon)


def _cuts(text: str, passage: Passage, start: int, lexicon: Lexicon) -> list[int]:
    flat = passage.flat
    numbered = {m.start() for m in _rule(lexicon, "enumerated").regex.finditer(flat, start)}
    places = numbered | {m.start() for m in _rule(lexicon, "clause-start").regex.finditer(flat, start)}
    lines = {i for i in (start, *_line_starts(text, passage)) if flat.startswith("at ", i)}
    places |= lines - {start}
    cuts: list[int] = []
    begin, nested = start, False
    for place in sorted(places):
        left = flat[max(begin, place - 60) : place].rstrip(" ,;:.")
        if place <= start + 1 or regex.fullmatch(r"\(?\w{0,2}[.)]?", left.strip()):
            continue
        parallel = place in lines and begin in lines and flat[:place].rstrip()[-1:] != ","
        if place not in numbered and not parallel and not _ends_line(text, passage, place):
            passed = _rule(lexicon, "passed-on").regex.match(_AT.sub("", flat[begin:place]))
            if not passed and _rule(lexicon, "complement").regex.search(regex.sub(r",? (?:og|samt)$", "", left)):
                nested = True
                continue
            if nested:
                continue
        cuts.append(place)
        begin, nested = place, False
    return cuts


def _line_starts(text: str, passage: Passage) -> set[int]:
    return {
        i
        for i in range(1, len(passage.flat))
        if passage.flat[i - 1] == " " and "\n" in text[passage.offsets[i - 1] : passage.offsets[i]]
    }


def _breaks(text: str, passage: Passage, place: int) -> bool:
    """Whether a line ends right before or behind the blank at `place`."""
    return "\n" in text[passage.offsets[max(place - 1, 0)] : passage.offsets[min(place + 1, len(passage.flat))]]


def _ends_line(text: str, passage: Passage, place: int) -> bool:
    """Whether the clause that opens at `place` opens a line of its own, behind a line that ends a clause."""
    before = passage.flat[:place].rstrip()[-1:]
    return before in ",;." and "\n" in text[passage.offsets[max(place - 1, 0)] : passage.offsets[place]]


def _trimmed(text: str, passage: Passage, start: int, end: int, lexicon: Lexicon) -> _Clause:
    """A clause without what leads to it. The body that is asked belongs to the clause, unless a list shares it."""
    flat = passage.flat
    if lead := _rule(lexicon, "leading").regex.match(flat[start:end]):
        start += lead.end()
    asked = None
    if subject := _rule(lexicon, "shared-subject").regex.match(flat[start:end]):
        asked, behind = subject["addressee"], start + subject.end()
        rest = flat[behind:end].strip(" ,:")
        if not rest or flat[behind - 1] in " :" or _breaks(text, passage, behind):
            start = behind
    elif flat[start:end].rstrip(" :") == flat[start:].rstrip(" :") and (
        named := _rule(lexicon, "named-body").regex.match(flat[start:end])
    ):
        asked, start = named["addressee"], end
    while start < end and flat[start] in " ,:":
        start += 1
    if passed := _rule(lexicon, "passed-on").regex.match(flat[start:end]):
        return _Clause(end, end, passed["addressee"] or asked)
    if tail := _rule(lexicon, "trailing").regex.search(flat[max(start, end - 20) : end]):
        end = max(start, end - (tail.end() - tail.start()))
    return _Clause(start, end, asked)


def _is_listed(passage: Passage, lexicon: Lexicon) -> bool:
    return passage.bullet or any(
        _rule(lexicon, name).regex.match(passage.flat) for name in ("bullet-verb", "enumerated")
    )


def _bare(text: str, passage: Passage, lexicon: Lexicon) -> Sequence[_Clause]:
    """Clauses under the heading Indstilling that no "det indstilles" opens."""
    opens = passage.flat.startswith(("at ", "At "))
    if lexicon.by_name("sections")["decides-short"].regex.match(passage.flat) or _SAID.search(passage.flat[:80]):
        return []
    if passage.bullet or opens or _rule(lexicon, "enumerated").regex.match(passage.flat):
        return list(_clauses(text, passage, 0, lexicon))
    if " bedes " not in passage.flat[:80] and _rule(lexicon, "shared-subject").regex.match(passage.flat):
        return list(_clauses(text, passage, 0, lexicon))
    if any(_rule(lexicon, name).regex.search(passage.flat) for name in _WITHOUT_AT):
        return [_trimmed(text, passage, 0, len(passage.flat), lexicon)]
    return []


def _recommendation(passage: Passage, clause: _Clause, opener: _Opener | None, lexicon: Lexicon) -> Recommendation:
    rule = opener.rule if opener else _rule(lexicon, "proposed-outcome")
    span = passage.span(clause.start, clause.end)
    return Recommendation(
        start=span.start,
        end=span.end,
        rule=rule.name,
        confidence=rule.confidence,
        item=passage.item,
        addressee=clause.addressee or (opener.addressee if opener else None),
        proposer=opener.proposer if opener else None,
    )
