"""PUT /visits and /observations: stored, again, newer, late, conflict, refused."""

import uuid

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, touchpoint, work


def put(client, kind, record):
    return client.put(f"/api/v1/{kind}/{record['id']}", json=record)


def stored(client, journey, **fields):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, **fields)
    assert put(client, "visits", visit).status_code == 201
    assert put(client, "observations", observation).status_code == 201
    return visit, observation


def test_a_visit_is_stored_once_however_often_it_is_sent(olga, journey):
    visit = a_visit(journey)

    first, again = put(olga, "visits", visit), put(olga, "visits", visit)

    assert (first.status_code, again.status_code) == (201, 200)
    assert db.session.query(Visit).count() == 1
    assert db.session.query(Revision).count() == 1


def test_null_and_absent_are_the_same_content(olga, journey):
    visit = a_visit(journey)
    put(olga, "visits", visit)

    assert put(olga, "visits", {**visit, "purpose": None}).status_code == 200


def test_a_newer_revision_on_the_current_one_replaces_it(olga, journey):
    _, observation = stored(olga, journey, utility=2)

    answer = put(olga, "observations", {**observation, "revision": 2, "base_revision": 1, "utility": 4})

    assert answer.status_code == 200
    assert db.session.get(Observation, uuid.UUID(observation["id"])).utility == 4
    assert [r.standing for r in db.session.query(Revision).filter_by(kind="observation")] == ["current", "current"]


def test_the_same_revision_with_other_content_is_a_conflict_and_both_are_kept(olga, journey):
    _, observation = stored(olga, journey, utility=2)

    answer = put(olga, "observations", {**observation, "utility": 5})

    assert answer.status_code == 409
    problem = answer.get_json()
    assert problem["code"] == "conflict"
    assert problem["current"]["revision"] == 1
    assert problem["current"]["author"] == "Olga"
    assert problem["current"]["body"]["utility"] == 2
    kept = db.session.query(Revision).filter_by(kind="observation", standing="conflict").one()
    assert kept.body["utility"] == 5


def test_a_higher_revision_that_started_elsewhere_is_a_conflict(olga, journey):
    _, observation = stored(olga, journey, utility=2)
    put(olga, "observations", {**observation, "revision": 2, "base_revision": 1, "utility": 3})

    answer = put(olga, "observations", {**observation, "revision": 3, "base_revision": 1, "utility": 5})

    assert answer.status_code == 409
    assert db.session.get(Observation, uuid.UUID(observation["id"])).utility == 3


def test_a_late_lower_revision_goes_into_the_history_only(olga, journey):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, utility=4, revision=3, base_revision=2)
    put(olga, "observations", observation)

    answer = put(olga, "observations", {**observation, "revision": 2, "base_revision": 1, "utility": 1})

    assert answer.status_code == 200
    assert db.session.get(Observation, uuid.UUID(observation["id"])).utility == 4
    assert {r.standing for r in db.session.query(Revision)} == {"current", "late"}


def test_a_number_another_phone_took_is_a_conflict_also_after_newer_ones(olga, journey):
    """Two phones of one person: the second edited twice before the first came back from the cellar."""
    _, first = stored(olga, journey, utility=3)
    theirs = {**first, "revision": 2, "base_revision": 1, "utility": 4}
    put(olga, "observations", theirs)
    put(olga, "observations", {**theirs, "revision": 3, "base_revision": 2, "utility": 5})
    mine = {**theirs, "utility": 1}

    answers = [put(olga, "observations", each) for each in (mine, mine, theirs, first)]

    assert [answer.status_code for answer in answers] == [409, 409, 200, 200]
    assert answers[0].get_json()["current"]["revision"] == 3
    kept = [
        (r.number, r.standing) for r in db.session.query(Revision).filter_by(kind="observation").order_by(Revision.id)
    ]
    assert kept == [(1, "current"), (2, "current"), (3, "current"), (2, "conflict")]
    assert db.session.get(Observation, uuid.UUID(first["id"])).utility == 5


def test_records_belong_to_their_maker(olga, otto, journey):
    visit, observation = stored(olga, journey)

    for kind, record in (("visits", visit), ("observations", observation)):
        answer = put(otto, kind, {**record, "revision": 2, "base_revision": 1})
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_yours")
    strange = an_observation(journey, visit)
    assert put(otto, "observations", strange).status_code == 403


def test_an_observation_waits_for_its_visit_and_counts_when_it_comes(olga, journey):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, utility=2)

    answer = put(olga, "observations", observation)

    assert "waiting_for_visit" in answer.get_json()["marks"]
    assert db.session.query(Tally).count() == 0
    put(olga, "visits", visit)
    assert db.session.query(Tally).filter_by(kind="utility", key="2").one().n == 1
    assert db.session.query(Observation).one().marks == []


def test_totals_follow_every_change_and_deletion(olga, journey, app):
    _, observation = stored(
        olga, journey, utility=2, standards={touchpoint(journey, "payment")["standards"][0]["id"]: "met"}
    )
    put(olga, "observations", {**observation, "revision": 2, "base_revision": 1, "utility": 5})
    assert {t.key: t.n for t in db.session.query(Tally).filter_by(kind="utility")} == {"2": 0, "5": 1}

    gone = {**observation, "revision": 3, "base_revision": 2, "utility": 5, "deleted_at": clock.now().isoformat()}
    assert put(olga, "observations", gone).status_code == 200

    db.session.expire_all()
    assert {t.n for t in db.session.query(Tally)} == {0}
    assert not db.session.query(Observation).one().scored


def test_practice_visits_are_stored_and_never_counted(olga, journey):
    visit = a_visit(journey, practice=True)
    put(olga, "visits", visit)
    put(olga, "observations", an_observation(journey, visit, utility=1))

    assert db.session.query(Observation).count() == 1
    assert db.session.query(Tally).count() == 0


def test_an_older_or_newer_journey_version_is_kept_and_marked(olga, journey):
    answer = put(olga, "visits", a_visit(journey, journey_version=7))

    assert answer.status_code == 201
    assert answer.get_json()["marks"] == ["journey_changed"]


def test_a_clock_that_cannot_be_right_is_marked_and_ordered_by_arrival(olga, journey):
    visit = a_visit(journey)
    for moment in ("1970-01-01T00:00:09+00:00", "2099-05-05T12:00:00+08:00"):
        observation = an_observation(journey, visit, observed_at=moment)
        answer = put(olga, "observations", observation)
        assert answer.status_code == 201
        assert "clock_doubtful" in answer.get_json()["marks"]
        row = db.session.get(Observation, uuid.UUID(observation["id"]))
        assert abs((row.observed_at - clock.now()).total_seconds()) < 60
        assert row.body["observed_at"] == moment


def test_something_not_on_the_map_needs_a_label(olga, journey):
    visit = a_visit(journey)
    nowhere = {**an_observation(journey, visit), "touchpoint_id": None}

    refused = put(olga, "observations", nowhere)
    kept = put(olga, "observations", {**nowhere, "label": "Car park barrier"})

    assert refused.get_json()["errors"][0]["path"] == "label"
    assert (refused.status_code, kept.status_code) == (422, 201)


def test_unknown_fields_are_kept_up_to_16_kilobytes(olga, journey):
    visit = a_visit(journey, weather="rain")
    assert put(olga, "visits", visit).status_code == 201
    assert db.session.query(Visit).one().body["weather"] == "rain"

    answer = put(olga, "visits", a_visit(journey, weather="x" * 17_000))
    assert (answer.status_code, answer.get_json()["errors"][0]["path"]) == (422, "weather")


def test_the_area_score_shows_an_acknowledged_observation(olga, lena, journey, app):
    visit, _ = stored(olga, journey, utility=2)
    work(app)

    areas = lena.get(f"/api/v1/areas?journey={journey['id']}").get_json()["areas"]

    seen = next(area for area in areas if area["levels"])
    assert seen["levels"]["utility"]["n"] == 1
    assert seen["verdict"] == "not_enough_evidence"
