"""What is done once a night: windows move on, variances are estimated anew, what may be kept no longer is erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import delete, select, update

from shadowing.backlog.notices.letters import remind_owners
from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.jobs.queue import enqueue
from shadowing.core.sent_once import forget_sent_forms
from shadowing.imports.uploads import upload_key
from shadowing.integration.webhooks.dispatch import forget_old
from shadowing.operations.up_to_date import rebuild_everything
from shadowing.people import sessions
from shadowing.people.models import SignInTry
from shadowing.people.zones import home_zone
from shadowing.summary.questions.candidates import keep_everywhere
from shadowing.visits.labels import forget_label
from shadowing.visits.media.erasing import erase_removed_media, erase_unreadable_photos
from shadowing.visits.media.models import Photo
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Visit

NIGHT = "night"
#: What was put into the bin stays there so long (DECISIONS 10).
BIN_DAYS = timedelta(days=30)
#: Customers' labels go after this long (DECISIONS 6).
LABEL_DAYS = timedelta(days=30)
UNREADABLE_DAYS = timedelta(days=7)
DRAFT_DAYS = timedelta(days=30)


class NightToDo(TypedDict):
    """What the job `night` carries: the day it ends, YYYY-MM-DD."""

    day: str


class NightCaller:
    """A duty: once a day of the organisation's calendar it puts the night's work in line."""

    def __init__(self) -> None:
        self._day = ""

    def __call__(self) -> bool:
        day = clock.today(home_zone()).isoformat()
        db.session.rollback()
        if day == self._day:
            return False
        payload: NightToDo = {"day": day}
        enqueue(NIGHT, payload, clock.now(), key=f"{NIGHT}:{day}")
        db.session.commit()
        self._day = day
        return True


def night(_payload: NightToDo) -> None:
    """Safe to repeat."""
    now = clock.now()
    erase_labels(now)
    empty_bins(now)
    erase_unreadable(now)
    end_drafts(now)
    db.session.execute(delete(SignInTry).where(SignInTry.at < now - timedelta(days=1)))
    sessions.forget_ended(now)
    forget_sent_forms(now)
    forget_old(now)
    remind_owners(clock.today(home_zone()), now)
    db.session.commit()
    rebuild_everything()
    keep_everywhere(clock.now())


def erase_labels(now: datetime) -> None:
    """Customers' labels leave visits, their revisions and plans. Commits."""
    before = now - LABEL_DAYS
    old = db.session.scalars(select(Visit).where(Visit.customer_label.is_not(None), Visit.received_at < before)).all()
    for visit in old:
        forget_label(visit)
    db.session.execute(update(Plan).where(Plan.starts_at < before).values(customer_label=None))
    db.session.commit()


def empty_bins(now: datetime) -> None:
    """Pictures and voice notes that were taken off, or went with their observation, are erased. Commits."""
    erase_removed_media(now - BIN_DAYS, now)
    db.session.commit()


def erase_unreadable(now: datetime) -> None:
    """Pictures that cannot be derived, a week after they came, whether or not their phone was told. Commits."""
    erase_unreadable_photos(Photo.received_at < now - UNREADABLE_DAYS, now)
    db.session.commit()


def end_drafts(now: datetime) -> None:
    """Spreadsheets that somebody brought and never finished. Commits; their bytes go after it."""
    old = select(ImportDraft).where(ImportDraft.state != "done", ImportDraft.changed_at < now - DRAFT_DAYS)
    drafts = db.session.scalars(old).all()
    keys = [upload_key(draft.id) for draft in drafts]
    for draft in drafts:
        db.session.delete(draft)
    db.session.commit()
    for key in keys:
        store().delete(key)
