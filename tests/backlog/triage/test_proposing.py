"""Proposed by hand: for any area, with where it comes from; by the page and by the API."""

import pytest

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Area
from shadowing.people.accounts import find_person
from shadowing.visits.models.visit import Observation
from tests.backlog.test_backlog import failing, fresh  # noqa: F401
from tests.conftest import a_visit, an_observation, person, site, touchpoint, work
from tests.support.fields import error_at, typed_in


def area_of(journey, key):
    return db.session.query(Area).filter_by(touchpoint_id=int(touchpoint(journey, key)["id"])).first()


def newest():
    db.session.rollback()
    return db.session.query(Improvement).order_by(Improvement.id.desc()).first()


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def idea(olga, journey, app):
    """Somebody noted an idea at the greeting, which is fine."""
    visit = a_visit(journey)
    noted = an_observation(journey, visit, "greeting", utility=5, mark="idea", note="A bench by the door.")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [noted]})
    work(app)
    return noted["id"]


def test_a_healthy_area_nobody_has_seen_can_be_improved_too(lena, journey):
    area = area_of(journey, "greeting")
    assert "Propose an improvement" in text_of(lena.get(f"/areas/{area.id}"))
    form = lena.get(f"/improvements/new?area={area.id}")
    assert typed_in(form, "area_id") == str(area.id)

    said = {"area_id": area.id, "level": "delight", "title": "A bench", "why": "People stand."}
    answer = lena.post("/improvements/new", data=said)

    item = newest()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/improvements/{item.id}")
    assert (item.title, item.level, item.raised_by, item.origin) == ("A bench", "delight", "person", "own_wish")
    assert (item.why, item.author.name, item.state) == ("People stand.", "Lena", "proposed")
    page = text_of(lena.get(f"/improvements/{item.id}"))
    assert all(text in page for text in ("Where it comes from", "A wish of one", "People stand."))


def test_an_idea_becomes_a_proposal_with_its_observation(idea, lena, journey):
    area = area_of(journey, "greeting")
    assert f"ref={idea}" in text_of(lena.get(f"/areas/{area.id}/observations"))
    form = lena.get(f"/improvements/new?from=idea&ref={idea}")
    assert typed_in(form, "area_id") == str(area.id) and "A bench by the door." in text_of(form)
    assert typed_in(form, "why") == "", "what was noted for leads is not copied into what others read"

    said = {"area_id": area.id, "level": "delight", "title": "A bench", "why": "Noted.", "origin": "idea", "ref": idea}
    assert lena.post("/improvements/new", data=said).status_code == 303

    item = newest()
    assert (item.origin, item.origin_ref) == ("idea", idea)
    assert db.session.query(Evidence).filter_by(improvement_id=item.id).count() == 1
    page = text_of(lena.get(f"/improvements/{item.id}"))
    assert "From an idea that was noted" in page and "A bench by the door." in page


def test_leads_of_other_sites_cannot_name_what_they_may_not_see(idea, lena, journey):
    find_person("lena@test.example").sites = [site(1)]
    db.session.commit()
    area = area_of(journey, "greeting")

    assert "A bench by the door." not in text_of(lena.get(f"/improvements/new?from=idea&ref={idea}"))
    said = {"area_id": area.id, "level": "delight", "title": "A bench", "why": "Noted.", "origin": "idea", "ref": idea}
    refused = lena.post("/improvements/new", data=said)
    assert refused.status_code == 422
    assert "This observation is not there, or was made elsewhere." in text_of(refused)


def test_what_is_missing_is_asked_for_at_its_field_and_nothing_typed_is_lost(lena, journey):
    refused = lena.post("/improvements/new", data={"title": "", "why": "People stand.", "level": "", "area_id": ""})

    assert refused.status_code == 422
    assert error_at(refused, "title") == "Give it a name, in a few words."
    assert error_at(refused, "area_id") == error_at(refused, "level") == "Choose one of the list."
    assert typed_in(refused, "why") == "People stand."


@pytest.mark.parametrize(
    ("field", "said"),
    [("title", "x" * 201), ("area_id", "999999"), ("area_id", "²"), ("level", "joy")],
)
def test_a_value_that_does_not_fit_is_named(lena, journey, field, said):
    good = {"area_id": area_of(journey, "greeting").id, "level": "delight", "title": "A bench", "why": "Yes."}
    answer = lena.post("/improvements/new", data={**good, "origin": "idea", field: said})
    assert answer.status_code == 422 and error_at(answer, field)


def test_the_same_form_twice_makes_one(lena, journey):
    said = {"area_id": area_of(journey, "greeting").id, "level": "delight", "title": "A bench", "why": "Yes."}
    said["form_id"] = "the-same"
    first, second = (lena.post("/improvements/new", data=said) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.query(Improvement).filter_by(title="A bench").count() == 1


def test_the_api_takes_the_same(lena, journey, idea):
    area = area_of(journey, "greeting")
    body = {
        "area_id": str(area.id),
        "level": "delight",
        "title": "A bench",
        "why": "Noted.",
        "origin": "idea",
        "ref": idea,
    }

    answer = lena.post("/api/v1/improvements", json={**body, "owner": str(person("olga").id)})

    made = answer.get_json()
    assert answer.status_code == 201
    assert (made["origin"], made["why"], made["owner"]["name"], made["state"]) == ("idea", "Noted.", "Olga", "proposed")
    refused = lena.post("/api/v1/improvements", json={**body, "why": "", "colour": "red", "owner": "999"})
    assert refused.status_code == 422
    assert {error["path"] for error in refused.get_json()["errors"]} == {"why", "colour"}
    strange = lena.post("/api/v1/improvements", json={**body, "origin": "promise", "ref": "1:x"})
    assert strange.get_json()["errors"][0]["path"] == "ref"


@pytest.mark.parametrize("name", ["olga", "emil"])
def test_only_leads_propose(as_, name):
    assert as_(name).get("/improvements/new").status_code == 403
    assert as_(name).post("/improvements/new").status_code == 403
    assert as_(name).post("/api/v1/improvements", json={}).status_code == 403


def test_a_proposal_of_a_person_does_not_silence_the_rule(lena, failing):  # noqa: F811
    said = {"area_id": failing.area_id, "level": "delight", "title": "Flowers", "why": "Nicer."}
    assert lena.post("/improvements/new", data=said).status_code == 303
    assert [item.raised_by for item in db.session.query(Improvement).order_by(Improvement.id)] == ["rule", "person"]


def test_an_observation_that_was_deleted_names_nothing(idea, lena):
    seen = db.session.query(Observation).one()
    seen.deleted_at = seen.received_at
    db.session.commit()
    assert typed_in(lena.get(f"/improvements/new?from=idea&ref={idea}"), "area_id") == ""
    assert lena.get("/improvements/new?from=idea&ref=%00&area=x&level=y").status_code == 200
