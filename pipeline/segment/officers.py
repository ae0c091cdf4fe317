"""Who led the meeting and who took the minutes."""

from __future__ import annotations

import regex

from pipeline.layout import sentences
from pipeline.lexicon import Rule
from pipeline.segment.headings import Page, label_at
from pipeline.segment.initials import by_initials
from pipeline.segment.people import Group, attendees
from pipeline.segment.signed import signatures, signed_alone, with_initials
from pipeline.values import AgendaItem, Attendee, Found, Span

__all__ = ["officers"]

FIELDS = {
    "dirigent": "chair",
    "ordstyrer": "chair",
    "mødeleder": "chair",
    "referent": "minute_taker",
    "referant": "minute_taker",
    "ref.": "minute_taker",
    "pennen": "minute_taker",
    "pennefør": "minute_taker",
    "protokolfør": "minute_taker",
    "skriver": "minute_taker",
    "ledede": "chair",
    "ledet": "chair",
    "styret": "chair",
    "ledte": "chair",
    "leder mødet": "chair",
    "styrer mødet": "chair",
    "styrer ordet": "chair",
    "fører ordet": "chair",
    "styrede": "chair",
    "førte ordet": "chair",
    "forsædet": "chair",
    "bordenden": "chair",
    "referat": "minute_taker",
    "protokol": "minute_taker",
    "skrev": "minute_taker",
    "noterede": "minute_taker",
    "noter": "minute_taker",
}

ALONE = 60
"""A name that stands apart from its label has a line of at most so many characters."""

_ELECTED = regex.compile(r"(?i)\b(?:valgt|valgtes|valgte|genvalgt|foreslået)\b")
_CHAIR_ROLE = regex.compile(
    r"(?i)(?<!næst)(?<!vice)(?<!\w)(?P<kind>(?!næst|vice)\w*?)(?:form[aæ]nd|forperson|forkvinde|borgmester|\bfmd|forumleder|udvalgsleder)\b"
    r"(?:\s+(?:for|i)\s+(?P<of>[^,;]+))?"
)
_NAME_LAST = regex.compile(r"(?<!\p{Lu}\p{L}* )(?P<name>\p{Lu}\p{L}+(?:[ -]\p{Lu}[\p{L}.]*){1,3})\s*$")
_SHORT_WRITER = regex.compile(r"(?:^|[ ,/])ref\.?$")
_SECRETARY = regex.compile(r"[^\n:;.]{0,80}?[\s(/,](?:\p{Ll}+s\s+)?[Ss]ekretær(?:en)?\s*(?=[\n,;.)]|$)")
_CHAIR = regex.compile(
    r"(?P<name>\p{Lu}[\p{L}-]+(?:[ \t]+(?:de|von|van|af)[ \t]+)?(?:[ \t]+\p{Lu}[\p{L}-]+){1,4})"
    r"\s+\((?:udvalgs|bestyrelses|råds)?(?:form[aæ]nd|forperson|forkvinde)\)(?!\s+(?:for|fra|i)\s+\p{Lu})"
)

Officers = dict[str, Attendee]


def officers(
    page: Page, present: tuple[Attendee, ...], items: tuple[AgendaItem, ...], body: str | None = None
) -> Officers:
    """The chair and the minute taker, as the people that the document names.

    A label ("Referent: …") counts before the role beside a name, that before an election in the minutes, and the
    chair of the body counts as chair of the meeting where nobody else is named.
    """
    found: Officers = {}
    _by_label(page, present, found)
    _by_role(present, found, ("mødeleder", "ordstyrer", "dirigent"))
    _by_inside(page, present, found)
    _by_election(page, present, items, found)
    _by_role(present, found, ())
    _by_signature(page, present, found)
    _by_secretary(page, present, found)
    _by_chair(present, found, body)
    _by_bracket(page, items, found, body)
    return {name: _fullest(person, present) for name, person in found.items()}


def _put(found: Officers, name: str, people: list[Attendee]) -> None:
    if people and name not in found:
        found[name] = people[0]


def _people(page: Page, start: int, end: int, rule: str) -> list[Attendee]:
    return attendees(page.text, Span(start, min(end, start + 400)), page.lexicon, Group(), f"attendance/{rule}")


def _by_label(page: Page, present: tuple[Attendee, ...], found: Officers) -> None:
    for i in range(len(page.lines)):
        if not page.printed(i) or page.lines[i].end - page.lines[i].body > 200:
            continue
        label = label_at(page, i)
        if label is None:
            continue
        rule, start = label
        if rule.value in ("chair", "minute_taker"):
            end = page.lines[i].end
            if not page.text[start:end].strip():  # the name stands on the next line
                below = page.following[i]
                if below > min(i + 2, len(page.lines) - 1) or (below > i + 1 and len(page.content(below)) > ALONE):
                    continue
                start, end = page.lines[below].body, page.lines[below].end
            _put(found, rule.value, _named(page, present, start, end, rule.name))
        elif rule.value == "officers":
            people = _people(page, start, page.lines[i].end, rule.name)
            _put(found, "chair", people)
            _put(found, "minute_taker", people[-1:])
        elif rule.value == "facilitators":
            after = page.following[i]
            while after < len(page.lines) and (page.lines[after].bullet or after == i + 1):
                people = _people(page, page.lines[after].body, page.lines[after].end, rule.name)
                _by_role(tuple(people), found, tuple(FIELDS))
                after = page.following[after]


def _named(page: Page, present: tuple[Attendee, ...], start: int, end: int, rule: str) -> list[Attendee]:
    return (
        _by_initials(page, present, start, end)
        or by_initials(page, Span(start, end), rule)
        or with_initials(page, Span(start, end), present, rule)
        or _people(page, start, end, rule)
        or _by_ends(page, present, start, end)
    )


def _by_initials(page: Page, present: tuple[Attendee, ...], start: int, end: int) -> list[Attendee]:
    """The attendee behind whose name these initials stand in brackets."""
    initials = page.text[start:end].strip(" .()")
    if not regex.fullmatch(r"\p{Lu}\p{L}{1,3}", initials):
        return []
    return [p for p in present if regex.match(rf"\s*\({initials}\)", page.text[p.end : p.end + 12])]


def _by_ends(page: Page, present: tuple[Attendee, ...], start: int, end: int) -> list[Attendee]:
    """The attendee whose first and last name stand here around a damaged middle."""
    words = regex.split(r"[,(\n]", page.text[start:end].strip())[0].split()
    alike = [p for p in present if len(words) > 2 and (p.name.split()[0], p.name.split()[-1]) == (words[0], words[-1])]
    return alike if len(alike) == 1 else []


def _fullest(person: Attendee, present: tuple[Attendee, ...]) -> Attendee:
    """The attendee whom a first or a last name alone means, where only one has it."""
    if " " in person.name:
        return person
    firsts = [p for p in present if p.name.split()[0] == person.name]
    alike = firsts or [p for p in present if p.name.split()[-1] == person.name]
    return alike[0] if len(alike) == 1 else person


def _by_role(people: tuple[Attendee, ...], found: Officers, words: tuple[str, ...]) -> None:
    """By the role printed beside a name: one of `words`; whoever writes the minutes counts always."""
    for person in people:
        role = (person.role or "").casefold()
        for word, name in FIELDS.items():
            if word in role and (word in words or name == "minute_taker"):
                _put(found, name, [person])
        if _SHORT_WRITER.search(role):
            _put(found, "minute_taker", [person])


def _by_secretary(page: Page, people: tuple[Attendee, ...], found: Officers) -> None:
    """The one secretary in the lists, where nobody else is said to have written; a title in front is a post."""
    writers = [p for p in people if "sekretær" in (p.role or "").casefold() and _SECRETARY.match(page.text, p.end)]
    if len(writers) == 1:
        _put(found, "minute_taker", writers)


def _by_chair(people: tuple[Attendee, ...], found: Officers, body: str | None) -> None:
    """The body's own chair: not that of another body ("formand for Sejlklubben"), a plain "formand" first."""
    ranked: list[tuple[int, Attendee]] = []
    for person in people:
        match = _CHAIR_ROLE.search(person.role or "")
        if match is None:
            continue
        of = (match["of"] or "").casefold()
        if of and not any(len(word) > 3 and word[:6] in (body or "").casefold() for word in regex.findall(r"\w+", of)):
            continue
        ranked.append((match["kind"].casefold() in ("lands", "kreds", "klub", "afdelings"), person))
    _put(found, "chair", [person for _, person in sorted(ranked, key=lambda each: each[0])])


def _by_signature(page: Page, present: tuple[Attendee, ...], found: Officers) -> None:
    for office, people in signatures(page, present):
        names = _fields(office)
        if not names and page.lexicon.roles.group(office) in ("chair", "minute_taker"):
            names = [page.lexicon.roles.group(office) or ""]
        for name in names:
            _put(found, name, people)
    if "minute_taker" not in found:
        _put(found, "minute_taker", signed_alone(page, present))


def _by_inside(page: Page, present: tuple[Attendee, ...], found: Officers) -> None:
    """Labels behind something else on their line: "Slut kl. 21. Ref.: KD"."""
    rule = page.rules("attendance", "officer-inside")[0]
    for match in rule.regex.finditer(page.text):
        end = page.text.find("\n", match.end())
        stop = regex.search(r"[.,;]\s", page.text[match.end() : end if end >= 0 else len(page.text)])
        end = match.end() + stop.start() if stop else end if end >= 0 else len(page.text)
        for name in _fields(match["roles"]) or ["minute_taker"]:
            _put(found, name, _named(page, present, match.end(), end, rule.name))


def _by_election(page: Page, present: tuple[Attendee, ...], items: tuple[AgendaItem, ...], found: Officers) -> None:
    rules = {
        value: _rule(page, value) for value in ("elected-behind", "elected-also", "elected-ahead", "election-heading")
    }
    ends = items[min(2, len(items) - 1)].end if items else min(len(page.text), 6000)
    spans = sentences(page.text, 0, ends)
    topic: list[str] = []
    for whole in spans:
        span, content = whole, page.text[whole.start : whole.end]
        heading = rules["election-heading"].regex.search(content)
        if heading and len(content) < 160:
            topic = _fields(heading["roles"])
            below = content.find("\n", heading.end())
            if below > 0 and content[:below].strip(" .:)\n").endswith(heading["roles"].strip()):  # a heading of its own
                span = Span(span.start + below + 1, span.end)
                content, heading = page.text[span.start : span.end], None
        if heading and len(content) < 160:
            rest = span.start + heading.end()
            if page.text[rest : span.end].strip(" .:\n") and _ELECTED.search(page.text, rest, span.end):
                people = _people(page, rest, span.end, "election-heading")
                for name in topic if people else ():
                    _put(found, name, people)
            continue
        if match := rules["elected-ahead"].regex.search(content):
            people = _people(page, span.start + match.end(), span.end, "elected-ahead")
            names = _fields(match["roles"] or match["role2"] or "") or topic
            for name in names:
                _put(found, name, people)
        if rules["elected-behind"].regex.search(content):
            _told_behind(page, span, rules, found)
        elif topic and not match:
            people = _named(page, present, span.start, span.end, "election-heading")
            alone = len(content) < 60 and people and people[0].start - span.start < 3
            if people and (alone or _ELECTED.search(content)):
                for name in topic:
                    _put(found, name, people)
            topic = []


def _told_behind(page: Page, span: Span, rules: dict[str, Rule], found: Officers) -> None:
    """The officers of a sentence that names each before what they did: "Ib styrede ordet, og Karen skrev."."""
    content, start = page.text[span.start : span.end], 0
    matches = [(match, "elected-behind") for match in rules["elected-behind"].regex.finditer(content)]
    also = rules["elected-also"].regex.finditer(content, matches[0][0].end())
    matches += [
        (m, "elected-also") for m in also if all(m.start("roles") != match.start("roles") for match, _ in matches)
    ]
    for match, rule in sorted(matches, key=lambda each: each[0].start()):
        words = Span(span.start + start, span.start + match.start())
        last = regex.search(r"\S+\s*$", page.text[words.start : words.end])
        initials = by_initials(page, Span(words.start + last.start(), words.end), f"attendance/{rule}") if last else []
        tail = _NAME_LAST.search(page.text, *words)
        nearest = _people(page, *tail.span("name"), rule) if tail else []
        people = initials or (nearest if len(nearest) == 1 else _people(page, *words, rule))
        for name in _fields(match["roles"]):
            _put(found, name, people[-1:])
        start = match.end()


def _fields(roles: str) -> list[str]:
    return list(dict.fromkeys(name for word, name in FIELDS.items() if word in roles.casefold()))


def _rule(page: Page, value: str) -> Rule:
    return next(rule for rule in page.lexicon.rules("attendance") if rule.value == value)


def _by_bracket(page: Page, items: tuple[AgendaItem, ...], found: Officers, body: str | None) -> None:
    """Somebody whose bracket says that they are the chair: the only one, or who welcomes the others."""
    if "chair" in found or not items:
        return
    names = {match["name"]: match for match in _CHAIR.finditer(page.text)}
    if len(names) == 1:
        match = next(iter(names.values()))
        _put(found, "chair", _people(page, match.start(), match.end("name"), "chair-bracket"))
    welcomed = _rule(page, "welcomed").regex.search(page.text, 0, items[0].end)
    if welcomed:
        start = max(page.text.rfind("\n\n", 0, welcomed.start()), page.text.rfind(". ", 0, welcomed.start()), 0)
        _by_chair(tuple(_people(page, start, welcomed.start(), "welcomed")), found, body)


def grounds(found: Officers) -> list[tuple[str, Found]]:
    """Where the officers are named."""
    return [(name, Found(start=p.start, end=p.end, rule=p.rule, confidence=p.confidence)) for name, p in found.items()]
