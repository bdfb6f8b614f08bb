"""A fix counts when it has been seen, not when it is clicked (METHOD 6.1)."""

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import Area, AreaEpoch
from shadowing.scoring.models import ALL, AreaResult, AreaScore, JourneyResult
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401 - a fixture
from tests.conftest import a_visit, an_observation, person, work

#: What an area shows and counts; none of it may move by a click.
STANDS = ("verdict", "binding_level", "shown_level", "p_below", "rows", "visits", "observers", "days", "last_at")


def standing(item):
    db.session.rollback()
    result = db.session.get(AreaResult, (item.panel_id, ALL, item.area_id))
    return {name: getattr(result, name) for name in STANDS}


def everything(item):
    """All numbers of pages: what the area shows, every score, index and pyramid, what is covered."""
    shown = standing(item)
    scores = {
        (score.area_id, score.level): pytest.approx(score.score)
        for score in db.session.query(AreaScore).filter_by(scope=ALL).join(Area).filter(Area.epoch == AreaScore.epoch)
    }
    figures = db.session.query(JourneyResult).filter_by(scope=ALL).one().figures
    levels = {level: pytest.approx(known["value"]) for level, known in figures["pyramid"].items()}
    counted = {name: figures[name] for name in ("rows", "weights", "seen", "cells", "emotions", "visits")}
    return {**shown, **counted, "scores": scores, "levels": levels, "covered": figures["index"]["covered"]}


def ship(lena, item, app, **more):
    for step in ({"state": "accepted", "owner": str(person("olga").id)}, {"state": "in_progress"}):
        patch(lena, fresh(item), **step)
    assert patch(lena, fresh(item), state="shipped", **more).status_code == 200
    work(app)


def see_again(client, journey, app, rating, times=1):
    for _ in range(times):
        visit = a_visit(journey)
        later = an_observation(journey, visit, "payment", utility=rating)
        later["observed_at"] = "2999-01-01T00:00:00+00:00"  # a doubtful clock counts from its arrival
        assert client.post("/api/v1/sync", json={"visits": [visit], "observations": [later]}).status_code == 200
    work(app)


def result_of(item):
    db.session.rollback()
    return db.session.get(AreaResult, (item.panel_id, ALL, item.area_id))


def test_shipping_moves_no_number(failing, lena, app):  # noqa: F811
    before = everything(failing)
    ship(lena, failing, app)

    assert everything(failing) == before
    result = result_of(failing)
    assert (result.reshadowing, result.seen_again, result.planned) == (True, 0, fresh(failing).planned_visits)
    assert result.score_before == pytest.approx(result.score)


def test_what_is_seen_then_moves_the_number_and_not_the_standing(failing, lena, otto, journey, app):  # noqa: F811
    ship(lena, failing, app)
    before = result_of(failing)
    verdict, chance, score = before.verdict, before.p_below, before.score
    see_again(otto, journey, app, rating=5, times=2)

    result = result_of(failing)
    assert (result.verdict, result.p_below, result.seen_again) == (verdict, chance, 2)
    assert (result.rows, result.visits) == (10, 10)
    assert result.score > score + 1
    assert result.score_before == pytest.approx(score)
    assert fresh(failing).state == "verifying"


def test_taken_back_everything_is_as_it_was(failing, lena, app):  # noqa: F811
    before = everything(failing)
    ship(lena, failing, app)
    assert patch(lena, fresh(failing), state="reopened", reason="It is not live after all.").status_code == 200
    work(app)

    assert everything(failing) == before
    assert (db.session.query(AreaEpoch).count(), result_of(failing).reshadowing) == (0, False)
    assert fresh(failing).shipped_at is None


def test_what_has_been_seen_live_is_not_taken_back(failing, lena, otto, journey, app):  # noqa: F811
    ship(lena, failing, app)
    see_again(otto, journey, app, rating=1)
    patch(lena, fresh(failing), state="reopened", reason="It did not help.")
    work(app)

    assert db.session.query(AreaEpoch).count() == 1
    assert result_of(failing).reshadowing


def test_the_backlog_counts_only_visits_since_the_fix(failing, lena, otto, journey, app):  # noqa: F811
    ship(lena, failing, app)
    pages = ("/improvements", f"/improvements/{failing.id}")
    planned = fresh(failing).planned_visits
    for seen in range(3):
        counted = f"{seen} of {planned} visits"
        assert [counted in lena.get(page).get_data(as_text=True) for page in pages] == [True, True]
        see_again(otto, journey, app, rating=5)
