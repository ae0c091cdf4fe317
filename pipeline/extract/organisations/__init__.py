"""The organisations of a document: one entry each, with the names they go by."""
