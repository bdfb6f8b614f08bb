"""The product's app, telling how long it took: header `Server-Timing`, from the request read to the reply ready.

BENCH_WORKER=rests leaves the worker out, so that a figure holds what a request costs and nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from wsgi import app

WSGI = Callable[..., Iterable[bytes]]


def telling(wrapped: WSGI) -> WSGI:
    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            took = 1000 * (time.perf_counter() - started)
            return start_response(status, [*headers, ("Server-Timing", f"app;dur={took:.3f}")], *more)

        return wrapped(environ, start)

    return call


app.wsgi_app = telling(app.wsgi_app)
if os.environ.get("BENCH_WORKER") == "rests":
    app.config["SHADOWING_WORKERS"] = "0"
