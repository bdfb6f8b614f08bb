"""Templates compiled once a process: apps of tests and forked servers would each compile them anew."""

from __future__ import annotations

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Shared(BytecodeCache):
    """In memory, by name and source."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


SHARED = Shared()


def compile_once(app: Flask) -> Flask:
    app.jinja_env.bytecode_cache = SHARED
    return app
