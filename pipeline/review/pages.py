"""Templates into HTML: everything from a document is escaped, and no page may load or run anything else."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.review.language import Text, date_text, phrase, phrases

__all__ = ["Pages"]

_TEMPLATES = Path(__file__).with_name("templates")
# Control characters have no place in HTML: they show as the sign of a character that cannot be shown.
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\f\x85"
}


class Pages:
    """Renders the templates of a report whose interface begins in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "t": self._phrase,
            "attribute": self._attribute,
            "say": self._text,
            "said": lambda key: self._text(phrase(key)),
            "date": lambda edtf: self._text(date_text(edtf)),
            "spoken": lambda key: getattr(phrase(key), language),
            "language": language,
            "dictionary": {key: list(words) for key, words in sorted(phrases().items())},
        }
        self._environment.filters["shown"] = lambda text: text.translate(_CONTROLS)

    def render(self, template: str, scripts: tuple[str, ...], **context: Any) -> str:
        """A page with its style and scripts inside, and a policy that admits these and nothing else."""
        style = _read("report.css")
        script = "".join(_read(name) for name in ("report.js", *scripts))
        policy = "; ".join(
            (
                "default-src 'none'",
                f"style-src '{_digest(style)}'",
                f"script-src '{_digest(script)}'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        page = self._environment.get_template(template)
        return page.render(style=style, script=script, policy=policy, **context)

    def _phrase(self, key: str) -> Markup:
        """A phrase that the language switch knows by its key."""
        return Markup('<span data-t="{}">{}</span>').format(key, getattr(phrases()[key], self._language))

    def _attribute(self, name: str, key: str) -> Markup:
        return Markup('{}="{}" data-t-{}="{}"').format(name, getattr(phrases()[key], self._language), name, key)

    def _text(self, text: Text) -> Markup:
        """Words in both languages; one text where they are the same."""
        if text.da == text.en:
            return escape(text.da.translate(_CONTROLS))
        both = (words.translate(_CONTROLS) for words in (*text, getattr(text, self._language)))
        return Markup('<span data-da="{}" data-en="{}">{}</span>').format(*both)


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
