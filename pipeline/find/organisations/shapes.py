"""Names of organisations that show by their shape: "… Kommune", "… A/S", "Foreningen …"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

import regex

from pipeline.find.capitals import opens_sentence, plain_name
from pipeline.find.name_words import WRAPPED
from pipeline.find.organisations.fitting import fits
from pipeline.find.organisations.mention import OrganisationMention
from pipeline.lexicon import Lexicon, Likely, Rule
from pipeline.lexicon.names import Roles

__all__ = ["shaped"]

_SHAPES = (
    *("company-form", "municipality", "region", "ministry", "named-for", "public-compound", "committee-for"),
    *("board-for", "association-head", "institution-head", "named-house", "institution-tail", "compound-tail"),
    *("school", "ampersand", "danish", "det-named", "committee-of", "foreign", "sports-club", "role-in", "partners"),
    *("brothers", "house-named", "company-district", "trade-named", "public-body", "department"),
    *("standards-committee", "definite-house", "clinic", "offices-acting", "unit-head", "trade-tail", "shop"),
    *("village-shop", "definite-firm", "branch", "in-english", "hyphen-firm", "local-unit"),
    *("trade-word", "trade-district", "school-in-town", "lay-board", "party-acting"),
    *("house-of-many", "definite-pair", "numbered-branch", "service-office", "secretariat", "founded", "in-denmark"),
    *("works-named", "sector-branch", "english-tail", "lower-tail", "self-owning", "det-committee"),
    *("abroad", "web-firm", "association-about", "forum-named", "center-office", "house-in-town", "ampersand-cued"),
)
_NEXT_WORD = regex.compile(r"\s*(\p{L}+)")
_BLANKS = regex.compile(r"\s{0,20}+")
_AROUND, _RAGGED, _WIDEST = 1500, 12, 120
"""Characters about a line in which others tell how wide the page is, how ragged its edge is, and its width at most."""
_TRIES = 3
"""So often a match is looked through for a name behind what cut it short."""
_BODIES = ("public-body", "committee-of", "committee-for", "named-for")
_QUOTES = ' \t\n"”»“„'
_FIRST_WORD = regex.compile(r"([\p{L}]+)\s+")
_SHOUTED = regex.compile(r"(?<!\p{L})\p{Lu}{4,40}(?:[ \t]+(?:\p{Lu}{2,40}|I))+(?!\p{L})")
_SHOUTED_WORD = regex.compile(
    r"\p{Lu}{5,}|(?<!\p{L})(?:OG|AF|FOR|PÅ|VED|TIL|I|VEJ|VAND|IT|NORD|SYD|ØST|VEST|MIDT|FYN|KYST|HAVN)(?!\p{L})"
)
_OWNING = regex.compile(r"['’]s?$")
_OWNERS = regex.compile(
    r"(?:Aktionær|Anpartshav|Ej|Medarbejd|Beboe?r|Lej|Leverandør)erne[ \n](?:(?:i|af|hos|fra)[ \n])?"
    r"|(?:Direktionen|Bestyrelsen|Ledelsen|Formanden|Direktøren|Medlemmerne|Kunderne)[ \n](?:i|for|af|hos|fra)[ \n]"
)
"""Who owns or leads a firm, before its name."""
_LOWER_HEAD = regex.compile(r"^\p{Ll}{4,30}(?:en|et)\s+(?=\p{Lu})")
"""The word for what it is, before a name and no part of it: "boligselskabet Norddal"."""
_CAPITAL_BEFORE = regex.compile(r"\p{Lu}\S*\s\Z")
"""Quick to tell: in the word right before a capital stands."""
_ARTICLE = regex.compile(r"(?:Den|Det|De)\s+\p{Lu}\p{Ll}+e\b")
_TWO_NAMES = regex.compile(
    r"(?<!-)\s+og\s+(?P<opens>(?=(?:Danske?|Danmarks|Region)\s\p{Lu}"
    r"|(?:Center|Institut|Afdeling|Styrelsen|Udvalget|Netværket|\p{Lu}\p{Ll}*(?:foreningen|stuen|haven|huset|hjemmet))(?:\s\p{Lu}|$))"
    r"|(?<=(?:skolen|foreningen|klubben|gymnasiet|styrelsen|museet)\s+og\s+))?(?=\p{Lu})"
)
"""Between two names: the second opens as names do."""
_WHOLE = regex.compile(
    r"(?:\p{Lu}[\p{L}/-]+\s+){1,4}(?:[Kk]ommune|A/S|ApS|I/S|a\.m\.b\.a\.?|\p{L}*(?:[Ss]kole|[Ss]elskab|[Ff]orening|[Ff]orbund"
    r"|[Vv]ærk|[Kk]lub|[Hh]avn|[Mm]useum|[Ll]aug|[Oo]rkester|[Aa]uthority|[Uu]niversity|[Uu]niversitet|[Gg]ymnasium|[Ff]orsyning))"
    r"|\p{Lu}\p{Ll}+\p{Lu}\p{Ll}+|\p{Lu}{2,}-\p{Lu}\p{Ll}+"
    r"|\p{Lu}\p{Ll}*(?:museet|[Kk]oret|orkestret|huset|hjemmet|klubben|foreningen|lauget|skolen)\s\p{Lu}\p{L}+"
)
"""What is a name by itself, so that what stands behind "og" is another."""
_ROW = regex.compile(
    r"(?:\p{Lu}[\p{L}-]+\s+){0,4}(?P<last>\p{Lu})[\p{L}-]+\s+(?P<letters>\p{Lu}{2,4})[_.:|]?\s+(?=\p{Lu}\p{L}+\s)"
)
"""A name and its initials, before the organisation in a row of a table whose gaps are lost."""
_WORDS = regex.compile(r"\S+")
_INITIALS = regex.compile(r"\p{Lu}{2,4}_?")
_SHORTEST_NAME, _LONGEST_NAME = 2, 6
"""So many words a person's name has, and so many are looked at for where it ends."""
_HALF = regex.compile(r"(?<![\p{L}-])\p{Lu}\p{Ll}{0,24}-(?:,\s\p{Lu}\p{Ll}{0,24}-)?\s(?:og|&)\s\Z")
"""Before a compound, what shares its last part: "Skov- og Naturselskabet"."""
_REACH = 60
_SMALL = frozenset({"OG", "AF", "FOR", "PÅ", "VED", "TIL", "I"})


@cache
def _likely(lexicon: Lexicon) -> Likely:
    return Likely(lexicon.by_name("organisations")[shape] for shape in _SHAPES)


def shaped(
    text: str, lexicon: Lexicon, people: list[tuple[int, int]], parts: set[str]
) -> Iterator[OrganisationMention]:
    """Names by their shape; where a person's name or a short line's end falls inside, what stands before or behind it.

    `people` are the places of persons' names, in their order, and `parts` the words of those names. Names in capitals
    are read as if they were not shouted.

    >>> [m.name for m in shaped("HAVEFORENINGEN LÆRKEDAL", Lexicon.load(), [], set())]
    ['Haveforeningen Lærkedal']
    """
    text = _lowered(text)
    for rule, found in _likely(lexicon).matches(text):
        match: regex.Match[str] | None = found
        for _ in range(_TRIES):
            if match is None:
                break
            mention, onward = _read(text, rule, match, lexicon, people, parts)
            if mention:
                yield mention
            match = rule.regex.match(text, onward) if onward else None


def _read(
    text: str, rule: Rule, match: regex.Match[str], lexicon: Lexicon, people: list[tuple[int, int]], parts: set[str]
) -> tuple[OrganisationMention | None, int | None]:
    """The name in a match or None, and where to look for another behind what cut the match short."""
    shape, rules = rule.name, lexicon.by_name("organisations")
    start, end = match.span("name") if "name" in rule.regex.groupindex else match.span()
    if shape != "det-named" and not _ARTICLE.match(text, start, end):
        start = _without_openers(text, start, end, rules["opener"])
    if shape == "company-form" and (owners := _OWNERS.match(text, start, end)):
        start = owners.end()
    if _CAPITAL_BEFORE.search(text, max(0, start - _REACH), start):
        what = rules["firm-before"].regex.search(text, max(0, start - _REACH), start)
        if what and what.group()[0].isupper() and not opens_sentence(text, what.start()):
            start = what.start()
    whole = end
    if behind := _behind_person(text, rule, start, end, lexicon):
        start = behind
    if (row := _ROW.match(text, start, end)) and row["letters"].endswith(row["last"][0]):
        start = row.end()
    end, onward = _cut(text, start, end, people, rules["opener"], lexicon.roles)
    apart = False
    if " og " in text[start:end] and (two := _TWO_NAMES.search(text, start, end)):
        apart = " " in text[two.end() : end].strip() and _WHOLE.fullmatch(text, start, two.start()) is not None
        sides = text[start : two.start()], text[two.end() : end]
        if (
            two["opens"] is not None
            or apart
            or all(rule.regex.fullmatch(side) or lexicon.organisations.lookup(plain_name(side)) for side in sides)
        ):
            end, onward = two.start(), two.end()
    end = start + len(text[start:end].rstrip(_QUOTES)) if end > start else start
    if end < whole and not apart and not rule.regex.fullmatch(text[match.start() : end]):
        if not (onward and shape == "company-form" and rule.regex.fullmatch(text[onward:whole])):
            return None, onward
        start, end, onward = onward, whole, None
    tail = rules["body-end"].regex.search(plain_name(text[start:end]))
    if tail and shape not in _BODIES:
        end -= len(text[start:end]) - len(text[start:end].removesuffix(tail.group()))
    if owning := _OWNING.search(text, start, end):
        end = owning.start()
    if half := _HALF.search(text, max(0, start - _REACH), start):
        start = half.start()
    printed = plain_name(text[start:end]).strip(_QUOTES)
    above, broken, _ = text[start:end].rpartition("\n")
    if broken and shape == "institution-tail" and lexicon.names.is_first(above.split()[0]) and " " in above.strip():
        return None, onward  # somebody's name at the end of a line, and "Museum" below it
    if not fits(shape, printed, lexicon, parts):
        return None, None
    known = lexicon.organisations.lookup(printed) or lexicon.organisations.lookup(printed.removesuffix("s"))
    name, kind = (known.name, known.kind) if known else (_LOWER_HEAD.sub("", printed), _kind(rule.value, printed))
    return OrganisationMention(start, end, name, kind, shape, rule.confidence), onward


def _behind_person(text: str, rule: Rule, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where the name starts behind a person's that opens the match, as where two columns became one line.

    Only where the rest is a name of the same shape and stands elsewhere without that person: "Ida Dam Auto A/S".
    """
    whole = text[start:end]
    words = list(_WORDS.finditer(whole))[:_LONGEST_NAME]
    if words and _INITIALS.fullmatch(words[0].group()):
        words = words[1:]
    if len(words) < _SHORTEST_NAME or not lexicon.names.is_first(words[0].group()):
        return None
    for word in words[_SHORTEST_NAME:]:
        rest = whole[word.start() :]
        if rule.regex.fullmatch(rest) and text.count(rest) > text.count(whole):
            return start + word.start()
    return None


def _lowered(text: str) -> str:
    """The text with words in capitals that stand beside each other written as names are; offsets stay."""
    return str(_SHOUTED.sub(lambda match: _SHOUTED_WORD.sub(_as_name, match.group()), text))


def _as_name(match: regex.Match[str]) -> str:
    word: str = match.group()
    name = word.lower() if word in _SMALL else word.title()
    return name if len(name) == len(word) else word


def _cut(
    text: str, start: int, end: int, people: list[tuple[int, int]], opener: Rule, roles: Roles
) -> tuple[int, int | None]:
    """Where the name ends at the latest, and where another may start: a person's name, the end of a short line."""
    inside = people[bisect_right(people, (start, end)) : bisect_left(people, (end, 0))]
    onward = None
    if inside:
        end, onward = inside[0][0], _behind(text, inside[0][1])
    line_end = text.find("\n", start, end)
    if line_end < 0:
        return end, onward
    following = _NEXT_WORD.match(text, line_end, end)
    if following and following.group(1).islower():
        return end, onward
    short = line_end - text.rfind("\n", 0, start) < WRAPPED
    person = bisect_left(people, (start, line_end)) < bisect_left(people, (start, line_end + 1))  # fills the line
    label = following is not None and text[following.end() : following.end() + 1] == ":"
    opens = label or (following and (opener.regex.match(following.group(1)) or roles.group(following.group(1))))
    opens = opens or (following and roles.group(" ".join(text[following.start(1) : following.end() + 20].split()[:2])))
    if not (short or opens or person or _breaks(text, start, line_end, following)):
        return end, onward
    joints = text.count(" ", following.start(1), end) if following else 0
    whole = following and not text[start:line_end].rstrip().endswith("-") and joints > (not person)
    return line_end, following.start(1) if whole and following else None


def _breaks(text: str, start: int, line_end: int, following: regex.Match[str] | None) -> bool:
    """Whether the word on the next line had room on this one, as in a list: the lines about them are as wide."""
    if following is None:
        return False
    around = text[max(0, start - _AROUND) : line_end + _AROUND].split("\n")[1:-1]
    widths = sorted(len(line) for line in around if len(line) > WRAPPED)
    width = widths[len(widths) * 3 // 4] if widths else 0
    line = line_end - text.rfind("\n", 0, start) - 1
    return width <= _WIDEST and line + 1 + len(following.group(1)) < width - _RAGGED


def _behind(text: str, end: int) -> int:
    """Where the next word stands."""
    match = _BLANKS.match(text, end)
    return match.end() if match else end


def _without_openers(text: str, start: int, end: int, opener: Rule) -> int:
    while match := _FIRST_WORD.match(text[start:end]):
        word = match.group(1)
        if not opener.regex.match(word.capitalize() if word.isupper() else word):
            break
        start += match.end()
    return start


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
