"""Where a test plays: an instance folder and a database, copied from one that was made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.postgres import Databases, Missing, OwnServer, named_server

ENGINES = ("sqlite", "postgresql")
SECRET = {"SHADOWING_SECRET_KEY": "test"}


@dataclass(frozen=True)
class Stage:
    """A made place. `database` is the template's name on PostgreSQL; on SQLite the file is in the folder."""

    folder: Path
    databases: Databases | None = None
    database: str = ""

    @property
    def settings(self) -> dict[str, str]:
        where = {"SHADOWING_DATABASE_URL": self.databases.address(self.database)} if self.databases else {}
        return SECRET | where

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Stage]:
        """The same again in another folder, gone afterwards."""
        shutil.copytree(self.folder, folder)
        if self.databases is None:
            yield Stage(folder)
            return
        name = self.databases.make(template=self.database)
        try:
            yield Stage(folder, self.databases, name)
        finally:
            self.databases.drop(name)


def make_stage(folder: Path, databases: Databases | None, furnish: Callable[[Stage], None]) -> Stage:
    """A new place, furnished: migrated and filled."""
    made = Stage(folder, databases, databases.make() if databases else "")
    furnish(made)
    return made


@contextmanager
def running_postgres() -> Iterator[Databases]:
    """The server of this run. Missing: a loud skip, a failure in CI."""
    named = named_server()
    if named is not None:
        found = Databases(named)
        yield found
        found.close()
        return
    try:
        server = OwnServer()
    except Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}; CI needs it")
        pytest.skip(f"*** {missing} ***")
    try:
        found = Databases(server.start().url)
        yield found
        found.close()
    finally:
        server.remove()
