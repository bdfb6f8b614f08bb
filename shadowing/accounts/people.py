"""Making people, tokens, sites and the organisation. Callers commit."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import bindparam, select

from shadowing.accounts.models import ApiToken, Department, Organisation, Person, Site
from shadowing.accounts.passwords import LONGEST, SHORTEST, hash_password
from shadowing.database import db
from shadowing.vocabulary import ROLES, Words

HOLDER = (
    select(Person)
    .join(ApiToken, ApiToken.person_id == Person.id)
    .where(ApiToken.digest == bindparam("mark"), ApiToken.revoked_at.is_(None))
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Refused(ValueError):
    """The sentence says why."""


def add_person(email: str, name: str, role: str, password: str | None, **fields: object) -> Person:
    """A new member of staff. Raises Refused with a sentence."""
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise Refused(f"{email!r} is not an e-mail address. Add the part after the @.")
    if role not in ROLES:
        raise Refused(f"{role!r} is not a role. Choose one of: {', '.join(ROLES)}.")
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise Refused(f"A password has {SHORTEST} to {LONGEST} characters.")
    if find_person(email):
        raise Refused(f"{email} has an account already.")
    person = Person(
        email=email,
        name=name.strip() or email.partition("@")[0],
        role=role,
        password_hash=hash_password(password) if password else None,
        session_key=secrets.token_hex(8),
        **fields,
    )
    db.session.add(person)
    return person


def find_person(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def add_token(person: Person, name: str) -> str:
    """A bearer token; shown once, only its digest is kept."""
    token = f"sh_{secrets.token_urlsafe(32)}"
    db.session.add(ApiToken(person_id=person.id, name=name, digest=digest_of(token)))
    return token


def person_of_token(token: str) -> Person | None:
    person = db.session.scalar(HOLDER, {"mark": digest_of(token)})
    return person if person and person.is_active else None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def organisation() -> Organisation:
    """The one organisation; made with a neutral name when nobody has said one."""
    found = db.session.scalar(select(Organisation))
    return found or Organisation(name=Words(en="Our organisation", zh="本机构"), time_zone="UTC")


def name_organisation(name: Words, time_zone: str) -> Organisation:
    found = organisation()
    found.name, found.time_zone = name, time_zone
    db.session.add(found)
    return found


def add_site(name: Words, kind: str = "own", time_zone: str | None = None) -> Site:
    site = Site(name=name, kind=kind, time_zone=time_zone)
    db.session.add(site)
    return site


def add_department(name: Words) -> Department:
    department = Department(name=name)
    db.session.add(department)
    return department


def seen(person: Person, moment: datetime) -> bool:
    """Note that the person was here; at most once in ten minutes. Returns whether anything changed."""
    if person.last_seen_at and (moment - person.last_seen_at).total_seconds() < 600:
        return False
    person.last_seen_at = moment
    return True
