"""Scores follow what arrives: METHOD E2 through the doors, flags as facts, epochs, sites, panels."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.journeys.models import Area, AreaEpoch
from shadowing.scoring.models import AreaFlag, AreaResult, AreaScore, JourneyResult, PanelFit
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES
from shadowing.visits.models.totals import ScoreChange
from tests.conftest import a_visit, an_observation, work

PLACES = {"A": "payment", "B": "booking", "C": "pharmacy"}


@pytest.fixture
def example(olga, otto, journey, app):
    """The eight rows of METHOD E2: Olga is P, Otto is Q."""
    visits = {
        1: (olga, a_visit(journey)),
        2: (olga, a_visit(journey)),
        3: (otto, a_visit(journey)),
        4: (otto, a_visit(journey)),
    }
    rows = [("A", 1, 3), ("B", 1, 4), ("A", 2, 2), ("C", 2, 4), ("A", 3, 3), ("B", 3, 5), ("B", 4, 4), ("C", 4, 5)]
    sent = []
    for place, number, rating in rows:
        client, visit = visits[number]
        observation = an_observation(journey, visit, PLACES[place], utility=rating)
        body = {"visits": [visit], "observations": [observation]}
        assert client.post("/api/v1/sync", json=body).status_code == 200
        sent.append(observation)
    work(app)
    return visits, sent


def scores(scope=""):
    rows = db.session.execute(
        select(Area.touchpoint_id, AreaScore).join(Area).where(AreaScore.scope == scope, AreaScore.level == "utility")
    )
    return {touchpoint: score for touchpoint, score in rows}


def by_place(journey, scope=""):
    found = scores(scope)
    ids = {t["key"]: int(t["id"]) for stage in journey["stages"] for t in stage["touchpoints"]}
    return {place: found.get(ids[key]) for place, key in PLACES.items()}


def test_method_e2_through_the_doors(example, journey):
    kept = by_place(journey)

    assert kept["A"].score == pytest.approx(3.3343, abs=5e-5)
    assert kept["B"].score == pytest.approx(3.9821, abs=5e-5)
    assert kept["C"].score == pytest.approx(4.0254, abs=5e-5)
    assert [kept[p].se for p in "ABC"] == pytest.approx([0.3902, 0.3902, 0.4287], abs=5e-5)
    assert [kept[p].p_below for p in "ABC"] == pytest.approx([0.9560, 0.5183, 0.4764], abs=5e-5)
    assert [kept[p].verdict for p in "ABC"] == ["underperforming", "watch", "not_enough_evidence"]


def test_method_e3_one_more_row(example, journey, app):
    visits, _ = example
    client, visit = visits[4]
    client.post("/api/v1/sync", json={"observations": [an_observation(journey, visit, "payment", utility=4)]})
    work(app)

    kept = by_place(journey)

    assert [kept[p].score for p in "ABC"] == pytest.approx([3.4304, 4.0215, 4.0695], abs=5e-5)
    assert [kept[p].se for p in "ABC"] == pytest.approx([0.3573, 0.3869, 0.4258], abs=5e-5)


def test_a_deleted_row_leaves_the_scores(example, journey, app):
    visits, sent = example
    client, visit = visits[4]
    extra = an_observation(journey, visit, "payment", utility=4)
    client.post("/api/v1/sync", json={"observations": [extra]})
    work(app)
    gone = {**extra, "revision": 2, "base_revision": 1, "deleted_at": clock.now().isoformat()}
    client.post("/api/v1/sync", json={"observations": [gone]})
    work(app)

    assert by_place(journey)["A"].score == pytest.approx(3.3343, abs=5e-5)


def test_the_change_log_is_consumed_and_a_rebuild_agrees(example, journey, app):
    before = {place: score.score for place, score in by_place(journey).items()}
    assert db.session.query(ScoreChange).count() == 0
    db.session.rollback()

    app.test_cli_runner().invoke(args=["scores", "rebuild"], catch_exceptions=False)

    after = {place: score.score for place, score in by_place(journey).items()}
    assert after == pytest.approx(before, abs=1e-6)


def test_a_flag_is_a_fact_with_its_dates(example, journey, app):
    flag = db.session.query(AreaFlag).one()
    assert (flag.level, flag.released_at) == ("utility", None)
    visits, _ = example
    for number in (1, 2, 3, 4):
        client, visit = visits[number]
        more = [an_observation(journey, visit, "payment", utility=5) for _ in range(3)]
        client.post("/api/v1/sync", json={"observations": more})
    work(app)

    db.session.expire_all()
    assert db.session.query(AreaFlag).one().released_at is not None


def test_an_area_seen_at_one_site_has_there_the_score_of_the_whole(example, journey):
    whole, there = scores(), scores("site:1")
    assert {place: each.score for place, each in there.items()} == {
        place: pytest.approx(each.score) for place, each in whole.items()
    }
    assert scores("site:2") == {}


def test_sites_average_to_their_area_by_rows(example, journey, otto, app):
    for rating in (1, 2):
        visit = a_visit(journey, site_id="2")
        seen = an_observation(journey, visit, "payment", utility=rating)
        otto.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)

    whole = by_place(journey)["A"]
    sites = [by_place(journey, scope)["A"] for scope in ("site:1", "site:2")]
    assert [each.n for each in sites] == [3, 2]
    assert sum(each.n * each.score for each in sites) / 5 == pytest.approx(whole.score)
    assert sites[1].score < whole.score < sites[0].score


def test_the_index_and_the_curve_are_kept_with_the_fit(example, journey, olga, app):
    visit = a_visit(journey, outcome="yes", satisfaction=4)
    body = {"visits": [visit], "observations": [an_observation(journey, visit, "payment", emotion=-2)]}
    olga.post("/api/v1/sync", json=body)
    work(app)

    figures = db.session.query(JourneyResult).filter_by(scope="").one().figures
    assert figures["index"]["provisional"]
    assert figures["visits"]["outcome"] == {"yes": 1}
    assert [round(point["n"]) for point in figures["emotions"].values()] == [1]


def test_competitors_are_a_panel_of_their_own(example, journey, olga, app):
    before = {place: score.score for place, score in by_place(journey).items()}
    visit = a_visit(journey, site_id="3", mode="walked")
    olga.post(
        "/api/v1/sync",
        json={"visits": [visit], "observations": [an_observation(journey, visit, "payment", utility=5)]},
    )
    work(app)

    live = db.session.query(AreaResult).filter_by(scope="").order_by(AreaResult.panel_id).first().panel_id
    mine = {s.area_id: s.score for s in db.session.query(AreaScore).filter_by(scope="", panel_id=live)}
    assert sorted(mine.values()) == pytest.approx(sorted(before.values()), abs=1e-9)


def closed(area, standing=None):
    """A fix went live half an hour ago, before any of it was seen."""
    with writing():
        db.session.rollback()
        found = db.session.get(Area, area)
        found.epoch = 2
        at = clock.now() - timedelta(minutes=30)
        db.session.add(AreaEpoch(area_id=area, number=2, opened_at=at, standing=standing))
        panel = db.session.query(AreaResult.panel_id).first()[0]
        db.session.add(ScoreChange(visit_id=None, panel_id=panel))
        db.session.commit()


def test_a_new_epoch_starts_where_the_old_one_ended(example, journey, app):
    failing = by_place(journey)["A"]
    area, score, error = failing.area_id, failing.score, failing.se
    closed(area)
    work(app)

    rows = {each.epoch: each for each in db.session.query(AreaScore).filter_by(area_id=area, scope="", level="utility")}
    assert rows[2].score == pytest.approx(score)
    assert rows[2].se == pytest.approx(0.8454, abs=5e-5) and rows[1].se == pytest.approx(error)
    assert (rows[1].n, rows[2].n, rows[2].raw_mean) == (3, 0, None)


STOOD = {
    "verdict": "not_enough_evidence",
    "binding_level": None,
    "shown_level": "utility",
    "score": 3.0,
    "p_below": 0.9,
    "one_observer": False,
    "planned": 8,
}


@pytest.mark.parametrize(("rows", "stands"), [(2, False), (3, True)])
def test_too_little_before_a_fix_is_no_standing_to_keep(example, journey, otto, app, rows, stands):
    area = by_place(journey)["A"].area_id
    closed(area, {**STOOD, "rows": rows})
    visits, _ = example
    client, visit = visits[4]
    at = clock.now().isoformat()
    more = [an_observation(journey, visit, "payment", utility=5, observed_at=at) for _ in range(3)]
    client.post("/api/v1/sync", json={"observations": more})
    work(app)

    result = db.session.query(AreaResult).filter_by(area_id=area, scope="").one()
    assert result.reshadowing is stands


def test_two_observers_on_one_customer_share_the_visit(olga, otto, journey, app):
    encounter = str(uuid.uuid4())
    for client in (olga, otto):
        visit = a_visit(journey, encounter_id=encounter)
        observation = an_observation(journey, visit, utility=3)
        client.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)

    result = db.session.query(AreaResult).filter_by(scope="").one()
    assert (result.visits, result.observers, result.rows) == (1, 2, 2)


def test_variances_are_estimated_when_there_is_enough_and_frozen_in_between(olga, otto, journey, app):
    keys = ("payment", "booking", "pharmacy", "greeting", "waiting_room")
    for client in (olga, otto):
        for number in range(4):
            visit = a_visit(journey)
            observations = [
                an_observation(journey, visit, key, utility=1 + (number + place) % 5) for place, key in enumerate(keys)
            ]
            client.post("/api/v1/sync", json={"visits": [visit], "observations": observations})
    work(app)
    first = db.session.query(PanelFit).filter_by(scope="", level="utility").one()
    kept, at = dict(first.variances), first.refitted_at
    assert first.refitted_rows == 40
    assert kept != vars(DEFAULT_VARIANCES)

    visit = a_visit(journey)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit, utility=1)]})
    work(app)

    again = db.session.query(PanelFit).filter_by(scope="", level="utility").one()
    assert (again.variances, again.refitted_at, again.rows) == (kept, at, 41)
    assert db.session.query(PanelFit).filter_by(scope="site:1", level="utility").one().variances == kept
