"""What phones take along is kept in memory, and never longer than it is true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.coverage import suggesting
from shadowing.coverage.suggesting import suggestions_for
from shadowing.journeys.models import Touchpoint
from shadowing.phone.sync.carry import carry
from tests.conftest import person


@pytest.fixture
def olga(app):
    return person("olga")


@pytest.fixture
def lower_targets(app, place):
    """Another process sets every target for utility to 1.25."""

    def change():
        other = create_app(place.settings, instance=str(place.folder))
        with other.app_context(), writing():
            for touchpoint in db.session.scalars(select(Touchpoint)):
                touchpoint.targets = {**touchpoint.targets, "utility": 1.25}
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    return change


def test_the_same_state_is_the_same_tag_and_written_once(app, olga, monkeypatch):
    now = clock.now()
    before = carry(olga, now)
    monkeypatch.setattr("shadowing.phone.sync.carry._current_versions", lambda: pytest.fail("written again"))

    assert carry(olga, now).entity_tag == before.entity_tag


def test_what_another_process_changed_is_carried_at_once(app, olga, lower_targets):
    before = carry(olga, clock.now())
    db.session.rollback()
    lower_targets()

    after = carry(olga, clock.now())

    assert '"utility":1.25' in after.journeys
    assert after.entity_tag != before.entity_tag


def test_a_session_that_began_before_the_change_keeps_nothing_old_for_others(app, olga, lower_targets):
    db.session.scalars(select(Touchpoint)).all()  # its snapshot stands
    lower_targets()
    carry(olga, clock.now())
    db.session.rollback()

    assert '"utility":1.25' in carry(olga, clock.now()).journeys


def test_suggestions_are_found_once_a_minute_for_all_phones(app, olga, monkeypatch):
    asked = []
    monkeypatch.setattr(suggesting, "suggestions", lambda *_: asked.append(1) or [])
    now = clock.now().replace(second=5)

    for later in (0, 20, 40, 60):
        suggestions_for(olga, now + timedelta(seconds=later))

    assert len(asked) == 2
