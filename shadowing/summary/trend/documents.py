"""The index over time as JSON: fields that were promised from the first day."""

from __future__ import annotations

from typing import Any

from shadowing.summary.trend.figures import OverTime, Peers, Window


def over_time_document(over: OverTime) -> dict[str, Any]:
    """change, its ends and the trend: from the first window that can be compared to the newest."""
    moved = over.compared[0].moved if over.compared else None
    return {
        "windows": [_window(window) for window in over.windows],
        "change": moved.value if moved else None,
        "change_low": moved.low if moved else None,
        "change_high": moved.high if moved else None,
        "trend": moved.direction if moved else None,
        "target": over.target,
        "peers": _peers(over.peers) if over.peers else None,
    }


def _window(window: Window) -> dict[str, Any]:
    return {
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "rows": window.rows,
        "value": window.value,
        "low": window.low,
        "high": window.high,
        "trend": window.moved.direction if window.moved else None,
    }


def _peers(peers: Peers) -> dict[str, Any]:
    return {
        "name": peers.name,
        "value": peers.value,
        "error": peers.error,
        "day": peers.day.isoformat(),
        "source": peers.source,
        "published": peers.published,
        "p_above": peers.above,
        "standing": peers.standing,
    }
