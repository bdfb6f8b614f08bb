"""One command, several processes: forked from an app that is ready, watched, started again, ended together.

Forked ones share the memory of what they were forked from, and a process that solves or decodes pictures never holds
up one that answers.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import FrameType

#: Asked to end, whoever is still there after so many seconds is killed.
GRACE_SECONDS = 15
#: Who ends sooner than this after starting is started again only after a pause.
TOO_SOON_SECONDS = 5.0
PAUSE_SECONDS = 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Child:
    """What one process does until SIGTERM. niceness: how far it stands back where processors are scarce."""

    name: str
    run: Callable[[], None]
    niceness: int = 0


class Processes:
    """Runs children until asked to end. None of them outlives this process, whatever becomes of it."""

    def __init__(self, children: Iterable[Child]) -> None:
        self._children = list(children)
        self._running: dict[int, tuple[Child, float]] = {}
        self._ending = False
        self._lifeline = os.pipe()

    def run(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._end)
        signal.signal(signal.SIGALRM, self._kill)
        for child in self._children:
            self._start(child)
        while self._running:
            pid, status = os.waitpid(-1, 0)
            self._ended(pid, os.waitstatus_to_exitcode(status))

    def _ended(self, pid: int, code: int) -> None:
        child, since = self._running.pop(pid, (None, 0.0))
        if child is None or self._ending:
            return
        log.error("the %s process ended (%s) and is started again", child.name, code)
        if time.monotonic() - since < TOO_SOON_SECONDS:
            time.sleep(PAUSE_SECONDS)
        if not self._ending:
            self._start(child)

    def _start(self, child: Child) -> None:
        pid = os.fork()
        if pid == 0:
            self._be(child)
        self._running[pid] = child, time.monotonic()
        if self._ending:  # asked to end between the look and the fork
            _send(pid, signal.SIGTERM)

    def _be(self, child: Child) -> None:
        """In the new process; never returns."""
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal asks everybody; the first process passes it on
            os.close(self._lifeline[1])
            threading.Thread(target=_end_with, args=(self._lifeline[0],), name="lifeline", daemon=True).start()
            os.nice(child.niceness)
            child.run()
            code = 0
        except SystemExit:
            code = 0
        except BaseException:
            log.exception("the %s process stumbled", child.name)
        finally:
            os._exit(code)

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self._ending = True
        signal.alarm(GRACE_SECONDS)
        for pid in list(self._running):
            _send(pid, signal.SIGTERM)

    def _kill(self, _sign: int, _frame: FrameType | None) -> None:
        for pid in list(self._running):
            _send(pid, signal.SIGKILL)


def _end_with(lifeline: int) -> None:
    """The other end is closed when the first process is gone, even by kill -9."""
    os.read(lifeline, 1)
    _send(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _send(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sign)
