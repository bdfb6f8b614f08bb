"""Observations that speak for improvements, as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader
from shadowing.visits.figures import SeenObservation
from shadowing.visits.media.models import Photo
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import seen_observation

SHOWN_EVIDENCE = 6


def count_evidence(item: Improvement, reader: Reader) -> int:
    count = (
        select(func.count())
        .select_from(Evidence)
        .join(Observation, Observation.id == Evidence.observation_id)
        .join(Visit, Visit.id == Observation.visit_id)
    )
    return db.session.scalar(count.where(*_seen_by(item, reader))) or 0


def evidence_of(item: Improvement, reader: Reader) -> tuple[SeenObservation, ...]:
    known = select(Evidence.observation_id).where(Evidence.improvement_id == item.id)
    return seen_observations((Observation.id.in_(known), Observation.scored.is_(True)), reader, SHOWN_EVIDENCE)


def seen_observations(
    conditions: Iterable[ColumnElement[bool]], reader: Reader, most: int
) -> tuple[SeenObservation, ...]:
    """Those that this reader may see, newest first."""
    query = (
        select(Observation, Visit, Site, Person)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(*conditions, reader.at_sites(Visit.site_id))
        .order_by(Observation.observed_at.desc(), Observation.id)
        .limit(most)
    )
    rows = db.session.execute(query).all()
    photos = ids_to_show(Photo, [observation.id for observation, *_ in rows])
    return tuple(seen_observation(reader, *row, photos.get(row[0].id, ())) for row in rows)


def _seen_by(item: Improvement, reader: Reader) -> tuple[ColumnElement[bool], ...]:
    return Evidence.improvement_id == item.id, Observation.scored.is_(True), reader.at_sites(Visit.site_id)
