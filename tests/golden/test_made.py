"""What an earlier version left behind is understood by this one."""

from __future__ import annotations

import contextvars

import pytest
from sqlalchemy import func, select

from shadowing.core.bytes.store import store
from shadowing.core.database import db, reading
from shadowing.core.jobs.models import Job
from shadowing.imports.uploads import upload_key
from shadowing.scoring import periods
from shadowing.visits.media.models import Photo
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.visit import Observation, Visit
from tests.golden.making import MADE, MAIL, SHEET
from tests.golden.restored import restored
from tests.support.stage import ENGINES

#: Kinds of jobs that the version which made it did not have; empty again once it is made anew.
SINCE = {periods.JOB, "owner_mail", "webhook"}


@pytest.fixture(params=ENGINES)
def old(request, tmp_path, postbox):
    """The demonstration of an earlier version, brought back on this engine, with mail."""
    settings = {name: said.format(port=postbox.address.rpartition(":")[2]) for name, said in MAIL.items()}
    if request.param == "postgresql":
        databases = request.getfixturevalue("postgres")
        name = databases.make()
        settings["SHADOWING_DATABASE_URL"] = databases.address(name)
        request.addfinalizer(lambda: databases.drop(name))
    with restored(tmp_path, **settings) as app, reading():
        yield app


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_job_that_was_in_line_is_done(old, postbox):
    waiting = select(Job.id, Job.kind).where(Job.done_at.is_(None))
    kinds = {row.id: row.kind for row in db.session.execute(waiting)}
    assert set(kinds.values()) == set(old.extensions["worker"].handlers) - SINCE
    store().put(
        upload_key(db.session.scalars(select(ImportDraft.id)).one()), SHEET.encode()
    )  # backups leave uploads out
    unread = select(func.count()).select_from(Photo).where(Photo.state == "received")
    assert db.session.scalar(unread) == 1
    db.session.rollback()

    contextvars.Context().run(old.extensions["worker"].drain)

    db.session.rollback()
    left = {
        job.kind: job.error
        for job in db.session.scalars(select(Job).where(Job.id.in_(kinds)))
        if job.error or not job.done_at
    }
    assert left == {}
    assert db.session.scalar(unread) == 0
    assert db.session.scalars(select(ImportDraft.outcome)).one()["rows"] == 3
    assert len(postbox.mails) == 2


def test_a_rescue_file_is_taken_in_once(old):
    before = count(Visit), count(Observation), count(Photo)
    for _ in range(2):
        words = ["import-rescue", str(MADE / "rescue.txt")]
        done = contextvars.Context().run(old.test_cli_runner().invoke, args=words)
        assert done.exit_code == 0, done.output

    after = count(Visit), count(Observation), count(Photo)
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 2, 1]
