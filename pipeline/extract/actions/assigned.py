"""Tasks told by the form of a sentence rather than by its verb: behind a label, with what is to be done first, asked of
somebody, promised, or given to nobody by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from pipeline.extract.owners import SHORTEST, Task, action_rule, names_of, only_names
from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject, Subjects
from pipeline.lexicon import Lexicon, Rule

__all__ = [
    "asked",
    "clause_end",
    "gapped",
    "labelled",
    "laid_on",
    "noted",
    "object_first",
    "object_inside",
    "party",
    "promised",
    "stranger",
]

LONGEST = 90
"""A sentence that puts first what is to be done is no longer."""
_LABEL = regex.compile(r"(?P<label>\p{L}[^:?!;()]{1,40}?)(?: ?:| [-–]) (?=\p{L})")
_TO = regex.compile(
    r" (?:(?:bemyndigelse|mandat|fuldmagt|ansvaret|ansvar|opgaven|opgave|job|tur|lod|lov|grønt lys) )?"
    r"(?:om |til |for |med )?at "
)
_ASKED_TO = regex.compile(r",? (?:om |til )?at ")
_BARE = regex.compile(r" (?=(?:komme|\p{Ll}{3,}e|se|gå|få)\b)")
"""Behind the one who is asked, where "at" is left out: "bad forvaltningen undersøge"."""
_NEXT = regex.compile(r" (?:[a-zæøå]+ )?")
_TITLE = regex.compile(r" (?:\p{Ll}+ ){0,2}")
_PREPOSITION = regex.compile(r" (for|af|med)\b")
_SHARES = regex.compile(r"[;,](?: og| mens)? \Z")
_AND = regex.compile(r" ?(?:\+|\bog\b|&|/|,) ?")
_ALL = ("Alle", "Begge", "Samtlige")
_VERBS = (
    *("promises", "handles", "comes-with", "is-to", "hands-in", "gets-done", "brings-along", "takes-up"),
    *("goes-on", "goes-round", "works-on"),
)
"""What a party that nobody names can be given to do."""
_OFFICE = regex.compile(r"(?<!e[nt]|ne)\Z")
"""Ends a word that is not in the definite form."""
_OWNER = regex.compile(r"(?: [-–]|:) \Z")
_PARTS = regex.compile(
    r"(?P<part>\S.*?)(?:(?:;|, (?:og|men|mens))"
    r"(?= (?:[Aa]lle |de )?(?:\p{Lu}[\w-]+|\p{Ll}{3,}(?:en|et|ne|er)) \p{Ll}{2,}r\b)"
    r"|(?<= \p{Ll}{2,20}r [^,;]{3,60}),(?= \p{Lu}[\w-]+(?: \p{Lu}[\w-]+| og \p{Lu}[\w-]+){0,2} \p{Ll}{2,}r\b)|$)\s?"
)
"""A part ends where another doer comes in with a verb in the present tense."""


def asked(passage: Passage, names: list[Subject], subjects: Subjects) -> Task | None:
    """ "Udvalget bad forvaltningen om at indhente tilbud": the task of the one who is asked."""
    flat = passage.flat
    rule = action_rule(subjects.lexicon, "is-asked")
    for match in rule.regex.finditer(flat):
        left = subjects.before(names, match.start())
        doer = subjects.behind(names, match.end())
        meeting = left and names[left[0]].kind == "body" and subjects.governs(names[left[0]], flat, match.start())
        if not meeting or doer is None or not _NEXT.fullmatch(flat, match.end(), names[doer].start):
            continue
        group = subjects.group_after(names, flat, doer)
        to = _BARE.match(flat, group[-1].end) or _ASKED_TO.search(flat, group[-1].end)
        if to and all(s.kind not in ("body", "pronoun") for s in group):
            return Task(to.end(), clause_end(flat, to.end(), subjects.lexicon), names_of(group), rule)
    return None


def laid_on(passage: Passage, names: list[Subject], subjects: Subjects) -> Task | None:
    """ "Det påhviler teknisk chef Mona Lind at aflæse målerne", "lovede kassereren at spørge"."""
    flat = passage.flat
    rule = action_rule(subjects.lexicon, "laid-on")
    for match in rule.regex.finditer(flat):
        doer = subjects.behind(names, match.end())
        if (
            doer is not None
            and names[doer].kind != "pronoun"
            and _TITLE.fullmatch(flat, match.end(), names[doer].start)
        ):
            group = subjects.group_after(names, flat, doer)
            if _TO.match(flat, group[-1].end):
                return Task(0, clause_end(flat, group[-1].end, subjects.lexicon), names_of(group), rule)
    return None


def promised(passage: Passage, names: list[Subject], subjects: Subjects) -> Task | None:
    """What is laid on somebody, and "Mona lovede at spørge"."""
    if duty := laid_on(passage, names, subjects):
        return duty
    flat = passage.flat
    rule = action_rule(subjects.lexicon, "promised")
    for match in rule.regex.finditer(flat):
        for left in subjects.before(names, match.start()):
            if names[left].kind in ("person", "role") and subjects.governs(names[left], flat, match.start()):
                group = subjects.group(names, flat, left)
                return Task(group[0].start, clause_end(flat, match.end(), subjects.lexicon), names_of(group), rule)
    return None


def object_first(flat: str, names: list[Subject], lexicon: Lexicon) -> Task | None:
    """ "Rykkerne klarer Mona." """
    rule = action_rule(lexicon, "object-first")
    opens = names and names[0].start == 0 and names[0].kind == "person"
    match = rule.regex.match(flat) if len(flat) <= LONGEST and not opens else None
    doer = next((n for n in names if match and n.start == match.end() + 1 and n.kind == "person"), None)
    if doer is None or action_rule(lexicon, "habit").regex.match(flat):
        return None
    return Task(0, clause_end(flat, doer.end, lexicon), (doer.name,), rule)


def noted(flat: str, names: Sequence[Subject], lexicon: Lexicon, *, past: bool) -> Task | None:
    """A point of terse notes that gives a task to nobody by name ("Vi skal finde præmier", "Find en dato i maj"), or to
    whose name stands before it ("Mona: finde en dato"): that one also in minutes told in the `past` tense."""
    label = _LABEL.match(flat)
    owners = [n for n in names if label and n.end <= label.end("label")]
    named = label and only_names(label["label"], 0, owners, action_rule(lexicon, "owner-alone"))
    places: list[tuple[int, tuple[str, ...]]] = [] if past else [(0, ())]
    places += [(label.end(), names_of(owners) if named else ())] if label and (named or not past) else []
    for place, who in places:
        for rule in _points(lexicon):
            if (who or rule.value == "point") and (match := rule.regex.match(flat[place:])):
                return Task(place + match.end(), clause_end(flat, place + match.end(), lexicon), who, rule)
    return None


@cache
def _points(lexicon: Lexicon) -> tuple[Rule, ...]:
    return tuple(rule for rule in lexicon.rules("actions") if rule.value in ("point", "point-named"))


def labelled(flat: str, begin: int, names: Sequence[Subject], lexicon: Lexicon) -> Iterator[Task]:
    """The tasks behind a label ("Næste skridt: …") or an arrow, one for each part of the sentence.

    Whoever opens it with a verb in the present tense behind the name is to do it, also where they are named by a noun
    ("Parterne sender"); or whose name stands alone at its end ("Tilladelse - Mona").
    """
    rule = action_rule(lexicon, "task-label")
    for part in _PARTS.finditer(flat, begin):
        start, end = part.span("part")
        within = [n for n in names if start <= n.start < end and n.kind not in ("body", "pronoun")]
        first = next((n for n in names if n.start == start), None)
        doers = action_rule(lexicon, "doer" if first else "doer-noun").regex.match(flat, start, end)
        if doers and (not first or first in within):
            turned = [n for n in within if n.kind == "person" and n.start == doers.end() + 1] if not first else []
            group = turned or [n for n in within if n.start < doers.end("who")]
            yield Task(start, end, names_of(group) or tuple(_AND.split(doers["who"])), rule)
            continue
        mark = _OWNER.search(flat, start, within[0].start) if within else None
        beside = action_rule(lexicon, "owner-alone")
        if mark and mark.start() - start >= SHORTEST and only_names(flat[:end], mark.end(), within, beside):
            yield Task(start, end, names_of(within), rule)


def object_inside(flat: str, names: Sequence[Subject], lexicon: Lexicon, *, told: bool) -> Task | None:
    """ "Folderen mangler; den skriver Mona", "Scenen skaffer Mona": in a sentence that is `told`, its end."""
    rule = action_rule(lexicon, "object-first-inside")
    for match in rule.regex.finditer(flat):
        doer = next((n for n in names if n.start == match.end() + 1 and n.kind in ("person", "role")), None)
        if doer and not (told and match.start() == 0):
            whole = match["back"] and (not told or match.group().startswith(", og "))
            start = 0 if whole else match.start("task")
            return Task(start, clause_end(flat, doer.end, lexicon), (doer.name,), rule)
    return None


def party(flat: str, lexicon: Lexicon, *, concludes: bool) -> Task | None:
    """ "Programmet melder skriftligt tilbage": what a party that nobody names does, where a meeting concludes.

    "Alle læser planen igennem" is a task anywhere.
    """
    rule = action_rule(lexicon, "party")
    match = rule.regex.match(flat)
    verbs = [action_rule(lexicon, name).regex for name in _VERBS]
    if match and action_rule(lexicon, "habit").regex.search(flat, match.end()):
        return None
    if match and (concludes or match["who"] in _ALL) and any(verb.match(flat, match.end()) for verb in verbs):
        return Task(0, clause_end(flat, match.end(), lexicon), (match["who"],), rule)
    return None


def stranger(flat: str, names: Sequence[Subject], subjects: Subjects) -> Task | None:
    """ "Jytte W. kontakter dem": the task of one with a first name or initials who is none of those known."""
    rule = action_rule(subjects.lexicon, "stranger")
    if action_rule(subjects.lexicon, "habit").regex.search(flat):
        return None
    starts = {name.start for name in names if name.kind in ("person", "body")}
    called = {name.split()[0] for name in subjects.present}
    for match in rule.regex.finditer(flat, overlapped=True):
        plain = match["plain"]
        known = not plain or plain in called or (plain[0].isupper() and subjects.lexicon.names.is_first(plain))
        known = known or all(_OFFICE.search(w) and subjects.lexicon.roles.group(w) for w in plain.split(" og "))
        known = known and match.start("who") not in starts
        if known and any(action_rule(subjects.lexicon, name).regex.match(flat, match.end()) for name in _VERBS):
            return Task(0, clause_end(flat, match.end(), subjects.lexicon), (match["who"],), rule)
    return None


def gapped(flat: str, task: Task, verb: tuple[int, int], names: Sequence[Subject], lexicon: Lexicon) -> Iterator[Task]:
    """The tasks that share the verb of the one before: "Mona sørger for kaffe; Kim for brød"."""
    preposition = _PREPOSITION.search(flat, verb[0], verb[1] + 4)
    for name in names if preposition else ():
        joined = name.start > task.end - 1 and name.kind == "person" and _SHARES.search(flat, 0, name.start)
        if preposition and joined and flat.startswith(f" {preposition[1]} ", name.end):
            yield Task(name.start, clause_end(flat, name.end, lexicon), (name.name,), task.rule)


def clause_end(flat: str, start: int, lexicon: Lexicon) -> int:
    for match in action_rule(lexicon, "clause-end").regex.finditer(flat, start):
        if match.group() != ")" or "(" not in flat[start : match.start()]:
            return match.start()
    return len(flat)
