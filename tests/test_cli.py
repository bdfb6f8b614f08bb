"""Commands as people type them: each helps, does one thing, and fails in a sentence."""

from __future__ import annotations

import contextvars
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from shadowing.app import create_app
from shadowing.core.database import db
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.people.passwords import matches
from shadowing.scoring.models import AreaScore
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import ScoreChange
from shadowing.visits.models.visit import Visit
from tests.conftest import a_visit, an_observation
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.engine("sqlite")

#: What scripts of others rely on.
PROMISED = {
    *("init", "demo", "serve", "worker", "backup", "restore", "import", "user add", "token add"),
    *("pack list", "pack add", "scores refresh", "scores rebuild"),
}
MAP = {
    "name": {"en": "Kiosk survey", "zh": "自助机调查"},
    "key": "no",
    "touchpoints": [{"key": "kiosk", "name": {"en": "Kiosk", "zh": "自助机"}, "stage": "first"}],
    "columns": {"clear": {"kind": "rating", "touchpoint": "kiosk", "channel": "kiosk", "level": "usability"}},
}
SHEET = "no,clear\n" + "".join(f"{number},{2 + number % 3}\n" for number in range(1, 10)) + "10,9\n"


def run(app, *words):
    """A command, in a context of its own as in a shell."""
    db.session.rollback()
    return contextvars.Context().run(app.test_cli_runner().invoke, args=[str(word) for word in words])


def done(app, *words):
    found = run(app, *words)
    assert found.exit_code == 0, found.output
    return found.stdout


def refused(app, *words):
    """The one sentence it fails with."""
    found = run(app, *words)
    assert found.exit_code == 1, found.output
    assert found.stdout == ""
    said = [line for line in found.stderr.splitlines() if line.startswith("Error: ")]
    assert len(said) == 1
    assert "Traceback" not in found.stderr
    sentence = said[0].removeprefix("Error: ")
    assert sentence[-1] in ".?!", sentence
    return sentence


def commands(group, path=()):
    """Every command of ours with the words that call it."""
    for name, command in group.commands.items():
        if name in ("run", "shell", "routes", "db"):
            continue  # the framework's own
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.fixture
def sheet(tmp_path):
    """A small survey and its map: ten rows, the last one impossible."""
    (tmp_path / "map.json").write_text(json.dumps(MAP))
    (tmp_path / "sheet.csv").write_text(SHEET)
    return [tmp_path / "sheet.csv", "--map", tmp_path / "map.json", "--journey", "Kiosk survey"]


def test_every_command_helps(app):
    found = dict(commands(app.cli))
    assert found.keys() >= PROMISED
    for path, command in found.items():
        helped = run(app, *path.split(), "--help")

        assert helped.exit_code == 0, path
        assert "Usage:" in helped.output
        assert command.help and command.help.strip().split("\n")[0].endswith("."), f"{path} says nothing"


def test_a_person_is_added_with_a_password_of_ours_or_theirs(app):
    given = done(
        app, "user", "add", "Rosa@Test.example", "--name", "Rosa", "--role", "lead", "--password", "a b c d e f g h"
    )
    made = done(app, "user", "add", "sam@test.example", "--name", "Sam", "--role", "observer")

    assert given == "Rosa@Test.example may sign in.\n"
    password = re.fullmatch(r"sam@test\.example may sign in with the password (\S+)\n", made)[1]
    rosa, sam = (db.session.query(Person).filter_by(email=f"{name}@test.example").one() for name in ("rosa", "sam"))
    assert (rosa.role, sam.role) == ("lead", "observer")
    assert matches("a b c d e f g h", rosa.password_hash)
    assert matches(password, sam.password_hash)


@pytest.mark.parametrize(
    ("email", "more", "said"),
    [
        ("olga@test.example", (), "has an account already"),
        ("nobody", (), "is not an e-mail address"),
        ("new@test.example", ("--password", "short"), "characters"),
    ],
)
def test_a_person_that_cannot_be_is_refused(app, email, more, said):
    before = db.session.query(Person).count()

    assert said in refused(app, "user", "add", email, "--name", "N", "--role", "lead", *more)
    assert db.session.query(Person).count() == before


def test_a_token_is_printed_and_nothing_else(app):
    token = done(app, "token", "add", "lena@test.example", "--name", "dashboard")

    assert re.fullmatch(r"\S+\n", token)
    headers = {"Authorization": f"Bearer {token.strip()}"}
    assert app.test_client().get("/api/v1/session", headers=headers).get_json()["user"]["name"] == "Lena"
    assert "Nobody" in refused(app, "token", "add", "nobody@test.example", "--name", "dashboard")


def test_packs_are_listed_and_become_journeys(app, olga):
    names = [line.split()[0] for line in done(app, "pack", "list").splitlines()]
    assert "hospital_outpatient" in names

    id = done(app, "pack", "add", names[0])

    assert re.fullmatch(r"\d+\n", id)
    assert id.strip() in [journey["id"] for journey in olga.get("/api/v1/carry").get_json()["journeys"]]
    assert names[0] in refused(app, "pack", "add", "zeppelin_yard")


def test_a_sheet_is_taken_in_and_scored(app, sheet):
    said = done(app, "import", *sheet, "--date", "2026-01-05").splitlines()

    assert said[0] == "10 rows: 9 imported, 0 here already, 1 refused. 9 marks: 9 ratings, 0 not-marks."
    assert len(said) == 2
    assert "row 11" in said[1] and "9" in said[1]
    assert db.session.query(Import).one().rows_imported == 9
    assert {score.n for score in db.session.query(AreaScore)} == {9}
    assert db.session.query(ScoreChange).count() == 0


def test_a_dry_run_stores_nothing(app, sheet):
    assert "9 would be imported" in done(app, "import", *sheet, "--date", "2026-01-05", "--dry-run")

    assert db.session.query(Import).count() == 0
    assert db.session.query(Journey).filter_by(origin="import").count() == 0


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        ({0: "/nowhere/sheet.csv"}, "/nowhere/sheet.csv"),
        ({2: "no_such_map"}, "no_such_map"),
        ({4: "Hospital outpatient visit"}, "people shadow"),
        ({}, "--date"),
    ],
)
def test_a_sheet_that_cannot_be_taken_in_says_why(app, sheet, replaced, said):
    words = [replaced.get(number, word) for number, word in enumerate(sheet)]
    if replaced:
        words += ["--date", "2026-01-05"]
    if 4 in replaced:
        words[4] = db.session.query(Journey).one().name["en"]

    assert said in refused(app, "import", *words)
    assert db.session.query(Visit).count() == 0


@pytest.mark.parametrize(
    "words",
    [
        ("user", "add", "rosa@test.example"),
        ("user", "add", "rosa@test.example", "--name", "R", "--role", "boss"),
        ("token", "add"),
        ("pack", "add"),
        ("import",),
        ("import", "sheet.csv", "--map", "m", "--journey", "j", "--date", "5 January"),
        ("scores", "refresh", "--really"),
    ],
)
def test_what_was_typed_wrong_is_said_in_a_sentence_too(app, words):
    refused(app, *words)


def test_scores_follow_by_command(app, olga, journey):
    visit = a_visit(journey)
    body = {"visits": [visit], "observations": [an_observation(journey, visit, utility=2)]}
    assert olga.post("/api/v1/sync", json=body).status_code == 200

    assert done(app, "scores", "refresh") == "1 panels refreshed.\n"
    assert db.session.query(AreaScore).filter_by(scope="").one().raw_mean == 2
    assert done(app, "scores", "refresh") == "0 panels refreshed.\n"
    assert done(app, "scores", "rebuild") == "1 panels rebuilt.\n"


def test_a_demonstration_never_comes_over_what_is_there(app):
    people = db.session.query(Person).count()

    refused(app, "demo", "--reset")
    refused(app, "demo")

    assert db.session.query(Person).count() == people
    assert db.session.query(Visit).count() == 0


def test_a_database_nobody_prepared_is_named(tmp_path):
    empty = create_app({"SHADOWING_SECRET_KEY": "test"}, instance=str(tmp_path))
    for words in (
        ("user", "add", "a@b.example", "--name", "A", "--role", "lead"),
        ("pack", "add", "hospital_outpatient"),
    ):
        with empty.app_context():
            assert "init" in refused(empty, *words)
            db.engine.dispose()


def test_in_a_shell_a_failure_is_one_line_and_exit_1(app):
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "token", "add", "nobody@test.example", "--name", "t"]
    environment = Server(Path(app.instance_path)).environment()

    found = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert (found.returncode, found.stdout) == (1, "")
    assert re.fullmatch(r"Error: .*nobody@test\.example.*\.\n", found.stderr)


READING = (
    ["backup", "somewhere"],
    ["doctor"],
    ["scores", "refresh"],
    ["token", "add", "a@b.example", "--name", "x"],
    ["worker"],
)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_command_beside_an_installation_elsewhere_makes_none_here(words, tmp_path):
    missing = tmp_path / "instance"
    app = create_app(instance=str(missing))

    done = app.test_cli_runner().invoke(args=words)

    assert done.exit_code == 1 and f"There is no installation at {missing}" in done.output
    assert not missing.exists()


def test_a_folder_without_a_database_stays_empty(tmp_path):
    done = create_app(instance=str(tmp_path)).test_cli_runner().invoke(args=["doctor"])

    assert done.exit_code == 1 and "SHADOWING_INSTANCE_PATH" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_password_can_be_said_where_no_list_of_processes_shows_it(app):
    words = ["user", "add", "kim@test.example", "--name", "Kim", "--role", "observer", "--password", "-"]
    db.session.rollback()

    weak = app.test_cli_runner().invoke(args=words, input="basketball\n")
    assert (weak.exit_code, "easily guessed" in weak.stderr) == (1, True)
    assert app.test_cli_runner().invoke(args=words, input="four green lamps sing\n").exit_code == 0
    kim = db.session.query(Person).filter_by(email="kim@test.example").one()
    assert matches("four green lamps sing", kim.password_hash)
