"""Two sites or two channels side by side as integrations read them."""

from __future__ import annotations

from typing import Any

from shadowing.areas.comparison.figures import ComparedRow, ComparedSide, ComparePage, SideGap, SideScore
from shadowing.core.vocabulary import Z90


def compare_document(page: ComparePage) -> dict[str, Any]:
    """Scores and differences in points of 1-5, the index on 0-100; difference null: nobody links them, or too few."""
    return {
        "journey": None if page.journey is None else {"id": str(page.journey_id), "name": page.journey},
        "compare": page.kind,
        "one": _side(page.one),
        "other": _side(page.other),
        "linked": page.linked,
        "rows": [_row(row) for row in page.rows],
        "seen": {
            "both": len(page.rows) + page.waiting,
            "one": page.only_one,
            "other": page.only_other,
            "neither": page.neither,
        },
    }


def _side(side: ComparedSide | None) -> dict[str, Any] | None:
    if side is None:
        return None
    index = side.index
    return {
        "id": side.value,
        "name": side.name,
        "index": None if index is None else {"value": 25 * (index.score - 1), "se": 25 * index.error},
        "provisional": side.provisional,
    }


def _row(row: ComparedRow) -> dict[str, Any]:
    return {
        "touchpoint": row.touchpoint,
        "channel": row.channel,
        "level": row.level,
        "one": _score(row.one),
        "other": _score(row.other),
        "linked": row.linked,
        "difference": None if row.difference is None else _difference(row.difference),
    }


def _score(side: SideScore) -> dict[str, Any]:
    told = side.estimate if side.told else None
    return {
        "area_id": side.area_id,
        "n": side.rows,
        "score": told.score if told else None,
        "se": told.error if told else None,
    }


def _difference(found: SideGap) -> dict[str, Any]:
    return {
        "value": found.value,
        "se": found.error,
        "low": found.value - Z90 * found.error,
        "high": found.value + Z90 * found.error,
        "told_apart": found.told_apart,
    }
