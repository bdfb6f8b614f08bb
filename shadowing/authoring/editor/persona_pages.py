"""What the page of personas and scenarios shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Subquery, case, func, select

from shadowing.authoring.editor.comparing import PersonaDifference, PersonaFigures, PersonaRatings, differing, share_of
from shadowing.authoring.editor.pages import WRONG
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Words
from shadowing.journeys.editing import Draft, touchpoints
from shadowing.journeys.models import Area, Journey, Persona, Touchpoint
from shadowing.journeys.personas import Gap, gaps
from shadowing.people.reader import Reader
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.window import WINDOW, window_start

#: The newest visits of the window are compared; more would make the page wait and change nothing.
MOST_VISITS = 5_000


@dataclass(frozen=True)
class PersonasPage:
    """names: of touchpoints and personas by key; days: the window; given: what was typed into wrong fields."""

    id: int
    draft: Draft
    revision: int
    version: int
    wrong: dict[str, str]
    told: str
    given: Mapping[str, str]
    figures: dict[str, PersonaFigures]
    differences: tuple[PersonaDifference, ...]
    gaps: tuple[Gap, ...]
    touchpoints: dict[str, Words]
    personas: dict[str, Words]
    days: int = WINDOW.days


def personas_page(
    journey: Journey,
    reader: Reader,
    draft: Draft,
    revision: int,
    wrong: dict[str, str],
    told: str,
    given: Mapping[str, str],
) -> PersonasPage:
    visits = _visits(journey, reader)
    figures = _figures(draft, visits)
    return PersonasPage(
        id=journey.id,
        draft=draft,
        revision=revision,
        version=journey.version,
        wrong={field: str(WRONG[what]) for field, what in wrong.items()},
        told=told,
        given={field: given[field] for field in wrong if field in given},
        figures=figures,
        differences=tuple(differing(_cells(visits))),
        gaps=tuple(gaps(draft)),
        touchpoints={each["key"]: each["name"] for _, each in touchpoints(draft)} | _removed(journey),
        personas={row.key: row.name for row in _rows(journey)},
    )


def _rows(journey: Journey) -> list[Persona]:
    return list(db.session.scalars(select(Persona).where(Persona.journey_id == journey.id)))


def _removed(journey: Journey) -> dict[str, Words]:
    rows = db.session.execute(
        select(Touchpoint.key, Touchpoint.name).where(
            Touchpoint.journey_id == journey.id, Touchpoint.removed_at.is_not(None)
        )
    )
    return {key: name for key, name in rows}


def _visits(journey: Journey, reader: Reader) -> Subquery:
    """The newest visits of the window that this reader may see, with the key of their persona."""
    query = (
        select(Visit.id, Persona.key.label("persona"), Visit.outcome, Visit.satisfaction)
        .join(Persona, Persona.id == Visit.persona_id)
        .where(
            Visit.panel_id == panel_of_journey(journey),
            Visit.journey_id == journey.id,
            Visit.started_at >= window_start(clock.now()),
            Visit.counts,
            reader.at_sites(Visit.site_id),
        )
    )
    return query.order_by(Visit.started_at.desc(), Visit.id).limit(MOST_VISITS).subquery()


def _figures(draft: Draft, visits: Subquery) -> dict[str, PersonaFigures]:
    counted: dict[str, int] = defaultdict(int)
    outcomes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    satisfied: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = (visits.c.persona, visits.c.outcome, visits.c.satisfaction)
    for key, outcome, satisfaction, n in db.session.execute(select(*columns, func.count()).group_by(*columns)):
        counted[key] += n
        if outcome is not None:
            outcomes[key][outcome] += n
        if satisfaction is not None:
            satisfied[key][str(satisfaction)] += n
    return {
        each["key"]: PersonaFigures(
            each["key"],
            each["name"],
            each["kind"],
            counted[each["key"]],
            share_of(outcomes[each["key"]], ("yes",)),
            share_of(satisfied[each["key"]], ("4", "5")),
        )
        for each in draft["personas"]
    }


def _cells(visits: Subquery) -> list[PersonaRatings]:
    columns = [getattr(Observation, level) for level in LEVELS]
    sums = [part for column in columns for part in (func.sum(case((column >= 4, 1), else_=0)), func.count(column))]
    rows = db.session.execute(
        select(visits.c.persona, Touchpoint.key, *sums)
        .join(Observation, Observation.visit_id == visits.c.id)
        .join(Area, Area.id == Observation.area_id)
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .where(Observation.scored.is_(True))
        .group_by(visits.c.persona, Touchpoint.key)
    )
    return [
        PersonaRatings(persona, touchpoint, level, int(counts[2 * place]), int(counts[2 * place + 1]))
        for persona, touchpoint, *counts in rows
        for place, level in enumerate(LEVELS)
    ]
