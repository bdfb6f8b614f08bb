"""Plans through the API: who may do what, what is refused and why, states that follow from visits."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people.models import AuditEntry
from shadowing.visits.models.plan import Plan
from tests.conftest import a_visit, person, site, touchpoint


def tomorrow(hour=10, days=1):
    moment = clock.now() + timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def a_plan(journey, **fields):
    return {"journey_id": journey["id"], "site_id": "1", "starts_at": tomorrow().isoformat(), **fields}


def planned(client, journey, **fields):
    answer = client.post("/api/v1/plans", json=a_plan(journey, **fields))
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["plans"]


def change(client, plan, **fields):
    return client.patch(f"/api/v1/plans/{plan['id']}", json={"revision": plan["revision"], **fields})


def me(name):
    return str(person(name).id)


def faults(answer):
    assert answer.status_code == 422, answer.get_json()
    return {error["path"] for error in answer.get_json()["errors"]}


def test_a_lead_plans_and_the_observers_phone_carries_it(lena, olga, otto, journey):
    place = touchpoint(journey, "payment")["id"]
    fields = {"observer_id": me("olga"), "touchpoint_ids": [place], "channel": "counter", "customer_label": "Ms Chen"}
    (plan,) = planned(lena, journey, **fields, note="Watch the hand-over.", scenario="First visit")

    assert (plan["state"], plan["revision"], plan["customer_label"]) == ("planned", 1, "Ms Chen")
    (carried,) = olga.get("/api/v1/carry").get_json()["plans"]
    assert {key: carried[key] for key in fields} == fields
    assert otto.get("/api/v1/carry").get_json()["plans"] == []
    db.session.rollback()
    assert db.session.query(AuditEntry).filter_by(subject_kind="plan", action="add").count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"journey_id": "77"}, {"journey_id"}),
        ({"journey_id": 1}, {"journey_id"}),
        ({"site_id": "99"}, {"site_id"}),
        ({"site_id": None}, {"site_id"}),
        ({"starts_at": "tomorrow"}, {"starts_at"}),
        ({"starts_at": "2026-11-24T10:00:00"}, {"starts_at"}),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, {"starts_at"}),
        ({"starts_at": "9999-12-31T23:59:59-14:00"}, {"starts_at"}),
        ({"touchpoint_ids": ["9999"]}, {"touchpoint_ids"}),
        ({"touchpoint_ids": ["x"]}, {"touchpoint_ids.0"}),
        ({"channel": "pigeon"}, {"channel"}),
        ({"persona_id": "999"}, {"persona_id"}),
        ({"observer_id": "999999999"}, {"observer_id"}),
        ({"observer_id": "9" * 400}, {"observer_id"}),
        ({"kind": "party"}, {"kind"}),
        ({"mode": "flown"}, {"mode"}),
        ({"customer_label": "x" * 41}, {"customer_label"}),
        ({"scenario": "x" * 121}, {"scenario"}),
        ({"note": "x" * 20_001}, {"note"}),
        ({"repeat": {"every": "day", "times": 2}}, {"repeat.every"}),
        ({"repeat": {"every": "week", "times": 27}}, {"repeat.times"}),
        ({"second_observer_id": "1"}, {"second_observer_id"}),
        ({"wings": 2}, {"wings"}),
        ({"site_id": "99", "channel": "pigeon"}, {"site_id", "channel"}),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else "sent",
)
def test_every_field_at_fault_is_named(lena, journey, fields, named):
    assert faults(lena.post("/api/v1/plans", json={**a_plan(journey), **fields})) == named
    db.session.rollback()
    assert db.session.query(Plan).count() == 0


def test_hostile_text_is_kept_or_refused_never_a_failure(lena, journey):
    (plan,) = planned(lena, journey, note="a\x00b<script>", scenario="\x00")

    assert (plan["note"], plan["scenario"]) == ("ab<script>", None)
    assert lena.post("/api/v1/plans", data="[]", content_type="application/json").status_code == 400
    assert lena.post("/api/v1/plans", data="x" * 300_000, content_type="application/json").status_code == 413


def test_competitors_are_walked_and_only_walked(lena, journey):
    rival = str(site(2).id)

    assert faults(lena.post("/api/v1/plans", json=a_plan(journey, site_id=rival))) == {"kind"}
    shadowed = a_plan(journey, site_id=rival, kind="competitor")
    assert faults(lena.post("/api/v1/plans", json=shadowed)) == {"mode"}
    assert faults(lena.post("/api/v1/plans", json=a_plan(journey, kind="competitor", mode="walked"))) == {"kind"}
    (plan,) = planned(lena, journey, site_id=rival, kind="competitor", mode="walked")
    assert plan["site_id"] == rival


def test_leads_plan_at_their_own_sites_only(lena, journey, app):
    (elsewhere,) = planned(lena, journey, site_id="2")
    with writing():
        db.session.rollback()
        person("lena").sites = [site(0)]
        db.session.commit()

    assert faults(lena.post("/api/v1/plans", json=a_plan(journey, site_id="2"))) == {"site_id"}
    planned(lena, journey)
    assert change(lena, elsewhere, note="mine").status_code == 403
    assert lena.get(f"/plan/{elsewhere['id']}").status_code == 404


def test_an_open_slot_is_taken_by_whoever_is_first_given_back_and_declined_with_a_reason(lena, olga, otto, journey):
    (slot,) = planned(lena, journey)

    assert change(olga, slot, observer_id=me("otto")).status_code == 403
    taken = change(olga, slot, observer_id=me("olga"))
    assert (taken.status_code, taken.get_json()["observer_id"]) == (200, me("olga"))
    late = change(otto, slot, observer_id=me("otto"))
    assert (late.status_code, late.get_json()["code"]) == (409, "stale")
    assert late.get_json()["current"]["revision"] == 2
    assert late.get_json()["current"]["observer_id"] is None, "who was quicker is not told"

    back = change(olga, taken.get_json(), observer_id=None)
    again = change(otto, back.get_json(), observer_id=me("otto"))
    assert faults(change(otto, again.get_json(), state="declined")) == {"reason"}
    declined = change(otto, again.get_json(), state="declined", reason="On leave")
    assert (declined.get_json()["state"], declined.get_json()["declined_reason"]) == ("declined", "On leave")

    given = change(lena, declined.get_json(), observer_id=me("olga"))
    assert (given.get_json()["state"], given.get_json()["declined_reason"]) == ("planned", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"note": "easier"},
        {"starts_at": "2026-12-01T10:00:00+00:00"},
        {"state": "cancelled"},
        {"observer_id": None, "note": "x"},
        {"observer_id": None, "series": True},
    ],
    ids=["note", "time", "cancel", "two at once", "series"],
)
def test_observers_change_nothing_else_of_their_plans(lena, olga, journey, fields):
    (plan,) = planned(lena, journey, observer_id=me("olga"))

    assert change(olga, plan, **fields).status_code == 403


def test_a_customers_name_travels_to_the_observer_and_to_nobody_before(lena, olga, otto, journey):
    (slot,) = planned(lena, journey, customer_label="Ms Chen", note="Ask first")

    (carried,) = olga.get("/api/v1/carry").get_json()["plans"]
    assert (carried["customer_label"], carried["note"]) == (None, "Ask first")
    assert change(olga, slot, observer_id=me("olga")).get_json()["customer_label"] == "Ms Chen"
    (carried,) = olga.get("/api/v1/carry").get_json()["plans"]
    assert carried["customer_label"] == "Ms Chen"


def test_nobody_takes_what_is_somebody_elses(lena, olga, otto, journey):
    (plan,) = planned(lena, journey, observer_id=me("olga"))

    assert change(otto, plan, observer_id=me("otto")).status_code == 403
    assert change(otto, plan, observer_id=None).status_code == 403
    assert otto.get("/api/v1/plans").get_json()["plans"] == []


def test_executives_take_a_slot_and_see_no_customers_name_and_nobody_elses(lena, emil, journey):
    (slot,) = planned(lena, journey, customer_label="Ms Chen")
    planned(lena, journey, observer_id=me("olga"), customer_label="Mr Ito")

    (seen,) = emil.get("/api/v1/plans").get_json()["plans"]
    assert (seen["id"], seen["customer_label"]) == (slot["id"], None)
    mine = change(emil, slot, observer_id=me("emil"))
    assert (mine.status_code, mine.get_json()["customer_label"]) == (200, None)
    assert "Chen" not in emil.get("/slots").get_data(as_text=True)
    assert "Chen" not in emil.get("/plan").get_data(as_text=True)


def test_states_follow_from_the_visit_and_a_plan_that_has_begun_stays(lena, olga, journey):
    (plan,) = planned(lena, journey, observer_id=me("olga"))
    visit = a_visit(journey, plan_id=plan["id"], status="in_progress")
    assert olga.post("/api/v1/sync", json={"visits": [visit]}).status_code == 200

    (listed,) = lena.get("/api/v1/plans").get_json()["plans"]
    assert listed["state"] == "started"
    refused = change(lena, plan, note="late")
    assert (refused.status_code, refused.get_json()["code"]) == (422, "illegal_transition")
    done = {**visit, "revision": 2, "base_revision": 1, "status": "done"}
    olga.post("/api/v1/sync", json={"visits": [done]})
    (listed,) = lena.get("/api/v1/plans").get_json()["plans"]
    assert listed["state"] == "done"


def test_a_visit_on_a_cancelled_plan_counts_all_the_same(lena, olga, journey):
    (plan,) = planned(lena, journey, observer_id=me("olga"))
    assert change(lena, plan, state="cancelled").get_json()["state"] == "cancelled"
    assert olga.get("/api/v1/carry").get_json()["plans"] == []

    visit = a_visit(journey, plan_id=plan["id"])
    assert olga.post("/api/v1/sync", json={"visits": [visit]}).get_json()
    (listed,) = lena.get("/api/v1/plans").get_json()["plans"]
    assert listed["state"] == "done"


def test_missed_after_two_days(lena, journey, app):
    (plan,) = planned(lena, journey)
    with writing():
        db.session.rollback()
        db.session.get(Plan, int(plan["id"])).starts_at = clock.now() - timedelta(hours=49)
        db.session.commit()

    (listed,) = lena.get("/api/v1/plans").get_json()["plans"]
    assert listed["state"] == "missed"


def test_two_observers_beside_one_customer_share_the_encounter(lena, olga, journey):
    both = planned(lena, journey, kind="double", observer_id=me("olga"), second_observer_id=me("otto"))

    assert {plan["observer_id"] for plan in both} == {me("olga"), me("otto")}
    assert len({plan["encounter_id"] for plan in both}) == 1
    assert both[0]["encounter_id"]
    same = a_plan(journey, kind="double", observer_id=me("olga"), second_observer_id=me("olga"))
    assert faults(lena.post("/api/v1/plans", json=same)) == {"second_observer_id"}


@pytest.mark.parametrize(
    ("start", "every", "expected"),
    [
        ("2027-03-20T09:00:00+00:00", "week", ["2027-03-20T09:00", "2027-03-27T09:00", "2027-04-03T09:00"]),
        ("2027-03-20T09:00:00+00:00", "fortnight", ["2027-03-20T09:00", "2027-04-03T09:00", "2027-04-17T09:00"]),
        ("2027-01-31T09:00:00+00:00", "month", ["2027-01-31T09:00", "2027-02-28T09:00", "2027-03-31T09:00"]),
    ],
    ids=["week", "fortnight", "month"],
)
def test_a_series_keeps_the_hour_of_the_sites_clock(lena, journey, monkeypatch, start, every, expected):
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2027-01-10T12:00:00+00:00"))
    made = planned(lena, journey, starts_at=start, repeat={"every": every, "times": 3})

    zone = site(0).time_zone or "Europe/London"
    local = [datetime.fromisoformat(p["starts_at"]).astimezone(ZoneInfo(zone)) for p in made]
    assert [f"{moment:%Y-%m-%dT%H:%M}" for moment in local] == expected
    assert len({plan["series"] for plan in made}) == 1


def test_the_later_ones_of_a_series_are_cancelled_together(lena, journey):
    first, second, third = planned(lena, journey, repeat={"every": "week", "times": 3})

    assert change(lena, second, state="cancelled", series=True).status_code == 200
    states = {}
    until = (clock.now() + timedelta(days=60)).isoformat()
    for plan in lena.get("/api/v1/plans", query_string={"until": until}).get_json()["plans"]:
        states[plan["id"]] = plan["state"]
    assert states == {first["id"]: "planned", second["id"]: "cancelled", third["id"]: "cancelled"}


@pytest.mark.parametrize("said", ["yesterday", "2026-11-24T10:00:00", "9999-12-31T23:59:59-14:00"])
def test_from_and_until_are_moments(lena, said):
    answer = lena.get("/api/v1/plans", query_string={"from": said})

    assert faults(answer) == {"from"}


def test_a_plan_that_is_not_there(lena):
    assert lena.patch("/api/v1/plans/999", json={"revision": 1}).status_code == 404
    assert faults(lena.patch("/api/v1/plans/999", json={})) == {"revision"}
    assert faults(lena.patch("/api/v1/plans/999", json={"revision": "x"})) == {"revision"}


def test_observers_and_executives_do_not_plan(olga, emil, journey):
    for client in (olga, emil):
        assert client.post("/api/v1/plans", json=a_plan(journey)).status_code == 403
