"""What a careful clerk would check."""
