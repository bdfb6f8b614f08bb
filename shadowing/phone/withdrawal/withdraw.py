"""What a code stands for, and using it: at once, or as soon as the visit arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from shadowing.core.database import advisory_lock, db
from shadowing.people import audit
from shadowing.phone.withdrawal.erasing import Erased, bury, erase
from shadowing.phone.withdrawal.models import Withdrawal
from shadowing.visits.media.erasing import erase_media_of
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.tallies import TallyChanges


@dataclass(frozen=True)
class VisitToWithdraw:
    """What would go, in numbers only."""

    started_at: datetime | None
    ended_at: datetime | None
    site_id: int | None
    notes: int
    quotes: int
    photos: int
    sounds: int


def withdrawal_of(code_hash: str) -> Withdrawal | None:
    return db.session.scalar(select(Withdrawal).where(Withdrawal.code_hash == code_hash))


def walks_of(code_hash: str) -> list[VisitToWithdraw]:
    """The visits with this code, the earliest first; six signs may, very rarely, stand on two."""
    return [_walk(visit) for visit in _visits(code_hash)]


def take_back(code_hash: str, now: datetime) -> None:
    """Erase what is here; what is still on a phone is erased when it comes. Doing it twice changes nothing. Commits."""
    advisory_lock(f"withdrawal:{code_hash}", *(f"visit:{visit.id}" for visit in _visits(code_hash)))
    db.session.expire_all()
    record = withdrawal_of(code_hash) or Withdrawal(code_hash=code_hash, asked_at=now)
    db.session.add(record)
    counts = TallyChanges()
    for visit in _visits(code_hash):
        _note(record, erase(visit, now, counts), now)
        audit.note("withdraw", "visit", visit.id)
    counts.write()
    db.session.commit()


def erase_on_arrival(visit: Visit, now: datetime, counts: TallyChanges) -> bool:
    """Whether the visit that was just stored had been taken back before it came.

    The caller is alone with the visit and with its code, and commits.
    """
    record = withdrawal_of(visit.withdrawal_hash) if visit.withdrawal_hash else None
    if record is None:
        return False
    _note(record, erase(visit, now, counts), now)
    audit.note("withdraw", "visit", visit.id, by=visit.person_id)
    return True


def bury_late(row: Observation | None, id: UUID, visit: Visit, now: datetime) -> Observation:
    """An observation that comes after its visit was taken back: only that it existed is kept. The caller commits."""
    observation = row or Observation(id=id, person_id=visit.person_id, visit_id=visit.id, revision=1, received_at=now)
    erase_media_of([id], now)
    bury(observation, now)
    db.session.add(observation)
    return observation


def _note(record: Withdrawal, erased: Erased, now: datetime) -> None:
    record.erased_at = now
    record.notes = (record.notes or 0) + erased.notes
    record.photos = (record.photos or 0) + erased.photos


def _visits(code_hash: str) -> Sequence[Visit]:
    mine = select(Visit).where(Visit.withdrawal_hash == code_hash, Visit.withdrawn_at.is_(None))
    return db.session.scalars(mine.order_by(Visit.started_at, Visit.id)).all()


def _walk(visit: Visit) -> VisitToWithdraw:
    mine = (Observation.visit_id == visit.id, Observation.deleted_at.is_(None))
    notes, quotes = db.session.execute(select(func.count(), func.count(Observation.quote)).where(*mine)).one()
    photos = select(func.count()).join(Observation, Observation.id == Photo.observation_id).select_from(Photo)
    sounds = select(func.count()).join(Observation, Observation.id == Sound.observation_id).select_from(Sound)
    return VisitToWithdraw(
        visit.started_at,
        visit.ended_at,
        visit.site_id,
        notes,
        quotes,
        db.session.scalar(photos.where(*mine)) or 0,
        db.session.scalar(sounds.where(*mine)) or 0,
    )
