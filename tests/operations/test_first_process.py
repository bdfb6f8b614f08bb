"""Whoever dies is started again; whoever is asked to end ends with all of his."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.leash import ends_with_us
from tests.support.server import ROOT
from tests.support.waiting import wait_until

FIRST = """
import os, signal, sys, time
from pathlib import Path
from shadowing.cli.processes import Child, Processes

def be(name):
    def run():
        Path(sys.argv[1], name).write_text(str(os.getpid()))
        Path(sys.argv[1], name + ".nice").write_text(str(os.nice(0)))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            time.sleep(60)
    return run

processes = Processes.handed_on() or Processes()
processes.run([Child("web", be("web")), Child("worker", be("worker"), 5)])
"""


@pytest.fixture
def first(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", FIRST, str(tmp_path)], cwd=ROOT, preexec_fn=ends_with_us(signal.SIGKILL)
    )
    wait_until(lambda: pid(tmp_path, "web") and pid(tmp_path, "worker"), seconds=20)
    yield process
    process.kill()
    process.wait()


def pid(folder: Path, name: str) -> int:
    path = folder / name
    return int(path.read_text() or 0) if path.exists() else 0


def runs(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.usefixtures("first")
def test_one_that_is_killed_is_started_again_and_the_other_goes_on(tmp_path):
    web, worker = pid(tmp_path, "web"), pid(tmp_path, "worker")

    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: pid(tmp_path, "worker") not in (0, worker), seconds=20)

    assert runs(web) and pid(tmp_path, "web") == web
    assert int((tmp_path / "worker.nice").read_text()) == int((tmp_path / "web.nice").read_text()) + 5


def test_asked_to_end_while_one_is_started_again_none_is_left(first, tmp_path):
    web, worker = pid(tmp_path, "web"), pid(tmp_path, "worker")

    os.kill(worker, signal.SIGKILL)
    first.terminate()

    assert first.wait(timeout=20) == 0
    wait_until(lambda: not any(map(runs, [web, worker, pid(tmp_path, "worker")])), seconds=20)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_they_end_with_the_first_also_when_it_is_killed(first, tmp_path, sign):
    all_of_them = [pid(tmp_path, "web"), pid(tmp_path, "worker")]

    first.send_signal(sign)
    first.wait(timeout=20)

    wait_until(lambda: not any(map(runs, all_of_them)), seconds=20)
