"""What is public is as it was; a difference that is meant is written by `make golden` and said in its commit."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect

from shadowing.app import create_app
from shadowing.core.database import db, reading
from shadowing.core.migrating import migrator
from tests.golden import documents
from tests.golden.making import SECRET
from tests.golden.restored import restored
from tests.golden.surfaces import SURFACES, read


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    made = create_app({"SHADOWING_SECRET_KEY": SECRET}, instance=str(tmp_path_factory.mktemp("surfaces")))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_is_as_it_was(name, app):
    assert SURFACES[name](app) == read(name)


def test_answers_and_downloads_are_shaped_as_they_were(tmp_path):
    with restored(tmp_path) as app:
        found = documents.read_all(app)

    assert {name: read(name) for name in found} == found


def test_the_migrations_describe_the_models_exactly(app):
    """More than `db check` sees: keys, names of constraints, closed lists of words."""
    fresh = create_engine("sqlite://")
    db.metadata.create_all(fresh)
    migrator().upgrade()
    with reading():
        migrated, described = picture(db.engine), picture(fresh)

    assert migrated == described


def picture(engine):
    """table -> everything the database itself says of it."""
    about = inspect(engine)
    return {
        name: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["primary_key"]) for c in about.get_columns(name)},
            "indexes": {i["name"]: (i["column_names"], i["unique"]) for i in about.get_indexes(name)},
            "unique": sorted(u["column_names"] for u in about.get_unique_constraints(name)),
            "foreign": sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"], sorted(f["options"].items()))
                for f in about.get_foreign_keys(name)
            ),
            "checks": sorted(str(c["sqltext"]).replace('"', "") for c in about.get_check_constraints(name)),
        }
        for name in set(about.get_table_names()) - {"alembic_version"}
    }
