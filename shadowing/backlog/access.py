"""Who may read an improvement, say something about it, and work on its plan. Pure."""

from __future__ import annotations

from shadowing.core.routes import READERS
from shadowing.people.reader import Reader


def reads(reader: Reader) -> bool:
    """Whether the whole page is theirs to read; who owns something is shown that alone."""
    return reader.role in READERS


def is_theirs(reader: Reader, *owner_ids: int | None) -> bool:
    return reader.person_id is not None and reader.person_id in owner_ids


def may_write(reader: Reader, owner_id: int | None) -> bool:
    """Comments: whoever may read it, and its owner."""
    return reads(reader) or is_theirs(reader, owner_id)


def may_plan(reader: Reader, owner_id: int | None) -> bool:
    """The steps: leads, and its owner."""
    return reader.leads or is_theirs(reader, owner_id)
