"""Keys of phones: made at the first ask, the same at each later one."""

from __future__ import annotations

import os
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from shadowing.core.database import advisory_lock, db
from shadowing.core.problems import Problem
from shadowing.phone.keys.models import PhoneKey
from shadowing.phone.keys.wrapping import KEY_BYTES, CannotOpen, unwrap, wrap

#: A browser whose storage was cleared is a new phone. None is ever forgotten: something may be sealed under it.
MOST_PHONES = 50


def key_of(person_id: int, phone: UUID) -> bytes:
    """The key this person's records are sealed with on this phone. Raises too_many_phones, key_unreadable."""
    advisory_lock(f"phone keys:{person_id}")  # or two tabs are told two keys
    kept = find_key(person_id, phone)
    if kept is not None:
        return kept
    phones = select(func.count()).where(PhoneKey.person_id == person_id)
    if (db.session.scalar(phones) or 0) >= MOST_PHONES:
        raise Problem("too_many_phones")
    key = os.urandom(KEY_BYTES)
    wrapped = wrap(key, _secret(), _owner(person_id, phone))
    db.session.add(PhoneKey(person_id=person_id, phone=str(phone), wrapped=wrapped))
    return key


def find_key(person_id: int, phone: UUID) -> bytes | None:
    """None: this person never signed in on that phone here. Raises key_unreadable."""
    kept = db.session.get(PhoneKey, (person_id, str(phone)))
    try:
        return unwrap(kept.wrapped, _secret(), _owner(person_id, phone)) if kept else None
    except CannotOpen as error:
        raise Problem("key_unreadable") from error


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _owner(person_id: int, phone: UUID) -> str:
    return f"{person_id}/{phone}"
