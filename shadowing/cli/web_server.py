"""Answering over HTTP: a request takes a thread only when it is there whole, however slowly it came.

waitress reads all lines in one thread, into memory and from `MOST_IN_MEMORY` on into a file; what it does not do is
end. Here an unfinished request ends by a deadline that follows from its size, and only so many large bodies may be
under way at once: the others are asked to come again.
"""

from __future__ import annotations

import resource
import signal
import socket
import sys
import time
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.utilities import Error, RequestEntityTooLarge

THREADS = 16
MOST_IN_MEMORY = 128 * 1024
#: A line nobody says anything on. Phones keep theirs open between two records.
IDLE_SECONDS = 75
#: For what comes before a body, and so many more for each of its bytes.
HEADER_SECONDS = 20.0
SECONDS_PER_BYTE = 1 / 1000
LONGEST_SECONDS = 900.0
#: Lines; then nobody is let in any more, so those that say nothing go first.
MOST_LINES = 4000
#: A body that does not come in one piece, and how many of them may be under way.
LARGE_BYTES = 64 * 1024
MOST_LARGE = 200
RETRY_SECONDS = 5
#: Before anybody knows who asks, and in which language.
TOO_MUCH = "Too much is coming in at once. Try again in a few seconds. 现在同时上传的内容太多，请过几秒再试。"


class Busy(Error):
    """Too many large bodies are under way."""

    code = 503
    reason = "Service Unavailable"

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        status, headers, body = super().to_response(ident)
        return status, [*headers, ("Retry-After", str(RETRY_SECONDS))], body


class Head(HTTPRequestParser):
    """A request on its way in. Of one that announces too much the app says so, in the reader's language."""

    error: Any = None

    def received(self, data: bytes) -> int:
        took: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge) and not self.chunked:
            self.error = None  # the length alone tells the app; what is still coming is not waited for
            self.headers["CONNECTION"] = "close"
        return took


class Connection(HTTPChannel):
    """A connection that knows since when its unfinished request is coming."""

    parser_class = Head
    request: Any = None
    since = 0.0
    large = False

    def received(self, data: bytes) -> bool:
        before = self.request
        took = bool(super().received(data))
        if self.request is None:
            self.large = False
        elif self.request is not before:
            self.since, self.large = time.monotonic(), False
        if self.request is not None and not self.large:
            self._look_at_size()
        return took

    def is_overdue(self, now: float) -> bool:
        """Whether the request that is coming should have been here by now."""
        request = self.request
        if request is None or not self.since:
            return False
        announced = request.content_length if request.headers_finished else 0
        return now - self.since > min(HEADER_SECONDS + announced * SECONDS_PER_BYTE, LONGEST_SECONDS)

    def _look_at_size(self) -> None:
        request = self.request
        if not request.headers_finished or (request.content_length < LARGE_BYTES and not request.chunked):
            return
        if sum(line.large for line in list(self.server.active_channels.values())) < MOST_LARGE:
            self.large = True
            return
        request.error, request.completed = Busy(TOO_MUCH), True
        with self.requests_lock:
            self.requests.append(request)
            self.request = None
            if len(self.requests) == 1:
                self.server.add_task(self)


def listen(host: str, port: int) -> socket.socket:
    """The door, opened before anybody is forked, so that a port in use is told at once. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    door.listen(1024)
    door.setblocking(False)
    return door


def answer(app: Flask, door: socket.socket) -> None:
    """Serve until SIGTERM; what is being answered then is answered."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _allow_lines()
    make_server(app, door).run()


def make_server(app: Flask, door: socket.socket) -> BaseWSGIServer:
    """waitress as we want it, ready to run."""
    server = create_server(
        app,
        sockets=[door],
        threads=THREADS,
        connection_limit=MOST_LINES,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=2,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1,
        inbuf_overflow=MOST_IN_MEMORY,
        asyncore_use_poll=True,
        ident=None,
        # What a proxy says is believed by ProxyFix alone, and only of as many as SHADOWING_TRUSTED_PROXIES names.
        clear_untrusted_proxy_headers=False,
    )
    server.channel_class = Connection
    look_after = server.maintenance

    def maintenance(now: float) -> None:
        look_after(now)
        _end_overdue(server)

    server.maintenance = maintenance
    return server


def _end_overdue(server: BaseWSGIServer) -> None:
    now, lines = time.monotonic(), list(server.active_channels.values())
    for line in lines:
        if line.is_overdue(now):
            line.will_close = True
    if len(lines) > 0.9 * MOST_LINES:
        for line in sorted((line for line in lines if not line.requests), key=_quiet_since)[: MOST_LINES // 4]:
            line.will_close = True


def _quiet_since(line: Any) -> float:
    quiet: float = line.last_activity
    return quiet


def _allow_lines() -> None:
    """A file for each line and for each body on its way, as far as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_LINES + 256
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == -1 else min(wanted, hard), hard))
