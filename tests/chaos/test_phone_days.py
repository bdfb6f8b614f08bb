"""Simulated phone-days: whatever befalls phone, network and server, every record and photo arrives exactly once.

Each day follows from its seed; a failure names it: `SHADOWING_TEST_SEED=17 pytest tests/chaos` lives that day alone.
`make soak` lives two hundred. Rules out trap 1 of the peers (killed at each step of capture and sending) and trap 3
(session ended, another person, clock set by an hour, phone full), as far as no screen is needed.
"""

import hashlib
import json
import os
import sqlite3
import uuid
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import func, select

from shadowing.app import create_app
from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.models import Job
from shadowing.phone.sync.parsing import without_nulls
from shadowing.visits.media import images
from shadowing.visits.media.models import Photo
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Revision, Visit
from tests.chaos.days import Days, small_picture
from tests.support.forked import ForkedServer
from tests.support.waiting import wait_until_all_is_done

ONLY = os.environ.get("SHADOWING_TEST_SEED")
#: A slice in the suite, chosen by nothing but being the first; all of them in `make soak`.
SEEDS = [int(ONLY)] if ONLY else list(range(1, int(os.environ.get("SHADOWING_TEST_DAYS", "3")) + 1))
PATIENCE = 180


@pytest.fixture
def days(place):
    server = ForkedServer(place.folder)
    server.start(**place.settings)
    made = Days(server)
    yield made
    made.end()


@pytest.mark.timeout(PATIENCE + 60 * len(SEEDS))
@pytest.mark.engine("sqlite")
def test_days_of_bad_weather_lose_nothing_and_double_nothing(days, place):
    told = []
    for seed in SEEDS:
        lived = days.live(seed)
        print(tale(lived, len(told) + 1))
        everything_of_it_is_there(lived, days.server)
        told.append(lived)
    days.weather.calm()
    print("met:", dict(days.weather.met.most_common()))

    app = create_app(place.settings, instance=str(place.folder))
    with app.app_context(), reading():
        wait_until_all_is_done(PATIENCE)
        there_is_nothing_else(told)
        db.session.remove()
        db.engine.dispose()


def tale(lived, number):
    events = sum(lived["events"].values())
    return (
        f"day {number}, seed {lived['seed']}: {events} events, {lived['deaths']} deaths, "
        f"{lived['conflicts']} conflicts, "
        f"{lived['mended']} mended, {lived['refused']} not kept for want of room, {len(lived['records'])} records, "
        f"{len(lived['photos'])} photos"
    )


def everything_of_it_is_there(lived, server):
    """What this phone was told is kept, against what the server holds, id by id."""
    where = f"seed {lived['seed']}"
    held = rows(server, "visit") | rows(server, "observation")
    here = {record["id"]: record for record in lived["here"]}
    assert set(here) == {record["id"] for record in lived["records"]}, f"{where}: the phone lost a record"
    assert lived["withOneself"] == [], f"{where}: two versions of a record nobody else touched"
    entries = {entry["id"]: entry for entry in lived["entries"]}
    for record in lived["records"]:
        body, row = without_nulls(here[record["id"]]["body"]), held.get(record["id"])
        if record["id"] not in entries:
            assert row is None, f"{where}: never put in line, yet there: {record}"
            continue
        assert entries[record["id"]]["state"] == "done", f"{where}: {entries[record['id']]}"
        assert row is not None, f"{where}: {record} is not on the server"
        arrived = {k: v for k, v in json.loads(row["body"]).items() if k not in ("revision", "base_revision")}
        assert arrived == body, f"{where}: {record}"
        assert row["person_id"] == int(record["maker"]), f"{where}: {record} under another name"
    photos_are_there(lived, rows(server, "photo"), entries, where)


def photos_are_there(lived, held, entries, where):
    assert sorted(p["id"] for p in lived["photosHere"]) == sorted(
        p["id"] for p in lived["photos"] if not p.get("takenBack")
    ), f"{where}: the phone lost a photo"
    for photo in lived["photos"]:
        row = held.get(photo["id"])
        if row is not None:
            assert row["received_sha256"] == photo["sha256"], f"{where}: other bytes: {photo}"
            assert row["person_id"] == int(photo["maker"]), f"{where}: {photo} under another name"
        if photo.get("takenBack"):
            continue
        assert row is not None, f"{where}: {photo} is not on the server: {entries.get(photo['id'])}"
        assert entries[photo["id"]]["settled_at"], f"{where}: no second receipt: {entries[photo['id']]}"
    for photo in lived["photosHere"]:
        assert photo["dropped"] != lived["bytesHere"][photo["id"]], f"{where}: {photo}"
        assert photo["dropped"], f"{where}: confirmed twice and still here: {photo}"


def rows(server, table):
    address = f"file:{server.instance}/shadowing.sqlite?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as database:
        database.row_factory = sqlite3.Row
        return {str(uuid.UUID(row["id"])): dict(row) for row in database.execute(f"select * from {table}")}


def there_is_nothing_else(told):
    """Nothing on the server that no phone made, nothing counted or derived twice."""
    records = {record["id"] for lived in told for record in lived["records"]}
    made = {photo["id"] for lived in told for photo in lived["photos"]}
    assert ids(Visit) | ids(Observation) <= records
    assert ids(Photo) <= made
    same = db.session.execute(
        select(func.count()).select_from(Revision).group_by(Revision.record_id, Revision.number, Revision.digest)
    ).all()
    assert {n for (n,) in same} == {1}
    counted = Counter(str(rating) for rating in db.session.scalars(select(Observation.utility).filter_by(scored=True)))
    counted.pop("None", None)
    kept_up = select(Tally.key, func.sum(Tally.n)).where(Tally.kind == "utility").group_by(Tally.key)
    assert counted == {key: n for key, n in db.session.execute(kept_up) if n}
    jobs = Counter(db.session.scalars(select(Job.key).where(Job.kind == "derive_photo")))
    assert set(jobs.values()) == {1} and len(jobs) == len(ids(Photo))
    expected = hashlib.sha256(images.derive(small_picture()).large).hexdigest()
    for photo in db.session.scalars(select(Photo)):
        assert (photo.state, photo.stored_sha256) == ("ready", expected)
        assert store().exists(stored_key(expected, images.LARGE))
        assert not store().exists(received_key(photo.id, photo.sha256))


def ids(model):
    return {str(id) for id in db.session.scalars(select(model.id))}
