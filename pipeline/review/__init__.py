"""The pages that a person reads: every value in its place, made from the records of a run."""

from pipeline.review.records import count_records, read_quarantine, read_records
from pipeline.review.report import write_report

__all__ = ["count_records", "read_quarantine", "read_records", "write_report"]
