"""POST /sync: one transaction, one answer a record, a bad one does not hold back the rest."""

import uuid
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation


def sync(client, **body):
    return client.post("/api/v1/sync", json=body)


def test_a_batch_is_stored_and_again_is_harmless(olga, journey):
    visit = a_visit(journey)
    observations = [an_observation(journey, visit, utility=n % 5 + 1) for n in range(10)]

    first = sync(olga, visits=[visit], observations=observations)
    again = sync(olga, visits=[visit], observations=observations)

    assert [r["status"] for r in first.get_json()["results"]] == [201] * 11
    assert [r["status"] for r in again.get_json()["results"]] == [200] * 11
    assert (db.session.query(Visit).count(), db.session.query(Observation).count()) == (1, 10)


def test_the_rest_of_a_batch_commits(olga, otto, journey):
    theirs = a_visit(journey)
    sync(otto, visits=[theirs])
    visit = a_visit(journey)
    good, bad = an_observation(journey, visit), an_observation(journey, visit, utility=9)

    answer = sync(olga, visits=[visit, {**theirs, "revision": 2}], observations=[bad, good, "nonsense", None])

    assert answer.status_code == 200
    results = answer.get_json()["results"]
    assert [r["status"] for r in results] == [201, 403, 422, 201, 422, 422]
    assert results[2]["id"] == bad["id"]
    assert results[2]["problem"]["errors"][0]["path"] == "utility"
    assert [str(row.id) for row in db.session.query(Observation)] == [good["id"]]


def test_the_same_id_twice_in_a_batch_is_taken_in_order(olga, journey):
    visit = a_visit(journey)
    one = an_observation(journey, visit, utility=1)
    two = {**one, "revision": 2, "base_revision": 1, "utility": 4}

    results = sync(olga, visits=[visit], observations=[one, two]).get_json()["results"]

    assert [r["status"] for r in results] == [201, 201, 200]
    assert db.session.get(Observation, uuid.UUID(one["id"])).utility == 4


def test_a_conflict_in_a_batch_keeps_both_versions(olga, journey):
    visit = a_visit(journey)
    one = an_observation(journey, visit, utility=1)
    sync(olga, visits=[visit], observations=[one])

    results = sync(olga, observations=[{**one, "utility": 5}, an_observation(journey, visit)]).get_json()["results"]

    assert [r["status"] for r in results] == [409, 201]
    assert results[0]["problem"]["current"]["body"]["utility"] == 1
    assert db.session.query(Revision).filter_by(standing="conflict").count() == 1


def test_more_than_200_records_are_refused_whole(olga, journey):
    visit = a_visit(journey)

    answer = sync(olga, observations=[an_observation(journey, visit) for _ in range(201)])

    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_many_records")
    assert db.session.query(Observation).count() == 0


def test_lists_must_be_lists(olga):
    assert sync(olga, visits={"a": 1}).status_code == 422
    assert sync(olga).get_json()["results"] == []


def test_nobody_sends_without_signing_in(as_, journey):
    answer = sync(as_(None), visits=[a_visit(journey)])

    assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in")


def test_another_site_cannot_write(olga, journey):
    visit = a_visit(journey)
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        answer = olga.put(f"/api/v1/visits/{visit['id']}", json=visit, headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "cross_site")
    assert db.session.query(Visit).count() == 0
    fine = olga.put(f"/api/v1/visits/{visit['id']}", json=visit, headers={"Origin": "http://localhost"})
    assert fine.status_code == 201


def test_records_never_arrive_under_another_name(olga, otto, journey):
    """Otto signed in on Olga's phone between its question who is there and its sending."""
    visit = a_visit(journey)
    hers = {"Shadowing-Person": olga.get("/api/v1/session").get_json()["user"]["id"]}

    words = otto.post("/api/v1/sync", json={"visits": [visit]}, headers=hers)
    photo = otto.put(f"/api/v1/photos/{uuid.uuid4()}?observation={uuid.uuid4()}", data=b"", headers=hers)

    assert [(a.status_code, a.get_json()["code"]) for a in (words, photo)] == [(401, "other_person")] * 2
    assert db.session.query(Visit).count() == 0
    assert olga.post("/api/v1/sync", json={"visits": [visit]}, headers=hers).get_json()["results"][0]["status"] == 201


def test_a_clock_that_cannot_be_right_is_marked_and_order_and_distance_stay(olga, journey):
    """DECISIONS 4: a phone two years ahead was two hours on its way; we know by how much its clock is wrong."""
    ahead = timedelta(days=730)
    now = clock.now()
    visit = a_visit(journey, started_at=(now + ahead - timedelta(hours=2)).isoformat(), ended_at=None)
    seen = [
        an_observation(journey, visit, observed_at=(now + ahead - timedelta(minutes=minutes)).isoformat())
        for minutes in (90, 30)
    ]

    sync(olga, visits=[visit], observations=seen, sent_at=(now + ahead).isoformat())

    rows = db.session.query(Observation).order_by(Observation.observed_at).all()
    assert [str(row.id) for row in rows] == [each["id"] for each in seen]
    assert all("clock_doubtful" in row.marks for row in rows)
    assert rows[1].observed_at - rows[0].observed_at == timedelta(minutes=60)
    assert abs(rows[1].observed_at - (now - timedelta(minutes=30))) < timedelta(minutes=1)


@pytest.mark.parametrize("said", ["soon", 7, None, "2026-11-20T10:00:00", "0001-01-01T00:00:00+14:00", ["x"], {}])
def test_nonsense_about_the_phones_clock_changes_nothing(olga, journey, said):
    visit = a_visit(journey)
    answer = sync(olga, visits=[visit], observations=[an_observation(journey, visit)], sent_at=said)

    assert [each["status"] for each in answer.get_json()["results"]] == [201, 201]
