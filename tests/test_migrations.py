"""Migrations: from nothing to the newest, and a database that holds rows keeps them."""

from __future__ import annotations

import contextvars
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from shadowing.app import create_app
from shadowing.core.database import db, reading, reading_connection
from shadowing.core.migrating import migrator
from shadowing.core.settings import make_instance
from shadowing.operations.health import revisions_known
from tests.support.server import ROOT

SCRIPTS = ROOT / "shadowing" / "migrations"


@contextmanager
def nothing_yet(folder, **settings):
    """An app whose database holds nothing at all."""
    app = create_app({"SHADOWING_SECRET_KEY": "test", **settings}, instance=str(folder))
    make_instance(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        with nothing_yet(tmp_path / "instance") as app:
            yield app
        return
    databases = request.getfixturevalue("postgres")
    name = databases.make()
    with nothing_yet(tmp_path / "instance", SHADOWING_DATABASE_URL=databases.address(name)) as app:
        yield app
    databases.drop(name)


def run(app, *words):
    """A command of the product, in a context of its own."""
    return contextvars.Context().run(app.test_cli_runner().invoke, args=list(words))


def tables():
    with reading():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_an_empty_database_comes_to_the_newest_and_again_is_harmless(empty):
    assert tables() == set()
    for _ in range(2):
        done = run(empty, "init")
        assert done.exit_code == 0 and done.output.startswith("The database is ready.\n")

    assert tables() == set(db.metadata.tables)


def test_models_and_migrations_agree(empty):
    run(empty, "init")

    assert run(empty, "db", "check").exit_code == 0


def test_all_the_way_back_and_up_again(empty):
    migrator().upgrade()
    migrator().downgrade(revision="base")
    assert tables() == set()

    migrator().upgrade()

    assert tables() == set(db.metadata.tables)


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{head}"


def upgrade():
    {steps}
"""


def migrate_further(folder: Path, steps: str) -> None:
    """One more migration, run by the product's own env.py."""
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts)
    head = ScriptDirectory(str(scripts)).get_current_head()
    (scripts / "versions" / "9999_next.py").write_text(NEXT.format(head=head, steps=steps))
    migrator().upgrade(directory=str(scripts))


def counts():
    """Rows of every table."""
    names = tables()
    with reading_connection() as connection:
        return {name: connection.scalar(text(f'select count(*) from "{name}"')) for name in names}


BY_TYPE = {"INTEGER": 1, "BOOLEAN": 1, "FLOAT": 1.0, "DATETIME": "2026-01-01 00:00:00", "CHAR(32)": "1" * 32}


def a_row_everywhere():
    """One row in each table, all pointing at each other: every key is 1."""
    with reading():
        about = inspect(db.engine)
        rows = {name: a_row(about, name) for name in tables()}
    with db.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for name, row in rows.items():
            columns, values = ", ".join(f'"{each}"' for each in row), ", ".join(f":{each}" for each in row)
            connection.execute(text(f'insert into "{name}" ({columns}) values ({values})'), row)


def a_row(about, name):
    """What a row cannot do without, and whatever it points at. Of a closed list of words the first."""
    pointing = {column for key in about.get_foreign_keys(name) for column in key["constrained_columns"]}
    lists = [check["sqltext"] for check in about.get_check_constraints(name)]
    chosen = {column: word for each in lists for column, word in re.findall(r"(\w+) in \('(\w+)'", each)}
    return {
        column["name"]: chosen.get(column["name"]) or BY_TYPE.get(str(column["type"]), "1")
        for column in about.get_columns(name)
        if not column["nullable"] or column["name"] in pointing
    }


def revisions():
    return [each.revision for each in reversed(list(ScriptDirectory(str(SCRIPTS)).walk_revisions()))]


def test_a_file_begins_with_the_number_of_its_migration(empty):
    assert sorted(revisions_known()) == revisions()


@pytest.fixture
def filled(tmp_path, request):
    """A database of an older time or of today, with a row everywhere. Only SQLite rebuilds tables."""
    with nothing_yet(tmp_path / "instance"):
        migrator().upgrade(revision=getattr(request, "param", "head"))
        a_row_everywhere()
        yield counts()


@pytest.mark.parametrize("filled", revisions(), indirect=True)
def test_rows_of_every_older_version_come_along(filled):
    migrator().upgrade()

    assert {name: n for name, n in counts().items() if name in filled} == filled


@pytest.mark.parametrize(
    "table", ["organisation", "person", "site", "journey", "touchpoint", "area", "visit", "improvement"]
)
def test_rebuilding_a_table_deletes_no_child(filled, tmp_path, table):
    migrate_further(
        tmp_path,
        f"""with op.batch_alter_table("{table}", recreate="always") as batch:
        batch.add_column(sa.Column("more", sa.Integer))""",
    )

    assert counts() == filled
    assert "more" in {column["name"] for column in inspect(db.engine).get_columns(table)}
    with db.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_migration_that_would_leave_orphans_is_taken_back(filled, tmp_path, caplog):
    with pytest.raises(SystemExit):
        migrate_further(tmp_path, """op.execute("delete from journey")""")

    assert "would leave rows without their parents" in caplog.text
    assert counts() == filled


def test_a_migration_that_breaks_off_leaves_nothing(filled, tmp_path):
    before = tables()

    with pytest.raises(SystemExit):
        migrate_further(
            tmp_path,
            """op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("delete from api_token")
    raise RuntimeError("on purpose")""",
        )

    assert (tables(), counts()) == (before, filled)
    with reading_connection() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == revisions()[-1]
