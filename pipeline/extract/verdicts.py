"""The places in a sentence where a decision is stated, and whether it is this meeting's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.passages import Cover, Passage
from pipeline.extract.subjects import Subject, Subjects
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import DateValue

__all__ = ["ELECTED_WHO", "Place", "Verdict", "decision_rule", "is_dated_before", "is_of_this_meeting", "verdicts"]

OUTCOMES = (
    "rejected",
    "postponed",
    "referred",
    "elected",
    "approved",
    "noted",
    "resolved",
    "discussed",
)
"""Where two are coordinated ("drøftet og godkendt") the first in this order is what came of it."""

REACH = 240
"""No more characters than this of what stands between two verdicts are looked at."""
MONTH = 13
"""So many characters behind a verb tell the month: " i september"."""
_MINUTES = regex.compile(r"(?i)referat")
_CLAUSE_END = regex.compile(r"[,;:–]")
_JOINED = regex.compile(r"^(?: [^ ,;]+)? (?:og|samt) (?:[^ ,;]+ )?$")
_IMPERSONAL = regex.compile(r"(?i)^(?:blev|bliver|er|var|det|der)\b")
_NEW_CLAUSE = regex.compile(r"[,;]? (?:og|men|mens|hvorefter|samt) (?P<rest>(?:[^ ,;]+ ){0,7})$")
_VERB_NEXT = regex.compile(r" og (?P<rest>)$")
_ALSO_ELECTED = regex.compile(r", (?P<rest>\p{Lu}[\w'-]+(?: \p{Lu}[\w'.-]+)*(?: (?:blev|bliver|er))? (?:\w+ )?)$")
"""Another's election behind a comma: "Mona blev genvalgt, Ib Lund blev nyvalgt"."""
_FINITE = regex.compile(
    r"(?i)^(?:blev|bliver|er|var|det|der|besluttede|godkendte|vedtog|drøftede|tog|udskød|afviste|valgte)\b"
)
_AUXILIARY = regex.compile(r"(?i)\b(?:blev|bliver|er|var)\b")
_INFINITIVE = regex.compile(
    r"at (?:ikke )?(?!alle|nogle|denne|disse|mange|begge|de\b|samtlige)(?:få|gå|stå|se|lave|[a-zæøå]{2,}e)\b"
)
_OF_A_PAPER = regex.compile(
    r"(?i)\b(?:af|fra|pr\.|dateret|afleveret|modtaget|udsendt|fremsendt|indsendt|sendt|for|til)"
    r"(?: (?:den|d\.|perioden))? ?$"
)
"""Before a day that tells which paper is meant and not when something was decided."""
_YEAR = regex.compile(r"\d{4}")
_ON_DAY = regex.compile(r" (?:allerede )?(?:den|d\.) ?\d")
_IN_YEAR = regex.compile(r"(?i)(?:allerede |tilbage )?i (?:[a-zæøå]+ )?(?P<year>(?:19|20)\d\d)\b")
"""What a sentence tells that opens with another year than the meeting's is history, or a plan."""
_WE = regex.compile(r"(?i)\b(?:vi|man) $|^\W*(?:vi|man) \p{Ll}+(?: [^,;]{1,60})? og $")
_MAJORITY = regex.compile(r"(?i)(?:(?:et|udvalgets|rådets|byrådets|bestyrelsens) )?(?:\p{Ll}+t )?flertal(?:let)?\b")
"""Who decides, whichever parties it is of: "Et flertal bestående af A og V godkendte"."""
_WE_BEHIND = regex.compile(r"\p{Ll}+ (?:vi|man)\b")
"""The verb before its subject opens a main clause, whatever stands before it: "Om det er nok, tager vi næste gang"."""
_REMARKED = regex.compile(r"afgav (?:enkelte |nogle )?(?:bemærkninger|kommentarer)\b")
_HAVE = regex.compile(r"(?i)\W*(?:vi|bestyrelsen) har (?:derfor |nu |så )?$")
"""What those who met have decided, told at their own meeting."""
_LINKS = regex.compile(
    r"\b(?:at(?![-’'])|hvis|om(?= der\b)|hvorvidt|såfremt"
    r"|(?<!\b(?i:såvel|både) [^,;]{2,80} )(?<!(?:foreslået|valgt|udpeget|indstillet|opstillet|genvalgt|villig) )som"
    r"(?! (?:hermed|dermed|herefter|derefter|efterfølgende|enstemmigt) (?:er|blev)\b)"
    r"(?! (?:ny )?[a-zæøå]*(?:formand|kasserer|sekretær|leder|suppleant)\b))\b"
)


ELECTED_WHO = regex.compile(r"\s*(?:som|der) (?:\w+ ){0,2}blev (?:\w+ ){0,2}$")
"""A relative clause that elects the one named before it."""


class Verdict(NamedTuple):
    """One decision in a sentence: the clause from `start` to `end`, the words `at` that say it, its outcome."""

    start: int
    end: int
    at: int
    at_end: int
    rule: Rule
    outcome: str


class Place(NamedTuple):
    """Where in its item a sentence stands: `sure` where decisions stand, `told` where the case is told and decided
    further down. `spoken` is what speakers say."""

    sure: bool
    told: bool
    spoken: Cover


@cache
def decision_rule(lexicon: Lexicon, name: str) -> Rule:
    """The rule of models/rules/decisions.toml with this name."""
    return lexicon.by_name("decisions")[name]


@cache
def _outcome_rules(lexicon: Lexicon) -> Likely:
    return Likely(r for r in lexicon.rules("decisions") if r.value in OUTCOMES and r.name != "is-officer")


def verdicts(flat: str, lexicon: Lexicon) -> list[Verdict]:
    """What a sentence says was decided; verbs joined by "og" are one, coordinated clauses are several.

    >>> found = verdicts("Planen blev drøftet, og det blev aftalt at vente.", Lexicon.load())
    >>> [(v.outcome, "Planen blev drøftet, og det blev aftalt at vente."[v.start:v.end]) for v in found]
    [('discussed', 'Planen blev drøftet'), ('resolved', 'det blev aftalt at vente.')]
    """
    found: list[Verdict] = []
    for start, end, rule in _matches(flat, lexicon):
        if not found:
            found.append(Verdict(0, len(flat), start, end, rule, rule.value or "resolved"))
            continue
        last = found[-1]
        here = max(last.at_end, start - REACH)
        between, words = flat[here:start], flat[start:end]
        closed = flat[: last.at_end].endswith(("efterretning", "orientering"))
        apart = between.split(" og ")[0].strip() and decision_rule(lexicon, "active").regex.match(words)
        if (last.outcome == "discussed" and (words.startswith("kvitterede") or _REMARKED.match(flat, start))) or (
            last.outcome == "approved" and rule.name == "signed" and between.endswith(" og ") and len(between) < 40
        ):
            continue  # what was talked about and thanked for, what was approved and signed
        if _JOINED.match(between) and not (closed or apart or _IMPERSONAL.match(words)):
            best = min((last.rule, rule), key=lambda r: OUTCOMES.index(r.value or "resolved"))
            found[-1] = last._replace(at_end=end, rule=best, outcome=best.value or "resolved")
        elif last.rule.value == rule.value == "resolved" and not _IMPERSONAL.match(words):
            continue
        elif (
            ((clause := _NEW_CLAUSE.search(between)) and _opens(clause["rest"], words, lexicon))
            or ((clause := _VERB_NEXT.search(between)) and _opens(clause["rest"], words, lexicon))
            or (last.outcome == rule.value == "elected" and (clause := _ALSO_ELECTED.search(between)))
        ):
            found[-1] = last._replace(end=here + clause.start())
            cut = here + clause.start("rest")
            found.append(Verdict(cut, len(flat), start, end, rule, rule.value or "resolved"))
        elif (last.outcome == "resolved" and rule.value == "postponed" and _LINKS.search(between)) or (
            last.outcome == "discussed" and rule.value == "postponed" and not _LINKS.search(between)
        ):
            found[-1] = last._replace(outcome="postponed")
    return found


def _matches(flat: str, lexicon: Lexicon) -> list[tuple[int, int, Rule]]:
    found: list[tuple[int, int, Rule]] = []
    taken = bytearray(len(flat))
    for rule, match in _outcome_rules(lexicon).matches(flat):
        if not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found.append((*match.span(), rule))
    return sorted(found, key=lambda place: place[:2])


def _opens(rest: str, words: str, lexicon: Lexicon) -> bool:
    """Whether a coordinated clause opens behind the conjunction: it has a finite verb, and no "at" before it."""
    if _LINKS.search(rest):
        return False
    if _FINITE.match(words) or (not rest and decision_rule(lexicon, "active").regex.match(words)):
        return True
    return _AUXILIARY.search(rest) is not None


def is_of_this_meeting(
    verdict: Verdict, passage: Passage, subjects: Subjects, names: Sequence[Subject], place: Place
) -> bool:
    """Whether the meeting itself decides here, and now."""
    flat, lexicon = passage.flat, subjects.lexicon
    segment = decision_rule(lexicon, "point-of-recommendation").regex.sub("", _segment(verdict, flat))
    if any(decision_rule(lexicon, name).regex.search(flat) for name in ("in-writing", "by-law")) or (
        verdict.outcome == "approved"
        and flat[-1] == ":"
        and not decision_rule(lexicon, "active").regex.match(flat[verdict.at : verdict.at_end])
    ):
        return False
    told = not _WE_BEHIND.match(flat, verdict.at) and (
        decision_rule(lexicon, "subordinate").regex.match(segment) or _embedded(segment)
    )
    if told and not (verdict.outcome == "elected" and ELECTED_WHO.match(segment)):
        return False
    if verdict.outcome != "postponed" and decision_rule(lexicon, "modal").regex.search(segment):
        return False
    if (
        decision_rule(lexicon, "perfect").regex.search(segment)
        and not (_HAVE.match(segment) and flat[-1] != "?")
        and (verdict.outcome == "elected" or not place.sure or _is_anothers(verdict, flat, names, subjects))
    ):
        return False
    dated = _ON_DAY.match(flat, verdict.at_end) is not None
    if place.sure and dated and is_dated_before(subjects.document, passage, flat.find(":", verdict.at_end)):
        return False
    if decision_rule(lexicon, "in-a-month").regex.match(flat, verdict.at, verdict.at_end + MONTH):
        return False
    others = decision_rule(lexicon, "by-others").regex.match(flat, verdict.at_end)
    if others and not subjects.is_in_header(others["who"]):
        return False
    opening = _IN_YEAR.match(flat)
    if opening and opening["year"] != (subjects.document.meeting.date or "")[:4]:
        return False
    if not place.sure and (
        decision_rule(lexicon, "elsewhere").regex.search(flat, 0, verdict.at_end)
        or decision_rule(lexicon, "in-a-month").regex.search(flat, verdict.start, verdict.at_end + MONTH)
        or is_dated_before(subjects.document, passage, flat.find(":", verdict.at_end))
    ):
        return False
    joins = verdict.rule.name.startswith("into-office")
    if not joins and decision_rule(lexicon, "active").regex.match(flat[verdict.at : verdict.at_end]):
        return _meeting_acts(verdict, passage, subjects, names, sure=place.sure)
    return True


def _is_anothers(verdict: Verdict, flat: str, names: Sequence[Subject], subjects: Subjects) -> bool:
    """Whether a body or an organisation that is not the meeting stands before the verb: "Kommunen har besluttet"."""
    behind = [s for s in names if verdict.start <= s.start and s.end <= verdict.at]
    return bool(behind) and behind[-1].kind in ("organisation", "role") and not subjects.is_governed(behind[-1], flat)


def _segment(verdict: Verdict, flat: str) -> str:
    """What stands before the verdict in its own clause."""
    return _CLAUSE_END.split(flat[verdict.start : verdict.at])[-1]


def _embedded(segment: str) -> bool:
    return any(not _INFINITIVE.match(segment, match.start()) for match in _LINKS.finditer(segment))


def is_dated_before(document: Document, passage: Passage, colon: int = -1) -> bool:
    """Whether the sentence names a day before the meeting; minutes of that day are another matter, and so are the
    days listed behind a `colon` that follows the verdict.
    """
    today = document.meeting.date
    if not today or _MINUTES.search(passage.flat):
        return False
    return any(
        (len(date.iso) >= 10 or (len(date.iso) >= 7 and _has_year(document, date)))
        and date.iso < today[: len(date.iso)]
        and not _OF_A_PAPER.search(passage.flat, max(0, passage.locate(date.start) - 40), passage.locate(date.start))
        for date in document.dates_in(passage.start, passage.end if colon < 0 else passage.offsets[colon])
    )


def _has_year(document: Document, date: DateValue) -> bool:
    return _YEAR.search(document.text, date.start, date.end) is not None


def _meeting_acts(
    verdict: Verdict, passage: Passage, subjects: Subjects, names: Sequence[Subject], *, sure: bool
) -> bool:
    """Whether the subject of an active verb is the meeting."""
    flat = passage.flat
    if _WE.search(_segment(verdict, flat)) or _WE_BEHIND.match(flat, verdict.at):
        return True
    if _MAJORITY.match(flat, verdict.start, verdict.at):
        return True
    behind = [s for s in names if verdict.start <= s.start and s.end <= verdict.at]
    meeting = decision_rule(subjects.lexicon, "the-meeting").regex
    if behind and subjects.governs(behind[-1], flat, verdict.at) and not subjects.is_governed(behind[-1], flat):
        return behind[-1].kind == "body" or meeting.search(flat[: behind[-1].end]) is not None
    word = regex.match(r"\w*", flat[verdict.at :])
    end = verdict.at + (word.end() if word else 0)
    if ahead := next((s for s in names if s.start >= end and subjects.follows(s, flat, end)), None):
        return ahead.kind == "body"
    if regex.match(
        r" (?:(?:derfor|så|herefter|også|nu) )?(?:vi|man|alle|forsamlingen|salen|et enigt? \p{L}+|"
        r"(?:et )?(?:stort |klart )?flertal(?:let)?)\b",
        flat[end:],
    ):
        return True
    if any(s.kind == "body" for s in behind):
        return True
    if sure and not behind:
        return True
    segment = _segment(verdict, flat)
    return not segment.strip() or meeting.search(segment) is not None
