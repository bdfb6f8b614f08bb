"""Whose turn it is at a file: one at a time over all threads and processes of the machine, and nobody waits for ever.

The kernel's lock wakes the next in line at once, instead of letting everybody look again and again, and is free when
its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import weakref

#: Those that a forked process inherits.
TURNS: weakref.WeakSet[FileTurn] = weakref.WeakSet()


class FileTurn:
    """take() and give() in turns; the file is made when it is not there, and nothing is written into it."""

    def __init__(self, path: str) -> None:
        self._path, self._here = path, threading.Lock()
        self._file = _opened(path)
        TURNS.add(self)

    def __del__(self) -> None:
        os.close(self._file)

    def take(self, seconds: float) -> bool:
        """Whether it became ours within so many seconds. Raises OSError when the file cannot be opened."""
        until = time.monotonic() + seconds
        if not self._here.acquire(timeout=max(0.0, seconds)):
            return False
        taken = False
        try:
            taken = self._lock_now() or self._lock_until(until)
        finally:
            if not taken:
                self._here.release()
        return taken

    def give(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._here.release()

    def begin_anew(self) -> None:
        """In a process just forked, before it has a second thread: the lock of the one it came from is not ours.

        An open file is shared by both. Whoever came first would lock it for the other, and only one could let go.
        """
        os.close(self._file)
        self._file, self._here = _opened(self._path), threading.Lock()

    def _lock_now(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: better two at once than none
            return True
        return True

    def _lock_until(self, until: float) -> bool:
        """The kernel's wait has no end of its own, so another thread waits for us and is left behind in the end."""
        waiting = WaitingForTurn(_opened(self._path))
        threading.Thread(target=waiting.wait, name="file turn", daemon=True).start()
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


def _after_fork() -> None:
    for turn in TURNS:
        turn.begin_anew()


def _opened(path: str) -> int:
    """To lock a file one need not write it: what is there may lie where nobody writes."""
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)


os.register_at_fork(after_in_child=_after_fork)
