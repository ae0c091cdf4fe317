"""The organisations of a document, one entry each, with the other names they go by in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from pipeline.document import Document, Organisation, Span
from pipeline.extract.mentions import names_in, organisations_in
from pipeline.find.capitals import opens_sentence, plain_name
from pipeline.find.organisations import OrganisationMention
from pipeline.lexicon import Lexicon, Rule

__all__ = ["find_organisations"]

_COMMITTEE = regex.compile(r"\p{Lu}[\p{L}-]{6,}(?:udvalget|rådet|nævnet|komit[eé]en|forummet|selskabet|foreningen)$")
_LONG_FORM = regex.compile(r"\p{Lu}[\p{L}\p{N}&-]*(?:\s(?:(?:og|for|i|af|&)\s)?\p{Lu}[\p{L}\p{N}&-]*)+$")
_HEAD = regex.compile(r"^(?:foreningen|firmaet|fonden|klubben|selskabet|landsforeningen)\s")
_UNKNOWN = regex.compile(
    r"(?<![\p{L}\p{N}.@/_-])"
    r"(?:\p{Lu}[\p{Lu}\p{N}&]{1,6}|\p{Lu}[\p{L}\p{N}]{3,}(?: \p{Lu}[\p{L}\p{N}]{2,})?)"
    r"(?![\p{L}\p{N}@/_]|\.\w)"
)
_STREET = regex.compile(r"(?:vej|vejen|gade|gaden|vænget|stræde|allé|torv|torvet|plads|pladsen)$|^\p{L}?\d|^\p{L}\d+$")
_SHORT_HEADS = {
    "a/b": "andelsboligforeningen",
    "e/f": "ejerforeningen",
    "g/f": "grundejerforeningen",
    "gf": "grundejerforeningen",
    "gf.": "grundejerforeningen",
    "h/f": "haveforeningen",
}
NEAR = 300
"""A CVR number stands at most so far behind the name it belongs to."""
REACH = 80
"""So far back the words are read that an acronym stands for."""
SHOUTED = 1000
"""A word in capitals is no acronym if it stands so often in 10 million tokens ("HUN", "IKKE")."""
_QUOTES = ' "”»“„'


@dataclass
class _Entry:
    name: str
    kind: str | None
    aliases: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)
    cvr: str | None = None


def find_organisations(document: Document, lexicon: Lexicon) -> tuple[Organisation, ...]:
    """The organisations of a document in the order of their first mention.

    The canonical name is the known one, else the longest as printed; acronyms belong to the name they stand behind
    in brackets. The meeting's own body counts when it has a proper name. A word that is not known counts when it
    acts like an organisation ("tilbud fra Norddal", "NIF oplyser"). A CVR number goes to the organisation that is
    named last before it.

    >>> text = "Tilbud fra Norddal Vand A/S, CVR 12345678. Norddal Havneråd (NHR) og NHRs formand."
    >>> [(o.name, o.aliases, o.cvr) for o in find_organisations(Document(id="a", source=text), Lexicon.load())]
    [('Norddal Vand A/S', (), '12345678'), ('Norddal Havneråd', ('NHR',), None)]
    """
    return _Register(document, lexicon).result()


class _Register:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._text = document.text
        self._lexicon = lexicon
        self._rules: dict[str, Rule] = {rule.name: rule for rule in lexicon.rules("organisations")}
        self._names = names_in(document.text, lexicon)
        self._entries: dict[str, _Entry] = {}
        self._other: dict[str, str] = {}
        """Folded alias → key of the entry it belongs to."""

    def result(self) -> tuple[Organisation, ...]:
        mentions = list(organisations_in(self._text, self._lexicon))
        acronyms = [mention for mention in mentions if mention.rule == "acronym"]
        for mention in mentions:
            if mention.rule != "acronym":
                self._add(mention.name, mention.kind, mention)
        by_end = {mention.end: mention for mention in mentions if mention.rule != "acronym"}
        for acronym in acronyms:
            if _key(acronym.name) not in self._other:
                self._define(acronym, by_end)
        self._add_body()
        self._add_affiliations()
        self._add_unknown()
        self._add_numbers()
        return tuple(self._finished())

    def _add(self, name: str, kind: str | None, mention: OrganisationMention | None = None) -> _Entry:
        short = _HEAD.sub("", name)
        key = self._other.get(_key(short), _key(short))
        entry = self._entries.setdefault(key, _Entry(short, kind))
        if mention:
            span = Span(mention.start, mention.end)
            entry.mentions.add(span)
            printed = plain_name(self._text[span.start : span.end]).strip(_QUOTES)
            if printed.casefold() != entry.name.casefold():
                entry.aliases.add(printed)
        return entry

    def _define(self, acronym: OrganisationMention, by_end: dict[int, OrganisationMention]) -> None:
        """An acronym in brackets: an alias of the organisation before it; its first definition counts."""
        near = self._text[max(0, acronym.start - REACH) : acronym.start - 1].rstrip()
        begin = max(0, acronym.start - REACH)
        long = by_end.get(begin + len(near))
        if long is None:
            match = _COMMITTEE.search(near) or _LONG_FORM.search(near)
            if match is None:
                return
            name = plain_name(match.group())
            long = OrganisationMention(begin + match.start(), begin + len(near), name, None, "acronym", 0.8)
            if _COMMITTEE.match(name):
                long = long._replace(kind="committee")
        entry = self._add(long.name, long.kind, long)
        entry.aliases.add(acronym.name)
        if _key(acronym.name) != _key(entry.name):
            self._other[_key(acronym.name)] = _key(entry.name)
        wrong = self._entries.get(_key(acronym.name))
        if wrong and wrong is not entry:
            entry.mentions |= self._entries.pop(_key(acronym.name)).mentions
        for span in self._places(acronym.name):
            entry.mentions.add(span)

    def _places(self, name: str, *, any_case: bool = False) -> Iterator[Span]:
        """Where a name stands as a word, also before a genitive s and wrapped over two lines."""
        pattern = r"\s+".join(regex.escape(part) for part in name.split())
        flags = regex.IGNORECASE if any_case else 0
        for match in regex.finditer(
            rf"(?<![\p{{L}}\p{{N}}/._]){pattern}(?=['’]?s?(?![\p{{L}}\p{{N}}_]))", self._text, flags
        ):
            yield Span(*match.span())

    def _add_body(self) -> None:
        body = self._document.meeting.body
        if not body or self._rules["generic-body"].regex.match(body):
            return
        stem = self._rules["body-tail"].regex.sub("", body).strip(_QUOTES)
        known = self._lexicon.organisations.lookup(stem)
        if not known and not any(c.isupper() for c in stem):
            return
        if not known and " " not in stem and not self._is_unknown_name(stem) and not stem.endswith("foreningen"):
            return
        entry = self._add(known.name if known else stem, known.kind if known else None)
        entry.mentions.update(self._places(stem, any_case=True))
        if body != stem:
            entry.mentions.update(self._places(body, any_case=True))

    def _add_affiliations(self) -> None:
        """What the attendance lists state beside the names."""
        meeting = self._document.meeting
        for attendee in (*meeting.present, *meeting.absent):
            printed = attendee.organisation
            if not printed or not printed[:1].isupper() or not self._can_be_name(printed):
                continue
            known = self._lexicon.organisations.lookup(printed)
            entry = self._add(known.name if known else printed, known.kind if known else None)
            entry.mentions.update(self._places(printed))

    def _can_be_name(self, printed: str) -> bool:
        return not any(self._rules[rule].regex.match(printed) for rule in ("generic-body", "no-organisation", "opener"))

    def _add_unknown(self) -> None:
        """Words that nobody knows and that act like organisations; municipalities that go by their town's name."""
        spans = [span for entry in self._entries.values() for span in entry.mentions]
        spans += [Span(name.start, name.end) for name in self._names]
        spans += [span for person in self._document.persons for span in person.mentions]
        covered = bytearray(len(self._text) + 1)
        for start, end in spans:
            covered[start:end] = b"\1" * (end - start)
        places: dict[str, list[Span]] = {}
        cues: Counter[str] = Counter()
        for match in _UNKNOWN.finditer(self._text):
            if covered[match.start()]:
                continue
            name = match.group()
            town = self._lexicon.organisations.municipality(name.removesuffix("s")) is not None
            places.setdefault(name, []).append(Span(*match.span()))
            cues[name] += self._acts(match.start(), match.end(), "at-town" if town else "agentive")
        for name, where in places.items():
            municipality = self._lexicon.organisations.municipality(name.removesuffix("s"))
            if cues[name] and municipality:
                self._add(municipality.name, "municipality").aliases.add(name)
                self._entries[_key(municipality.name)].mentions.update(where)
            elif cues[name] and self._is_unknown_name(name):
                self._add(name, None).mentions.update(where)

    def _acts(self, start: int, end: int, cue: str) -> bool:
        before = self._text[max(0, start - 40) : start]
        after = self._text[end : end + 40]
        opens = opens_sentence(self._text, start)
        word = self._text[start:end]
        if self._rules[cue].regex.search(before):
            return True
        return (not opens or word.isupper()) and self._rules["acting"].regex.match(after) is not None

    def _is_unknown_name(self, word: str) -> bool:
        """Whether a word is neither a common word nor a person's name, a place, a role or a thing of the trade."""
        names, head = self._lexicon.names, word.split(maxsplit=1)[0]
        return not (
            not self._can_be_name(word)
            or self._rules["opener"].regex.match(head)
            or self._lexicon.roles.group(head)
            or names.is_place(word)
            or (names.count(head).word and not word.isupper())
            or (names.first_score(head) >= 0.9 and names.count(head).first >= 100 and not word.isupper())
            or self._is_word(head)
            or _STREET.search(head)
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
        return regex.search(rf"(?<![\p{{L}}/.-]){regex.escape(form.lower())}(?!\p{{L}})", self._text) is not None

    def _add_numbers(self) -> None:
        """CVR numbers, each to the organisation named last before it."""
        entries = list(self._entries.values())
        ends = sorted((span.end, n) for n, entry in enumerate(entries) for span in entry.mentions)
        for match in self._rules["cvr"].regex.finditer(self._text):
            index = bisect_right(ends, (match.start(), len(entries))) - 1
            if index >= 0 and match.start() - ends[index][0] <= NEAR:
                entry = entries[ends[index][1]]
                entry.cvr = entry.cvr or match["name"].replace(" ", "")

    def _finished(self) -> Iterator[Organisation]:
        entries = [entry for entry in self._entries.values() if entry.mentions]
        for entry in sorted(entries, key=lambda e: (min(e.mentions), e.name)):
            aliases = tuple(sorted(entry.aliases - {entry.name}))
            yield Organisation(entry.name, aliases, entry.kind, entry.cvr, tuple(sorted(entry.mentions)))


def _key(name: str) -> str:
    """A name as it is compared: lower case, "H/F" and its like spelt out."""
    head, _, rest = " ".join(regex.sub(r"[\"”»“„]", " ", name.casefold().replace("’", "'")).split()).partition(" ")
    return f"{_SHORT_HEADS.get(head, head)} {rest}".strip()
