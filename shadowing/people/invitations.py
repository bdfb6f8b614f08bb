"""Invitations: a code that makes an account for whoever has it, so many times and so long. Callers commit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext
from sqlalchemy import select, update

from shadowing.core.database import db
from shadowing.core.vocabulary import Role
from shadowing.people.accounts import Refused, add_person, refuse_weak
from shadowing.people.models import Invitation, Person, Site
from shadowing.people.reader import Reader

MOST_USES = 500
DAYS = (1, 7, 14, 30, 90)


def invite(
    name: str,
    role: Role,
    uses: int,
    days: int,
    by: Person,
    now: datetime,
    department_id: int | None = None,
    sites: Sequence[Site] | None = None,
) -> Invitation:
    """A new invitation. sites: None = whoever comes by it is of every site."""
    made = Invitation(
        code=secrets.token_urlsafe(12),
        name=name,
        role=role,
        department_id=department_id,
        uses=uses,
        used=0,
        ends_at=now + timedelta(days=days),
        made_by=by.id,
        sites=list(sites or ()),
        all_sites=sites is None,
    )
    db.session.add(made)
    return made


def open_invitations(now: datetime, reader: Reader) -> list[Invitation]:
    """Those that still let somebody in to sites of this reader, the newest first."""
    rows = select(Invitation).where(
        Invitation.ended_at.is_(None), Invitation.ends_at > now, Invitation.used < Invitation.uses
    )
    found = db.session.scalars(rows.order_by(Invitation.id.desc()))
    return [invitation for invitation in found if invites_within(invitation, reader)]


def invites_within(invitation: Invitation, reader: Reader) -> bool:
    """Whether it takes people to sites of this reader alone."""
    if reader.sites is None:
        return True
    return not invitation.all_sites and all(reader.sees(site.id) for site in invitation.sites)


def find_open(code: str, now: datetime) -> Invitation | None:
    found = db.session.scalar(select(Invitation).where(Invitation.code == code[:32]))
    return found if found and is_open(found, now) else None


def is_open(invitation: Invitation, now: datetime) -> bool:
    return invitation.ended_at is None and invitation.ends_at > now and invitation.used < invitation.uses


def join(invitation: Invitation, name: str, email: str, password: str, locale: str) -> Person:
    """An account for whoever holds the invitation. Raises Refused, also when its last use was just taken."""
    refuse_weak(password, email.strip(), name)
    person = add_person(
        email,
        name,
        invitation.role,
        password,
        locale=locale,
        department_id=invitation.department_id,
        sites=None if invitation.all_sites else list(invitation.sites),
    )
    taken = db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used < Invitation.uses)
        .values(used=Invitation.used + 1)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Refused(gettext("This invitation was just used up. Ask whoever gave it to you for another."))
    return person
