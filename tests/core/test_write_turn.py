"""Writers of several processes come one after the other, and nobody waits for ever or for the dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import threading
import time

import pytest

from shadowing.core import write_turn
from shadowing.core.write_turn import WriteTurn
from tests.support.waiting import wait_until

CONTEXT = multiprocessing.get_context("forkserver")


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "file")


def hold(path, said, until):
    turn = WriteTurn(path)
    turn.take()
    said.set()
    until.wait(30)
    turn.give()


@pytest.fixture
def other(path):
    """Another process that has its turn; ended by setting `let_go`."""
    said, let_go = CONTEXT.Event(), CONTEXT.Event()
    process = CONTEXT.Process(target=hold, args=(path, said, let_go), daemon=True)
    process.start()
    assert said.wait(30)
    process.let_go = let_go
    yield process
    process.kill()
    process.join()


def taking(turn):
    """A thread that waits for its turn; what it waited for."""
    order = []

    def take():
        turn.take()
        order.append("taken")

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return order


@pytest.mark.parametrize("how", ["lets go", "is killed"])
def test_the_next_takes_over_when_the_holder(path, other, how):
    turn = WriteTurn(path)
    order = taking(turn)
    time.sleep(0.2)
    assert order == []

    if how == "lets go":
        other.let_go.set()
    else:
        os.kill(other.pid, signal.SIGKILL)

    wait_until(lambda: order == ["taken"], seconds=20)
    turn.give()


def test_nobody_waits_longer_than_is_bearable_and_takes_nothing_then(path, other, monkeypatch):
    monkeypatch.setattr(write_turn, "LONGEST_SECONDS", 0.2)
    turn = WriteTurn(path)

    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            turn.take()

    other.let_go.set()
    other.join(20)
    monkeypatch.setattr(write_turn, "LONGEST_SECONDS", 20)
    turn.take()
    turn.give()


def test_threads_of_one_process_wait_for_each_other_too(path):
    turn = WriteTurn(path)
    turn.take()
    order = taking(turn)
    time.sleep(0.1)
    assert order == []

    turn.give()

    wait_until(lambda: order == ["taken"], seconds=20)
    turn.give()


def test_a_forked_process_starts_with_no_turn(path):
    turn = WriteTurn(path)
    turn.take()
    pid = os.fork()
    if pid == 0:
        write_turn.LONGEST_SECONDS = 0.2
        try:
            turn.take()
        except sqlite3.OperationalError:
            os._exit(7)
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    turn.give()
