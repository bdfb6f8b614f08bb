"""The trend that is kept: by whom and when it is computed, what of it stays, and what it says of a year."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.operations.up_to_date import bring_up_to_date, rebuild_everything
from shadowing.scoring import trends
from shadowing.scoring.models import PanelTrend
from shadowing.scoring.trends import EVERY, forget_trends, keep_a_due_trend, keep_trends
from tests.conftest import a_visit, an_observation, days_ago, work
from tests.phone.withdrawal.test_taking_back import CODE, take_back, with_code

PLACES = ("waiting_room", "payment")


def sees(client, journey, days, utility=3, places=PLACES, **fields):
    """One visit so many days ago, every place rated on three levels."""
    at = days_ago(days)
    visit = a_visit(journey, started_at=at.isoformat(), **fields)
    seen = [
        an_observation(
            journey, visit, key, observed_at=at.isoformat(), utility=utility, usability=utility, delight=utility
        )
        for key in places
    ]
    answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": seen})
    assert answer.status_code == 200
    return visit


def half_a_year(olga, otto, journey, before=2, after=4, places=PLACES):
    """Two windows with 36 ratings each."""
    for number in range(6):
        sees((olga, otto)[number % 2], journey, 100 + number, before)
        sees((olga, otto)[number % 2], journey, 5 + number, after, places)


def kept():
    db.session.rollback()
    return db.session.scalars(select(PanelTrend)).one()


def test_what_truly_rose_is_called_up(olga, otto, app, journey):
    half_a_year(olga, otto, journey)

    work(app)

    before, newest = kept().journeys["1"]["windows"]
    assert (before["rows"], newest["rows"], newest["change"]) == (36, 36, None)
    change = before["change"]
    assert change["direction"] == "up" and change["levels"] == ["utility", "usability", "delight"]
    assert 20 < change["value"] < 60 and change["low"] < change["value"] < change["high"]


@pytest.mark.engine("sqlite")
def test_fewer_than_30_ratings_in_a_window_have_no_verdict_but_a_day(olga, app, journey):
    for number in range(5):
        sees(olga, journey, 40 + number)
        sees(olga, journey, 5 + number)

    work(app)

    (newest,) = kept().journeys["1"]["windows"]
    assert (newest["rows"], newest["change"]) == (60, None)
    # The thirtieth rating is 40 days old: in 50 days it is in the window before, a day later surely.
    assert kept().journeys["1"]["ready"] == (clock.now() + timedelta(days=51)).date().isoformat()


@pytest.mark.engine("sqlite")
def test_windows_that_share_no_place_have_no_verdict(olga, otto, app, journey):
    for number in range(6):
        sees(olga, journey, 100 + number, places=("waiting_room", "registration"))
        sees(olga, journey, 5 + number, places=("payment", "consultation"))

    work(app)

    assert [window["change"] for window in kept().journeys["1"]["windows"]] == [None, None]


def test_it_is_computed_anew_once_an_hour_at_the_most(olga, otto, app, journey, monkeypatch):
    half_a_year(olga, otto, journey)
    work(app)
    first = kept().fitted_at
    sees(olga, journey, 1)

    work(app)
    assert kept().fitted_at == first

    later = clock.now() + EVERY
    monkeypatch.setattr(trends.clock, "now", lambda: later)
    work(app)
    assert kept().fitted_at == later and kept().journeys["1"]["windows"][-1]["rows"] == 42
    assert not keep_a_due_trend(), "nothing has changed since"


@pytest.mark.engine("sqlite")
def test_one_that_fails_is_tried_again_in_an_hour_and_not_at_every_round(olga, otto, app, journey, monkeypatch):
    half_a_year(olga, otto, journey)
    work(app)
    monkeypatch.setattr(trends, "EVERY", timedelta(0))
    sees(olga, journey, 3)
    bring_up_to_date()

    def fails(*_):
        raise ArithmeticError("no")

    with monkeypatch.context() as broken:
        broken.setattr(trends, "_read", fails)
        with pytest.raises(ArithmeticError):
            keep_a_due_trend()
    db.session.rollback()
    monkeypatch.setattr(trends, "EVERY", EVERY)

    assert keep_a_due_trend() is False
    monkeypatch.setattr(trends, "EVERY", timedelta(0))
    assert keep_a_due_trend() is True


def test_at_night_and_on_rebuild_it_is_computed_whatever_the_hour(olga, otto, app, journey):
    half_a_year(olga, otto, journey)
    work(app)
    first = kept().fitted_at
    sees(olga, journey, 1)
    bring_up_to_date()

    rebuild_everything()

    assert kept().fitted_at > first and kept().journeys["1"]["windows"][-1]["rows"] == 42


def test_a_visit_that_is_taken_back_leaves_it_at_once(olga, otto, app, journey, as_):
    half_a_year(olga, otto, journey)
    sees(olga, journey, 1, **with_code(CODE))
    work(app)
    assert kept().journeys["1"]["windows"][-1]["rows"] == 42

    take_back(as_)
    assert kept().journeys == {} and kept().fitted_at is None

    work(app)
    assert kept().journeys["1"]["windows"][-1]["rows"] == 36


def test_who_computed_while_a_visit_was_taken_back_keeps_nothing(olga, otto, app, journey, monkeypatch):
    half_a_year(olga, otto, journey)
    work(app)
    panel = kept().panel_id

    def forgetting(year):
        forget_trends(panel)
        db.session.commit()
        return {"1": "of what is gone"}

    monkeypatch.setattr(trends.Year, "trends", forgetting)
    assert not keep_trends(panel)
    assert kept().journeys == {} and kept().fitted_at is None
