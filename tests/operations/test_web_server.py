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
from shadowing.cli.web_server import Connection, listen, make_server
from tests.support.forked import ForkedServer
from tests.support.waiting import wait_until

MANY = web_server.THREADS


@pytest.fixture
def house(place):
    """The whole product, as `serve` runs it."""
    made = ForkedServer(place.folder)
    made.start()
    yield made
    made.stop()


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


@pytest.fixture
def line():
    """Opens a connection and says something on it; all are closed in the end."""
    opened = []

    def made(port, said=b""):
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=20))
        opened[-1].sendall(said)
        return opened[-1]

    yield made
    for each in opened:
        each.close()


def head(length):
    return b"PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % length


def reply(connection):
    """All that is answered: head and as many bytes as it says."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status, answer.read(), answer.headers


def ask(port, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("PUT" if body else "GET", "/", body=body)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def test_half_sent_requests_take_no_thread(served, line):
    for _ in range(2 * MANY):
        line(served, head(900) + b"{")
        line(served)

    status, said, headers = ask(served, b"whole")

    assert (status, json.loads(said), headers["Server"]) == (200, {"bytes": 5}, None)


def test_a_request_that_comes_in_drops_is_answered_when_it_is_whole(served, line):
    slow = line(served, head(3))
    for drop in (b"a", b"b", b"c"):
        time.sleep(0.02)
        slow.sendall(drop)

    assert json.loads(reply(slow)[1]) == {"bytes": 3}


def test_one_that_never_becomes_whole_is_ended(served, line):
    slow = line(served, b"PUT / HTTP/1.1\r\nHost: he")

    assert slow.recv(10) == b"", "closed by the server"


def test_too_many_large_bodies_are_asked_to_come_again(served, line):
    held = [line(served, head(500_000) + b"x") for _ in range(2)]
    wait_until(lambda: reply(line(served, head(500_000) + b"x"))[0] == 503, seconds=20)

    status, _, headers = reply(line(served, head(500_000) + b"x"))
    assert (status, headers["Retry-After"]) == (503, "5")
    assert ask(served, b"small")[0] == 200

    held[0].sendall(b"x" * 499_999)
    assert json.loads(reply(held[0])[1]) == {"bytes": 500_000}
    assert reply(line(served, head(70_000) + b"x" * 70_000))[0] == 200


def test_what_is_larger_than_anything_we_take_is_not_waited_for(served, line):
    assert reply(line(served, head(5 * 2**20)))[0] == 413
    assert reply(line(served, head(2**20) + b"x" * 2**20))[0] == 200


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(("language", "said"), [("en", "larger than what can be taken"), ("zh-CN", "请少发一些")])
def test_it_is_said_in_the_readers_language(house, line, language, said):
    asked = b"POST /sign-in HTTP/1.1\r\nHost: h\r\nAccept-Language: %s\r\nContent-Length: 99000000\r\n\r\nemail=a"
    connection = line(house.port, asked % language.encode())

    status, page, _ = reply(connection)

    assert (status, said in page.decode()) == (413, True)
    assert connection.recv(10) == b"", "what follows is no request of its own"


@pytest.mark.parametrize(
    ("announced", "seconds", "overdue"),
    [(None, 19, False), (None, 21, True), (300_000, 300, False), (300_000, 321, True), (30_000_000, 901, True)],
)
def test_the_deadline_follows_from_the_size(announced, seconds, overdue):
    coming = SimpleNamespace(headers_finished=announced is not None, content_length=announced or 0)

    assert Connection.is_overdue(SimpleNamespace(request=coming, since=1000.0), 1000.0 + seconds) is overdue


@pytest.mark.engine("sqlite")
def test_sixteen_lines_of_each_bad_kind_hold_nobody_up(line, house):
    photo = b"PUT /api/v1/photos/%s?observation=%s HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n"
    some = str(uuid.uuid4()).encode()
    for _ in range(16):
        line(house.port)
        line(house.port, b"POST /api/v1/sync HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n{")
        line(house.port, photo % (some, some) + b"x" * 70_000)
    drops = [line(house.port) for _ in range(16)]

    for sign in b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n":
        assert sign != ord("/") or ask(house.port)[0] in (200, 302)
        for each in drops:
            each.sendall(bytes([sign]))

    assert [reply(each)[0] for each in drops] == [200] * 16
