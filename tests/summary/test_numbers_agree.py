"""A number that stands on several pages is one number: what nobody has looked at."""

import re

import pytest

from tests.conftest import a_visit, an_observation, work


@pytest.fixture
def seen(olga, journey, app):
    """Two of the journey's areas, each seen by one visit."""
    visit = a_visit(journey)
    rows = [an_observation(journey, visit, place, utility=1) for place in ("payment", "booking")]
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": rows})
    work(app)


def said(client, path: str, pattern: str) -> list[str]:
    page = client.get(path).get_data(as_text=True)
    return re.findall(pattern, re.sub(r"<[^>]+>", "", page))


def test_what_nobody_has_looked_at_is_one_number(seen, lena):
    areas = lena.get("/api/v1/summary").get_json()["areas"]
    unseen = areas["offered"] - areas["seen"]

    assert unseen > 1
    for path, pattern in (
        ("/areas", r"(\d+) areas nobody has looked at in"),
        ("/plan", r"(\d+) areas nobody has looked at"),
        ("/summary", r"(\d+) areas of the journey map nobody has looked at"),
    ):
        assert set(said(lena, path, pattern)) == {str(unseen)}, path
