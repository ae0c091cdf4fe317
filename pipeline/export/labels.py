"""The labels of Label Studio: what is drawn on the text, and what is filled in for each region or each document."""

from __future__ import annotations

from typing import get_args
from xml.sax.saxutils import quoteattr

from pipeline.records.agenda import Outcome

__all__ = ["HEADER", "ITEM_KINDS", "LABELS", "OUTCOMES", "labelling_config"]

OUTCOMES: tuple[str, ...] = get_args(Outcome)
ITEM_KINDS = ("decision", "discussion", "information")

LABELS: dict[str, tuple[str, ...]] = {
    "Item": ("number", "title", "item_kind"),
    "Statement": ("speaker", "organisation"),
    "Recommendation": (),
    "Decision": ("outcome",),
    "Action": ("who", "due"),
    "Person": ("name", "organisation", "role"),
    "Organisation": ("name",),
    "Money": ("value", "unit"),
    "Percent": ("value", "unit"),
    "Quantity": ("value", "unit"),
    "Date": ("iso",),
    "Present": ("name", "organisation", "role"),
    "Absent": ("name", "organisation", "role"),
}
"""Each label with the fields of its regions. A field of several values has one line for each."""

HEADER = ("title", "body", "date", "start", "end", "place", "chair", "minute_taker")
"""Fields of the whole document: the meeting's header, as the gold names them."""

_CHOICES = {"outcome": OUTCOMES, "item_kind": ITEM_KINDS}


def labelling_config() -> str:
    """The labelling interface, to be pasted into the project's settings before the tasks are imported."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(label)}/>" for label in LABELS]
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="word"/>']
    for field in dict.fromkeys(field for fields in LABELS.values() for field in fields):
        labels = ",".join(label for label, fields in LABELS.items() if field in fields)
        shown = f'perRegion="true" whenTagName="label" whenLabelValue="{labels}"'
        lines.append(f'  <Header value="{field}" size="6"/>')
        if field in _CHOICES:
            lines.append(f'  <Choices name="{field}" toName="text" choice="single" {shown}>')
            lines += [f'    <Choice value="{choice}"/>' for choice in _CHOICES[field]]
            lines.append("  </Choices>")
        else:
            lines.append(f'  <TextArea name="{field}" toName="text" editable="true" {shown}/>')
    for field in HEADER:
        lines.append(f'  <Header value="meeting: {field}" size="6"/>')
        lines.append(f'  <TextArea name="meeting_{field}" toName="text" editable="true" maxSubmissions="1"/>')
    return "\n".join([*lines, "</View>"]) + "\n"
