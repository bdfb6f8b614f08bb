"""Coverage as integrations read it: slugs and figures, names in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES
from shadowing.coverage.figures import Comparison, Consistency, CoreNeed, Coverage, CoverageCell, HandOver, SeenCount
from shadowing.coverage.suggesting import Suggestion, suggestion_document
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.proportions import Share


def coverage_document(coverage: Coverage, consistency: Consistency, next_looks: Iterable[Suggestion]) -> dict[str, Any]:
    """The whole of GET /coverage."""
    matrix = coverage.matrix
    return {
        "journey": {"id": coverage.journey_id, "name": coverage.journey} if coverage.journey_id else None,
        "days": coverage.days,
        "since": coverage.since.isoformat() if coverage.since else None,
        "fresh_share": matrix.fresh_share,
        "seen_weight": matrix.seen_weight,
        "cells": [_cell(cell) for cell in matrix.cells],
        "core_needs": [_core_need(need) for need in coverage.core],
        "suggestions": [suggestion_document(each) for each in next_looks],
        "consistency": {
            "channels": [_comparison(each) for each in consistency.channels],
            "sites": [_comparison(each) for each in consistency.sites],
            "probes": [
                {
                    "text": each.text,
                    "touchpoint": each.touchpoint,
                    "between": each.kind,
                    "best": {"name": each.best, **_share(each.best_share)},
                    "worst": {"name": each.worst, **_share(each.worst_share)},
                }
                for each in consistency.probes
            ],
        },
        "hand_overs": {
            "channels": [_hand_over(each) for each in consistency.between_channels],
            "touchpoints": [_hand_over(each) for each in consistency.between_places],
        },
    }


def _seen(seen: SeenCount) -> dict[str, Any]:
    return {"visits": seen.visits, "last": seen.last.isoformat() if seen.last else None}


def _cell(cell: CoverageCell) -> dict[str, Any]:
    return {
        "stage": cell.stage,
        "channel": cell.channel,
        "state": cell.state,
        **_seen(cell.seen),
        "days": cell.age,
        "weight": cell.weight,
        "seen_weight": cell.seen_weight,
        "areas": cell.areas,
        "areas_seen": cell.areas_seen,
    }


def _core_need(need: CoreNeed) -> dict[str, Any]:
    said = {"touchpoint_id": need.touchpoint_id, "name": need.name, "need": need.need}
    return {**said, **_seen(need.seen), "planned": need.planned, "effort": need.effort}


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "touchpoint": one.touchpoint,
        "channel": one.channel,
        "level": one.level,
        "verdict": one.verdict,
        "sides": [{"name": side.name, "rows": side.rows, "estimate": _estimate(side.estimate)} for side in one.sides],
    }


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else {"score": estimate.score, "se": estimate.error, "target": estimate.target}


def _share(share: Share) -> dict[str, Any]:
    """Below five answers only the counts."""
    said = {"count": share.count, "total": share.total}
    if share.total < LEAST_ROWS_FOR_FIGURES:
        return said
    return {**said, "share": share.value, "low": share.low, "high": share.high}


def _hand_over(one: HandOver) -> dict[str, Any]:
    return {"from": one.start, "to": one.to, "counts": dict(one.counts), "lost": _share(one.lost)}
