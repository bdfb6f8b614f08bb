"""One command, several processes: forked from an app that is ready, watched, started again, ended together.

Forked ones share the memory of what they were forked from, and a process that solves or decodes pictures never holds
up one that answers. What they were forked from becomes a small program that watches them (watching.py).
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from shadowing.cli import watching

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Child:
    """What one process does until SIGTERM. niceness: how far it stands back where processors are scarce."""

    name: str
    run: Callable[[], None]
    niceness: int = 0


class Processes:
    """Those of this command. None of them outlives the first process, whatever becomes of it."""

    def __init__(self, handed: dict[str, Any] | None = None) -> None:
        """handed: what the program that watched them hands on, when one of them has died."""
        self._running: list[tuple[int, str, float]] = handed["running"] if handed else []
        self._files: dict[str, int] = handed["files"] if handed else {}
        if not handed:
            self._files["ends_with"], self._files["lifeline"] = os.pipe()

    @classmethod
    def handed_on(cls) -> Processes | None:
        """Those that run already, when this command was executed to complete them."""
        said = os.environ.pop(watching.HANDED_ON, "")
        return cls(json.loads(said)) if said else None

    @property
    def door(self) -> int:
        """The open file that `keep` was given."""
        return self._files["door"]

    def keep(self, door: int) -> None:
        """An open file for whoever is started later."""
        self._files["door"] = door

    def run(self, children: Iterable[Child]) -> NoReturn:
        """Start those that are missing, and become who watches all of them."""
        signal.pthread_sigmask(signal.SIG_BLOCK, watching.SIGNS)
        there = [name for _, name, _ in self._running]
        for child in children:
            if child.name in there:
                there.remove(child.name)
            else:
                self._running.append((self._start(child), child.name, time.monotonic()))
        for file in self._files.values():
            os.set_inheritable(file, True)
        handed = {"running": self._running, "files": self._files, "command": this_command()}
        watching.become([sys.executable, "-I", "-S", watching.__file__], handed)

    def _start(self, child: Child) -> int:
        pid = os.fork()
        if pid == 0:
            self._be(child)
        return pid

    def _be(self, child: Child) -> NoReturn:
        """In the new process."""
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal asks everybody; the first process passes it on
            signal.pthread_sigmask(signal.SIG_UNBLOCK, watching.SIGNS)
            os.close(self._files["lifeline"])
            ending = threading.Thread(target=_end_with, args=(self._files["ends_with"],), name="lifeline", daemon=True)
            ending.start()
            os.nice(child.niceness)
            child.run()
            code = 0
        except SystemExit:
            code = 0
        except BaseException:
            log.exception("the %s process stumbled", child.name)
        finally:
            os._exit(code)


def this_command() -> list[str]:
    """What this process was started with."""
    return [sys.executable, *sys.orig_argv[1:]]


def begin_anew() -> NoReturn:
    """The same command in the same process, without what is in memory."""
    sys.stdout.flush()
    os.execv(sys.executable, this_command())


def _end_with(file: int) -> None:
    """The other end is closed when the first process is gone, even by kill -9."""
    os.read(file, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(watching.GRACE_SECONDS)
    os._exit(1)
