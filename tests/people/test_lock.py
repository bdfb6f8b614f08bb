"""A phone on a slow line must not keep the others waiting: no write lock while its body arrives."""

import io
import json
import sqlite3
import uuid
from contextlib import closing

import pytest

from tests.conftest import a_visit, an_observation
from tests.visits.media.test_put_photo import jpeg


class Slow(io.BytesIO):
    """A body; while it is read, somebody else writes."""

    def __init__(self, raw, database):
        super().__init__(raw)
        self.database, self.others = database, 0

    def readinto(self, buffer):
        with closing(sqlite3.connect(self.database, timeout=0)) as somebody:
            somebody.execute("BEGIN IMMEDIATE")  # OperationalError when the lock is taken
            self.others += 1
        return super().readinto(buffer)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("kind", ["visit", "observation", "batch", "photo"])
def test_others_write_while_a_body_arrives(kind, olga, journey, app):
    visit = a_visit(journey)
    seen = an_observation(journey, visit)
    method, path, content, raw = {
        "visit": ("PUT", f"visits/{visit['id']}", "application/json", json.dumps(visit).encode()),
        "observation": ("PUT", f"observations/{seen['id']}", "application/json", json.dumps(seen).encode()),
        "batch": ("POST", "sync", "application/json", json.dumps({"visits": [visit]}).encode()),
        "photo": ("PUT", f"photos/{uuid.uuid4()}?observation={seen['id']}", "image/jpeg", jpeg()),
    }[kind]
    body = Slow(raw, f"{app.instance_path}/shadowing.sqlite")

    answer = olga.open(
        f"/api/v1/{path}", method=method, input_stream=body, content_length=len(raw), content_type=content
    )

    assert answer.status_code in (200, 201)
    assert body.others
