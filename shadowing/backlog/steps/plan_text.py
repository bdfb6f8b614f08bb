"""A plan as text, one step a line. Pure."""

from __future__ import annotations

from shadowing.core.text import one_line


def lines_of(text: str | None) -> list[str]:
    """Lines in which something stands."""
    return [line for line in map(one_line, (text or "").splitlines()) if line]
