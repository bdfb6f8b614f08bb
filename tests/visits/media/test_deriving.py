"""The worker's derivatives never stand in the way of phones that write."""

import sqlite3
from contextlib import closing

import pytest

from shadowing.core.database import db
from shadowing.visits.media import images
from shadowing.visits.media.models import Photo
from tests.conftest import work
from tests.visits.media.test_put_photo import jpeg, put


@pytest.mark.engine("sqlite")
def test_no_lock_is_held_while_a_picture_is_decoded(olga, app, monkeypatch):
    derive, tries = images.derive, []

    def deriving(raw):
        with closing(sqlite3.connect(f"{app.instance_path}/shadowing.sqlite", timeout=0)) as somebody:
            somebody.execute("BEGIN IMMEDIATE")  # OperationalError when somebody else writes
            tries.append("free")
        return derive(raw)

    monkeypatch.setattr(images, "derive", deriving)
    put(olga, jpeg())

    work(app)

    assert tries == ["free"]
    assert db.session.query(Photo).one().state == "ready"
