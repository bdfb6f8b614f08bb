"""The product's app with switches for tests: die after the commit, before the answer; serve another build.

TEST_DIE_AFTER names "METHOD /path/prefix"; the file TEST_DIE_ONCE is removed when it happens, so it happens once.
TEST_DIST names a folder that stands in for static/dist.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.support.templates import compile_once
from wsgi import app

compile_once(app)


class DieBeforeAnswering:
    def __init__(self, wrapped: Callable[..., Iterable[bytes]], what: str, once: str) -> None:
        self.wrapped, self.once = wrapped, once
        self.method, _, self.prefix = what.partition(" ")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self.wrapped(environ, start_response)
        hit = environ["REQUEST_METHOD"] == self.method and environ["PATH_INFO"].startswith(self.prefix)
        if hit and os.path.exists(self.once):
            os.remove(self.once)
            os.killpg(os.getpgid(0), 9)
        return answer


if os.environ.get("TEST_DIE_AFTER"):
    app.wsgi_app = DieBeforeAnswering(app.wsgi_app, os.environ["TEST_DIE_AFTER"], os.environ["TEST_DIE_ONCE"])

if os.environ.get("TEST_DIST"):
    app.extensions["assets"].folder = Path(os.environ["TEST_DIST"])
