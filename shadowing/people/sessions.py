"""Sessions: begun at sign-in, prolonged on every day they are used, over for good at sign-out.

The cookie says who; the table of ended sessions says which cookies are worth nothing any more. Without it, an answer
under way while somebody signs out would bring the cookie of before along, and sign in again whoever just left.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from flask import Flask, Response, g, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import login_user
from sqlalchemy import delete

from shadowing.core import clock
from shadowing.core.database import db, upsert
from shadowing.core.reference_cache import references_changed
from shadowing.core.settings import SESSION_LIFETIME
from shadowing.people import known_browsers
from shadowing.people.models import EndedSession, Person
from shadowing.people.signing import DIGEST

MARK, DAY, LEFT = "mark", "day", "left"


class Cookies(SecureCookieSessionInterface):
    """Flask's own; but what is the same for everybody does not vary with cookies, which Flask-Login always looks at."""

    digest_method = staticmethod(DIGEST)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified or not response.cache_control.public:
            super().save_session(app, session, response)


def begin(person: Person) -> None:
    """This browser is that person's from now on, and nobody else's."""
    end()
    session.permanent = True
    login_user(person)
    known_browsers.remember(person)
    _mark_used()


def end() -> None:
    """No copy of this browser's cookie lets anybody in any more."""
    ended = mark()
    session.clear()
    if ended:
        db.session.execute(upsert(EndedSession).on_conflict_do_nothing(), [{"mark": ended}])
        references_changed()


def leave() -> None:
    """As `end`, chosen by the person: the cookie goes on saying who left, so that a phone tells it from running out."""
    who = str(session.get("_user_id", "")).partition(".")[0] or who_left()
    end()
    if who:
        session.permanent = True
        session[LEFT] = who


def who_left() -> str | None:
    """The number of whoever signed out of this browser by choice, when nobody has signed in since."""
    if is_over():  # an answer under way has brought the cookie of before back
        return str(session.get("_user_id", "")).partition(".")[0] or None
    return session.get(LEFT)


def name() -> str | None:
    """Tells one session from the next and lets nobody in; None before it has a mark, and with a token."""
    return hashlib.sha256(f"session {mark()}".encode()).hexdigest()[:16] if mark() else None


def mark() -> str:
    """What tells this browser's session from others; empty before there is one."""
    return str(session.get(MARK) or "")


def is_over() -> bool:
    return bool(mark()) and db.session.get(EndedSession, mark()) is not None


def prolong(response: Response) -> Response:
    """Thirty days from the last day it was used, not from sign-in; a cookie a day is enough for that."""
    alive = g.get("came_by_session", False)
    if alive and not response.cache_control.public:  # a shared cache would hand the cookie to others
        _mark_used()
    return response


def forget_ended(now: datetime) -> None:
    """Cookies that old are worth nothing by themselves."""
    db.session.execute(delete(EndedSession).where(EndedSession.created_at < now - SESSION_LIFETIME))


def _mark_used() -> None:
    today = clock.today(UTC).isoformat()
    if session.get(DAY) != today:
        session[DAY] = today
        session.setdefault(MARK, secrets.token_hex(16))
