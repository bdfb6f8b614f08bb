"""What processes keep in memory of people never outlives a change, whoever made it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shadowing.app import create_app
from shadowing.core.database import db, writing
from shadowing.core.reference_cache import ReferenceMark, remembered
from shadowing.people.accounts import add_token, end_token
from shadowing.people.models import ApiToken, Person
from tests.conftest import person


@pytest.fixture
def token(app):
    with writing():
        db.session.rollback()
        made = add_token(person("olga"), "till")
        db.session.commit()
    return made


def asked(app, token):
    """The status a phone with this token gets, in a process of its own as far as memory goes."""
    answer = app.test_client().get("/api/v1/carry", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


def changed(change):
    with writing():
        db.session.rollback()
        change()
        db.session.commit()


CHANGES = {
    "ended": lambda: end_token(person("olga"), db.session.scalar(select(ApiToken.id)), person("olga").created_at),
    "left": lambda: setattr(person("olga"), "left_at", person("olga").created_at),
    "by statement": lambda: db.session.execute(db.update(Person).values(left_at=Person.created_at)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_process_notices_at_once(app, place, token, change):
    other = create_app(place.settings, instance=str(place.folder))
    for _ in range(2):
        assert asked(app, token) == 200
    with other.app_context():
        changed(CHANGES[change])
        db.session.remove()
        db.engine.dispose()

    assert asked(app, token) == 401


def test_a_change_that_was_taken_back_moves_nothing(app):
    with writing():
        before = db.session.scalar(select(ReferenceMark.mark))
        person("olga").name = "Somebody"
        db.session.flush()
        db.session.rollback()
        person("olga").name = "Somebody else"
        db.session.commit()

        assert db.session.scalar(select(ReferenceMark.mark)) not in (None, before)


def test_being_seen_changes_nothing_that_is_kept(app, olga):
    olga.get("/api/v1/carry")
    remembered()["here"] = True
    with writing():
        db.session.rollback()
        person("olga").created_at  # noqa: B018 - read before
        db.session.rollback()
    olga.get("/api/v1/carry")

    assert "here" in remembered()
