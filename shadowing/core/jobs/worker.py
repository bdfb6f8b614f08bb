"""The worker: due jobs first, then the standing duties of whoever holds their lease."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs import leases, queue
from shadowing.core.jobs.wake import wait_for_work, wake_worker

#: Takes what was enqueued; each kind of job has its own shape.
Handler = Callable[[Any], None]
#: Tells whoever waits for it that a job failed for the last time: what was enqueued, and the number of the job.
Farewell = Callable[[Any, int], None]
#: Does what there is to do and says whether there was anything.
Duty = Callable[[], bool]
IDLE_SECONDS = 1.0
#: Between two rounds of duties that found something, or as long as the round took.
REST_SECONDS = 1.0
OUTAGE_SECONDS = 2.0
LOOK_AGAIN = timedelta(seconds=5)
TELL_AGAIN = timedelta(minutes=1)
log = logging.getLogger(__name__)


class Worker:
    """Runs as a process of its own."""

    def __init__(
        self,
        app: Flask,
        handlers: Mapping[str, Handler],
        duties: Mapping[str, Duty],
        farewells: Mapping[str, Farewell] | None = None,
    ) -> None:
        self.app, self.handlers, self.duties, self.farewells = app, handlers, duties, farewells or {}
        self.name = leases.holder_name()
        self._stop = threading.Event()
        self._until: dict[str, datetime] = {}
        self._told: datetime | None = None
        self._looked: datetime | None = None
        self._rests_until = 0.0

    def stop(self) -> None:
        self._stop.set()
        wake_worker()

    def run(self) -> None:
        """Until stopped. Whatever goes wrong is logged and tried again; the worker never dies of it."""
        self.name = leases.holder_name()  # after a fork this is another process
        self._until.clear()
        self._looked = None
        while not self._stop.is_set():
            if not self._safely(self.work_once):
                left = self._rests_until - time.monotonic()
                wait_for_work(left if 0 < left < IDLE_SECONDS else IDLE_SECONDS)
        self._safely(self._release)

    def _safely(self, step: Callable[[], bool]) -> bool:
        """Take a step; what cannot be done just now is told once a minute and tried again."""
        try:
            return step()
        except (OSError, DBAPIError) as error:
            self._until.clear()
            if self._told is None or clock.now() - self._told > TELL_AGAIN:
                log.error("the worker waits: %s: %s", type(error).__name__, error)
                self._told = clock.now()
            self._stop.wait(OUTAGE_SECONDS)
        except Exception:
            log.exception("the worker stumbled and goes on")
        return False

    def _release(self) -> bool:
        with self.app.app_context():
            leases.release(self.name)
        return False

    def work_once(self) -> bool:
        """One job and, unless they rest, one round of duties; whether there was anything to do."""
        with self.app.app_context():
            try:
                self._look_for_the_dead()
                busy = self._job()
                return self._duties() or busy if time.monotonic() >= self._rests_until else busy
            finally:
                db.session.rollback()

    def drain(self) -> None:
        """Until nothing is left to do (commands and tests)."""
        self._rests_until = 0.0
        while self.work_once():
            self._rests_until = 0.0

    def _look_for_the_dead(self) -> None:
        now = clock.now()
        if self._looked is None or now - self._looked > LOOK_AGAIN:
            leases.release_dead(now)
            self._looked = now

    def _job(self) -> bool:
        job = queue.claim(clock.now(), self.name) if queue.anything_due(clock.now()) else None
        if job is None:
            return False
        job_id, kind, payload = job.id, job.kind, job.payload
        db.session.rollback()  # looking at the job began a transaction; the handler decides when it writes
        try:
            self.handlers[kind](payload)
        except Exception as error:
            log.exception("job %s failed", job_id)
            db.session.rollback()
            found = db.session.get(type(job), job_id)
            if found is not None and queue.put_off(found, error, clock.now()) and kind in self.farewells:
                self.farewells[kind](payload, job_id)
            return True
        queue.finish(job_id, clock.now())
        return True

    def _duties(self) -> bool:
        busy, started = False, time.monotonic()
        for name, duty in self.duties.items():
            if self._holds(name):
                busy = duty() or busy
        if busy:
            # While phones send, the next round would find a few rows more each time; it may as well find many.
            self._rests_until = time.monotonic() + max(REST_SECONDS, time.monotonic() - started)
        return busy

    def _holds(self, name: str) -> bool:
        """Whether the lease is ours; renewed when half of it is over, not at every look."""
        now = clock.now()
        if self._until.get(name, now) - leases.TERM / 2 > now:
            return True
        if not leases.hold(name, self.name, now):
            self._until.pop(name, None)
            return False
        self._until[name] = now + leases.TERM
        return True
