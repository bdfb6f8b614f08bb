"""The customer erases in the very moment in which the phone sends: whoever is second sees the first."""

from __future__ import annotations

import hashlib

import pytest

from shadowing.core.database import db
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation
from tests.phone.sync.test_two_at_once import start

ROUNDS = 12
SIGNS = "2346789ABCDEFGH"


@pytest.fixture
def at_once(app):
    db.session.rollback()
    return lambda *calls: start(app, calls)


def test_a_visit_that_arrives_while_it_is_taken_back_is_erased(olga, as_, journey, at_once):
    stranger = as_(None)
    for number in range(ROUNDS):
        code = f"K7MP{SIGNS[number]}R"
        visit = a_visit(journey, purpose="a secret", withdrawal_hash=hashlib.sha256(code.encode()).hexdigest())
        body = {"visits": [visit], "observations": [an_observation(journey, visit, utility=2, note="a secret")]}

        answers = at_once(
            lambda body=body: olga.post("/api/v1/sync", json=body).status_code,
            lambda code=code: stranger.post(f"/w/{code}").status_code,
        )

        assert answers == [200, 303]
    db.session.rollback()
    assert [visit.id for visit in db.session.query(Visit) if visit.withdrawn_at is None] == []
    assert [seen.note for seen in db.session.query(Observation) if seen.note] == []
    assert db.session.query(Tally).filter(Tally.n != 0).count() == 0
