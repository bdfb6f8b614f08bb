"""The audit trail: writes that matter, and who read photos, visits and exports."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people.models import AuditEntry


def note(
    action: str, subject_kind: str, subject_id: object, details: dict[str, Any] | None = None, by: int | None = None
) -> None:
    """Add a fact to the trail, in the caller's transaction. by: who did it, where that is not whoever is signed in."""
    db.session.add(
        AuditEntry(
            at=clock.now(),
            person_id=by or (getattr(current_user, "id", None) if current_user else None),
            action=action,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            details=details,
        )
    )


def note_read(subject_kind: str, subject_id: object, details: dict[str, Any] | None = None) -> None:
    """Who looked at what, from a request that only reads. Commits; what was read before is to be read anew."""
    db.session.rollback()  # leave the reading transaction before taking the write lock
    with writing():
        note("read", subject_kind, subject_id, details)
        db.session.commit()
