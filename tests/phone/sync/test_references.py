"""What a record refers to is checked against who sends it; what was seen is stored all the same."""

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation
from tests.conftest import a_visit, an_observation, person, work
from tests.planning.plans.test_plans_api import planned
from tests.visits.media.test_put_photo import jpeg, put


def sent(client, visit):
    (result,) = client.post("/api/v1/sync", json={"visits": [visit]}).get_json()["results"]
    return result["status"], result["marks"]


def test_a_visit_that_names_somebody_elses_plan_is_kept_and_marked_and_the_plan_stays(lena, olga, otto, journey):
    (plan,) = planned(lena, journey, observer_id=str(person("otto").id), customer_label="Red coat")

    stranger = a_visit(journey, plan_id=plan["id"])
    assert sent(olga, stranger) == (201, ["plan_unknown"])

    (as_it_is,) = otto.get("/api/v1/plans").get_json()["plans"]
    assert (as_it_is["state"], as_it_is["customer_label"]) == ("planned", "Red coat")
    assert sent(otto, a_visit(journey, plan_id=plan["id"])) == (201, [])
    assert otto.get("/api/v1/plans").get_json()["plans"][0]["state"] == "done"


def test_withdrawing_it_leaves_the_others_label(lena, olga, journey):
    (plan,) = planned(lena, journey, observer_id=str(person("otto").id), customer_label="Red coat")
    visit = a_visit(journey, plan_id=plan["id"])
    sent(olga, visit)
    gone = {**visit, "deleted_at": clock.now().isoformat(), "revision": 2, "base_revision": 1}

    assert sent(olga, gone)[0] == 200
    assert db.session.scalars(select(Plan.customer_label)).one() == "Red coat"


def test_an_open_slot_may_be_walked_by_anybody(lena, olga, journey):
    (slot,) = planned(lena, journey)

    assert sent(olga, a_visit(journey, plan_id=slot["id"])) == (201, [])


def test_somebody_elses_photo_is_no_part_of_my_receipt(olga, otto, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    put(otto, jpeg(), observation=seen["id"])
    put(olga, jpeg("blue"), observation=seen["id"])

    receipt = olga.get(f"/api/v1/visits/{visit['id']}/receipt").get_json()
    assert len(receipt["photos"]) == 1


def test_nor_is_it_shown_beside_what_i_saw(olga, otto, lena, journey, app):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, utility=2, quote="Nobody came.")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    theirs = put(otto, jpeg(), observation=seen["id"]).get_json()["id"]
    mine = put(olga, jpeg("blue"), observation=seen["id"]).get_json()["id"]
    work(app)

    area = db.session.scalars(select(Observation.area_id)).one()
    shown = lena.get(f"/areas/{area}").get_data(as_text=True)
    assert (mine in shown, theirs in shown) == (True, False)
