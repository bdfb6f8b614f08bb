"""The defaults that touchpoints inherit, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.journeys.inheriting import Inherited, inherited
from shadowing.journeys.models import TargetDefault


def own_defaults() -> dict[int, dict[Level, float]]:
    """Journey -> its own defaults by level; 0 = the organisation's."""
    return {row.journey_id: dict(row.targets) for row in db.session.scalars(select(TargetDefault))}


def inherited_by(journey_id: int, defaults: Mapping[int, Mapping[Level, float]]) -> dict[Level, Inherited]:
    """What touchpoints of a journey take over; journey 0: of the organisation as a whole."""
    return inherited(defaults.get(0, {}), defaults.get(journey_id, {}) if journey_id else {})
