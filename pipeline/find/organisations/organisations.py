"""Names of organisations in running text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

import regex

from pipeline.find.brackets import BRACKET, are_initials, classify_bracket
from pipeline.find.capitals import plain_name, without_addresses
from pipeline.find.names import NameMention, find_names
from pipeline.find.organisations.known import known
from pipeline.find.organisations.mention import OrganisationMention
from pipeline.find.organisations.shapes import shaped
from pipeline.lexicon import Lexicon

__all__ = ["OrganisationMention", "find_organisations"]

_SPLIT_WORD = regex.compile(r"(?<=\p{Ll}\p{Ll})-[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=\p{Ll})(?!(?:og|eller|samt)\b)")
_ACROSS = regex.compile(r"[ \t]{3,}(?=\S)")
_COLUMN = 40
"""So far behind a name its bracket stands at most."""
_LETTERS = regex.compile(r"(?:,[ \n][^,()\n]{2,30})?[ \t]{0,40}\n?[ \t]{0,10}\((?P<letters>\p{Lu}{2,4})(?=[,)])")
_FEWEST = 3
"""So many initials behind names show that minutes call their people by them."""


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
    people = [(joined.inward(name.start), joined.inward(name.end)) for name in names if name.kind == "full"]
    parts = {part for name in names for part in name.name.split()}
    found = [*known(joined.text, lexicon), *shaped(joined.text, lexicon, people, parts)]
    outward = [mention._replace(start=joined.start(mention.start), end=joined.end(mention.end)) for mention in found]
    initials = _initials(plain, names)
    columns = (_of_column(plain, mention) for mention in outward)
    called = [mention for mention in columns if plain[mention.start : mention.end] not in initials]
    family = {(name.end - len(last), name.end) for name in names if (last := _family_name(name))}
    called = [m for m in called if m.rule != "known" or (m.start, m.end) not in family]
    named = [mention for mention in _in_brackets(plain, lexicon, names) if mention.name not in initials]
    return _longest([*named, *called])


def _family_name(name: NameMention) -> str:
    """The family name of a person called in full, where it is no acronym: "Falck" of "Ruben Falck"."""
    last = name.name.rpartition(" ")[2] if name.kind == "full" else ""
    return "" if last.isupper() else last


def _initials(text: str, names: list[NameMention]) -> set[str]:
    """The initials that stand in brackets behind the names of several persons: "(KL, formand)" is no association."""
    found: dict[str, str] = {}
    for name in names:
        bracket = _LETTERS.match(text, name.end) if name.kind == "full" else None
        if bracket and are_initials(bracket["letters"], name.name):
            found[bracket["letters"]] = name.name
    return set(found) if len(found) >= _FEWEST else set()


def _of_column(text: str, mention: OrganisationMention) -> OrganisationMention:
    """A name in the left column of a table without the end of the line above, which the right column holds."""
    cut = text.rfind("\n", mention.start, mention.end) + 1
    if (
        not cut
        or not _ACROSS.match(text, mention.end)
        or not _ACROSS.search(text, text.rfind("\n", 0, cut - 1) + 1, cut)
    ):
        return mention
    return mention._replace(start=cut, name=plain_name(text[cut : mention.end])) if text[cut].isalpha() else mention


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


def _in_brackets(text: str, lexicon: Lexicon, names: list[NameMention]) -> Iterator[OrganisationMention]:
    """Affiliations behind persons, and acronyms that the text defines."""
    ends = {name.end: name.name for name in names}
    for match in BRACKET.finditer(text):
        before = match.start() - 1 if text[match.start() - 1 : match.start()].isspace() else match.start()
        if before not in ends:  # in a list the brackets stand below each other
            before = max(0, before - _COLUMN) + len(text[max(0, before - _COLUMN) : before].rstrip(" \t"))
        bracket = classify_bracket(text, match.start(), match.end(), lexicon, after_name=ends.get(before, ""))
        if bracket.kind not in ("affiliation", "acronym") or not bracket.organisation:
            continue
        at = text.find(bracket.organisation.split()[0], match.start(), match.end())
        if at < 0:
            continue
        end = match.end() - 1 if plain_name(text[at : match.end() - 1]) == bracket.organisation else None
        end = end or at + len(bracket.organisation)
        entry = lexicon.organisations.lookup(bracket.organisation)
        name, kind = (
            (entry.name, entry.kind) if entry and bracket.kind == "affiliation" else (bracket.organisation, None)
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
