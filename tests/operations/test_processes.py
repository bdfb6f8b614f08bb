"""Several processes side by side: web processes only serve, workers share the work."""

import json
import time
import urllib.request

import psycopg
import pytest

from tests.support.fleet import Fleet


@pytest.fixture
def fleet(place):
    made = Fleet(place.folder, place.settings, workers=0)
    yield made
    made.kill()


def ready(fleet):
    with urllib.request.urlopen(f"{fleet.address}/readyz", timeout=10) as answer:
        return json.load(answer)


def leases(fleet):
    with psycopg.connect(fleet.settings["SHADOWING_DATABASE_URL"].replace("+psycopg", "")) as database:
        return dict(database.execute("select name, holder from lease").fetchall())


def until(question):
    for _ in range(200):
        if question():
            return
        time.sleep(0.05)
    raise AssertionError("never")


@pytest.mark.engine("postgresql")
def test_plain_gunicorn_starts_no_worker_and_two_workers_have_one_holder(fleet):
    fleet.start()
    time.sleep(1.5)
    assert ready(fleet)["worker"].startswith("nobody works")
    assert leases(fleet) == {}

    fleet.start_worker()
    until(lambda: ready(fleet)["worker"] == "ok")
    fleet.start_worker()
    time.sleep(1.5)
    before = leases(fleet)
    assert len(set(before.values())) == 1

    fleet.kill_worker()
    until(lambda: leases(fleet) and set(leases(fleet).values()).isdisjoint(before.values()))

    fleet.stop()
    assert leases(fleet) == {}
