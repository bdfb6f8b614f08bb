"""What the records of one request refer to and what is held of them: one look-up each, however many records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from werkzeug.utils import cached_property  # Python 3.11's own holds one lock for all requests, also while we wait

from shadowing.core.database import db, upsert
from shadowing.core.ids import our_id
from shadowing.core.vocabulary import CHANNELS
from shadowing.journeys.models import Area, Journey, Persona, Standard, Touchpoint
from shadowing.people.models import Site
from shadowing.phone.sync.schemas import ObservationRecord, Record, VisitRecord
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.visit import Observation, Revision, Visit


class Lookups:
    """References of the given records. What is stored meanwhile is put in by whoever stores it."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = list(records)
        self._visits = [record for record in self.records if isinstance(record, VisitRecord)]
        self._observations = [record for record in self.records if isinstance(record, ObservationRecord)]

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
    def journeys(self) -> dict[str, Journey]:
        return _named(Journey, {record.journey_id for record in self._visits})

    @cached_property
    def sites(self) -> dict[str, Site]:
        return _named(Site, {record.site_id for record in self._visits})

    @cached_property
    def personas(self) -> dict[str, Persona]:
        return _named(Persona, {record.persona_id for record in self._visits})

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        return _named(Touchpoint, {record.touchpoint_id for record in self._observations})

    @cached_property
    def standards(self) -> set[tuple[str, str]]:
        return {(str(touchpoint), key) for touchpoint, key in _among(STANDARDS, self._touchpoint_ids())}

    @cached_property
    def areas(self) -> dict[tuple[int, str], int]:
        return {(touchpoint, channel): area for touchpoint, channel, area in _among(AREAS, self._touchpoint_ids())}

    def knows_channel(self, slug: str) -> bool:
        """Ours, the organisation's own, or one that an earlier version had."""
        if slug in CHANNELS:
            return True
        return db.session.scalar(select(Area.id).where(Area.channel == slug).limit(1)) is not None

    def area_id(self, touchpoint: Touchpoint | None, channel: str | None) -> int | None:
        """The area of a touchpoint and channel, made when first seen; None where the channel is open."""
        if touchpoint is None:
            return None
        channel = channel or (touchpoint.channels[0] if len(touchpoint.channels) == 1 else None)
        if channel is None:
            return None
        place = (touchpoint.id, channel)
        if place not in self.areas:
            self.areas[place] = _make_area(touchpoint.id, channel)
        return self.areas[place]

    def _touchpoint_ids(self) -> set[int]:
        return {touchpoint.id for touchpoint in self.touchpoints.values()}


# Every write passes here. A statement that is built once is compiled once.
IDS: Any = bindparam("ids", expanding=True)
HISTORY = select(Revision.record_id, Revision.number, Revision.digest, Revision.standing).where(
    Revision.record_id.in_(IDS)
)
PHOTOS = select(Photo.observation_id, Photo.person_id).where(Photo.observation_id.in_(IDS))
SOUNDS = select(Sound.observation_id, Sound.person_id).where(Sound.observation_id.in_(IDS))
STANDARDS = select(Standard.touchpoint_id, Standard.key).where(Standard.touchpoint_id.in_(IDS))
AREAS = select(Area.touchpoint_id, Area.channel, Area.id).where(Area.touchpoint_id.in_(IDS))


@cache
def _of(model: Any, lock: bool) -> Select[Any]:
    query = select(model).where(model.id.in_(IDS)).order_by(model.id)
    return query.with_for_update() if lock else query


def _among(query: Any, ids: set[Any]) -> Iterable[Any]:
    return db.session.execute(query, {"ids": list(ids)}) if ids else ()


def _rows(model: Any, ids: set[UUID], lock: bool = False) -> dict[UUID, Any]:
    return {row.id: row for (row,) in _among(_of(model, lock), ids)}


def _named(model: Any, said: set[str | None]) -> dict[str, Any]:
    """Rows by the opaque ids that were said. What is not a number of ours names nothing."""
    numbers = {our_id(name) for name in said} - {None}
    return {str(row.id): row for (row,) in _among(_of(model, False), numbers)}


def _make_area(touchpoint_id: int, channel: str) -> int:
    # Two phones may see a new place in the same second; both get the same area.
    row: dict[str, Any] = {"touchpoint_id": touchpoint_id, "channel": channel, "offered": False, "epoch": 1}
    db.session.execute(upsert(Area).on_conflict_do_nothing(), [row])
    found = select(Area.id).where(Area.touchpoint_id == touchpoint_id, Area.channel == channel)
    return db.session.scalars(found).one()
