"""Names of persons in running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pipeline.find.capitals import Word, opens_sentence, plain_name, runs, without_addresses
from pipeline.find.genitive import without_genitive
from pipeline.find.name_words import ACRONYM, GOES_ON, LANDSCAPE, PURE, QUOTES, SURNAMES, WRAPPED
from pipeline.find.tails import family_tails
from pipeline.lexicon import Lexicon
from pipeline.lexicon.names import PARTICLES, Names

__all__ = ["NameMention", "find_names"]


class NameMention(NamedTuple):
    """A name in a text: `name` on one line and without a genitive s.

    `kind` is full (first and family name), first, last, or initials ("P.H." before a family name counts as full).
    """

    start: int
    end: int
    name: str
    kind: str
    confidence: float


_CAPITAL_BEFORE = regex.compile(r"(?r)(\p{Lu}\p{L}+)[ ]$")
_DAY = regex.compile(r"\d\.?\s*$")
_COUPLE = regex.compile(r"(\p{Lu}\p{Ll}+) & (\p{Lu}\p{Ll}+)(?! \p{Lu})")
_LETTERS = regex.compile(r"\s?\((\p{Lu}{2,4})\)")
"""Initials behind a name."""
_LOWER = regex.compile(r"(?<![\p{L}-])\p{Ll}{3,}")

SURE = 0.5
"""A form that scores so much is a name more often than not."""
BEARERS = 60
"""A lone first name has at least so many bearers, unless a verb or a colon follows."""
OFTEN = 1000
"""A first name that so many bear and that running text never has in lower case is no word."""
EVERYDAY = 2000  # occurrences of a word that is no name in the genitive: "Hos"
FAMILY = 20
"""Behind a first name, a capitalised word is a family name if so many bear it, though it is a word too ("Høj")."""
COMMON = 100
"""A family name that so many bear may have an unknown first name."""


def find_names(text: str, lexicon: Lexicon) -> list[NameMention]:
    """Persons' names in the order of the text, none overlapping another.

    A full name is a known first name or initials with a capitalised word behind it that is no street, firm or
    institution; or an unknown capitalised word before a known family name, in the middle of a sentence. A lone
    first name needs bearers enough and, where a sentence starts, a verb or a colon behind it or no use as a word.
    A lone family name counts after a title, or where a full name in the same text holds it. Particles ("van der"),
    hyphens and double names belong to the name; titles do not.

    >>> lexicon = Lexicon.load()
    >>> [m.name for m in find_names("Direktør Karen Dam-Holt og Piet van der Ploeg bad Ole komme.", lexicon)]
    ['Karen Dam-Holt', 'Piet van der Ploeg', 'Ole']
    >>> find_names("Karen Blixens Vej og Region Fyn", lexicon)
    []
    """
    text = without_addresses(text)
    finder = _Finder(text, lexicon)
    full: list[NameMention] = []
    lone: list[Word] = []
    for words in runs(text):
        pieces = list(finder.pieces(words))
        full += [piece for piece in pieces if isinstance(piece, NameMention)]
        lone += [piece for piece in pieces if isinstance(piece, Word)]
    parts = {part for mention in full for part in mention.name.split() if len(part) > 1 and part[-1] != "."}
    covered = bytearray(len(text))
    for mention in full:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    tails = [span for span in family_tails(text, (mention.name for mention in full)) if not any(covered[slice(*span)])]
    for start, end in tails:
        covered[start:end] = b"\1" * (end - start)
    lone = [word for word in lone if not covered[word.start]]
    places = Counter(word.form for word in lone)
    things = Counter(word.form for word in lone if finder.thing(word.start, word.end))
    singles = (finder.lone(word, parts) for word in lone if 2 * things[word.form] < places[word.form])
    full += [NameMention(*span, plain_name(text[slice(*span)]), "last", 0.9) for span in tails]
    return sorted([*full, *(mention for mention in singles if mention)])


class _Finder:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._names: Names = lexicon.names
        self._words = lexicon.words
        self._roles = lexicon.roles
        self._rules = lexicon.by_name("persons")
        self._things: dict[tuple[int, int], bool] = {}
        self._lower = set(_LOWER.findall(text))
        """Words that the text itself writes in lower case."""

    def pieces(self, words: Sequence[Word]) -> Iterator[NameMention | Word]:
        """The full names of a run of capitalised words, and the words that are left over."""
        i = 0
        while i < len(words):
            end = self._full_name_end(words, i)
            if end is None:
                yield words[i]
                i += 1
                continue
            if not self.thing(words[i].start, words[end - 1].end):
                yield self._mention(words[i:end], "full")
            i = end

    def lone(self, word: Word, parts: set[str]) -> NameMention | None:
        """A capitalised word that stands alone, as a name; or None."""
        form = without_genitive(word.form, self._names, parts)
        if len(form) < 2 or form.casefold() in PARTICLES or self.thing(word.start, word.start + len(form)):
            return None
        before = self._text[max(0, word.start - 40) : word.start]
        opens = opens_sentence(self._text, word.start)
        if form != word.form and ((opens and self._is_word(form)) or self._words.count(word.form) > EVERYDAY):
            return None
        if form in parts:
            kind = "first" if self._names.is_first(form) or self._borne(form) else "last"
            return NameMention(word.start, word.start + len(form), form, kind, 0.85)
        if self._names.is_last(form) and self._rules["title"].regex.search(before):
            return NameMention(word.start, word.start + len(form), form, "last", 0.8)
        confidence = self._lone_first(form, before, word)
        return NameMention(word.start, word.start + len(form), form, "first", confidence) if confidence else None

    def _lone_first(self, form: str, before: str, word: Word) -> float:
        score, count = self._names.first_score(form), self._names.count(form)
        if score < SURE and self._borne(form):
            return 0.7 * (self._speaks(word.start + len(form)) or not opens_sentence(self._text, word.start))
        place = (self._names.is_place(form) and count.first < OFTEN) or self._after_place(before)
        if score < 0.2 or not (form[1:].islower() or "-" in form) or place:
            return 0.0
        speaks = self._speaks(word.start + len(form))
        if self._rules["month"].regex.match(form) and (not speaks or _DAY.search(before)):
            return 0.0
        if count.first < BEARERS and not (speaks and score >= SURE) and "-" not in form:
            return 0.0
        if count.first < count.family / 2 and not speaks:
            return 0.0
        sure = count.word == 0 and count.first >= OFTEN
        doubtful = score < 0.95 or count.capitalised > 400
        doubtful = doubtful or (not sure and self._words.count(form) > self._words.proper_count(form))
        if doubtful and not speaks and opens_sentence(self._text, word.start):
            return 0.0
        return round(0.55 + 0.4 * score, 2)

    def _after_place(self, before: str) -> bool:
        """Whether a town stands right before: "Roskilde Fjord" is no person."""
        match = _CAPITAL_BEFORE.search(before)
        return match is not None and self._names.is_place(match.group(1))

    def _speaks(self, end: int) -> bool:
        return self._rules["speaks"].regex.match(self._text[end : end + 100]) is not None

    def _full_name_end(self, words: Sequence[Word], i: int) -> int | None:
        """Index after the last word of a full name that starts at `i`, or None."""
        if not self._starts_name(words, i):
            return None
        end = i + 1
        families = 0
        while end < len(words):
            word = words[end]
            if "\n" in word.joint and not self._wraps(words, i, end):
                break
            if families and self._mostly_first(word.form) and (len(word.joint) > 1 or self._opens_next(words, end)):
                break
            if word.joint[-1:] in QUOTES and end + 1 < len(words):  # what the others call this one
                end += 1
                continue
            if word.form.casefold() in PARTICLES:
                families += word.form in SURNAMES and end + 1 == len(words)
                end += 1
                continue
            if self._is_thing_word(word) or (families and ACRONYM.fullmatch(word.form) and not words[i].form.isupper()):
                break
            if not self._continues(word, last=end + 1 == len(words)) and not self._is_named(words[i : end + 1]):
                break
            families += 1
            end += 1
        while end > i + 1 and words[end - 1].form.casefold() in PARTICLES and words[end - 1].form not in SURNAMES:
            end -= 1
        return end if families and end > i + 1 else None

    def _starts_name(self, words: Sequence[Word], i: int) -> bool:
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if following is None or word.form.casefold() in PARTICLES or self._roles.group(word.form):
            return False
        if following.form.casefold() in PARTICLES and following.form.islower():
            return self._names.first_score(word.form) >= SURE
        family = self._names.last_score(following.form) >= SURE
        if word.form.endswith("."):
            named = not self._is_word(following.form) or self._names.is_last(following.form)
            return named and not self._rules["lettered"].regex.search(self._text, max(0, word.start - 20), word.start)
        score = self._names.first_score(word.form)
        if score >= SURE or (self._borne(word.form) and (family or not opens_sentence(self._text, word.start))):
            return not (self._names.is_place(word.form) and not family)
        if score >= 0.2:
            return family
        if opens_sentence(self._text, word.start) or not family or self._names.is_place(word.form):
            return False
        foreign = self._names.count(following.form).first >= BEARERS or "-" in word.form
        if not foreign and not self._names.count(word.form).first:  # nobody is called so
            return self._rules["title"].regex.search(self._text, max(0, word.start - 40), word.start) is not None
        if self._names.last_score(word.form) >= SURE:
            return True
        place = self._names.is_place(following.form) or following.form in LANDSCAPE
        if place or self._names.count(following.form).family < COMMON:
            return False
        return not (self._is_word(word.form) or self._is_thing_word(word)) and word.form[1:].islower()

    def _is_word(self, form: str) -> bool:
        """Whether a form is a word of the language, or of this text."""
        if self._names.count(form).word > 0 or form.casefold() in self._lower:
            return True
        least = self._words.proper_count(form) if self._names.is_name(form) else 0.0
        return self._words.count(form) > least

    def _is_thing_word(self, word: Word) -> bool:
        street = self._rules["street"].regex.match(word.form)
        return street is not None or self._rules["thing-after"].regex.fullmatch(" " + word.form) is not None

    def _continues(self, word: Word, *, last: bool) -> bool:
        """Whether a capitalised word can follow a first name."""
        if len(word.form.rstrip(".")) == 1 or word.form.endswith("."):
            return not last or self._closes(word)
        if self._names.last_score(word.form) >= 0.3 or self._names.first_score(word.form) >= 0.3:
            return True
        if self._names.count(word.form).family >= FAMILY or self._borne(word.form):
            return True
        return not self._is_word(word.form) and not self._roles.group(word.form)

    def _closes(self, word: Word) -> bool:
        """Whether an initial ends a name ("Hanne J. spurgte"), and its full stop no sentence."""
        if word.form.endswith("."):
            return len(word.form) == 2 and GOES_ON.match(self._text, word.end) is not None
        return self._text[word.end : word.end + 1] != "/"

    def _borne(self, form: str) -> bool:
        """Whether so many are called by a word that, with a capital inside a sentence, it is their name: "Tage"."""
        many = self._names.count(form).first >= OFTEN and form[1:].islower()
        return many and not self._rules["month"].regex.match(form)

    def _is_named(self, words: Sequence[Word]) -> bool:
        """Whether a first name and a town are somebody's name: their initials stand behind, or somebody speaks."""
        end = words[-1].end
        if (letters := _LETTERS.match(self._text, end)) and len(words) > 1:
            return letters[1] == "".join(word.form[0] for word in words)
        town = len(words) > 1 and self._names.is_place(words[-1].form) and self._borne(words[0].form)
        return town and self._text[end : end + 1] == " " and self._speaks(end)

    def _wraps(self, words: Sequence[Word], i: int, end: int) -> bool:
        """Whether a name may go on over the line break before the word at `end`."""
        line_start = self._text.rfind("\n", 0, words[end - 1].end) + 1
        if words[end - 1].end - line_start < WRAPPED:
            return False
        form = words[end].form
        if form.casefold() in PARTICLES or end == i + 1:
            return True
        return self._names.last_score(form) >= SURE and not self._mostly_first(form)

    def _opens_next(self, words: Sequence[Word], i: int) -> bool:
        """Whether another person starts at word `i`: two columns that were read as one line."""
        before, here = self._names.count(words[i - 1].form), self._names.count(words[i].form)
        following = self._names.count(words[i + 1].form) if i + 1 < len(words) else None
        ends = before.family > PURE * before.first
        begins = here.first > PURE * here.family and here.first >= COMMON
        return ends and begins and following is not None and following.family > following.first

    def _mostly_first(self, form: str) -> bool:
        count = self._names.count(form)
        return count.first > count.family

    def thing(self, start: int, end: int) -> bool:
        """Whether the words around say that this is a street, a firm, an institution; "Ida & Bo" is none."""
        if (start, end) not in self._things:
            found = self._rules["thing-after"].regex.search(self._text[end : end + 30])
            found = found or self._rules["thing-before"].regex.search(self._text[max(0, start - 30) : start])
            found = found or self._rules["at-most"].regex.match(self._text, start)
            self._things[start, end] = found is not None and not self._is_couple(start, end)
        return self._things[start, end]

    def _is_couple(self, start: int, end: int) -> bool:
        couple = _COUPLE.search(self._text, max(0, start - 30), end + 30)
        near = couple.groups() if couple and couple.start() <= start < couple.end() else ()
        return bool(near) and all(self._names.first_score(name) >= SURE for name in near)

    def _mention(self, words: Sequence[Word], kind: str) -> NameMention:
        last = words[-1]
        form = without_genitive(last.form, self._names, set())
        end = last.end - (len(last.form) - len(form))
        name = plain_name(self._text[words[0].start : end])
        return NameMention(words[0].start, end, name, kind, round(0.6 + 0.39 * self._names.score(name), 2))
