"""Flags as facts: raised at P >= 0.80, released below 0.65, each with its date."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from sqlalchemy import select, update

from shadowing.core.database import db
from shadowing.scoring.fitting import Flag, Unit, UnitResult
from shadowing.scoring.models import AreaFlag
from shadowing.scoring.statistics.verdicts import UNDERPERFORMING


def flags_up(panel_id: int) -> frozenset[Flag]:
    """(area, epoch, level) of every flag that is up."""
    rows = db.session.execute(
        select(AreaFlag.area_id, AreaFlag.epoch, AreaFlag.level).where(
            AreaFlag.panel_id == panel_id, AreaFlag.released_at.is_(None)
        )
    )
    return frozenset((area, epoch, level) for area, epoch, level in rows)


def move_flags(panel_id: int, results: dict[Unit, UnitResult], up: Set[Flag], now: datetime) -> None:
    """Write the facts that this fit brings. The caller commits."""
    probabilities = {
        (area, epoch, level): score.probability
        for (area, epoch), result in results.items()
        for level, score in result.levels.items()
        if score.verdict.slug == UNDERPERFORMING
    }
    for area, epoch, level in probabilities.keys() - up:
        p_below = probabilities[area, epoch, level]
        db.session.add(
            AreaFlag(panel_id=panel_id, area_id=area, epoch=epoch, level=level, raised_at=now, p_below=p_below)
        )
    for area, epoch, level in up - probabilities.keys():
        db.session.execute(
            update(AreaFlag)
            .where(
                AreaFlag.panel_id == panel_id,
                AreaFlag.area_id == area,
                AreaFlag.epoch == epoch,
                AreaFlag.level == level,
                AreaFlag.released_at.is_(None),
            )
            .values(released_at=now)
        )
