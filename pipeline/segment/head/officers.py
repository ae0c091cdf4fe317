"""Who led the meeting and who took the minutes."""

from __future__ import annotations

import regex

from pipeline.segment.attendance.posts_given import are_posts_given
from pipeline.segment.head.elected import by_election
from pipeline.segment.head.hinted import by_last_line, by_title, hinted
from pipeline.segment.head.offices import by_beside, by_columns, by_inside, by_office
from pipeline.segment.head.posts import FIELDS, Officers, fields_of, named, people_in, put, rule_of
from pipeline.segment.head.signed import signatures, signed_alone
from pipeline.segment.headings import Page, label_at
from pipeline.values import AgendaItem, Attendee, Found

__all__ = ["grounds", "is_assembly", "officers"]

ALONE = 60
"""A name that stands apart from its label has a line of at most so many characters."""

_CHAIR_ROLE = regex.compile(
    r"(?i)(?<!næst)(?<!vice)(?<!\w)(?P<kind>(?!næst|vice)\w*?)(?:form[aæ]nd(?:en)?|forperson(?:en)?|forkvinden?|borgmester(?:en)?|\bfmd|forumleder|tovholder(?:en)?|udvalgsleder)\b"
    r"(?:\s+(?:for|i)\s+(?P<of>[^,;]+))?"
)
_LEADS = ("mødeleder", "ordstyrer", "dirigent", "leder mødet", "ledede", "ledte", "styrer", "styrede")
"""Words beside a name that say who led this meeting, whoever leads the body."""
_ASSEMBLY = regex.compile(r"(?i)generalforsamling|repræsentantskab|årsmøde|afdelingsmøde|landsmøde|delegeretmøde")
_OWN_BODY = regex.compile(
    r"(?i)(?:\p{L}{0,20}(?:udvalg|forum|råd|nævn|gruppe|bestyrelse|panel|kreds|klub|forening|netværk|laug|lav|møde))"
    r"(?:met|en|et|n|t|ten)?(?:\s+\p{Ll}.*)?\W*"
)
"""The body that meets, by its kind alone: "formand for udvalget"."""
_NEXT_LABEL = regex.compile(
    r"(?<=\p{L}|\.)\s(?=\p{Lu}\p{L}{2,20}(?:\s\p{Ll}+)?:\s|(?:Godkendt|Underskrevet|Underskrift|Dato)(?!\p{L}))"
)
"""Behind a name the label of something else, whose gap is lost: "Ib Holst Kage: Ole", "Ib Holst Godkendt 3/4"."""
_PROPOSED = regex.compile(r"\s*\p{Lu}\p{Ll}+en\s(?:foreslog|foreslår|indstillede|havde\sforeslået)\s(?=\p{Lu})")
_CHOSEN = regex.compile(r"(?<=\p{L}),?\s(?:som\s)?(?:blev|bliver|(?:er\s)?(?:foreslået|enstemmigt|valgt|vælges))\b")
"""Around a name behind a label, how it came to be there: "Dirigent: Bestyrelsen foreslog Ib Holst, som blev valgt"."""
_OF_ITEM = regex.compile(r"(?i)\W*tovholder")
_GUEST = regex.compile(r"(?i)\W*(?:gæste?r?|ind(?:budte?|kaldte?)|inviterede?)\b[^\n:]*:")
"""The label in front of people who came as guests, and so neither led nor wrote."""
_SHORT_WRITER = regex.compile(r"(?:^|[ ,/])ref\.?$")
_SECRETARIAL = regex.compile(r"sekretær|\bsekr\b")
_SECRETARY = regex.compile(r"[^\n:;.]{0,80}?[\s(/,](?:\p{Ll}+s\s+)?[Ss]ekr(?:etær(?:en)?|\.)\s*(?=[\n,;.)]|$)")
_SECRETARIES = regex.compile(r"\W*(?i:sekretær)\b")
_CHAIR = regex.compile(
    r"(?P<name>\p{Lu}[\p{L}-]+(?:[ \t]+(?:de|von|van|af)[ \t]+)?(?:[ \t]+\p{Lu}[\p{L}-]+){1,4})"
    r"\s*(?:\((?:udvalgs|bestyrelses|råds)?(?:form[aæ]nd|forperson|forkvinde)(?:,\s[^()\n]{2,50})?\)"
    r"|(?P<listed>,\s(?:form[aæ]nd|forperson|forkvinde)(?=[;.]|\s*\n)))(?!\s+(?:for|fra|i)\s+\p{Lu})"
)


def officers(
    page: Page,
    present: tuple[Attendee, ...],
    items: tuple[AgendaItem, ...],
    body: str | None = None,
    absent: tuple[Attendee, ...] = (),
) -> Officers:
    """The chair and the minute taker, as the people that the document names.

    A label ("Referent: …") counts before the role beside a name, that before an election in the minutes, and the
    chair of the body counts as chair of the meeting where nobody else is named.
    """
    found: Officers = {}
    present = tuple(person for person in present if not _is_guest(page, person))
    first, away = items[0].start if items else len(page.text), {person.name for person in absent}
    _by_label(page, present, found, items[1].start if len(items) > 1 else len(page.text))
    _by_role(present, found, _LEADS)
    by_inside(page, present, first, found)
    if len(found) < 2:
        by_columns(page, first, found)
        by_beside(page, first, found)
    by_election(page, present, items, found)
    _by_role(present, found, ())
    _by_telling(page, items, found)
    _by_signature(page, present, found)
    _by_secretary(page, present, found)
    if "minute_taker" not in found:
        by_beside(page, first, found, "secretary-beside")
    if "chair" not in found and not _ASSEMBLY.search(page.text, 0, 400):
        by_office(page, first, away, found)
    _by_chair(present, found, body)
    _by_bracket(page, items, found, body, away)
    hinted(page, present, items, found)
    if "chair" not in found and not is_assembly(page):
        by_title(page, away, found)
    if "minute_taker" not in found:
        by_last_line(page, present, found)
    return {name: _fullest(person, present) for name, person in found.items()}


def _is_guest(page: Page, person: Attendee) -> bool:
    return _GUEST.match(page.text, page.text.rfind("\n", 0, person.start) + 1, person.start) is not None


def _by_label(page: Page, present: tuple[Attendee, ...], found: Officers, second: int) -> None:
    inside = page.rules("attendance", "officer-inside")
    secretary: list[Attendee] = []
    for i in range(len(page.lines)):
        if not page.printed(i) or page.lines[i].end - page.lines[i].body > 200:
            continue
        label = label_at(page, i)
        if label is None:
            continue
        rule, start = label
        if rule.value in ("chair", "minute_taker"):
            told = page.match("items", "finite", page.text[start : page.lines[i].end])
            if start > second and (told or _OF_ITEM.match(page.content(i))):
                continue  # a task, or what somebody said, or who sees to the item
            end = page.lines[i].body + len(page.content(i).rstrip("_* "))
            end = min(
                (m.start() for rule_ in inside for m in [rule_.regex.search(page.text, start, end)] if m), default=end
            )
            if (other := _NEXT_LABEL.search(page.text, start, end)) is not None:
                end = other.start()
            if not page.text[start:end].strip():  # the name stands on the next line
                below = page.following[i]
                if below > min(i + 2, len(page.lines) - 1) or (below > i + 1 and len(page.content(below)) > ALONE):
                    continue
                start, end = page.lines[below].body, page.lines[below].end
            start = proposed.end() if (proposed := _PROPOSED.match(page.text, start, end)) else start
            end = chosen.start() if (chosen := _CHOSEN.search(page.text, start, end)) else end
            people = named(page, present, start, end, rule.name)
            if _SECRETARIES.match(page.content(i)):  # whoever is said to write this time counts before
                secretary += [] if are_posts_given(page, page.lines[i].body) else people
            else:
                put(found, rule.value, people)
        elif rule.value == "officers":
            people = people_in(page, start, page.lines[i].end, rule.name)
            put(found, "chair", people)
            put(found, "minute_taker", people[-1:])
        elif rule.value == "facilitators":
            after = page.following[i]
            while after < len(page.lines) and (page.lines[after].bullet or after == i + 1):
                people = people_in(page, page.lines[after].body, page.lines[after].end, rule.name)
                _by_role(tuple(people), found, tuple(FIELDS))
                after = page.following[after]
    put(found, "minute_taker", secretary)


def _fullest(person: Attendee, present: tuple[Attendee, ...]) -> Attendee:
    """The attendee whom first names or a last name alone mean, where only one has them."""
    if any(p.name == person.name for p in present):
        return person
    firsts = [p for p in present if p.name.startswith(person.name + " ")]
    alike = firsts or [p for p in present if p.name.split()[-1] == person.name]
    return alike[0] if len(alike) == 1 else person


def _by_role(people: tuple[Attendee, ...], found: Officers, words: tuple[str, ...]) -> None:
    """By the role printed beside a name: one of `words`; whoever writes the minutes counts always."""
    for person in people:
        role = (person.role or "").casefold()
        if ":" in role or person.role == "REFERAT":  # the label of the next one, or a title's "REFERAT"
            continue
        for word, name in FIELDS.items():
            if word in role and (word in words or name == "minute_taker"):
                put(found, name, [person])
        if _SHORT_WRITER.search(role):
            put(found, "minute_taker", [person])


def _by_secretary(page: Page, people: tuple[Attendee, ...], found: Officers) -> None:
    """The one secretary in the lists, where nobody else is said to have written; a title in front is a post."""
    writers = [
        p for p in people if p.role and _SECRETARIAL.search(p.role.casefold()) and _SECRETARY.match(page.text, p.end)
    ]
    if len(writers) == 1:
        put(found, "minute_taker", writers)


def _by_chair(people: tuple[Attendee, ...], found: Officers, body: str | None) -> None:
    """The body's own chair: not that of another body ("formand for Sejlklubben"), a plain "formand" first."""
    ranked: list[tuple[int, Attendee]] = []
    for person in people:
        match = _CHAIR_ROLE.search(person.role or "")
        if match is None:
            continue
        of = (match["of"] or "").casefold()
        known = any(len(word) > 3 and word[:6] in (body or "").casefold() for word in regex.findall(r"\w+", of))
        if of and not known and not _OWN_BODY.fullmatch(of):
            continue
        ranked.append((match["kind"].casefold() in ("lands", "kreds", "klub", "afdelings"), person))
    put(found, "chair", [person for _, person in sorted(ranked, key=lambda each: each[0])])


def _by_signature(page: Page, present: tuple[Attendee, ...], found: Officers) -> None:
    for office, people in signatures(page, present):
        names = fields_of(office)
        if not names and page.lexicon.roles.group(office) in ("chair", "minute_taker"):
            names = [page.lexicon.roles.group(office) or ""]
        for name in names:
            put(found, name, people)
    if "minute_taker" not in found:
        put(found, "minute_taker", signed_alone(page, present))


def _by_telling(page: Page, items: tuple[AgendaItem, ...], found: Officers) -> None:
    """The chair of whom a sentence says that they opened or led the meeting: not where an assembly elects its own."""
    if "chair" in found or is_assembly(page):
        return
    end = items[0].end if items else min(len(page.text), 3000)
    for rule in page.rules("attendance", "chair-told"):
        for match in rule.regex.finditer(page.text, 0, min(end, 6000)):
            put(found, "chair", people_in(page, *match.span("name"), rule.name))


def _by_bracket(page: Page, items: tuple[AgendaItem, ...], found: Officers, body: str | None, away: set[str]) -> None:
    """Somebody whose bracket says that they are the chair: the only one, or who welcomes the others."""
    if "chair" in found or not items:
        return
    chairs = [m for m in _CHAIR.finditer(page.text) if not m["listed"] or m.start() < items[0].start]
    names = {match["name"]: match for match in chairs if match["name"] not in away}
    if len(names) == 1:
        match = next(iter(names.values()))
        put(found, "chair", people_in(page, match.start(), match.end("name"), "chair-bracket"))
    welcomed = rule_of(page, "welcomed").regex.search(page.text, 0, items[0].end)
    if welcomed:
        start = max(page.text.rfind("\n\n", 0, welcomed.start()), page.text.rfind(". ", 0, welcomed.start()), 0)
        _by_chair(tuple(people_in(page, start, welcomed.start(), "welcomed")), found, body)


def is_assembly(page: Page) -> bool:
    """Whether an assembly met, which elects whoever leads it and lists nobody."""
    return _ASSEMBLY.search(page.text, 0, 400) is not None


def grounds(found: Officers) -> list[tuple[str, Found]]:
    """Where the officers are named."""
    return [(name, Found(start=p.start, end=p.end, rule=p.rule, confidence=p.confidence)) for name, p in found.items()]
