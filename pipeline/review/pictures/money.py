"""The amounts that agenda items name, year by year."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.review.language import plain
from pipeline.review.meeting_index import Entry
from pipeline.review.pictures.chart import COLOURS, Picture, Spec, drawn, labels, say

__all__ = ["money"]

_ITEMS = 16


def money(entries: Sequence[Entry]) -> Picture | None:
    """The items with the largest amounts and all that they name, nothing added up; None without amounts."""
    named = [((one.year, one.page, row.item), one, row) for one in entries for row in one.money if row.item]
    most: dict[tuple[str, str, str], int] = {}
    for key, _, row in named:
        most[key] = max(most.get(key, 0), int(row.figure))
    top = sorted((key for key in most if most[key] > 0), key=lambda key: (-most[key], key))[:_ITEMS]
    shown = [(key, one, row) for key, one, row in named if key in top and int(row.figure) > 0]
    if not shown:
        return None
    label = labels((key, key[2]) for key in top)

    def spec(language: str) -> Spec:
        unknown = say("site.notstated", language)
        amounts = [
            {"year": one.year or unknown, "item": label[key], "kroner": int(row.figure)} for key, one, row in shown
        ]
        across = {
            "field": "kroner",
            "type": "quantitative",
            "scale": {"type": "log"},
            "title": say("chart.kroner", language),
            "axis": {"tickCount": 6, "labelExpr": _short(language)},
        }
        down = {"field": "item", "type": "nominal", "title": None, "axis": {"grid": True, "labelLimit": 300}}
        return {
            "data": {"values": amounts},
            "spacing": 8,
            "facet": {"row": {"field": "year", "type": "nominal", "title": None, "header": {"labelAngle": 0}}},
            "spec": {
                "width": 520,
                "height": {"step": 20},
                "mark": {"type": "circle", "size": 80, "color": COLOURS["settled"], "opacity": 0.8},
                "encoding": {"x": across, "y": down},
            },
            "resolve": {"scale": {"y": "independent"}},
        }

    rows = [
        (plain(one.year or "–"), one.body_said, plain(row.item), row.says)
        for _, one, row in sorted(shown, key=lambda found: (found[0], -int(found[2].figure)))
    ]
    return Picture("money", drawn("money", spec), ("index.year", "index.body", "page.item", "kind.amount"), rows)


def _short(language: str) -> str:
    """A Vega expression for the labels of an axis: 20.000, 3 mio., 1 mia."""
    comma = "," if language == "en" else "."
    million, billion = (say(f"chart.{size}", language) for size in ("million", "billion"))
    return (
        f"datum.value >= 1e9 ? datum.value / 1e9 + ' {billion}' : "
        f"datum.value >= 1e6 ? datum.value / 1e6 + ' {million}' : replace(format(datum.value, ','), /,/g, '{comma}')"
    )
