"""Clients as phones are: each in a thread, over one connection that stays open."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection

from tests.bench.servers import Measured

PATIENCE = 30


@dataclass(frozen=True)
class Call:
    """One request. expected: statuses that count as done. headers: further ones."""

    method: str
    path: str
    body: bytes = b""
    kind: str = "application/json"
    expected: tuple[int, ...] = (200, 201)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """Milliseconds as the client saw them and as the server says; the body."""

    seen: float
    said: float
    body: bytes


@dataclass(frozen=True)
class Run:
    """Many calls: latencies in ms, seconds of the whole, server CPU in ms a request."""

    latencies: list[float]
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


class Client:
    def __init__(self, server: Measured, token: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, call: Call) -> Reply:
        headers = {**self.headers, **({"Content-Type": call.kind} if call.body else {}), **call.headers}
        started = time.perf_counter()
        self.connection.request(call.method, call.path, body=call.body or None, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        seen = 1000 * (time.perf_counter() - started)
        if answer.status not in call.expected:
            raise RuntimeError(f"{call.method} {call.path}: {answer.status} {body[:500]!r}")
        said = answer.headers.get("Server-Timing", "app;dur=0").rpartition("=")[2]
        return Reply(seen, float(said), body)

    def get_json(self, path: str) -> object:
        return json.loads(self.call(Call("GET", path)).body)


def drive(server: Measured, calls: Sequence[Call], clients: int, token: str = "") -> Run:
    """Send every call once, dealt out to the clients. Raises what a client raised."""
    hands = [Client(server, token) for _ in range(clients)]
    for hand in hands:
        hand.connection.connect()
    found: list[float] = []
    failed: list[BaseException] = []

    def work(hand: Client, mine: Iterable[Call]) -> None:
        try:
            found.extend([hand.call(call).seen for call in mine])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(hand, calls[n::clients])) for n, hand in enumerate(hands)]
    before, started = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, cpu = time.perf_counter() - started, server.cpu() - before
    for hand in hands:
        hand.connection.close()
    if failed:
        raise failed[0]
    return Run(found, seconds, 1000 * cpu / len(calls))
