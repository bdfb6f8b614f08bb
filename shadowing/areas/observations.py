"""What an area's numbers rest on: its observations, as far as this reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import Row, Select, func, or_, select

from shadowing.areas.figures import ObservationsPage
from shadowing.areas.rows import choices, row_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import LEVELS, RATINGS
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader, own_sites
from shadowing.people.zones import zones
from shadowing.scoring.queries import AreaWithResult, area_or_404, panel_of_journey, scope_of
from shadowing.scoring.shapes import Filter
from shadowing.visits.figures import SeenObservation
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import seen_observation
from shadowing.visits.window import window_start

Seen = Select[Observation, Visit, Site, Person]
NEWEST_FIRST = (Observation.observed_at.desc(), Observation.id)
NEWEST = 6
ON_A_PAGE = 30


def observations_page(area_id: int, wanted: Mapping[str, str], reader: Reader) -> ObservationsPage:
    """/areas/<id>/observations. wanted: `rating` ("utility-2"), `site`, `page`. Raises not_found."""
    place = area_or_404(area_id)
    rated = _rated(place, reader)
    asked = _asked(rated, wanted, reader)
    total = _count(asked)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(_page(wanted.get("page")), pages)
    newest = asked.order_by(*NEWEST_FIRST)
    rows = db.session.execute(newest.limit(ON_A_PAGE).offset(ON_A_PAGE * (page - 1))).all()
    return ObservationsPage(
        area=row_of(place),
        seen=_shown(reader, rows),
        total=total,
        of_all=_count(rated),
        page=page,
        pages=pages,
        filters=_filters(wanted, reader),
        wanted={name: wanted[name] for name in ("rating", "site") if wanted.get(name)},
    )


def how_many_rated(place: AreaWithResult, reader: Reader) -> int:
    """Observations with a rating in the window, at the sites of this reader."""
    return _count(_rated(place, reader))


def newest_words(place: AreaWithResult, reader: Reader) -> tuple[SeenObservation, ...]:
    """The newest observations of an area that have words or photos and may be shown."""
    newest = _scored(place, reader).where(Observation.speaks.is_(True)).order_by(*NEWEST_FIRST)
    return _shown(reader, db.session.execute(newest.limit(NEWEST)).all())


def last_seen_on(place: AreaWithResult) -> date | None:
    """The day of the newest row, at its site; None where nothing has been rated."""
    at = place.result.last_at if place.result else None
    if at is None:
        return None
    newest = select(Observation.site_id).where(
        Observation.panel_id == panel_of_journey(place.touchpoint.journey),
        Observation.scored.is_(True),
        Observation.observed_at.between(at, at + timedelta(seconds=1)),  # results keep whole seconds
        Observation.area_id == place.area.id,
    )
    return clock.day_at(at, zones().at(db.session.scalar(newest.limit(1))))


def _rated(place: AreaWithResult, reader: Reader) -> Seen:
    panel = db.session.get(Panel, panel_of_journey(place.touchpoint.journey))
    since = window_start(clock.now(), panel.anchored_at if panel else None)
    return _scored(place, reader).where(
        Observation.observed_at >= since, or_(*(getattr(Observation, level).is_not(None) for level in LEVELS))
    )


def _scored(place: AreaWithResult, reader: Reader) -> Seen:
    return (
        select(Observation, Visit, Site, Person)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(
            Observation.area_id == place.area.id,
            Observation.panel_id == panel_of_journey(place.touchpoint.journey),
            Observation.scored.is_(True),
            reader.at_sites(Visit.site_id),
        )
    )


def _asked(rated: Seen, wanted: Mapping[str, str], reader: Reader) -> Seen:
    level, _dash, rating = wanted.get("rating", "").partition("-")
    if level:
        if level not in LEVELS or rating not in {str(each) for each in RATINGS}:
            raise Problem("not_found")
        rated = rated.where(getattr(Observation, level) == int(rating))
    if wanted.get("site"):
        scope_of(wanted["site"], reader)
        rated = rated.where(Visit.site_id == our_id(wanted["site"]))
    return rated


def _count(query: Seen) -> int:
    return db.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0


def _page(said: str | None) -> int:
    """From 1. Nine digits are more than anybody turns; thousands of them are no number to Python."""
    digits = (said or "")[:9]
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1


def _shown(reader: Reader, rows: Sequence[Row[Observation, Visit, Site, Person]]) -> tuple[SeenObservation, ...]:
    ids = [observation.id for observation, *_rest in rows]
    photos, sounds = ids_to_show(Photo, ids), ids_to_show(Sound, ids)
    return tuple(
        seen_observation(reader, seen, visit, site, person, photos.get(seen.id, ()), sounds.get(seen.id, ()))
        for seen, visit, site, person in rows
    )


def _filters(wanted: Mapping[str, str], reader: Reader) -> tuple[Filter, ...]:
    ratings = [("", _("All ratings"))]
    ratings += [
        (f"{level}-{rating}", f"{words(name)} {rating}") for level, name in LEVELS.items() for rating in RATINGS
    ]
    made = [Filter("rating", _("Rating"), "filter", choices(ratings, wanted.get("rating")))]
    sites = [(str(site.id), site.name) for site in own_sites(reader)]
    if len(sites) > 1:
        made.append(Filter("site", _("Site"), "pin", choices([("", _("All sites")), *sites], wanted.get("site"))))
    return tuple(made)
