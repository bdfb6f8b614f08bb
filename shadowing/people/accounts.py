"""Making people, tokens, sites and the organisation. Callers commit."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import bindparam, select, update

from shadowing.core.database import db
from shadowing.core.i18n import LANGUAGES
from shadowing.core.vocabulary import ROLES, SERVED_ELSE, Role, Words
from shadowing.people.models import ApiToken, Department, Organisation, Person, Site
from shadowing.people.passwords import LONGEST, SHORTEST, hash_password, is_common

HOLDER = (
    select(Person)
    .join(ApiToken, ApiToken.person_id == Person.id)
    .where(ApiToken.digest == bindparam("mark"), ApiToken.revoked_at.is_(None))
)
#: A password of fewer different signs is no secret.
FEWEST_SIGNS = 5
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Refused(ValueError):
    """The sentence says why."""


def add_person(
    email: str, name: str, role: Role, password: str | None, sites: Sequence[Site] | None = None, **fields: object
) -> Person:
    """A new member of staff. sites: None = of every site. Raises Refused with a sentence."""
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise Refused(gettext("“%(email)s” is not an e-mail address. Add the part after the @.", email=email))
    if role not in ROLES:
        raise Refused(f"{role!r} is not a role. Choose one of: {', '.join(ROLES)}.")
    if password is not None:
        refuse_weak(password, email, name)
    if find_person(email):
        raise Refused(gettext("%(email)s has an account already.", email=email))
    person = Person(
        email=email,
        name=name.strip() or email.partition("@")[0],
        role=role,
        password_hash=hash_password(password) if password else None,
        session_key=secrets.token_hex(8),
        sites=list(sites or ()),
        all_sites=sites is None,
        **fields,
    )
    db.session.add(person)
    return person


def set_password(person: Person, password: str, moment: datetime) -> None:
    """A new password; whatever let somebody in without it ends: sessions, links, tokens, the calendar's address.

    Raises Refused.
    """
    refuse_weak(password, person.email, person.name)
    person.password_hash = hash_password(password)
    shut_out(person, moment)


def refuse_weak(password: str, email: str, name: str) -> None:
    """Raises Refused when the password is short, or is what anybody who knows the person would try."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(gettext("A password has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST))
    plain = password.casefold()
    guessed = {email.casefold(), email.casefold().partition("@")[0], name.casefold(), "shadowing"}
    simple = len(set(plain)) < FEWEST_SIGNS or plain.isdecimal() or plain.strip("0123456789!. ") in guessed
    if simple or is_common(password):
        raise Refused(gettext("This is easily guessed. Three or four words that only you put together are better."))


def leave(person: Person, moment: datetime) -> None:
    """The person is out at once; what they noted stays. Raises Refused for the last administrator."""
    if is_last_admin(person):
        raise Refused(gettext("Somebody must administer. Make another administrator first."))
    person.left_at = moment
    shut_out(person, moment)


def shut_out(person: Person, moment: datetime) -> None:
    """Every session, link, token and calendar address of this person ends."""
    person.session_key = secrets.token_hex(8)
    person.calendar_digest = None
    db.session.execute(
        update(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None)).values(revoked_at=moment)
    )


def is_last_admin(person: Person) -> bool:
    if person.role != "admin" or not person.is_active:
        return False
    others = select(Person.id).where(Person.role == "admin", Person.left_at.is_(None), Person.id != person.id)
    return db.session.scalar(others.limit(1)) is None


def anybody_there() -> bool:
    """Whether somebody has an account."""
    return db.session.scalar(select(Person.id).limit(1)) is not None


def anywhere() -> bool:
    """Whether there is a site."""
    return db.session.scalar(select(Site.id).limit(1)) is not None


def find_person(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def add_token(person: Person, name: str) -> str:
    """A bearer token; shown once, only its digest is kept."""
    token = f"sh_{secrets.token_urlsafe(32)}"
    db.session.add(ApiToken(person_id=person.id, name=name, digest=digest_of(token)))
    return token


def tokens_of(person: Person) -> list[ApiToken]:
    """Those that still let somebody in, the newest first."""
    rows = select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(rows.order_by(ApiToken.id.desc())))


def end_token(person: Person, token_id: int, moment: datetime) -> bool:
    """Whether there was one of this person's to end."""
    found = db.session.get(ApiToken, token_id)
    if found is None or found.person_id != person.id or found.revoked_at is not None:
        return False
    found.revoked_at = moment
    return True


def person_of_token(token: str) -> Person | None:
    person = db.session.scalar(HOLDER, {"mark": digest_of(token)})
    return person if person and person.is_active else None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def organisation() -> Organisation:
    """The one organisation; made with a neutral name when nobody has said one."""
    found = db.session.scalar(select(Organisation))
    return found or Organisation(
        name=Words(en="Our organisation", zh="本机构"),
        time_zone="UTC",
        languages=list(LANGUAGES),
        served=SERVED_ELSE,
        contact="",
        colour="#07505a",
    )


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
