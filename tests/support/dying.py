"""The work after a change in a process of its own, killed (-9) right after its nth commit."""

from __future__ import annotations

import os
import signal

from sqlalchemy import event

from shadowing.app import create_app
from shadowing.core.database import db
from shadowing.operations.up_to_date import bring_up_to_date
from tests.support.forked import CONTEXT


def dies_after(commits: int, settings: dict[str, str], folder: str) -> bool:
    """Whether it lived so long; False = it had done everything before."""
    process = CONTEXT.Process(target=_work, args=(commits, settings, folder), daemon=True)
    process.start()
    process.join(60)
    return process.exitcode == -signal.SIGKILL


def _work(commits: int, settings: dict[str, str], folder: str) -> None:
    app = create_app(settings, instance=folder)
    left = commits

    def committed(_session: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        event.listen(db.session, "after_commit", committed)
        bring_up_to_date()
