"""Servers that start at once: forked from a process that has the product and its templates in memory.

What runs in them is `flask serve` from its first line, in a process group of its own. A hundred browsers' tests
need one each; tests of what happens to processes start theirs from nothing (`Fleet`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from flask.cli import main as flask_command

from shadowing.cli import serving
from tests.support.leash import ends_with_us
from tests.support.server import ROOT, SERVE, Server

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.support.warm"])


class ForkedServer(Server):
    """A Server that is there in a tenth of the time."""

    def launch(self, environment: dict[str, str]) -> Forked:
        return Forked(environment, self.log)


class Forked:
    """A process of multiprocessing as a Popen is used."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._process: ForkServerProcess = CONTEXT.Process(target=_run, args=(environment, str(log)), daemon=True)
        self._process.start()
        self.pid = int(self._process.pid or 0)

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        ended = self.poll()
        if ended is None:
            raise subprocess.TimeoutExpired("a server", timeout)
        return ended


def _run(environment: dict[str, str], log: str) -> None:
    os.setsid()
    leash = ends_with_us(signal.SIGKILL)
    if leash:
        leash()
    _write_into(log)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    sys.argv = list(SERVE)
    sys.orig_argv = [sys.executable, "-m", *SERVE]  # by which whoever dies is started again
    serving.begin_anew = lambda: None  # what setting up leaves in memory is no matter here, and the start is
    flask_command()


def _write_into(log: str) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
