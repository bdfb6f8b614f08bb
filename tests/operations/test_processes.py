"""Several processes side by side: web processes only serve, workers share the work."""

import json
import time
import urllib.request

import psycopg
import pytest

from tests.support.fleet import Fleet
from tests.support.waiting import wait_until


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


@pytest.mark.engine("postgresql")
def test_web_processes_alone_start_no_worker_and_two_workers_have_one_holder(fleet):
    fleet.start()
    time.sleep(1.5)
    assert ready(fleet)["worker"].startswith("nobody works")
    assert leases(fleet) == {}

    fleet.start_worker()
    wait_until(lambda: ready(fleet)["worker"] == "ok", seconds=20)
    fleet.start_worker()
    time.sleep(1.5)
    before = leases(fleet)
    assert len(set(before.values())) == 1

    fleet.kill_worker()
    wait_until(lambda: leases(fleet) and set(leases(fleet).values()).isdisjoint(before.values()), seconds=20)

    fleet.stop()
    assert leases(fleet) == {}
