"""Migrations: safe to repeat, never backwards, and rows stay where they are."""

import shutil

import pytest
from sqlalchemy import func, inspect, select, text

from shadowing.core.database import db, writing
from shadowing.core.migrating import migrator
from shadowing.operations.health import revisions_here, revisions_known
from tests.conftest import a_visit, an_observation, person, site


@pytest.fixture
def cli(app):
    db.session.remove()
    return app.test_cli_runner()


def set_revision(revision):
    with writing(), db.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :to"), {"to": revision})


def test_init_may_be_repeated(cli):
    for _ in range(2):
        done = cli.invoke(args=["init"])
        assert (done.exit_code, done.output) == (0, "The database is ready.\n")


@pytest.mark.parametrize("words", [["init"], ["serve"], ["demo"]], ids=" ".join)
def test_a_database_of_a_newer_version_is_left_alone_in_a_sentence(cli, olga, words):
    set_revision("9999")

    done = cli.invoke(args=words)

    assert done.exit_code == 1
    assert "made by a newer version of Shadowing (migration 9999)" in done.output
    assert revisions_here() == {"9999"}
    ready = olga.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["checks"]["migrations"] == "made by a newer version of Shadowing"


def test_the_code_and_a_new_database_are_of_one_mind(app):
    assert revisions_here() == revisions_known(newest=True)


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{newest}"


def upgrade():
    for table, column in (("person", "name"), ("journey", "origin"), ("panel", "kind"), ("visit", "mode")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, type_=sa.String(200))
    with op.batch_alter_table("site") as batch:
        batch.add_column(sa.Column("floor", sa.String(8)))
"""


def test_rebuilding_tables_keeps_the_rows_that_hang_on_them(olga, journey, app, tmp_path):
    """On SQLite a changed table is dropped and made anew, and a drop deletes its children with foreign keys on."""
    visit = a_visit(journey)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit)]})
    with writing():
        person("lena").sites = [site()]
        db.session.commit()
    before = counts()
    assert (before["person_site"], before["visit"], before["observation"]) == (1, 1, 1)
    db.session.remove()
    folder = tmp_path / "migrations"
    shutil.copytree(f"{app.root_path}/migrations", folder)
    (newest,) = revisions_known(newest=True)
    (folder / "versions" / "next.py").write_text(NEXT.format(newest=newest))

    with writing():
        migrator().upgrade(directory=str(folder))

    assert revisions_here() == {"next"}
    assert counts() == before
    assert {c["name"] for c in inspect(db.engine).get_columns("site")} >= {"floor", "kind"}


def counts():
    rows = {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in db.metadata.sorted_tables}
    db.session.rollback()
    return rows
