"""Once a night: labels of customers go after 30 days, windows move on, nothing is done twice."""

import io
from datetime import timedelta

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db, writing
from shadowing.core.jobs.models import Job
from shadowing.imports.uploads import upload_key
from shadowing.operations import nightly
from shadowing.scoring.models import AreaResult
from shadowing.visits.media.models import Photo
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, work
from tests.visits.media.test_put_photo import jpeg, put


def test_a_label_is_erased_after_thirty_days_and_the_late_copy_is_still_the_same(olga, journey, app):
    visit = a_visit(journey, customer_label="Ms Chen", purpose="Blood test")
    assert olga.put(f"/api/v1/visits/{visit['id']}", json=visit).status_code == 201
    with writing():
        nightly.erase_labels(clock.now() + timedelta(days=29))
        assert db.session.query(Visit).one().customer_label == "Ms Chen"
        nightly.erase_labels(clock.now() + timedelta(days=31))

    db.session.rollback()
    row = db.session.query(Visit).one()
    assert (row.customer_label, "customer_label" in row.body, row.body["purpose"]) == (None, False, "Blood test")
    assert "customer_label" not in db.session.query(Revision).one().body
    assert olga.put(f"/api/v1/visits/{visit['id']}", json=visit).status_code == 200


def test_rows_that_leave_the_window_leave_the_scores(olga, journey, app):
    visit = a_visit(journey)
    observations = [an_observation(journey, visit, utility=2)]
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": observations})
    work(app)
    assert db.session.query(AreaResult).filter_by(scope="").count() == 1
    with writing():
        db.session.rollback()
        db.session.query(Observation).update({"observed_at": clock.now() - timedelta(days=181)})
        db.session.commit()
        nightly.night({})

    assert db.session.query(AreaResult).filter_by(scope="").count() == 0


def test_the_night_is_called_once_a_day(app):
    with writing():
        caller = nightly.NightCaller()
        assert caller()
        assert not caller()
        assert nightly.NightCaller()()  # another process calls too; the key keeps it one job

    db.session.rollback()
    assert db.session.query(Job).filter_by(kind=nightly.NIGHT).count() == 1


def test_a_picture_that_cannot_be_derived_is_erased_after_a_week(olga, journey, app, monkeypatch):
    visit = a_visit(journey)
    seen = an_observation(journey, visit)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    put(olga, jpeg(), observation=seen["id"])
    with writing():
        db.session.rollback()
        photo = db.session.scalars(select(Photo)).one()
        photo.state, key = "unreadable", photo.key
        db.session.commit()
    assert store().exists(key)

    with writing():
        nightly.erase_unreadable(clock.now())
        assert store().exists(key), "the phone may still be told"
        later = clock.now() + timedelta(days=8)
        nightly.erase_unreadable(later)
    monkeypatch.setattr(clock, "now", lambda: later)
    work(app)
    assert not store().exists(key)
    (told,) = olga.get(f"/api/v1/visits/{visit['id']}/receipt").get_json()["photos"]
    assert told["state"] == "unreadable", "else its phone would send it again"


def test_a_spreadsheet_nobody_finished_ends(lena):
    lena.post(
        "/data", data={"file": (io.BytesIO(b"No.,Window\n1,4\n"), "left.csv")}, content_type="multipart/form-data"
    )
    draft = db.session.scalars(select(ImportDraft)).one().id
    db.session.rollback()

    with writing():
        nightly.end_drafts(clock.now() + timedelta(days=29))
        assert store().exists(upload_key(draft))
        nightly.end_drafts(clock.now() + timedelta(days=31))
    assert db.session.get(ImportDraft, draft) is None
    assert not store().exists(upload_key(draft))
