"""A proxy between phone and server in which each request meets its fate (weather.py)."""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.weather import DROPPED, Answer, Asked, Weather

ERRORS = (
    (500, None),
    (502, None),
    (503, "2"),
    (503, "Wed, 21 Oct 2015 07:28:00 GMT"),
    (504, None),
    (429, "1"),
    (408, None),
)
PORTAL = Answer(200, [("Content-Type", "text/html")], b"<h1>Welcome to our hotel</h1>")
REDIRECT = Answer(302, [("Location", "/sign-in")], b"")


class Proxy(ThreadingHTTPServer):
    """Listens at `address` from the start. POST /__calm: from here on everything passes."""

    daemon_threads = True

    def __init__(self, weather: Weather) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.weather = weather
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Lines break here on purpose."""


class Line(BaseHTTPRequestHandler):
    """One request of a phone."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def answer_one(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.close_connection = True
        if len(body) < length:
            return  # the phone was killed while it sent
        headers = {name: value for name, value in self.headers.items() if name.lower() not in DROPPED}
        weather = self.server.weather
        if self.path == "/__calm":
            weather.calm()
            self.say(Answer(204, [], b""))
        else:
            MEETING[weather.fate()](weather, Asked(self.command, self.path, headers, body), self)

    do_GET = do_PUT = do_POST = answer_one

    def say(self, answer: Answer | None, share: float = 1) -> None:
        """The answer, or so much of it; without one the line breaks."""
        if answer is None:
            self.cut()
            return
        with contextlib.suppress(OSError):  # the phone has gone
            self.send_response(answer.status)
            for name, value in [*answer.headers, ("Content-Length", str(len(answer.body))), ("Connection", "close")]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: int(len(answer.body) * share)])
            self.wfile.flush()
        if share < 1:
            self.cut()

    def cut(self) -> None:
        """Reset, not a polite end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.wfile = io.BytesIO()


Meeting = Callable[[Weather, Asked, Line], None]


def problem(status: int, after: str | None = None, code: str = "sign_in") -> Answer:
    headers = [("Content-Type", "application/problem+json")] + ([("Retry-After", after)] if after else [])
    return Answer(status, headers, b'{"code": "%s", "title": "Weather"}' % code.encode())


def error(weather: Weather, asked: Asked, line: Line) -> None:
    line.say(problem(*weather.chance.choice(ERRORS), code="internal"))


def error_after(weather: Weather, asked: Asked, line: Line) -> None:
    weather.forward(asked)
    line.say(problem(502, code="internal"))


def cut_upload(weather: Weather, asked: Asked, line: Line) -> None:
    weather.forward(asked, whole=False)
    line.cut()


def cut_answer(weather: Weather, asked: Asked, line: Line) -> None:
    weather.forward(asked)
    line.cut()


def slow(weather: Weather, asked: Asked, line: Line) -> None:
    answer = weather.forward(asked)
    time.sleep(0.8)
    line.say(answer)


def twice(weather: Weather, asked: Asked, line: Line) -> None:
    weather.forward(asked)
    line.say(weather.forward(asked))


def twice_at_once(weather: Weather, asked: Asked, line: Line) -> None:
    other = threading.Thread(target=weather.forward, args=(asked,), daemon=True)
    other.start()
    line.say(weather.forward(asked))
    other.join()


def later(weather: Weather, asked: Asked, line: Line) -> None:
    weather.hold(asked)
    line.cut()


def damaged(weather: Weather, asked: Asked, line: Line) -> None:
    if not asked.path.startswith("/api/v1/photos/"):
        line.cut()
        return
    place = weather.chance.randrange(len(asked.body))
    body = asked.body[:place] + bytes([asked.body[place] ^ 1]) + asked.body[place + 1 :]
    line.say(weather.forward(asked._replace(body=body)))


def kill_before(weather: Weather, asked: Asked, line: Line) -> None:
    weather.kill()
    line.cut()


def kill_during(weather: Weather, asked: Asked, line: Line) -> None:
    dying = threading.Timer(weather.chance.uniform(0, 0.03), weather.kill)
    dying.start()
    weather.forward(asked)
    dying.join()
    line.cut()


def kill_after(weather: Weather, asked: Asked, line: Line) -> None:
    """After the commit, before the answer."""
    weather.forward(asked)
    weather.kill()
    line.cut()


MEETING: dict[str, Meeting] = {
    "fine": lambda weather, asked, line: line.say(weather.forward(asked)),
    "away": lambda weather, asked, line: line.cut(),
    "offline": lambda weather, asked, line: line.cut(),
    "cut_before": lambda weather, asked, line: line.cut(),
    "cut_upload": cut_upload,
    "cut_answer": cut_answer,
    "half_answer": lambda weather, asked, line: line.say(weather.forward(asked), 0.5),
    "slow": slow,
    "error": error,
    "error_after": error_after,
    "signed_out": lambda weather, asked, line: line.say(problem(401)),
    "portal": lambda weather, asked, line: line.say(PORTAL),
    "redirect": lambda weather, asked, line: line.say(REDIRECT),
    "twice": twice,
    "twice_at_once": twice_at_once,
    "later": later,
    "damaged": damaged,
    "kill_before": kill_before,
    "kill_during": kill_during,
    "kill_after": kill_after,
}
