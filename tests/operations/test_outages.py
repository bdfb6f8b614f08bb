"""Database, store, disk or worker gone: phones are told to come again, nothing is half stored, it mends by itself."""

import errno
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db, writing
from shadowing.core.jobs import queue
from shadowing.core.jobs.models import Job
from shadowing.visits.media.models import Photo
from shadowing.visits.models.totals import ScoreChange
from shadowing.visits.models.visit import Visit
from tests.conftest import a_visit, an_observation, work
from tests.visits.media.test_put_photo import jpeg, put


def is_told_to_come_again(answer):
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "not_ready"


@pytest.fixture
def full(app, monkeypatch):
    """The disk of the photos is full."""

    def put(key, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(app.extensions["photo_store"], "put", put)
    return monkeypatch


def test_a_full_photo_store_refuses_and_takes_the_same_photo_later(full, olga, app):
    raw, photo_id = jpeg(), uuid.uuid4()

    is_told_to_come_again(put(olga, raw, photo_id))

    assert db.session.query(Photo).count() == 0
    assert db.session.query(Job).filter_by(kind="derive_photo").count() == 0
    ready = olga.get("/readyz")
    assert (ready.status_code, ready.get_json()["checks"]["photo_store"]) == (503, "cannot be written")
    full.undo()
    assert put(olga, raw, photo_id).status_code == 201
    assert olga.get("/readyz").status_code == 200


def test_a_store_that_does_not_answer_is_said_on_a_page(olga, app, monkeypatch):
    photo_id = uuid.uuid4()
    put(olga, jpeg(), photo_id)
    work(app)

    def get(key):
        raise OSError("the photo store does not answer")

    monkeypatch.setattr(app.extensions["photo_store"], "get", get)
    answer = olga.get(f"/photos/{photo_id}")

    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert "cannot" in answer.get_data(as_text=True)


def test_a_photo_whose_file_is_lost_is_not_found(olga, app, monkeypatch):
    photo_id = uuid.uuid4()
    put(olga, jpeg(), photo_id)
    work(app)

    def get(key):
        raise KeyError(key)

    monkeypatch.setattr(app.extensions["photo_store"], "get", get)
    assert olga.get(f"/photos/{photo_id}").status_code == 404


def test_deriving_outlasts_a_store_that_is_gone(full, olga, app):
    store = app.extensions["photo_store"]
    full.undo()
    put(olga, jpeg())
    full.setattr(store, "put", lambda key, data: (_ for _ in ()).throw(OSError("gone")))
    for _ in range(queue.MOST_ATTEMPTS + 3):
        work(app)
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(db.update(Job.__table__).values(run_at=clock.now()))
    full.undo()

    work(app)

    db.session.rollback()
    assert db.session.query(Photo).one().state == "ready"
    assert queue.gave_up() == []


def test_without_the_database_phones_are_told_to_come_again(olga, journey, app, place):
    visit = a_visit(journey)
    seen = an_observation(journey, visit)
    db.session.remove()

    with place.database_gone():
        for answer in (
            olga.put(f"/api/v1/visits/{visit['id']}", json=visit),
            olga.put(f"/api/v1/observations/{seen['id']}", json=seen),
            olga.post("/api/v1/sync", json={"visits": [visit]}),
            olga.get("/api/v1/carry"),
            put(olga, jpeg()),
        ):
            is_told_to_come_again(answer)
        assert olga.get("/healthz").status_code == 200
        ready = olga.get("/readyz")
        assert (ready.status_code, ready.get_json()["checks"]["database"]) == (503, "does not answer")
        assert app.extensions["worker"]._safely(app.extensions["worker"].work_once) is False

    assert olga.put(f"/api/v1/visits/{visit['id']}", json=visit).status_code == 201
    assert olga.get("/readyz").status_code == 200
    db.session.remove()
    assert db.session.query(Visit).count() == 1


@pytest.mark.parametrize(("wanted", "sentence"), [("en", "cannot store anything"), ("zh-CN", "暂时")])
def test_without_the_database_pages_say_so_in_the_readers_language(lena, app, place, wanted, sentence):
    db.session.remove()

    with place.database_gone():
        for path in ("/areas", "/improvements", "/summary", "/sign-in"):
            answer = lena.get(path, headers={"Accept-Language": wanted})
            assert answer.status_code == 503
            assert sentence in answer.get_data(as_text=True), path

    assert lena.get("/areas").status_code == 200


@pytest.mark.engine("sqlite")
def test_a_full_disk_under_the_database_stores_nothing_by_halves(olga, journey, app):
    full = True

    def only_as_large_as_it_is(connection, _record, _proxy):
        most = connection.execute("PRAGMA page_count").fetchone()[0] if full else 1_073_741_823
        connection.execute(f"PRAGMA max_page_count={most}")

    event.listen(db.engine, "checkout", only_as_large_as_it_is)
    visits = [a_visit(journey, context_note="x" * 9_000) for _ in range(40)]
    seen = [an_observation(journey, visit, note="y" * 9_000) for visit in visits]
    db.session.remove()

    is_told_to_come_again(olga.post("/api/v1/sync", json={"visits": visits, "observations": seen}))

    assert db.session.query(Visit).count() == 0
    db.session.remove()
    full = False
    answer = olga.post("/api/v1/sync", json={"visits": visits, "observations": seen})
    assert {each["status"] for each in answer.get_json()["results"]} == {201}


def test_without_a_worker_everything_is_taken_in_and_told(olga, journey, app):
    visit = a_visit(journey)

    assert olga.put(f"/api/v1/visits/{visit['id']}", json=visit).status_code == 201
    assert put(olga, jpeg()).status_code == 201
    ready = olga.get("/readyz")

    assert (ready.status_code, ready.get_json()["worker"]) == (200, "nobody works; start: flask --app wsgi worker")
    work(app)
    assert olga.get("/readyz").get_json()["worker"] == "ok"


@pytest.mark.parametrize(("wanted", "sentence"), [("en", "no worker is running"), ("zh-CN", "后台程序没有运行")])
def test_pages_say_that_nothing_is_counted_without_a_worker(olga, lena, journey, app, wanted, sentence):
    visit = a_visit(journey)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit, utility=2)]})

    def shown():
        db.session.rollback()
        return sentence in lena.get("/areas", headers={"Accept-Language": wanted}).get_data(as_text=True)

    assert not shown(), "a moment is no reason to worry"
    with writing():
        db.session.query(ScoreChange).update({"created_at": clock.now() - timedelta(minutes=2)})
        db.session.commit()
    assert shown()
    work(app)
    assert not shown()


def test_asking_again_and_again_writes_once(olga, app, monkeypatch):
    written = []
    monkeypatch.setattr(type(store()), "check", lambda _: written.append(1))

    assert [olga.get("/readyz").status_code for _ in range(5)] == [200] * 5
    assert written == [1]
