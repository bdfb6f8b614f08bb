"""What a process cost: memory from /proc, CPU of a server with everything it started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from tests.support.server import ROOT

TICK = os.sysconf("SC_CLK_TCK")


def child(module: str, *words: str, environment: dict[str, str] | None = None, seconds: float = 300) -> Any:
    """Run `python -m module words` and read the JSON on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment or dict(os.environ),
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    if done.returncode:
        raise RuntimeError(f"{module} {words}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_megabytes() -> float:
    """The most this process ever held in memory. Unlike getrusage, it forgets the process that started us."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell its peak memory")


def cpu_seconds(group: int) -> float:
    """User and system time of every process of a group so far."""
    return sum(int(fields[11]) + int(fields[12]) for _, fields in _of(group)) / TICK


def pss(group: int) -> float:
    """Megabytes of a group's processes; what several share counts once."""
    lines = [line for folder, _ in _of(group) for line in (folder / "smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class Syncs:
    """How often the processes of a group wait for the disk meanwhile. counted: None where strace is missing."""

    def __init__(self, group: int) -> None:
        self.group = group
        self.counted: int | None = None

    def __enter__(self) -> Self:
        program = shutil.which("strace")
        self.tracing = None
        if program:
            self.out = Path(tempfile.mkstemp(prefix="shadowing-syncs-")[1])
            pids = [f"--attach={folder.name}" for folder, _ in _of(self.group)]
            words = [program, "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(self.out), *pids]
            self.tracing = subprocess.Popen(words, stderr=subprocess.DEVNULL)
            time.sleep(1)  # until it holds all threads
        return self

    def __exit__(self, *_: object) -> None:
        if self.tracing:
            self.tracing.send_signal(signal.SIGINT)
            self.tracing.wait(timeout=20)
            lines = self.out.read_text("utf-8", "replace").splitlines()
            self.counted = sum("sync(" in line for line in lines)
            self.out.unlink()


def _of(group: int) -> Iterator[tuple[Path, list[str]]]:
    """Folder and state of each process of a group."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[2]) == group:
            yield path.parent, fields
