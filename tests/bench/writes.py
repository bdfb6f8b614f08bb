"""One observation, one photo, a phone's backlog: by 1, 4 and 16 clients, beside the floor and a worker that works."""

from __future__ import annotations

import gzip
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.load import Call, Client, Run, drive
from tests.bench.photograph import photograph
from tests.bench.processes import Syncs, pss
from tests.bench.rounds import Table, alternated, percentile
from tests.bench.servers import Floor, Ours
from tests.support.postgres import Missing, OwnServer

#: How many requests by how many clients; how many observations a batch, and batches a run.
CALLS = {1: 150, 4: 240, 16: 480}
BATCH, BATCHES, SENDERS = 50, 12, 4


class Phone:
    """An observer with a visit under way, who knows what to send."""

    def __init__(self, server: Ours, token: str) -> None:
        self.client = Client(server, token)
        carried: Any = self.client.get_json("/api/v1/carry")
        journey = carried["journeys"][0]
        self.places = [place for stage in journey["stages"] for place in stage["touchpoints"]]
        visit = {"id": str(uuid.uuid4()), "journey_id": journey["id"], "journey_version": journey["version"]}
        self.visit = {**visit, "started_at": datetime.now(UTC).isoformat(), "status": "in_progress"}
        self.client.call(Call("POST", "/api/v1/sync", json.dumps({"visits": [self.visit]}).encode()))

    def observation(self, number: int) -> dict[str, Any]:
        """What a phone sends of one touchpoint: about 900 bytes."""
        place = self.places[number % len(self.places)]
        return {
            "id": str(uuid.uuid4()),
            "revision": 1,
            "visit_id": self.visit["id"],
            "touchpoint_id": place["id"],
            "channel": place["channels"][0],
            "utility": number % 5 + 1,
            "usability": number % 4 + 1,
            "delight": number % 3 + 2,
            "expectation": 0,
            "emotion": number % 5 - 2,
            "timings": {"wait": 30 + number % 600, "service": 120},
            "standards": {standard["id"]: "met" for standard in place["standards"] or ()},
            "factors": [{"factor": "people", "effect": "helped"}],
            "note": "Waited beside the kiosk until somebody came and showed where to press. " * 2,
            "observed_at": datetime.now(UTC).isoformat(),
        }


def measure(table: Table, folder: Path, rounds: int) -> None:
    """What comes in is scored meanwhile; photos that came in are derived while more comes."""
    with_database(table, folder, rounds, {})


def on_postgresql(table: Table, folder: Path, rounds: int) -> None:
    """The same on PostgreSQL as it is shipped: what it says is written is on the disk."""
    try:
        server = OwnServer(settings={})
    except Missing as missing:
        table.skip(str(missing))
        return
    try:
        url = server.start().url.set(drivername="postgresql+psycopg")
        address = {"SHADOWING_DATABASE_URL": url.render_as_string(hide_password=False)}
        with_database(table, folder, rounds, address, "PostgreSQL: ")
    finally:
        server.remove()


def with_database(table: Table, folder: Path, rounds: int, settings: dict[str, str], where: str = "") -> None:
    """where: what the rows begin with."""
    ours, floor = Ours(folder / f"writes{len(settings)}", settings), Floor(folder / f"writes-floor{len(settings)}")
    ours.command("init")
    ours.command("pack", "add", "hospital_outpatient")
    token = ours.token("observer")
    with floor.start(), ours.start():
        against = Against(ours, floor, Phone(ours, token), token, where)
        for turn in range(rounds):
            for clients in CALLS:
                _singles(table, against, "observation", clients, turn)
            _batches(table, against, turn)
        for turn in range(rounds):
            for clients in CALLS:
                _singles(table, against, "photo of 300 kB", clients, turn)
            _singles(table, against, "observation", 16, turn, ", worker deriving photos")
        _syncs(table, against)
        table.add(f"{where}memory of all processes after it (PSS)", "MB", pss(ours.pid), pss(floor.pid))


def _syncs(table: Table, against: Against) -> None:
    """How often the disk is waited for, counted by strace."""
    for clients in CALLS:
        seen = [against.phone.observation(n) for n in range(CALLS[clients] // 2)]
        calls = [put(record, "/api/v1") for record in seen for put in (put_observation, put_photo)]
        with Syncs(against.ours.pid) as syncs:
            drive(against.ours, calls, clients, against.token)
        if syncs.counted is None:
            table.skip("waits for the disk: strace is missing")
            return
        name = f"{against.where}waits for the disk of an observation with photo, {clients} client{'s' * (clients > 1)}"
        table.add(name, "fsync", syncs.counted / len(seen))


@dataclass(frozen=True)
class Against:
    """Both servers and who sends."""

    ours: Ours
    floor: Floor
    phone: Phone
    token: str
    where: str

    def drive(self, mine: list[Call], other: list[Call], clients: int, turn: int) -> tuple[Run, Run]:
        return alternated(
            lambda: drive(self.ours, mine, clients, self.token), lambda: drive(self.floor, other, clients), turn
        )


def _singles(table: Table, against: Against, kind: str, clients: int, turn: int, beside: str = "") -> None:
    made = [KINDS[kind](against.phone.observation(n)) for n in range(2 * CALLS[clients])]
    mine, other = made[::2], made[1::2]
    mine = [replace(call, path=f"/api/v1{call.path}") for call in mine]
    runs = against.drive(mine, other, clients, turn)
    name = f"{against.where}PUT {kind}, {clients} client{'s' * (clients > 1)}{beside}"
    for title, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        table.add(f"{name}, {title}", "ms", *(percentile(run.latencies, share) for run in runs))
    table.add(f"{name}, rate", "req/s", *(run.rate for run in runs))
    table.add(f"{name}, server CPU", "ms/req", *(run.cpu for run in runs))


def _batches(table: Table, against: Against, turn: int) -> None:
    bodies = [[against.phone.observation(n) for n in range(BATCH)] for _ in range(BATCHES)]
    other = [Call("POST", "/sync", json.dumps({"observations": body}).encode()) for body in bodies]
    mine = [
        replace(call, path=f"/api/v1{call.path}", body=gzip.compress(call.body), headers={"Content-Encoding": "gzip"})
        for call in other
    ]
    for name in ("first time", "the same again"):
        runs = against.drive(mine, other, SENDERS, turn)
        what = f"{against.where}POST /sync of {BATCH}, {SENDERS} clients, {name}"
        table.add(what, "obs/s", *(BATCH * run.rate for run in runs))
        table.add(f"{what}, server CPU", "ms/obs", *(run.cpu / BATCH for run in runs))


def put_observation(record: dict[str, Any], before: str = "") -> Call:
    return Call("PUT", f"{before}/observations/{record['id']}", json.dumps(record).encode())


def put_photo(record: dict[str, Any], before: str = "") -> Call:
    return Call("PUT", f"{before}/photos/{uuid.uuid4()}?observation={record['id']}", photograph(), "image/jpeg")


KINDS = {"observation": put_observation, "photo of 300 kB": put_photo}
