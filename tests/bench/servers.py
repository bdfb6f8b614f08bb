"""The two servers compared: the product and the floor, under the same server."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.bench.processes import cpu_seconds
from tests.support.server import Server


class Measured(Server):
    """A server whose CPU time can be read."""

    @property
    def pid(self) -> int:
        """Of the first process, whose number is the group's too."""
        assert self.process is not None
        return self.process.pid

    def cpu(self) -> float:
        return cpu_seconds(self.pid)

    def start(self, **environment: str) -> Self:
        super().start(**environment)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Ours(Measured):
    """The product; one person of each role that is needed, each with a token."""

    def __init__(self, instance: Path, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(instance)
        self.settings = settings or {}

    def environment(self, **more: str) -> dict[str, str]:
        return super().environment(**{**self.settings, **more})

    def words(self) -> list[str]:
        return [sys.executable, "-m", "flask", "--app", "tests.bench.measured_app", "serve"]

    def token(self, role: str) -> str:
        """A new person of this role and the token to be them."""
        email = f"{role}@bench.example"
        self.command("user", "add", email, "--name", role.title(), "--role", role)
        return self.command("token", "add", email, "--name", "bench").strip()


class Floor(Measured):
    """tests/bench/floor.py."""

    def words(self) -> list[str]:
        return [sys.executable, "-m", "tests.bench.floor", str(self.port), str(self.instance)]
