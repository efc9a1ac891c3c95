"""What the plenary decided: attendance, agreed weights, moves, merges and decisions, each with its reason."""

from ksd_toolkit.plenary.outcome import Minutes, Outcome, Quorum

__all__ = ["Minutes", "Outcome", "Quorum"]
