"""Bringing a backup back into an empty place: photos first, then all rows in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Table, inspect, select

from shadowing.core.bytes.store import store
from shadowing.core.database import db, reading_connection, writing
from shadowing.operations.backup.folder import Manifest, Progress, photo_key
from shadowing.operations.backup.tables import insert_rows, kept_tables

#: What a server writes by itself before anybody has used it.
PASSING = ("job", "sign_in_try")


def is_empty() -> bool:
    """Whether nobody has used this database. One without tables is empty too."""
    with reading_connection() as connection:
        there = set(inspect(connection).get_table_names()) - set(PASSING)
        return not any(_has_rows(connection, table) for table in kept_tables() if table.name in there)


def put_photos(folder: Path, manifest: Manifest, progress: Progress) -> int:
    """Bytes into the store. Safe to repeat. Returns how many files. Raises OSError."""
    names = [name for name in manifest.files if name.startswith("photos/")]
    for number, name in enumerate(names, 1):
        store().put(photo_key(name), (folder / name).read_bytes())
        if number % 200 == 0:
            progress(f"{number:,} of {len(names):,} photo files")
    return len(names)


def put_rows(folder: Path, manifest: Manifest, progress: Progress) -> int:
    """Rows into the tables of `manifest.revision`; all or nothing. Returns how many."""
    total = 0
    with writing(), db.engine.begin() as connection:
        for name in PASSING:
            connection.execute(db.metadata.tables[name].delete())
        for name, table in manifest.tables.items():
            rows = insert_rows(connection, name, table["columns"], folder / "tables" / f"{name}.jsonl.gz")
            if rows != table["rows"]:
                raise ValueError(f"{name} has {rows} rows, the manifest says {table['rows']}")
            total += rows
            if rows:
                progress(f"{name}: {rows:,} rows")
    return total


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(next(iter(table.primary_key.columns))).limit(1)).first() is not None
