"""Which organisation the words around a person's name say that the person belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pipeline.extract.persons.adjacent import title_before
from pipeline.extract.persons.unlisted import unlisted_beside
from pipeline.find.brackets import BRACKET
from pipeline.find.names import NameMention
from pipeline.find.organisations.bodies import is_body
from pipeline.find.organisations.organisations import OrganisationMention
from pipeline.lexicon import Lexicon, Rule
from pipeline.values import Span

__all__ = ["Affiliation", "Affiliations"]

REACH = 90
"""So far from a name its organisation may stand."""
SENTENCE = 250
"""So far back a sentence is read."""
_NEXT_ENTRY = regex.compile(r"[ \t]*\n\s*[-–—•*]\s")
"""Between a name and what the next entry of a list begins with."""
_LAST_CELL = regex.compile(r"[ \t]*(?:,\s\p{Ll}[\p{L}-]+)?[ \t]*[xX✓✔√]?[ \t]*")
_OWNS = regex.compile(r"(?:['’]?s|['’]|(?<=s))\s\p{Ll}{4,}")
"""Behind an organisation what it has: "KL's medlem"."""
_AND = regex.compile(r"\s(?:og|samt)\s(?:\p{Ll}{4,20}\s)?")
_BOTH = regex.compile(r",\s(?P<both>begge\s(?:(?:fra|i|ved)\s)?)?")
_BOTH_END = regex.compile(r",\s(?:begge\s)?\p{Ll}")
"""Behind the organisation of two people the sentence goes on about them: ", fortalte"."""
_PAIR_END = regex.compile(r",\s(?:og|samt)\s\p{Lu}")
"""Behind somebody's organisation the next one is named: "Ib Holst, Ravnene, og Karen Dam, Svanerne"."""
_WRAP = regex.compile(r"[ \t]*\n[ \t]*")
_BREAK = regex.compile(r"(?:(?<!\d)\.|[!?:;])(?:\s|$)|\n\s*\n|\n[ \t]*[-–•*][ \t]")


_BODY = regex.compile(
    r"(?:\s\(\p{Lu}{2,4}\))?\s(?:\((?P<inside>\p{Ll}{4,30}(?:\s\p{Ll}{4,30})?)[,)]"
    r"|fra\s(?P<one>\p{Ll}{4,30})(?P<two>\s\p{Ll}{4,30})?(?=[\s.,;:)]))"
)
"""Behind a name a body that is called by a common word: "Ib (sekretariatet)", "Ib fra kommunens forvaltning"."""


class Affiliation(NamedTuple):
    """What the text says about a person: an organisation, a role, or both; `rule` is what found it."""

    organisation: str | None
    role: str | None
    rule: str


class Affiliations:
    """The organisations beside the names of a text.

    >>> from pipeline.extract.mentions import names_in, organisations_in
    >>> lexicon = Lexicon.load()
    >>> text = "Professor Ida Dam, Syddansk Universitet, og KL's konsulent Bo Holm kom."
    >>> beside = Affiliations(text, names_in(text, lexicon), organisations_in(text, lexicon), lexicon)
    >>> [[found.organisation for found in beside.of(name)] for name in names_in(text, lexicon)]
    [['Syddansk Universitet'], ['KL']]
    """

    def __init__(
        self,
        text: str,
        names: Sequence[NameMention],
        organisations: Sequence[OrganisationMention],
        lexicon: Lexicon,
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._full = [name for name in names if name.kind == "full"]
        self._starts = [name.start for name in self._full]
        self._organisations = [o for o in organisations if o.kind != "party"]
        self._places = [o.start for o in self._organisations]
        self._ends = [o.end for o in self._organisations]
        self._rules: dict[str, list[Rule]] = {}
        for rule in lexicon.rules("affiliations"):
            self._rules.setdefault(rule.value or "", []).append(rule)

    def of(self, name: NameMention) -> Iterator[Affiliation]:
        """What stands right behind the name, or right before it."""
        found = (
            self._behind(name)
            or self._before(name)
            or self._beside(name)
            or self._second(name)
            or self._unknown(name)
            or self._body(name)
        )
        if found:
            yield found

    def _behind(self, name: NameMention) -> Affiliation | None:
        start = name.end
        bracket = BRACKET.match(self._text, start + self._text[start : start + 1].isspace())
        if bracket and (found := self._inside(bracket)):
            return found
        start = bracket.end() if bracket else start
        first = bisect_left(self._places, start)
        if first == len(self._places) or self._places[first] - start > REACH:
            return None
        organisation = self._organisations[first]
        between = self._text[start : organisation.start]
        if _NEXT_ENTRY.match(between):
            return None
        between = _flat(between)
        if self._rules["delegate"][0].regex.match(between) and _OWNS.match(self._text, organisation.end):
            return Affiliation(organisation.name, None, "delegate")
        for rule in self._rules["behind"]:
            if (match := rule.regex.match(between)) and self._role_fits(match):
                return Affiliation(organisation.name, _role(match), rule.name)
        if not self._rules["closes"][0].regex.match(self._text[organisation.end : organisation.end + 3]):
            return None
        for rule in self._rules["closed"]:
            match = rule.regex.match(between)
            if not match or not self._role_fits(match):
                continue
            apart = _PAIR_END.match(self._text, organisation.end) or self._own_line(name, organisation)
            if _role(match) or apart or title_before(self._text, name.start, self._lexicon) or self._alone(name):
                return Affiliation(organisation.name, _role(match), rule.name)
        return None

    def _inside(self, bracket: regex.Match[str]) -> Affiliation | None:
        """What a bracket behind a name says of an organisation in it: "(formand for Norddal Vand)"."""
        first = bisect_left(self._places, bracket.start())
        if first == len(self._places) or self._ends[first] > bracket.end():
            return None
        between = _flat(self._text[bracket.start() + 1 : self._places[first]]).lstrip()
        closed = self._text[self._ends[first] : bracket.end()].lstrip()[:1] in (",", ")", "]")
        for rule in self._rules["inside"] if closed else ():
            if (match := rule.regex.match(between)) and self._role_fits(match):
                return Affiliation(self._organisations[first].name, _role(match), rule.name)
        return None

    def _unknown(self, name: NameMention) -> Affiliation | None:
        """A name that no list knows."""
        who = unlisted_beside(self._text, name, self._lexicon)
        return Affiliation(who, None, "from-unknown") if who else None

    def _body(self, name: NameMention) -> Affiliation | None:
        """A body that a common word calls, in brackets or behind "fra"."""
        if match := _BODY.match(self._text, name.end):
            longest = (match["inside"], (match["one"] or "") + (match["two"] or ""), match["one"])
            said = (" ".join(words.split()) for words in longest if words)
            who = next((words for words in said if is_body(words, self._lexicon)), None)
            return Affiliation(who, None, "body") if who else None
        return None

    def _beside(self, name: NameMention) -> Affiliation | None:
        """Where the one behind "og" comes from, as both do: "Ib Holst og Karen Dam fra Kystdirektoratet"."""
        index = bisect_left(self._starts, name.end)
        if index == len(self._full) or not _AND.fullmatch(self._text, name.end, self._full[index].start):
            return None
        other = self._full[index]
        found = self._behind(other)
        if found and found.rule == "from":
            return found
        return self._both(other, said=True)

    def _both(self, second: NameMention, *, said: bool) -> Affiliation | None:
        """The organisation that stands behind the second of two: "Ib Holst og Karen Dam, begge Norddal Vand".

        The first has it only where it is `said` to be of both.
        """
        both = _BOTH.match(self._text, second.end)
        at = bisect_left(self._places, both.end()) if both else len(self._places)
        if both is None or at == len(self._places) or self._places[at] != both.end():
            return None
        closed = _BOTH_END.match(self._text, self._ends[at])
        belongs = both["both"] or (closed and not said)
        return Affiliation(self._organisations[at].name, None, "both") if belongs else None

    def _second(self, name: NameMention) -> Affiliation | None:
        """The organisation behind the second of two names, of whom the sentence goes on to tell."""
        index = bisect_left(self._starts, name.start) - 1
        joined = index >= 0 and _AND.fullmatch(self._text, self._full[index].end, name.start)
        return self._both(name, said=False) if joined else None

    def _before(self, name: NameMention) -> Affiliation | None:
        last = bisect_right(self._ends, name.start) - 1
        if last < 0 or name.start - self._ends[last] > REACH:
            return None
        organisation = self._organisations[last]
        between = _flat(self._text[organisation.end : name.start])
        for rule in self._rules["before"]:
            match = rule.regex.match(between)
            if (
                match
                and self._role_fits(match)
                and (rule.name != "possessive-role" or self._owns(organisation, between))
            ):
                return Affiliation(organisation.name, _role(match), rule.name)
        if between == " (" and self._text[name.end : name.end + 1] == ")":
            return Affiliation(organisation.name, None, "bracket")
        if between in (" ", ", "):
            before = _flat(self._text[max(0, organisation.start - REACH) : organisation.start])
            for rule in self._rules["around"]:
                match = rule.regex.search(before)
                if (
                    match
                    and self._role_fits(match)
                    and not self._listed(organisation.start - len(before) + match.start())
                ):
                    return Affiliation(organisation.name, _role(match), rule.name)
        if self._rules["voice"][0].regex.match(between) and self._rules["on-behalf"][0].regex.search(
            self._text[max(0, organisation.start - REACH) : organisation.start]
        ):
            return Affiliation(organisation.name, None, "voice")
        return None

    def _listed(self, place: int) -> bool:
        """Whether a name and a comma stand right before: what follows is said of that person."""
        index = bisect_left(self._starts, place) - 1
        return index >= 0 and self._text[self._full[index].end : place].strip(" \n") in (",", "-", "–", "(")

    def _owns(self, organisation: OrganisationMention, between: str) -> bool:
        """Whether the organisation's name stands in the genitive."""
        return not between.startswith(" ") or self._text[organisation.end - 1 : organisation.end] in "sxz"

    def _role_fits(self, match: regex.Match[str]) -> bool:
        role = _role(match)
        return role is None or self._lexicon.roles.group(role) is not None

    def _own_line(self, name: NameMention, organisation: OrganisationMention) -> bool:
        """Whether the two fill a line, as in a list with one person on each: "Ib Holst, Norddal Kommune   x"."""
        text = self._text
        start, end = text.rfind("\n", 0, name.start) + 1, text.find("\n", organisation.end)
        rest = text[organisation.end : end if end >= 0 else len(text)]
        return not text[start : name.start].strip(" \t*•–-") and _LAST_CELL.fullmatch(rest) is not None

    def _alone(self, name: NameMention) -> bool:
        """Whether no other person is named in the sentence, so that a comma does not part the members of a list."""
        sentence = self._sentence(name.start)
        following = self._text[name.end : name.end + SENTENCE]
        stop = _BREAK.search(following)
        end = name.end + (stop.start() if stop else len(following))
        others = self._full[bisect_left(self._starts, sentence) : bisect_left(self._starts, end)]
        return all(other.start == name.start or self._paired(other) for other in others)

    def _paired(self, name: NameMention) -> bool:
        """Whether an organisation stands behind a name too, as in "Ib Holst, DGI, og Karen Dam, DBU"."""
        at = bisect_left(self._places, name.end)
        return at < len(self._places) and _flat(self._text[name.end : self._places[at]]) == ", "

    def _sentence(self, place: int) -> int:
        begin = max(0, place - SENTENCE)
        stops = list(_BREAK.finditer(self._text, begin, place))
        return stops[-1].end() if stops else begin

    def told(self) -> Iterator[tuple[NameMention, Affiliation]]:
        """What a clause says about the only person who is named before it: "…, da hun er kasserer i …"."""
        for organisation in self._organisations:
            before = _flat(self._text[max(0, organisation.start - REACH) : organisation.start])
            for rule in self._rules["subject"]:
                if not (match := rule.regex.search(before)) or not self._role_fits(match):
                    continue
                start = self._sentence(organisation.start)
                named = self._full[bisect_left(self._starts, start) : bisect_left(self._starts, organisation.start)]
                if len({name.name for name in named}) == 1:
                    yield named[0], Affiliation(organisation.name, _role(match), rule.name)

    def successions(self) -> Iterator[tuple[NameMention, Span]]:
        """Who takes over somebody's place, and where the name of the one stands whose place it was."""
        for index, name in enumerate(self._full[1:], 1):
            after = _flat(self._text[name.end : name.end + REACH])
            before = self._text[max(0, name.start - SENTENCE) : name.start]
            taken = any(rule.regex.match(after) for rule in self._rules["successor"])
            if taken or any(rule.regex.search(before) for rule in self._rules["predecessor"]):
                previous = self._full[index - 1]
                if name.start - previous.end <= SENTENCE:
                    yield name, Span(previous.start, previous.end)


def _flat(text: str) -> str:
    """A text on one line, also where what is wrapped is indented."""
    return str(_WRAP.sub(" ", text))


def _role(match: regex.Match[str]) -> str | None:
    return match.groupdict().get("role")
