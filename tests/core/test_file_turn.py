"""Several processes come one after the other, and nobody waits for ever or for the dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from shadowing.core import file_turn
from shadowing.core.file_turn import FileTurn
from tests.support.waiting import wait_until

CONTEXT = multiprocessing.get_context("forkserver")


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "file")


def hold(path, said, until):
    turn = FileTurn(path)
    turn.take(30)
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
        assert turn.take(30)
        order.append("taken")

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return order


@pytest.mark.parametrize("how", ["lets go", "is killed"])
def test_the_next_takes_over_when_the_holder(path, other, how):
    turn = FileTurn(path)
    order = taking(turn)
    time.sleep(0.2)
    assert order == []

    if how == "lets go":
        other.let_go.set()
    else:
        os.kill(other.pid, signal.SIGKILL)

    wait_until(lambda: order == ["taken"], seconds=20)
    turn.give()


def test_nobody_waits_longer_than_is_bearable_and_takes_nothing_then(path, other):
    turn = FileTurn(path)
    assert not turn.take(0.2)
    assert not turn.take(-1)

    other.let_go.set()
    other.join(20)

    assert turn.take(20)
    turn.give()


def test_where_nothing_may_be_written_a_file_that_is_there_does(path):
    Path(path).touch(mode=0o400)

    turn = FileTurn(path)
    assert turn.take(0)
    assert not FileTurn(path).take(0.1), "also for another of the same process"
    turn.give()


def test_threads_of_one_process_wait_for_each_other_too(path):
    turn = FileTurn(path)
    assert turn.take(0)
    order = taking(turn)
    time.sleep(0.1)
    assert order == []

    turn.give()

    wait_until(lambda: order == ["taken"], seconds=20)
    turn.give()


def test_a_forked_process_starts_with_no_turn(path):
    turn = FileTurn(path)
    assert turn.take(0)
    pid = os.fork()
    if pid == 0:
        os._exit(0 if turn.take(0.2) else 7)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    turn.give()


def all_take_at_once(turn, many):
    """Whether as many threads, which start together, get their turn one after the other."""
    start, taken = threading.Barrier(many), []

    def take():
        start.wait()
        if turn.take(5):
            taken.append(1)
            time.sleep(0.04)
            turn.give()

    threads = [threading.Thread(target=take, daemon=True) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return len(taken) == many


def test_the_first_turns_of_a_forked_process_may_be_taken_at_once(path, monkeypatch):
    turn = FileTurn(path)
    opened = file_turn._opened
    monkeypatch.setattr(file_turn, "_opened", lambda path: time.sleep(0.05) or opened(path))
    pid = os.fork()
    if pid == 0:
        os._exit(0 if all_take_at_once(turn, 8) else 7)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert FileTurn(path).take(1), "it is not left taken in the file that both had open"
