"""Loading the demonstration."""

from __future__ import annotations


def load_demo() -> None:
    """Placeholder until the cast exists."""


def remove_demo() -> None:
    """Placeholder until the cast exists."""


def sign_ins() -> list[str]:
    return []
