"""Whoever looks again sees the old picture in the camera, once the place is rated and never before (DECISIONS 41)."""

import uuid
from datetime import UTC, datetime

import pytest

from shadowing.core.database import db
from shadowing.people.models import Site
from tests.backlog.test_after_a_fix import ship
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401 - a fixture
from tests.conftest import a_visit, an_observation, work
from tests.visits.media.test_put_photo import jpeg, put


def noted(client, journey, site=None, **ratings):
    """An observation made now, as its phone sends it."""
    visit = a_visit(journey) | ({"site_id": site} if site else {})
    seen = an_observation(journey, visit, "payment", utility=None, usability=None, delight=None) | ratings
    seen["observed_at"] = datetime.now(UTC).isoformat()
    answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]}).get_json()
    assert [each["status"] for each in answer["results"]] == [201, 201], answer
    return seen


def asked(client, seen):
    return client.get(f"/api/v1/observations/{seen['id']}/before-photo")


@pytest.fixture
def pictured(failing, olga, lena, journey, app):  # noqa: F811
    """A place that fails, with a picture of it; then its fix went live."""
    seen = noted(olga, journey, utility=1, note="Nobody there.")
    assert put(olga, jpeg(), observation=seen["id"]).status_code == 201
    work(app)
    ship(lena, failing, app)
    return seen


def test_after_the_rating_the_old_picture_is_there(pictured, otto, journey):
    answer = asked(otto, noted(otto, journey, utility=4))

    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["Cache-Control"] == "private, max-age=600"


def test_before_the_rating_nothing_tells_of_a_fix(pictured, otto, journey):
    answer = asked(otto, noted(otto, journey, note="Here I am."))

    assert (answer.status_code, answer.data, answer.headers["Cache-Control"]) == (204, b"", "no-store")


def test_of_another_place_or_time_there_is_none(pictured, otto, journey):
    assert asked(otto, pictured).status_code == 404  # somebody else's
    assert asked(otto, {"id": uuid.uuid4()}).status_code == 404


def test_the_walk_from_before_the_fix_is_not_looked_at_again(pictured, olga):
    assert asked(olga, pictured).status_code == 204


def test_a_picture_of_another_site_is_not_this_spot(pictured, otto, journey):
    db.session.add(site := Site(name={"en": "North", "zh": "北院"}, kind="own"))
    db.session.commit()
    assert asked(otto, noted(otto, journey, site=str(site.id), utility=4)).status_code == 204


def test_a_customer_who_took_her_words_back_takes_the_picture_along(pictured, olga, otto, journey):
    seen = noted(otto, journey, utility=4)
    visit = {
        **a_visit(journey),
        "id": pictured["visit_id"],
        "consent": {"answer": "no"},
        "revision": 2,
        "base_revision": 1,
    }
    answer = olga.post("/api/v1/sync", json={"visits": [visit], "observations": []}).get_json()
    assert answer["results"][0]["status"] == 200, answer

    assert asked(otto, seen).status_code == 204
