"""The persons of a document: one entry each, and where they belong."""
