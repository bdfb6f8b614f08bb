"""What may be wrong with an installation, and how to mend it. Each look is on its own; none changes anything."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from shadowing.core import clock, mail
from shadowing.core.bytes.store import FolderStore, store
from shadowing.core.database import db, is_sqlite, reading
from shadowing.core.jobs import queue
from shadowing.core.jobs.models import Job, Lease
from shadowing.core.settings import DEFAULTS
from shadowing.operations import health
from shadowing.people.letters import mail_server
from shadowing.people.links import base_address
from shadowing.visits.media.models import Photo
from shadowing.visits.models.visit import Observation, Visit

GIBIBYTE = 2**30
OLDEST_POSTGRES, OLDEST_SQLITE = 15, (3, 35)
MOST_DRIFT = timedelta(seconds=5)
LATE = timedelta(minutes=5)
SHORTEST_KEY = 32
#: Variables of ours that are not settings of the application.
OTHER_NAMES = {"SHADOWING_INSTANCE_PATH"}


class Finding(NamedTuple):
    """What was looked at, what was found, and how to mend it where it is wrong."""

    what: str
    said: str
    mend: str = ""

    @property
    def wrong(self) -> bool:
        return bool(self.mend)


def look() -> Iterator[Finding]:
    """Everything there is to say, the ground first. What needs the database is left out when it does not answer."""
    yield from settings()
    yield from secret_key()
    yield from disk()
    yield from photo_store()
    try:
        with reading():
            yield from database()
            for each in OF_THE_DATABASE if health.migrations() == health.OK else ():
                yield from each()
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield Finding("database", said, "Start it, or correct SHADOWING_DATABASE_URL; then `flask --app wsgi init`.")


def settings() -> Iterator[Finding]:
    config = current_app.config
    known = {f"SHADOWING_{name}" for name in DEFAULTS} | OTHER_NAMES
    for name in sorted(name for name in os.environ if name.startswith("SHADOWING_") and name not in known):
        yield Finding("settings", f"{name} is not a setting", "Correct its name; README, Settings, lists them.")
    for name in ("PORT", "TRUSTED_PROXIES"):
        if not re.fullmatch("[0-9]+", str(config[f"SHADOWING_{name}"])):
            yield Finding("settings", f"SHADOWING_{name} is not a number", f"Set it to {DEFAULTS[name]}, for example.")
    address = urlsplit(config["SHADOWING_BASE_URL"])
    if config["SHADOWING_BASE_URL"] and (address.scheme not in ("http", "https") or not address.netloc):
        yield Finding("settings", "SHADOWING_BASE_URL is not an address", "Write it as https://shadowing.example.org.")
    elif address.scheme == "https" and str(config["SHADOWING_TRUSTED_PROXIES"]) == "0":
        yield Finding(
            "settings",
            "people come by https, so through a proxy, but none is trusted",
            "Set SHADOWING_TRUSTED_PROXIES=1; else all sign-ins seem to come from the proxy.",
        )
    else:
        yield Finding("settings", config["SHADOWING_BASE_URL"] or "no SHADOWING_BASE_URL; phones need https to install")


def secret_key() -> Iterator[Finding]:
    path = Path(current_app.instance_path) / "secret_key"
    if len(str(current_app.config["SECRET_KEY"])) < SHORTEST_KEY:
        mend = "Remove SHADOWING_SECRET_KEY, so that one is made, or set one of 48 random characters."
        yield Finding("secret key", f"shorter than {SHORTEST_KEY} characters", mend)
    elif current_app.config["SHADOWING_SECRET_KEY"]:
        yield Finding("secret key", "from the settings")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("secret key", "others on this machine can read it", f"chmod 600 {path}")
    else:
        yield Finding("secret key", f"kept in {path}")


def disk() -> Iterator[Finding]:
    folders = {"instance": Path(current_app.instance_path)}
    kept = store()
    if isinstance(kept, FolderStore):
        folders["photos"] = kept.root if kept.root.exists() else kept.root.parent
    for name, folder in folders.items():
        free = shutil.disk_usage(folder).free
        said = f"{free / GIBIBYTE:,.1f} GiB free for {name} in {folder}"
        yield Finding("disk", said, "Make room; a full disk takes no more photos." if free < GIBIBYTE else "")


def photo_store() -> Iterator[Finding]:
    try:
        store().check()
        yield Finding("photo store", str(store()))
    except OSError as error:
        mend = "Correct SHADOWING_PHOTO_STORE and its permissions or AWS_* keys; phones keep their photos until then."
        yield Finding("photo store", f"{store()}: {error}", mend)


def database() -> Iterator[Finding]:
    if is_sqlite(db.engine):
        version = db.session.scalar(text("select sqlite_version()")) or "0"
        old = tuple(int(part) for part in version.split(".")[:2]) < OLDEST_SQLITE
        yield Finding("database", f"SQLite {version}", "Use a newer Python." if old else "")
    else:
        version = db.session.scalar(text("show server_version")) or "0"
        old = int(version.split(".")[0]) < OLDEST_POSTGRES
        yield Finding("database", f"PostgreSQL {version}", "PostgreSQL 15 or newer is needed." if old else "")
    state = health.migrations()
    newer = "newer" in state
    mend = "Start the newer version again." if newer else "Stop the servers, then `flask --app wsgi init`."
    yield Finding("migrations", state, "" if state == health.OK else mend)


def clocks() -> Iterator[Finding]:
    now = clock.now()
    if not is_sqlite(db.engine):
        theirs = db.session.scalar(select(func.now()))
        drift = abs(now - theirs) if theirs else timedelta()
        if drift > MOST_DRIFT:
            said = f"this machine and the database differ by {drift.total_seconds():.0f} s"
            yield Finding("clock", said, "Let both set their clock by NTP.")
            return
    newest = db.session.scalar(select(func.max(Visit.received_at)))
    if newest and newest > now + timedelta(minutes=1):
        yield Finding(
            "clock", f"a visit was received at {newest:%F %T} UTC, which is to come", "Set this clock by NTP."
        )
        return
    yield Finding("clock", f"{now:%F %T} UTC")


def workers() -> Iterator[Finding]:
    now = clock.now()
    until = db.session.scalar(select(func.max(Lease.until)))
    oldest = db.session.scalar(select(func.min(Job.run_at)).where(Job.done_at.is_(None), Job.lease_until < now))
    mend = "Start `flask --app wsgi worker`, or `flask --app wsgi serve`, which brings its own."
    if until is None or until < now:
        yield Finding("worker", "nobody works" + (f" since {until:%F %T} UTC" if until else ""), mend)
    else:
        yield Finding("worker", f"at work; its lease runs until {until:%T} UTC")
    if oldest and oldest < now - LATE:
        yield Finding("worker", f"work waits since {oldest:%F %T} UTC", "Start another worker, or look into its log.")


def jobs() -> Iterator[Finding]:
    for job in queue.gave_up():
        mend = f"Mend the cause, then `flask --app wsgi doctor --again {job.id}`."
        yield Finding("jobs", f"{job.kind} {job.id} gave up: {(job.error or '')[:120]}", mend)
    for job in queue.tried_in_vain():
        said = f"{job.kind} {job.id} failed {job.attempts} times and is tried on: {(job.error or '')[:120]}"
        yield Finding("jobs", said, "See that the database and the photo store answer; it goes on by itself then.")


def post() -> Iterator[Finding]:
    """Mail is no duty, so none is only told; one that is set up must answer."""
    try:
        server = mail_server()
        if server is None:
            yield Finding("mail", "not set up; forgotten passwords are helped under People")
        elif not base_address():
            yield Finding("mail", str(server), "Set SHADOWING_BASE_URL, so that links in mails lead somewhere.")
        else:
            yield Finding("mail", f"{server} answers, {'encrypted' if mail.reach(server) else 'not encrypted'}")
    except mail.BadAddress:
        yield Finding("mail", "SHADOWING_MAIL_URL names no server", "Write it as smtp://user:password@host:587.")
    except mail.Undelivered as error:
        yield Finding("mail", str(error), "Correct the server under Settings, or SHADOWING_MAIL_URL.")


def waiting() -> Iterator[Finding]:
    """What has come only in part. A phone that is still on its way is nothing wrong, so these are only told."""
    before = clock.now() - LATE
    photos = db.session.scalar(
        select(func.count()).select_from(Photo).where(Photo.state == "received", Photo.received_at < before)
    )
    alone = db.session.scalar(
        select(func.count())
        .select_from(Observation)
        .where(Observation.visit_id.not_in(select(Visit.id)), Observation.received_at < before)
    )
    yield Finding("waiting", f"{photos:,} photos to be derived, {alone:,} observations for their visit")


OF_THE_DATABASE: tuple[Callable[[], Iterator[Finding]], ...] = (clocks, workers, jobs, post, waiting)
