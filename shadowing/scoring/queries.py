"""What the pages about areas ask of the database: kept-up results only, never a scan of observations."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import STAGE_KINDS, Level
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.models import Site
from shadowing.people.reader import Reader
from shadowing.scoring.filter import missing
from shadowing.scoring.kept import nothing_kept
from shadowing.scoring.models import ALL, KEPT_SCORE, AreaResult, AreaScore, JourneyResult, KeptScore
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import Panel, Tally

STAGES = tuple(STAGE_KINDS)


@dataclass(frozen=True)
class AreaWithResult:
    """An area with its touchpoint and what the fit says of it (None = nothing yet)."""

    area: Area
    touchpoint: Touchpoint
    result: AreaResult | None


def journeys_by_visits() -> list[tuple[Journey, int]]:
    """Journeys that are not archived: ours before imported ones (DECISIONS 40), most visits in the window first."""
    visits: Counter[int] = Counter()
    kept = select(JourneyResult.journey_id, JourneyResult.figures).where(JourneyResult.scope == ALL)
    for journey_id, figures in db.session.execute(kept):
        visits[journey_id] += figures["visits"]["n"]
    journeys = db.session.scalars(select(Journey).where(Journey.archived_at.is_(None)).order_by(Journey.id))
    return sorted(
        ((journey, visits[journey.id]) for journey in journeys), key=lambda pair: (pair[0].origin == "import", -pair[1])
    )


def choose_journey(journeys: list[Journey], asked: str | None, remembered: str | None = None) -> Journey | None:
    """The one asked for, else remembered, else the first. Raises not_found for one that is asked for and not there."""
    known = {str(journey.id): journey for journey in journeys}
    if asked and asked not in known:
        raise missing("journey")
    return known.get(asked or remembered or "") or next(iter(journeys), None)


def panel_of_journey(journey: Journey) -> int:
    """The fit group a journey's pages show: our live visits, or its newest import. 0 = there is none yet."""
    if journey.origin == "import":
        newest = select(func.max(Import.panel_id)).where(Import.journey_id == journey.id)
    else:
        newest = select(Panel.id).where(Panel.kind == "live")
    return db.session.scalar(newest) or 0


def scope_of(site: str | None, reader: Reader) -> str:
    """What is kept up for a site, or over everything. Raises not_found for one this reader may not ask for."""
    if not site:
        return ALL
    id = our_id(site)
    if id is None or not reader.sees(id) or db.session.get(Site, id) is None:
        raise Problem("not_found")
    return f"site:{id}"


def places(journey: Journey, panel_id: int, scope: str = ALL) -> list[AreaWithResult]:
    """Every area of the journey that is offered or has results, in journey order."""
    rows = db.session.execute(
        select(Area, Touchpoint, AreaResult)
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .outerjoin(
            AreaResult,
            (AreaResult.area_id == Area.id) & (AreaResult.panel_id == panel_id) & (AreaResult.scope == scope),
        )
        .where(Touchpoint.journey_id == journey.id)
    ).all()
    found = [
        AreaWithResult(area, touchpoint, result)
        for area, touchpoint, result in rows
        if result is not None or (area.offered and touchpoint.removed_at is None)
    ]
    return sorted(found, key=lambda p: (STAGES.index(p.touchpoint.stage), p.touchpoint.position, p.area.id))


def how_many_unseen(found: list[AreaWithResult], kept: JourneyResult | None) -> int:
    """Areas of the map today that nobody has looked at in the window: the one count of all pages. kept: of a scope."""
    seen = (kept.figures if kept else nothing_kept()).get("seen", {"areas": {}})["areas"]
    return sum(p.area.offered and p.touchpoint.removed_at is None and str(p.area.id) not in seen for p in found)


def level_scores(panel_id: int, area_ids: list[int], scope: str = ALL) -> dict[int, dict[Level, KeptScore]]:
    """area id -> level -> its score in the current epoch."""
    rows = db.session.execute(
        select(*KEPT_SCORE)
        .join(Area, (Area.id == AreaScore.area_id) & (Area.epoch == AreaScore.epoch))
        .where(AreaScore.panel_id == panel_id, AreaScore.scope == scope, AreaScore.area_id.in_(area_ids))
    )
    found: dict[int, dict[Level, KeptScore]] = defaultdict(dict)
    for score in map(KeptScore._make, rows):
        found[score.area_id][score.level] = score
    return found


def journey_result(journey: Journey, panel_id: int, scope: str = ALL) -> JourneyResult | None:
    return db.session.get(JourneyResult, (panel_id, scope, journey.id))


def area_or_404(area_id: int) -> AreaWithResult:
    """An area with the result of its journey's own panel. Raises not_found."""
    row = db.session.execute(select(Area, Touchpoint).join(Touchpoint).where(Area.id == area_id)).first()
    if row is None:
        raise Problem("not_found")
    area, touchpoint = row
    panel_id = panel_of_journey(touchpoint.journey)
    return AreaWithResult(area, touchpoint, db.session.get(AreaResult, (panel_id, ALL, area_id)))


def tallies(
    panel_id: int, area_id: int, site_ids: frozenset[int] | None = None, first_day: str = ""
) -> dict[str, dict[str, int]]:
    """kind -> key -> how often, from this day on (YYYY-MM-DD); site_ids None = all sites."""
    query = select(Tally.kind, Tally.key, func.sum(Tally.n)).where(Tally.panel_id == panel_id, Tally.area_id == area_id)
    if site_ids is not None:
        query = query.where(Tally.site_id.in_(site_ids))
    if first_day:
        query = query.where(Tally.day >= first_day)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, key, n in db.session.execute(query.group_by(Tally.kind, Tally.key)):
        if n:
            found[kind][key] = int(n)
    return found
