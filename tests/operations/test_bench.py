"""The floor of `make bench` starts under the product's own server: it has to follow when that changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from uuid import uuid4

from tests.bench.load import Call, drive
from tests.bench.servers import Floor


def test_the_floor_starts_and_keeps_what_it_is_sent(tmp_path: Path) -> None:
    ids = [str(uuid4()) for _ in range(3)]
    with Floor(tmp_path).start() as floor:
        drive(floor, [Call("PUT", f"/observations/{id}", b"{}") for id in ids], clients=2)

    with sqlite3.connect(tmp_path / "floor.sqlite") as database:
        assert sorted(id for (id,) in database.execute("SELECT id FROM record")) == sorted(ids)
