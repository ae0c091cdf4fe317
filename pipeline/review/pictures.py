"""The pictures of a report: meetings over time, money, speech, organisations; each with the numbers behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.review.charts import AXIS_INK, GROUP_COLOURS, svg
from pipeline.review.language import LANGUAGES, Text, phrase, plain
from pipeline.review.meeting_index import Entry

__all__ = ["Picture", "pictures"]

_BODIES, _ITEMS, _SPEAKERS, _TOPICS, _ORGANISATIONS = 24, 16, 14, 22, 18  # what a picture can hold and be read
_GROUPS = {
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

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in both languages, what it shows in words, and its numbers as a table."""

    name: str
    drawn: Text
    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]


def pictures(entries: Sequence[Entry]) -> list[Picture]:
    """The pictures that these meetings give; one that would be empty is left out.

    The same meetings give the same pictures, byte for byte.
    """
    makers = (_time, _money, _speech, _links)
    return [picture for maker in makers if (picture := maker(entries)) is not None]


def _drawn(name: str, spec: Callable[[str], Spec]) -> Text:
    def one(language: str) -> str:
        title, told = (_say(f"chart.{name}{part}", language) for part in ("", "text"))
        return svg(spec(language), f"{name}-{language}", title, told)

    return Text(*map(one, LANGUAGES))


def _say(key: str, language: str) -> str:
    return str(getattr(phrase(key), language))


def _place(label: Text, language: str) -> str:
    return str(getattr(label, language))


def _body(one: Entry) -> Text:
    return plain(one.body) if one.body else phrase("site.notstated")


def _time(entries: Sequence[Entry]) -> Picture | None:
    dated = [one for one in entries if len(one.date) == len("2025-01-01")]
    if not dated:
        return None
    months = Counter((one.date[:7], _GROUPS[row.number]) for one in dated for row in one.decisions)
    often = Counter(_body(one) for one in dated)
    bodies = sorted(often, key=lambda body: (-often[body], body))[:_BODIES]

    def spec(language: str) -> Spec:
        scale = [_say(f"chart.{group}", language) for group in GROUP_COLOURS]
        span = {"field": "date", "type": "temporal", "axis": {"title": None, "format": "%Y-%m", "labelAngle": 0}}
        return {
            "vconcat": [
                {
                    "width": 640,
                    "height": 150,
                    "data": {
                        "values": [
                            {"date": f"{month}-01", "outcome": _say(f"chart.{group}", language), "n": number}
                            for (month, group), number in sorted(months.items())
                        ]
                    },
                    "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.5},
                    "encoding": {
                        "x": span | {"timeUnit": "utcyearmonth"},
                        "y": {"field": "n", "type": "quantitative", "title": _say("index.decisions", language)},
                        "color": {
                            "field": "outcome",
                            "type": "nominal",
                            "scale": {"domain": scale, "range": list(GROUP_COLOURS.values())},
                            "legend": {"title": None, "orient": "top", "columns": 2},
                        },
                    },
                },
                {
                    "width": 640,
                    "height": {"step": 19},
                    "data": {
                        "values": [
                            {"date": one.date, "body": _place(_body(one), language), "n": len(one.decisions)}
                            for one in dated
                            if _body(one) in bodies
                        ]
                    },
                    "mark": {"type": "circle", "color": AXIS_INK, "opacity": 0.75},
                    "encoding": {
                        "x": span | {"timeUnit": "utcyearmonthdate"},
                        "y": {"field": "body", "type": "nominal", "title": None, "axis": {"grid": True}},
                        "size": {
                            "field": "n",
                            "type": "quantitative",
                            "scale": {"range": [20, 260]},
                            "legend": {"title": _say("index.decisions", language), "orient": "bottom"},
                        },
                    },
                },
            ],
            "resolve": {"scale": {"x": "shared", "color": "independent", "size": "independent"}},
        }

    rows = [
        (one.date_said or plain(one.date), _body(one), plain(one.heading), plain(str(len(one.decisions))))
        for one in sorted(dated, key=lambda one: (one.date, one.page))
    ]
    return Picture("time", _drawn("time", spec), ("index.date", "index.body", "index.meeting", "index.decisions"), rows)


def _money(entries: Sequence[Entry]) -> Picture | None:
    named = [(one, row) for one in entries for row in one.money if int(row.number) > 0 and row.item]
    most: dict[tuple[str, str, str], int] = {}
    for one, row in named:
        key = (one.year, one.page, row.item)
        most[key] = max(most.get(key, 0), int(row.number))
    top = sorted(most, key=lambda key: (-most[key], key))[:_ITEMS]
    shown = [(one, row) for one, row in named if (one.year, one.page, row.item) in top]
    if not shown:
        return None
    labels = _labels((key, key[2]) for key in top)

    def spec(language: str) -> Spec:
        return {
            "data": {
                "values": [
                    {
                        "year": one.year or _say("site.notstated", language),
                        "item": labels[one.year, one.page, row.item],
                        "kr": int(row.number),
                    }
                    for one, row in shown
                ]
            },
            "spacing": 8,
            "facet": {"row": {"field": "year", "type": "nominal", "title": None, "header": {"labelAngle": 0}}},
            "spec": {
                "width": 520,
                "height": {"step": 20},
                "mark": {"type": "circle", "size": 80, "color": GROUP_COLOURS["settled"], "opacity": 0.8},
                "encoding": {
                    "x": {
                        "field": "kr",
                        "type": "quantitative",
                        "scale": {"type": "log"},
                        "title": _say("chart.kroner", language),
                        "axis": {"tickCount": 6, "labelExpr": _short_kroner(language)},
                    },
                    "y": {"field": "item", "type": "nominal", "title": None, "axis": {"grid": True, "labelLimit": 300}},
                },
            },
            "resolve": {"scale": {"y": "independent"}},
        }

    rows = [
        (plain(one.year or "–"), _body(one), plain(row.item), row.says)
        for one, row in sorted(shown, key=lambda pair: (pair[0].year, pair[0].page, pair[1].item, -int(pair[1].number)))
    ]
    return Picture("money", _drawn("money", spec), ("index.year", "index.body", "page.item", "kind.amount"), rows)


def _speech(entries: Sequence[Entry]) -> Picture | None:
    by_speaker = Counter[str]()
    for one in entries:
        for (speaker, _), number in one.speech.items():
            by_speaker[speaker] += number
    speakers = sorted(by_speaker, key=lambda name: (-by_speaker[name], name))[:_SPEAKERS]
    by_item = Counter[tuple[str, str]]()
    for one in entries:
        for (speaker, item), number in one.speech.items():
            if speaker in speakers:
                by_item[one.page, item] += number
    topics = sorted(by_item, key=lambda key: (-by_item[key], key))[:_TOPICS]
    shown = [
        (speaker, (one.page, item), number, one)
        for one in entries
        for (speaker, item), number in one.speech.items()
        if speaker in speakers and (one.page, item) in topics
    ]
    if not shown:
        return None
    labels = _labels((key, key[1]) for key in topics)

    def spec(language: str) -> Spec:
        return {
            "width": {"step": 26},
            "height": {"step": 20},
            "data": {
                "values": [{"who": who, "item": labels[topic], "n": number} for who, topic, number, _ in shown],
            },
            "mark": {"type": "circle", "color": GROUP_COLOURS["heard"], "opacity": 0.85},
            "encoding": {
                "x": {"field": "who", "type": "nominal", "title": None, "axis": {"grid": True, "labelAngle": -55}},
                "y": {
                    "field": "item",
                    "type": "nominal",
                    "title": None,
                    "sort": [labels[topic] for topic in topics],
                    "axis": {"grid": True, "labelLimit": 320},
                },
                "size": {
                    "field": "n",
                    "type": "quantitative",
                    "scale": {"range": [30, 260]},
                    "legend": {
                        "title": _say("kind.statement", language),
                        "format": "d",
                        "values": sorted({1, max(number for _, _, number, _ in shown)}),
                    },
                },
            },
        }

    rows = [
        (plain(who), _body(one), plain(topic[1]), plain(str(number)))
        for who, topic, number, one in sorted(shown, key=lambda row: (-row[2], row[0], row[1]))
    ]
    return Picture("speech", _drawn("speech", spec), ("chart.speaker", "index.body", "page.item", "chart.count"), rows)


def _links(entries: Sequence[Entry]) -> Picture | None:
    pairs = Counter(pair for one in entries for names in one.together for pair in combinations(names, 2))
    degree = Counter[str]()
    for (first, second), number in pairs.items():
        degree[first] += number
        degree[second] += number
    shown_names = set(sorted(degree, key=lambda name: (-degree[name], name))[:_ORGANISATIONS])
    shown = {pair: number for pair, number in sorted(pairs.items()) if shown_names.issuperset(pair)}
    if not shown:
        return None
    order = sorted(shown_names, key=lambda name: (-degree[name], name))

    def spec(language: str) -> Spec:
        both = [{"a": a, "b": b, "n": number} for (x, y), number in shown.items() for a, b in ((x, y), (y, x))]
        axis = {"type": "nominal", "title": None, "sort": order}
        return {
            "width": {"step": 24},
            "height": {"step": 20},
            "data": {"values": both},
            "mark": {"type": "circle", "color": GROUP_COLOURS["settled"], "opacity": 0.85},
            "encoding": {
                "x": axis | {"field": "a", "axis": {"grid": True, "labelAngle": -55, "orient": "bottom"}},
                "y": axis | {"field": "b", "axis": {"grid": True, "labelLimit": 260}},
                "size": {
                    "field": "n",
                    "type": "quantitative",
                    "scale": {"range": [30, 260]},
                    "legend": {
                        "title": _say("index.items", language),
                        "format": "d",
                        "values": sorted({1, max(shown.values())}),
                    },
                },
            },
        }

    rows = [
        (plain(first), plain(second), plain(str(number)))
        for (first, second), number in sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Picture("links", _drawn("links", spec), ("chart.first", "chart.second", "index.items"), rows)


def _short_kroner(language: str) -> str:
    """A Vega expression for the labels of an axis: 20.000, 3 mio., 1 mia."""
    thousands = 'format(datum.value, ",")' if language == "en" else 'replace(format(datum.value, ","), /,/g, ".")'
    million, billion = (_say(f"chart.{size}", language) for size in ("million", "billion"))
    return (
        f"datum.value >= 1e9 ? datum.value / 1e9 + ' {billion}' : "
        f"datum.value >= 1e6 ? datum.value / 1e6 + ' {million}' : {thousands}"
    )


def _labels(keys: Iterable[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """A label for each key, told apart where two would be the same."""
    taken: dict[str, int] = {}
    labels: dict[tuple[str, ...], str] = {}
    for key, label in keys:
        taken[label] = taken.get(label, 0) + 1
        labels[key] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    return labels
