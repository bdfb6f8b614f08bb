"""From a number to what it rests on: the list holds as many as the number says, and no more than its reader may see."""

import pytest

from shadowing.core.database import db
from shadowing.scoring.models import ALL, AreaResult
from tests.conftest import a_visit, an_observation, work


@pytest.fixture
def payment(olga, otto, journey, app):
    """Payment's area: three observations of Olga at the first site, one of Otto at the second."""
    for client, site, ratings in ((olga, "1", (1, 2, 2)), (otto, "2", (5,))):
        for rating in ratings:
            visit = a_visit(journey, site_id=site)
            seen = an_observation(journey, visit, "payment", utility=rating, note=f"Noted at {site}: {rating}.")
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    return db.session.query(AreaResult).filter_by(scope=ALL).one()


def page(client, area, query=""):
    answer = client.get(f"/areas/{area}/observations{query}")
    return answer.status_code, answer.get_data(as_text=True)


def test_the_area_leads_to_as_many_as_it_counts(payment, lena):
    assert f"All {payment.rows} observations" in lena.get(f"/areas/{payment.area_id}").get_data(as_text=True)
    status, said = page(lena, payment.area_id)
    assert (status, said.count('<article class="seen">')) == (200, payment.rows)


@pytest.mark.parametrize(("query", "n"), [("?rating=utility-2", 2), ("?site=2", 1), ("?rating=utility-1&site=2", 0)])
def test_filters_leave_what_they_say(payment, lena, query, n):
    _, said = page(lena, payment.area_id, query)
    assert said.count('<article class="seen">') == n
    assert f"{n} of 4 observations" in said


@pytest.mark.parametrize("query", ["?rating=utility-9", "?rating=x", "?site=999", "?site=\x00"])
def test_what_no_filter_offers_is_said_to_be_nowhere(payment, lena, query):
    assert page(lena, payment.area_id, query)[0] == 404


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=" + "9" * 5000, "?page=x", "?page=²"])
def test_any_page_number_is_a_page(payment, lena, query):
    assert page(lena, payment.area_id, query)[0] == 200


def test_executives_read_no_notes(payment, emil, lena):
    assert "Noted at 1" in page(lena, payment.area_id)[1]
    assert "Noted at 1" not in page(emil, payment.area_id)[1]
