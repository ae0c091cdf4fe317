"""Where a document names the people that it knows, and what stands there instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.extract.persons.identity import fold_name
from pipeline.lexicon.names import PARTICLES
from pipeline.records import Minutes

__all__ = ["NameFinder"]

Offsets = tuple[int, int]
_SOMEBODY = "[person]"
_LETTERS = {
    "æ": "(?:æ|ae|e)",
    "ø": "(?:ø|oe|o)",
    "å": "(?:å|aa|a)",
    "aa": "(?:aa|å|a)",
    "é": "[ée]",
    "ü": "[üuy]",
    "ö": "[öø]",
}
_JOINT = r"(?:[\s._\-–]*\n?[\s._\-–]*)"
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_PARTS = re.compile(r"[\s.\-]+")
_ROLE = re.compile(r"[a-zæøåé][a-zæøåé \-]{2,39}")


class NameFinder:
    """The people of a record in any text: by full name, by form, by a part of a name, in addresses of e-mail.

    A part of a name counts where it is written with a capital, for whoever bears it: "Holm" alone is taken out where
    an Ida Holm is known, and so is the "Holm" of "Holm Reoler A/S". False where the record knows nobody.
    """

    def __init__(self, record: Minutes) -> None:
        self._labels = _labels(record)
        owners: dict[str, set[str]] = {}
        for person in record.persons:
            for name in (person.name, *person.forms, *(mention.text for mention in person.mentions)):
                owners.setdefault(name, set()).add(self._labels[person.id])
        meeting = record.meeting
        attendees = (attendee.name for attendee in (*meeting.present, *meeting.absent))
        for listed in filter(None, (*attendees, meeting.chair, meeting.minute_taker)):
            owners.setdefault(listed, set())
        self._whole = {name.strip(): labels for name, labels in owners.items() if len(name.strip()) > 1}
        self._parts: dict[str, set[str]] = {}
        for name, labels in self._whole.items():
            for part in re.split(r"[\s.]+", name):
                for word in {part, *part.split("-")}:
                    if len(word) > 1 and word[0].isupper() and word.casefold() not in PARTICLES:
                        self._parts.setdefault(word, set()).update(labels)
        self._by_fold: dict[str, set[str]] = {}
        for name, labels in (*self._parts.items(), *self._whole.items()):
            self._by_fold.setdefault(_key(name), set()).update(labels)
        self._pattern = _pattern(self._whole, self._parts)
        self._tokens = {key for name in (*self._whole, *self._parts) for key in fold_name(name).split() if len(key) > 1}
        self._mentions = [
            ((mention.start, mention.end), self._labels[person.id])
            for person in record.persons
            for mention in person.mentions
        ]

    def __bool__(self) -> bool:
        return bool(self._whole)

    def find(self, text: str) -> list[tuple[Offsets, str]]:
        """Where people are named in any text, and what stands there instead; none overlapping."""
        found = [(match.span(), "[e-mail]") for match in _MAIL.finditer(text) if self._is_address(match.group())]
        taken = [span for span, _ in found]
        for match in self._pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                found.append((match.span(), self._label_of(match.group())))
        return sorted(found)

    def mentions(self, text: str) -> list[tuple[Offsets, str]]:
        """The same in the record's own text, with the places where people are mentioned in whatever form."""
        return sorted([*self._mentions, *self.find(text)])

    def label(self, text: str, span: Offsets) -> str:
        """What stands instead of a span of the record's text."""
        for places in (self._mentions, self.find(text[slice(*span)])):
            offset = 0 if places is self._mentions else span[0]
            labels = {label for (start, end), label in places if start + offset < span[1] and span[0] < end + offset}
            if labels:
                return labels.pop() if len(labels) == 1 else _SOMEBODY
        return _SOMEBODY

    def without(self, string: str) -> str:
        """A string with labels in the place of people."""
        for (start, end), label in reversed(self.find(string)):
            string = string[:start] + label + string[end:]
        return string

    def names_somebody(self, path: str) -> bool:
        """Whether a path or an id holds a part of a name, in whatever letters."""
        return bool(self._tokens & set(re.findall(r"[^\W\d_]+", fold_name(path.replace("_", " ").replace("/", " ")))))

    def _is_address(self, mail: str) -> bool:
        account = fold_name(mail.partition("@")[0].replace("_", " ").replace("+", " "))
        known = [token for token in self._tokens if len(token) > 2]
        return any(token in account for token in known) or bool(self._tokens & set(account.split()))

    def _label_of(self, name: str) -> str:
        labels = self._by_fold.get(_key(name)) or self._by_fold.get(_key(re.sub(r"['’]?s$", "", name))) or set()
        return next(iter(labels)) if len(labels) == 1 else _SOMEBODY


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold_name(name.replace("_", " ")))


def _pattern(whole: Iterable[str], parts: Iterable[str]) -> re.Pattern[str]:
    """Full names in any case and spelling of æøå, forms and parts of names as they are or in capitals."""
    full = sorted((n for n in whole if len(n.split()) > 1), key=lambda n: (-len(n), n))
    single = sorted({w for name in (*whole, *parts) for w in (name, name.upper())}, key=lambda n: (-len(n), n))
    choices = [f"(?i:{_JOINT.join(map(_spellings, _PARTS.split(name)))})" for name in full]
    choices += [re.escape(name) for name in single]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(choices) or '(?!)'})(?:['’]?s)?(?![^\W_])")


def _spellings(part: str) -> str:
    return re.sub("æ|ø|å|aa|é|ü|ö", lambda m: _LETTERS[m.group()], re.escape(part).lower())


def _labels(record: Minutes) -> dict[str, str]:
    """What each person is called instead: a role that only one has, else a number."""
    roles: dict[str, str] = {}
    names = {fold_name(name) for person in record.persons for name in (person.name, *person.forms)}
    for person in record.persons:
        role = next((role.casefold() for role in person.roles if _ROLE.fullmatch(role.casefold())), None)
        if role is None and person.name == record.meeting.chair:
            role = "mødeleder"
        if role is None and person.name == record.meeting.minute_taker:
            role = "referent"
        if role and not names & {fold_name(role), *fold_name(role).split()}:
            roles[person.id] = role
    counts = Counter(roles.values())
    return {
        person.id: f"[{role}]" if (role := roles.get(person.id)) and counts[role] == 1 else f"[person {number}]"
        for number, person in enumerate(record.persons, 1)
    }
