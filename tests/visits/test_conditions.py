"""What counts and what may be shown: the same as Python and as SQL, and the same on every page."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import a_visit, an_observation, person, site, work

QUOTE = "It took half the morning."


@pytest.fixture
def said(olga, journey, app):
    """A customer's words at the first site, without an answer about consent."""

    def say(**fields):
        visit = a_visit(journey, site_id=str(site().id), **fields)
        seen = an_observation(journey, visit, utility=2, quote=QUOTE)
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        work(app)
        return visit

    return say


def test_python_and_sql_agree(said):
    said()
    visit = db.session.scalars(select(Visit)).one()
    with writing():
        for practice, consent, *gone in product((True, False), (None, "yes", "no"), (True, False), (True, False)):
            visit.practice, visit.consent = practice, consent
            visit.deleted_at, visit.withdrawn_at = (clock.now() if one else None for one in gone)
            db.session.flush()
            row = db.session.execute(select(Visit.counts, Visit.words_may_be_shown)).one()
            assert tuple(row) == (visit.counts, visit.words_may_be_shown)
        db.session.rollback()


def test_an_observation_stands_as_python_and_as_sql(said):
    said()
    with writing():
        seen = db.session.scalars(select(Observation)).one()
        for deleted, withdrawn in product((True, False), (True, False)):
            seen.deleted_at, seen.withdrawn_at = (clock.now() if one else None for one in (deleted, withdrawn))
            db.session.flush()
            assert db.session.scalar(select(Observation.stands)) == seen.stands
        db.session.rollback()


@pytest.mark.parametrize(
    ("consent", "shown"), [(None, True), ({"answer": "not_asked"}, True), ({"answer": "no"}, False)]
)
def test_words_are_shown_on_every_page_or_on_none(said, lena, consent, shown):
    said(consent=consent)
    area = db.session.scalars(select(Observation.area_id)).one()
    db.session.rollback()

    assert [QUOTE in lena.get(page).text for page in (f"/areas/{area}", "/summary")] == [shown, shown]


def test_words_of_other_sites_are_on_no_page_of_a_lead_bound_to_one(said, lena):
    said()
    with writing():
        reader = person("lena")
        reader.sites.append(site(1))
        db.session.commit()
    area = db.session.scalars(select(Observation.area_id)).one()
    db.session.rollback()

    assert [QUOTE in lena.get(page).text for page in (f"/areas/{area}", "/summary")] == [False, False]


def test_a_visit_that_does_not_say_when_it_began_counts_everywhere(said, lena):
    said(started_at=None)
    visit = db.session.scalars(select(Visit)).one()
    assert visit.started_at == visit.received_at
    db.session.rollback()

    assert lena.get("/api/v1/summary").get_json()["visits"] == 1
