"""Reported speech and dialogue: who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.history import of_other_meetings
from pipeline.extract.owners import action_rule
from pipeline.extract.passages import Passage, headings, passages
from pipeline.extract.speakers import can_speak
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.tense import is_told_in_the_past
from pipeline.extract.turns import MARKED, Turn, mark_behind, named_alone, party, turn_of
from pipeline.extract.verdicts import decision_rule, verdicts
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import Statement

__all__ = ["find_statements"]

SILENT = frozenset({"recommendation", "attachments", "economy"})
"""Sections in which nobody speaks."""
PERSONAL = frozenset(
    {"told-that", "word-of", "phrase", "voiced", "has-found", "stands", "said-first-by", "after-from", "word-from"}
    | {"backing-from", "holds", "means-to-say", "inclined", "leans", "depicts", "wants", "values"}
)
"""Rules so broad that with an organisation they tell what it did rather than what was said for it."""

_FRONTED = regex.compile(r"(?:^|[,;:–-] )(?i:det|den) $|\b(?i:det|den) ikke $")
"""An object that opens a clause, so that the subject stands behind the verb: "…, det syntes Mona ikke"."""
_AHEAD = regex.compile(
    r"(?<! siden) (?:på|til|ved) (?:det |vores )?(?:næste|kommende) (?:\p{Ll}*møde|gang)| næste gang\b"
)
"""When what is told is still to be told."""
_TASKS = regex.compile(r"(?i)(?:aftale[rt]?|opgaver?|aktion|handling|opfølgning|to-?do|husk):? ")
"""The label of a sentence that tells what somebody is to do."""
_CONDITION = regex.compile(r" (?:de|du|man|vi|jeg|han|hun|den|til)\b")
"""Behind a word that opens a sentence and is no verb without a subject: "Siger de nej", "Ønsker til"."""
_DOES = regex.compile(
    r" (?:(?:selv|så|også|lige) )?(?:ringer|mailer|skriver|sender|kontakter|taler|snakker|laver|retter|undersøger"
    r"|tjekker|finder|indhenter|henter|køber|bestiller|kigger|mødes|går|tager fat)\b"
)
"""Behind a name, what its bearer is to do: "Mona ringer til hallen og spørger"."""
_WHO = regex.compile(r"(?: ?\([^()]{1,40}\)|(?:,| fra) \p{Lu}[^,:;()]{1,40})?, (?:der|som) (?:kort |også )?\Z")
"""Between a person and the verb of the relative clause that tells what they said."""
_JOINS = regex.compile(r"(?:Og|Men|Samt)(?: \w+)? ")
_OWNS = regex.compile(r"(?:s|['’]s?) (?:\p{Ll}+ )?")
"""Between a name and what its bearer holds: "Monas klare holdning er"."""


class _Verb(NamedTuple):
    start: int
    end: int
    rule: Rule
    word: str


class _Said(NamedTuple):
    """The speakers of one verb; `carried` where the sentence leaves out the name or has a pronoun."""

    speakers: tuple[Subject, ...]
    rule: Rule
    certainty: float
    carried: str = ""
    act: str = ""


def find_statements(document: Document, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Every statement that a person, a role or an organisation makes, one for each speaker of a sentence.

    Verbs that share a subject make one statement; a sentence that goes on with "han" or "hun" belongs to the
    statement before it. The meeting itself is no speaker, and a speaker whom the document does not name gives
    no statement.
    """
    subjects = Subjects(document, lexicon)
    past = is_told_in_the_past(document.text, lexicon)
    elsewhere = of_other_meetings(document, lexicon)
    sentences = passages(document.text, document.items)
    marks = Counter(mark_behind(passage, subjects.of(passage), document.text) for passage in sentences)
    found: list[Statement] = []
    last: list[int] = []  # indices in found of the sentence before
    before: Passage | None = None
    topic: Subject | None = None
    above: Subject | None = None  # whose name stands alone on the line above
    for passage in sentences:
        if before is None or before.item != passage.item:
            topic, above, last = None, None, []
        names = subjects.of(passage)
        label = above if above and before and not before.bullet and before.flat.endswith(":") else None
        above = named_alone(passage, before, names, lexicon) or (above if passage.bullet else None)
        if above and decision_rule(lexicon, "election-heading").regex.search(document.items[passage.item].title or ""):
            above = None
        if passage.section in SILENT or elsewhere.touches(passage.start, passage.end):
            before, last = passage, []
            continue
        near = before is not None and before.paragraph == passage.paragraph
        close = near or (before is not None and before.paragraph + 1 == passage.paragraph and not passage.bullet)
        turn = turn_of(passage, names, subjects, asked=near and before is not None and before.flat.endswith("?"))
        if not turn and (mark := mark_behind(passage, names, document.text)) and marks[mark] >= MARKED:
            turn = Turn(names[0], 0.85)
        speaker = above if passage.bullet and not near else label if not (passage.bullet or above) else None
        if speaker and not turn and not action_rule(lexicon, "to-do").regex.match(passage.flat):
            turn = Turn(speaker, 0.85)
        said = [_labelled(turn, lexicon)] if turn else []
        if not turn:
            said = [*_reported(passage, names, subjects, past=past, joins=near and bool(last))]
        new: list[int] = []
        for one in said:
            for speaker in one.speakers if not one.carried else ((topic,) if topic and close else ()):
                again = one.carried == "pronoun" and near and not new
                if again and last and found[last[-1]].speaker == speaker.name:
                    found[last[-1]] = _longer(found[last[-1]], passage)
                    new = last
                    continue
                new = [*new, len(found)]
                found.append(_statement(passage, speaker, one))
        if not said and near and last and found[last[-1]].rule == "turn" and not _decides(passage, lexicon):
            found[last[-1]] = _longer(found[last[-1]], passage)
            new = last
        spoke = [s for one in reversed(said) for s in reversed(one.speakers)]
        held = [s for s in spoke if s.kind == "role" and s.name != passage.flat[s.start : s.end]]
        topic = next((s for s in (*spoke, *names) if s.kind == "person"), next(iter(held), topic if close else None))
        before, last = passage, new
    return (*found, *_titled(document, found, subjects))


def _titled(document: Document, found: Sequence[Statement], subjects: Subjects) -> Iterator[Statement]:
    """What the person said whose item it is by its title ("Regnskab v/ Mona"), where nothing below is told of them."""
    rule = subjects.lexicon.by_name("statements")["report-title"]
    tells = _named(subjects.lexicon, "tells-title")
    told = {(statement.item, statement.speaker) for statement in found}
    filled = {passage.item for passage in passages(document.text, document.items)}
    for title in headings(document.text, document.items):
        names = [n for n in subjects.of(title) if n.kind == "person"]
        if len(names) == 1 and title.item in filled and (title.item, names[0].name) not in told:
            name = names[0]
            rest = title.flat[name.end :].strip(" .:)")
            if tells.match(rest) or (not rest and rule.regex.search(title.flat[: name.start])):
                yield _statement(title, name, _Said((name,), rule, 0.8, act="informed"))


@cache
def _verbs(lexicon: Lexicon) -> Likely:
    other = {"takes-person", "tense", "label", "opinion", "title", "task-past", "office"}
    return Likely(r for r in lexicon.rules("statements") if r.value not in other and r.name != "turn")


def _named(lexicon: Lexicon, name: str) -> regex.Pattern[str]:
    return lexicon.by_name("statements")[name].regex


def _labelled(turn: Turn, lexicon: Lexicon) -> _Said:
    return _Said((turn.speaker,), lexicon.by_name("statements")["turn"], turn.certainty, act=turn.act)


def _reported(
    passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, joins: bool
) -> Iterator[_Said]:
    flat, lexicon = passage.flat, subjects.lexicon
    not_finite = lexicon.by_name("speakers")["not-finite"].regex
    seen: set[int] = set()
    any_before = False
    verbs = [_Verb(*match.span(), rule, match.group()) for rule, match in _verbs(lexicon).matches(flat)]
    if verbs and (speaks := party(flat, names, lexicon)):
        names = [speaks, *names]
    for verb in sorted(verbs, key=lambda verb: verb[:2]):
        performs = _named(lexicon, "performs").match(verb.word)
        if past and (performs or action_rule(lexicon, "asks-and-answers").regex.match(flat, verb.start)):
            continue  # a task
        if (verb.rule.name == "too" and not joins) or flat.startswith((" ifølge ", " iflg"), verb.end):
            continue  # nobody has spoken whom they could join, or the one named there says it
        if _named(lexicon, "performs-or-tells").match(verb.word) and _AHEAD.search(flat, verb.end):
            continue  # what is to be told
        if (passage.arrow or _TASKS.match(flat)) and _named(lexicon, "present-tense").match(verb.word):
            continue  # what came of it, and so a task
        by = verb.rule.name.endswith(("-by", "-from"))
        if not by and not_finite.search(flat[max(0, verb.start - 30) : verb.start]):
            if (told := _who_tells(names, flat, verb)) and told.start not in seen:
                seen.add(told.start)
                yield _Said((told,), verb.rule, 0.85)
                continue
            right = subjects.behind(names, verb.end)
            if (
                not _FRONTED.search(flat[: verb.start])
                or right is None
                or not subjects.follows(names[right], flat, verb.end)
            ):
                continue  # not "Det svarede Mona på"
        said = _by(verb, names, subjects, flat) if by else _subject(verb, names, subjects, flat, lexicon)
        if said is None or (any_before and said.carried == "elided"):
            any_before = any_before or said is not None
            continue
        any_before = True
        place = said.speakers[0].start if said.speakers else -1
        if place in seen or any(s.kind == "body" for s in said.speakers):
            continue
        kinds = ("person", "role") if verb.rule.name in PERSONAL else ("person", "role", "organisation", "party")
        able = [s for s in said.speakers if s.kind in kinds and can_speak(s, passage, verb.word, subjects, past=past)]
        speakers = tuple({s.name: s for s in able}.values())
        if speakers or verb.rule.name not in PERSONAL:
            seen.add(place)
        if speakers or (said.carried and verb.rule.name not in ("told-that", "too")):
            yield said._replace(speakers=speakers)


def _who_tells(names: list[Subject], flat: str, verb: _Verb) -> Subject | None:
    """The person whom a relative clause makes speak: "Ordet gik til Mona, der fortalte om taget"."""
    if verb.word.endswith("r") and verb.rule.value not in ("informed", "presented"):
        return None  # what they always do
    kinds = ("person",) if verb.word.endswith("r") else ("person", "role")
    clause = _WHO.search(flat, 0, verb.start)
    who = next((n for n in names if clause and n.end == clause.start() and n.kind in kinds), None)
    return None if who and flat.endswith("ikke ", 0, who.start) else who


def _by(verb: _Verb, names: list[Subject], subjects: Subjects, flat: str) -> _Said | None:
    end = flat.find(" ", verb.end + 1) if verb.rule.name.endswith("-by") else verb.end  # behind "af"
    right = subjects.behind(names, end)
    if right is None or names[right].kind == "pronoun" or not subjects.follows(names[right], flat, end):
        return None
    if verb.rule.name == "report-from" and not flat[names[right].end :]:
        return None  # a point on a list
    return _Said(tuple(subjects.group_after(names, flat, right)), verb.rule, 0.95)


def _subject(verb: _Verb, names: list[Subject], subjects: Subjects, flat: str, lexicon: Lexicon) -> _Said | None:
    for left in subjects.before(names, verb.start):
        group = subjects.group(names, flat, left)
        owns = verb.rule.name == "holds" and _OWNS.fullmatch(flat, names[left].end, verb.start)
        if not owns and not subjects.governs(names[left], flat, verb.start):
            continue
        if flat.startswith("at ", group[0].start - 3) and flat[names[left].end : verb.start] == " ":
            return None  # "at Mona spørger bestyrelsen"
        if not subjects.is_governed(group[0], flat):
            if group[0].kind == "pronoun":
                return _Said((), verb.rule, 0.8, "pronoun")
            return _Said(tuple(group), verb.rule, 1.0)
    if lexicon.by_name("speakers")["joined-verb"].regex.search(flat[max(0, verb.start - 40) : verb.start]):
        if _JOINS.fullmatch(flat, 0, verb.start):
            return _Said((), verb.rule, 0.75, "elided")
        if names and _DOES.match(flat, names[0].end) and _named(lexicon, "present-tense").match(verb.word):
            return None  # a task
        if names and names[0].start == 0 and (names[0].kind != "organisation" or names[0].name in subjects.represented):
            return _Said(tuple(subjects.group_after(names, flat, 0)), verb.rule, 0.85)
        return None
    right = subjects.behind(names, verb.end)
    if right is not None and subjects.follows(names[right], flat, verb.end):
        if verb.start == 0 and not flat[0].islower():
            return None  # unless it goes on behind a question: "Hvem betaler? spurgte Mona"
        opens = (
            verb.start == 0
            or lexicon.by_name("speakers")["opener"].regex.match(flat)
            or flat[: verb.start].rstrip()[-1:] in ",\"”»“'"
        )
        if not opens and _named(lexicon, "takes-person").match(verb.word):
            return None
        if names[right].kind == "pronoun":
            return _Said((), verb.rule, 0.8, "pronoun")
        return _Said(tuple(subjects.group_after(names, flat, right)), verb.rule, 0.95)
    elided = verb.start == 0 and verb.rule.name != "holds" and not _CONDITION.match(flat, verb.end)
    return _Said((), verb.rule, 0.7, "elided") if elided else None


def _statement(passage: Passage, speaker: Subject, said: _Said) -> Statement:
    asked = said.rule.name == "turn" and passage.flat.endswith("?")
    act = said.act or ("asked" if asked else said.rule.value or "remarked")
    weight = 1.0 if speaker.kind == "person" else 0.9
    after = passage.flat[: speaker.start].endswith(", idet ")  # what was decided stands before
    return Statement(
        start=passage.span(speaker.start, len(passage.flat)).start if after else passage.start,
        end=passage.end,
        rule=said.rule.name,
        confidence=round(said.rule.confidence * said.certainty * weight, 3),
        item=passage.item,
        speaker=speaker.name,
        organisation=speaker.organisation,
        act=act,
    )


def _decides(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a sentence opens with words of decision, and so belongs to no speaker."""
    return any(verdict.at < 12 for verdict in verdicts(passage.flat, lexicon))


def _longer(statement: Statement, passage: Passage) -> Statement:
    return replace(statement, end=max(statement.end, passage.end))
