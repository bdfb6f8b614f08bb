"""Flask-Migrate, loaded by whoever migrates: with Alembic it takes 15 MB, and no process needs it afterwards."""

from __future__ import annotations

from typing import Any

from flask import current_app

from shadowing.core.database import db


def migrator() -> Any:
    """The module, ready for this app: `upgrade()`, `downgrade()`."""
    import flask_migrate  # noqa: PLC0415 - only who migrates needs it

    if "migrate" not in current_app.extensions:
        flask_migrate.Migrate(current_app, db, f"{current_app.root_path}/migrations")
    return flask_migrate
