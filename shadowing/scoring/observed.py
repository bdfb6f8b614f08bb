"""Which observations stand behind the numbers of a page: those that score, at a reader's sites, in the window."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement

from shadowing.core.database import db
from shadowing.people.reader import Reader
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation
from shadowing.visits.window import window_start


def scored_for(panel_id: int, reader: Reader) -> tuple[ColumnElement[bool], ...]:
    """Asks observations alone, so that counting them never opens their visits: what scores is at its visit's site."""
    return Observation.panel_id == panel_id, Observation.scored.is_(True), reader.at_sites(Observation.site_id)


def window_of(panel_id: int, now: datetime) -> datetime:
    """When the window of a panel begins; an import's ends at its newest row."""
    panel = db.session.get(Panel, panel_id)
    return window_start(now, panel.anchored_at if panel else None)
