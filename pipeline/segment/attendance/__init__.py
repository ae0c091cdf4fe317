"""Who was present and who was absent, in each of the ways that a page lays it out or a sentence tells it."""
