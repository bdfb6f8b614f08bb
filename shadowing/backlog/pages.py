"""From improvements and kept-up results to the figures of the pages about the backlog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import Select, func, select

from shadowing.backlog.drafting import verdicts_of
from shadowing.backlog.evidence import count_evidence, evidence_of
from shadowing.backlog.figures import (
    COUNTED,
    UNFINISHED,
    BacklogPage,
    BeforeAfter,
    Event,
    Form,
    ImprovementPage,
    ImprovementRow,
    Lenses,
    OpenItem,
    steps,
)
from shadowing.backlog.models import OPEN_STATES, Improvement, ImprovementEvent
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.ranking import VIEWS, arranged, standings
from shadowing.backlog.order.workload import workload
from shadowing.backlog.priority import PriorityInput, Ranked, effort_of, lens_values, reach_of, tension
from shadowing.backlog.states import STEPS_BY_HAND
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import CHANNELS, Level
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.filter import Asked, missing, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.models import ALL, AreaResult, AreaScore
from shadowing.scoring.queries import choose_journey, journeys_by_visits, level_scores
from shadowing.scoring.shapes import Choice, Estimate
from shadowing.scoring.statistics.grade import grade
from shadowing.scoring.statistics.pyramid import (
    Findings,
    LevelFinding,
    check_the_base_first,
    lower_levels_short,
    waiting_on_the_base,
)
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH

QUARTER = timedelta(days=90)
SHOWN_EVIDENCE = 6


def open_improvements() -> int:
    """How many items are open: the number on the rail."""
    count = select(func.count()).select_from(Improvement).where(Improvement.state.in_(OPEN_STATES))
    return db.session.scalar(count) or 0


def items_of_area(area_id: int) -> tuple[OpenItem, ...]:
    rows = select(Improvement).where(Improvement.area_id == area_id, Improvement.state.in_(OPEN_STATES))
    return tuple(OpenItem(str(i.id), i.title, i.state) for i in db.session.scalars(rows.order_by(Improvement.id)))


def backlog_page(wanted: Mapping[str, str], reader: Reader) -> BacklogPage:
    """/improvements in the order of METHOD 2: of all journeys, or as the filter selects. Raises not_found."""
    asked, journeys = read(wanted, reader), [journey for journey, _ in journeys_by_visits()]
    journey = choose_journey(journeys, wanted["journey"]) if wanted.get("journey") else None
    items = list(db.session.scalars(_selected(asked, journey).order_by(Improvement.id)))
    facts = Facts(items)
    living, view = [item for item in items if item.is_open], view_of(wanted)
    asleep = [item for item in living if item.asleep(facts.today)]
    awake = [item for item in living if not item.asleep(facts.today)]
    ranked = arranged([facts.candidate(item) for item in awake], view, facts.findings(awake))
    by_id, standing = {str(item.id): item for item in living}, standings(ranked, view)
    rows = [facts.row(by_id[each.candidate.id], each, standing[each.candidate.id]) for each in ranked]
    verified = [item for item in items if item.state == "verified"]
    declined = [item for item in items if item.state == "declined"]
    offer = FilterOffer(journeys, journey, _channels(), may_be_all=True)
    recent = [item for item in verified if item.changed_at > clock.now() - QUARTER]
    return BacklogPage(
        items=tuple(rows + [facts.row(item) for item in [*asleep, *verified]]),
        declined=tuple((facts.row(item), item.declined_reason or "") for item in declined),
        verified_recently=len(recent),
        filters=filters_of(("journey", "channel", "stage"), offer, asked, reader, clock.now()),
        journey_ids=tuple(sorted({item.area.touchpoint.journey_id for item in living})),
        view=view,
        only=only_of(wanted),
        workload=workload(living, asked, journey),
    )


def _selected(asked: Asked, journey: Journey | None) -> Select[Improvement]:
    query = select(Improvement).join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    if journey is not None:
        query = query.where(Touchpoint.journey_id == journey.id)
    if asked.channel:
        query = query.where(Area.channel == asked.channel)
    return query.where(Touchpoint.stage == asked.stage) if asked.stage else query


def _channels() -> list[str]:
    """Those that some improvement is in, ours in their order."""
    used = set(db.session.scalars(select(Area.channel).join(Improvement, Improvement.area_id == Area.id).distinct()))
    return [each for each in CHANNELS if each in used] + sorted(used - set(CHANNELS))


def view_of(wanted: Mapping[str, str]) -> str:
    """Which order was asked for. Raises not_found for one that does not exist."""
    view = wanted.get("rank") or ""
    if view not in VIEWS:
        raise missing("rank")
    return view


def only_of(wanted: Mapping[str, str]) -> str:
    """Which of the counted was asked for alone. Raises not_found for what is not counted."""
    only = wanted.get("only") or ""
    if only and only not in COUNTED:
        raise missing("only")
    return only


def improvement_page(item: Improvement, reader: Reader) -> ImprovementPage:
    """/improvements/<id>."""
    facts = Facts([item])
    result, scores = facts.results.get((item.panel_id, item.area_id)), facts.scores(item)
    findings = facts.findings([item])[str(item.id)]
    age = (clock.now() - result.last_at).days if result and result.last_at else 10_000
    reached = {event.after: event.at for event in item.events if event.kind == "state" and event.after}
    return ImprovementPage(
        item=facts.row(item),
        revision=item.revision,
        journey_id=item.area.touchpoint.journey_id,
        touchpoint_id=item.area.touchpoint_id,
        raised_at=item.raised_at,
        steps=steps(item.state, reached),
        grade=grade(result.rows, result.observers, result.days, age) if result else "D",
        observers=result.observers if result else 0,
        comparisons=_comparisons(item, scores, result),
        evidence=evidence_of(item, reader),
        evidence_total=count_evidence(item, reader),
        plan=item.plan or "",
        events=tuple(_event(event) for event in item.events),
        declined_reason=item.declined_reason or "",
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
        waits_for=lower_levels_short(item.level, findings),
        form=_form(item) if reader.leads else None,
    )


def item_or_404(item_id: int, to_change: bool = False) -> Improvement:
    """to_change: nobody else changes it until this transaction ends, so that one of two is told it came late."""
    item = db.session.get(Improvement, item_id, with_for_update=to_change)
    if item is None:
        raise Problem("not_found")
    return item


class Facts:
    """What is known of the areas of some items, read once."""

    def __init__(self, items: list[Improvement]) -> None:
        self.today = clock.today(home_zone())
        areas = {item.area_id for item in items}
        results = db.session.scalars(select(AreaResult).where(AreaResult.scope == ALL, AreaResult.area_id.in_(areas)))
        self.results = {(result.panel_id, result.area_id): result for result in results}
        self._scores = {panel: level_scores(panel, list(areas)) for panel in {item.panel_id for item in items}}
        self._volumes: dict[int, list[float]] = defaultdict(list)
        journeys = {item.area.touchpoint.journey_id for item in items}
        for touchpoint in db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id.in_(journeys))):
            if touchpoint.reach is not None:
                self._volumes[touchpoint.journey_id].append(touchpoint.reach)

    def scores(self, item: Improvement) -> Mapping[Level, AreaScore]:
        return self._scores[item.panel_id].get(item.area_id, {})

    def candidate(self, item: Improvement) -> PriorityInput:
        score, touchpoint = self.scores(item).get(item.level), item.area.touchpoint
        reach, measured = reach_of(touchpoint.reach, self._volumes[touchpoint.journey_id])
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

    def findings(self, items: Iterable[Improvement]) -> dict[str, Findings]:
        """id -> what is known of every level of its area."""
        return {
            str(item.id): {
                level: LevelFinding(score.verdict, score.p_below, score.shortfall)
                for level, score in self.scores(item).items()
            }
            for item in items
        }

    def row(
        self, item: Improvement, ranked: Ranked | None = None, stands: PlaceInOrder | None = None
    ) -> ImprovementRow:
        area, result = item.area, self.results.get((item.panel_id, item.area_id))
        before = frozen_estimate(item, item.level)
        after = self.scores(item).get(item.level) if item.shipped_at else None
        return ImprovementRow(
            id=str(item.id),
            title=item.title,
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
            overdue=bool(item.due_on and item.due_on < self.today and item.state in UNFINISHED),
            snoozed_until=item.snoozed_until if item.asleep(self.today) else None,
            visits_done=_seen_again(result) if item.shipped_at else 0,
            visits_planned=item.planned_visits,
            before=before,
            after=Estimate(after.score, after.se, after.target) if after else None,
            band=ranked.band if ranked else 0,
            standing=stands,
            no_longer_flagged=item.no_longer_flagged,
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


def _comparisons(
    item: Improvement, scores: Mapping[Level, AreaScore], result: AreaResult | None
) -> tuple[BeforeAfter, ...]:
    """Before as frozen, after as seen so far. A verdict is given by the verification, never here."""
    made, verdicts = [], verdicts_of(item, concluded=False) or {}
    for level, frozen in (item.before["levels"] if item.before else {}).items():
        after, before = scores.get(level), frozen_estimate(item, level)
        if before is not None:
            made.append(
                BeforeAfter(
                    level=level,
                    before=before,
                    visits_before=frozen["n"],
                    visits_planned=item.planned_visits or 8,
                    visits_after=after.n if after else 0,
                    after=Estimate(after.score, after.se, after.target) if after else None,
                    verdict=verdicts.get(level),
                )
            )
    return tuple(made)


def _event(event: ImprovementEvent) -> Event:
    who = event.person.name if event.person else ""
    return Event(event.at, who, event.kind, event.before, event.after, event.words or "")


def _form(item: Improvement) -> Form:
    return Form(STEPS_BY_HAND[item.state], people_to_own(item.owner_id))


def people_to_own(owner_id: int | None = None) -> tuple[Choice, ...]:
    """Whoever may own an improvement, by name."""
    people = db.session.scalars(select(Person).where(Person.left_at.is_(None)).order_by(Person.name))
    return tuple(Choice(str(person.id), person.name, person.id == owner_id) for person in people)
