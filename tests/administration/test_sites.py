"""Sites and departments: named in both languages, closed instead of deleted."""

import pytest
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.people.models import Department, Site


def names(kind):
    db.session.rollback()
    return [each.name for each in db.session.scalars(select(kind).order_by(kind.id))]


def test_a_site_is_added_and_travels_with_the_phone(anna, olga):
    anna.post("/sites", data={"name_en": "Harbour", "name_zh": "海港院区", "kind": "own", "time_zone": "Asia/Shanghai"})

    newest = olga.get("/api/v1/carry").get_json()["sites"][-1]
    assert (newest["name"], newest["time_zone"]) == ({"en": "Harbour", "zh": "海港院区"}, "Asia/Shanghai")


def test_one_language_is_enough(anna):
    anna.post("/departments", data={"name_zh": "财务部"})

    assert names(Department)[-1] == {"en": "财务部", "zh": "财务部"}


@pytest.mark.parametrize("path", ["/sites", "/departments", "/sites/1", "/departments/1"])
@pytest.mark.parametrize("name", ["", "\x00", "x" * 121])
def test_a_name_is_needed(anna, path, name):
    before = names(Site), names(Department)

    assert anna.post(path, data={"name_en": name, "kind": "own"}).status_code == 422
    assert (names(Site), names(Department)) == before


def test_a_closed_site_is_no_longer_offered_but_still_there(anna, olga):
    anna.post("/sites/2", data={"step": "close"})
    assert [each["id"] for each in olga.get("/api/v1/carry").get_json()["sites"]] == ["1", "3"]
    assert "closed since" in anna.get("/sites").get_data(as_text=True)

    anna.post("/sites/2", data={"step": "open"})
    assert len(olga.get("/api/v1/carry").get_json()["sites"]) == 3


def test_a_closed_department_is_not_missed(anna):
    anna.post("/departments", data={"name_en": "Finance"})
    assert "Nobody yet from Finance" in anna.get("/people").get_data(as_text=True)

    anna.post("/departments/2", data={"step": "close"})

    assert "Finance is closed" in anna.get("/people").get_data(as_text=True)
    assert "Finance" not in anna.get("/people").get_data(as_text=True)


def test_what_is_not_there_is_not_changed(anna):
    assert anna.post("/sites/999", data={"name_en": "x"}).status_code == 404
    assert anna.post("/departments/999", data={"step": "close"}).status_code == 404
