"""Links that let somebody in once: to choose a password, and to set up an empty installation.

Nothing is stored. A link carries a signature and the person's session key, which changes with the password; so it
works once, and no longer than said.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from shadowing.core.database import db
from shadowing.people.models import Person
from shadowing.people.signing import timed_signer

#: How long a link works: asked for on the sign-in page and sent by mail; or handed over by an administrator.
BY_MAIL = timedelta(hours=2)
BY_HAND = timedelta(days=7)
LENGTHS = {"mail": BY_MAIL, "hand": BY_HAND}
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def password_token(person: Person, way: str) -> str:
    """way: mail or hand."""
    return f"{way}.{_signer(way).dumps([person.id, person.session_key])}"


def person_of_link(token: str) -> Person | None:
    """Whom the link lets choose a password; None when it is over, used or made up."""
    way, _, signed = token.partition(".")
    if way not in LENGTHS:
        return None
    try:
        person_id, key = _signer(way).loads(signed, max_age=int(LENGTHS[way].total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    person = db.session.get(Person, person_id)
    return person if person and person.is_active and person.session_key == key else None


def setup_code() -> str:
    """What whoever started the server can read on its terminal, and a passer-by cannot know. Eight signs."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.digest(key, b"shadowing first run", hashlib.sha256)
    signs = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:8])
    return f"{signs[:4]}-{signs[4:]}"


def is_setup_code(said: str) -> bool:
    plain = said.strip().upper().replace("-", "").replace(" ", "")
    return hmac.compare_digest(plain.encode(), setup_code().replace("-", "").encode())


def public_address() -> str:
    """Where people reach us, without a slash at the end; what the settings say, else what this request came by."""
    return (base_address() or request.url_root).rstrip("/")


def base_address() -> str:
    """As the settings say, or nothing. Only this may stand in a mail: a request's host is whatever its sender says."""
    return str(current_app.config["SHADOWING_BASE_URL"]).rstrip("/")


def outward(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for QR codes and for copying."""
    return public_address() + url_for(endpoint, **values)


def _signer(way: str) -> URLSafeTimedSerializer:
    return timed_signer(salt=f"password by {way}")
