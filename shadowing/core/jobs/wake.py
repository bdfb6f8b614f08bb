"""A knock on the worker's door: work came in, do not wait for the next look."""

from __future__ import annotations

import threading

_knock = threading.Event()


def wake_worker() -> None:
    """Called after a commit. A worker in another process looks by itself, at the latest after a second."""
    _knock.set()


def wait_for_work(seconds: float) -> None:
    _knock.wait(seconds)
    _knock.clear()
