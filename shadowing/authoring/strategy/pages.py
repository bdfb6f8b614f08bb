"""Strategy and principles as others show them, and what was seen of each principle."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shadowing.authoring.strategy.adherence import Lived, StandardCheck, lived
from shadowing.authoring.strategy.models import Principle, Strategy
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LENSES, Words
from shadowing.journeys.editing import touchpoints
from shadowing.journeys.models import Area, Journey, JourneyVersion, Touchpoint
from shadowing.people.models import Department, Site
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.visits.models.totals import Panel, Tally
from shadowing.visits.window import WINDOW, first_day


@dataclass(frozen=True)
class PrincipleRow:
    """standards: how many standards of the journeys serve it."""

    principle: Principle
    standards: int
    lived: Lived


@dataclass(frozen=True)
class StrategyPage:
    """sentences: lens -> words; sites, departments: id -> name, those where something was checked."""

    sentences: dict[str, Words | None]
    revision: int
    rows: tuple[PrincipleRow, ...]
    sites: dict[int, Words]
    departments: dict[int, Words]
    days: int = WINDOW.days


def sentences() -> dict[str, Words | None]:
    """business: what the business wants; brand: what we are known for; customer: what customers need."""
    kept = db.session.get(Strategy, 1)
    return {lens: getattr(kept, lens) if kept else None for lens in LENSES}


def principles() -> list[Principle]:
    return list(db.session.scalars(select(Principle).where(Principle.retired_at.is_(None)).order_by(Principle.id)))


def strategy_page(reader: Reader) -> StrategyPage:
    serving = _serving()
    found = lived(_checked(serving, reader))
    kept = db.session.get(Strategy, 1)
    rows = [
        PrincipleRow(
            each,
            sum(1 for principle in serving.values() if principle == str(each.id)),
            found.get(str(each.id), Lived()),
        )
        for each in principles()
    ]
    sites = {site for row in rows for site in row.lived.by_site}
    departments = {department for row in rows for department in row.lived.by_department}
    return StrategyPage(
        sentences(),
        kept.revision if kept else 0,
        tuple(rows),
        {s.id: s.name for s in db.session.scalars(select(Site).where(Site.id.in_(sites)).order_by(Site.id))},
        {d.id: d.name for d in db.session.scalars(select(Department).where(Department.id.in_(departments)))},
    )


def _serving() -> dict[tuple[int, str], str]:
    """(touchpoint, key of the standard) -> principle, in the current versions of all journeys."""
    snapshots = db.session.scalars(
        select(JourneyVersion.snapshot)
        .join(Journey, (JourneyVersion.journey_id == Journey.id) & (JourneyVersion.number == Journey.version))
        .where(Journey.archived_at.is_(None), Journey.origin != "import")
    )
    return {
        (int(touchpoint["id"]), standard["id"]): standard["principle"]
        for snapshot in snapshots
        for _kind, touchpoint in touchpoints(snapshot)
        for standard in touchpoint.get("standards") or ()
        if standard.get("principle")
    }


def _checked(serving: dict[tuple[int, str], str], reader: Reader) -> list[StandardCheck]:
    """Kept-up totals of our own visits in the window, at the sites this reader may see."""
    query = (
        select(Touchpoint.id, Touchpoint.department_id, Tally.site_id, Tally.kind, Tally.key, func.sum(Tally.n))
        .join(Area, Area.id == Tally.area_id)
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .join(Panel, Panel.id == Tally.panel_id)
        .where(
            Panel.kind == "live",
            Touchpoint.id.in_({touchpoint for touchpoint, _ in serving}),
            Tally.kind.like("standard:%"),
            Tally.day >= first_day(clock.now(), home_zone()),
            reader.at_sites(Tally.site_id),
        )
        .group_by(Touchpoint.id, Touchpoint.department_id, Tally.site_id, Tally.kind, Tally.key)
    )
    return [
        StandardCheck(serving[place, kind.removeprefix("standard:")], site, department, state, int(n))
        for place, department, site, kind, state, n in db.session.execute(query)
        if (place, kind.removeprefix("standard:")) in serving
    ]
