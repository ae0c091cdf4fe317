"""Money, percentages, counted things, and the figures of accounts."""
