"""What the sentences beside a decision add to it: its object, its list, a condition, the recommendation it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import regex
from rapidfuzz import fuzz

from pipeline.document import Document
from pipeline.extract.decisions.votes import is_ballot, read_votes
from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subjects
from pipeline.extract.verdicts import decision_rule, verdicts
from pipeline.lexicon import Lexicon
from pipeline.values import Decision, Recommendation

__all__ = ["answers", "with_condition", "with_list", "with_object", "without_task"]

ALIKE = 60
"""A decision answers one of several recommendations when their words are so alike (rapidfuzz, 0 to 100)."""
NEXT = 3
"""A sentence that starts so few characters behind another is the next one of its paragraph."""
OBJECT = 35
"""A shorter sentence before a bare verdict ("Ingen bemærkninger.") is not what was decided."""
IMPLIED = ("settled", "laid-down", "stated", "dues", "price-set", "money-set", "landed-on")
"""Rules of decisions that a verdict right behind them takes in, by how their names begin: "Taget flyttes. Det blev
vedtaget." """
_SPLICED = regex.compile(
    r", (?=\p{Lu}[\p{Ll}\p{Lu}]+(?: \p{Lu}[\p{L}.]*){0,2}(?: og \p{Lu}\p{L}+)? (?:\p{Ll}+er|går|gør|får)\b)"
    r"|,? selv ?om "
)
"""Where somebody's task or a reservation hangs on behind a comma."""
_THIS = regex.compile(r"(?:Det|Den|Dette|De) ")
_PROPOSES = regex.compile(r"\b(?:foreslog|foreslår|forslag|opfordrede til|anbefalede|ville gerne|ønskede|spurgte om)\b")
_CLAUSE = regex.compile(r"at \p{L}")
"""Opens each point of a list behind "Det besluttedes:"."""
_RANKED = regex.compile(r"\(\d{1,6} (?:st|stemmer)\b|\b(?:gen|ny)valgt?\b")
"""With each name how it was elected: each is an election of its own."""
_BARE_DELAY = regex.compile(
    r"(?i)(?:(?:vi )?nåede(?: vi)? (?:det )?ikke|(?:blev )?ikke nået|nåedes ikke|uds(?:at|ættes)|udsk(?:udt|ydes))\W*$"
)
"""A delay that names no case: the sentence behind it tells till when."""
_COUNTED = regex.compile(r"(?i)for(?: stemte)?:? \d{1,3}\b.{0,80}\b(?:vedtaget|forkastet|faldet|godkendt)\W*$")
"""A tally and what came of it: the question stands before."""
_YET = regex.compile(r"Dog |[^,;]{2,60} (?:skal|må|kan) dog ")


def with_object(
    decision: Decision, passage: Passage, before: Passage | None, found: Sequence[Decision], subjects: Subjects
) -> Decision:
    """A bare verdict ("Enstemmigt vedtaget!") together with the sentence before it, which says what it is about."""
    last = found[-1] if found else None
    if last and before and last.outcome == decision.outcome == "postponed" and _BARE_DELAY.match(before.flat):
        near = last.start == before.start and before.paragraph == passage.paragraph
        return replace(decision, start=last.start) if near else decision  # "Nåede vi ikke. Tages næste gang."
    implied = bool(found) and found[-1].rule.startswith(IMPLIED) and before and found[-1].start == before.start
    found = found[:-1] if implied else found
    it = _THIS.match(passage.flat)
    bare = (not passage.bullet or it) and decision_rule(subjects.lexicon, "bare-verdict").regex.match(passage.flat)
    proposed = before is not None and _PROPOSES.search(before.flat)
    agreed = decision_rule(subjects.lexicon, "agreed-on-it").regex.match(passage.flat) if proposed else None
    asks = before is not None and is_ballot(before.flat, subjects.lexicon)
    counted = _COUNTED.match(passage.flat) if asks else None
    bare = bare or agreed or counted
    if not bare or before is None or before.flat[-1] in ":?" or (found and found[-1].end > before.start):
        return decision
    between = subjects.document.text[before.end : passage.start]
    said = not (it or proposed) and any(n.start == 0 and n.kind == "person" for n in subjects.of(before))
    if said or regex.search(r"\w", between):
        return decision
    apart = regex.search(r"\n\s*\n", between)
    lone = not (agreed or counted) and regex.match(r"\W*(?:det|dette|den|de)\b", passage.flat.casefold()) is None
    voted = read_votes(before.flat, subjects.lexicon) or is_ballot(before.flat, subjects.lexicon)
    if lone and not implied and (len(before.flat) < OBJECT or voted):
        return decision
    if before.paragraph == passage.paragraph or (not apart and before.flat[-1] in ".!"):
        return replace(decision, start=before.start)
    return decision


def with_list(decision: Decision, passage: Passage, rest: Sequence[Passage], lexicon: Lexicon) -> list[Decision]:
    """A decision that ends in a colon together with the list that it opens; behind "at:" each point is one, and so is
    each that begins with "at", approved where it says that something is."""
    if not passage.flat.endswith(":") or decision.end < passage.end:
        return [decision]
    if regex.search(r"\b(?:af|med):$", passage.flat):
        return [decision]  # who, and not what
    if rest and rest[0].bullet and _CLAUSE.match(rest[0].flat):
        clauses = takewhile(lambda point: point.bullet and _CLAUSE.match(point.flat), rest)
        return [_of_clause(decision, point, lexicon) for point in clauses]
    points: list[Passage] = []
    for n, point in enumerate(rest):
        listed = point.bullet or (n < 6 and len(point.flat) < 40 and point.flat[-1] not in ".:?!")
        if not listed or verdicts(point.flat, lexicon):
            break
        points.append(point)
    if decision.outcome == "elected" and len(points) > 1 and all(_RANKED.search(point.flat) for point in points):
        return [replace(decision, start=point.start, end=point.end) for point in points]
    if passage.flat.endswith("at:"):
        if points:
            return [replace(decision, start=point.start, end=point.end) for point in points]
        if rest and verdicts(rest[0].flat, lexicon):
            return []  # the points say by themselves what was decided
    return [replace(decision, end=points[-1].end if points else decision.end)]


def _of_clause(decision: Decision, point: Passage, lexicon: Lexicon) -> Decision:
    said = next(iter(verdicts(point.flat, lexicon)), None)
    outcome = said.outcome if said else decision.outcome
    return replace(decision, start=point.start, end=point.end, outcome=outcome)


def without_task(decision: Decision, passage: Passage) -> Decision:
    """A decision that no verdict states without the task that hangs on behind a comma: "…, Mona køber"."""
    cut = _SPLICED.search(passage.flat, passage.locate(decision.start) + 12)
    return replace(decision, end=passage.span(0, cut.start()).end) if cut and cut.start() else decision


def with_condition(found: list[Decision], passage: Passage) -> list[Decision]:
    """The decisions with the condition that a sentence of its own adds to the last one ("Dog skal …")."""
    if not found or found[-1].outcome != "approved" or not _YET.match(passage.flat):
        return found
    if passage.start - found[-1].end > NEXT:
        return found
    return [*found[:-1], replace(found[-1], outcome="approved_with_conditions", condition=passage.flat.rstrip("."))]


def answers(
    document: Document, decided: Sequence[Decision], recommended: Sequence[Recommendation]
) -> Iterator[Decision]:
    """The decisions with the index of the recommendation that each answers."""
    free = list(range(len(recommended)))
    asked = [document.quote(r.start, r.end) for r in recommended]
    for decision in decided:
        if not free or decision.start < recommended[-1].end:
            yield decision
            continue
        said = document.quote(decision.start, decision.end)
        likeness = {i: fuzz.token_set_ratio(said, asked[i]) for i in free}
        best = max(free, key=lambda i: (likeness[i], -i))
        if len(recommended) == 1 or likeness[best] >= ALIKE:
            free.remove(best)
            yield replace(decision, recommendation=best)
        else:
            yield decision
