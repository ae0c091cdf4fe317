"""Turns of dialogue: sentences that a name labels, in each of the ways that minutes do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.extract.owners import action_rule
from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.verdicts import verdicts
from pipeline.lexicon import Lexicon

__all__ = ["MARKED", "Turn", "mark_behind", "named_alone", "party", "turn_of"]

MARKED = 3
"""Where so many sentences open with initials and the same mark, those are the labels of turns."""
GAP = 2
"""Initials that stand in a column of their own have so many blanks behind them, or a tab."""
_MARKS = (", ", "/ ", ") ", " = ", " ")
_ALONE = regex.compile(r"\):? (?!og |samt )(?=[^\W\d_]\S* \S+ \S)")
_BESIDE = regex.compile(r"(?:,[^():]{1,80})?\)(?:: (?=\S)| (?=\p{Lu}\S* \S+ \S))")
"""What stands behind the name in "(Lis) …" and in "Spørgsmål (Lis, Egevej 3): …"."""

_LABEL = regex.compile(r"(?P<name>\p{Lu}[\p{L}&.-]{1,20}(?: \p{Lu}[\p{L}&.-]{1,20}){0,2}): (?=\S+ \S)")
_BRIEF = regex.compile(r": (?=\p{L}{3,} \p{L}{2,})")
"""Behind the name of an organisation, before two words: "Norddal: Intet nyt"."""
_SPEAKS = regex.compile(r"\?\Z|: (?:\p{L}+ )?(?:[Vv]i|[Vv]ores|[Jj]eg) ")
"""In a sentence that somebody says, and not a point that is told."""
_REST = regex.compile(r"\p{Lu}[\p{L}/.-]*(?: \p{Lu}[\p{L}/.-]*)?|a\.?m\.?b\.?a\.?|kommune")
"""What of an organisation's name its short form leaves out."""


class Turn(NamedTuple):
    """Who has the word; `act` where the label says what they do with it."""

    speaker: Subject
    certainty: float
    act: str = ""


def party(flat: str, names: Sequence[Subject], lexicon: Lexicon) -> Subject | None:
    """The party that opens a sentence and that nobody is known by: "Regionerne spurgte"."""
    if names and names[0].start == 0:
        return None
    match = lexicon.by_name("speakers")["party"].regex.match(flat)
    home = next((n.name for n in names if match and n.kind == "organisation" and n.end == match.end()), None)
    return Subject(0, match.end(), "party", match.group(), home) if match else None


def turn_of(passage: Passage, names: list[Subject], subjects: Subjects, *, asked: bool = False) -> Turn | None:
    """A turn of dialogue: "Lis: …", "(Lis) …", "Kommentarer: Lis: …"; a party or an organisation has one that is
    there ("KL: …"), and an office if it is known whose. Two words are one where something was `asked` right before.
    """
    lexicon = subjects.lexicon
    labelled = ":" in passage.flat[:40]
    if labelled and (speaks := _short(passage, names, subjects) or party(passage.flat, names, lexicon)):
        names = [speaks, *(name for name in names if name.start >= speaks.end)]
    for name in names[:2]:
        if not _has_turns(name, passage, names, subjects):
            continue
        label = passage.flat[: name.start]
        label_rule = lexicon.by_name("statements")["turn-label"].regex
        bracketed = label.endswith("(")
        opens = label_rule.match(label.removesuffix("(") if bracketed else label)
        if not opens:
            continue
        rule = lexicon.by_name("statements")["turn"]
        act = opens.lastgroup or ""
        home = next((n for n in names if n.kind == "organisation" and n.start == name.end + 2), None)
        at_home = home if name.kind == "person" and passage.flat.startswith(", ", name.end) else None
        rest = passage.flat[at_home.end if at_home else name.end :]
        if bracketed:
            said = (_ALONE if len(label) == 1 else _BESIDE).match(rest)
            if said and not any(v.at == 0 for v in verdicts(rest[said.end() :], lexicon)):
                beside = [n for n in names if name.end <= n.start < name.end + said.end() and n.kind == "organisation"]
                sender = name.organisation or (beside[0].name if beside else None)
                return Turn(name._replace(organisation=sender), 0.9, act)
        elif said := rule.regex.match(rest) or (_BRIEF.match(rest) if asked or name.kind == "organisation" else None):
            if "(" in said.group() and any(v.at == 0 for v in verdicts(rest[said.end() :], lexicon)):
                return None  # what was decided about an applicant
            if action_rule(lexicon, "to-do").regex.match(rest[said.end() :]):
                return None  # what they are to do: "Mona: Bestille ny dør"
            return Turn(name._replace(organisation=name.organisation or (at_home.name if at_home else None)), 1.0, act)
    return None


def _short(passage: Passage, names: Sequence[Subject], subjects: Subjects) -> Subject | None:
    """The organisation of somebody there by the first of its words: "Norddal: …" for Norddal Kommune."""
    label = _LABEL.match(passage.flat)
    if label is None or any(name.kind == "person" and name.start < label.end() for name in names):
        return None
    first = label["name"] + " "
    homes = [home for home in subjects.represented if home.startswith(first) and _REST.fullmatch(home, len(first))]
    return Subject(0, label.end("name"), "organisation", homes[0], homes[0]) if len(homes) == 1 else None


def _has_turns(name: Subject, passage: Passage, names: Sequence[Subject], subjects: Subjects) -> bool:
    if name.kind == "person":
        return True
    if name.kind == "role" and not (name.start == 0 and passage.flat.startswith(": ", name.end)):
        return True
    if name.kind == "organisation" and name.name not in subjects.represented and not _SPEAKS.search(passage.flat):
        return False
    if name.start or name.kind not in ("role", "organisation", "party") or not passage.flat.startswith(": ", name.end):
        return False
    return not any(n.start == name.end + 2 and n.kind == "person" for n in names)  # "Udvalget: Mona fortalte …"


def mark_behind(passage: Passage, names: list[Subject], text: str) -> str:
    """The mark behind somebody's initials that open a sentence, where it may be that of a label: "ML, taget er tæt",
    "ML/ taget er tæt", "ML   Taget er tæt."; empty where there is none, or a list of names."""
    if not names or names[0].start or names[0].kind != "person" or not passage.flat[: names[0].end].isupper():
        return ""
    end = names[0].end
    mark = next((mark for mark in _MARKS if passage.flat.startswith(mark, end)), "")
    said = end + len(mark)
    gap = text[passage.offsets[end] : passage.offsets[said]] if mark == " " else ""
    if mark == " " and ((len(gap) < GAP and "\t" not in gap) or passage.flat[-1] not in ".?!"):
        return ""
    return "" if any(name.kind == "person" and name.start == said for name in names[1:2]) else mark


def named_alone(passage: Passage, before: Passage | None, names: Sequence[Subject], lexicon: Lexicon) -> Subject | None:
    """The person whose name is all that a line holds, above points that say what they said; nobody who was elected."""
    if passage.bullet or len(names) != 1 or names[0].kind not in ("person", "role"):
        return None
    if names[0].kind == "role" and (names[0].name == passage.flat[: names[0].end] or not passage.flat.endswith(":")):
        return None
    if before and action_rule(lexicon, "names-follow").regex.search(before.flat):
        return None
    return names[0] if names[0].start == 0 and not passage.flat[names[0].end :].strip(" :.") else None
