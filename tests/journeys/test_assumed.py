"""Numbers that came with a ready journey say so wherever they are used, until somebody confirms them (DECISIONS 39)."""

import uuid

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import Journey
from tests.conftest import a_visit, an_observation, work

SAID = "are from the ready journey, not from you"
PAGES = ("/areas", "/areas/{area}", "/improvements", "/summary", "/goals")


@pytest.fixture
def failing_area(olga, otto, journey, app):
    """One area of the ready journey with an open improvement."""
    for client in (olga, otto) * 4:
        visit = a_visit(journey)
        seen = an_observation(journey, visit, "payment", utility=1)
        client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    return db.session.execute(db.text("SELECT area_id FROM improvement")).scalar_one()


def pages_that_say_so(client, area):
    return [page for page in PAGES if SAID in client.get(page.format(area=area)).get_data(as_text=True)]


def test_pages_say_so_until_a_lead_confirms(failing_area, lena, emil, journey):
    assert pages_that_say_so(lena, failing_area) == list(PAGES)
    editor = lena.get(f"/journeys/{journey['id']}").get_data(as_text=True)
    assert f'action="/journeys/{journey["id"]}/figures"' in editor

    assert emil.post(f"/journeys/{journey['id']}/figures").status_code == 403
    for _twice in range(2):
        assert lena.post(f"/journeys/{journey['id']}/figures").status_code == 303

    assert pages_that_say_so(lena, failing_area) == []
    kept = db.session.get(Journey, int(journey["id"]))
    assert kept.figures_confirmed_at is not None and kept.figures_confirmed_by is not None
    trail = db.session.execute(db.text("SELECT count(*) FROM audit_entry WHERE action = 'confirm_figures'"))
    assert trail.scalar_one() == 1


def test_a_copied_assumption_is_still_one_and_a_confirmed_number_is_ours(lena, journey):
    def copied_assumes() -> bool:
        address = lena.post(f"/journeys/{journey['id']}/copy", data={"id": str(uuid.uuid4())}).headers["Location"]
        return f'action="{address}/figures"' in lena.get(address).get_data(as_text=True)

    assert copied_assumes()
    lena.post(f"/journeys/{journey['id']}/figures")
    assert not copied_assumes()
