"""/journeys/<id>/personas: written like the journey itself, compared by what was seen."""

import re

from shadowing.core.database import db
from shadowing.journeys.models import Persona
from shadowing.people.accounts import find_person
from tests.authoring.editor.test_editor import fields, html, kept, page, publish
from tests.conftest import a_visit, an_observation, site, work


def persona(key):
    db.session.rollback()
    return db.session.query(Persona).filter_by(journey_id=1, key=key).one()


def form(client):
    shown = page(client.get("/journeys/1/personas"))
    shown = shown[shown.index("inspector") :]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]* value="([^"]*)"', shown))
    sent |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', shown))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', shown):
        sent[name] = re.search(r'value="([^"]*)" selected', body)[1]
    return {name: html(value) for name, value in sent.items()}


def save(client, **changed):
    return client.post("/journeys/1/personas", data={**form(client), **changed})


def test_saving_personas_as_they_are_changes_nothing(lena):
    assert save(lena).status_code == 303
    assert "Nothing differs" in page(lena.get("/journeys/1/publish"))


def test_personas_are_written_and_keep_their_id(lena, olga):
    before = persona("first_visit").id
    answer = save(lena, do="add", **{"first_visit-name_en": "New here", "in_pain-kind": "internal"})
    key = answer.location.rpartition("#")[2]
    save(lena, do="remove:with_child", **{f"{key}-needs": "Parking | 停车\nA quiet corner"})
    assert "personas" in page(lena.get("/journeys/1/publish"))
    assert persona("first_visit").name["en"] == "First visit", "a draft until it is published"
    publish(lena)

    assert (persona("first_visit").id, persona("first_visit").name["en"]) == (before, "New here")
    assert (persona("in_pain").kind, persona("with_child").removed_at is not None) == ("internal", True)
    assert [need["text"]["zh"] for need in persona(key).needs] == ["停车", "A quiet corner"]


def test_needs_are_served_at_touchpoints(lena):
    said = fields(lena, "payment")
    shown = page(lena.get("/journeys/1/personas"))
    assert "Find the results ready" in shown[shown.index('id="gaps"') : shown.index('id="differ"')]

    lena.post("/journeys/1/touchpoints/payment", data={**said, "serves": ["", "returning:results_ready"]})

    shown = page(lena.get("/journeys/1/personas"))
    assert "Find the results ready" not in shown[shown.index('id="gaps"') : shown.index('id="differ"')]
    without = {name: value for name, value in said.items() if name != "serves"}
    lena.post("/journeys/1/touchpoints/payment", data={**without, "revision": "1"})
    needs = {need["key"]: need["at"] for each in kept().document["personas"] for need in each["needs"]}
    assert needs["results_ready"] == ["payment"], "a form that does not ask changes nothing"


def test_a_wrong_persona_is_named(lena):
    answer = save(lena, **{"first_visit-name_en": "", "first_visit-name_zh": " ", "returning-needs": "x" * 121})

    assert answer.status_code == 422
    assert "Fill in a name" in page(answer) and "too long" in page(answer) and "x" * 121 in page(answer)


def test_scenarios_are_written_here(lena, olga):
    save(lena, scenarios="In a hurry | 赶时间\nWith the family | 全家一起")
    publish(lena)

    carried = olga.get("/api/v1/carry").get_json()["journeys"][0]
    assert [each["text"]["en"] for each in carried["scenarios"]] == ["In a hurry", "With the family"]


def test_who_fares_worse_is_told_with_intervals(lena, olga, app, journey):
    for number in range(24):
        who = persona("in_pain" if number % 2 else "returning")
        visit = a_visit(journey, persona_id=str(who.id), satisfaction=2 if number % 2 else 5, outcome="yes")
        seen = an_observation(journey, visit, "payment", utility=2 if number % 2 else 5)
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)

    shown = page(lena.get("/journeys/1/personas"))

    assert "In pain: 0% good ratings, all other patients 100%." in html(shown)
    assert "12 of 12" in shown and "not enough evidence" in shown


def test_leads_see_their_own_sites_only(lena, olga, app, journey):
    visit = a_visit(journey, persona_id=str(persona("in_pain").id))
    olga.put(f"/api/v1/visits/{visit['id']}", json=visit)
    assert "One visit" in page(lena.get("/journeys/1/personas"))

    find_person("lena@test.example").sites = [site(1)]
    db.session.commit()

    assert "One visit" not in page(lena.get("/journeys/1/personas"))


def test_of_two_who_edit_the_second_is_told(lena, as_):
    hers = form(as_("anna"))
    save(lena, **{"in_pain-name_en": "Hurting"})

    answer = as_("anna").post("/journeys/1/personas", data={**hers, "in_pain-name_en": "Suffering"})

    assert answer.status_code == 409
    assert "Lena changed this draft too" in page(answer) and 'value="Suffering"' in page(answer)


def test_what_is_not_there(lena, olga):
    assert lena.get("/journeys/99/personas").status_code == 404
    assert save(lena, do="remove:nobody").status_code == 404
    assert olga.get("/journeys/1/personas").status_code == 403
