"""What the meeting decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.decisions.adjoining import answers, with_condition, with_list, with_object, without_task
from pipeline.extract.decisions.ballots import by_tally, with_tally_before
from pipeline.extract.decisions.clauses import after_report, clause_start
from pipeline.extract.decisions.elections import elected_by_name, line_by_line
from pipeline.extract.decisions.implied import (
    answered,
    is_labelled,
    is_task,
    nod,
    settled,
    stated,
    under_title,
    undertaken,
    whole,
)
from pipeline.extract.decisions.votes import read_votes
from pipeline.extract.history import of_other_meetings, of_this_meeting
from pipeline.extract.passages import Cover, Passage, passages
from pipeline.extract.subjects import Subjects
from pipeline.extract.verdicts import (
    Place,
    Verdict,
    decision_rule,
    is_dated_before,
    is_of_this_meeting,
    verdicts,
)
from pipeline.lexicon import Lexicon
from pipeline.values import Decision, Recommendation

__all__ = ["find_decisions"]

ACCOUNTS = frozenset({"background", "economy", "attachments"})
"""Sections that tell about the case: nothing is decided there."""
_LONGEST_LIST = 10
"""So many points at most belong to the decision that opens their list."""
LOOSE = ("settled", "laid-down", "price-set", "decision-label", "we-do", "we-will", "the-board-will", "the-board-does")
"""Rules of decisions that need no words of deciding, by how their names begin."""
_TOLD = regex.compile(r"\b(?:har|havde|var|blev|er \p{Ll}+t)\b")
"""What has been done is no point of a list of decisions."""
_QUOTED = regex.compile(r", (?:sagde|siger|mente|mener|svarede|svarer|lød|forklarede|indvendte|tilføjede) [^,;]{2,50}$")
"""Behind what somebody says: no decision that needs a verb of deciding."""
_REPORT = regex.compile(
    r"(?i)beretning(?:en)?\b|^(?:(?:(?:års)?regnskab|årsrapport|budget)(?:et|tet|en)? (?:\p{Ll}+ ){0,3}|enstemmigt )?"
    r"(?:godkendt|vedtaget)\b|^(?:begge dele |den |beretningen )?(?:blev )?(?:enstemmigt )?taget til efterretning\b"
)
"""What closes the account of a year, and the accounts told with it."""
_IMPERSONAL = regex.compile(r"\W*(?:det|der)\b")
_CONCLUDED = regex.compile(
    r"\bog (?:var enige? om|blev enige? om|pegede på|peger på|ønsker at|ønskede at) "
    r"| [–-] (?:bestyrelsen|udvalget|rådet|gruppen|man|der blev) (?:besluttede|vedtog|besluttet)\b"
)
"""Behind what was discussed: what came of it."""
_CHOSEN = regex.compile(r"(?:Gen|Ny)?[Vv]algt\b")
"""At the start of a sentence: whom, the one before says."""
_AGENDA = regex.compile(r"(?i)\bdagsorden")
_LEAVES = regex.compile(r"(?i)(?:punkt|pkt\.?|sag) ?[\d.]{1,6} (?:udgår|udgik|er udgået)\b")
_NEW_TASK = regex.compile(
    r", og (?=(?:[\wæøå-]+(?:en|et|ne)|[A-ZÆØÅ][\w-]+)(?: (?:og )?[\w-]+)? (?:[a-zæøå]+(?:er|gør)|får|skal|vil) )"
)


def find_decisions(document: Document, lexicon: Lexicon) -> tuple[Decision, ...]:
    """The decisions of this meeting, one for each sentence or coordinated clause that states one.

    Decisions of other bodies and of earlier meetings are none, nor is what a speaker says was decided. A decision
    answers the recommendation that it resembles most, or the only one.
    """
    subjects = Subjects(document, lexicon)
    spoken = Cover((s.start, s.end if s.rule != "turn" else s.start + 1) for s in document.statements)
    elsewhere, here = of_other_meetings(document, lexicon), of_this_meeting(document, lexicon)
    asked = {item: list(of) for item, of in groupby(document.recommendations, key=attrgetter("item"))}
    mentions = sorted(mention for person in document.persons for mention in person.mentions)
    found: list[Decision] = []
    for index, of_item in groupby(passages(document.text, document.items), key=attrgetter("item")):
        recommended = asked.get(index, [])
        item = document.items[index]
        sentences = line_by_line(document, item, [s for s in of_item if not elsewhere.touches(s.start, s.end)], lexicon)
        if not sentences:
            continue
        sentences = [replace(s, section="decision") if here.touches(s.start, s.end) else s for s in sentences]
        decided = _of_item(sentences, recommended, subjects, spoken, here)
        first = bisect_left(mentions, item.start, key=attrgetter("start"))
        named = mentions[first : bisect_left(mentions, item.end, first, key=attrgetter("start"))]
        decided += elected_by_name(document, item, sentences, decided, named, lexicon)
        found += answers(document, sorted(decided, key=attrgetter("start", "end")), recommended)
    return tuple(found)


def _of_item(
    sentences: Sequence[Passage], recommended: Sequence[Recommendation], subjects: Subjects, spoken: Cover, here: Cover
) -> list[Decision]:
    lexicon = subjects.lexicon
    item = subjects.document.items[sentences[0].item]
    deciding = [s for s in item.sections if s.kind == "decision" and s.heading]
    under = Cover((s.start, s.end) for s in deciding)
    elsewhere = bool(recommended or deciding)
    found: list[Decision] = []
    labelled, list_told = -1, False
    before: Passage | None = None
    asked = Cover((r.start, r.end) for r in recommended)
    for n, passage in enumerate(sentences):
        label = decision_rule(lexicon, "decision-label").regex.match(passage.flat)
        labelled = passage.paragraph if label else labelled
        told_case = passage.section in ACCOUNTS and (bool(deciding) or here.touches(item.start, passage.start))
        after = bool(recommended) and passage.start >= recommended[-1].end and not told_case
        sure = passage.section == "decision" or labelled == passage.paragraph or after
        if not asked.touches(passage.start, passage.end) and (
            sure or passage.section not in ACCOUNTS or _closes_account(passage, subjects)
        ):
            begin = label.end() if label else 0
            if opening := here.opening(passage.start, passage.end):
                begin = passage.locate(opening)
                while begin < len(passage.flat) - 1 and passage.flat[begin] == " ":
                    begin += 1
            headed = labelled == passage.paragraph or under.touches(passage.start, passage.start + 1)
            new = list(_in_sentence(passage, begin, subjects, Place(sure, not sure and elsewhere, spoken)))
            opens = label is not None or before is None or before.section != passage.section
            near = bool(found) and before is not None and before.paragraph == passage.paragraph
            told = spoken.touches(passage.start, passage.start + 1)
            list_told = list_told and not opens if passage.bullet else told
            if not new and not (", " in passage.flat and _QUOTED.search(passage.flat, max(0, len(passage.flat) - 65))):
                taken = bool(found) and found[-1].end > passage.start
                spot = _Spot(headed, opens, near, told, list_told, after, taken, elsewhere)
                new = _without_verdict(passage, begin, before, sentences[n + 1 :], subjects, spot, sure=sure)
            listed = any(d.start == passage.start for d in found[-_LONGEST_LIST:])
            for decision in () if listed else new:
                bare = decision_rule(lexicon, "bare-verdict").regex.match(passage.flat) is not None
                told = before is not None and spoken.touches(before.start, before.start + 1)
                voted = with_object(decision, passage, None if told else before, found, subjects)
                if decision.rule.startswith(LOOSE):
                    voted = without_task(voted, passage)
                elif voted.start < decision.start and found and found[-1].start == voted.start:
                    found.pop()
                voted = with_tally_before(voted, before, found, bare=bare)
                found += with_list(voted, passage, sentences[n + 1 : n + 1 + _LONGEST_LIST], lexicon)
            if not new and not is_dated_before(subjects.document, passage):
                found = by_tally(passage, before, with_condition(found, passage), lexicon)
        before = passage
    return found


class _Spot(NamedTuple):
    """Where in its item a sentence without a verdict stands: below a heading of decisions, first of its section, behind
    a decision of its paragraph; told by somebody, in a list that somebody tells, behind the recommendation, in a
    decision found before, in an item that decides elsewhere."""

    headed: bool
    opens: bool
    near: bool
    told: bool
    list_told: bool
    after: bool
    taken: bool
    elsewhere: bool


def _without_verdict(
    passage: Passage,
    begin: int,
    before: Passage | None,
    rest: Sequence[Passage],
    subjects: Subjects,
    spot: _Spot,
    *,
    sure: bool,
) -> list[Decision]:
    """What a sentence without a verb of deciding decides: the first reading that fits."""
    lexicon, title = subjects.lexicon, subjects.document.items[passage.item].title or ""
    new: list[Decision] = []
    if not spot.told:
        new = answered(passage, before, subjects)
    doer = any(n.start == begin and n.kind == "person" and n.end < len(passage.flat) for n in subjects.of(passage))
    if not (new or doer) and (spot.headed or (spot.near and passage.section == "decision")):
        new = stated(passage, begin, lexicon)
    label = decision_rule(lexicon, "decision-label").regex
    case = bool(rest) and rest[0].paragraph == passage.paragraph and label.match(rest[0].flat) is not None
    listed = spot.headed and passage.bullet and not (spot.told or spot.list_told or case)
    task = spot.headed and is_task(passage, subjects)
    if not new and listed and not task and not _TOLD.search(passage.flat):
        new = whole(passage, begin, (), lexicon)
    more = case or (task and rest and rest[0].section == "decision" and not is_task(rest[0], subjects))
    if not (new or more or doer) and spot.headed and not spot.after and spot.opens and not spot.told:
        new = whole(passage, begin, () if is_labelled(passage, subjects) else rest, lexicon)
    if not new and (not spot.elsewhere or (sure and not spot.told)):
        new = undertaken(passage, subjects)
    if not new and not spot.told:
        new = under_title(passage, title, lexicon, first=before is None)
    open_ = (sure or not spot.elsewhere) and passage.section not in ACCOUNTS
    tells = not sure and decision_rule(lexicon, "only-tells").regex.match(title) is not None
    if not (new or spot.told or spot.taken or tells) and open_:
        new = settled(passage, subjects, near=spot.near)
    if not new and before is None and decision_rule(lexicon, "asks-approval").regex.search(title):
        new = nod(passage, lexicon)
    return new


def _closes_account(passage: Passage, subjects: Subjects) -> bool:
    """Whether a sentence in an account is the verdict on it: "Beretningen blev godkendt"."""
    bare = decision_rule(subjects.lexicon, "bare-verdict").regex.match(passage.flat)
    return bare is not None or _REPORT.search(passage.flat) is not None


def _in_sentence(passage: Passage, begin: int, subjects: Subjects, place: Place) -> Iterator[Decision]:
    flat = passage.flat
    if flat.endswith("?"):
        return
    names, title = subjects.of(passage), subjects.document.items[passage.item].title or ""
    spoken = place.spoken.touches(passage.start, passage.start + 1)
    who: str | None = None
    persons = decision_rule(subjects.lexicon, "chosen-person").regex
    for found in verdicts(flat, subjects.lexicon):
        start, back = clause_start(flat, found, begin, names, subjects.lexicon)
        verdict = found._replace(start=start)
        if found.rule.name == "discussed" and _CONCLUDED.search(flat, found.at_end):
            verdict = verdict._replace(outcome="resolved")
        if found.rule.name == "not-reached" and _LEAVES.match(flat, start) and _AGENDA.search(title):
            verdict = verdict._replace(outcome="resolved")  # what the agenda loses
        if verdict.at < begin or not is_of_this_meeting(verdict, passage, subjects, names, place):
            continue
        if spoken and not (verdict.start or back):
            at = after_report(flat, verdict, names)
            if at is None:
                continue
            verdict = verdict._replace(start=at)
        chosen = names or flat.endswith(":") or _CHOSEN.match(flat) or persons.search(flat)
        if verdict.rule.name == "elected" and not chosen:
            verdict = verdict._replace(outcome="resolved")  # "Den grønne farve blev valgt"
        actor = next((n for n in reversed(names) if n.kind == "body" and verdict.start <= n.start < verdict.at), None)
        if place.told and verdict.rule.value != "resolved" and not actor and "-by-decision" not in verdict.rule.name:
            continue
        who = actor.name if actor else None if _IMPERSONAL.match(flat[verdict.start :]) else who
        yield _decision(passage, verdict, who, subjects.lexicon)


def _decision(passage: Passage, verdict: Verdict, actor: str | None, lexicon: Lexicon) -> Decision:
    flat, end = passage.flat, verdict.end
    task = _NEW_TASK.search(flat, verdict.at_end, end)
    if task and not regex.search(r"\b(?:at|hvis|når|såfremt)\b", flat[verdict.at : task.start()]):
        end = task.start()
    while end > verdict.at_end and flat[end - 1] in " ,;":
        end -= 1
    span = passage.span(verdict.start, end)
    condition: int | None = None
    if verdict.outcome in ("approved", "resolved", "elected"):
        rule = decision_rule(lexicon, "condition" if verdict.outcome == "approved" else "strong-condition")
        if behind := rule.regex.search(flat, verdict.at_end, end):
            condition = behind.start()
        elif verdict.outcome == "approved" and decision_rule(lexicon, "condition-before").regex.match(
            flat[verdict.start : verdict.at]
        ):
            condition = verdict.start
    return Decision(
        start=span.start,
        end=span.end,
        rule=verdict.rule.name,
        confidence=verdict.rule.confidence,
        item=passage.item,
        outcome=verdict.outcome if condition is None else "approved_with_conditions",
        actor=actor,
        condition=None if condition is None else flat[condition:end].strip(" ,–-").rstrip("."),
        votes=read_votes(flat[verdict.start : end], lexicon),
    )
