"""Persons and organisations of many documents, merged where nothing but their being one fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple

from pipeline.extract.persons.identity import fold_name
from pipeline.register.digest import Digest, Entry
from pipeline.register.keys import best_name, chained, full_name_key, merge_groups, slug
from pipeline.register.records import MergedOrganisation, MergedPerson, Sighting

__all__ = ["merge_organisations", "merge_persons"]

Basis = Literal["one document", "same body", "same organisation", "name alone"]


class _Seen(NamedTuple):
    entry: Entry
    digest: Digest
    body: str | None


def merge_organisations(digests: Sequence[Digest], bodies: Mapping[str, str]) -> list[MergedOrganisation]:
    """The organisations of all documents: one where names are equal, or CVR numbers.

    An abbreviation in capitals ("KL") is joined with a longer name only when every document that spells it out
    spells out the same one. Different CVR numbers are different organisations, whatever their names.
    """
    seen = [_Seen(e, d, bodies.get(d.meeting.minutes_id)) for d in digests for e in d.organisations]
    spelt_out: dict[str, set[str]] = {}
    for one in seen:
        for alias in one.entry.forms:
            letters, whole = (one.entry.name, alias) if one.entry.name.isupper() else (alias, one.entry.name)
            if not whole.isupper():
                spelt_out.setdefault(fold_name(letters), set()).add(fold_name(whole))
    keyed: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        long = spelt_out.get(fold_name(one.entry.name), set()) if one.entry.name.isupper() else set()
        key = min(long) if len(long) == 1 else fold_name(one.entry.name)
        keyed.setdefault(key, []).append(number)
    found = []
    for numbers in keyed.values():
        numbered: dict[str | None, list[int]] = {}
        for number in numbers:
            numbered.setdefault(seen[number].entry.cvr, []).append(number)
        alone = numbered.pop(None, [])
        # A number that no other contradicts speaks for the entries without one.
        parts = [next(iter(numbered.values()), []) + alone] if len(numbered) < 2 else [*numbered.values(), alone]
        for part in filter(None, parts):
            found.append(_organisation([seen[number] for number in part], apart=len(parts) > 1))
    return sorted(found, key=lambda organisation: organisation.id)


def _organisation(seen: Sequence[_Seen], apart: bool) -> MergedOrganisation:
    names = [one.entry.name for one in seen]
    name = best_name(names)
    cvr = next((one.entry.cvr for one in seen if one.entry.cvr), None)
    kinds = {one.entry.kind for one in seen if one.entry.kind}
    return MergedOrganisation(
        id=slug("organisation", name, *((cvr or "no number",) if apart else ())),
        aliases=sorted({*names, *chain.from_iterable(one.entry.forms for one in seen)} - {name}),
        kind=kinds.pop() if len(kinds) == 1 else None,
        cvr=cvr,
        **_merged(name, seen),
    )


def merge_persons(
    digests: Sequence[Digest], bodies: Mapping[str, str], organisations: Iterable[MergedOrganisation]
) -> list[MergedPerson]:
    """The persons of all documents: one where full names are equal and no stated organisation contradicts it.

    `bodies` tells the body of a record by its id. A name of which only a part is known is joined with nobody, nor is
    a name that one document gives to two people, unless an organisation tells which. Where one name is stated for
    different organisations, entries are joined by a shared one, and those without one by the body they met in.
    """
    known = {fold_name(name): org.id for org in organisations for name in (*org.aliases, org.name)}
    seen = [_Seen(e, d, bodies.get(d.meeting.minutes_id)) for d in digests for e in d.persons]
    keyed: dict[str, list[_Seen]] = {}
    for one in seen:
        keyed.setdefault(full_name_key(one.entry.name) or one.entry.id, []).append(one)
    found = []
    for named in keyed.values():
        homes = [frozenset(known.get(fold_name(o), fold_name(o)) for o in one.entry.organisations) for one in named]
        groups = _joined(named, homes)
        for group in groups:
            people = [named[number] for number in group]
            shared = sorted(frozenset().union(*(homes[number] for number in group)))
            apart = [(shared or [_alone(people)])[0]] if len(groups) > 1 else []
            found.append(_person(people, apart, _basis(people, [homes[number] for number in group])))
    return sorted(found, key=lambda person: person.id)


def _alone(people: Sequence[_Seen]) -> str:
    """What tells people without an organisation from their namesakes: their body, or where they were first read."""
    return people[0].body if len(people) > 1 and people[0].body else people[0].entry.id


def _joined(named: Sequence[_Seen], homes: Sequence[frozenset[str]]) -> list[list[int]]:
    by_home: dict[str, list[int]] = {}
    for number, home in enumerate(homes):
        for organisation in home:
            by_home.setdefault(organisation, []).append(number)
    pairs = list(chain.from_iterable(map(chained, by_home.values())))
    stated = {number for number, home in enumerate(homes) if home}
    doubled = len({one.digest.meeting.minutes_id for one in named}) < len(named)
    if doubled:
        return merge_groups(len(named), pairs)
    if sum(1 for group in merge_groups(len(named), pairs) if stated & set(group)) < 2:
        return [list(range(len(named)))]
    by_body: dict[str, list[int]] = {}
    for number, one in enumerate(named):
        if number not in stated and one.body:
            by_body.setdefault(one.body, []).append(number)
    return merge_groups(len(named), [*pairs, *chain.from_iterable(map(chained, by_body.values()))])


def _basis(people: Sequence[_Seen], homes: Sequence[frozenset[str]]) -> Basis:
    """The weakest ground on which the entries were joined, taken from one to the next."""
    if len(people) == 1:
        return "one document"
    if len({one.body for one in people}) == 1 and people[0].body:
        return "same body"
    bodies = chain.from_iterable(
        chained([n for n, one in enumerate(people) if one.body == body])
        for body in {one.body for one in people} - {None}
    )
    shared = chain.from_iterable(
        chained([n for n, home in enumerate(homes) if organisation in home]) for organisation in set().union(*homes)
    )
    return "same organisation" if len(merge_groups(len(people), [*bodies, *shared])) == 1 else "name alone"


def _person(people: Sequence[_Seen], apart: Sequence[str], basis: Basis) -> MergedPerson:
    entries = [one.entry for one in people]
    name = best_name(entry.name for entry in entries)
    return MergedPerson(
        id=slug("person", name, *apart) if full_name_key(name) else entries[0].id,
        forms=sorted({form for entry in entries for form in (entry.name, *entry.forms)}),
        organisations=sorted({organisation for entry in entries for organisation in entry.organisations}),
        roles=sorted({role for entry in entries for role in entry.roles}),
        body_ids=sorted({one.body for one in people if one.body}),
        basis=basis,
        **_merged(name, people),
    )


def _merged(name: str, seen: Sequence[_Seen]) -> dict[str, Any]:
    dates = sorted(date for one in seen if (date := one.digest.meeting.meeting_date))
    return {
        "name": name,
        "mentions": sum(one.entry.mentions for one in seen),
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
        "seen_in": sorted(
            (Sighting(minutes_id=one.digest.meeting.minutes_id, entry_id=one.entry.id) for one in seen),
            key=lambda sighting: sighting.entry_id,
        ),
    }
