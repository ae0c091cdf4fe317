"""A public version of a record: roles instead of people, CPR numbers masked."""

from pipeline.redact.folder import Records, redactions_of
from pipeline.redact.redact import REDACTIONS, Redaction, redact

__all__ = ["REDACTIONS", "Records", "Redaction", "redact", "redactions_of"]
