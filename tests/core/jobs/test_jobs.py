"""Jobs are done once, come back after a death, rest after five failures; a lease has one holder."""

import os
import subprocess
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs import leases, queue
from shadowing.core.jobs.models import Job
from shadowing.core.jobs.worker import Worker


@pytest.fixture(autouse=True)
def as_a_writer(app):
    with writing():
        yield


def enqueue(kind="greet", key=None, **payload):
    queue.enqueue(kind, payload, clock.now(), key)
    db.session.commit()


def test_the_same_key_is_one_job(app):
    enqueue(key="once")
    enqueue(key="once")

    assert db.session.query(Job).count() == 1


def test_a_job_is_claimed_by_one_and_comes_back_when_its_holder_dies(app):
    enqueue()
    now = clock.now()

    assert queue.claim(now) is not None
    assert queue.claim(now) is None
    assert queue.claim(now + queue.LEASE + timedelta(seconds=1)) is not None


def test_a_worker_does_what_there_is_and_nothing_twice(app):
    done = []
    worker = Worker(app, {"greet": done.append}, {})
    enqueue(name="Chen")

    worker.drain()
    worker.drain()

    assert done == [{"name": "Chen"}]


def test_a_failing_job_is_put_off_and_rests_after_five_attempts(app):
    def fail(payload):
        raise RuntimeError("no paper")

    enqueue()
    for _ in range(queue.MOST_ATTEMPTS):
        Worker(app, {"greet": fail}, {}).drain()
        db.session.query(Job).update({"run_at": clock.now() - timedelta(seconds=1)})
        db.session.commit()

    job = db.session.query(Job).one()
    assert (job.attempts, "no paper" in job.error) == (5, True)
    assert job.done_at is not None


def test_a_lease_has_one_holder_until_it_runs_out(app):
    now = clock.now()

    assert leases.hold("scores", "one", now)
    assert leases.hold("scores", "one", now)
    assert not leases.hold("scores", "two", now)
    assert leases.hold("scores", "two", now + leases.TERM + timedelta(seconds=1))
    assert not leases.hold("scores", "one", now + leases.TERM + timedelta(seconds=2))
    leases.release("two")
    assert leases.hold("scores", "one", now)


def test_a_lease_of_a_dead_process_is_free_at_once(app):
    gone = subprocess.Popen(["true"], stdout=subprocess.PIPE)
    gone.stdout.read()  # it has ended, and nobody has collected it
    now = clock.now()
    assert leases.hold("scores", f"{os.uname().nodename}:{gone.pid}:feed", now)
    assert leases.hold("other", leases.holder_name(), now)

    for _ in range(200):
        leases.release_dead(clock.now())
        if leases.hold("scores", "two", now):
            break

    assert leases.hold("scores", "two", now)
    assert not leases.hold("other", "two", now)
    gone.communicate()


def test_a_job_of_a_dead_process_goes_on_at_once(app):
    gone = subprocess.Popen(["true"], stdout=subprocess.PIPE)
    gone.communicate()
    enqueue(name="Chen")
    now = clock.now()
    assert queue.claim(now, f"{os.uname().nodename}:{gone.pid}:feed") is not None
    done = []

    Worker(app, {"greet": done.append}, {}).drain()

    assert done == [{"name": "Chen"}]


def test_a_job_of_a_living_process_is_left_to_it(app):
    enqueue(name="Chen")
    assert queue.claim(clock.now(), leases.holder_name()) is not None
    done = []

    Worker(app, {"greet": done.append}, {}).drain()

    assert done == []


def test_what_is_rolled_back_is_not_enqueued(app):
    queue.enqueue("greet", {}, clock.now())
    db.session.rollback()

    assert db.session.query(Job).count() == 0
