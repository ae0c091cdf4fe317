"""One person of a list: the name, and what stands beside it."""
