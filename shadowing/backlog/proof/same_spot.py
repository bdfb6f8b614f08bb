"""One photo of an area from before its fix and one from after it, as far as this reader may see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from shadowing.backlog.models import Improvement
from shadowing.backlog.proof.figures import SpotPhoto
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, ImprovementState, Words
from shadowing.people.models import Site
from shadowing.people.reader import Reader
from shadowing.people.zones import zones
from shadowing.visits.media.models import Photo
from shadowing.visits.models.visit import Observation, Visit

EVERYWHERE = Words(en="", zh="")
#: While a fix is being proven, and while it is watched.
SEEN_AGAIN: tuple[ImprovementState, ...] = ("shipped", "verifying", "verified")


def pictures_of(item: Improvement, reader: Reader) -> tuple[SpotPhoto | None, SpotPhoto | None]:
    """The newest of before and the newest of after; at one site where both are there."""
    if item.shipped_at is None:
        return None, None
    before = _photos(item, reader, Observation.observed_at < item.shipped_at)
    after = _photos(item, reader, Observation.observed_at >= item.shipped_at)
    both = [(one, other) for other in after for one in before if one[1] == other[1]]
    if both:
        return _picture(*both[0][0]), _picture(*both[0][1])
    return (_picture(*before[0]) if before else None), (_picture(*after[0]) if after else None)


def before_photo(observation: Observation, reader: Reader) -> Photo | None:
    """The newest of before a fix, at the site of an observation made since. None while it is not rated: whoever looks
    again shall not know before (DECISIONS 41)."""
    if not observation.stands or all(getattr(observation, level) is None for level in LEVELS):
        return None
    fixed = select(Improvement).where(
        Improvement.area_id == observation.area_id,
        Improvement.state.in_(SEEN_AGAIN),
        Improvement.shipped_at <= observation.observed_at,
    )
    item = db.session.scalar(fixed.order_by(Improvement.shipped_at.desc()).limit(1))
    if item is None or item.shipped_at is None:
        return None
    here = Observation.site_id.is_not_distinct_from(observation.site_id)
    found = _photos(item, reader, and_(Observation.observed_at < item.shipped_at, here))
    return db.session.get(Photo, UUID(found[0][0])) if found else None


Taken = tuple[str, int | None, datetime, Words | None]


def _photos(item: Improvement, reader: Reader, when: ColumnElement[bool]) -> list[Taken]:
    """Newest first, some."""
    query = (
        select(Photo.id, Observation.site_id, Observation.observed_at, Site.name)
        .join(Observation, (Observation.id == Photo.observation_id) & (Observation.person_id == Photo.person_id))
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Observation.site_id)
        .where(
            Observation.area_id == item.area_id,
            Observation.panel_id == item.panel_id,
            Observation.scored.is_(True),
            Observation.speaks.is_(True),
            Photo.can_be_shown,
            Visit.words_may_be_shown,
            Visit.consent_photos.is_not(False),
            reader.at_sites(Observation.site_id),
            when,
        )
        .order_by(Observation.observed_at.desc(), Photo.received_at)
        .limit(20)
    )
    return [(str(id), site, at, name) for id, site, at, name in db.session.execute(query)]


def _picture(id: str, site: int | None, at: datetime, name: Words | None) -> SpotPhoto:
    return SpotPhoto(id, clock.day_at(at, zones().at(site)), name or EVERYWHERE)
