"""The pages that a person reads: every value in its place, made from the records of a run."""

from pipeline.review.folder import report_folders
from pipeline.review.quarantine import read_quarantine
from pipeline.review.report import write_report

__all__ = ["read_quarantine", "report_folders", "write_report"]
