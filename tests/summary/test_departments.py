"""Who shadows, on the executive page: departments, and never a person behind one."""

import pytest

from shadowing.core.database import db, writing
from shadowing.core.vocabulary import Words
from shadowing.people.accounts import add_department
from tests.conftest import a_visit, an_observation, person, work
from tests.support.markup import Markup, words_of


@pytest.fixture
def otto_alone(app):
    """In a department of one; the other four are Nursing."""
    with writing():
        pharmacy = add_department(Words(en="Pharmacy", zh="药房"))
        db.session.flush()
        person("otto").department_id = pharmacy.id
        db.session.commit()


def parts(client):
    markup = Markup(client.get("/summary").get_data(as_text=True))
    return [words_of(tag) for tag in markup.all("div") if tag.attributes.get("class") == "part"]


def test_a_department_of_few_took_part_and_is_not_counted(olga, otto, emil, journey, app, otto_alone):
    for client, times in ((olga, 2), (otto, 3)):
        for _ in range(times):
            visit = a_visit(journey)
            body = {"visits": [visit], "observations": [an_observation(journey, visit, utility=4)]}
            assert client.post("/api/v1/sync", json=body).status_code == 200
    work(app)

    assert parts(emil) == ["Nursing 2", "Pharmacy took part"]


def test_a_department_of_few_that_did_not_go_is_not_counted_either(olga, emil, journey, app, otto_alone):
    visit = a_visit(journey)
    body = {"visits": [visit], "observations": [an_observation(journey, visit, utility=4)]}
    assert olga.post("/api/v1/sync", json=body).status_code == 200
    work(app)

    assert parts(emil) == ["Nursing 1", "Pharmacy not yet"]
