"""Two at the same moment, as several processes make it happen: nothing is lost, nothing is there twice."""

import threading
import uuid

import pytest
from sqlalchemy.exc import OperationalError

from shadowing.backlog.models import Improvement
from shadowing.core.database import db, lost_a_race
from shadowing.visits.models.totals import Panel, Tally
from shadowing.visits.models.visit import Observation
from tests.conftest import a_visit, an_observation, work
from tests.visits.media.test_put_photo import jpeg, put

ROUNDS = 12


@pytest.fixture
def at_once(app):
    """Starts calls at the same moment; their answers in order."""
    db.session.rollback()
    return lambda *calls: start(app, calls)


def start(app, calls):
    answers, gate = [None] * len(calls), threading.Barrier(len(calls))

    def run(number, call):
        with app.app_context():
            gate.wait()
            answers[number] = call()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def putting(client, kind, record):
    return lambda: client.put(f"/api/v1/{kind}/{record['id']}", json=record).status_code


def test_an_observation_beside_its_visit_is_counted(olga, otto, journey, app, at_once):
    for _ in range(ROUNDS):
        visit = a_visit(journey)
        seen = an_observation(journey, visit, utility=4)
        answers = at_once(
            putting(olga, "visits", visit),
            putting(olga, "observations", seen),
        )
        assert answers == [201, 201]
    db.session.rollback()

    assert db.session.query(Observation).filter_by(scored=True).count() == ROUNDS
    assert db.session.query(Tally).filter_by(kind="utility", key="4").one().n == ROUNDS


def test_first_visits_of_many_phones_share_one_panel(olga, otto, journey, app, at_once):
    visits = [a_visit(journey) for _ in range(4)]

    answers = at_once(*(putting(who, "visits", v) for who, v in zip((olga, otto) * 2, visits, strict=True)))

    assert answers == [201] * 4
    db.session.rollback()
    assert db.session.query(Panel).count() == 1


def test_the_same_record_over_two_lines_is_one(olga, otto, journey, app, at_once):
    for _ in range(ROUNDS):
        visit = a_visit(journey)
        assert sorted(at_once(*(putting(olga, "visits", visit) for _ in range(2)))) == [200, 201]


def test_batches_in_opposite_order_do_not_stand_in_each_others_way(olga, otto, journey, app, at_once):
    pairs = [(visit := a_visit(journey), an_observation(journey, visit, utility=3)) for _ in range(20)]

    def sending(some):
        body = {"visits": [v for v, _ in some], "observations": [o for _, o in some]}
        return lambda: olga.post("/api/v1/sync", json=body).get_json()["results"]

    for results in at_once(sending(pairs), sending(pairs[::-1])):
        assert {each["status"] for each in results} <= {200, 201}
    db.session.rollback()
    assert db.session.query(Tally).filter_by(kind="utility", key="3").one().n == 20


def test_the_same_photo_over_two_lines_is_one_and_leaves_no_bytes(olga, app, at_once):
    for _ in range(4):
        photo, observation, raw = uuid.uuid4(), uuid.uuid4(), jpeg()
        calls = [lambda: put(olga, raw, photo, observation).status_code for _ in range(2)]  # noqa: B023
        assert sorted(at_once(*calls)) == [200, 201]
    work(app)
    folder = app.extensions["photo_store"].root / "received"

    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_of_two_changes_of_one_improvement_one_comes_late(olga, otto, lena, journey, app, at_once):
    for client in (olga, otto):
        for _ in range(4):
            visit = a_visit(journey)
            low = an_observation(journey, visit, utility=1, usability=1, delight=1)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [low]})
    work(app)
    item = db.session.query(Improvement).one()
    number, revision = item.id, item.revision
    db.session.rollback()

    def patching(title):
        body = {"revision": revision, "title": title}
        return lambda: lena.patch(f"/api/v1/improvements/{number}", json=body).status_code

    assert sorted(at_once(patching("Sign"), patching("Lamp"))) == [200, 409]


@pytest.mark.parametrize(("state", "raced"), [("40P01", True), ("40001", True), ("53100", False)])
def test_only_races_are_worth_a_second_try(state, raced):
    class Said(Exception):
        sqlstate = state

    assert lost_a_race(OperationalError("", {}, Said())) is raced
