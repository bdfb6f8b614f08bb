"""Browsers that somebody has signed in on before: their failures are counted apart, so that nobody shuts a person out.

The mark is a signed cookie of its own; it lets nobody in. Signing out keeps it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

from shadowing.core.settings import cookie_name, https
from shadowing.people.models import Person
from shadowing.people.signing import signer

COOKIE = "shadowing_known"
LIFETIME = timedelta(days=365)
#: People who share a phone; the ones who came first are forgotten.
MOST_PEOPLE = 20


def mark_known_browsers(app: Flask) -> None:
    app.after_request(_write)


def remember(person: Person) -> None:
    """Whoever just signed in is known on this browser from the answer on."""
    browser, people = _read()
    g.known_browser = browser, [*(id for id in people if id != person.id), person.id][-MOST_PEOPLE:]


def mark_for(person: Person | None) -> str | None:
    """This browser's mark, when the person has signed in on it before."""
    browser, people = _read()
    return browser if person is not None and person.id in people else None


def _read() -> tuple[str, list[int]]:
    try:
        browser, people = _signer().loads(request.cookies.get(cookie_name(current_app, COOKIE), ""))
        return str(browser), [int(id) for id in people]
    except (BadData, TypeError, ValueError):
        return secrets.token_hex(8), []


def _write(response: Response) -> Response:
    known = g.get("known_browser")
    if known is not None:
        response.set_cookie(
            cookie_name(current_app, COOKIE),
            _signer().dumps(known),
            max_age=LIFETIME,
            httponly=True,
            samesite="Lax",
            secure=https(current_app),
        )
    return response


def _signer() -> URLSafeSerializer:
    return signer(salt="known browser")
