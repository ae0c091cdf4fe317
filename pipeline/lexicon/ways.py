r"""What a pattern needs to match: the words that its matches begin with, and those that they must have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.installed import models

__all__ = ["WRITTEN", "Way", "folded", "is_written", "key", "read_off", "read_written", "ways"]

WRITTEN = "rules/ways.json"
"""Where under models/ the ways of all rules stand, by the key of the pattern (`referat train rules` writes it)."""

_Strings = frozenset[str]

_LONG, _MANY = 6, 2000
"""Openings of so many letters tell enough, and more of them than so many are not told apart."""
_FEW = 12  # characters of a class that are told apart
_SHORT = 2  # letters of a word that stands nearly everywhere, which tells nothing beside a beginning


class Way(NamedTuple):
    """One way to a match: it begins with one of `opens`, if there are any, and has one of `needs` in it, if any.

    The empty word among `opens` is the beginning of the text. A match may only look at what it needs.
    """

    opens: _Strings
    needs: _Strings


@cache
def ways(pattern: str) -> tuple[Way, ...]:
    """The ways to a match of a pattern, as written down; of a pattern that is not, read off it, which takes longer.

    >>> ways(r"(?i)\\bfrafald(?:et|t)\\b") == read_off(r"(?i)\\bfrafald(?:et|t)\\b")
    True
    """
    written = _written().get(key(pattern))
    if written is None:
        return read_off(pattern)
    return tuple(Way(_Strings(opens), _Strings(needs)) for opens, needs in written)


def is_written(pattern: str) -> bool:
    """Whether the ways of a pattern stand in the file, so that it was read before.

    >>> is_written("(")
    False
    """
    return key(pattern) in _written()


def key(pattern: str) -> str:
    """What a pattern is known by in the file of ways."""
    return hashlib.blake2b(pattern.encode(), digest_size=8).hexdigest()


@cache
def _written() -> dict[str, list[tuple[list[str], list[str]]]]:
    return read_written(models() / WRITTEN)


def read_written(file: Path) -> dict[str, list[tuple[list[str], list[str]]]]:
    """What the file says; nothing where it is missing or a merge left it in pieces: all is read off the patterns."""
    try:
        return dict(json.loads(file.read_text("utf-8")))
    except (OSError, TypeError, ValueError):
        return {}


def read_off(pattern: str) -> tuple[Way, ...]:
    r"""The ways to a match of a pattern, of which each match takes one; none where a match may do without words.

    Words are in lower case. Only of a pattern that begins where a word does is known
    what it begins with, and of none that may begin with a lone letter.

    >>> [(sorted(way.opens), sorted(way.needs)) for way in read_off(r"(?i)\b(?:(?:gen)?valgt|(?:blev|er) udpeget)\b")]
    [(['genvalgt', 'valgt'], []), (['blev u'], ['blev udpeget']), (['er udp'], ['er udpeget'])]
    >>> [(sorted(way.opens), sorted(way.needs)) for way in read_off(r"(?i)\b\w+ afvist|^\d+ stemmer")]
    [([''], [' stemmer']), ([], [' afvist'])]
    >>> read_off(r"\w+|kr")
    ()
    """
    inside = _Strings()
    found: dict[_Strings, set[str]] = {}
    for items in _branches(_parsed(pattern)):
        opens = _begins_with(items)
        needs = _needs(items, opens)
        if not (opens or needs):
            return ()
        if opens:
            found.setdefault(needs, set()).update(opens)
        else:
            inside |= needs
    told = [Way(_Strings(opens), needs) for needs, opens in found.items()]
    return (*told, Way(_Strings(), inside)) if inside else tuple(told)


def folded(text: str) -> str:
    """The text with case ignored, letter by letter: offsets stay. A Turkish i with or without its dot is an i.

    >>> folded("Ørsted ẞ ıİ")
    'ørsted ẞ ii'
    """
    lower = text.casefold()
    if len(lower) != len(text):
        lower = "".join(f if len(f := c.casefold()) == 1 else c for c in text).replace("İ", "i")
    return lower.replace("ı", "i")


_core: Any = import_module("regex._regex_core")  # its parser alone knows what a pattern means; it has no other door


def _parsed(pattern: str) -> Any:
    flags = 0
    while True:
        source = _core.Source(pattern)
        info = _core.Info(flags, source.char_type, {})
        info.guess_encoding = _core.UNICODE
        try:
            return _core._parse_pattern(source, info)
        except _core._UnscopedFlagSet:  # "(?i)" holds for what stands before it too: read again
            flags = info.global_flags


_LETTERS = [_parsed(name).items[0].value for name in (r"\p{L}", r"\w")]


def _branches(node: Any) -> Iterator[list[Any]]:
    """The items of each way through the first choice of a pattern, what stands before and behind the choice too."""
    items = list(_items(node))
    first = next((n for n, item in enumerate(items) if not _is_empty(item)), len(items))
    head = items[first] if first < len(items) else None
    while isinstance(head, _core.Group | _core.Atomic):
        head = head.subpattern
    if isinstance(head, _core.Sequence):
        yield from _branches(_core.Sequence([*items[:first], *head.items, *items[first + 1 :]]))
    elif isinstance(head, _core.Branch):
        for branch in head.branches:
            yield from _branches(_core.Sequence([*items[:first], branch, *items[first + 1 :]]))
    else:
        yield items


def _items(node: Any) -> Iterator[Any]:
    if isinstance(node, _core.Sequence):
        for item in node.items:
            yield from _items(item)
    else:
        yield node


def _begins_with(items: list[Any]) -> _Strings:
    """The words of which a match begins with one, if it begins where a word does; nothing where that is not known."""
    edges = [item for item in items[: next((n for n, i in enumerate(items) if not _is_empty(i)), 0)] if _is_edge(item)]
    if any(isinstance(item, _core.StartOfString) for item in edges):
        return _Strings([""])
    words, _ = _openings(_core.Sequence(items)) if edges else (_Strings([""]), False)
    return _Strings() if "" in words or _are_common(words) else words


def _is_edge(item: Any) -> bool:
    """Whether a part of a pattern stands only where a word, or the text, begins."""
    if isinstance(item, _core.LookAround) and item.behind and item.positive:
        return isinstance(item.subpattern, _core.StartOfString)
    return isinstance(item, _core.StartOfString) or _excludes_letters(item)


def _excludes_letters(item: Any) -> bool:
    """Whether a part of a pattern says that no letter stands before it."""
    if isinstance(item, _core.Boundary):
        return bool(item.positive)
    if not (isinstance(item, _core.LookAround) and item.behind and not item.positive):
        return False
    within = list(_items(item.subpattern))
    kinds = within[0].items if len(within) == 1 and isinstance(within[0], _core.SetUnion) else within
    return len(within) == 1 and any(
        isinstance(one, _core.Property) and one.positive and one.value in _LETTERS for one in kinds
    )


def _are_common(words: Iterable[str]) -> bool:
    """Whether a word stands nearly everywhere, so that looking for it saves nothing."""
    return any(len(word) == 1 and (word.isalnum() or word.isspace()) for word in words)


def _needs(items: list[Any], opens: _Strings) -> _Strings:
    """Words of which a match has one, beside what it begins with: the choice whose shortest word is longest."""
    runs = [words for words in _runs(items) if not _are_common(words)]
    if opens:
        told = [any(any(word in begun for word in words) for begun in opens) for words in runs]
        runs = [w for w, known in zip(runs, told, strict=True) if not known and min(map(len, w)) > _SHORT]
    return max(runs, key=_worth, default=_Strings())


def _worth(words: _Strings) -> tuple[int, int]:
    return min(map(len, words)), -len(words)


def _literals(node: Any) -> _Strings | None:
    """Strings of which what a part of a pattern matches has one; None for a part that promises nothing."""
    if isinstance(node, _core.Character) and node.positive:
        return _Strings([_printed(node.value)])
    if isinstance(node, _core.Branch):
        branches = [_literals(branch) for branch in node.branches]
        return _Strings().union(*(b for b in branches if b)) if all(branches) else None
    if isinstance(node, _core.Sequence):
        return max(_runs(node.items), key=_worth, default=None)
    within = isinstance(node, _core.Group | _core.Atomic) or (isinstance(node, _core.GreedyRepeat) and node.min_count)
    if within or (isinstance(node, _core.LookAround) and node.positive):
        return _literals(node.subpattern)
    return None


def _runs(items: Iterable[Any]) -> list[_Strings]:
    """What each item of a sequence promises; letters that stand beside each other are one word."""
    found: list[_Strings] = []
    word = ""
    for item in items:
        if isinstance(item, _core.Character) and item.positive:
            word += _printed(item.value)
            continue
        found += [_Strings([word])] if word else []
        word = ""
        if words := _literals(item):
            found.append(words)
    return [*found, _Strings([word])] if word else found


def _is_empty(node: Any) -> bool:
    """Whether a part of a pattern looks at the text and takes none of it."""
    return isinstance(node, _core.LookAround | _core.ZeroWidthBase) and not isinstance(node, _core.Keep)


def _openings(node: Any) -> tuple[_Strings, bool]:
    """What a match of a part of a pattern may begin with, and whether that is all of the match; {""} if unknown."""
    if (letters := _letters(node)) is not None:
        return letters, True
    if _is_empty(node):
        return _Strings([""]), True
    if isinstance(node, _core.Group | _core.Atomic):
        return _openings(node.subpattern)
    if isinstance(node, _core.Branch):
        branches = [_openings(branch) for branch in node.branches]
        return _Strings().union(*(words for words, _ in branches)), all(whole for _, whole in branches)
    if isinstance(node, _core.GreedyRepeat):
        words, whole = _openings(node.subpattern)
        if node.min_count:
            return words, whole and node.max_count == 1
        return (words | {""}, True) if whole and node.max_count == 1 else (_Strings([""]), False)
    return _begun(node.items) if isinstance(node, _core.Sequence) else (_Strings([""]), False)


def _begun(items: Iterable[Any]) -> tuple[_Strings, bool]:
    """The same of a sequence: the words of its items joined, until they tell enough."""
    found, whole = _Strings([""]), True
    for item in items:
        words, whole = _openings(item)
        longer = _Strings(word + more for word in found for more in words)
        if len(longer) > _MANY:
            return (found if "" not in found else (found - {""}) | words), False
        found = longer
        if not whole or min(map(len, found)) >= _LONG:
            return found, False
    return found, True


def _letters(node: Any) -> _Strings | None:
    """The characters of which a part of a pattern takes one, where they are few."""
    if isinstance(node, _core.Character) and node.positive:
        return _Strings([_printed(node.value)])
    if isinstance(node, _core.Range) and node.positive and node.upper - node.lower < _FEW:
        return _Strings(map(_printed, range(node.lower, node.upper + 1)))
    if isinstance(node, _core.SetUnion) and node.positive:
        classes = [_letters(item) for item in node.items]
        letters = _Strings().union(*(letters for letters in classes if letters))
        return letters if all(classes) and len(letters) <= _FEW else None
    return None


@cache
def _printed(value: int) -> str:
    return folded(chr(value))
