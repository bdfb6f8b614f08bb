"""What the people page shows: who may do what where, who was here lately, which departments have nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale, gettext
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from shadowing.administration.figures import InvitationRow, PeoplePage, PersonRow
from shadowing.administration.wording import last_here, named_sites
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import LANGUAGES, words
from shadowing.core.ids import our_id
from shadowing.core.sentences import Sentence
from shadowing.core.vocabulary import ROLE_DEEDS
from shadowing.people.filters import day
from shadowing.people.invitations import open_invitations
from shadowing.people.models import UNBOUND, Department, Invitation, Person, Site
from shadowing.people.reader import Reader, own_sites
from shadowing.people.zones import home_zone

MOST_ROWS = 200
HERE_NOW = timedelta(minutes=15)


def people_page(wanted: dict[str, str], now: datetime, may_invite: Sequence[str], reader: Reader) -> PeoplePage:
    """wanted: role, site, department, find; anything unknown is ignored. may_invite: roles whose posters are shown.

    A reader bound to sites sees who may be met there.
    """
    departments, sites = open_departments(), open_sites(reader)
    there = set(db.session.scalars(select(Person.department_id).where(Person.left_at.is_(None)).distinct()))
    empty = [words(each.name) for each in departments if each.id not in there]
    here = or_(Person.is_of(reader.sites), Person.id == reader.person_id)
    everybody = select(Person).where(Person.left_at.is_(None), here)
    query = _filtered(everybody, wanted)
    rows = db.session.scalars(
        query.options(selectinload(Person.sites), selectinload(Person.department))
        .order_by(func.lower(Person.name), Person.id)
        .limit(MOST_ROWS)
    )
    zone = home_zone()
    return PeoplePage(
        people=tuple(_row(person, len(sites), now, zone) for person in rows),
        total=_count(everybody),
        found=_count(query.with_only_columns(Person.id)),
        departments=len(departments),
        with_people=len(departments) - len(empty),
        without_people=listed(empty),
        invitations=tuple(
            _invitation(each, len(sites)) for each in open_invitations(now, reader) if each.role in may_invite
        ),
    )


def chosen_sites(ids: list[str]) -> list[Site]:
    return list(db.session.scalars(select(Site).where(Site.id.in_([int(each) for each in ids]))))


def open_departments() -> list[Department]:
    rows = db.session.scalars(select(Department).where(Department.closed_at.is_(None)))
    return sorted(rows, key=lambda each: words(each.name))


def open_sites(reader: Reader) -> list[Site]:
    """Our own that are still walked and that this reader may name, by their names."""
    return sorted(own_sites(reader, closed=False), key=lambda each: words(each.name))


def closed_choices(sites: Iterable[Site]) -> list[tuple[str, str]]:
    """Of sites that are closed: somebody may belong to one still."""
    return [(str(site.id), gettext("%(site)s (closed)", site=words(site.name))) for site in sites]


def choices(rows: Iterable[Department | Site]) -> list[tuple[str, str]]:
    """For a form: (id, name)."""
    return [(str(row.id), words(row.name)) for row in rows]


def listed(names: Sequence[str]) -> str:
    """“a, b and c” in the reader's language."""
    return format_list(list(names), locale=get_locale()) if names else ""


def _filtered(query: Select[Any], wanted: dict[str, str]) -> Select[Any]:
    if wanted.get("role") in ROLE_DEEDS:
        query = query.where(Person.role == wanted["role"])
    department, site = our_id(wanted.get("department")), our_id(wanted.get("site"))
    if department is not None:
        query = query.where(Person.department_id == department)
    if site is not None:
        query = query.where(Person.is_of(frozenset({site})))
    if wanted.get("find"):
        text = wanted["find"].casefold()
        query = query.where(
            or_(
                func.lower(Person.name).contains(text, autoescape=True),
                func.lower(Person.email).contains(text, autoescape=True),
            )
        )
    return query


def _count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _row(person: Person, sites: int, now: datetime, zone: tzinfo) -> PersonRow:
    return PersonRow(
        id=person.id,
        name=person.name,
        initials=person.initials,
        department=words(person.department.name) if person.department else "",
        role=person.role,
        sites=_sites(person, sites),
        language=LANGUAGES.get(person.locale or "", "–"),
        last_here=_last_here(person.last_seen_at, now, zone),
        invited=person.last_seen_at is None and person.password_hash is None,
    )


def _sites(who: Person | Invitation, how_many: int) -> Sentence:
    """how_many: sites there are that the reader may name."""
    names = listed([words(site.name) for site in who.sites])
    return named_sites(who.all_sites or who.role in UNBOUND, names, how_many)


def _last_here(moment: datetime | None, now: datetime, zone: tzinfo) -> Sentence:
    if moment is None:
        return last_here(None, False, "")
    days = (clock.day_at(now, zone) - clock.day_at(moment, zone)).days
    return last_here(days, now - moment < HERE_NOW, day(moment, year=days > 300))


def _invitation(each: Invitation, sites: int) -> InvitationRow:
    return InvitationRow(
        id=each.id,
        name=each.name,
        role=each.role,
        sites=_sites(each, sites),
        used=each.used,
        uses=each.uses,
        ends=day(each.ends_at),
    )
