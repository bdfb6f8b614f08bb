"""Two hundred phones while web, worker, PostgreSQL and S3 are restarted in turn, for minutes. Part of `make soak`."""

from __future__ import annotations

import os
import time

import pytest

from tests.bench.processes import pss
from tests.support.fleet import Fleet
from tests.support.postgres import OwnServer
from tests.support.safe import sent_home
from tests.support.seaweed import Seaweed
from tests.support.senders import Sender
from tests.support.stage import SECRET

MINUTES = float(os.environ.get("SHADOWING_TEST_SHIFT_MINUTES", "0"))
PHONES = 200
#: Seconds between two visits of a phone: six visits a second come in, with twelve observations and six photos.
PAUSE = PHONES / 6
#: How long anything is away, and how long it then has to itself.
AWAY, QUIET = 3, 12
PATIENCE = 600
#: Below so many readings a quarter of them says nothing of whether memory grows.
FEWEST = 8


@pytest.fixture
def database():
    server = OwnServer()
    yield server.start()
    server.remove()


@pytest.fixture
def bucket(monkeypatch):
    server = Seaweed()
    for name, value in server.keys.items():
        monkeypatch.setenv(name, value)
    yield server.start()
    server.remove()


@pytest.fixture
def fleet(tmp_path, database, bucket):
    if not MINUTES:
        pytest.skip("the shift ends in make soak")
    url = database.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    made = Fleet(tmp_path / "instance", SECRET | {"SHADOWING_DATABASE_URL": url} | bucket.settings())
    made.command("init")
    made.command("pack", "add", "hospital_outpatient")
    made.command("user", "add", "olga@test.example", "--name", "Olga", "--role", "observer")
    yield made.start()
    made.kill()


@pytest.mark.timeout(60 * MINUTES + 2 * PATIENCE)
def test_at_the_end_of_a_shift_nothing_acknowledged_is_lost_whatever_is_restarted(fleet, database, bucket):
    token = fleet.command("token", "add", "olga@test.example", "--name", "phone").strip()
    phones = [Sender(fleet.address, token, seed, PAUSE) for seed in range(PHONES)]
    for phone in phones:
        phone.start()

    memory = restart_in_turn(fleet, database, bucket)

    sent_home(phones, fleet.settings, fleet.instance, PATIENCE)
    print(f"{sum(len(phone.told.photos) for phone in phones)} visits, MB of the web processes: {memory}")
    quarter = len(memory) // 4
    if quarter >= FEWEST:
        assert max(memory[3 * quarter :]) < 1.15 * max(memory[quarter : 2 * quarter])


def restart_in_turn(fleet, database, bucket):
    """What the web processes take in MB, after each restart of something."""
    memory, until = [], time.monotonic() + 60 * MINUTES
    while time.monotonic() < until:
        for away, back in turns(fleet, database, bucket):
            away()
            time.sleep(AWAY)
            back()
            time.sleep(QUIET)
            memory.append(round(pss(fleet.process.pid)))
    return memory


def turns(fleet, database, bucket):
    return (
        (fleet.kill_web_process, lambda: None),
        (fleet.kill_worker, fleet.start_worker),
        (database.stop, database.start),
        (bucket.stop, bucket.start),
    )
