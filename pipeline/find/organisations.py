"""Names of organisations in running text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import regex

from pipeline.find.brackets import BRACKET, classify_bracket
from pipeline.find.capitals import plain_name, without_addresses
from pipeline.find.names import WRAPPED, NameMention, find_names
from pipeline.lexicon import Lexicon, Rule
from pipeline.lexicon.organisations import KnownOrganisation

__all__ = ["OrganisationMention", "find_organisations"]


class OrganisationMention(NamedTuple):
    """An organisation's name in a text; `name` is canonical where the organisation is known, else as printed."""

    start: int
    end: int
    name: str
    kind: str | None
    rule: str
    confidence: float


_SHAPES = (
    *("company-form", "municipality", "region", "ministry", "named-for", "public-compound", "committee-for"),
    *(
        "association-head",
        "institution-head",
        "named-house",
        "institution-tail",
        "compound-tail",
        "school",
        "ampersand",
        "danish",
    ),
)
_NEEDS_TWO = ("municipality", "company-form", "institution-tail", "danish", "region")
_QUOTES = ' \t\n"”»“„'
_SPLIT_WORD = regex.compile(r"(?<=\p{Ll}\p{Ll})-[ \t]*\n[ \t]*(?=\p{Ll})(?!(?:og|eller|samt)\b)")
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")
_LOOSE = ("styrelsen", "ministeriet", "direktoratet", "foreningen")
"""A known name that ends so is found in lower case too."""


@cache
def _rules(lexicon: Lexicon) -> dict[str, Rule]:
    return {rule.name: rule for rule in lexicon.rules("organisations")}


def find_organisations(
    text: str, lexicon: Lexicon, names: list[NameMention] | None = None
) -> list[OrganisationMention]:
    """Organisations in the order of the text, none overlapping another; the longest reading wins.

    Found are known names and acronyms (also "PLO" in "PLO-klinikker" and before a genitive s), names by their
    shape ("… Kommune", "… A/S", "Foreningen …"), affiliations in brackets behind persons, and acronyms that the
    text defines. `names` are the persons of the same text, found anew where they are not given.

    >>> lexicon = Lexicon.load()
    >>> text = "MedComs aftale med Norddal Vand A/S og Karen Holm (Bæk & Bro) om PLO-klinikker"
    >>> [m.name for m in find_organisations(text, lexicon)]
    ['MedCom', 'Norddal Vand A/S', 'Bæk & Bro', 'PLO']
    """
    names = find_names(text, lexicon) if names is None else names
    plain = without_addresses(text)
    joined = _Joined(plain)
    people = [joined.inward(name.start) for name in names if name.kind == "full"]
    parts = {part for name in names for part in name.name.split()}
    found = [*_known(joined.text, lexicon), *_shaped(joined.text, lexicon, people, parts)]
    outward = [mention._replace(start=joined.start(mention.start), end=joined.end(mention.end)) for mention in found]
    return _longest([*_in_brackets(plain, lexicon, names), *outward])


class _Joined:
    """A text whose words are not split at line ends, and the way back to the offsets of the text as it was."""

    def __init__(self, text: str) -> None:
        gaps = [match.span() for match in _SPLIT_WORD.finditer(text)]
        edges = [0, *(edge for gap in gaps for edge in gap), len(text)]
        self.text = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        lost = list(accumulate((end - start for start, end in gaps), initial=0))
        self._places = [start - before for (start, _), before in zip(gaps, lost, strict=False)]
        self._starts = [start for start, _ in gaps]
        self._lost = lost

    def start(self, offset: int) -> int:
        return offset + self._lost[bisect_right(self._places, offset)]

    def end(self, offset: int) -> int:
        return offset + self._lost[bisect_left(self._places, offset)]

    def inward(self, offset: int) -> int:
        return offset - self._lost[bisect_left(self._starts, offset)]


def _known(text: str, lexicon: Lexicon) -> Iterator[OrganisationMention]:
    """Names of the gazetteer, token by token."""
    tokens = list(_TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    for i, word in enumerate(words):
        for name, entry in lexicon.organisations.starting_with(word, genitive=True):
            last = i + len(name) - 1
            genitive = _stands(words, i, name)
            if genitive is None:
                continue
            start, end = tokens[i].start(), tokens[last].end() - genitive
            if _is_use(text, start, end, name, entry):
                yield OrganisationMention(start, end, entry.name, entry.kind, "known", 0.95)
                break


def _stands(words: list[str], i: int, name: tuple[str, ...]) -> int | None:
    """0 where the name stands at word `i`, 1 where it stands there in the genitive ("KLs"), None where it does not."""
    here = words[i : i + len(name)]
    if len(here) < len(name) or not all(
        _same(word, part, n) for n, (word, part) in enumerate(zip(here[:-1], name, strict=False))
    ):
        return None
    if _same(here[-1], name[-1], len(name) - 1):
        return 0
    return 1 if here[-1].endswith("s") and _same(here[-1][:-1], name[-1], len(name) - 1) else None


def _same(printed: str, part: str, position: int) -> bool:
    if printed == part:
        return True
    if part.isupper() or (position == 0 and not printed[:1].isupper()):
        return part.endswith(_LOOSE) and printed == part.lower()
    return printed.casefold() == part.casefold()


def _is_use(text: str, start: int, end: int, name: tuple[str, ...], entry: KnownOrganisation) -> bool:
    """Whether the name stands there for the organisation and not inside another word or as a common word."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before in ("-", "/", ".", "_") and not (before in "/-" and text[max(0, start - 2) : start - 1].isalpha()):
        return False
    if after[:1] == "-" and after[1:2].isupper():
        return False
    if entry.kind == "party" and len(name) == 1 and regex.search(r"(?:^|[.:\n])\s*$", text[max(0, start - 5) : start]):
        return False
    return not (name[0].isupper() and text[start:end] != text[start:end].upper() and len(name) == 1)


def _shaped(text: str, lexicon: Lexicon, people: list[int], parts: set[str]) -> Iterator[OrganisationMention]:
    """Names by their shape; where a person's name or a short line's end falls inside, what stands before it."""
    rules = _rules(lexicon)
    for shape in _SHAPES:
        rule = rules[shape]
        for match in rule.regex.finditer(text):
            start, end = match.span("name") if "name" in rule.regex.groupindex else match.span()
            start = _without_openers(text, start, end, rules["opener"])
            whole = end
            end = _cut(text, start, end, people, rules["opener"])
            end = start + len(text[start:end].rstrip(_QUOTES)) if end > start else start
            if end < whole and not rule.regex.fullmatch(text[match.start() : end]):
                continue
            printed = plain_name(text[start:end]).strip(_QUOTES)
            if not _fits(shape, printed, lexicon, parts):
                continue
            known = lexicon.organisations.lookup(printed) or lexicon.organisations.lookup(printed.removesuffix("s"))
            name, kind = (known.name, known.kind) if known else (printed, _kind(rule.value, printed))
            yield OrganisationMention(start, end, name, kind, shape, rule.confidence)


def _cut(text: str, start: int, end: int, people: list[int], opener: Rule) -> int:
    """Where the name ends at the latest: before a person's name, and at the end of a line that is not full."""
    inside = people[bisect_right(people, start) : bisect_left(people, end)]
    end = min(inside, default=end)
    line_end = text.find("\n", start, end)
    if line_end < 0:
        return end
    following = regex.match(r"\s*(\p{L}+)", text[line_end:end])
    short = line_end - text.rfind("\n", 0, start) < WRAPPED
    return line_end if short or (following and opener.regex.match(following.group(1))) else end


def _without_openers(text: str, start: int, end: int, opener: Rule) -> int:
    while match := regex.match(r"([\p{L}]+)\s+", text[start:end]):
        if not opener.regex.match(match.group(1)):
            break
        start += match.end()
    return start


def _fits(shape: str, printed: str, lexicon: Lexicon, parts: set[str]) -> bool:
    """What a shape asks for beside its pattern."""
    words = printed.split()
    if len(words) == 1 and shape in _NEEDS_TWO:
        return False
    if shape == "municipality":
        return _is_municipality(printed, lexicon)
    if shape in ("compound-tail", "school") and len(words) == 1:
        return lexicon.words.count(printed) == 0
    if shape == "ampersand":
        bare = [word for word in words if word != "&"]
        if all(word in parts or lexicon.names.is_first(word) for word in bare):
            return False
        return any(lexicon.words.count(word) == 0 or lexicon.names.is_name(word) for word in bare)
    return True


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


def _in_brackets(text: str, lexicon: Lexicon, names: list[NameMention]) -> Iterator[OrganisationMention]:
    """Affiliations behind persons, and acronyms that the text defines."""
    ends = {name.end: name.name for name in names}
    for match in BRACKET.finditer(text):
        before = match.start() - 1 if text[match.start() - 1 : match.start()].isspace() else match.start()
        bracket = classify_bracket(text, match.start(), match.end(), lexicon, after_name=ends.get(before, ""))
        if bracket.kind not in ("affiliation", "acronym") or not bracket.organisation:
            continue
        at = text.find(bracket.organisation.split()[0], match.start(), match.end())
        if at < 0:
            continue
        end = match.end() - 1 if plain_name(text[at : match.end() - 1]) == bracket.organisation else None
        end = end or at + len(bracket.organisation)
        known = lexicon.organisations.lookup(bracket.organisation)
        name, kind = (
            (known.name, known.kind) if known and bracket.kind == "affiliation" else (bracket.organisation, None)
        )
        yield OrganisationMention(at, end, name, kind, bracket.kind, bracket.confidence)


def _longest(found: list[OrganisationMention]) -> list[OrganisationMention]:
    """Of overlapping mentions the longest, and of equally long ones the first given."""
    kept: list[OrganisationMention] = []
    order = sorted(range(len(found)), key=lambda n: (found[n].start - found[n].end, n))
    taken: set[int] = set()
    for n in order:
        mention = found[n]
        if mention.start < mention.end and taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            kept.append(mention)
    return sorted(kept)
