"""What a customer did not agree to is shown to nobody: no photo, no voice note, no quote, by no door, however late."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, person, site, work
from tests.planning.plans.test_plans_api import planned
from tests.visits.media.test_put_photo import jpeg
from tests.visits.media.test_put_photo import put as put_photo
from tests.visits.media.test_put_sound import put as put_sound

QUOTE = "Nobody told me where to go."
CAPTION = "Her hand on the desk"
#: What a phone says, and what of photo, voice and quote readers then get.
ANSWERS = [
    (None, (True, True, True)),
    ({"answer": "yes"}, (True, True, True)),  # as phones said before these were asked on their own
    ({"answer": "yes", "photos": None, "voice": None}, (True, True, True)),
    ({"answer": "yes", "photos": False, "voice": True}, (False, True, True)),
    ({"answer": "yes", "photos": True, "voice": False}, (True, False, True)),
    ({"answer": "yes", "photos": False, "voice": False}, (False, False, True)),
    ({"answer": "not_asked", "photos": False}, (False, True, True)),
    ({"answer": "no"}, (False, False, False)),
    ({"answer": "no", "photos": True, "voice": True}, (False, False, False)),
]


@pytest.fixture
def noted(olga, journey, app):
    """A visit with a quote, a photo and a voice note: (visit, id of the photo, id of the voice note)."""

    def note(**fields):
        visit = a_visit(journey, site_id=str(site().id), **fields)
        photo, sound = uuid.uuid4(), uuid.uuid4()
        taken = [{"id": str(photo), "caption": CAPTION}]
        observation = an_observation(journey, visit, utility=2, quote=QUOTE, photos=taken)
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
        assert put_photo(olga, jpeg(), photo, observation["id"]).status_code == 201
        assert put_sound(olga, sound_id=sound, observation=observation["id"]).status_code == 201
        work(app)
        return visit, photo, sound

    return note


def doors(reader, photo, sound):
    """By the bytes' own addresses and by the page of the area: (photo, voice, quote) each."""
    area = db.session.scalars(select(Observation.area_id)).one()
    db.session.rollback()
    page = reader.get(f"/areas/{area}").text
    assert (CAPTION in page) == (f"/photos/{photo}" in page)  # what nobody may see is not described either
    # A tap shows all of it, legibly.
    assert (f'href="/photos/{photo}"' in page) == (f"/photos/{photo}?size=400" in page)
    straight = [reader.get(f"{address}").status_code == 200 for address in (f"/photos/{photo}", f"/sounds/{sound}")]
    return (*straight, QUOTE in page), (f"/photos/{photo}" in page, f"/sounds/{sound}" in page, QUOTE in page)


@pytest.mark.parametrize(("consent", "shown"), ANSWERS)
def test_readers_get_what_was_agreed_to_by_every_door(noted, lena, consent, shown):
    _, photo, sound = noted(**({} if consent is None else {"consent": consent}))

    assert doors(lena, photo, sound) == (shown, shown)


@pytest.mark.parametrize(("consent", "shown"), [each for each in ANSWERS if each[0]])
def test_the_same_when_the_answer_comes_after_everything_else(noted, olga, lena, app, consent, shown):
    visit, photo, sound = noted(consent={"answer": "not_asked"})

    change = {"revision": 2, "base_revision": 1, "consent": consent}
    olga.put(f"/api/v1/visits/{visit['id']}", json={**visit, **change})
    work(app)

    assert doors(lena, photo, sound) == (shown, shown)


@pytest.mark.parametrize("field", ["photos", "voice"])
@pytest.mark.parametrize("value", ["yes", 1, [], {}])
def test_what_is_neither_yes_nor_no_is_named(olga, journey, field, value):
    visit = a_visit(journey, consent={"answer": "yes", field: value})

    answer = olga.put(f"/api/v1/visits/{visit['id']}", json=visit)

    assert answer.status_code == 422
    assert [error["path"] for error in answer.get_json()["errors"]] == [f"consent.{field}"]


def test_whoever_declines_is_called_nothing_anywhere(olga, lena, journey, app):
    """Also by an older phone, which sends the name all the same; and where they were asked again later."""
    (plan, *_) = planned(lena, journey, observer_id=str(person("olga").id), customer_label="Ms Chen")
    visit = a_visit(journey, plan_id=plan["id"], customer_label="Ms Chen", consent={"answer": "yes"})
    olga.put(f"/api/v1/visits/{visit['id']}", json=visit)
    assert {name(row) for row in everything()} == {"Ms Chen"}
    no = {**visit, "revision": 2, "base_revision": 1, "consent": {"answer": "no"}}

    first, again = (olga.put(f"/api/v1/visits/{visit['id']}", json=no) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert {name(row) for row in everything()} == {None}


def everything():
    """Every row that could call a customer something, read anew."""
    db.session.expire_all()
    rows = [row for model in (Visit, Revision, Plan) for row in db.session.scalars(select(model))]
    bodies = [row.body for row in rows if getattr(row, "body", None)]
    named = [row for row in rows if hasattr(row, "customer_label")]
    assert len(bodies) >= 2 and len(named) >= 2
    return [*bodies, *named]


def name(row):
    return row.get("customer_label") if isinstance(row, dict) else row.customer_label
