"""Which entry of the gold a name belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluate.compare import fold
from pipeline.evaluate.gold import GoldOrganisation, GoldPerson
from pipeline.evaluate.tally import Tally

__all__ = ["Resolve", "organisation_resolver", "organisations_tally", "person_resolver"]

Resolve = Callable[[str | None], str | None]


def person_resolver(persons: Sequence[GoldPerson]) -> Resolve:
    """A function that gives every form of a gold person the same key, and any other name its folded self."""
    return _resolver((person.name, *person.forms) for person in persons)


def organisation_resolver(organisations: Sequence[GoldOrganisation]) -> Resolve:
    """A function that gives every name of a gold organisation the same key."""
    return _resolver((organisation.name, *organisation.aliases) for organisation in organisations)


def _resolver(entries: Iterable[Sequence[str]]) -> Resolve:
    keys: dict[str, str] = {}
    for names in entries:
        for name in names:
            keys.setdefault(fold(name), fold(names[0]))
    return lambda name: keys.get(fold(name), fold(name)) if name else None


def organisations_tally(gold: Sequence[GoldOrganisation], found: Sequence[Mapping[str, Any]]) -> Tally:
    """Organisations are the same when they share a name or an alias.

    A second entry for one gold organisation counts neither way.
    """
    wanted = [_names(organisation.name, organisation.aliases) for organisation in gold]
    hit: set[int] = set()
    spurious, verdicts = list[str](), list[bool | None]()
    for entry in found:
        names = _names(entry.get("name"), entry.get("aliases") or [])
        match = next((i for i, other in enumerate(wanted) if i not in hit and other & names), None)
        if match is not None:
            hit.add(match)
            verdicts.append(True)
        elif any(other & names for other in wanted):
            verdicts.append(None)
        else:
            spurious.append(str(entry.get("name")))
            verdicts.append(False)
    missed = [entry.name for i, entry in enumerate(gold) if i not in hit and not entry.optional]
    return Tally(sum(not gold[i].optional for i in hit), tuple(missed), tuple(spurious), tuple(verdicts))


def _names(name: str | None, aliases: Iterable[str]) -> set[str]:
    return {fold(one) for one in (name, *aliases) if one}
