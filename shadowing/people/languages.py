"""Which languages the organisation speaks. Asked for on every page, so it is remembered for a moment."""

from __future__ import annotations

import time

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from shadowing.core.database import reading_connection
from shadowing.core.i18n import LANGUAGES
from shadowing.people.models import Organisation

SECONDS = 10


def own_language() -> str | None:
    """What whoever is signed in has chosen."""
    chosen: str | None = getattr(current_user, "locale", None)
    return chosen


class OfferedLanguages:
    """Callable: language codes, the first one first. When the database does not answer, what it said last."""

    def __init__(self) -> None:
        self._known, self._until = list(LANGUAGES), 0.0

    def __call__(self) -> list[str]:
        if time.monotonic() >= self._until:
            self._until = time.monotonic() + SECONDS
            self._known = self._asked() or self._known
        return self._known

    def forget(self) -> None:
        """They were changed here; other processes notice within ten seconds."""
        self._until = 0.0

    def _asked(self) -> list[str]:
        # On a connection of its own: the request's transaction may have failed, which is why somebody asks.
        try:
            with reading_connection() as connection:
                said = connection.scalar(select(Organisation.languages)) or []
        except SQLAlchemyError:
            return []
        return [code for code in said if code in LANGUAGES]
