"""The visits that prove several fixes, planned at once from the list: what is missing, once, and the rest said."""

from datetime import timedelta

import pytest

from shadowing.backlog.models import Improvement
from shadowing.backlog.shipping import ship
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.sentences import plain
from shadowing.journeys.models import Area, Touchpoint
from shadowing.planning.verifying.figures import PlannedSeveral
from shadowing.planning.verifying.wording import several_planned
from shadowing.visits.models.plan import Plan
from tests.backlog.bulk.test_several import ticked
from tests.backlog.test_backlog import failing, patch  # noqa: F401
from tests.conftest import person, site


@pytest.fixture
def three(failing, app):  # noqa: F811
    """Two are live at two touchpoints, one is proposed."""
    with writing():
        greeting = db.session.query(Area).join(Touchpoint).filter(Touchpoint.key == "greeting").first()
        kept = {"panel_id": failing.panel_id, "level": "utility", "raised_by": "person"}
        moments = {"raised_at": clock.now(), "changed_at": clock.now()}
        for area_id in (greeting.id, failing.area_id):
            db.session.add(Improvement(area_id=area_id, **kept, **moments))
        db.session.flush()
        live = db.session.query(Improvement).order_by(Improvement.id).all()[:2]
        for item in live:
            item.state = "shipped"
            ship(item, None, None, clock.now(), person("anna").id)
        db.session.commit()
    return all_of_them()


def all_of_them():
    db.session.rollback()
    return db.session.query(Improvement).order_by(Improvement.id).all()


def send(client, items):
    return client.post("/improvements/visits?level=utility", data={"items": ticked(items)})


def told(client, answer):
    assert answer.status_code == 303 and answer.location == "/improvements?level=utility"
    return client.get(answer.location).get_data(as_text=True).replace("\u2068", "").replace("\u2069", "")


def plans():
    db.session.rollback()
    return db.session.query(Plan).filter_by(kind="verify").all()


def test_each_gets_what_is_missing_and_the_rest_is_said(three, lena):
    wanted = sum(item.planned_visits for item in three[:2])

    page = told(lena, send(lena, three))

    assert len(plans()) == wanted
    assert f"2 improvements: {wanted} visits stand in the plan." in page
    assert "One is not waiting to be proved, so it needs none." in page
    assert {plan.touchpoint_ids[0] for plan in plans()} == {str(item.area.touchpoint_id) for item in three[:2]}


def test_said_twice_it_plans_once(three, lena):
    send(lena, three[:2])
    before = len(plans())

    page = told(lena, send(lena, three[:2]))

    assert len(plans()) == before
    assert "Nothing was planned. 2 had theirs already." in page


def test_what_somebody_changed_meanwhile_is_planned_all_the_same(three, lena):
    seen = ticked(three[:1])
    patch(lena, three[0], title="One queue")
    lena.post("/improvements/visits", data={"items": seen})
    assert len(plans()) == three[0].planned_visits


def test_a_lead_plans_at_sites_of_theirs_and_hears_where_none_is_open(three, lena):
    with writing():
        lead = person("lena")
        lead.sites, lead.all_sites = [site(1)], False
        db.session.commit()
    send(lena, three[:1])
    assert {plan.site_id for plan in plans()} == {site(1).id}
    with writing():
        site(1).closed_at = clock.now() - timedelta(days=1)
        db.session.commit()
    page = told(lena, send(lena, three[1:2]))
    assert "Nothing was planned. For one of them, none of your sites is open for visits." in page


def test_nothing_ticked_is_a_sentence_and_only_leads_plan(three, lena, emil, olga):
    refused = lena.post("/improvements/visits", data={})
    assert refused.status_code == 422 and "Tick at least one improvement first." in refused.get_data(as_text=True)
    assert lena.post("/improvements/visits", data={"items": ["x", "²."]}).status_code == 422
    assert [send(client, three).status_code for client in (emil, olga)] == [403, 403]
    assert plans() == []
    assert 'formaction="/improvements/visits?' in lena.get("/improvements?level=utility").get_data(as_text=True)


def test_every_outcome_has_its_sentence():
    said = plain(several_planned(PlannedSeveral(planned=1, visits=8, had=1, not_live=2, nowhere=2)), "en")
    assert said == (
        "1 improvement: 8 visits stand in the plan. One had its visits already. "
        "2 are not waiting to be proved, so they need none. For 2 of them, none of your sites is open for visits."
    )
