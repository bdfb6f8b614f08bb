"""The list explains its order; each view is an address."""

import pytest

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person


@pytest.fixture
def two(failing):  # noqa: F811
    """Beside what fails at its base, somebody wants to work above it."""
    item = Improvement(
        area_id=failing.area_id,
        panel_id=failing.panel_id,
        level="delight",
        raised_by="person",
        title="Flowers",
        raised_at=failing.raised_at,
        changed_at=failing.changed_at,
        lenses={"customer": 0.5, "business": -1, "brand": 1},
        effort="L",
    )
    db.session.add(item)
    db.session.commit()
    return failing, item.id


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("view", ["", "?rank=value", "?rank=customer", "?rank=business", "?rank=brand"])
def test_each_view_is_an_address_and_marks_itself(two, lena, view):
    page = text_of(lena, "/improvements" + view)

    assert page.count('aria-current="true"') == 2, "the order, and that it is a list"
    assert "Why here?" in page and "No. 1 of 2" in page


def test_a_view_that_does_not_exist_is_said_to_be_missing(lena):
    assert lena.get("/improvements?rank=loudest").status_code == 404
    assert lena.get("/api/v1/improvements?rank=loudest").get_json()["code"] == "not_found"


def test_the_api_lists_in_the_view_that_was_asked_for(two, lena):
    def order(view):
        return [item["level"] for item in lena.get(f"/api/v1/improvements{view}").get_json()["improvements"]]

    assert order("") == ["utility", "delight"]
    assert sorted(order("?rank=brand")) == ["delight", "utility"]


def test_the_item_says_why_it_stands_there(two, lena):
    assert "is the base of the pyramid and comes first" in text_of(lena, f"/improvements/{two[0].id}")


def test_what_is_closed_stands_nowhere(failing, lena):  # noqa: F811
    patch(lena, failing, state="declined", reason="No.")
    assert "Why it stands" not in text_of(lena, f"/improvements/{failing.id}")


def test_work_above_a_short_base_is_called_upside_down(two, lena):
    assert "Upside down" not in text_of(lena, "/improvements")
    patch(lena, db.session.get(Improvement, two[1]), state="accepted", owner=str(person("lena").id))

    page = text_of(lena, "/improvements")

    assert "Upside down" in page and "8 person-days planned" in page
    assert "1 area below target" in page


def test_what_waits_on_the_base_says_so_in_its_row(failing, lena):  # noqa: F811
    said = {"area_id": failing.area_id, "level": "usability", "title": "Bigger signs", "why": "People turn back."}
    lena.post("/improvements/new", data=said)

    page = lena.get("/improvements?find=signs").get_data(as_text=True)
    assert "Bigger signs" in page and "waiting on the base" in page
    assert "waiting on the base" not in lena.get("/improvements?level=utility").get_data(as_text=True)
