"""Fuzzing by hand, and the bytes that it starts from."""
