"""A backup brings everything back, to any engine; a broken or damaged one is known for what it is."""

import json
import shutil
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text

from shadowing.app import create_app
from shadowing.core.bytes.store import store, stored_key
from shadowing.core.database import db, reading, reading_connection
from shadowing.operations.backup import making
from shadowing.operations.backup.folder import MANIFEST
from shadowing.operations.backup.tables import columns_of, kept_tables, plain
from shadowing.visits.media.models import Photo, Sound, sound_key
from tests.conftest import a_visit, an_observation, work
from tests.visits.media.test_put_photo import cut_to_nothing, jpeg, put
from tests.visits.media.test_put_sound import put as say

HOSTILE = "排队\x00半小时 \u202e'; drop table visit; -- \U0001f600 “”"


@pytest.fixture
def full(olga, otto, journey, app):
    """Something in nearly every table: scored visits, an improvement, photos derived, waiting and unreadable."""
    for client in (olga, otto):
        for number in range(4):
            visit = a_visit(journey, purpose=HOSTILE, outcome="yes", satisfaction=2)
            low = an_observation(journey, visit, utility=1, usability=2, delight=3, quote=HOSTILE)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [low]})
            put(client, jpeg(color=(number * 60, 9, 9)), uuid.uuid4(), low["id"])
    put(olga, cut_to_nothing())
    assert say(olga, observation=low["id"]).status_code == 201
    work(app)
    put(olga, jpeg("blue"))
    db.session.remove()
    return app


@pytest.fixture
def elsewhere(tmp_path, request):
    """A new, empty installation: sqlite, postgresql, or the latter with photos on S3."""
    made = []

    def make(name):
        engine, _, photos = name.partition("+")
        settings = {"SHADOWING_SECRET_KEY": "other"}
        if engine == "postgresql":
            databases = request.getfixturevalue("postgres")
            database = databases.make()
            made.append((databases, database))
            settings["SHADOWING_DATABASE_URL"] = databases.address(database)
        if photos:
            settings |= request.getfixturevalue("bucket").settings()
        return create_app(settings, instance=str(tmp_path / f"elsewhere-{len(made)}-{engine}"))

    yield make
    for databases, database in made:
        databases.drop(database)


def run(app, *words):
    db.session.remove()
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def everything():
    """Every stored value of every kept table, and the bytes of every photo and voice note."""
    found = {}
    with reading_connection() as connection:
        for table in kept_tables():
            stored = plain(table.name, columns_of(table))
            rows = connection.execute(stored.select()).all()
            found[table.name] = sorted(json.dumps(list(row), default=str) for row in rows)
        ready = connection.execute(db.select(Photo.stored_sha256).where(Photo.stored_sha256.is_not(None)))
        found["bytes"] = {sha: [store().get(stored_key(sha, size)) for size in (1600, 400)] for (sha,) in ready}
        spoken = connection.execute(db.select(Sound.id, Sound.sha256)).all()
        found["spoken"] = {id: store().get(sound_key(id, sha256)) for id, sha256 in spoken}
    return found


def without_nul(found):
    """PostgreSQL's text has no NUL; what a phone sent keeps it, escaped, in the body."""
    return {
        name: [row.replace("\\u0000", "") for row in rows]
        for name, rows in found.items()
        if name not in ("bytes", "spoken")
    }


@pytest.mark.parametrize("target", ["sqlite", "postgresql", "postgresql+s3"])
def test_everything_comes_back_on_any_engine(full, elsewhere, tmp_path, target):
    before = everything()
    made = run(full, "backup", tmp_path / "backup")
    assert made.exit_code == 0, made.output
    assert "10 photos, every file written and read again" in made.output
    db.session.remove()

    other = elsewhere(target)
    with other.app_context():
        done = run(other, "restore", tmp_path / "backup")
        assert done.exit_code == 0, done.output
        after = everything()
        assert without_nul(after) == without_nul(before)
        assert after["spoken"] == before["spoken"] and len(after["spoken"]) == 1
        assert after["bytes"] == before["bytes"] and len(after["bytes"]) >= 4
        it_goes_on(other)
        db.session.remove()
        db.engine.dispose()


def it_goes_on(app):
    """New rows are numbered after the old ones, and the photo that waited is derived."""
    assert run(app, "user", "add", "new@test.example", "--name", "New", "--role", "lead").exit_code == 0
    app.extensions["worker"].drain()
    with reading():
        states = sorted(db.session.scalars(db.select(Photo.state)))
    assert states == ["ready"] * 9 + ["unreadable"]


def test_a_photo_derived_between_the_rows_and_the_photos_is_taken_as_it_is_then(full, elsewhere, tmp_path, monkeypatch):
    copy = making._copy_photos

    def meanwhile(*args):
        work(full)
        db.session.remove()
        return copy(*args)

    monkeypatch.setattr(making, "_copy_photos", meanwhile)
    assert run(full, "backup", tmp_path / "backup").exit_code == 0

    other = elsewhere("sqlite")
    with other.app_context():
        assert run(other, "restore", tmp_path / "backup").exit_code == 0
        it_goes_on(other)
        assert len(everything()["bytes"]) == 5


def test_only_an_empty_place_takes_a_backup(full, elsewhere, tmp_path):
    assert run(full, "backup", tmp_path / "backup").exit_code == 0

    done = run(full, "restore", tmp_path / "backup")

    assert (done.exit_code, "into an empty one only" in done.output) == (1, True)


def test_a_folder_that_is_there_is_not_written_into(full, tmp_path):
    (tmp_path / "backup").mkdir()

    done = run(full, "backup", tmp_path / "backup")

    assert (done.exit_code, "is there already" in done.output) == (1, True)


@pytest.mark.engine("sqlite")
def test_a_backup_broken_off_is_known_and_goes_on_where_it_was(full, elsewhere, tmp_path, monkeypatch):
    photos = full.extensions["photo_store"]
    get, got = photos.get, []

    def breaking(key):
        if len(got) == 3:
            raise OSError(28, "No space left on device")
        got.append(key)
        return get(key)

    monkeypatch.setattr(photos, "get", breaking)
    broken = run(full, "backup", tmp_path / "backup")
    assert (broken.exit_code, "No space left" in broken.output) == (1, True)
    assert not (tmp_path / "backup").exists()
    other = elsewhere("sqlite")
    with other.app_context():
        refused = run(other, "restore", tmp_path / "backup.partial")
        assert (refused.exit_code, "not a whole backup" in refused.output) == (1, True)

    monkeypatch.setattr(photos, "get", lambda key: got.append(key) or get(key))
    with full.app_context():
        assert run(full, "backup", tmp_path / "backup").exit_code == 0
    assert len(got) == len(set(got)), "a photo was fetched twice"


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("harm", ["bytes", "gone", "manifest", "newer", "format"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(full, elsewhere, tmp_path, harm):
    folder = tmp_path / "backup"
    assert run(full, "backup", folder).exit_code == 0
    damage(folder, harm)
    other = elsewhere("sqlite")

    with other.app_context():
        done = run(other, "restore", folder)

        assert done.exit_code == 1 and done.output.startswith("Error: "), done.output
        assert not Path(other.instance_path, "photos").exists()
        if Path(other.instance_path).exists():
            with reading_connection() as connection:
                assert connection.execute(text("select count(*) from sqlite_master")).scalar() == 0


def damage(folder, harm):
    photo = next(path for path in (folder / "photos").rglob("*") if path.is_file())
    if harm == "bytes":
        photo.write_bytes(photo.read_bytes()[:-1] + b"x")
    elif harm == "gone":
        photo.unlink()
    elif harm == "manifest":
        (folder / MANIFEST).write_text("{")
    else:
        manifest = json.loads((folder / MANIFEST).read_text())
        manifest |= {"revision": "9999"} if harm == "newer" else {"format": 2}
        (folder / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.engine("sqlite")
def test_photos_of_an_earlier_backup_take_no_room_again(full, tmp_path):
    assert run(full, "backup", tmp_path / "monday").exit_code == 0
    with full.app_context():
        assert run(full, "backup", tmp_path / "tuesday", "--after", tmp_path / "monday").exit_code == 0
    photo = next(path for path in (tmp_path / "tuesday" / "photos" / "stored").rglob("*.webp"))

    assert photo.samefile(tmp_path / "monday" / photo.relative_to(tmp_path / "tuesday"))


@pytest.mark.engine("sqlite")
def test_a_lost_photo_is_told_and_does_not_stop_the_backup(full, tmp_path):
    shutil.rmtree(Path(full.instance_path, "photos", "stored"))

    done = run(full, "backup", tmp_path / "backup")

    assert done.exit_code == 0
    assert "8 photos or voice notes are in the database but not in the store" in done.output


def test_a_picture_that_cannot_be_derived_is_in_no_backup(full, tmp_path):
    """It still says where it was taken. One that waits is there: its phone was told that it is safe."""
    photos = {photo.state: photo for photo in db.session.query(Photo)}
    keys = {state: photo.key for state, photo in photos.items()}
    assert store().exists(keys["unreadable"])

    assert run(full, "backup", tmp_path / "b").exit_code == 0

    names = " ".join(json.loads((tmp_path / "b" / MANIFEST).read_text("utf-8"))["files"])
    assert str(photos["unreadable"].id) not in names
    assert str(photos["received"].id) in names
