"""Calendar expressions, and what they say."""
