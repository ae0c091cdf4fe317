"""Which organisations are named together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from pipeline.review.language import plain
from pipeline.review.meeting_index import Entry
from pipeline.review.pictures.chart import COLOURS, Picture, Spec, dots, drawn, say

__all__ = ["links"]

_ORGANISATIONS = 18


def links(entries: Sequence[Entry]) -> Picture | None:
    """The organisations that are named most often in the same agenda item; None where no item names two."""
    pairs = Counter(pair for one in entries for names in one.together for pair in combinations(names, 2))
    weight = Counter[str]()
    for pair, number in pairs.items():
        weight.update(dict.fromkeys(pair, number))
    order = sorted(weight, key=lambda name: (-weight[name], name))[:_ORGANISATIONS]
    shown = {pair: number for pair, number in sorted(pairs.items()) if set(pair) <= set(order)}
    if not shown:
        return None
    both = shown | {(second, first): number for (first, second), number in shown.items()}

    def spec(language: str) -> Spec:
        return dots(both, order, order, COLOURS["settled"], say("index.items", language))

    rows = [
        (plain(first), plain(second), plain(str(number)))
        for (first, second), number in sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Picture("links", drawn("links", spec), ("chart.first", "chart.second", "index.items"), rows)
