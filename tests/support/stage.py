"""Where a test plays: an instance folder and a database, copied from one that was made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support import seaweed
from tests.support.postgres import Databases, Missing, OwnServer, named_server
from tests.support.seaweed import Seaweed

ENGINES = ("sqlite", "postgresql")
#: Tests of photos are played with photos on S3 as well.
WITH_S3 = (*ENGINES, "sqlite+s3")
SECRET = {"SHADOWING_SECRET_KEY": "test"}


@dataclass(frozen=True)
class Stage:
    """A made place. `database` is the template's name on PostgreSQL; on SQLite the file is in the folder."""

    folder: Path
    databases: Databases | None = None
    database: str = ""
    bucket: Seaweed | None = None
    photos: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        where = {"SHADOWING_DATABASE_URL": self.databases.address(self.database)} if self.databases else {}
        return SECRET | where | self.photos

    @contextmanager
    def database_gone(self) -> Iterator[None]:
        """Nobody finds the database meanwhile: it has another name, and SQLite finds something else in its place."""
        if self.databases is not None:
            with self.databases.under_another_name(self.database):
                yield
            return
        file, away = self.folder / "shadowing.sqlite", self.folder / "away.sqlite"
        file.rename(away)
        file.write_bytes(b"something else, not a database " * 200)
        try:
            yield
        finally:
            away.replace(file)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Stage]:
        """The same again in another folder, gone afterwards."""
        shutil.copytree(self.folder, folder)
        photos = self.bucket.settings() if self.bucket else {}
        if self.databases is None:
            yield Stage(folder, bucket=self.bucket, photos=photos)
            return
        name = self.databases.copy_of(self.database)
        try:
            yield Stage(folder, self.databases, name, self.bucket, photos)
        finally:
            self.databases.drop(name)


def make_stage(
    folder: Path, databases: Databases | None, bucket: Seaweed | None, furnish: Callable[[Stage], None]
) -> Stage:
    """A new place, furnished: migrated and filled."""
    made = Stage(folder, databases, databases.make() if databases else "", bucket)
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
        go_without(missing)
    try:
        found = Databases(server.start().url)
        yield found
        found.close()
    finally:
        server.remove()


@contextmanager
def running_bucket() -> Iterator[Seaweed]:
    """An S3 server of this run, and its keys in the environment. Missing: as above."""
    try:
        seaweed.program()
    except seaweed.Missing as missing:
        go_without(missing)
    server = Seaweed()
    try:
        server.start()
        with pytest.MonkeyPatch.context() as patched:
            for name, value in server.keys.items():
                patched.setenv(name, value)
            yield server
    finally:
        server.remove()


def go_without(missing: Exception) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{missing}; CI needs it")
    pytest.skip(f"*** {missing} ***")
