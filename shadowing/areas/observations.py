"""What an area's numbers rest on: its observations, as far as this reader may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, case, func, or_, select

from shadowing.areas.figures import ObservationsPage
from shadowing.areas.noted import Noted, of_visit, read_noted, tidy, with_words
from shadowing.areas.rows import choices, row_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import language, words
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import FACTORS, LEVELS, RATINGS
from shadowing.coverage.pages import known_scenarios
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader
from shadowing.people.zones import zones
from shadowing.scoring.asked_areas import applicable
from shadowing.scoring.filter import Asked, missing, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.observed import scored_for, window_of
from shadowing.scoring.queries import AreaWithResult, area_or_404, panel_of_journey
from shadowing.scoring.shapes import Filter
from shadowing.visits.counted import counts_for, rated_low
from shadowing.visits.figures import SeenObservation
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import seen_observation

Seen = Select[Observation]
NEWEST_FIRST = (Observation.observed_at.desc(), Observation.id)
NEWEST = 6
ON_A_PAGE = 30
#: What of the filter makes a part of an area's observations.
PARTS = ("site", "persona", "scenario", "since")


def observations_page(area_id: int, wanted: Mapping[str, str], reader: Reader) -> ObservationsPage:
    """/areas/<id>/observations. Raises not_found or invalid.

    wanted: the filter, `rating` ("utility-2"), `noted` ("factor:people~hurt"), `find` (words), `page`.
    """
    place = area_or_404(area_id)
    asked = applicable(read(wanted, reader), place.touchpoint.journey)
    noted, find = read_noted(wanted.get("noted"), place), tidy(wanted.get("find"))
    rated = _with_rating(_rated(place, asked, reader) if noted is None else _noted(place, asked, noted, reader), wanted)
    if find:
        rated = rated.where(with_words(find))
    total = _count(rated)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(_page(wanted.get("page")), pages)
    return ObservationsPage(
        area=row_of(place),
        seen=_shown(reader, rated, ON_A_PAGE, ON_A_PAGE * (page - 1)),
        total=total,
        of_all=_count(_rated(place, Asked(), reader)),
        page=page,
        pages=pages,
        filters=(*_own_filters(wanted, noted, find), *_filters(place, asked, reader)),
        wanted={name: wanted[name] for name in ("rating", "noted", "find") if wanted.get(name)},
    )


def how_many_rated(place: AreaWithResult, asked: Asked, reader: Reader) -> int:
    """Observations with a rating in the window, at the sites of this reader."""
    return _count(_rated(place, asked, reader))


def low_ratings(place: AreaWithResult, asked: Asked, reader: Reader) -> tuple[int, dict[str, int]]:
    """Observations with a rating of 3 or less, and of those how many say of each factor that it hurt."""
    of_area = _of_part(_in_window(place, asked, reader), asked).where(rated_low())
    hurt = (func.coalesce(func.sum(case((counts_for(f"factor:{each}", "hurt"), 1), else_=0)), 0) for each in FACTORS)
    total, *counts = db.session.execute(of_area.with_only_columns(func.count(), *hurt)).one()
    return total, {factor: int(n) for factor, n in zip(FACTORS, counts, strict=True) if n}


def newest_words(place: AreaWithResult, asked: Asked, reader: Reader) -> tuple[SeenObservation, ...]:
    """The newest observations of an area that have words or photos and may be shown."""
    return _shown(reader, _of_part(_scored(place, reader), asked).where(Observation.speaks.is_(True)), NEWEST)


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


def _rated(place: AreaWithResult, asked: Asked, reader: Reader) -> Seen:
    rated = or_(*(getattr(Observation, level).is_not(None) for level in LEVELS))
    return _of_part(_in_window(place, asked, reader), asked).where(rated)


def _noted(place: AreaWithResult, asked: Asked, noted: Noted, reader: Reader) -> Seen:
    """Whoever noted it may have rated nothing."""
    seen = _scored(place, reader) if noted.any_day else _in_window(place, asked, reader)
    return _of_part(seen, asked).where(noted.condition)


def _in_window(place: AreaWithResult, asked: Asked, reader: Reader) -> Seen:
    """A period that was asked for may reach back before it."""
    if asked.outside:
        return _scored(place, reader)
    since = window_of(panel_of_journey(place.touchpoint.journey), clock.now())
    return _scored(place, reader).where(Observation.observed_at >= since)


def _scored(place: AreaWithResult, reader: Reader) -> Seen:
    panel_id = panel_of_journey(place.touchpoint.journey)
    return select(Observation).where(Observation.area_id == place.area.id, *scored_for(panel_id, reader))


def _of_part(seen: Seen, asked: Asked) -> Seen:
    """Of the site, persona, scenario and period asked for."""
    if asked.site_id is not None:
        seen = seen.where(Observation.site_id == asked.site_id)
    if asked.persona_id is not None:
        seen = seen.where(of_visit(Visit.persona_id == asked.persona_id))
    if asked.scenario is not None:
        walked = select(VisitPath.visit_id).where(VisitPath.scenario == asked.scenario)
        seen = seen.where(Observation.visit_id.in_(walked))
    return seen if asked.since is None else seen.where(Observation.observed_at >= asked.since)


def _with_rating(rated: Seen, wanted: Mapping[str, str]) -> Seen:
    level, _dash, rating = wanted.get("rating", "").partition("-")
    if level:
        if level not in LEVELS or rating not in {str(each) for each in RATINGS}:
            raise missing("rating")
        rated = rated.where(getattr(Observation, level) == int(rating))
    return rated


def _count(query: Seen) -> int:
    return db.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0


def _page(said: str | None) -> int:
    """From 1. Nine digits are more than anybody turns; thousands of them are no number to Python."""
    digits = (said or "")[:9]
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1


def _shown(reader: Reader, wanted: Seen, limit: int, offset: int = 0) -> tuple[SeenObservation, ...]:
    """The newest first. Which ones is settled before anything is joined to them."""
    newest = wanted.with_only_columns(Observation.id).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
    ids = list(db.session.scalars(newest))
    photos, sounds = ids_to_show(Photo, ids), ids_to_show(Sound, ids)
    rows = db.session.execute(
        select(Observation, Visit, Site, Person)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(Observation.id.in_(ids))
        .order_by(*NEWEST_FIRST)
    )
    return tuple(
        seen_observation(reader, seen, visit, site, person, photos.get(seen.id, ()), sounds.get(seen.id, ()))
        for seen, visit, site, person in rows
    )


def _own_filters(wanted: Mapping[str, str], noted: Noted | None, find: str) -> tuple[Filter, ...]:
    ratings = [("", _("All ratings"))]
    ratings += [
        (f"{level}-{rating}", f"{words(name)} {rating}") for level, name in LEVELS.items() for rating in RATINGS
    ]
    made = [Filter("rating", _("Rating"), "filter", choices(ratings, wanted.get("rating")))]
    if noted is not None:
        known = [("", _("Everything noted")), (noted.value, plain(noted.told, language()))]
        made.append(Filter("noted", _("Noted"), "check", choices(known, noted.value)))
    return (*made, Filter("find", _("Find words"), "find", text=find))


def _filters(place: AreaWithResult, asked: Asked, reader: Reader) -> tuple[Filter, ...]:
    journey = place.touchpoint.journey
    if journey.origin == "import":
        return ()
    offer = FilterOffer((), journey, scenarios=known_scenarios(panel_of_journey(journey), journey))
    return filters_of(PARTS, offer, asked, reader, clock.now())
