"""What networks and servers do on bad days, as a seed decides. `proxy.py` stands between phone and server and does it.

Each request meets one fate. A server that dies stays away for a few requests and is then there again, so that the same
seed tells the same story.
"""

from __future__ import annotations

import http.client
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from tests.support.server import Server

FATES = {
    "fine": 60,
    "offline": 6,
    "cut_before": 4,
    "cut_upload": 3,
    "cut_answer": 6,
    "half_answer": 3,
    "slow": 2,
    "error": 5,
    "error_after": 4,
    "signed_out": 3,
    "portal": 2,
    "redirect": 2,
    "twice": 4,
    "twice_at_once": 2,
    "later": 4,
    "damaged": 2,
    "kill_before": 0.25,
    "kill_during": 0.5,
    "kill_after": 0.5,
}
DROPPED = {"connection", "host", "keep-alive", "content-length", "transfer-encoding"}
PATIENCE = 60


class Asked(NamedTuple):
    """One request, whole."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Weather:
    """The weather before `server`. `begin(seed)`: a new day; `calm()`: from here on everything passes."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.met: Counter[str] = Counter()
        self.one_at_a_time = threading.RLock()
        # A server ends with the thread that started it (leash.py): one that stays.
        self.starter = ThreadPoolExecutor(max_workers=1)
        self.begin(0)
        self.calmed = True

    def begin(self, seed: int) -> None:
        with self.one_at_a_time:
            self.chance = random.Random(seed)
            self.calmed = False
            self.away = 0
            self.held: list[tuple[int, Asked]] = []
            self.since = 0

    def calm(self) -> None:
        """The server is there, and what was held on the way arrives."""
        with self.one_at_a_time:
            self.calmed, self.away = True, 0
            self._be_there()
            for _, asked in self.held:
                self.forward(asked)
            self.held = []

    def fate(self) -> str:
        """What becomes of the next request; what was held long enough arrives before it."""
        with self.one_at_a_time:
            if self.calmed:
                return "fine"
            if self.away > 0:
                self.away -= 1
                return "away"
            self._be_there()
            for asked in self._due():
                self.forward(asked)
            drawn = self.chance.choices(list(FATES), weights=list(FATES.values()))[0]
            self.met[drawn] += 1
            return drawn

    def hold(self, asked: Asked) -> None:
        with self.one_at_a_time:
            self.held.append((self.since + self.chance.randint(1, 12), asked))

    def kill(self) -> None:
        with self.one_at_a_time:
            if self.calmed:
                return  # meant for a phone that has given up meanwhile
            self.server.kill()
            self.away = self.chance.randint(0, 3)

    def forward(self, asked: Asked, whole: bool = True) -> Answer | None:
        """The server's answer; None when there is none."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            if not whole:
                self._send_half(line, asked)
                return None
            line.request(asked.method, asked.path, asked.body or None, asked.headers)
            reply = line.getresponse()
            headers = [(k, v) for k, v in reply.getheaders() if k.lower() not in DROPPED]
            return Answer(reply.status, headers, reply.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()

    def _send_half(self, line: http.client.HTTPConnection, asked: Asked) -> None:
        line.putrequest(asked.method, asked.path)
        for name, value in asked.headers.items():
            line.putheader(name, value)
        line.putheader("Content-Length", str(len(asked.body)))
        line.endheaders(asked.body[: len(asked.body) // 2])

    def _due(self) -> list[Asked]:
        self.since += 1
        due = [asked for when, asked in self.held if when <= self.since]
        self.held = [(when, asked) for when, asked in self.held if when > self.since]
        return due

    def _be_there(self) -> None:
        if self.server.process is not None and self.server.process.poll() is not None:
            self.starter.submit(self.server.start).result()
