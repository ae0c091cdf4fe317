"""Reported speech and dialogue: who said what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from pipeline.document import Document
from pipeline.extract.history import of_other_meetings
from pipeline.extract.owners import action_rule
from pipeline.extract.passages import Passage, passages
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.tense import is_told_in_the_past
from pipeline.extract.verdicts import decision_rule, verdicts
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.values import Statement

__all__ = ["find_statements"]

SILENT = frozenset({"recommendation", "attachments", "economy"})
"""Sections in which nobody speaks."""
TOLD = frozenset({"background"})
"""Sections that tell what others have said elsewhere: only persons speak there."""
PERSONAL = frozenset({"told-that", "word-of", "phrase"})
"""Rules so broad that with an organisation they tell what it did rather than what was said for it."""


_ALONE = regex.compile(r"\):? (?=[^\W\d_]\S* \S+ \S)")
_BESIDE = regex.compile(r"(?:,[^():]{1,80})?\)(?:: (?=\S)| (?=\p{Lu}\S* \S+ \S))")
"""What stands behind the name in "(Lis) …" and in "Spørgsmål (Lis, Egevej 3): …"."""


class _Verb(NamedTuple):
    start: int
    end: int
    rule: Rule


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
    found: list[Statement] = []
    last: list[int] = []  # indices in found of the sentence before
    before: Passage | None = None
    topic: Subject | None = None
    above: Subject | None = None  # whose name stands alone on the line above
    for passage in passages(document.text, document.items):
        if before is None or before.item != passage.item:
            topic, above, last = None, None, []
        names = subjects.of(passage)
        above = _named_alone(passage, before, names, lexicon) or (above if passage.bullet else None)
        if above and decision_rule(lexicon, "election-heading").regex.search(document.items[passage.item].title or ""):
            above = None
        if passage.section in SILENT or elsewhere.touches(passage.start, passage.end):
            before, last = passage, []
            continue
        near = before is not None and before.paragraph == passage.paragraph
        close = near or (before is not None and before.paragraph + 1 == passage.paragraph and not passage.bullet)
        turn = _turn(passage, names, subjects, lexicon)
        if above and not turn and not near and passage.bullet:
            turn = _Said((above,), lexicon.by_name("statements")["turn"], 0.85)
        said = [turn] if turn else list(_reported(passage, names, subjects, past=past, joins=near and bool(last)))
        new: list[int] = []
        for one in said:
            speakers = one.speakers if not one.carried else ((topic,) if topic and close else ())
            for speaker in speakers:
                if speaker.kind == "person" or not one.carried:
                    if one.carried == "pronoun" and near and last and found[last[-1]].speaker == speaker.name:
                        found[last[-1]] = _longer(found[last[-1]], passage)
                        new = last
                        continue
                    new = [*new, len(found)]
                    found.append(_statement(passage, speaker, one))
        if not said and near and last and found[last[-1]].rule == "turn" and not _decides(passage, lexicon):
            found[last[-1]] = _longer(found[last[-1]], passage)
            new = last
        topic = next((s for s in reversed([s for one in said for s in one.speakers]) if s.kind == "person"), None) or (
            next((s for s in names if s.kind == "person"), None) or (topic if close else None)
        )
        before, last = passage, new
    return tuple(found)


@cache
def _verbs(lexicon: Lexicon) -> Likely:
    other = {"takes-person", "tense", "label", "opinion"}
    return Likely(r for r in lexicon.rules("statements") if r.value not in other and r.name != "turn")


def _named(lexicon: Lexicon, name: str) -> regex.Pattern[str]:
    return lexicon.by_name("statements")[name].regex


def _named_alone(
    passage: Passage, before: Passage | None, names: Sequence[Subject], lexicon: Lexicon
) -> Subject | None:
    """The person whose name is all that a line holds, above points that say what they said; nobody who was elected."""
    if passage.bullet or len(names) != 1 or names[0].kind != "person":
        return None
    if before and action_rule(lexicon, "names-follow").regex.search(before.flat):
        return None
    return names[0] if names[0].start == 0 and not passage.flat[names[0].end :].strip(" :.") else None


def _turn(passage: Passage, names: list[Subject], subjects: Subjects, lexicon: Lexicon) -> _Said | None:
    """A turn of dialogue: "Lis: …", "(Lis) …", "Kommentarer: Lis: …"."""
    for name in names[:2]:
        if name.kind not in ("person", "role"):
            continue
        label = passage.flat[: name.start]
        label_rule = _named(lexicon, "turn-label")
        bracketed = label.endswith("(")
        opens = label_rule.match(label.removesuffix("(") if bracketed else label)
        if not opens:
            continue
        rule = lexicon.by_name("statements")["turn"]
        act = opens.lastgroup or ""
        rest = passage.flat[name.end :]
        if bracketed:
            said = (_ALONE if len(label) == 1 else _BESIDE).match(rest)
            if said and not any(v.at == 0 for v in verdicts(rest[said.end() :], lexicon)):
                beside = [n for n in names if name.end <= n.start < name.end + said.end() and n.kind == "organisation"]
                home = name.organisation or (beside[0].name if beside else None)
                return _Said((name._replace(organisation=home),), rule, 0.9, act=act)
        elif rule.regex.match(rest):
            return _Said((name,), rule, 1.0, act=act)
    return None


def _reported(
    passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, joins: bool
) -> Iterator[_Said]:
    flat, lexicon = passage.flat, subjects.lexicon
    not_finite = lexicon.by_name("speakers")["not-finite"].regex
    seen: set[int] = set()
    any_before = False
    verbs = [_Verb(*match.span(), rule) for rule, match in _verbs(lexicon).matches(flat)]
    for verb in sorted(verbs, key=lambda verb: verb[:2]):
        if past and action_rule(lexicon, "asks-and-answers").regex.match(flat, verb.start):
            continue  # a task
        if verb.rule.name == "too" and not joins:
            continue  # nobody has spoken whom they could join
        if passage.arrow and _named(lexicon, "present-tense").match(flat[verb.start : verb.end]):
            continue  # what came of it, and so a task
        by = verb.rule.name.endswith(("-by", "-from"))
        if not by and not_finite.search(flat[max(0, verb.start - 30) : verb.start]):
            right = subjects.behind(names, verb.end)
            if flat[: verb.start] != "Det " or right is None or not subjects.follows(names[right], flat, verb.end):
                continue  # not "Det svarede Mona på"
        said = _by(verb, names, subjects, flat) if by else _subject(verb, names, subjects, flat, lexicon)
        if said is None or (any_before and said.carried == "elided"):
            any_before = any_before or said is not None
            continue
        any_before = True
        place = said.speakers[0].start if said.speakers else -1
        if place in seen or any(s.kind == "body" for s in said.speakers):
            continue
        seen.add(place)
        speakers = tuple(s for s in said.speakers if _can_speak(s, passage, flat[verb.start : verb.end], lexicon))
        if verb.rule.name in PERSONAL:
            speakers = tuple(s for s in speakers if s.kind in ("person", "role"))
        if speakers or (said.carried and verb.rule.name not in ("told-that", "too")):
            yield said._replace(speakers=speakers)


def _by(verb: _Verb, names: list[Subject], subjects: Subjects, flat: str) -> _Said | None:
    end = verb.end + 3 if verb.rule.name.endswith("-by") else verb.end
    right = subjects.behind(names, end)
    if right is None or names[right].kind == "pronoun" or not subjects.follows(names[right], flat, end):
        return None
    return _Said(tuple(subjects.group_after(names, flat, right)), verb.rule, 0.95)


def _subject(verb: _Verb, names: list[Subject], subjects: Subjects, flat: str, lexicon: Lexicon) -> _Said | None:
    for left in subjects.before(names, verb.start):
        group = subjects.group(names, flat, left)
        if subjects.governs(names[left], flat, verb.start) and not subjects.is_governed(group[0], flat):
            if group[0].kind == "pronoun":
                return _Said((), verb.rule, 0.8, "pronoun")
            return _Said(tuple(group), verb.rule, 1.0)
    if lexicon.by_name("speakers")["joined-verb"].regex.search(flat[max(0, verb.start - 40) : verb.start]):
        if regex.fullmatch(r"(?:Og|Men|Samt)(?: \w+)? ", flat[: verb.start]):
            return _Said((), verb.rule, 0.75, "elided")
        first = names[0] if names and names[0].start == 0 and names[0].kind in ("person", "role") else None
        return _Said((first,), verb.rule, 0.85) if first else None
    right = subjects.behind(names, verb.end)
    if right is not None and subjects.follows(names[right], flat, verb.end):
        if verb.start == 0:
            return None
        opens = lexicon.by_name("speakers")["opener"].regex.match(flat) or flat[: verb.start].rstrip()[-1:] in ",\"”»“'"
        if not opens and _named(lexicon, "takes-person").match(flat[verb.start : verb.end]):
            return None
        if names[right].kind == "pronoun":
            return _Said((), verb.rule, 0.8, "pronoun")
        return _Said(tuple(subjects.group_after(names, flat, right)), verb.rule, 0.95)
    return _Said((), verb.rule, 0.7, "elided") if verb.start == 0 else None


def _can_speak(speaker: Subject, passage: Passage, verb: str, lexicon: Lexicon) -> bool:
    """Organisations, and roles that nobody is known to hold, speak in the past tense and outside the account of the
    case; persons always do."""
    if speaker.kind in ("body", "pronoun"):
        return False
    if speaker.kind == "person" or (
        speaker.kind == "role" and speaker.name != passage.flat[speaker.start : speaker.end]
    ):
        return True
    if passage.section in TOLD:
        return False
    return _named(lexicon, "present-tense").match(verb) is None or _named(lexicon, "opinion").match(verb) is not None


def _statement(passage: Passage, speaker: Subject, said: _Said) -> Statement:
    asked = said.rule.name == "turn" and passage.flat.endswith("?")
    act = said.act or ("asked" if asked else said.rule.value or "remarked")
    weight = 1.0 if speaker.kind == "person" else 0.9
    return Statement(
        start=passage.start,
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
