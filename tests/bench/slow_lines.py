"""What others wait for while hundreds of lines are silent, half sent, sent in drops or slow with a photo."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.load import drive
from tests.bench.photograph import photograph
from tests.bench.rounds import Table, percentile
from tests.bench.servers import Ours
from tests.bench.writes import Phone, put_observation

#: Lines of each kind, and how many photos are on their way so that they take most of a minute.
LINES, PHOTOS = 200, 50
CALLS, CLIENTS = 160, 4
DROP_SECONDS, PIECE = 0.25, 8 * 1024


def measure(table: Table, folder: Path, rounds: int) -> None:
    ours = Ours(folder / "slow-lines")
    ours.command("init")
    ours.command("pack", "add", "hospital_outpatient")
    token = ours.token("observer")
    with ours.start():
        phone = Phone(ours, token)
        for _ in range(rounds):
            alone = _p95(ours, phone, token)
            with _slow(ours.port, token):
                beside = _p95(ours, phone, token)
            table.add(
                f"p95 of PUT observation beside 3 × {LINES} slow lines and {PHOTOS} slow photos (floor: alone)",
                "ms",
                beside,
                alone,
            )


def _p95(ours: Ours, phone: Phone, token: str) -> float:
    calls = [put_observation(phone.observation(n), "/api/v1") for n in range(CALLS)]
    return percentile(drive(ours, calls, CLIENTS, token).latencies, 0.95)


@contextmanager
def _slow(port: int, token: str) -> Iterator[None]:
    """All of them are there; drops and pieces go on falling until the end."""
    head = f"PUT /api/v1/photos/x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\nContent-Length: "
    photo, over = photograph(), threading.Event()
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(3 * LINES + PHOTOS)]
    half, drops, photos = lines[LINES : 2 * LINES], lines[2 * LINES : 3 * LINES], lines[3 * LINES :]
    for line in half:
        line.sendall(f"{head}900\r\n\r\n{{".encode())
    for line in drops:
        line.sendall(f"{head}100000\r\n\r\n".encode())
    for line in photos:
        line.sendall(f"{head}{len(photo)}\r\n\r\n".encode())
    falling = threading.Thread(target=_fall, args=(drops, photos, photo, over))
    falling.start()
    try:
        yield
    finally:
        over.set()
        falling.join()
        for line in lines:
            line.close()


def _fall(drops: list[socket.socket], photos: list[socket.socket], photo: bytes, over: threading.Event) -> None:
    for start in itertools.count(step=PIECE):
        if over.wait(DROP_SECONDS):
            return
        for line in drops:
            _say(line, b"x")
        for line in photos:
            _say(line, photo[start : start + PIECE])


def _say(line: socket.socket, more: bytes) -> None:
    with contextlib.suppress(OSError):  # the server has had enough of this one
        line.sendall(more)
