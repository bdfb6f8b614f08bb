"""From a number to its proof: bars, standards, factors and reasons lead to what they count."""

import html
import re

import pytest

from shadowing.core.database import db
from shadowing.scoring.models import ALL, AreaResult
from tests.conftest import a_visit, an_observation, touchpoint, work

LINK = re.compile(r'href="(/areas/\d+/observations\?[^"]*)"')


@pytest.fixture
def payment(olga, otto, journey, app):
    """Payment, seen four times: late twice, people hurt once and helped once; one customer had said no."""
    standard = touchpoint(journey, "payment")["standards"][0]["id"]
    for n, (rating, state, factor, consent) in enumerate(
        [
            (1, "not_met", "hurt", "yes"),
            (2, "not_met", None, "no"),
            (4, "met", "helped", "yes"),
            (5, "met", None, "yes"),
        ]
    ):
        visit = a_visit(journey, consent={"answer": consent, "text_version": "1"})
        seen = an_observation(
            journey,
            visit,
            "payment",
            utility=rating,
            reasons=["late"] if rating < 3 else [],
            standards={standard: state},
            factors=[{"factor": "people", "effect": factor}] if factor else [],
            note=f"The queue stood still, {n}." if rating < 3 else "All went well.",
        )
        answer = (olga, otto)[n % 2].post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        assert all(each["status"] < 300 for each in answer.get_json()["results"]), answer.get_json()
    work(app)
    return db.session.query(AreaResult).filter_by(scope=ALL).one().area_id


def count(client, address: str) -> int:
    answer = client.get(html.unescape(address))
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True).count('<article class="seen">')


def test_every_figure_of_the_page_leads_to_as_many_as_it_says(payment, lena):
    page = lena.get(f"/areas/{payment}").get_data(as_text=True)
    found = {html.unescape(link).split("?")[1]: count(lena, link) for link in LINK.findall(page)}

    ratings = {query: n for query, n in found.items() if query.startswith("rating=")}
    assert ratings == {f"rating=utility-{rating}": 1 for rating in (1, 2, 4, 5)}
    noted = {query.removeprefix("noted="): n for query, n in found.items() if query.startswith("noted=")}
    assert sorted(noted.values()) == [1, 2, 2], noted  # people hurt; the standard broken; late
    assert len(found) == 7


def test_it_is_found_by_its_words_but_not_by_those_of_who_said_no(payment, lena):
    assert count(lena, f"/areas/{payment}/observations?find=STOOD+still") == 1
    assert count(lena, f"/areas/{payment}/observations?find=well") == 2
    assert count(lena, f"/areas/{payment}/observations?find=%25") == 0, "a sign of the database's own is text"


@pytest.mark.parametrize(
    "noted",
    ["x", "standard:none~met", "factor:people~x", "reason:utility~friendly", "reason:x~late", "~", "\x00:~\x00"],
)
def test_what_nobody_can_note_there_is_missing(payment, lena, noted):
    answer = lena.get(f"/areas/{payment}/observations", query_string={"noted": noted})
    assert answer.status_code == 404
    assert "What the filter names is not there" in answer.get_data(as_text=True)
