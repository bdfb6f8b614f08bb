"""What a delivery adds, written in bulk: hundreds of new observations and versions are two statements, not objects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert, inspect

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.visits.models.visit import Observation, Revision

OBSERVATIONS, REVISIONS = (db.metadata.tables[model.__tablename__] for model in (Observation, Revision))
#: Attribute and column of every fact of an observation.
COLUMNS = [(attribute.key, attribute.columns[0].name) for attribute in inspect(Observation).column_attrs]


class NewRows:
    """Collected over the records of one transaction; in nobody's session until somebody asks for one again."""

    def __init__(self) -> None:
        self._observations: list[Observation] = []
        self._revisions: list[dict[str, Any]] = []
        self._ids: set[UUID] = set()

    def add(self, observation: Observation) -> None:
        self._observations.append(observation)
        self._ids.add(observation.id)

    def remember(self, revision: dict[str, Any]) -> None:
        """revision: columns of Revision."""
        self._revisions.append(revision)

    def in_session(self, row: Any) -> Any:
        """A row as the session knows it: one that came a moment ago is written and read, so that it can be changed."""
        if row is None or row.id not in self._ids:
            return row
        self.write()
        return db.session.get(Observation, row.id)

    def write(self) -> None:
        """In the caller's transaction; before anything looks for them in the database."""
        now = clock.now()
        if self._observations:
            rows = [{column: getattr(row, name) for name, column in COLUMNS} for row in self._observations]
            db.session.execute(insert(OBSERVATIONS), [{**row, "created_at": now} for row in rows])
            self._observations = []
        if self._revisions:
            db.session.execute(insert(REVISIONS), [{**row, "created_at": now} for row in self._revisions])
            self._revisions = []
