"""An installation brought back from the backup in made/, at the moment it was made."""

from __future__ import annotations

import contextvars
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db
from tests.conftest import Client
from tests.golden.making import MADE, SECRET


@contextmanager
def restored(folder: str | Path, **settings: str) -> Iterator[Flask]:
    """The app in context, five minutes after the backup was made; the clock stands still."""
    unpack("backup", Path(folder) / "backup")
    app = create_app({"SHADOWING_SECRET_KEY": SECRET, **settings}, instance=str(Path(folder) / "instance"))
    app.test_client_class = Client
    moment = made_at(Path(folder) / "backup") + timedelta(minutes=5)
    with pytest.MonkeyPatch.context() as patched, app.app_context():
        patched.setattr(clock, "now", lambda: moment)
        words = ["restore", str(Path(folder) / "backup")]
        done = contextvars.Context().run(app.test_cli_runner().invoke, args=words)
        assert done.exit_code == 0, done.output
        yield app
        db.session.remove()
        db.engine.dispose()


def unpack(name: str, folder: Path) -> None:
    with tarfile.open(MADE / f"{name}.tar.gz") as archive:
        if hasattr(tarfile, "data_filter"):  # since Python 3.11.4
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)


def made_at(backup: Path) -> datetime:
    return datetime.fromisoformat(json.loads((backup / "manifest.json").read_text())["made_at"])
