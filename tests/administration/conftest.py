"""An installation that nobody has an account in yet."""

import pytest
from flask import Flask

from shadowing.core.database import db, writing


@pytest.fixture
def bare(app: Flask) -> Flask:
    """The migrated database with nothing in it."""
    with writing():
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
    return app
