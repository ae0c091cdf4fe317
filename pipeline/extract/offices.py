"""Who holds the offices that a document speaks of by their names alone ("formanden", "epidemiologen")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from pipeline.document import Document

__all__ = ["Offices", "indefinite"]

_OFFICE_END = regex.compile(r",| for | i ")
_OFFICE_OF = regex.compile(r"(?P<office>\p{L}{5,}) \((?P<who>\p{Lu}[^()&,/]{1,30})\)$")
"""The end of a title such as "Nyt fra formanden (MLD)"."""
_COLLECTIVE = regex.compile(
    r"(?i)(?:råd|side|forvaltning|administration|sekretariat|ledelse|mindretal|afdeling|personal)(?:et|en|n)$"
)
"""Roles that many hold together: no single person stands for them."""
_DEPUTY = regex.compile(r"(?:vice|pro|sous|under|næst|med)\p{L}|.*stfor")
"""How the titles begin of those who stand in for the holder of an office."""
_DEFINITE = regex.compile(r"(?<![\w-])\p{L}{4,}e[nt](?![\w-])")
_NO_OFFICES = frozenset({"formand", "medlem", "gæst", "patient", "borger", "elev", "studerende", "suppleant"})
"""What somebody is beside others, so that the definite form need not mean them; the chair has a rule of its own."""


class Offices:
    """The offices of one document, each with the one person who holds it."""

    def __init__(self, document: Document, *, assembly: bool) -> None:
        self._document = document
        self._holders = self._known(assembly=assembly)

    def holder(self, word: str) -> str | None:
        """Who holds an office: the only one with it, or with a title that ends in it ("driftsdirektør")."""
        if _COLLECTIVE.search(word):
            return None
        forms = indefinite(word)
        for form in forms:
            if form in self._holders:
                return self._holders[form]
        ends = tuple(form for form in forms[1:] if len(form) > 3)
        fit = {
            name for title, name in self._holders.items() if ends and title.endswith(ends) and not _DEPUTY.match(title)
        }
        return fit.pop() if len(fit) == 1 else None

    def named_in(self, flat: str) -> Iterator[regex.Match[str]]:
        """The words of a sentence that are an office of the document's own in the definite form."""
        if self._holders:
            for match in _DEFINITE.finditer(flat):
                forms = indefinite(match.group())[1:]
                if any(form in self._holders and form not in _NO_OFFICES for form in forms):
                    yield match

    def _known(self, *, assembly: bool) -> dict[str, str]:
        meeting = self._document.meeting
        listed = [(a.name, a.role) for a in (*meeting.present, *meeting.absent) if a.role]
        offices = _only_holders((p.name, role) for p in self._document.persons for role in p.roles)
        for role in ("dirigent", "ordstyrer", "mødeleder", *(() if assembly else ("formand", "forperson"))):
            if meeting.chair:
                offices.setdefault(role, meeting.chair)
        offices |= _only_holders(listed)
        for item in self._document.items:
            if (office := _OFFICE_OF.search(item.title or "")) and (holder := self._called(office["who"])):
                offices.setdefault(indefinite(office["office"])[-1], holder)
        for role in ("referent", "undertegnede"):
            if meeting.minute_taker:
                offices.setdefault(role, meeting.minute_taker)
        return offices

    def _called(self, who: str) -> str | None:
        """Whose name or initials these are, where they are nobody else's."""
        everybody = self._document.persons
        called = {p.name for p in everybody if who in (*p.forms, "".join(part[0] for part in p.name.split()))}
        return called.pop() if len(called) == 1 else None


def _only_holders(roles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Who holds each office that only one person holds; "direktør for teknik" is the office "direktør" too.

    >>> _only_holders([("Ida", "Direktør for teknik"), ("Bo", "medlem"), ("Eva", "medlem")])
    {'direktør for teknik': 'Ida', 'direktør': 'Ida'}
    """
    holders: dict[str, set[str]] = {}
    for name, role in roles:
        whole = role.casefold()
        for title in (whole, _OFFICE_END.split(whole)[0].strip()):
            holders.setdefault(title, set()).add(name)
    return {title: names.pop() for title, names in holders.items() if len(names) == 1}


def indefinite(word: str) -> tuple[str, ...]:
    """Forms without the article that a word in the definite form can have.

    >>> indefinite("Formanden")
    ('formanden', 'formand', 'formande')
    """
    folded = word.casefold()
    forms = [folded]
    if folded.endswith(("en", "et")):
        forms += [folded[:-2], folded[:-1]]
    return tuple(forms)
