"""What was proven is watched: a fix that falls back opens again by itself (METHOD 6.2)."""

import re
from datetime import timedelta

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import AreaEpoch
from tests.backlog.test_after_a_fix import see_again, ship
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401 - a fixture
from tests.conftest import work


@pytest.fixture
def proven(failing, lena, otto, journey, app):  # noqa: F811
    ship(lena, failing, app)
    see_again(otto, journey, app, rating=5, times=fresh(failing).planned_visits)
    assert fresh(failing).state == "verified"
    db.session.rollback()
    return failing


def said(client, item):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(f"/improvements/{item.id}").get_data(as_text=True)).split())


def standing(item):
    db.session.rollback()
    return db.session.get(AreaEpoch, (item.area_id, 2)).standing


def test_its_checks_are_told_from_the_day_of_the_proof_on(proven, lena):
    told = said(lena, proven)
    assert "Does it last?" in told
    assert "30 days" in told and "90 days" in told and "still ahead" in told


def test_still_good_it_stays_verified(proven, lena, otto, journey, app):
    see_again(otto, journey, app, rating=5, times=6)

    assert fresh(proven).state == "verified"
    assert standing(proven)["since"]["verdict"] != "worse"


def test_fallen_back_it_opens_by_itself_and_says_by_how_much(proven, lena, otto, journey, app):
    see_again(otto, journey, app, rating=1, times=6)

    item = fresh(proven)
    assert (item.state, item.events[-1].kind, item.events[-1].person_id) == ("reopened", "relapse", None)
    told = said(lena, proven)
    assert "It worked, then it fell back." in told
    assert re.search(r"Since then −\d+ points", told)
    assert "It opened again by itself." in told
    assert patch(lena, item, state="in_progress").status_code == 200


def test_the_owners_ratings_do_not_make_it_fall(proven, olga, journey, app):
    see_again(olga, journey, app, rating=1, times=6)

    assert fresh(proven).state == "verified"
    assert "since" not in standing(proven)


def test_long_after_the_proof_nobody_watches_any_more(proven, otto, journey, app):
    epoch = db.session.get(AreaEpoch, (proven.area_id, 2))
    epoch.taken_over_at -= timedelta(days=121)
    db.session.commit()
    see_again(otto, journey, app, rating=1, times=3)

    assert fresh(proven).state == "verified"
    assert "since" not in standing(proven)


def test_without_a_verdict_for_half_a_year_it_is_not_proven(failing, lena, app):  # noqa: F811
    ship(lena, failing, app)
    item = fresh(failing)
    item.shipped_at -= timedelta(days=181)
    db.session.commit()

    told = said(lena, item)
    assert "The fix is not proven." in told
    assert f"0 of {item.planned_visits} visits have come in 180 days." in told
    work(app)
    assert fresh(item).state == "shipped"


def test_blind_are_those_who_cannot_read_the_list(failing, lena, otto, anna, journey, app):  # noqa: F811
    ship(lena, failing, app)
    see_again(otto, journey, app, rating=5, times=2)
    see_again(anna, journey, app, rating=5)

    assert "Blind: 2 of 3 did not know of the fix" in said(lena, failing)
