"""What the first process becomes once it has started the others: it watches them, and takes 5 MB instead of 90.

Run as a script of its own, with Python's library and nothing else. Whoever dies is started again by the command that
started all of them: it is executed anew, finds in the environment who is still there, and comes back here.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from types import FrameType
from typing import Any, NoReturn

#: Asked to end, whoever is still there after so many seconds is killed.
GRACE_SECONDS = 15
#: Who ends sooner than this after starting is started again only after a pause.
TOO_SOON_SECONDS = 5.0
PAUSE_SECONDS = 2.0
#: Asks all of them to end. Blocked while one program becomes the other, so that none is missed.
SIGNS = (signal.SIGTERM, signal.SIGINT)
#: The environment variable that hands on, as JSON: `running` (process number, name, since when), `files`, `command`.
HANDED_ON = "_SHADOWING_HANDED_ON"


def become(command: list[str], handed: dict[str, Any]) -> NoReturn:
    """Execute another program in this process: its number, children, open files and blocked signs stay."""
    sys.stdout.flush()
    os.execve(command[0], command, os.environ | {HANDED_ON: json.dumps(handed)})


class Watch:
    """Waits for processes to end: all of them when asked to, one because something is wrong."""

    def __init__(self, handed: dict[str, Any]) -> None:
        self._handed = handed
        self._running = {pid: (name, since) for pid, name, since in handed["running"]}
        self._ending = False

    def run(self) -> None:
        for sign in SIGNS:
            signal.signal(sign, self._end)
        signal.signal(signal.SIGALRM, self._kill)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNS)
        while self._running:
            pid, status = os.waitpid(-1, 0)
            name, since = self._running.pop(pid, ("", 0.0))
            if name and not self._ending:
                self._start_again(name, since, os.waitstatus_to_exitcode(status))

    def _start_again(self, name: str, since: float, code: int) -> None:
        print(f"the {name} process ended ({code}) and is started again", file=sys.stderr, flush=True)
        if time.monotonic() - since < TOO_SOON_SECONDS:
            time.sleep(PAUSE_SECONDS)
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNS)
        if not self._ending:
            running = [(pid, name, since) for pid, (name, since) in self._running.items()]
            become(self._handed["command"], self._handed | {"running": running})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNS)

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self._ending = True
        signal.alarm(GRACE_SECONDS)
        self._send(signal.SIGTERM)

    def _kill(self, _sign: int, _frame: FrameType | None) -> None:
        self._send(signal.SIGKILL)

    def _send(self, sign: signal.Signals) -> None:
        for pid in list(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)


if __name__ == "__main__":
    Watch(json.loads(os.environ.pop(HANDED_ON))).run()
