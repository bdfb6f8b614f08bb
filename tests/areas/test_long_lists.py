"""A list of hundreds of areas begins with its worst; the rest is one link away, under the same filter."""

import re

import pytest
from sqlalchemy import text

from shadowing.core import long_lists
from shadowing.core.database import db
from tests.conftest import a_visit, an_observation, work


@pytest.fixture
def three(olga, journey, app, monkeypatch):
    """Three areas of one verdict, on lists that are cut at two."""
    monkeypatch.setattr(long_lists, "FIRST", 2)
    monkeypatch.setattr(long_lists, "SPARE", 0)
    visit = a_visit(journey)
    seen = [an_observation(journey, visit, key, channel="counter", utility=3) for key in TOUCHPOINTS]
    assert olga.post("/api/v1/sync", json={"visits": [visit], "observations": seen}).status_code == 200
    work(app)


TOUCHPOINTS = ("payment", "registration", "consultation")


def rows(page):
    return re.findall(r'<li><a class="area-cols area"', page)


def test_a_long_list_of_areas_begins_with_its_first_and_says_how_many_there_are(lena, three):
    page = lena.get("/areas?stage=core").get_data(as_text=True)
    whole = lena.get("/areas").get_data(as_text=True)
    assert len(rows(whole)) == 2
    assert "Show all 3" in whole
    assert '<span class="small muted">3</span>' in whole
    assert "Show all" not in page


def test_the_whole_list_keeps_the_filter_and_offers_no_more(lena, three):
    link = re.search(r'href="(/areas\?[^"]*all=1[^"]*)"', lena.get("/areas?channel=counter").get_data(as_text=True))
    assert link and "channel=counter" in link[1]
    page = lena.get(link[1].replace("&amp;", "&")).get_data(as_text=True)
    assert len(rows(page)) == 3
    assert "Show all" not in page


def test_a_few_rows_too_many_are_no_reason_to_cut(lena, three, monkeypatch):
    monkeypatch.setattr(long_lists, "SPARE", 1)
    assert len(rows(lena.get("/areas").get_data(as_text=True))) == 3


def test_counting_an_areas_observations_opens_none_of_them(lena, three, app):
    """The index holds all that is asked: with a million observations the page would take seconds otherwise."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by its own statistics of the rows")
    asked = """explain query plan select count(*) from observation where area_id = 1 and panel_id = 1 and scored is 1
      and observed_at >= '2026-01-01' and site_id in (1, 2) and (utility is not null or delight is not null)"""
    with app.app_context():
        plan = str(db.session.execute(text(asked)).all())
    assert "COVERING INDEX ix_observation_area (area_id=? AND panel_id=? AND scored=? AND observed_at>?)" in plan
