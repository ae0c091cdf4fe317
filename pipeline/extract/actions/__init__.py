"""What is left for somebody to do."""
