"""What the meeting decided."""
