"""The executive page as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shadowing.scoring.shapes import AreaRow
from shadowing.scoring.statistics.proportions import Share
from shadowing.summary.figures import Summary
from shadowing.summary.trend.documents import over_time_document


def summary_document(page: Summary) -> dict[str, Any]:
    return {
        "journey": page.journey,
        "visits": page.visits,
        "observers": page.observers,
        "areas": {"offered": page.areas_offered, "seen": page.areas_seen, "underperforming": page.failing},
        "coverage": {
            "seen_weight": page.coverage.matrix.seen_weight,
            "fresh_share": page.coverage.matrix.fresh_share,
        },
        "got_what_they_came_for": _share(page.got),
        "satisfied": _share(page.satisfied),
        "come_again": _share(page.come_again),
        "index": _index(page),
        "furthest": [_furthest(row) for row in page.furthest],
        "unknown": [asdict(unknown) for unknown in page.unknown],
        "open_improvements": page.open_improvements,
    }


def _share(share: Share | None) -> dict[str, Any] | None:
    return None if share is None else asdict(share)


def _index(page: Summary) -> dict[str, Any] | None:
    return None if page.index is None else asdict(page.index) | over_time_document(page.over_time)


def _furthest(row: AreaRow) -> dict[str, Any]:
    estimate = row.estimate
    return {
        "area_id": row.id,
        "touchpoint": row.touchpoint,
        "channel": row.channel,
        "verdict": row.verdict,
        "level": row.level,
        "score": estimate.score if estimate else None,
        "target": estimate.target if estimate else None,
        "p_below": row.probability,
    }
