"""A lead bound to one site: nothing of another site is told by any door, and nothing there can be changed."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.routes import ANYBODY, roles_of
from shadowing.people.accounts import find_person
from shadowing.people.invitations import invite
from shadowing.people.models import Invitation, Site
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation, person, site, work
from tests.support.fields import tags_in_line
from tests.support.server import ROOT

#: Words that stand at the other site only.
EAST = ("Quoted-in-the-east", "Noted-in-the-east", "Labelled-in-the-east", "Poster-of-the-east", "sheet-of-the-east")
FILTERS = ("", "?site={site}", "?persona=1&site={site}", "?week=2026-11-23&site={site}")


@pytest.fixture
def east(anna, olga, otto, journey, app):
    """Something of every kind at the other site; Lena leads at the first one only."""
    here, there = str(site(0).id), str(site(1).id)
    for client, at, words in ((olga, here, "here"), (otto, there, "in-the-east")):
        visit = a_visit(journey, site_id=at)
        rated = [
            an_observation(journey, visit, utility=1, quote=f"Quoted-{words}", note=f"Noted-{words}"),
            an_observation(journey, visit, "registration", utility=2, serious="dignity", note=f"Noted-{words}"),
        ]
        client.post("/api/v1/sync", json={"visits": [visit], "observations": rated})
    plan = {
        "journey_id": journey["id"],
        "site_id": there,
        "starts_at": (clock.now() + timedelta(days=1)).isoformat(),
        "observer_id": str(person("otto").id),
        "customer_label": "Labelled-in-the-east",
        "note": "Noted-in-the-east",
    }
    assert anna.post("/api/v1/plans", json=plan).status_code == 201
    sheet = io.BytesIO(b"No.,Window\n1,4\n2,5\n")
    anna.post("/data", data={"file": (sheet, "sheet-of-the-east.csv")}, content_type="multipart/form-data")
    work(app)
    with writing():
        db.session.rollback()
        person("lena").sites = [site(0)]
        invite("Poster-of-the-east", "observer", 5, 7, person("anna"), clock.now(), None, [site(1)])
        invite("Poster-of-the-east, all sites", "observer", 5, 7, person("anna"), clock.now())
        db.session.commit()
    return site(1)


def addresses(rule):
    """Every address of this rule that may be somebody's: ids are numbers from 1, and what the east observed."""
    if "uuid" in rule.rule:
        ids = [str(id) for id in db.session.scalars(select(Observation.visit_id))]
    else:
        ids = [str(number) for number in range(1, 6)]
    choices = {"any": "csv"}
    for id in ids if "<" in rule.rule else [""]:
        yield re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda part, id=id: choices.get(part[1], id), rule.rule)


def test_no_page_and_no_document_tells_of_another_site(app, lena, east):
    """Every address that can be read, with every filter that names the other site."""
    told, asked = [], 0
    allowed = roles_of(app)
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or allowed[rule.endpoint] is ANYBODY:
            continue
        for address in addresses(rule):
            for extra in FILTERS:
                answer = lena.get(address + extra.format(site=east.id))
                asked += answer.status_code == 200
                body = answer.get_data(as_text=True)
                told += [f"{address}{extra}: {word}" for word in EAST if word in body]
    assert not told
    assert asked > 60, "most of them answer"


@pytest.mark.parametrize("page", ["/areas", "/api/v1/areas", "/api/v1/coverage", "/plan"])
def test_another_site_cannot_be_asked_for(lena, anna, east, page):
    assert lena.get(f"{page}?site={east.id}").status_code == 404
    assert lena.get(f"{page}?site={site(0).id}").status_code == 200
    assert anna.get(f"{page}?site={east.id}").status_code == 200


@pytest.mark.parametrize("page", ["/areas", "/plan", "/people"])
def test_no_filter_offers_another_site(lena, anna, east, page):
    assert ">East<" not in lena.get(page).get_data(as_text=True)
    assert ">East<" in anna.get(page).get_data(as_text=True)


def test_an_area_compares_no_other_site(lena, anna, east):
    area = db.session.scalars(select(Observation.area_id).limit(1)).one()

    assert "East" in anna.get(f"/areas/{area}").get_data(as_text=True)
    assert "East" not in lena.get(f"/areas/{area}").get_data(as_text=True)


def test_nothing_there_can_be_changed(lena, east):
    plan = db.session.scalars(select(Plan)).one()
    poster, every = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    draft = db.session.scalars(select(ImportDraft)).one()
    changed = {"revision": plan.revision, "note": "mine now"}
    doors = [
        lena.patch(f"/api/v1/plans/{plan.id}", json=changed),
        lena.post(f"/plan/{plan.id}", data={"step": "cancel", "revision": plan.revision}),
        lena.post(f"/people/invitations/{poster.id}/end"),
        lena.post(f"/people/invitations/{every.id}/end"),
        lena.get(f"/people/invitations/{poster.id}"),
        lena.post(f"/data/{draft.id}", data={"step": "import"}),
        lena.post(f"/data/{draft.id}/removal"),
        lena.get(f"/data/{draft.id}"),
        lena.get(f"/data/{draft.id}/refused.csv"),
    ]

    assert {answer.status_code for answer in doors} <= {403, 404}


#: What any form or call of the house may want, so that a door that would open does not stop at a missing field.
GOODS = {
    **{"name": "Taken", "name_en": "Taken", "name_zh": "Taken", "title": "Taken", "note": "Taken", "reason": "Taken"},
    **{"revision": 1, "state": "cancelled", "role": "observer", "all_sites": "y", "uses": 1, "days": 7, "kind": "own"},
    **{"starts_at": "2026-12-01T10:00", "site": 2, "site_id": 2, "journey": 1, "journey_id": 1, "times": 1},
}
#: Every button of every form.
STEPS = sorted(
    {
        step
        for path in (ROOT / "templates").rglob("*.html")
        for step in re.findall(r'name="step" value="(\w+)"', path.read_text("utf-8"))
    }
)


def kept_in_the_east(east):
    """Every row that belongs to the other site, column by column."""
    db.session.rollback()
    visits = list(db.session.scalars(select(Visit).where(Visit.site_id == east.id)))
    rows = [
        db.session.get(Site, east.id),
        *visits,
        *db.session.scalars(select(Observation).where(Observation.visit_id.in_([visit.id for visit in visits]))),
        *db.session.scalars(select(Plan).where(Plan.site_id == east.id)),
        *db.session.scalars(select(Invitation)),
        *db.session.scalars(select(ImportDraft)),
    ]
    return [{column.key: getattr(row, column.key) for column in row.__table__.columns} for row in rows]


@pytest.mark.engine("sqlite")
def test_no_door_changes_anything_of_another_site(app, lena, east):
    """Every address that can be written to, with every id and every step a form may name."""
    before, asked = kept_in_the_east(east), 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "accounts.sign_out" or "<" not in rule.rule:
            continue
        for address in addresses(rule):
            for method in sorted(rule.methods & {"POST", "PUT", "PATCH", "DELETE"}):
                for step in STEPS if method == "POST" else STEPS[:1]:
                    sent = {**GOODS, "step": step}
                    said = {"json": sent} if rule.rule.startswith("/api/") else {"data": sent}
                    answer = lena.open(address, method=method, **said)
                    assert answer.status_code < 500, address
                    asked += 1
                    if answer.status_code in (403, 404):
                        break  # shut, whatever the button

    assert asked > 200
    assert kept_in_the_east(east) == before


def test_a_change_of_a_series_stays_at_ones_own_sites(lena, anna, journey, east):
    series = {
        "journey_id": journey["id"],
        "site_id": str(site(0).id),
        "starts_at": (clock.now() + timedelta(days=2)).isoformat(),
        "repeat": {"every": "week", "times": 3},
    }
    first, second, third = anna.post("/api/v1/plans", json=series).get_json()["plans"]
    moved = anna.patch(f"/api/v1/plans/{second['id']}", json={"revision": 1, "site_id": str(east.id)})
    assert moved.status_code == 200

    answer = lena.patch(f"/api/v1/plans/{first['id']}", json={"revision": 1, "state": "cancelled", "series": True})

    assert answer.status_code == 200
    states = {plan.id: plan.cancelled_at is not None for plan in db.session.scalars(select(Plan))}
    assert [states[int(each["id"])] for each in (first, second, third)] == [True, False, True]


def test_what_is_stale_is_told_only_to_who_may_see_it(olga, east):
    plan = db.session.scalars(select(Plan)).one()
    for said in ({"note": "x"}, {"state": "cancelled"}, {"observer_id": None}):
        answer = olga.patch(f"/api/v1/plans/{plan.id}", json={"revision": 99, **said})
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")
    late = olga.patch(f"/api/v1/plans/{plan.id}", json={"revision": 99, "observer_id": str(person("olga").id)})
    assert late.status_code == 409
    assert "starts_at" not in late.get_json()["current"]


def test_rows_of_another_site_stay_out_of_a_bound_leads_import(lena, east, app):
    sheet = b"No.,Branch,Window\n1,Main,4\n2,East,5\n3,,5\n"
    lena.post("/data", data={"file": (io.BytesIO(sheet), "mine.csv")}, content_type="multipart/form-data")
    draft = db.session.scalars(select(ImportDraft).order_by(ImportDraft.id.desc())).first()
    answers = {"journey_name": "Mine", "day": clock.now().date().isoformat(), "c2-scale-said": "1-5"}
    lena.post(f"/data/{draft.id}", data={**answers, "c1-kind": "site", "c2-kind": "rating", "step": "import"})
    work(app)
    db.session.rollback()

    draft = db.session.get(ImportDraft, draft.id)
    assert (draft.state, draft.outcome["new"]) == ("done", 2), draft.outcome
    assert [refusal["code"] for refusal in draft.outcome["refusals"]] == ["other_site"]
    imported = db.session.scalars(select(Observation.site_id).where(Observation.id.is_not(None)).distinct())
    assert set(imported) == {site(0).id, east.id}, "the only row of the other site is the one that was there"


# --- an empty list is nothing -----------------------------------------------------------------------


def lena_as_a_form(**fields):
    lena = find_person("lena@test.example")
    said = {"name": lena.name, "email": lena.email, "role": "lead"}
    return {**said, **fields}


def test_saving_the_name_of_a_lead_whose_only_site_is_closed_opens_nothing(anna, lena, east):
    anna.post(f"/sites/{site(0).id}", data={"name_en": "Main", "name_zh": "主楼", "kind": "own", "step": "close"})
    id, main = person("lena").id, site(0).id
    shown = tags_in_line(anna.get(f"/people/{id}").get_data(as_text=True))
    assert re.search(rf'name="sites" value="{main}" checked', shown), "closed sites stay shown"

    answer = anna.post(f"/people/{id}", data=lena_as_a_form(name="Lena Weber", sites=[str(main)]))

    assert answer.status_code == 303
    assert lena.get(f"/areas?site={east.id}").status_code == 404


@pytest.mark.parametrize("fields", [{}, {"sites": []}])
def test_nothing_ticked_is_no_site(anna, lena, east, fields):
    assert anna.post(f"/people/{person('lena').id}", data=lena_as_a_form(**fields)).status_code == 303

    assert person("lena").bound_to == frozenset()
    assert lena.get(f"/areas?site={site(0).id}").status_code == 404


def test_all_sites_is_said(anna, lena, east):
    anna.post(f"/people/{person('lena').id}", data=lena_as_a_form(all_sites="y"))

    assert person("lena").bound_to is None
    assert lena.get(f"/areas?site={east.id}").status_code == 200


def test_a_poster_says_where_it_takes_people(anna, as_):
    poster = {"name": "Spring", "role": "observer", "uses": "5", "days": "7"}
    for fields, expected in (({"all_sites": "y"}, None), ({"sites": ["1"]}, frozenset({1})), ({}, frozenset())):
        made = anna.post("/people/invitations", data={**poster, **fields})
        found = db.session.get(Invitation, int(made.location.rsplit("/", 1)[1]))
        address = f"m{uuid.uuid4().hex[:8]}@test.example"
        joining = {"name": "Mara", "email": address, "password": "three quiet green lamps"}
        assert as_(None).post(f"/join/{found.code}", data=joining).status_code == 303
        db.session.rollback()
        assert find_person(address).bound_to == expected
