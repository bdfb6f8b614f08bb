"""Whether what phones were told is safe is there: all of it, once, and counted once."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from shadowing.app import create_app
from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.models import Job
from shadowing.visits.media import images
from shadowing.visits.media.models import Photo
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.support.senders import Sender
from tests.support.waiting import wait_until_all_is_done


def sent_home(phones: Iterable[Sender], settings: dict[str, str], folder: Path, patience: float) -> None:
    """Phones have sent enough; once all is done, whether everything is there once. Raises AssertionError."""
    phones = list(phones)
    for phone in phones:
        phone.enough.set()
    for phone in phones:
        phone.join(timeout=patience)
        assert phone.failure is None, phone.failure
    app = create_app(settings, instance=str(folder))
    with app.app_context(), reading():
        wait_until_all_is_done(patience)
        everything_is_here_once(phones)
        db.session.remove()
        db.engine.dispose()


def everything_is_here_once(phones: Iterable[Sender], looked_at: int = 500) -> None:
    """Raises AssertionError. looked_at: of how many photos the stored picture is compared with what was sent."""
    phones = list(phones)
    assert sum(phone.told.broken for phone in phones) >= 1, "nothing broke under a phone that was sending"
    photos = {id: raw for phone in phones for id, raw in phone.told.photos.items()}
    assert ids(Visit) == {id for phone in phones for id in phone.told.visits}
    assert ids(Observation) == {id for phone in phones for id in phone.told.observations}
    assert ids(Photo) == set(photos)
    revisions = db.session.execute(select(Revision.record_id, func.count()).group_by(Revision.record_id)).all()
    assert {n for _, n in revisions} == {1}
    said = Counter(str(rating) for rating in db.session.scalars(select(Observation.utility)))
    assert said == dict(db.session.execute(select(Tally.key, Tally.n).where(Tally.kind == "utility")).all())
    for photo in db.session.scalars(select(Photo).order_by(Photo.id).limit(looked_at)):
        expected = hashlib.sha256(images.derive(photos[str(photo.id)]).large).hexdigest()
        assert (photo.state, photo.stored_sha256) == ("ready", expected)
        assert all(store().exists(stored_key(expected, size)) for size in (images.LARGE, images.SMALL))
        assert not store().exists(received_key(photo.id, photo.sha256))
    jobs = Counter(db.session.scalars(select(Job.key).where(Job.kind == "derive_photo")))
    assert set(jobs.values()) == {1} and len(jobs) == len(photos)


def ids(model: Any) -> set[str]:
    """Of all rows. Raises AssertionError where one is there twice."""
    found = [str(uuid.UUID(str(id))) for id in db.session.scalars(select(model.id))]
    assert len(found) == len(set(found))
    return set(found)
