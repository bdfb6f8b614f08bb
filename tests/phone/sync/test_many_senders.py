"""Deliveries of several people in one transaction: each gets its own answers, as if it had come alone."""

from __future__ import annotations

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.problems import Problem
from shadowing.phone.sync.receive import Delivery, Sent, check, receive_all
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.conftest import a_visit, an_observation, person


def observed(*records):
    return [Sent("observation", record) for record in records]


@pytest.fixture
def together(app):
    """Takes deliveries (name, what was sent) in at once."""

    def take(*deliveries):
        with writing(), app.test_request_context():
            db.session.rollback()
            brought = [Delivery(check(sent), person(name).id) for name, sent in deliveries]
            answers = receive_all(brought, clock.now())
            db.session.commit()
            return answers

    return take


def test_each_gets_its_own_answers(together, journey):
    mine, theirs = a_visit(journey), a_visit(journey)
    seen, heard = an_observation(journey, mine), an_observation(journey, theirs)

    first, second, third = together(
        ("olga", [*observed(seen), Sent("visit", mine)]),
        ("otto", [Sent("visit", theirs), *observed(heard, seen, {**heard, "utility": 9})]),
        ("olga", observed(seen)),
    )

    assert [answer.status for answer in first] == [201, 201]
    assert [answer.status for answer in second] == [201, 201, 403, 422]
    assert [answer.status for answer in third] == [200], "the same again"
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 2
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 4


def test_one_that_came_a_moment_ago_is_changed_and_counted_once(together, journey):
    visit = a_visit(journey)
    seen = an_observation(journey, visit, utility=2)

    together(
        ("olga", [Sent("visit", visit), *observed(seen)]),
        ("olga", observed({**seen, "revision": 2, "utility": 4})),
        ("olga", observed({**seen, "revision": 3, "utility": 5})),
    )

    with writing():
        row = db.session.scalars(select(Observation)).one()
        assert (row.revision, row.utility, row.scored) == (3, 5, True)
        counted = select(Tally.key, Tally.n).where(Tally.kind == "utility", Tally.n != 0)
        assert db.session.execute(counted).all() == [("5", 1)]
        assert db.session.scalar(select(func.count()).select_from(Revision)) == 4


def test_what_is_wrong_is_told_in_the_language_of_whoever_sent_it(together, journey):
    visit = a_visit(journey)

    ((_, problem),) = together(
        ("olga", [Sent("visit", visit), *observed(an_observation(journey, visit, touchpoint_id="999999"))])
    )

    assert isinstance(problem, Problem)
    told = {}
    for language in ("en", "zh_Hans_CN"):
        with force_locale(language):
            told[language] = problem.document()["errors"][0]["message"]
    assert told["en"] == "No touchpoint has this id."
    assert told["zh_Hans_CN"] != told["en"]
