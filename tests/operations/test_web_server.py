"""A line that is slow, silent or greedy takes nobody's place."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import uuid
from types import SimpleNamespace

import pytest
from flask import Flask, request

from shadowing.cli import web_server
from shadowing.cli.web_server import Line, listen, make_server

MANY = web_server.THREADS


@pytest.fixture
def served(monkeypatch):
    """A small app behind our server, in a thread."""
    monkeypatch.setattr(web_server, "MOST_LARGE", 2)
    monkeypatch.setattr(web_server, "HEADER_SECONDS", 1.0)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2**20
    app.add_url_rule("/", view_func=lambda: {"bytes": len(request.get_data())}, methods=["GET", "PUT"])
    door = listen("127.0.0.1", 0)
    server = make_server(app, door)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield door.getsockname()[1]
    server.asyncore.close_all(server._map)
    server.task_dispatcher.shutdown()


def line(port, said=b""):
    made = socket.create_connection(("127.0.0.1", port), timeout=20)
    made.sendall(said)
    return made


def head(length):
    return b"PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % length


def ask(port, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("PUT" if body else "GET", "/", body=body)
    answer = connection.getresponse()
    return answer, answer.read()


def test_half_sent_requests_take_no_thread(served):
    held = [line(served, head(900) + b"{") for _ in range(2 * MANY)] + [line(served) for _ in range(2 * MANY)]

    answer, said = ask(served, b"whole")

    assert (answer.status, json.loads(said)) == (200, {"bytes": 5})
    assert answer.headers["Server"] is None
    for each in held:
        each.close()


def test_a_request_that_comes_in_drops_is_answered_when_it_is_whole(served):
    slow = line(served, head(3))
    for drop in (b"a", b"b", b"c"):
        time.sleep(0.02)
        slow.sendall(drop)

    assert b'{"bytes":3}' in slow.recv(4096).replace(b" ", b"")


def test_one_that_never_becomes_whole_is_ended(served):
    slow = line(served, b"PUT / HTTP/1.1\r\nHost: he")

    assert slow.recv(10) == b"", "closed by the server"


def test_too_many_large_bodies_are_asked_to_come_again(served):
    held = [line(served, head(500_000) + b"x") for _ in range(2)]
    time.sleep(0.2)

    refused = line(served, head(500_000) + b"x").recv(4096)
    assert refused.startswith(b"HTTP/1.1 503") and b"Retry-After: 5" in refused
    assert ask(served, b"small")[0].status == 200

    held[0].sendall(b"x" * 499_999)
    assert b'{"bytes":500000}' in held[0].recv(4096).replace(b" ", b"")
    assert line(served, head(70_000) + b"x" * 70_000).recv(4096).startswith(b"HTTP/1.1 200")


def test_what_is_larger_than_anything_we_take_is_not_waited_for(served):
    assert line(served, head(5 * 2**20)).recv(4096).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    ("announced", "seconds", "overdue"),
    [(None, 19, False), (None, 21, True), (300_000, 300, False), (300_000, 321, True), (30_000_000, 901, True)],
)
def test_the_deadline_follows_from_the_size(announced, seconds, overdue):
    coming = SimpleNamespace(headers_finished=announced is not None, content_length=announced or 0)

    assert Line.is_overdue(SimpleNamespace(request=coming, since=1000.0), 1000.0 + seconds) is overdue


def test_sixteen_lines_of_each_bad_kind_hold_nobody_up(server):
    server.start()
    held = [line(server.port) for _ in range(16)]
    held += [
        line(server.port, b"POST /api/v1/sync HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n{") for _ in range(16)
    ]
    photo = b"PUT /api/v1/photos/%s?observation=%s HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n"
    held += [line(server.port, photo % ((str(uuid.uuid4()).encode(),) * 2) + b"x" * 70_000) for _ in range(16)]
    drops = [line(server.port) for _ in range(16)]

    for sign in b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n":
        for each in drops:
            each.sendall(bytes([sign]))
        if sign == ord("\n"):
            assert ask(server.port)[0].status in (200, 302)

    assert all(each.recv(4096).startswith(b"HTTP/1.1 200") for each in drops)
    for each in [*held, *drops]:
        each.close()
