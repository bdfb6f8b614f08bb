"""A fix is done when somebody else has seen the customer fare better (METHOD 6, 6.1)."""

import pytest
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.journeys.models import AreaEpoch
from shadowing.people.models import Site
from shadowing.scoring.models import ALL, AreaResult
from tests.backlog.test_after_a_fix import result_of, see_again, ship
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401 - a fixture
from tests.conftest import a_visit, an_observation, days_ago, work


@pytest.fixture
def shipped(failing, lena, app):  # noqa: F811
    """Olga owns it and has looked before; Otto has, too; Lena said that it is live."""
    ship(lena, failing, app)
    return failing


def planned(item):
    return fresh(item).planned_visits


def page(client, item):
    return client.get(f"/improvements/{item.id}").get_data(as_text=True)


def test_the_number_of_visits_follows_from_what_was_known(shipped):
    assert 3 <= planned(shipped) <= 20
    standing = db.session.get(AreaEpoch, (shipped.area_id, 2)).standing
    assert (standing["planned"], standing["level"]) == (planned(shipped), "utility")
    assert standing["before"]["utility"]["planned"] == planned(shipped)


def test_seen_better_by_another_it_is_verified_and_the_area_is_judged_as_it_is(shipped, lena, otto, journey, app):
    see_again(otto, journey, app, rating=5, times=planned(shipped) - 1)
    assert fresh(shipped).state == "verifying"
    assert result_of(shipped).reshadowing
    assert "Too early to say" in page(lena, shipped)

    see_again(otto, journey, app, rating=5)

    item, result = fresh(shipped), result_of(shipped)
    assert item.state == "verified"
    assert not result.reshadowing
    assert result.verdict != "underperforming"
    said = page(lena, shipped)
    assert "It worked" in said and "Too early" not in said
    assert "visits of the owner and of whoever shipped it do not count" in said
    assert lena.get("/areas").get_data(as_text=True).count("seen again") == 0


def test_seen_no_better_it_is_open_again_with_the_reason(shipped, lena, otto, journey, app):
    see_again(otto, journey, app, rating=1, times=planned(shipped))

    assert fresh(shipped).state == "reopened"
    said = page(lena, shipped)
    assert any(words in said for words in ("No change shown.", "No relevant change.", "It got worse.")), said
    assert not result_of(shipped).reshadowing
    assert result_of(shipped).verdict in ("underperforming", "watch"), "one observer alone flags nothing"


def test_the_owners_own_visits_score_but_do_not_verify(shipped, olga, otto, journey, app):
    before = result_of(shipped).score
    see_again(olga, journey, app, rating=5, times=planned(shipped) + 2)

    assert fresh(shipped).state == "verifying"
    assert result_of(shipped).score > before
    assert result_of(shipped).reshadowing

    see_again(otto, journey, app, rating=5, times=planned(shipped))
    assert fresh(shipped).state == "verified"


def test_a_verdict_once_fallen_is_not_moved_by_a_lucky_day(shipped, otto, journey, app):
    see_again(otto, journey, app, rating=1, times=planned(shipped))
    see_again(otto, journey, app, rating=5, times=2)

    assert fresh(shipped).state == "reopened"
    assert db.session.get(AreaEpoch, (shipped.area_id, 2)).taken_over_at is not None


def test_a_rebuild_says_the_same(shipped, otto, journey, app):
    see_again(otto, journey, app, rating=5, times=planned(shipped))
    before = {name: getattr(result_of(shipped), name) for name in ("verdict", "score", "reshadowing", "visits")}
    db.session.rollback()

    app.test_cli_runner().invoke(args=["scores", "rebuild"], catch_exceptions=False)

    after = db.session.get(AreaResult, (shipped.panel_id, ALL, shipped.area_id))
    assert {name: getattr(after, name) for name in before} == {**before, "score": pytest.approx(before["score"])}
    assert fresh(shipped).state == "verified"


def test_in_chinese_it_is_said_whole(shipped, lena, otto, journey, app):
    see_again(otto, journey, app, rating=5, times=planned(shipped))
    said = lena.get(f"/improvements/{shipped.id}", headers={"Accept-Language": "zh"}).get_data(as_text=True)

    assert "见效了。" in said or "有效，但还不够。" in said


def test_a_rivals_walks_prove_nothing(shipped, otto, journey, app):
    rival = db.session.scalar(select(Site.id).where(Site.kind == "competitor"))
    db.session.rollback()
    walks = planned(shipped) + 1
    for number in range(2 * walks):
        visit = a_visit(journey, site_id=str(rival), mode="walked", started_at=days_ago(20).isoformat())
        seen = an_observation(journey, visit, "payment", utility=1 if number < walks else 5)
        seen["observed_at"] = days_ago(20).isoformat() if number < walks else "2999-01-01T00:00:00+00:00"
        assert otto.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]}).status_code == 200
    work(app)

    assert fresh(shipped).state == "shipped"
    assert "verdicts" not in db.session.get(AreaEpoch, (shipped.area_id, 2)).standing
