"""Making a backup while phones go on sending: one moment of the database, then the bytes it speaks of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select

from shadowing.core import clock
from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, is_sqlite, reading, reading_connection
from shadowing.operations.backup.folder import MANIFEST, Manifest, Progress, fingerprint, photo_path, verify
from shadowing.operations.backup.tables import columns_of, kept_tables, plain, read_rows, write_lines, write_rows
from shadowing.visits.media.images import LARGE, SMALL
from shadowing.visits.media.models import Photo, sound_key

PARTIAL = ".partial"
PHOTO = "tables/photo.jsonl.gz"
SOUND = "tables/sound.jsonl.gz"


class Picture(NamedTuple):
    """What is needed to find a photo's bytes: columns of its row."""

    id: UUID
    state: str
    received_sha256: str
    stored_sha256: str | None

    @property
    def keys(self) -> list[str]:
        if self.state == "ready" and self.stored_sha256:
            return [stored_key(self.stored_sha256, size) for size in (LARGE, SMALL)]
        if self.state == "unreadable":
            return []  # nobody will ever be shown it, and it may still say where it was taken
        return [received_key(self.id, self.received_sha256)]


def make(target: Path, revision: str, earlier: Path | None, progress: Progress) -> Manifest:
    """Write a backup into `target`, which must not exist. What is unfinished is named `target.partial`.

    Photos that lie in an unfinished one, or in `earlier`, are not fetched again. Raises OSError, BrokenBackup.
    """
    partial = target.with_name(target.name + PARTIAL)
    (partial / "tables").mkdir(parents=True, exist_ok=True)
    (partial / MANIFEST).unlink(missing_ok=True)
    manifest = Manifest(clock.now().isoformat(), revision, db.engine.dialect.name)
    _write_tables(partial, manifest, progress)
    changed = _copy_photos(partial, manifest, earlier, progress)
    _copy_sounds(partial, manifest, earlier)
    if changed:
        _amend(partial, manifest, changed)
    for name in manifest.tables:
        path = f"tables/{name}.jsonl.gz"
        manifest.files[path] = fingerprint(partial / path)
    _drop_what_is_not_named(partial, manifest)
    manifest.write(partial)
    os.sync()
    verify(partial, manifest, progress)
    partial.rename(target)
    return manifest


def _write_tables(folder: Path, manifest: Manifest, progress: Progress) -> None:
    with reading_connection() as connection, _at_one_moment(connection).begin():
        for table in kept_tables():
            rows = write_rows(connection, table, folder / "tables" / f"{table.name}.jsonl.gz")
            manifest.tables[table.name] = {"rows": rows, "columns": columns_of(table)}
            progress(f"{table.name}: {rows:,} rows")


def _at_one_moment(connection: Connection) -> Connection:
    """SQLite's reading transaction sees one moment by itself."""
    if is_sqlite(db.engine):
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _copy_photos(folder: Path, manifest: Manifest, earlier: Path | None, progress: Progress) -> dict[UUID, Picture]:
    """Returns the photos that were derived meanwhile: their received bytes are gone, their derivatives are here."""
    changed: dict[UUID, Picture] = {}
    columns = manifest.tables["photo"]["columns"]
    for number, row in enumerate(read_rows(folder / PHOTO, columns), 1):
        picture = Picture(*(row[name] for name in Picture._fields))
        try:
            _copy(folder, manifest, picture.keys, earlier)
        except KeyError:
            now = _as_it_is_now(picture.id)
            if now is None or now == picture or not _copied(folder, manifest, now, earlier):
                manifest.missing.append(str(picture.id))
            else:
                changed[picture.id] = now
        if number % 200 == 0:
            progress(f"{number:,} of {manifest.tables['photo']['rows']:,} photos")
    manifest.photos = manifest.tables["photo"]["rows"] - len(manifest.missing)
    return changed


def _copy_sounds(folder: Path, manifest: Manifest, earlier: Path | None) -> None:
    for row in read_rows(folder / SOUND, manifest.tables["sound"]["columns"]):
        try:
            _copy(folder, manifest, [sound_key(row["id"], row["sha256"])], earlier)
        except KeyError:  # erased meanwhile, or lost
            manifest.missing.append(str(row["id"]))


def _copied(folder: Path, manifest: Manifest, picture: Picture, earlier: Path | None) -> bool:
    try:
        _copy(folder, manifest, picture.keys, earlier)
    except KeyError:
        return False
    return True


def _copy(folder: Path, manifest: Manifest, keys: Iterable[str], earlier: Path | None) -> None:
    """Raises KeyError when the store does not have one of them."""
    for key in keys:
        name = photo_path(key)
        if name in manifest.files:
            continue  # several photos may share their bytes
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and not _linked(earlier, name, path):
            beside = path.with_name(f".{path.name}")
            beside.write_bytes(store().get(key))
            beside.rename(path)
        manifest.files[name] = fingerprint(path)


def _linked(earlier: Path | None, name: str, path: Path) -> bool:
    """Bytes under a key never change, so an earlier backup's file serves as well and takes no room."""
    if earlier is None or not (earlier / name).is_file():
        return False
    try:
        os.link(earlier / name, path)
    except OSError:  # another disk
        shutil.copyfile(earlier / name, path)
    return True


def _as_it_is_now(photo_id: UUID) -> Picture | None:
    columns = [Photo.__table__.c[name] for name in Picture._fields]
    with reading():
        row = db.session.execute(select(*columns).where(Photo.id == photo_id)).one_or_none()
    return Picture(*row) if row else None


def _amend(folder: Path, manifest: Manifest, changed: dict[UUID, Picture]) -> None:
    """Photos derived meanwhile stand in the backup as they are now."""
    columns = manifest.tables["photo"]["columns"]
    table = plain("photo", columns)
    with reading_connection() as connection:
        found = connection.execute(select(table).where(table.c.id.in_(changed)))
        now: dict[UUID, tuple[Any, ...]] = {row.id: tuple(row) for row in found}
    rows = [now.get(row["id"], tuple(row.values())) for row in read_rows(folder / PHOTO, columns)]
    write_lines(iter(rows), folder / PHOTO)


def _drop_what_is_not_named(folder: Path, manifest: Manifest) -> None:
    """What an earlier, unfinished try left."""
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in manifest.files:
            path.unlink()
