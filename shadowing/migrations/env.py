"""How migrations run: on the app's own engine, with SQLite's foreign keys off while tables are rebuilt."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import text

from shadowing.core.database import Document, Moment, db, is_sqlite
from shadowing.core.postgres import lock_number


def run() -> None:
    engine = db.engine
    with engine.connect() as connection:
        if is_sqlite(engine):
            # Rebuilding a table drops it, and a drop deletes its rows: with foreign keys on,
            # ON DELETE CASCADE would silently empty the children. The pragma only works
            # outside a transaction.
            _pragma(connection, "foreign_keys=OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=db.metadata,
                render_as_batch=True,
                transactional_ddl=True,  # SQLite can, since we say BEGIN ourselves: all of it or nothing
                compare_type=True,
                render_item=_render,
            )
            with context.begin_transaction():
                if not is_sqlite(engine):  # two servers that start at once migrate one after the other
                    connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": lock_number("migrations")})
                context.run_migrations()
                if is_sqlite(engine):
                    _check_foreign_keys(connection)
        finally:
            if is_sqlite(engine):
                connection.rollback()
                _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Any, setting: str) -> None:
    connection.connection.dbapi_connection.execute(f"PRAGMA {setting}")


def _check_foreign_keys(connection: Any) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration would leave rows without their parents: {broken[:5]}")


def _render(kind: str, item: Any, _context: Any) -> Any:
    """Our column types as the plain types they are stored in."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Document):
        return "sa.Text()"
    return False


assert current_app, "migrations run inside the application"
run()
