"""A real server in a process of its own, on a free port, with an instance folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Protocol

from tests.support.leash import ends_with_us

ROOT = Path(__file__).resolve().parents[2]
SERVE = ("flask", "--app", "tests.support.breakable", "serve")


class Process(Protocol):
    """What is asked of a started process; a Popen is one."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float) -> int: ...


class Server:
    """start, stop, kill (-9), and what it was told to break."""

    def __init__(self, instance: Path, port: int | None = None, demo: bool = False) -> None:
        self.instance, self.port, self.demo = instance, port or free_port(), demo
        self.process: Process | None = None
        self.log = instance / "server.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **environment: str) -> Server:
        self.instance.mkdir(parents=True, exist_ok=True)
        self.process = self.launch(self.environment(**environment))
        self._wait_until_it_answers()
        return self

    def launch(self, environment: dict[str, str]) -> Process:
        with open(self.log, "ab") as log:
            return subprocess.Popen(
                self.words(),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_us(signal.SIGKILL),
            )

    def words(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-m", *SERVE]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHADOWING_")}
        return kept | {
            "SHADOWING_INSTANCE_PATH": str(self.instance),
            "SHADOWING_PORT": str(self.port),
            "SHADOWING_DEMO": "1" if self.demo else "0",
            "LC_ALL": "C.UTF-8",  # the demonstration speaks as the terminal does
            **more,
        }

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would: master and worker at once."""
        self._end(signal.SIGKILL)

    def command(self, *words: str) -> str:
        """Run a command of the product against this instance."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def sign_ins(self) -> dict[str, dict[str, str]]:
        """The demonstration's sign-ins by role."""
        kept = json.loads((self.instance / "demo_sign_ins.json").read_text("utf-8"))
        return {entry["role"]: entry for entry in kept}

    def _end(self, sign: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, sign)
        self.process.wait(timeout=20)

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"the server ended: {self.log.read_text('utf-8')[-3000:]}")
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not answer in a minute")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
