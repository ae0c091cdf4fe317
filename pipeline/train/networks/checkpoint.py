"""Checkpoints of a training, so that one that was interrupted goes on where it was."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

__all__ = ["resumed", "save"]


def save(file: Path, network: nn.Module, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Store a training after `step` steps; the file is either the old or the new one."""
    part = file.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(file)


def resumed(file: Path, network: nn.Module, optimiser: torch.optim.Optimizer) -> int:
    """Load a stored training; gives the step at which to go on, 0 where nothing is stored."""
    if not file.is_file():
        return 0
    stored = torch.load(file, weights_only=True)
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    return int(stored["step"])
