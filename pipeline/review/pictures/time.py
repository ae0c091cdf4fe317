"""Meetings and what they decided, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.review.language import plain
from pipeline.review.meeting_index import Entry
from pipeline.review.pictures.chart import COLOURS, INK, Picture, Spec, drawn, say

__all__ = ["time"]

_BODIES = 24
_OUTCOMES = {
    "approved": "settled",
    "approved_with_conditions": "settled",
    "resolved": "settled",
    "elected": "settled",
    "noted": "heard",
    "discussed": "heard",
    "postponed": "put-off",
    "referred": "put-off",
    "rejected": "refused",
}


def time(entries: Sequence[Entry]) -> Picture | None:
    """Decisions month by month, and below them the meetings of the bodies that met most; None without dates."""
    dated = [one for one in entries if len(one.date) == len("2025-01-01")]
    if not dated:
        return None
    months = Counter((one.date[:7], _OUTCOMES[row.figure]) for one in dated for row in one.decisions)
    often = Counter(one.body_said for one in dated)
    bodies = sorted(often, key=lambda body: (-often[body], body))[:_BODIES]

    def spec(language: str) -> Spec:
        groups = [say(f"chart.{group}", language) for group in COLOURS]
        span = {"field": "date", "type": "temporal", "axis": {"title": None, "format": "%Y-%m", "labelAngle": 0}}
        count = say("index.decisions", language)
        decisions = [
            {"date": f"{month}-01", "outcome": say(f"chart.{group}", language), "n": number}
            for (month, group), number in sorted(months.items())
        ]
        meetings = [
            {"date": one.date, "body": getattr(one.body_said, language), "n": len(one.decisions)}
            for one in dated
            if one.body_said in bodies
        ]
        colour = {
            "field": "outcome",
            "type": "nominal",
            "scale": {"domain": groups, "range": list(COLOURS.values())},
            "legend": {"title": None, "orient": "top", "columns": 2},
        }
        size = {
            "field": "n",
            "type": "quantitative",
            "scale": {"range": [20, 260]},
            "legend": {"title": count, "orient": "bottom", "format": "d"},
        }
        above = {
            "width": 640,
            "height": 150,
            "data": {"values": decisions},
            "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
            "encoding": {
                "x": span | {"timeUnit": "utcyearmonth"},
                "y": {"field": "n", "type": "quantitative", "title": count},
                "color": colour,
            },
        }
        below = {
            "width": 640,
            "height": {"step": 19},
            "data": {"values": meetings},
            "mark": {"type": "circle", "color": INK, "opacity": 0.75},
            "encoding": {
                "x": span | {"timeUnit": "utcyearmonthdate"},
                "y": {"field": "body", "type": "nominal", "title": None, "axis": {"grid": True}},
                "size": size,
            },
        }
        return {
            "vconcat": [above, below],
            "resolve": {"scale": {"x": "shared", "color": "independent", "size": "independent"}},
        }

    rows = [
        (one.date_said or plain(one.date), one.body_said, plain(one.heading), plain(str(len(one.decisions))))
        for one in sorted(dated, key=lambda one: (one.date, one.page))
    ]
    return Picture("time", drawn("time", spec), ("index.date", "index.body", "index.meeting", "index.decisions"), rows)
