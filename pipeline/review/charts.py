"""Vega-Lite specifications into SVG, in one style, without a browser or the network."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pipeline.errors import ConfigurationError

__all__ = ["AXIS_INK", "GROUP_COLOURS", "svg"]

FONT = "Charter, Charis SIL, Bitstream Charter, Cambria, Georgia, serif"
AXIS_INK = "#4a4740"
# Okabe and Ito's palette, darkened for print: told apart by colour-blind readers, and in grey by their lightness.
GROUP_COLOURS = {"settled": "#0b5fa5", "heard": "#56a7d8", "put-off": "#e69f00", "refused": "#8c2d04"}

_SVG = re.compile(r"<svg ([^>]*)>")
_VEGA_LITE = "6.4"
_STYLE: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": AXIS_INK,
        "titleColor": AXIS_INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": "#9a958a",
        "tickColor": "#9a958a",
        "gridColor": "#e6e2d8",
        "labelLimit": 240,
    },
    "legend": {"labelColor": AXIS_INK, "titleColor": AXIS_INK, "labelFontSize": 12, "titleFontSize": 12,
               "titleFontWeight": "normal", "symbolType": "circle"},
    "header": {"labelColor": AXIS_INK, "labelFontSize": 13, "labelFontWeight": "bold"},
}  # fmt: skip


def svg(spec: dict[str, Any], name: str, title: str, description: str) -> str:
    """The picture of a Vega-Lite specification that holds its own data; text in it is escaped.

    `title` and `description` are for who cannot see it; `name` tells its ids apart on a page.

    Raises `ConfigurationError` where vl-convert is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise ConfigurationError(
            "the report's pictures need vl-convert-python: install referat with the extra `report`"
        ) from error
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, config=_STYLE, allowed_base_urls=[])
    told = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-description" ',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-description">{escape(description)}</desc>',
    )
    return _SVG.sub(lambda start: f"{told[0]}{start[1]}>{told[1]}{told[2]}", drawn, count=1)
