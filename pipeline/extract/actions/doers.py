"""Tasks told by a verb of doing, with who stands beside it, before or behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.extract.actions.assigned import clause_end, gapped
from pipeline.extract.owners import Task, action_rule, doing, names_of
from pipeline.extract.passages import Passage
from pipeline.extract.subjects import Subject, Subjects
from pipeline.extract.tense import tells_of_no_talk
from pipeline.lexicon import Lexicon, Rule

__all__ = ["in_heading", "tasks_by_verb"]

_HURRIED = regex.compile(r"(?i)\b(?:inden|senest|snarest)\b")
_AGREED = regex.compile(
    r"(?i)\b(?:aftal(?:t|tes|es|er|te)|beslutte(?:t|des|s|de|r)|enige?|enighed|vedtage[ts]|vedtog"
    r"|konkluder(?:et|edes|es))(?: om)?,? at "
)
_ONE_CLAUSE = regex.compile(r"(?!Det |Den |Dem |Ham )[^;:()–]+(?<!, (?:og|men|så|den|det|dem|ham|de) )")
"""Before the verb whose doer stands behind: what belongs to the same clause ("Er det ikke sket, rykker Mona")."""
_TIMED = regex.compile(r"(?:Til|Inden|Indtil|Senest|Før|I løbet af|I uge|Efter|Derefter|Herefter|Imens|Næste gang)\b")
"""Opens a sentence that says first by when something is to be done: "Inden da maler Mona skuret"."""
_BETWEEN = regex.compile(r"^(?::| [-–]| (?:senest|inden|snarest|ultimo|primo|medio|før|til|i uge|pr\.) [^,;]{1,40})? $")
_GOVERNS = regex.compile(r"(?r) (?:til|på|med|for|om|af|hos|ad)\Z")
"""Behind a verb that ends so stands no doer: "tager ud til Mona"."""
_OTHERS = regex.compile(r"(?ri)(?<!\w)(?:vi|man|de|jeg|I) \Z")
"""Before the verb: then whoever stands behind it is no doer ("Vi inviterer Mona")."""
_ANSWERS = regex.compile(r"(?:.*, så |(?!Næste |HUSK)[^;()>→➔⇒]*(?:[,:]| [–-]) )")
"""Before the doer: what they answer with what they do ("Lyset er gået, Mona køber nyt")."""
_PRONOUN = regex.compile(r"h[au]n\b")
_FRONTED = regex.compile(r"[,;:–] (?:og |men )?(\p{Ll}+(?:en|et|erne|ene) )\Z")
"""What is to be done, right before its verb: "…, kagen bager Mona"."""
_POINTS_BACK = regex.compile(
    r"(?<!\(.*)\p{Ll}+(?: (?:den|det|dem)(?: med(?: næste gang| (?:den |d\. )?\d{1,2}\.? ?\p{L}{3,9})?)?)?\W*"
)
"""What such a task is about stands before it: "Regningen er i orden, Mona betaler den."."""
_OBJECT_AHEAD = regex.compile(
    r"(?:bestiller|booker|køber|henter|bager|laver|skaffer|medbringer|trykker|printer|arrangerer|ordner"
    r"|klarer|maler|reserverer|indkøber|monterer|reparerer|omdeler|uddeler|udsender)"
    r"(?: (?:til|hos|inden|senest|hjem|ind|fra|på|i|ud)\b|\W*\Z)"
)
"""A verb that lacks its object, which stands before the doer: "Kaffe og kage, Mona bestiller til 50"."""
_THING = regex.compile(r"\p{Lu}[^.,:;?!]{2,60}?(?:[,:] | [–-] | )")
_RELATIVE = (", som ", ", der ")
"""Between the one who is to do something and the verb: "sendes til kassereren, som indhenter tilbud"."""
_CLEFT = regex.compile(r"(?:^|[,;] (?:og |men |så )?)(?i:det) (?:er|bliver) \Z")
"""Before the one who is to do it: "Det er Mona, der maler skuret"."""
_REPORTED = regex.compile(r"\p{Ll}+(?:ede|te|d|ulle|ille|tog)\b|har |fik ")
"""A verb that tells what somebody said they would do."""
_AHEAD = regex.compile(r" (?:\p{Ll}{3,}r (?:(?!at\b|som\b|der\b|om\b|hvis\b)[^ ,;:]+ ){0,10}og )?")
"""From who opens the sentence to what they do: a sentence that goes on with what they say is a task all the same."""
_SAYS = regex.compile(
    r"(?:be)?svarer|præsenterer|fore?lægger|fremlægger|uddyber|belyser|analyserer|orienterer|underretter|gør|efterlyser"
    r"|søger|deltager|giver|retter|skriver|beskriver|ser|varsler|skitserer|stiller|tager|vil|skal|må|har|kan"
)
"""A verb that can itself be what is told."""
_WILLING = regex.compile(
    r"(?P<vague>vil) (?:gerne\b|\p{Ll}+ (?:[^ ,.;]+ ){0,3}for (?:kr\.? ?)?\d)|har (?:lovet|tilbudt|sagt ja)|tilb[øy]d"
)
"""What organisations promise is told, and what those who were not there would do: "Telia vil gerne grave"."""
_BOUND = regex.compile(r", (?:og )?(?:som|hvor|idet) \Z")
_SOON = regex.compile(r"(?i)\b(?:næste (?:møde|gang)|inden|senest|mødet (?:i|den)|idet)\b")
"""In a sentence whose subordinate clause tells a task: ", som Mona skriver inden jul"."""
_CLAUSES = (", ", "; ", ", og ", "– ", ", men ", ", så ")
"""Before a main clause."""
_PASSIVE = frozenset({"task-by", "task-by-person"})
SHORT = 30
"""A sentence no longer than this that says nothing but what somebody does ("Mona bager.") is a task in any minutes."""
LONG = 0.6
"""A task is quoted from its verb on, unless those who do it take up more than this part of it, or from the verb on
it is less than `LEAST` of the sentence: then with them."""
LEAST = 0.62


def tasks_by_verb(
    passage: Passage, names: list[Subject], subjects: Subjects, *, past: bool, settled: bool, told: bool = False
) -> Iterator[Task]:
    """The tasks of a sentence that a verb of doing tells, in their order; `past` in minutes told in the past tense,
    `settled` where a decision or a task stands right before or a deadline in it. Of a sentence that is `told`, those
    of main clauses: "Mona efterlyste lys; Bo skriver til kommunen"."""
    flat, lexicon = passage.flat, subjects.lexicon
    last: Task | None = None
    last_verb = 0
    terse = tells_of_no_talk(subjects.document.text, lexicon)
    for start, end, rule in _verbs(flat, lexicon):
        if last and start < last.end:
            joined = rule.value == "task" and flat[:start].endswith(" og ")
            if joined and _is_dated(passage, (last_verb, start), subjects):
                yield last._replace(end=start - 4)
                last, last_verb = Task(start, clause_end(flat, end, lexicon), last.who, rule), end
            continue
        agreed = _AGREED.search(flat, 0, start) is not None
        hurried = agreed or _HURRIED.search(flat)
        if rule.value == "task-weak" and not (past or terse or len(flat) <= SHORT or hurried):
            continue
        if rule.value == "task-agreed" and not agreed:
            continue
        if rule.value == "task-past" and not past:
            continue
        group = _doers(passage, (start, end), rule, names, subjects, past=past, settled=settled or agreed)
        willing = _WILLING.match(flat, start) if rule.name == "is-to" else None
        if willing and _are_strangers(group, subjects, persons=willing["vague"] is not None):
            continue
        begin = min(group[0].start, start) if group else start
        bound = bool(group) and _is_bound(flat, group[0], rule)
        if not group or (
            not bound and action_rule(lexicon, "not-a-task").regex.search(flat[max(0, begin - 40) : begin])
        ):
            continue
        promise = rule.value == "task" and begin < start and not _REPORTED.match(flat, start)
        ahead = begin == 0 and _AHEAD.fullmatch(flat, group[-1].end, start) and not _SAYS.match(flat, start)
        if told and not (promise and (ahead or _opens_clause(flat, begin, past=past))):
            continue
        close = clause_end(flat, end, lexicon)
        habit = action_rule(lexicon, "habit").regex
        if habit.search(flat, start, close) or habit.match(flat):
            continue
        if last:
            yield last
        place = _place(flat, (start, end, close), group, rule, last)
        last, last_verb = Task(place, close, names_of(group), rule), end
        shared = list(gapped(flat, last, (start, end), names, lexicon))
        if shared:
            yield last
            yield from shared
            return
    if last:
        yield last


def _are_strangers(group: Sequence[Subject], subjects: Subjects, *, persons: bool) -> bool:
    """Whether all who are to act are organisations or, where the minutes tell who was there, `persons` who were not."""
    return bool(subjects.present) and all(
        one.kind == "organisation" or (persons and one.kind == "person" and one.name not in subjects.present)
        for one in group
    )


def _place(flat: str, verb: tuple[int, int, int], group: Sequence[Subject], rule: Rule, last: Task | None) -> int:
    """Where the quote of a task begins whose `verb` starts, ends and closes its clause there: see `LONG`."""
    start, end, close = verb
    begin = min(group[0].start, start)
    behind = group[0].start >= end
    long = group[0].start < start and start - group[0].start > LONG * (close - start)
    less = close - start < LEAST * len(flat) and not (last and begin < last.end)
    back = behind and flat[:start].endswith(" det ")
    back = back or _BOUND.search(flat, 0, begin) is not None
    back = back or (flat[:begin].endswith(" (") and not flat[close:].strip(" )."))
    back = back or flat[:start].endswith(_RELATIVE) or _POINTS_BACK.fullmatch(flat, start, close) is not None
    back = back or (_OBJECT_AHEAD.match(flat, start) is not None and _THING.fullmatch(flat, 0, begin) is not None)
    last_word = behind and "," not in flat[:start] and not flat[group[-1].end : close].strip(" .")
    back = back or (last_word and _THING.fullmatch(flat, 0, start) is not None)
    fronted = _FRONTED.search(flat, 0, start) if behind else None
    turned = less and behind and not fronted and _ONE_CLAUSE.fullmatch(flat, 0, start) is not None
    answers = group[0].kind in ("person", "role") and not _PRONOUN.match(flat, begin)
    turned = turned or (less and answers and _ANSWERS.fullmatch(flat, 0, begin) is not None)
    if rule.value in _PASSIVE or ((back or turned) and not last):
        return 0
    if fronted:
        return fronted.start(1)
    return begin if back or long or less or rule.value == "task-right" else start


def _is_bound(flat: str, doer: Subject, rule: Rule) -> bool:
    """Whether a subordinate clause opens with a doer, and the sentence says by when: ", som Mona skriver inden jul"."""
    told = rule.value == "task" and rule.name != "is-to" and _BOUND.search(flat, 0, doer.start) is not None
    return told and _SOON.search(flat) is not None


def _opens_clause(flat: str, begin: int, *, past: bool) -> bool:
    """Whether a main clause begins there: in minutes told in the present tense the first one is what is told."""
    return past if begin == 0 else flat[:begin].endswith(_CLAUSES)


def in_heading(heading: Passage, subjects: Subjects) -> Task | None:
    """The task that a heading is: "Mona køber flere mopper" in terse notes."""
    names = subjects.of(heading)
    rule = action_rule(subjects.lexicon, "promises")
    group = subjects.group_after(names, heading.flat, 0) if names and names[0].start == 0 else []
    if group and all(name.kind == "person" for name in group) and rule.regex.match(heading.flat, group[-1].end + 1):
        return Task(0, len(heading.flat), names_of(group), rule)
    return None


def _verbs(flat: str, lexicon: Lexicon) -> list[tuple[int, int, Rule]]:
    places = [(*match.span(), rule) for rule, match in doing(lexicon).matches(flat)]
    return sorted(places, key=lambda place: place[:2])


def _is_dated(passage: Passage, between: tuple[int, int], subjects: Subjects) -> bool:
    """Whether both parts of a coordination name a date: two deadlines are two tasks."""
    places = [passage.locate(d.start) for d in subjects.document.dates_in(passage.start, passage.end)]
    return any(between[0] <= p < between[1] for p in places) and any(p > between[1] for p in places)


def _doers(
    passage: Passage,
    verb: tuple[int, int],
    rule: Rule,
    names: list[Subject],
    subjects: Subjects,
    *,
    past: bool,
    settled: bool,
) -> list[Subject]:
    """Who a verb says is to act; the meeting's own body is none, nor is an organisation where no decision stands."""
    flat = passage.flat
    start, end = verb
    group: list[Subject] = []
    right = subjects.behind(names, end)
    for left in subjects.before(names, start):
        between = flat[names[left].end : start]
        if rule.value in ("task", "task-weak", "task-past", "task-agreed") and (
            subjects.governs(names[left], flat, start) or _BETWEEN.match(between)
        ):
            group = _of_clause(subjects.group(names, flat, left), flat, subjects)
            bound = _is_bound(flat, group[0], rule)
            if bound or not subjects.is_governed(group[0], flat) or flat[: group[0].start].endswith("at "):
                break
            group = []
    weak = rule.value == "task-weak"
    concludes = passage.section == "decision" or settled
    given = concludes or _hands_over(flat, start, subjects)
    if not group and rule.value == "task" and given and (near := subjects.before(names, start)):
        group = [names[near[0]]] if flat[names[near[0]].end : start] in _RELATIVE else []
    if not group and rule.value == "task" and (near := subjects.before(names, start)):
        cleft = _CLEFT.search(flat, 0, names[near[0]].start)
        group = [names[near[0]]] if cleft and flat[names[near[0]].end : start] in _RELATIVE else []
    if (
        not group
        and rule.value == "task"
        and names
        and names[0].start == 0
        and flat[:start].endswith((" og ", " men "))
    ):
        first = subjects.group_after(names, flat, 0)
        others = [n for n in names[len(first) :] if n.start < start and not subjects.is_governed(n, flat)]
        if right == len(first) or not others:
            group = first
    opens = start > 0 or rule.value in _PASSIVE
    governed = _GOVERNS.search(flat, 0, end) is not None or _OTHERS.search(flat, 0, start) is not None
    if right is not None and names[right].kind == "role" and names[right].name == flat[slice(*names[right][:2])]:
        opener = subjects.lexicon.by_name("speakers")["opener"].regex
        governed = governed or not (opener.match(flat) or _TIMED.match(flat))  # "Foreningen betaler entreprenøren"
    if rule.name == "asks-somebody":
        if right is not None and names[right].start == end + 1 and names[right].name in subjects.present:
            return []  # said at the meeting
        right = None
    if rule.value not in _PASSIVE and governed:
        right = None
    if (
        not group
        and right is not None
        and opens
        and (not weak or _TIMED.match(flat))
        and subjects.follows(names[right], flat, end)
    ):
        group = subjects.group_after(names, flat, right)
    attends = all(s.kind != "organisation" or s.name in subjects.represented for s in group)
    now = past and (rule.name in ("promises", "comes-with") or _HURRIED.search(flat) is not None)
    decided = rule.value == "task-by" or (concludes and (attends or not weak)) or (now and attends)
    named = weak or rule.value == "task-by-person"
    unfit = (
        {"body", "pronoun"} | (set() if decided else {"organisation"}) | ({"role"} if named and not settled else set())
    )
    return [] if any(s.kind in unfit for s in group) else group


def _of_clause(group: list[Subject], flat: str, subjects: Subjects) -> list[Subject]:
    """Of joined names those that have a verb: behind a comma where the first is governed ("hos Bo, Ida laver")."""
    cuts = [k for k in range(1, len(group)) if flat[group[k - 1].end : group[k].start] in (", og ", ", ")]
    if not cuts or flat[: group[0].start].endswith("at "):
        return group
    return group[cuts[-1] :] if subjects.is_governed(group[0], flat) else group


def _hands_over(flat: str, verb: int, subjects: Subjects) -> bool:
    """Whether a sentence leaves a case to somebody before it says what they do: "overlades til X, som indhenter"."""
    return action_rule(subjects.lexicon, "hands-over").regex.search(flat, 0, verb) is not None
