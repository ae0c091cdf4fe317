"""What a bracket behind something means: affiliation, party, acronym, kind of item, person, role, amount, …."""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.find.capitals import plain_name
from pipeline.find.names import find_names
from pipeline.lexicon import Lexicon

__all__ = [
    "BRACKET",
    "RINGS",
    "Bracket",
    "are_initials",
    "classify_bracket",
    "defines",
    "names_office",
    "seat_of",
    "tells_of_person",
]

BRACKET = regex.compile(r"[(\[]([^()\[\]\n]{1,90}(?:\n[^()\[\]\n]{1,90})?)[)\]]")
"""A bracket on one line, or wrapped once."""
_OFFICE = regex.compile(r"(?P<first>\p{Lu}\p{Ll}{2,})\s+og\s+\p{Lu}[\p{L}\d]+(?:\s\p{Lu}\p{Ll}{3,})?")
OFTEN = 10
"""A word that is so much oftener printed with a small letter than with a capital is common."""
REACH = 70
"""So far back the words are read that a bracket belongs to."""

_LOST_RING = regex.compile(r"[@®©]")
"""What OCR makes of the Ø in initials."""
RINGS = str.maketrans("ÅÄÖØÉÜ@®©", "AAOOEUOOO")
"""Initials are often written without rings and accents: "PA" for Per Åkjær."""
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_SEAT = regex.compile(
    r"(?P<role>\p{L}[\p{L}.-]+)(?:\s+(?:for|fra|i|ved|hos|af)\s+|\s*[/,]\s*|\s+)"
    r"(?P<who>(?:\p{Lu}|\d\p{Lu})[\p{L}\d &/.-]*)"
)
_POST = regex.compile(r"(?P<role>\p{L}[\p{L}.-]+)\s+(?:for|i|ved|hos)\s")
_SENT = regex.compile(r"(?i)(?:\p{L}{2,15}\.?)?rep(?:r|ræs)?\.?|(?:medarb|best\.?medl)\.?")
"""Short for somebody who stands for others, or works there: "stud.rep.", "elevrep.", "medarb."."""
_INITIALLED = regex.compile(
    r"\b(?P<name>\p{Lu}[\p{L}-]{1,20}(?:\s\p{Lu}[\p{L}-]{1,20}){1,3})(?:,\s[^,()\n]{2,30})?\s{1,30}\((?P<letters>\p{Lu}{2,4})(?=[),])"
)
LISTED = 3
"""So many with their initials, and at most one with anything else in capitals, make a list of initials."""
_TOLD = regex.compile(
    r"(?P<first>\p{Lu}\p{Ll}+)(?:\s\p{Ll}+\s.+"
    r"|(?:\s\p{Lu}[\p{L}-]*(?<!s)){0,2}\s\p{Ll}+(?:er|or|år|[dt]e|[ns]t|ldt)(?:\s.*)?)"
)
"""A name and what is told of its bearer: a verb, or several words."""
_PART_END = regex.compile(r"\s*(?:/|,|&|\bog\b)\s*")
_HEADING_END = regex.compile(r"[ \t]*(?:\n|$)")


class Bracket(NamedTuple):
    """The meaning of a bracket.

    `kind` is affiliation, party, acronym, item_kind, person, amount, role, substitute, initials or other. An
    affiliation and a role may stand in one bracket: "(KL, formand)" has both `organisation` and `role`.
    """

    kind: str
    inside: str
    organisation: str | None = None
    role: str | None = None
    confidence: float = 0.9


def classify_bracket(text: str, start: int, end: int, lexicon: Lexicon, *, after_name: str | None = None) -> Bracket:
    """What the bracket `text[start:end]`, brackets included, says about the words before it.

    `after_name` is the person's name that ends right before it, "" for none; where it is None the words before are
    searched for one. The same "(O)" is a party behind a person and a kind of item at the end of a heading.

    >>> lexicon = Lexicon.load()
    >>> def kind(text): return classify_bracket(text, text.index("("), text.index(")") + 1, lexicon).kind
    >>> kind("Karen Holm (O) spurgte"), kind("Budget 2027 (O)"), kind("Karen Holm (KL) spurgte")
    ('party', 'item_kind', 'affiliation')
    >>> kind("Digital Havn Danmark (DHD)"), kind("Karen Holm (KH)"), kind("Karen Holm (referent)")
    ('acronym', 'initials', 'role')
    >>> kind("Karen Holm (Formand for Havnelauget)")
    'other'
    """
    inside = plain_name(text[start + 1 : end - 1])
    before = text[max(0, start - REACH) : start].rstrip()
    rules = lexicon.by_name("brackets")
    if after_name is None:
        after_name = _name_before(before, lexicon)
    for name in ("amount", "number", "substitute"):
        if rules[name].regex.search(inside):
            return Bracket(rules[name].value or "other", inside, confidence=rules[name].confidence)
    if after_name:
        around = text[max(0, start - 2 * REACH) : end + 2 * REACH]
        return _behind_name(inside, after_name, lexicon, around)
    if rules["item-kind"].regex.search(inside) and _HEADING_END.match(text, end):
        return Bracket("item_kind", inside, confidence=rules["item-kind"].confidence)
    if rules["acronym"].regex.search(inside) and defines(before, inside):
        return Bracket("acronym", inside, organisation=inside, confidence=rules["acronym"].confidence)
    if lexicon.roles.group(inside):
        return Bracket("role", inside, role=inside)
    if _is_person(inside, lexicon):
        return Bracket("person", inside)
    return Bracket("other", inside, confidence=0.6)


def defines(before: str, acronym: str) -> bool:
    """Whether the words right before a bracket are what the acronym in it stands for.

    >>> defines("udvikles af Digital Havn Danmark", "DHD"), defines("i Vandrådet", "VR"), defines("i går", "KL")
    (True, True, False)
    """
    letters = [c.casefold() for c in acronym if c.isalnum()]
    words = _WORD.findall(before)
    if len(letters) < 2 or not words:
        return False
    for count in range(1, min(len(words), len(letters) + 3) + 1):
        taken = words[-count:]
        if (
            taken[0][0].isupper()
            and taken[0][0].casefold() == letters[0]
            and (count > 1 or len(taken[0]) > len(letters) + 2)
            and _spells(letters, taken)
        ):
            return True
    return False


def _spells(letters: list[str], words: list[str]) -> bool:
    """Whether the letters occur in order, each long word giving one and the first of each preferred."""
    position = 0
    for n, word in enumerate(words):
        folded = word.casefold()
        if position < len(letters) and folded[0] == letters[position]:
            position += 1
        elif len(folded) > 3 and n:
            return False
        rest = len(words) - n - 1
        for c in folded[1:]:
            if position < len(letters) - rest and c == letters[position]:
                position += 1
    return position == len(letters)


def _name_before(before: str, lexicon: Lexicon) -> str:
    names = find_names(before, lexicon)
    return names[-1].name if names and names[-1].end == len(before) else ""


def _behind_name(inside: str, name: str, lexicon: Lexicon, around: str) -> Bracket:
    rules = lexicon.by_name("brackets")
    if "," in inside and lexicon.organisations.lookup(inside):
        return Bracket("affiliation", inside, inside, confidence=0.97)
    parts = [part.strip() for part in inside.split(",")]
    seats = [(part, seat) for part in parts if (seat := seat_of(part, lexicon))]
    if seats and are_initials(seats[0][0], name) is False:
        return Bracket("affiliation", inside, seats[0][1][1], seats[0][1][0], 0.85)
    role = next((part for part in parts if _role(part, lexicon)), None)
    others = [part for part in parts if part != role]
    for letters in dict.fromkeys((inside, *others)):  # "(EV)", "(EV, formand)"
        if are_initials(letters, name) and (not lexicon.organisations.lookup(letters) or _all_have_initials(around)):
            return Bracket("initials", letters, role=role, confidence=0.95)
    organisations = [
        part
        for part in others
        if not rules["party"].regex.search(part)
        and rules["organisation"].regex.search(part)
        and (lexicon.organisations.lookup(part) or not _no_organisation(part, lexicon))
        and not tells_of_person(part, lexicon)
        and not _is_post(part, lexicon)
        and not (_is_person(part, lexicon) and not lexicon.organisations.lookup(part))
    ]
    if organisations:
        known = lexicon.organisations.lookup(organisations[0]) is not None
        return Bracket("affiliation", inside, organisations[0], role, 0.97 if known else 0.85)
    if any(rules["party"].regex.search(part) for part in others):
        return Bracket("party", inside, role=role, confidence=0.95)
    if role:
        return Bracket("role", inside, role=role, confidence=0.92)
    if _is_person(inside, lexicon):
        return Bracket("person", inside, confidence=0.7)
    return Bracket("other", inside, confidence=0.6)


def _all_have_initials(around: str) -> bool:
    """Whether those beside have their initials in brackets too: "Ib Holst (IH), Karen Lund (KL), Ole Friis (OF)"."""
    listed = [are_initials(m["letters"], m["name"]) for m in _INITIALLED.finditer(around)]
    return sum(listed) >= LISTED and len(listed) - sum(listed) <= 1


def seat_of(words: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The seat that words name and for whom it is held; None where they are no such words.

    >>> seat_of("TR FOA", Lexicon.load()), seat_of("byrådsmedlem for Havnelisten", Lexicon.load())
    (('TR', 'FOA'), ('byrådsmedlem', 'Havnelisten'))
    """
    seat = _SEAT.fullmatch(words)
    holds = seat is not None and (lexicon.roles.group(seat["role"]) == "member" or _SENT.fullmatch(seat["role"]))
    if seat is None or not holds or lexicon.names.is_first(seat["who"].split()[0]):
        return None
    return seat["role"], seat["who"]


def names_office(words: str, lexicon: Lexicon) -> bool:
    """Whether two common words with "og" between them name what an office of the house deals with.

    >>> [names_office(words, Lexicon.load()) for words in ("Sundhed og Omsorg", "Teknik og Miljø", "Holm og Dam")]
    [True, True, False]
    """
    match = _OFFICE.fullmatch(words)
    if match is None or lexicon.organisations.lookup(words):
        return False
    word = match["first"]
    often = OFTEN * (1 + lexicon.words.proper_count(word)) if lexicon.names.is_name(word) else OFTEN
    return lexicon.words.count(word.casefold()) > often


def _no_organisation(part: str, lexicon: Lexicon) -> bool:
    """Whether the words say when or how somebody took part, or name a degree or a thing."""
    ways, things = (lexicon.by_name(file)["no-organisation"].regex for file in ("brackets", "organisations"))
    return ways.search(part) is not None or things.match(part) is not None


def _is_post(part: str, lexicon: Lexicon) -> bool:
    """Whether the words are an office and where it is held: "Formand for Havnelauget"."""
    post = _POST.match(part)
    return post is not None and lexicon.roles.group(post["role"]) is not None


def tells_of_person(words: str, lexicon: Lexicon) -> bool:
    """Whether words open with a first name and go on in small letters, telling something.

    >>> told = ("Ida hjælper til jul", "Ida spørger", "Ib Holst indkaldt", "Ida Dams venner", "Anna kirke")
    >>> [tells_of_person(words, Lexicon.load()) for words in told]
    [True, True, True, False, False]
    """
    match = _TOLD.fullmatch(words)
    return match is not None and lexicon.names.first_score(match["first"]) > 0.5


def _role(part: str, lexicon: Lexicon) -> bool:
    return lexicon.roles.group(part) is not None and lexicon.organisations.lookup(part) is None


def are_initials(inside: str, name: str) -> bool:
    """Whether capitals stand for a name: first letters, or letters in its order that open with the first one.

    >>> are_initials("EV", "Ejner Vad"), are_initials("RAG", "Rune Agger"), are_initials("KL", "Ejner Vad")
    (True, True, False)
    >>> are_initials("EØ", "Ejner Ørum"), are_initials("E@", "Ejner Ørum")
    (True, True)
    """
    inside = _LOST_RING.sub("Ø", inside)
    letters = "".join(c for c in inside if c.isalpha())
    if not (
        2 <= len(letters) <= 5 and letters.isupper() and len(letters) >= len(inside.replace(".", "")) and " " in name
    ):
        return False
    plain = letters.translate(RINGS)
    rest = iter(name.upper().translate(RINGS).replace(" ", "").replace("-", ""))
    return plain[0] == name[0].upper().translate(RINGS) and all(letter in rest for letter in plain)


def _is_person(inside: str, lexicon: Lexicon) -> bool:
    names = find_names(inside, lexicon)
    pieces = _PART_END.split(inside)
    return len(names) > 0 and len(names) == len(pieces) and all(piece in {n.name for n in names} for piece in pieces)
