"""Fits by site follow a visit that moves, and go when their last row goes."""

import pytest

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.scoring.models import AreaResult, AreaScore, JourneyResult, PanelFit
from tests.conftest import a_visit, an_observation, work


def scopes():
    """Every scope that anything is kept for."""
    return {
        row[0] for model in (AreaScore, AreaResult, PanelFit, JourneyResult) for row in db.session.query(model.scope)
    }


@pytest.fixture
def visit(olga, journey, app):
    """One visit at the first site, scored."""
    visit = a_visit(journey, site_id="1")
    body = {"visits": [visit], "observations": [an_observation(journey, visit, utility=2)]}
    assert olga.post("/api/v1/sync", json=body).status_code == 200
    work(app)
    assert scopes() == {"", "site:1"}
    return visit


def again(client, visit, app, **changes):
    answer = client.post("/api/v1/sync", json={"visits": [{**visit, "revision": 2, "base_revision": 1, **changes}]})
    assert [result["status"] for result in answer.get_json()["results"]] == [200]
    work(app)


def test_a_visit_that_moved_is_scored_where_it_is(olga, visit, app):
    again(olga, visit, app, site_id="2")

    assert scopes() == {"", "site:2"}


def test_a_site_without_rows_keeps_no_score(olga, visit, app):
    again(olga, visit, app, deleted_at=clock.now().isoformat())

    assert scopes() <= {""}
    assert db.session.query(AreaScore).count() == 0


def test_other_sites_stay_when_one_changes(olga, otto, journey, visit, app):
    other = a_visit(journey, site_id="2")
    otto.post("/api/v1/sync", json={"visits": [other], "observations": [an_observation(journey, other, utility=4)]})
    work(app)

    again(olga, visit, app, site_id="2")

    assert scopes() == {"", "site:2"}
    assert db.session.query(AreaScore).filter_by(scope="site:2").one().n == 2
