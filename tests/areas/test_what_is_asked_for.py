"""A journey, channel or stage that is not there is said to be missing: nobody is shown another one under its name."""

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import Area

PAGES = ("/areas", "/summary", "/plan")
API = ("/api/v1/areas", "/api/v1/summary", "/api/v1/coverage")


@pytest.mark.parametrize("path", PAGES + API)
@pytest.mark.parametrize("id", ["999", "x", "1 OR 1", "9" * 40, "\x00"])
def test_an_unknown_journey_is_missing(lena, journey, path, id):
    assert lena.get(path, query_string={"journey": id}).status_code == 404


@pytest.mark.parametrize("path", ["/areas", "/api/v1/areas"])
@pytest.mark.parametrize("query", [{"channel": "pigeon"}, {"stage": "x"}, {"channel": "\x00"}])
def test_an_unknown_channel_or_stage_is_missing(lena, journey, path, query):
    assert lena.get(path, query_string=query).status_code == 404


def test_what_is_missing_can_be_taken_off_where_it_is_said(lena, journey):
    page = lena.get("/areas", query_string={"persona": "999", "stage": "core"}).get_data(as_text=True)
    assert '<a class="btn btn-p" href="/areas?stage=core">Take the filter off</a>' in page


@pytest.mark.parametrize("path", PAGES)
def test_what_is_missing_is_not_remembered(lena, journey, path):
    lena.get(path, query_string={"journey": "999"})
    assert lena.get(path).status_code == 200
    with lena.session_transaction() as kept:
        assert "journey" not in kept


@pytest.mark.parametrize("path", PAGES)
def test_nothing_said_is_nothing_asked(lena, journey, path):
    assert lena.get(path, query_string={"journey": "", "channel": "", "stage": ""}).status_code == 200


def test_a_channel_of_the_organisations_own_can_be_asked_for(lena, journey, app):
    """It is offered in the filter, so it has to be taken."""
    area = db.session.query(Area).filter(Area.offered.is_(True)).first()
    area.channel = "WeChat desk"
    db.session.commit()

    answer = lena.get("/areas", query_string={"channel": "WeChat desk"})
    assert answer.status_code == 200
    assert '<option value="WeChat desk" selected>' in answer.get_data(as_text=True)
    assert lena.get("/areas", query_string={"channel": "Pigeon desk"}).status_code == 404
