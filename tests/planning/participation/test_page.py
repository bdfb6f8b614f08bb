"""/participation: counted by department, for leads with what may be lying on phones."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.vocabulary import Words
from shadowing.people.accounts import add_department, add_person
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.planning.participation.queries import counted, unsent
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation, person, site
from tests.visits.media.test_put_photo import jpeg, put


@pytest.fixture
def nursing(app):
    """A department of four, Olga among them."""
    with writing():
        department = add_department(Words(en="Nursing", zh="护理部"))
        db.session.flush()
        for number in range(3):
            add_person(f"n{number}@test.example", f"Nurse {number}", "observer", None).department_id = department.id
        person("olga").department_id = department.id
        db.session.commit()
    return department


def send(client, *visits, observations=()):
    answer = client.post("/api/v1/sync", json={"visits": list(visits), "observations": list(observations)})
    assert {result["status"] for result in answer.get_json()["results"]} <= {200, 201}


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


EVERYWHERE = Reader(None, "admin", None, "en")


def by_name(sites=None):
    reader = Reader(None, "lead", sites and frozenset(sites), "en")
    return {each.name["en"]: each for each in counted(clock.now(), reader) if each.name}


def test_visits_are_counted_by_department_and_only_those_that_count(olga, journey, nursing):
    own, other = str(site(0).id), str(site(1).id)
    old = (clock.now() - timedelta(days=40)).isoformat()
    send(
        olga,
        a_visit(journey, site_id=own),
        a_visit(journey, site_id=other),
        a_visit(journey, practice=True),
        a_visit(journey, started_at=old),
        a_visit(journey, deleted_at=clock.now().isoformat()),
    )

    found = by_name()["Nursing"]
    assert (found.people, found.active, found.visits) == (4, 1, 2)
    assert by_name({site(0).id})["Nursing"].visits == 1


def test_everybody_reads_departments_and_nobody_reads_persons(olga, lena, emil, otto, journey, nursing):
    send(olga, a_visit(journey))

    for client in (lena, emil):
        page = text(client.get("/participation"))
        assert "Nursing" in page and "1 of 4 people" in page
        assert "Olga" not in page
    assert otto.get("/participation").status_code == 403


def test_leads_learn_what_may_be_lying_on_phones(olga, lena, emil, journey, nursing):
    late, here = str(uuid.uuid4()), str(uuid.uuid4())
    visit = a_visit(journey, site_id=str(site().id))
    observation = an_observation(
        journey, visit, utility=2, photos=[{"id": late}, {"id": here}], sounds=[{"id": str(uuid.uuid4())}]
    )
    send(olga, visit, observations=[observation])
    put(olga, jpeg(), here, observation["id"])
    assert unsent(clock.now(), EVERYWHERE) == [], "it may be on its way"
    with writing():
        db.session.execute(update(Observation).values(received_at=clock.now() - timedelta(hours=3)))
        db.session.commit()

    (found,) = unsent(clock.now(), EVERYWHERE)

    assert (found.person, found.media, found.open_visits, found.planned) == (person("olga").name, 2, 0, 0)
    assert unsent(clock.now(), Reader(None, "lead", frozenset({site(1).id}), "en")) == [], "a lead of another site"
    assert "2 photos or voice notes have not come" in text(lena.get("/participation"))
    assert "have not come" not in text(emil.get("/participation"))


def test_a_visit_left_open_and_a_plan_not_heard_of(app, olga, journey, nursing):
    began = clock.now() - timedelta(days=2)
    send(olga, a_visit(journey, started_at=began.isoformat(), status="in_progress", ended_at=None))
    with writing():
        db.session.execute(update(Person).values(last_seen_at=None))
        number = db.session.query(Visit).one().journey_id
        db.session.add(Plan(journey_id=number, site_id=site().id, starts_at=began, observer_id=person("otto").id))
        db.session.add(
            Plan(
                journey_id=number, site_id=site().id, starts_at=began, cancelled_at=began, observer_id=person("otto").id
            )
        )
        db.session.commit()

    found = {each.person: (each.media, each.open_visits, each.planned) for each in unsent(clock.now(), EVERYWHERE)}
    assert found == {person("olga").name: (0, 1, 0), person("otto").name: (0, 0, 1)}

    with writing():
        db.session.execute(update(Person).values(last_seen_at=clock.now()))
        db.session.commit()
    assert unsent(clock.now(), EVERYWHERE) == [], "their phones were heard since"
