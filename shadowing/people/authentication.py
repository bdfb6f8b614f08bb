"""How a request becomes a person: the session cookie, or a bearer token."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta

from flask import Flask, Request, Response, current_app, g
from flask_login import AnonymousUserMixin, LoginManager
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from shadowing.core import clock
from shadowing.core.database import db, reading, writing
from shadowing.core.ids import our_id
from shadowing.core.reference_cache import QUIET, remembered
from shadowing.people import sessions
from shadowing.people.accounts import digest_of, person_of_token
from shadowing.people.known_browsers import mark_known_browsers
from shadowing.people.models import Person

MARK_AGAIN = timedelta(minutes=10)


class Stranger(AnonymousUserMixin):
    """Somebody who has not signed in."""

    role = "nobody"
    locale = None
    leads = False


def know_people(app: Flask) -> None:
    app.extensions["last_seen"] = {}
    app.session_interface = sessions.Cookies()
    manager = LoginManager(app)
    manager.anonymous_user = Stranger
    manager.session_protection = None  # phones change networks all day; the cookie alone decides
    manager.user_loader(from_session)
    manager.request_loader(from_bearer)
    app.after_request(note_presence)
    app.after_request(sessions.prolong)
    mark_known_browsers(app)


def from_session(mark: str) -> Person | None:
    """mark: "id.session_key". A changed password, sign-out or a person who left ends the session."""
    number, _, key = mark.partition(".")
    id = our_id(number)
    if id is None:
        return None
    person = _letting_go(("session", id, sessions.mark()), lambda: None if sessions.is_over() else _by_id(id))
    g.came_by_session = bool(person and person.is_active and person.session_key == key)
    return person if g.came_by_session else None


def from_bearer(request: Request) -> Person | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    return _letting_go(("token", digest_of(token.strip())), lambda: person_of_token(token.strip()))


def note_presence(response: Response) -> Response:
    """One mark per person, at most every ten minutes (DECISIONS 26). A full disk must not spoil the answer."""
    person_id, last = g.get("presence", (None, None))
    moment = clock.now()
    if person_id is None or response.status_code >= 500 or (last and moment - last < MARK_AGAIN):
        return response
    try:
        db.session.rollback()
        with writing():
            seen = update(Person).where(Person.id == person_id).values(last_seen_at=moment)
            db.session.execute(seen, execution_options=QUIET)
            db.session.commit()
        _seen()[person_id] = moment
    except SQLAlchemyError:
        db.session.rollback()
    return response


def _letting_go(key: Hashable, find: Callable[[], Person | None]) -> Person | None:
    """Who asks, with no transaction left open: its lock would be held while a slow phone sends its body.

    Kept in memory under its key until somebody changes people, tokens or sessions; each request gets a copy.
    """
    if db.session().in_transaction():
        return find()  # asked in the middle of somebody's work, which goes on
    shelf = remembered()
    kept = shelf.get(key)
    if kept is None:
        with reading():
            kept = find()
            if kept is not None:
                db.session.expunge(kept)  # what is left in the session would be read anew after the rollback
        if kept is None:
            return None
        shelf[key] = kept
    last = max(filter(None, (kept.last_seen_at, _seen().get(kept.id))), default=None)
    g.presence = (kept.id, last)  # now: after a commit it would have to be read anew
    return db.session.merge(kept, load=False)


def _by_id(id: int) -> Person | None:
    return db.session.get(Person, id)


def _seen() -> dict[int, datetime]:
    """When this process last marked whom; what is kept of people does not know it."""
    seen: dict[int, datetime] = current_app.extensions["last_seen"]
    return seen
