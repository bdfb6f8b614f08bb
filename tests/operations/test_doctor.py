"""flask doctor names what is wrong and how to mend it; exit 1 exactly then."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs import queue
from shadowing.core.jobs.models import Job
from shadowing.operations import doctor
from shadowing.visits.models.visit import Visit
from tests.conftest import a_visit, work


@pytest.fixture
def well(app, monkeypatch):
    """Nothing is wrong: a worker is at work, the key is long, no setting is foreign."""
    for name in os.environ:
        if name.startswith("SHADOWING_"):
            monkeypatch.delenv(name)
    app.config["SECRET_KEY"] = "x" * 48
    work(app)
    return app


def examine(app, *words):
    db.session.rollback()
    with writing():
        return app.test_cli_runner().invoke(args=["doctor", *words])


def test_all_is_well(well):
    done = examine(well)

    assert done.exit_code == 0, done.output
    assert "Everything is in order." in done.output
    assert "WRONG" not in done.output


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SHADOWING_PORT", "eighty", "SHADOWING_PORT is not a number"),
        ("SHADOWING_BASE_URL", "shadowing.example.org", "is not an address"),
        ("SHADOWING_BASE_URL", "https://shadowing.example.org", "Set SHADOWING_TRUSTED_PROXIES=1"),
    ],
)
def test_a_wrong_setting_is_named(well, name, value, said):
    well.config[name] = value

    done = examine(well)

    assert (done.exit_code, said in done.output) == (1, True), done.output


def test_mail_is_no_duty_but_must_work_where_it_is_set_up(well, postbox):
    assert "not set up" in examine(well).output

    well.config.update(SHADOWING_MAIL_URL=f"smtp://{postbox.address}", SHADOWING_BASE_URL="http://s.test.example")
    assert "answers, not encrypted" in examine(well).output
    for wrong, said in (("smtp://127.0.0.1:9", "Correct the server"), ("nonsense server", "names no server")):
        well.config["SHADOWING_MAIL_URL"] = wrong
        done = examine(well)
        assert (done.exit_code, said in done.output) == (1, True), done.output


def test_links_in_mails_must_lead_somewhere(well, postbox):
    well.config["SHADOWING_MAIL_URL"] = f"smtp://{postbox.address}"

    assert "Set SHADOWING_BASE_URL" in examine(well).output


def test_a_misspelt_setting_is_named(well, monkeypatch):
    monkeypatch.setenv("SHADOWING_DATABSE_URL", "postgresql://x")

    assert "SHADOWING_DATABSE_URL is not a setting" in examine(well).output


def test_a_key_that_others_read_is_named_with_the_command_that_mends_it(well):
    well.config["SHADOWING_SECRET_KEY"] = ""
    path = Path(well.instance_path) / "secret_key"
    path.write_text("x" * 64)
    path.chmod(0o644)

    assert f"chmod 600 {path}" in examine(well).output
    path.chmod(0o600)
    assert examine(well).exit_code == 0


def test_a_short_key_is_named(well):
    well.config["SECRET_KEY"] = "test"

    assert "shorter than 32 characters" in examine(well).output


def test_too_little_room_is_named(well, monkeypatch):
    monkeypatch.setattr(doctor, "GIBIBYTE", 10**15)

    assert "Make room" in examine(well).output


def test_a_store_that_cannot_be_written_is_named(well, monkeypatch):
    def check():
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(well.extensions["photo_store"], "check", check)

    assert "Read-only file system" in examine(well).output


def test_a_database_that_does_not_answer_is_named(well, place):
    db.session.remove()
    with place.database_gone():
        done = examine(well)

    assert (done.exit_code, "WRONG database" in done.output) == (1, True)


def test_a_clock_that_runs_behind_is_named(well, olga, journey):
    visit = a_visit(journey)
    olga.put(f"/api/v1/visits/{visit['id']}", json=visit)
    with writing():
        db.session.query(Visit).update({"received_at": clock.now() + timedelta(hours=2)})
        db.session.commit()

    assert "Set this clock by NTP" in examine(well).output


@pytest.mark.engine("postgresql")
def test_a_clock_that_differs_from_the_databases_is_named(well, monkeypatch):
    ahead = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(doctor.clock, "now", lambda: ahead)

    assert "differ by 180 s" in examine(well).output


def test_a_worker_that_is_gone_and_work_that_waits_are_named(well, monkeypatch):
    with writing():
        queue.enqueue("night", {}, clock.now() - timedelta(minutes=1), key="late")
        db.session.commit()
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(doctor, "MOST_DRIFT", timedelta(hours=1))
    monkeypatch.setattr(doctor.clock, "now", lambda: later)

    said = examine(well).output

    assert "nobody works since" in said
    assert "work waits since" in said


def test_a_job_that_gave_up_is_named_and_may_be_tried_again(well):
    with writing():
        queue.enqueue("dance", {}, clock.now(), key="once")
        db.session.commit()
        for _ in range(queue.MOST_ATTEMPTS):
            work(well)
            db.session.query(Job).filter_by(key="once", done_at=None).update({"run_at": clock.now()})
            db.session.commit()
        number = db.session.query(Job).filter_by(key="once").one().id

    done = examine(well)
    assert (done.exit_code, f"doctor --again {number}" in done.output) == (1, True), done.output

    well.extensions["worker"].handlers = {**well.extensions["worker"].handlers, "dance": lambda _: None}
    assert examine(well, "--again", str(number)).exit_code == 0
    work(well)
    assert examine(well).exit_code == 0
    assert "No job 987 has given up" in examine(well, "--again", "987").output
