"""What observations count for, as conditions: what totals were made of, and ratings that are low."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo

from sqlalchemy import ColumnElement, Text, and_, func, or_, true, type_coerce

from shadowing.core import clock
from shadowing.core.database import canonical
from shadowing.core.vocabulary import FACTOR_GROUPS, LEVELS, LOW_RATING
from shadowing.people.zones import zones
from shadowing.visits.models.visit import Observation


def counts_for(kind: str, key: str) -> ColumnElement[bool]:
    """Whether an observation counts for it; without a key, for any of the kind."""
    written = canonical([kind, key]) if key else canonical([kind, ""]).removesuffix('"]')
    return type_coerce(Observation.counted, Text).contains(written, autoescape=True)


def address_of(kind: str, key: str) -> str:
    """As an address asks for the observations that count for it."""
    return f"{kind}~{key}"


def rated_low() -> ColumnElement[bool]:
    """Whether any level was rated so that reasons are asked and tags counted."""
    return or_(*(getattr(Observation, level) <= LOW_RATING for level in LEVELS))


def hurt_by(group: str) -> ColumnElement[bool]:
    """Whether it says of any factor of a group that it hurt."""
    return or_(*(counts_for(f"factor:{factor}", "hurt") for factor in FACTOR_GROUPS[group]))


def seen_on(first: date, last: date | None) -> ColumnElement[bool]:
    """Whether it was seen on one of these days by its site's clock, as totals tell days. last: None = until now."""
    known, site = zones(), func.coalesce(Observation.site_id, 0)
    of_sites = [and_(site == id, _between(first, last, zone)) for id, zone in known.sites.items()]
    return or_(and_(site.not_in(tuple(known.sites)), _between(first, last, known.home)), *of_sites)


def _between(first: date, last: date | None, zone: tzinfo) -> ColumnElement[bool]:
    ended = true() if last is None else Observation.observed_at < clock.day_begins(last + timedelta(days=1), zone)
    return and_(Observation.observed_at >= clock.day_begins(first, zone), ended)
