"""Whose turn it is to write into an SQLite file: first come, first served, over all processes of the machine.

SQLite itself makes those who come second look again and again, ever more seldom; under load some look in vain for
seconds. The kernel's lock on a file beside it wakes the next in line at once, and is free when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time

LONGEST_SECONDS = 10.0


class WriteTurn:
    """One for each file and process. take() before BEGIN IMMEDIATE, give() when that connection is done."""

    def __init__(self, path: str) -> None:
        self._path = f"{path}-turn"
        self._pid = -1
        self._open()

    def take(self) -> None:
        """Raises sqlite3.OperationalError when others write for longer than LONGEST_SECONDS."""
        if self._pid != os.getpid():
            self._open()  # a lock of the process we were forked from is not ours
        until = time.monotonic() + LONGEST_SECONDS
        if not self._here.acquire(timeout=LONGEST_SECONDS):
            raise sqlite3.OperationalError("database is locked")
        if not self._lock_now() and not self._lock_until(until):
            self._here.release()
            raise sqlite3.OperationalError("database is locked")

    def give(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._here.release()

    def __del__(self) -> None:
        os.close(self._file)

    def _open(self) -> None:
        self._pid = os.getpid()
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._here = threading.Lock()

    def _lock_now(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock_until(self, until: float) -> bool:
        """The kernel's wait has no end of its own, so another thread waits for us and is left behind in the end."""
        waiting = WaitingForTurn(os.open(self._path, os.O_RDWR | os.O_CLOEXEC))
        threading.Thread(target=waiting.wait, name="write turn", daemon=True).start()
        got = waiting.taken_until(until)
        if got is not None:
            os.close(self._file)
            self._file = got
        return got is not None


class WaitingForTurn:
    """Waits for the lock on an open file of its own; whoever gives up leaves it to let go at once."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._settled = threading.Lock()
        self._taken = threading.Event()
        self._given_up = False

    def wait(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._settled:
            self._taken.set()
            if self._given_up:
                os.close(self._file)

    def taken_until(self, until: float) -> int | None:
        """The locked file, or None when it took too long."""
        self._taken.wait(max(0.0, until - time.monotonic()))
        with self._settled:
            self._given_up = not self._taken.is_set()
        return None if self._given_up else self._file
