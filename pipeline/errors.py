"""Errors that a user can do something about: each says what, where, and what to do next."""

from __future__ import annotations

__all__ = ["ConfigurationError", "ReferatError", "UnreadableError"]


class ReferatError(Exception):
    """An error with a message of one line for the person at the terminal."""


class ConfigurationError(ReferatError):
    """The call, a rule file or an option is wrong; nothing was processed."""


class UnreadableError(ReferatError):
    """One document cannot be read. `advice` says what to do with it; the batch goes on.

    >>> str(UnreadableError("the file is empty", "scan or export it again"))
    'the file is empty: scan or export it again'
    """

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(f"{problem}: {advice}")
        self.problem = problem
        self.advice = advice
