"""The product as a larger installation runs it: two web processes, workers beside them as services of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.leash import ends_with_us
from tests.support.server import ROOT, Server

WEB = {"SHADOWING_WEB_PROCESSES": "2", "SHADOWING_WORKERS": "0"}


class Fleet(Server):
    """Web processes and workers on the database and photo store that `settings` name."""

    def __init__(self, instance: Path, settings: dict[str, str], workers: int = 1) -> None:
        super().__init__(instance)
        self.settings, self.size = settings, workers
        self.workers: list[subprocess.Popen[bytes]] = []

    def words(self) -> list[str]:
        return [sys.executable, "-m", "flask", "--app", "tests.support.breakable:app", "serve"]

    def environment(self, **more: str) -> dict[str, str]:
        return super().environment(**{**self.settings, **WEB, **more})

    def start(self, **environment: str) -> Fleet:
        super().start(**environment)
        while len(self.workers) < self.size:
            self.start_worker()
        return self

    def start_worker(self) -> None:
        with open(self.instance / "worker.log", "ab") as log:
            self.workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
                    cwd=ROOT,
                    env=self.environment(),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=ends_with_us(signal.SIGKILL),
                )
            )

    def kill_worker(self) -> None:
        """One worker, as the kernel kills what takes too much memory."""
        self._end_workers(signal.SIGKILL, 1)

    def kill_web_process(self) -> None:
        """One of the two web processes; the first process starts another."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if children:
            os.kill(int(children[0]), signal.SIGKILL)

    def stop(self) -> None:
        super().stop()
        self._end_workers(signal.SIGTERM, len(self.workers))

    def kill(self) -> None:
        """Everything at once, as a power cut would."""
        super().kill()
        self._end_workers(signal.SIGKILL, len(self.workers))

    def _end_workers(self, sign: signal.Signals, how_many: int) -> None:
        for _ in range(how_many):
            process = self.workers.pop(0)
            if process.poll() is None:
                os.killpg(process.pid, sign)
            process.wait(timeout=20)
