"""What the records of one request refer to and what is held of them: one look-up each, however many records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from werkzeug.utils import cached_property  # Python 3.11's own holds one lock for all requests, also while we wait

from shadowing.core.database import db, upsert
from shadowing.core.reference_cache import references_changed
from shadowing.core.vocabulary import CHANNELS
from shadowing.journeys.models import Area
from shadowing.people.zones import Zones, zones
from shadowing.phone.sync.references import KnownTouchpoint, References, references
from shadowing.phone.sync.schemas import ObservationRecord, Record, VisitRecord
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.visit import Observation, Revision, Visit


class Lookups:
    """References of the given records. What is stored meanwhile is put in by whoever stores it."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = list(records)
        self._visits = [record for record in self.records if isinstance(record, VisitRecord)]
        self._observations = [record for record in self.records if isinstance(record, ObservationRecord)]
        self._new_areas: dict[tuple[int, str], int] = {}

    @cached_property
    def visits(self) -> dict[UUID, Visit]:
        """The visits sent, locked for us, and those the observations belong to."""
        sent = {record.id for record in self._visits}
        others = {record.visit_id for record in self._observations} - sent
        return _rows(Visit, sent, lock=True) | _rows(Visit, others)

    @cached_property
    def observations(self) -> dict[UUID, Observation]:
        return _rows(Observation, {record.id for record in self._observations}, lock=True)

    @cached_property
    def remembered(self) -> dict[tuple[UUID, int], dict[str, str]]:
        """Revisions of these records that are in the history: by record and number, digests and how each stands."""
        found: dict[tuple[UUID, int], dict[str, str]] = {}
        for id, number, mark, stands in _among(HISTORY, {record.id for record in self.records}):
            found.setdefault((id, number), {})[mark] = stands
        return found

    @cached_property
    def shown_or_said(self) -> set[tuple[UUID, int]]:
        """Observation and maker of photos or voice notes that are here; those may come before their observation."""
        ids = {record.id for record in self._observations}
        return {(id, maker) for query in (PHOTOS, SOUNDS) for id, maker in _among(query, ids)}

    @cached_property
    def references(self) -> References:
        return references()

    @cached_property
    def zones(self) -> Zones:
        return zones()

    def knows_channel(self, slug: str) -> bool:
        """Ours, the organisation's own, or one that an earlier version had."""
        return slug in CHANNELS or slug in self.references.channels

    def area_id(self, touchpoint: KnownTouchpoint | None, channel: str | None) -> int | None:
        """The area of a touchpoint and channel, made when first seen; None where the channel is open."""
        if touchpoint is None:
            return None
        channel = channel or (touchpoint.channels[0] if len(touchpoint.channels) == 1 else None)
        if channel is None:
            return None
        place = (touchpoint.id, channel)
        known = self.references.areas.get(place) or self._new_areas.get(place)
        if known is None:
            known = self._new_areas[place] = _make_area(touchpoint.id, channel)
        return known


# Every write passes here. A statement that is built once is compiled once.
IDS: Any = bindparam("ids", expanding=True)
HISTORY = select(Revision.record_id, Revision.number, Revision.digest, Revision.standing).where(
    Revision.record_id.in_(IDS)
)
PHOTOS = select(Photo.observation_id, Photo.person_id).where(Photo.observation_id.in_(IDS))
SOUNDS = select(Sound.observation_id, Sound.person_id).where(Sound.observation_id.in_(IDS))


@cache
def _of(model: Any, lock: bool) -> Select[Any]:
    query = select(model).where(model.id.in_(IDS)).order_by(model.id)
    return query.with_for_update() if lock else query


def _among(query: Any, ids: set[Any]) -> Iterable[Any]:
    return db.session.execute(query, {"ids": list(ids)}) if ids else ()


def _rows(model: Any, ids: set[UUID], lock: bool = False) -> dict[UUID, Any]:
    return {row.id: row for (row,) in _among(_of(model, lock), ids)}


def _make_area(touchpoint_id: int, channel: str) -> int:
    # Two phones may see a new place in the same second; both get the same area.
    row: dict[str, Any] = {"touchpoint_id": touchpoint_id, "channel": channel, "offered": False, "epoch": 1}
    db.session.execute(upsert(Area).on_conflict_do_nothing(), [row])
    references_changed()
    found = select(Area.id).where(Area.touchpoint_id == touchpoint_id, Area.channel == channel)
    return db.session.scalars(found).one()
