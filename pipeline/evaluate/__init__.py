"""How right the records are: measured against gold minutes, field by field, and checked against pinned floors."""

from pipeline.evaluate.floors import missed_floors
from pipeline.evaluate.folders import evaluate_folders
from pipeline.evaluate.report import Report, evaluate, render

__all__ = ["Report", "evaluate", "evaluate_folders", "missed_floors", "render"]
