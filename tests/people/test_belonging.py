"""Who belongs to which sites: the same as Python and as SQL."""

from itertools import product

import pytest
from sqlalchemy import select

from shadowing.core.database import db, writing
from shadowing.people.models import Person
from tests.conftest import person, site


@pytest.mark.parametrize("role", ["observer", "lead", "executive", "admin"])
def test_python_and_sql_agree(app, role):
    with writing():
        olga = person("olga")
        for own, every in product(([], [0], [0, 1]), (True, False)):
            olga.role, olga.sites, olga.all_sites = role, [site(number) for number in own], every
            db.session.flush()
            for asked in (None, frozenset(), frozenset({site(0).id}), frozenset({site(1).id})):
                found = db.session.scalar(select(Person.id).where(Person.id == olga.id, Person.is_of(asked)))
                assert (found is not None) is olga.is_of(asked), (own, every, asked)
        db.session.rollback()
