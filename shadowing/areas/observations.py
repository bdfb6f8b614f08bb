"""What an area's numbers rest on: its observations, as far as this reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, Select, func, or_, select

from shadowing.areas.figures import ObservationsPage
from shadowing.areas.pages import row_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import LEVELS, RATINGS
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader, own_sites
from shadowing.scoring.queries import AreaWithResult, area_or_404, panel_of_journey, scope_of
from shadowing.scoring.shapes import Choice, Filter
from shadowing.visits.figures import SeenObservation
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import seen_observation
from shadowing.visits.window import window_start

Rated = Select[Observation, Visit, Site, Person]
ON_A_PAGE = 30
MOST_PAGES = 10_000


def observations_page(area_id: int, wanted: Mapping[str, str], reader: Reader) -> ObservationsPage:
    """/areas/<id>/observations. wanted: `rating` ("utility-2"), `site`, `page`. Raises not_found."""
    place = area_or_404(area_id)
    rated = _rated(place, reader)
    asked = _asked(rated, wanted, reader)
    total, of_all = _count(asked), _count(rated)
    page = min(_page(wanted.get("page")), max(1, -(-total // ON_A_PAGE)))
    newest = asked.order_by(Observation.observed_at.desc(), Observation.id)
    rows = db.session.execute(newest.limit(ON_A_PAGE).offset(ON_A_PAGE * (page - 1))).all()
    return ObservationsPage(
        area=row_of(place),
        seen=_shown(reader, rows),
        total=total,
        of_all=of_all,
        page=page,
        pages=max(1, -(-total // ON_A_PAGE)),
        filters=_filters(wanted, reader),
        wanted={name: wanted[name] for name in ("rating", "site") if wanted.get(name)},
    )


def how_many_rated(place: AreaWithResult, reader: Reader) -> int:
    """Observations with a rating in the window, at the sites of this reader."""
    return _count(_rated(place, reader))


def _rated(place: AreaWithResult, reader: Reader) -> Rated:
    panel = db.session.get(Panel, panel_of_journey(place.touchpoint.journey))
    since = window_start(clock.now(), panel.anchored_at if panel else None)
    return (
        select(Observation, Visit, Site, Person)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(
            Observation.area_id == place.area.id,
            Observation.panel_id == (panel.id if panel else 0),
            Observation.scored.is_(True),
            Observation.observed_at >= since,
            or_(*(getattr(Observation, level).is_not(None) for level in LEVELS)),
            reader.at_sites(Visit.site_id),
        )
    )


def _asked(rated: Rated, wanted: Mapping[str, str], reader: Reader) -> Rated:
    level, _dash, rating = wanted.get("rating", "").partition("-")
    if level:
        if level not in LEVELS or rating not in {str(each) for each in RATINGS}:
            raise Problem("not_found")
        rated = rated.where(getattr(Observation, level) == int(rating))
    if wanted.get("site"):
        scope_of(wanted["site"], reader)
        rated = rated.where(Visit.site_id == our_id(wanted["site"]))
    return rated


def _count(query: Rated) -> int:
    return db.session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0


def _page(said: str | None) -> int:
    return min(int(said), MOST_PAGES) if said and said.isascii() and said.isdigit() and int(said[:9]) else 1


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
    made = [Filter("rating", _("Rating"), "filter", _choices(ratings, wanted.get("rating")))]
    sites = [(str(site.id), site.name) for site in own_sites(reader)]
    if len(sites) > 1:
        made.append(Filter("site", _("Site"), "pin", _choices([("", _("All sites")), *sites], wanted.get("site"))))
    return tuple(made)


def _choices(named: list[tuple[str, Any]], chosen: str | None) -> tuple[Choice, ...]:
    return tuple(Choice(value, name, value == (chosen or "")) for value, name in named)
