"""Rows about improvements, from what is known of their areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from sqlalchemy import select

from shadowing.backlog.brief import Brief, is_overdue
from shadowing.backlog.figures import UNFINISHED, CoveredArea, ImprovementRow, Lenses
from shadowing.backlog.models import Improvement
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.priority import PriorityInput, Ranked, effort_of, lens_values, reach_of, tension
from shadowing.backlog.proof.pages import after_estimate
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.zones import home_zone
from shadowing.scoring.models import ALL, AreaResult, KeptScore
from shadowing.scoring.queries import level_scores
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.pyramid import Findings, LevelFinding, lower_levels_short
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH


class Facts:
    """What is known of the areas of some items, read once."""

    def __init__(self, items: Collection[Improvement | Brief]) -> None:
        self.today = clock.today(home_zone())
        self._areas = {item.area_id for item in items}
        panels = {item.panel_id for item in items}
        self._scores = {panel: level_scores(panel, list(self._areas)) for panel in panels}
        self._reach: dict[int, tuple[float, bool]] = {}
        self._volumes: dict[int, list[float]] = defaultdict(list)
        pairs = select(Area.id, Area.touchpoint_id).where(Area.id.in_(self._areas))
        of_area = {area: touchpoint for area, touchpoint in db.session.execute(pairs)}
        here = select(Touchpoint.journey_id).where(Touchpoint.id.in_(set(of_area.values())))
        known = db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id.in_(here))).all()
        by_id = {touchpoint.id: touchpoint for touchpoint in known}
        self.touchpoints = {area: by_id[touchpoint] for area, touchpoint in of_area.items()}
        for touchpoint in known:
            if touchpoint.reach is not None:
                self._volumes[touchpoint.journey_id].append(touchpoint.reach)

    @cached_property
    def results(self) -> dict[tuple[int, int], AreaResult]:
        """(panel, area) -> what the area shows."""
        rows = select(AreaResult).where(AreaResult.scope == ALL, AreaResult.area_id.in_(self._areas))
        return {(result.panel_id, result.area_id): result for result in db.session.scalars(rows)}

    def scores(self, item: Improvement | Brief) -> Mapping[Level, KeptScore]:
        return self._scores[item.panel_id].get(item.area_id, {})

    def candidate(self, item: Improvement | Brief) -> PriorityInput:
        score, touchpoint = self.scores(item).get(item.level), self.touchpoints[item.area_id]
        reach, measured = self._reach_of(touchpoint)
        effort, estimated = effort_of(item.effort_days, item.effort)
        return PriorityInput(
            id=str(item.id),
            level=item.level,
            probability=score.p_below if score else 0.0,
            gain=score.shortfall if score else 0.0,
            gain_variance=score.shortfall_variance if score else 0.0,
            rows=score.n if score else 0,
            opened=item.raised_at,
            importance=touchpoint.importance,
            effects=item.lenses or {},
            reach=reach,
            reach_measured=measured,
            effort=effort,
            effort_estimated=estimated,
        )

    def _reach_of(self, touchpoint: Touchpoint) -> tuple[float, bool]:
        """Asked of every item, answered once a touchpoint: without its own it is the median of the journey."""
        if touchpoint.id not in self._reach:
            self._reach[touchpoint.id] = reach_of(touchpoint.reach, self._volumes[touchpoint.journey_id])
        return self._reach[touchpoint.id]

    def findings(self, items: Iterable[Improvement | Brief]) -> dict[str, Findings]:
        """id -> what is known of every level of its area."""
        return {str(item.id): self._found(item) for item in items}

    def _found(self, item: Improvement | Brief) -> Findings:
        return {
            level: LevelFinding(score.verdict, score.p_below, score.shortfall)
            for level, score in self.scores(item).items()
        }

    def row(
        self, item: Improvement, ranked: Ranked | None = None, stands: PlaceInOrder | None = None
    ) -> ImprovementRow:
        area, result = item.area, self.results.get((item.panel_id, item.area_id))
        before = frozen_estimate(item, item.level)
        return ImprovementRow(
            id=str(item.id),
            title=item.names,
            area_id=str(area.id),
            touchpoint=area.touchpoint.name,
            journey_id=area.touchpoint.journey_id,
            channel=area.channel,
            level=item.level,
            state=item.state,
            verdict=result.verdict if result else NOT_ENOUGH,
            raised_by=item.raised_by,
            serious=item.serious,
            lenses=_lenses(item),
            owner=item.owner.name if item.owner else None,
            effort=item.effort,
            due_on=item.due_on,
            overdue=is_overdue(item, self.today),
            snoozed_until=item.snoozed_until if item.asleep(self.today) else None,
            visits_done=_seen_again(result) if item.shipped_at else 0,
            visits_planned=item.planned_visits,
            before=before,
            after=after_estimate(item) if item.state == "verified" else None,
            band=ranked.band if ranked else 0,
            revision=item.revision,
            areas=tuple(CoveredArea(str(each.id), each.touchpoint.name, each.channel) for each in item.areas),
            standing=stands,
            no_longer_flagged=item.no_longer_flagged,
            waits=item.state in UNFINISHED and bool(lower_levels_short(item.level, self._found(item))),
            old_evidence=item.is_open and (result is None or result.rows == 0) and item.shipped_at is None,
        )


def _seen_again(result: AreaResult | None) -> int:
    """Visits since the fix. Until they take over, what was seen before it counts in `visits` as well (METHOD 6.1)."""
    if result is None:
        return 0
    return result.seen_again if result.reshadowing else result.visits


def frozen_estimate(item: Improvement, level: Level) -> Estimate | None:
    """The level as it stood when the fix was shipped."""
    frozen = item.before["levels"].get(level) if item.before else None
    return Estimate(frozen["score"], frozen["se"], frozen["target"]) if frozen else None


def _lenses(item: Improvement) -> Lenses | None:
    if item.lenses is None:
        return None
    values = lens_values(item.area.touchpoint.importance, item.lenses)
    return Lenses(values, tension(values)[0], item.lens_reasons or {})
