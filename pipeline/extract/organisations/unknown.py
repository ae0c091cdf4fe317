"""Capitalised words that nobody knows and that act like organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from pipeline.find.capitals import opens_sentence, plain_name
from pipeline.find.organisations.bodies import is_no_name
from pipeline.lexicon import Lexicon
from pipeline.values import Span

__all__ = ["UnknownWords"]

_CANDIDATE = regex.compile(
    r"(?<![\p{L}\p{N}.@/_-])"
    r"(?:\p{Lu}[\p{Lu}\p{N}&]{1,6}|\p{Lu}[\p{L}\p{N}]{3,40})(?:-\p{Lu}[\p{L}\p{N}]{1,40})?"
    r"(?:[ \n](?:(?:i|&) )?\p{Lu}[\p{L}\p{N}]{1,40}(?:-\p{Lu}[\p{L}\p{N}]{1,40})?){0,2}"
    r"(?![\p{L}\p{N}@/_]|\.\w)"
)
_WORD = regex.compile(r"[^ \n]+")
_PLACE = regex.compile(
    r"(?:vej|vejen|gade|gaden|vænget|stræde|allé|torv|torvet|plads|pladsen|[Bb]oulevard|[Aa]lle)$|^\p{L}?\d|^\p{L}\d+$"
)
_RESIDENT = regex.compile(r"\s(?:fra\s|i\s)?(?:nr|hus|lejl|afdeling|kreds)\b")
_ADDRESS = regex.compile(r"[ ]\d{1,3}\p{L}?(?:[ ]?[,\n]|$)|[ ]*(?:\n|$)")
"""Behind a comma and a name: it is a street, or the town at the end of the line."""
_JOINED = regex.compile(r"\p{Lu}\p{Ll}{2,}\p{Lu}\p{Ll}{2,}")
_SITED = regex.compile(r"(?<!\p{L})(?:i|på|ved|nær|for|om|over|omkring|mellem)\s$")
"""Before a name: somewhere or something, not somebody who does what is told behind it."""
_MOVING = regex.compile(r"\b(?:til|fra|af|mod)\s$")
"""The same for a town: where from or to."""
_INITIALS = regex.compile(
    r"(?<![\p{L}\d/-])(?P<one>\p{Lu}{2,4})(?:(?:, ?|,? og | samt |-|/| \+ | & )(?P<one>\p{Lu}{2,4})(?!\p{L})){2,}+"
)
"""Three or more who go by their initials: "JB, AH, NTK og MS"."""
_BLANKS = regex.compile(r"\s+")
_MUNICIPALITIES = regex.compile(r"\b\p{L}*[Kk]ommuner(?:ne|nes|s)?\b")
"""Minutes that speak of several mean them by the names of their towns."""
_DOES = regex.compile(r"(?:\s(?:og|samt)\s\p{Lu}\p{L}+)?\s(?!(?:er|var|eller|efter|under|over)\b)\p{Ll}+(?:r|de|te)\b")
"""Behind the subject of a sentence."""
_SUM = regex.compile(r"(?i)(?:i[ ]alt|total|sum|rest|moms|budget|regnskab|indtægt|udgift|uforudse|diverse|honorar|løn)")
SHOUTED = 1000
"""A word in capitals is no acronym if it stands so often in 10 million tokens ("HUN", "IKKE")."""
INITIALS = 2
"""So few capitals are somebody's initials rather than an organisation."""
_COMPASS = frozenset(
    {
        *("Øster", "Vester", "Nørre", "Sønder", "Store", "Lille", "Gammel", "Gamle", "Ny", "Nye", "Indre", "Ydre"),
        *("Nedre", "Øvre", "Syd", "Nord", "Øst", "Vest", "Midt"),
    }
)


class UnknownWords:
    """The capitalised words of a text that can be the names of organisations.

    >>> text = "Tilbud fra Norddal og Grand Reoler. Bestyrelsen talte med Ole."
    >>> [name for name, _ in UnknownWords(text, Lexicon.load()).acting([], [Span(58, 61)])]
    ['Norddal', 'Grand Reoler']
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._rules = lexicon.by_name("organisations")
        self._lower: set[str] | None = None
        self._initials = {part for run in _INITIALS.finditer(text) for part in run.captures("one")}

    def acting(self, named: Iterable[Span], people: Iterable[Span]) -> Iterator[tuple[str, list[Span]]]:
        """Names of organisations nobody knows, and of towns that stand for their municipality, with their places.

        `named` are the places of the organisations that are found already, `people` those of persons.
        """
        covered = bytearray(len(self._text) + 1)
        ends: set[int] = set()
        towns: set[int] = set()
        for start, end in named:
            covered[start:end] = b"\1" * (end - start)
            ends.add(end)
        for start, end in people:
            covered[start:end] = b"\1" * (end - start)
        places: dict[str, list[Span]] = {}
        acting: set[str] = set()
        for match in _CANDIDATE.finditer(self._text):
            span = self._inside(match, covered)
            if span is None:
                continue
            name = plain_name(self._text[span.start : span.end])
            places.setdefault(name, []).append(span)
            municipality = self._lexicon.organisations.municipality
            town = (municipality(name) or municipality(name.removesuffix("s"))) is not None
            if self._town_acts(span, towns) if town else self._acts(name, span, ends):
                acting.add(name)
                (towns if town else ends).add(span.end)
        for name, where in places.items():
            if name in acting:
                yield name, where

    def bidders(self) -> Iterator[tuple[str, Span]]:
        """The names in a list of bidders or applicants with their sums, under a line that tells what the list is.

        >>> text = "BF har tre priser:\\n  Sol & Vind   94.000\\n  Energigården 88.750\\n"
        >>> [name for name, _ in UnknownWords(text, Lexicon.load()).bidders()]
        ['Sol & Vind', 'Energigården']
        """
        head, row = self._rules["bids"].regex, self._rules["bid"].regex
        start, listed = 0, False
        for line in self._text.split("\n"):
            match = row.search(line) if listed else None
            if match and self.can_be_name(name := plain_name(match["name"])) and not _SUM.match(name):
                yield name, Span(start + match.start("name"), start + match.end("name"))
            elif line.strip():
                listed = match is not None or head.search(line) is not None
            start += len(line) + 1

    def _inside(self, match: regex.Match[str], covered: bytearray) -> Span | None:
        """The words up to the first that is part of a name already found, or that a short line ends before."""
        begin = end = match.start()
        for word in _WORD.finditer(match.group()):
            start = match.start() + word.start()
            ended = "\n" in self._text[end:start] or word.group().lower() == "kommuner"
            if covered[start] or (end > begin and ended):
                break
            if begin == start and not self._can_open(
                word.group(), start, last=match.start() + word.end() == match.end()
            ):
                begin = end = min(match.start() + word.end() + 1, match.end())
            elif word.group()[0].isupper():
                end = match.start() + word.end()
        return Span(begin, end) if begin < end else None

    def _can_open(self, word: str, start: int, *, last: bool) -> bool:
        """Whether a name can start with the word: not a body ("Festudvalget Norddal"), not what opens a sentence."""
        if not (word[0].isupper() and self.can_be_name(word) and self._lexicon.roles.group(word) is None):
            return False
        if not last and self._rules["agentive"].regex.fullmatch(f"{word} "):
            return False
        if last or not (self._is_word(word) and opens_sentence(self._text, start)):
            return True
        before, _ = self._around(Span(start, start))
        return self._is_cued(before)

    def _is_cued(self, before: str) -> bool:
        """Whether what stands before a word makes it the name of somebody who sells, pays or is spoken to."""
        cued = any(self._rules[rule].regex.search(before) for rule in ("agentive", "supplier-before"))
        return cued and self._rules["comes-from"].regex.search(before) is None

    def _around(self, span: Span) -> tuple[str, str]:
        before = self._text[max(0, span.start - 40) : span.start]
        after = self._text[span.end : span.end + 60]
        return _BLANKS.sub(" ", before), after.replace("\n", " ")

    def _town_acts(self, span: Span, towns: set[int]) -> bool:
        """Whether a town's name stands for its municipality."""
        before, after = self._around(span)
        told = _DOES.match(after) is not None and not (_SITED.search(before) or _MOVING.search(before))
        return (
            (told and _MUNICIPALITIES.search(self._text) is not None)
            or self._rules["at-town"].regex.search(before) is not None
            or self._rules["town-acting"].regex.match(after) is not None
            or self._in_list(span, towns)
        )

    def _acts(self, name: str, span: Span, ends: set[int]) -> bool:
        before, after = self._around(span)
        if (
            name in self._initials
            or _RESIDENT.match(after)
            or (name.isupper() and (len(name) <= INITIALS or self._is_shouted(span)))
        ):
            return False
        if self._is_cued(before) or self._in_list(span, ends):
            return self.is_name(name) or (" " in name and self._is_proper(name))
        if " " in name and self._rules["priced"].regex.match(self._text[span.end : span.end + 60]):
            return self.is_name(name) and not self._lexicon.names.is_place(name.split(maxsplit=1)[0])
        opens = opens_sentence(self._text, span.start)
        if not name.isupper() and (opens and not _JOINED.match(name)):
            surely = not name.endswith("erne") and self._rules["acting-surely"].regex.match(after) is not None
            return surely and self.is_name(name)  # "Gæsterne" are many and go by a common word
        if not self._rules["acting"].regex.match(after) or (not name.isupper() and _SITED.search(before)):
            return False
        return self.is_name(name)

    def _is_shouted(self, span: Span) -> bool:
        """Whether the line holds several words and none in lower case, so that capitals say nothing."""
        line = self._text[self._text.rfind("\n", 0, span.start) + 1 : span.end + 1].partition("\n")[0]
        return " " in line.strip() and line.isupper()

    def _in_list(self, span: Span, ends: set[int]) -> bool:
        """Whether an organisation stands right before, parted by a comma or "og"."""
        for joint in range(2, 8):
            if span.start - joint in ends:
                between = self._text[span.start - joint : span.start].replace("\n", " ")
                if "," in between and _ADDRESS.match(self._text, span.end):
                    return False
                return self._rules["list-joint"].regex.match(between) is not None
        return False

    def can_be_name(self, printed: str) -> bool:
        """Whether words are no common body, no thing of the trade and no word that opens a sentence."""
        return self._rules["office"].regex.match(printed) is not None or not is_no_name(printed, self._lexicon)

    def is_name(self, words: str) -> bool:
        """Whether words are neither common nor a person's name, a place, a role or a thing of the trade."""
        names, head = self._lexicon.names, words.split(maxsplit=1)[0]
        return not (
            not self.can_be_name(words)
            or self._rules["opener"].regex.match(head)
            or self._rules["no-house"].regex.search(head)
            or self._lexicon.roles.group(head)
            or names.is_place(words)
            or (names.count(head).word and not words.isupper())
            or (names.first_score(head) >= 0.9 and names.count(head).first >= 100 and not words.isupper())
            or self._is_word(head)
            or _PLACE.search(head)
        )

    def _is_proper(self, name: str) -> bool:
        """Whether several capitalised words are a proper name that is no place and no person."""
        words = [word for word in name.split() if word[0].isupper()]
        names = self._lexicon.names
        return (
            len(words) > 1
            and self.can_be_name(name)
            and all(self.can_be_name(word) for word in words)
            and not any(names.is_place(word) or word in _COMPASS or _PLACE.search(word) for word in words)
            and not any(self._rules["no-house"].regex.search(word) for word in words[:1])
            and self._lexicon.roles.group(words[0]) is None
            and not names.is_first(words[0])
        )

    def _is_word(self, form: str) -> bool:
        """Whether a form is a common word of the language, or of this text; in capitals only a very common one."""
        words = self._lexicon.words
        if form.isupper():
            return words.count(form) > SHOUTED
        if not form[1:].islower():
            return False
        if words.count(form) > words.proper_count(form):
            return True
        if self._lower is None:
            self._lower = set(regex.findall(r"(?<![\p{L}/.-])\p{Ll}{3,}(?!\p{L})", self._text))
        return form.lower() in self._lower
