"""Jobs and duties take turns: a long queue holds up no scores, and scores leave the machine to the phones."""

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs import queue, worker
from shadowing.core.jobs.models import Job
from shadowing.core.jobs.worker import REST_SECONDS, Worker


class Watch:
    """The worker's clock, moved by hand."""

    now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def watch(app, monkeypatch):
    monkeypatch.setattr(worker, "time", Watch())
    with writing():
        yield worker.time


@pytest.fixture
def rounds():
    return []


@pytest.fixture
def hand(app, watch, rounds):
    return Worker(
        app, {"greet": lambda _payload: None}, {"scores": lambda: bool(rounds.append("round")) or len(rounds) < 4}
    )


def enqueue(n):
    for number in range(n):
        queue.enqueue("greet", {}, clock.now(), key=f"job {number}")
    db.session.commit()


def left():
    found = db.session.query(Job).filter(Job.done_at.is_(None)).count()
    db.session.rollback()  # the worker has a session of its own
    return found


def test_a_long_queue_holds_up_no_duty(hand, rounds):
    enqueue(3)

    hand.work_once()

    assert (left(), rounds) == (2, ["round"])


def test_duties_rest_while_jobs_go_on(hand, rounds, watch):
    enqueue(3)
    hand.work_once()
    watch.now += REST_SECONDS / 2
    hand.work_once()
    assert (left(), len(rounds)) == (1, 1)

    watch.now += REST_SECONDS
    hand.work_once()

    assert (left(), len(rounds)) == (0, 2)


def test_draining_does_everything_at_once(hand, rounds):
    enqueue(3)
    hand.work_once()

    hand.drain()

    assert (left(), len(rounds)) == (0, 4)
