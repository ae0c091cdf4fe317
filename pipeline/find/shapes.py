"""Names of organisations that show by their shape: "… Kommune", "… A/S", "Foreningen …"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

import regex

from pipeline.find.capitals import plain_name
from pipeline.find.mention import OrganisationMention
from pipeline.find.names import WRAPPED
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.lexicon.names import Roles

__all__ = ["shaped"]

_SHAPES = (
    *(
        "company-form",
        "municipality",
        "region",
        "ministry",
        "named-for",
        "public-compound",
        "committee-for",
        "board-for",
    ),
    *(
        "association-head",
        "institution-head",
        "named-house",
        "institution-tail",
        "compound-tail",
        "school",
        "ampersand",
        "danish",
        "det-named",
        "committee-of",
        "foreign",
        "sports-club",
        "role-in",
        "partners",
        "brothers",
        "house-named",
        "company-district",
        "trade-named",
        "public-body",
        "standards-committee",
    ),
)
_NEEDS_TWO = ("municipality", "company-form", "institution-tail", "danish", "region")
_BODIES = ("public-body", "committee-of", "committee-for", "named-for")
_QUOTES = ' \t\n"”»“„'
_FIRST_WORD = regex.compile(r"([\p{L}]+)\s+")
_SHOUTED = regex.compile(r"(?<!\p{L})\p{Lu}{4,40}(?:[ \t]+(?:\p{Lu}{2,40}|I))+(?!\p{L})")
_SHOUTED_WORD = regex.compile(r"\p{Lu}{5,}|(?<!\p{L})(?:OG|AF|FOR|PÅ|VED|TIL|I|VEJ|VAND|IT)(?!\p{L})")
_AND_SON = regex.compile(r"&\s(?:Søn|Sønner|Datter|Døtre|Co)$")
_ARTICLE = regex.compile(r"(?:Den|Det|De)\s+\p{Lu}\p{Ll}+e\b")
RARELY = 4
"""A word that is a name at most so many times oftener than a common word is a common word ("Teknik", "Miljø")."""
_TWO_FIRMS = regex.compile(r"(?:A/S|ApS|I/S)\s+(?:og|&)\s")
_SMALL = frozenset({"OG", "AF", "FOR", "PÅ", "VED", "TIL", "I"})


@cache
def _likely(lexicon: Lexicon) -> Likely:
    return Likely(lexicon.by_name("organisations")[shape] for shape in _SHAPES)


def shaped(text: str, lexicon: Lexicon, people: list[int], parts: set[str]) -> Iterator[OrganisationMention]:
    """Names by their shape; where a person's name or a short line's end falls inside, what stands before it.

    `people` are the offsets at which persons' names start, in their order, and `parts` the words of those names. Names
    in capitals are read as if they were not shouted.

    >>> [m.name for m in shaped("HAVEFORENINGEN LÆRKEDAL", Lexicon.load(), [], set())]
    ['Haveforeningen Lærkedal']
    """
    text = _lowered(text)
    rules = lexicon.by_name("organisations")
    for rule, match in _likely(lexicon).matches(text):
        shape = rule.name
        start, end = match.span("name") if "name" in rule.regex.groupindex else match.span()
        if shape != "det-named" and not _ARTICLE.match(text, start, end):
            start = _without_openers(text, start, end, rules["opener"])
        whole = end
        end = _cut(text, start, end, people, rules["opener"], lexicon.roles)
        end = start + len(text[start:end].rstrip(_QUOTES)) if end > start else start
        if end < whole and not rule.regex.fullmatch(text[match.start() : end]):
            continue
        apart = rules["body-end"].regex.search(plain_name(text[start:end]))
        if apart and shape not in _BODIES:
            end -= len(text[start:end]) - len(text[start:end].removesuffix(apart.group()))
        printed = plain_name(text[start:end]).strip(_QUOTES)
        if not _fits(shape, printed, lexicon, parts):
            continue
        known = lexicon.organisations.lookup(printed) or lexicon.organisations.lookup(printed.removesuffix("s"))
        name, kind = (known.name, known.kind) if known else (printed, _kind(rule.value, printed))
        yield OrganisationMention(start, end, name, kind, shape, rule.confidence)


def _lowered(text: str) -> str:
    """The text with words in capitals that stand beside each other written as names are; offsets stay."""
    return str(_SHOUTED.sub(lambda match: _SHOUTED_WORD.sub(_as_name, match.group()), text))


def _as_name(match: regex.Match[str]) -> str:
    word: str = match.group()
    name = word.lower() if word in _SMALL else word.title()
    return name if len(name) == len(word) else word


def _cut(text: str, start: int, end: int, people: list[int], opener: Rule, roles: Roles) -> int:
    """Where the name ends at the latest: before a person's name, and at the end of a line that is not full."""
    inside = people[bisect_right(people, start) : bisect_left(people, end)]
    end = min(inside, default=end)
    line_end = text.find("\n", start, end)
    if line_end < 0:
        return end
    following = regex.match(r"\s*(\p{L}+)", text[line_end:end])
    if following and following.group(1).islower():
        return end
    short = line_end - text.rfind("\n", 0, start) < WRAPPED
    opens = following and (opener.regex.match(following.group(1)) or roles.group(following.group(1)))
    return line_end if short or opens else end


def _without_openers(text: str, start: int, end: int, opener: Rule) -> int:
    while match := _FIRST_WORD.match(text[start:end]):
        if not opener.regex.match(match.group(1)):
            break
        start += match.end()
    return start


def _fits(shape: str, printed: str, lexicon: Lexicon, parts: set[str]) -> bool:
    """What a shape asks for beside its pattern."""
    words = printed.split()
    if len(words) == 1 and shape in _NEEDS_TWO:
        return False
    if shape == "company-form" and _TWO_FIRMS.search(printed):
        return False
    if shape == "municipality":
        return _is_municipality(printed, lexicon)
    if shape == "region":
        return not _is_common(words[-1], lexicon)
    if shape == "sports-club":
        return not any(_is_common(word, lexicon) for word in words if not word.isupper() and word != "og")
    if shape == "role-in":
        return _is_role_place(words, lexicon, parts)
    if shape in ("compound-tail", "school") and len(words) == 1:
        generic = lexicon.by_name("organisations")["generic-body"].regex
        return not generic.match(printed) and lexicon.words.count(printed) == 0
    if shape == "trade-named":
        return not lexicon.names.is_first(words[1]) and not lexicon.roles.group(words[1])
    if shape == "ampersand":
        bare = [word for word in words if word != "&"]
        if _AND_SON.search(printed):
            return True
        if all(word in parts or lexicon.names.is_first(word) for word in bare):
            return False
        if len(bare) == 2 and lexicon.names.is_first(bare[0]) and not lexicon.names.is_last(bare[0]):
            return False  # "Gry & Bakkum": a letter between the names of one person that OCR read as "&"
        return any(lexicon.words.count(word) == 0 or lexicon.names.is_name(word) for word in bare)
    return True


def _is_common(word: str, lexicon: Lexicon) -> bool:
    return lexicon.words.count(word) > lexicon.words.proper_count(word) / RARELY and not lexicon.names.is_place(word)


def _is_role_place(words: list[str], lexicon: Lexicon, parts: set[str]) -> bool:
    """Whether words behind "formand for" can be an organisation's name and are no town, person or common body."""
    generic = lexicon.by_name("organisations")["generic-body"].regex
    if not any(word in ("i", "på") for word in words) and all(_is_common(word, lexicon) for word in words):
        return False
    return not (
        any(generic.match(word) or word.endswith("-") or word in parts for word in words)
        or (lexicon.names.is_place(words[0]) and words[-1][0].isupper() and len(words) == 2)
        or lexicon.roles.group(words[0])
        or lexicon.names.is_first(words[0])
        or lexicon.names.is_place(" ".join(words))
    )


def _is_municipality(printed: str, lexicon: Lexicon) -> bool:
    place, word = printed.rsplit(" ", 1)
    if lexicon.organisations.municipality(place) or lexicon.names.is_place(place):
        return True
    return word[0].isupper() and lexicon.words.count(place) <= lexicon.words.proper_count(place)


_KIND_ENDINGS = {
    "universitet": "university",
    "hospital": "hospital",
    "sygehus": "hospital",
    "råd": "committee",
    "nævn": "committee",
    "forening": "association",
    "klub": "association",
    "forbund": "association",
    "fonden": "association",
    "fond": "association",
    "forsyning": "company",
    "sparekasse": "company",
    "retursystem": "company",
}


def _kind(value: str | None, printed: str) -> str | None:
    folded = printed.casefold()
    return next((kind for ending, kind in _KIND_ENDINGS.items() if folded.endswith(ending)), value)
