"""What the meeting decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import regex
from rapidfuzz import fuzz

from pipeline.document import AgendaItem, Decision, Document, Recommendation
from pipeline.extract.elections import elected_by_name
from pipeline.extract.passages import Passage, passages
from pipeline.extract.subjects import Subjects
from pipeline.extract.verdicts import Verdict, decision_rule, is_of_this_meeting, verdicts
from pipeline.extract.votes import carries, is_ballot, read_votes
from pipeline.lexicon import Lexicon

__all__ = ["find_decisions"]

ACCOUNTS = frozenset({"background", "economy", "attachments"})
"""Sections that tell about the case: nothing is decided there."""


def find_decisions(document: Document, lexicon: Lexicon) -> tuple[Decision, ...]:
    """The decisions of this meeting, one for each sentence or coordinated clause that states one.

    Decisions of other bodies and of earlier meetings are none, nor is what a speaker says was decided. A decision
    answers the recommendation that it resembles most, or the only one.
    """
    subjects = Subjects(document, lexicon)
    found: list[Decision] = []
    for index, of_item in groupby(passages(document.text, document.items), key=attrgetter("item")):
        recommended = [r for r in document.recommendations if r.item == index]
        decided = _of_item(document, document.items[index], list(of_item), recommended, subjects, lexicon)
        found += _answers(document, decided, recommended)
    return tuple(found)


def _of_item(
    document: Document,
    item: AgendaItem,
    sentences: Sequence[Passage],
    recommended: Sequence[Recommendation],
    subjects: Subjects,
    lexicon: Lexicon,
) -> list[Decision]:
    has_section = any(section.kind == "decision" for section in item.sections)
    found: list[Decision] = []
    labelled = -1
    for n, passage in enumerate(sentences):
        label = decision_rule(lexicon, "decision-label").regex.match(passage.flat)
        if label:
            labelled = passage.paragraph
        if _asks(passage, recommended):
            continue
        after = bool(recommended) and passage.start >= recommended[-1].end
        sure = passage.section == "decision" or labelled == passage.paragraph or after
        told = not sure and (passage.section in ACCOUNTS or bool(recommended) or has_section)
        if passage.section in ACCOUNTS and not sure:
            continue
        begin = label.end() if label else 0
        new = list(_in_sentence(document, passage, begin, subjects, lexicon, sure=sure, told=told))
        before = sentences[n - 1] if n else None
        if not new and (vote := _vote(passage, before, found, lexicon)):
            new = [vote]
        elif not new and sure and not after and _is_first(passage, before, label is not None):
            new = _whole(passage, begin, sentences[n + 1 :], lexicon)
        found += [_with_sentence_before(d, passage, before, found, lexicon) for d in new]
        if not new and found and regex.match(r"Dog\b", passage.flat) and found[-1].end <= passage.start:
            found[-1] = _conditional(found[-1], passage)
    return sorted({*found, *elected_by_name(document, item, sentences, found, lexicon)}, key=attrgetter("start", "end"))


def _asks(passage: Passage, recommended: Sequence[Recommendation]) -> bool:
    return any(r.start < passage.end and passage.start < r.end for r in recommended)


def _is_first(passage: Passage, before: Passage | None, labelled: bool) -> bool:
    return labelled or before is None or before.section != passage.section


def _whole(passage: Passage, begin: int, rest: Sequence[Passage], lexicon: Lexicon) -> list[Decision]:
    """A decision section without any words of decision: its first sentence."""
    same = [p for p in rest if p.section == passage.section == "decision" or p.paragraph == passage.paragraph]
    if begin >= len(passage.flat) or any(verdicts(p.flat, lexicon) for p in same):
        return []
    span = passage.span(begin, len(passage.flat))
    rule = decision_rule(lexicon, "decision-label")
    return [
        Decision(start=span.start, end=span.end, rule=rule.name, confidence=0.7, item=passage.item, outcome="resolved")
    ]


def _in_sentence(
    document: Document,
    passage: Passage,
    begin: int,
    subjects: Subjects,
    lexicon: Lexicon,
    *,
    sure: bool,
    told: bool,
) -> Iterator[Decision]:
    if passage.flat.endswith("?"):
        return
    names = subjects.of(passage)
    spoken = any(s.start <= passage.start < s.end for s in document.statements)
    for verdict in verdicts(passage.flat, lexicon):
        if verdict.at < begin:
            continue
        if spoken and not (verdict.start or _closes_report(passage.flat[: verdict.at])):
            continue
        if not is_of_this_meeting(verdict, passage, document, subjects, names, lexicon, sure=sure):
            continue
        actor = next((n for n in reversed(names) if n.kind == "body" and verdict.start <= n.start < verdict.at), None)
        if told and verdict.rule.value != "resolved" and not actor and "-by-decision" not in verdict.rule.name:
            continue
        if spoken and not verdict.start:
            cut = regex.search(r", og (?=[^,]*$)", passage.flat[: verdict.at])
            verdict = verdict._replace(start=cut.end() if cut else verdict.start)
        yield _decision(passage, verdict, max(begin, verdict.start), actor.name if actor else None, lexicon)


def _closes_report(left: str) -> bool:
    """Whether a sentence that reports on something goes on to tell what became of it: "…, og det blev …"."""
    return regex.search(r", og (?:\w+ ){1,4}(?:blev|er|bliver) (?:\w+ )?$", left) is not None


def _decision(passage: Passage, verdict: Verdict, start: int, actor: str | None, lexicon: Lexicon) -> Decision:
    flat = passage.flat
    end = verdict.end
    while end > start and flat[end - 1] in " ,;":
        end -= 1
    span = passage.span(start, end)
    condition = decision_rule(lexicon, "condition").regex.search(flat, verdict.at_end, end)
    outcome, stated = verdict.outcome, None
    if condition and outcome == "approved":
        outcome = "approved_with_conditions"
        place = passage.span(condition.start() + len(condition.group()) - len(condition.group().lstrip(" ,–-")), end)
        stated = " ".join(flat[condition.start() : end].strip(" ,–-").rstrip(".").split()) if place else None
    votes = read_votes(flat[start:end], lexicon)
    return Decision(
        start=span.start,
        end=span.end,
        rule=verdict.rule.name,
        confidence=verdict.rule.confidence,
        item=passage.item,
        outcome=outcome,
        actor=actor,
        condition=stated,
        votes=votes,
    )


def _vote(passage: Passage, before: Passage | None, found: list[Decision], lexicon: Lexicon) -> Decision | None:
    """A tally without a verdict: it decides by its figures, or belongs to the decision or tally right before it."""
    votes = read_votes(passage.flat, lexicon)
    if votes is None or before is None:
        return None
    if found and found[-1].start <= before.start <= found[-1].end and found[-1].outcome in ("approved", "rejected"):
        merged = [b if b is not None else a for a, b in zip(found[-1].votes or votes, votes, strict=True)]
        total = votes._replace(for_=merged[0], against=merged[1], abstained=merged[2])
        tally = found[-1].rule == "tally"
        outcome = found[-1].outcome if not tally or carries(total) is None else _carried(carries(total))
        found[-1] = _replace(found[-1], votes=total, end=passage.end if tally else found[-1].end, outcome=outcome)
        return None
    verdict = carries(votes)
    if verdict is None:
        return None
    start = before.start if is_ballot(before.flat, lexicon) else passage.start
    conditional = decision_rule(lexicon, "condition").regex.search(passage.flat)
    outcome = "approved_with_conditions" if verdict and conditional else _carried(verdict)
    return Decision(
        start=start,
        end=passage.end,
        rule="tally",
        confidence=0.8,
        item=passage.item,
        outcome=outcome,
        votes=votes,
        condition=passage.flat[conditional.start() :].strip(" ,–-.") if verdict and conditional else None,
    )


def _carried(verdict: bool | None) -> str:
    return "approved" if verdict else "rejected"


def _with_sentence_before(
    decision: Decision, passage: Passage, before: Passage | None, found: Sequence[Decision], lexicon: Lexicon
) -> Decision:
    """A bare verdict ("Enstemmigt vedtaget!") together with the sentence in the same paragraph that it is about, a
    verdict behind a tally together with the tally."""
    if before is None or before.item != passage.item:
        return decision
    if found and found[-1].rule == "tally" and found[-1].end == before.end and decision.votes is None:
        earlier = found[-1]
        if isinstance(found, list):
            found.pop()
        return _replace(decision, votes=earlier.votes)
    free = not found or found[-1].end <= before.start
    if (
        free
        and before.paragraph == passage.paragraph
        and decision_rule(lexicon, "bare-verdict").regex.match(passage.flat)
    ):
        return _replace(decision, start=before.start)
    return decision


def _conditional(decision: Decision, passage: Passage) -> Decision:
    """A decision to which the next sentence adds a condition ("Dog skal …")."""
    if decision.outcome != "approved":
        return decision
    return _replace(decision, end=passage.end, outcome="approved_with_conditions", condition=passage.flat.rstrip("."))


def _replace(decision: Decision, **changes: object) -> Decision:
    values = {name: getattr(decision, name) for name in decision.__dataclass_fields__}
    return Decision(**(values | changes))


def _answers(
    document: Document, decided: Sequence[Decision], recommended: Sequence[Recommendation]
) -> Iterator[Decision]:
    """The decisions with the index of the recommendation that each answers."""
    free = list(range(len(recommended)))
    for decision in decided:
        if not recommended or decision.start < recommended[-1].end or not free:
            yield decision
            continue
        said = document.quote(decision.start, decision.end)
        likeness = {
            i: fuzz.token_set_ratio(said, document.quote(recommended[i].start, recommended[i].end)) for i in free
        }
        best = max(free, key=lambda i: (likeness[i], -i))
        if len(recommended) == 1 or likeness[best] >= 60:
            free.remove(best)
            yield _replace(decision, recommendation=best)
        else:
            yield decision
