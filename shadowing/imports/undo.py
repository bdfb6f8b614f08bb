"""Taking an import back: its rows, totals and scores go; what people decided stays as a fact. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Evidence, Improvement, ImprovementEvent
from shadowing.core.database import db
from shadowing.journeys.models import Journey
from shadowing.scoring.models import (
    AreaFlag,
    AreaResult,
    AreaScore,
    JourneyResult,
    KeptAreaSides,
    KeptFitSides,
    PanelFit,
)
from shadowing.scoring.trends import forget_trends
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import Panel, ScoreChange, Tally
from shadowing.visits.models.visit import Observation, Visit

OF_THE_FIT = (AreaScore, AreaResult, JourneyResult, PanelFit, KeptAreaSides, KeptFitSides)
KEPT_UP = (*OF_THE_FIT, AreaFlag, Tally, ScoreChange)


def others_in(record: Import) -> bool:
    """Whether files of somebody else were taken into the same panel, and would go together with this one."""
    theirs = select(Import.id).where(
        Import.panel_id == record.panel_id,
        Import.taken_back_at.is_(None),
        Import.person_id.is_distinct_from(record.person_id),
    )
    return db.session.scalar(theirs.limit(1)) is not None


def take_back(record: Import, now: datetime) -> None:
    """With its panel: every file that was taken into the same panel goes together. Nothing when it is gone already."""
    if record.taken_back_at is not None:
        return
    panel_id, journey_id = record.panel_id, record.journey_id
    for model in KEPT_UP:
        db.session.execute(delete(model).where(model.panel_id == panel_id))
    forget_trends(panel_id)
    _drop_improvements(panel_id, now)
    db.session.execute(delete(Observation).where(Observation.panel_id == panel_id))
    db.session.execute(delete(Visit).where(Visit.panel_id == panel_id))
    for each in db.session.scalars(select(Import).where(Import.panel_id == panel_id)):
        each.taken_back_at = now
    db.session.get_one(Panel, panel_id).anchored_at = None
    if not db.session.scalar(select(Visit.id).where(Visit.journey_id == journey_id).limit(1)):
        db.session.get_one(Journey, journey_id).archived_at = now


def _drop_improvements(panel_id: int, now: datetime) -> None:
    """Items nobody has touched go; those somebody decided on are declined with the reason."""
    for item in db.session.scalars(select(Improvement).where(Improvement.panel_id == panel_id)).all():
        db.session.execute(delete(Evidence).where(Evidence.improvement_id == item.id))
        if item.revision == 1 and item.state == "proposed":
            db.session.execute(delete(ImprovementEvent).where(ImprovementEvent.improvement_id == item.id))
            db.session.delete(item)
        elif item.is_open:
            note_event(item, "import_taken_back", now, before=item.state, after="declined")
            item.state, item.revision = "declined", item.revision + 1
