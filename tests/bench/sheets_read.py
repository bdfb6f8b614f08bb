"""`python -m tests.bench.sheets_read FILE`: one sheet read as the product reads it, in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

from shadowing.core.table_errors import BadFile
from shadowing.core.tables import Source, read_table
from tests.bench.processes import peak_megabytes

CHILDREN = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children")
OFTEN = 0.002


def main(file: str) -> None:
    idle, _, _ = _read(Source("idle.csv", b"a,b\n" * 1_000))  # what both processes hold for hardly anything
    most, seconds, said = _read(Source(Path(file).name, Path(file).read_bytes()))
    print(json.dumps({"seconds": seconds, "megabytes": max(0.0, most - idle), "said": said}))


def _read(source: Source) -> tuple[float, float, str]:
    """MB that this process and the one it starts hold at most, without the file itself; seconds; what came of it."""
    peaks, over = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(peaks, over))
    watcher.start()
    started = time.perf_counter()
    try:
        said = f"{sum(1 for _ in read_table(source)):,} rows"
    except BadFile as bad:
        said = str(bad)
    seconds = time.perf_counter() - started
    over.set()
    watcher.join()
    return max(peaks) + peak_megabytes() - len(source.raw) / 2**20, seconds, said


def _watch(peaks: list[float], over: threading.Event) -> None:
    while not over.wait(OFTEN):
        for child in CHILDREN.read_text().split():
            try:
                status = Path(f"/proc/{child}/status").read_text()
            except OSError:  # it ended meanwhile
                continue
            peaks += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")]


if __name__ == "__main__":
    main(sys.argv[1])
