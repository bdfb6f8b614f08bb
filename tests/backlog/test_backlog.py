"""Raised by rule, evidence joined, moved by people; every step a fact."""

import pytest

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Area, AreaEpoch
from tests.conftest import a_visit, an_observation, person, work
from tests.support.fields import error_at, typed_in


@pytest.fixture
def failing(olga, otto, journey, app):
    """Payment fails at its base and at its ease; two observers saw it, one left words."""
    for client in (olga, otto):
        for number in range(4):
            visit = a_visit(journey)
            words = {"quote": "Nobody told me where to go."} if number == 0 else {}
            observations = [
                an_observation(journey, visit, "payment", utility=1, usability=2, delight=4, **words),
                an_observation(journey, visit, "greeting", utility=5, usability=5, delight=5),
            ]
            client.post("/api/v1/sync", json={"visits": [visit], "observations": observations})
    work(app)
    return db.session.query(Improvement).one()


def patch(client, item, **fields):
    return client.patch(f"/api/v1/improvements/{item.id}", json={"revision": item.revision, **fields})


def fresh(item):
    db.session.rollback()
    return db.session.get(Improvement, item.id)


def test_one_item_is_raised_at_the_base_with_its_evidence(failing):
    assert (failing.level, failing.state, failing.raised_by) == ("utility", "proposed", "rule")
    assert db.session.query(Evidence).filter_by(improvement_id=failing.id).count() == 2


def test_new_evidence_joins_the_open_item_instead_of_a_second_one(failing, olga, journey, app):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, "payment", utility=2, note="Two windows of five open.")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)

    assert db.session.query(Improvement).count() == 1
    assert db.session.query(Evidence).count() == 3


def test_accepting_needs_an_owner(failing, lena):
    refused = patch(lena, failing, state="accepted")
    assert (refused.status_code, refused.get_json()["errors"][0]["path"]) == (422, "owner")

    answer = patch(lena, failing, state="accepted", owner=str(person("olga").id))

    assert answer.status_code == 200
    assert answer.get_json()["owner"]["name"] == "Olga"
    item = fresh(failing)
    assert (item.state, item.revision) == ("accepted", 2)
    facts = [(e.kind, e.before, e.after, e.person.name) for e in item.events[1:]]
    assert facts == [("owner", None, str(person("olga").id), "Lena"), ("state", "proposed", "accepted", "Lena")]


def test_declining_needs_a_reason_and_silences_the_area(failing, lena, olga, journey, app):
    assert patch(lena, failing, state="declined").get_json()["errors"][0]["path"] == "reason"
    assert patch(lena, failing, state="declined", reason="The new wing opens in May.").status_code == 200

    visit = a_visit(journey)
    observation = an_observation(journey, visit, "payment", utility=1)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)

    assert db.session.query(Improvement).count() == 1


def test_a_stale_change_is_refused(failing, lena):
    stale = failing.revision
    patch(lena, failing, title="One queue")

    answer = lena.patch(f"/api/v1/improvements/{failing.id}", json={"revision": stale, "title": "Two queues"})

    assert (answer.status_code, answer.get_json()["code"]) == (409, "stale")
    assert fresh(failing).title == "One queue"


def test_an_illegal_step_is_refused(failing, lena):
    answer = patch(lena, failing, state="verified")

    assert (answer.status_code, answer.get_json()["code"]) == (422, "illegal_transition")


def test_shipping_freezes_what_was_known_and_opens_an_epoch(failing, lena, olga, journey, app):
    patch(lena, failing, state="accepted", owner=str(person("olga").id))
    patch(lena, fresh(failing), state="in_progress")
    assert patch(lena, fresh(failing), state="shipped", shipped_on="2999-01-01").status_code == 422

    answer = patch(lena, fresh(failing), state="shipped")

    assert answer.status_code == 200
    before = answer.get_json()["before"]["levels"]["utility"]
    assert (before["n"], before["target"]) == (8, 4.0)
    area = db.session.get(Area, fresh(failing).area_id)
    assert (area.epoch, db.session.query(AreaEpoch).count()) == (2, 1)
    work(app)
    assert fresh(failing).state == "shipped"

    visit = a_visit(journey)
    later = an_observation(journey, visit, "payment", utility=4)
    later["observed_at"] = "2999-01-01T00:00:00+00:00"  # a doubtful clock counts from its arrival
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [later]})
    work(app)

    assert fresh(failing).state == "verifying"


def test_conflicting_lenses_need_a_recorded_decision(failing, lena):
    patch(lena, failing, state="accepted", owner=str(person("olga").id), lenses={"customer": 1, "business": -1})

    assert patch(lena, fresh(failing), state="in_progress").get_json()["errors"][0]["path"] == "reason"
    assert patch(lena, fresh(failing), state="in_progress", reason="Board: worth it.").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [{"state": "done"}, {"effort": "XXL"}, {"due": "soon"}, {"lenses": {"customer": 7}}, {"cost": -1}, {"unknown": 1}],
)
def test_wrong_fields_are_refused(failing, lena, fields):
    assert patch(lena, failing, **fields).status_code == 422


def test_an_unknown_owner_is_named(failing, lena):
    for owner in ("999", "nobody", "²"):
        assert patch(lena, failing, owner=owner).get_json()["errors"][0]["path"] == "owner"


def test_executives_read_and_leads_change(failing, emil):
    assert emil.get(f"/improvements/{failing.id}").status_code == 200
    assert patch(emil, failing, title="Mine").status_code == 403


def test_the_form_of_the_page_does_the_same(failing, lena):
    data = {"revision": failing.revision, "state": "accepted", "owner_id": "", "title": "One queue"}
    refused = lena.post(f"/improvements/{failing.id}", data=data)
    assert refused.status_code == 422
    assert "owner" in refused.get_data(as_text=True)

    done = lena.post(f"/improvements/{failing.id}", data={**data, "owner_id": str(person("otto").id)})

    assert done.status_code == 303
    assert (fresh(failing).state, fresh(failing).title) == ("accepted", "One queue")


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(failing, lena):
    said = {"revision": failing.revision, "owner_id": "", "title": "One queue", "effort_days": "2.5", "effort": "M"}

    refused = lena.post(f"/improvements/{failing.id}", data={**said, "state": "accepted", "due_on": "2027-01-31"})

    assert error_at(refused, "owner_id") == "Say who owns it. An improvement without an owner does not move."
    typed = [typed_in(refused, name) for name in ("title", "effort_days", "effort", "due_on")]
    assert typed == ["One queue", "2.5", "M", "2027-01-31"] and fresh(failing).title != "One queue"
    late = lena.post(f"/improvements/{failing.id}", data={**said, "revision": "0"})
    assert (late.status_code, typed_in(late, "effort_days")) == (409, "2.5")
    assert typed_in(late, "revision") == str(failing.revision)


@pytest.mark.parametrize(("field", "said"), [("due_on", "soon"), ("title", "x" * 201), ("effort", "XXL")])
def test_a_value_that_does_not_fit_is_named_at_its_field(failing, lena, field, said):
    answer = lena.post(f"/improvements/{failing.id}", data={"revision": failing.revision, field: said})

    assert (answer.status_code, error_at(answer, field)) == (422, "This value does not fit this field.")


def test_a_serious_failure_has_an_item_at_once(olga, journey, app):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, "consultation", serious="safety", note="Wrong name on the wristband.")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)
    work(app)

    item = db.session.query(Improvement).one()
    assert (item.raised_by, item.serious) == ("serious", "safety")
    assert db.session.query(Evidence).filter_by(improvement_id=item.id).count() == 1


def test_lenses_are_judged_in_the_browser_all_three_or_none(failing, lena):
    def send(**lenses):
        data = {"revision": fresh(failing).revision, **{f"lens_{lens}": said for lens, said in lenses.items()}}
        return lena.post(f"/improvements/{failing.id}", data=data)

    assert "not judged yet" in lena.get(f"/improvements/{failing.id}").get_data(as_text=True)
    refused = send(customer="1", business="", brand="0.5")
    assert refused.status_code == 422
    assert error_at(refused, "lens_business") == "Judge all three, or none."
    assert (typed_in(refused, "lens_customer"), fresh(failing).lenses) == ("1", None)
    assert send(customer="7", business="0", brand="0").status_code == 422

    assert send(customer="1", business="-0.5", brand="0").status_code == 303
    assert fresh(failing).lenses == {"customer": 1, "business": -0.5, "brand": 0}
    page = lena.get(f"/improvements/{failing.id}")
    assert [typed_in(page, f"lens_{lens}") for lens in ("customer", "business", "brand")] == ["1", "-0.5", "0"]
    assert lena.post(f"/improvements/{failing.id}", data={"revision": fresh(failing).revision}).status_code == 303
    assert fresh(failing).lenses is not None, "a form that says nothing of them leaves them"
    assert send(customer="", business="", brand="").status_code == 303
    assert fresh(failing).lenses is None
