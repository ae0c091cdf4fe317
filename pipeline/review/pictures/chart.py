"""Vega-Lite specifications into SVG, in one style, without a browser or the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from pipeline.review.language import LANGUAGES, Text, phrase

__all__ = ["COLOURS", "INK", "Picture", "Spec", "dots", "drawn", "labels", "say"]

INK = "#4a4740"
# Okabe and Ito's palette, darkened for print: told apart by colour-blind readers, and in grey by their lightness.
COLOURS = {"settled": "#0b5fa5", "heard": "#56a7d8", "put-off": "#e69f00", "refused": "#8c2d04"}

_SVG = re.compile(r"<svg ([^>]*)>")
_VEGA_LITE = "6.4"
_WORDS = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
_LINES = {"domainColor": "#9a958a", "tickColor": "#9a958a", "gridColor": "#e6e2d8"}
_STYLE: dict[str, Any] = {
    "background": None,
    "font": "Charter, Charis SIL, Bitstream Charter, Cambria, Georgia, serif",
    "view": {"stroke": None},
    "axis": _WORDS | _LINES | {"labelLimit": 240},
    "legend": _WORDS | {"symbolType": "circle"},
    "header": {"labelColor": INK, "labelFontSize": 13, "labelFontWeight": "bold"},
}

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG in both languages, and its numbers as a table; `columns` are keys of phrases."""

    name: str
    svg: Text
    columns: Sequence[str]
    rows: Sequence[Sequence[Text]]


def say(key: str, language: str) -> str:
    """One phrase in one language."""
    return str(getattr(phrase(key), language))


def drawn(name: str, spec: Callable[[str], Spec]) -> Text:
    """The SVG of what `spec` gives for each language; text in it is escaped.

    The phrases `chart.NAME` and `chart.NAMEtext` title and describe it for who cannot see it. Words of a document
    may stand in the data of a specification only: elsewhere Vega may read them as expressions.
    """
    import vl_convert

    def one(language: str) -> str:
        ids = f"{name}-{language}"
        title, told = (escape(say(f"chart.{name}{part}", language)) for part in ("", "text"))
        svg = vl_convert.vegalite_to_svg(spec(language), vl_version=_VEGA_LITE, config=_STYLE, allowed_base_urls=[])
        head = rf'<svg role="img" aria-labelledby="{ids}-title {ids}-told" \1>'
        head += f'<title id="{ids}-title">{title}</title><desc id="{ids}-told">{told}</desc>'
        return _SVG.sub(head, svg, count=1)

    return Text(*map(one, LANGUAGES))


def dots(
    counts: Mapping[tuple[str, str], int], across: Sequence[str], down: Sequence[str], colour: str, legend: str
) -> Spec:
    """A table of dots, larger where the count is larger; `across` and `down` give the order of both sides."""
    values = [
        {"x": x, "y": y, "n": number, "column": across.index(x), "row": down.index(y)}
        for (x, y), number in counts.items()
    ]
    sizes = sorted({1, max(counts.values())})
    return {
        "width": {"step": 26},
        "height": {"step": 20},
        "data": {"values": values},
        "mark": {"type": "circle", "color": colour, "opacity": 0.85},
        "encoding": {
            "x": _side("x", "column", {"labelAngle": -55}),
            "y": _side("y", "row", {"labelLimit": 320}),
            "size": {
                "field": "n",
                "type": "quantitative",
                "scale": {"range": [30, 260]},
                "legend": {"title": legend, "format": "d", "values": sizes},
            },
        },
    }


def _side(field: str, order: str, axis: Spec) -> Spec:
    sort = {"field": order, "op": "min"}
    return {"field": field, "type": "nominal", "title": None, "sort": sort, "axis": {"grid": True} | axis}


def labels(keys: Iterable[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """A label for each key, told apart where two would be the same.

    >>> labels([(("a", "1"), "Eventuelt"), (("b", "4"), "Eventuelt")])
    {('a', '1'): 'Eventuelt', ('b', '4'): 'Eventuelt (2)'}
    """
    taken: dict[str, int] = {}
    found: dict[tuple[str, ...], str] = {}
    for key, label in keys:
        taken[label] = taken.get(label, 0) + 1
        found[key] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    return found
