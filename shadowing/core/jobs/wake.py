"""A knock on the worker's door: work came in, do not wait for the next look."""

from __future__ import annotations

import contextlib
import os
import select

# A pipe, since whoever knocks is another process than whoever works; both were forked from the one that opened it.
_heard, _knocks = os.pipe()
os.set_blocking(_heard, False)
os.set_blocking(_knocks, False)


def wake_worker() -> None:
    """Called after a commit. A worker that was not forked with us looks by itself, at the latest after a second."""
    with contextlib.suppress(BlockingIOError):  # so many knocks that one more says nothing
        os.write(_knocks, b"!")


def wait_for_work(seconds: float) -> None:
    select.select([_heard], [], [], max(0.0, seconds))
    with contextlib.suppress(BlockingIOError):
        os.read(_heard, 4096)
