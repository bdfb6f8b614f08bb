"""kill -9 of web processes and workers while phones send: nothing acknowledged is lost, nothing is there twice."""

import os
import random
import time
from collections import Counter

import pytest
from sqlalchemy import select

from shadowing.app import create_app
from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, reading
from shadowing.visits.media.models import Photo
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation
from tests.support.fleet import Fleet
from tests.support.safe import ids, sent_home
from tests.support.senders import Sender
from tests.support.server import Server

PHONES = 3
#: One of each in a short run; `make soak` kills a hundred times.
KILLS = int(os.environ.get("SHADOWING_TEST_KILLS", "3"))
WHAT = ("worker", "all", "web")
#: When to give up waiting, in seconds: generous, since a busy machine is slow and not wrong.
PATIENCE = 180


@pytest.fixture
def fleet(place):
    made = Fleet(place.folder, place.settings, workers=2)
    yield made
    made.kill()


@pytest.mark.timeout(3 * PATIENCE + 10 * KILLS)
@pytest.mark.engine("sqlite", "postgresql+s3")
def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_twice(fleet, place):
    token = fleet.command("token", "add", "olga@test.example", "--name", "phone").strip()
    fleet.start()
    phones = [Sender(fleet.address, token, seed) for seed in range(PHONES)]
    for phone in phones:
        phone.start()

    kill_now_and_then(fleet, phones, random.Random(7))

    sent_home(phones, fleet.settings, place.folder, PATIENCE)


@pytest.mark.timeout(3 * PATIENCE)
@pytest.mark.engine("postgresql+s3")
def test_a_backup_while_phones_send_is_of_one_moment(fleet, place, tmp_path):
    token = fleet.command("token", "add", "olga@test.example", "--name", "phone").strip()
    fleet.start()
    phones = [Sender(fleet.address, token, seed) for seed in range(2)]
    for phone in phones:
        phone.start()
    until_sent(phones, 4)
    safe_before = {id: raw for phone in phones for id, raw in list(phone.told.photos.items())}

    fleet.command("backup", str(tmp_path / "backup"))

    for phone in phones:
        phone.enough.set()
        phone.join(timeout=PATIENCE)
        assert phone.failure is None, phone.failure
    Server(tmp_path / "other").command("restore", str(tmp_path / "backup"))
    app = create_app(instance=str(tmp_path / "other"))
    with app.app_context(), reading():
        assert set(safe_before) <= ids(Photo)
        said = Counter(str(rating) for rating in db.session.scalars(select(Observation.utility).filter_by(scored=True)))
        assert said == dict(db.session.execute(select(Tally.key, Tally.n).where(Tally.kind == "utility")).all())
        for photo in db.session.scalars(select(Photo)):
            key = received_key(photo.id, photo.sha256)
            assert store().exists(stored_key(photo.stored_sha256, 1600) if photo.state == "ready" else key)
        db.session.remove()
        db.engine.dispose()


def kill_now_and_then(fleet, phones, chance):
    """A worker, everything, a web process in turn, at moments that the seed decides, while phones send."""
    for number in range(KILLS):
        what = WHAT[number % len(WHAT)]
        until_sent(phones, 4 * (number + 1))
        time.sleep(chance.uniform(0, 0.3))
        if what == "all":
            fleet.kill()
            fleet.start()
        elif what == "web":
            fleet.kill_web_process()
        else:
            fleet.kill_worker()
            fleet.start_worker()
    until_sent(phones, 4 * KILLS + 4)


def until_sent(phones, visits):
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if sum(len(phone.told.visits) for phone in phones) >= visits:
            return
        time.sleep(0.05)
    raise AssertionError(f"the phones did not get {visits} visits through")
