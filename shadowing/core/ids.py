"""An id of ours as it stands in text: in addresses, in forms, in what phones send. Pure."""

from __future__ import annotations

#: More signs than any row has; beyond, an engine's integers end.
MOST_SIGNS = 9


def our_id(said: str | None) -> int | None:
    """The number said, or None for whatever cannot be one of ours: no sign but 0 to 9 counts, of no other script."""
    if said is None or not (said.isascii() and said.isdigit()) or len(said) > MOST_SIGNS:
        return None
    return int(said)
