"""What a process cost: memory from /proc, CPU of a server with everything it started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def _of(group: int) -> Iterator[tuple[Path, list[str]]]:
    """Folder and state of each process of a group."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[2]) == group:
            yield path.parent, fields
