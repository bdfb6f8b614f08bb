"""Which sites' rows somebody may see, asked in one way everywhere (DECISIONS 5, 34)."""

from __future__ import annotations

from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, true


def sites_of_reader() -> set[int] | None:
    """The sites whose rows, notes and photos this reader may see; None = all."""
    bound: set[int] | None = current_user.bound_to
    return bound


def is_at(site_id: int | None, sites: set[int] | None) -> bool:
    """Whether a row's site is one of these; None = all."""
    return sites is None or site_id in sites


def at_sites(column: Any, sites: set[int] | None) -> ColumnElement[bool]:
    """The same as a condition."""
    return true() if sites is None else column.in_(sites)
