"""From improvements and kept-up results to the figures of the pages about the backlog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from shadowing.backlog.access import may_write
from shadowing.backlog.board.pages import columns, shown_rows
from shadowing.backlog.board.selection import Selection, own_filters, read_selection, selected
from shadowing.backlog.drafting import goes_on_as
from shadowing.backlog.evidence import count_evidence, evidence_of
from shadowing.backlog.figures import (
    COUNTED,
    UNFINISHED,
    BacklogPage,
    CoveredArea,
    Form,
    ImprovementPage,
    ImprovementRow,
    Lenses,
    OpenItem,
    steps,
)
from shadowing.backlog.history.pages import history_of
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.ranking import VIEWS, arranged, standings
from shadowing.backlog.order.workload import workload
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.priority import PriorityInput, Ranked, effort_of, in_order, lens_values, reach_of, tension
from shadowing.backlog.proof.pages import after_estimate, proof_of
from shadowing.backlog.serious.pages import at_own_sites, still_owed, with_clocks
from shadowing.backlog.states import STEPS_BY_HAND
from shadowing.backlog.steps.pages import budget, checklist_of
from shadowing.backlog.triage.asking import silent_journeys
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import CHANNELS, Level
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.filter import Asked, missing, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.models import ALL, AreaResult, KeptScore
from shadowing.scoring.queries import choose_journey, journeys_by_visits, level_scores
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.grade import grade
from shadowing.scoring.statistics.pyramid import (
    Findings,
    LevelFinding,
    check_the_base_first,
    lower_levels_short,
    waiting_on_the_base,
)
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH

BOARD = "board"
QUARTER = timedelta(days=90)
SHOWN_EVIDENCE = 6


def open_improvements() -> int:
    """How many items are open: the number on the rail."""
    count = select(func.count()).select_from(Improvement).where(Improvement.state.in_(OPEN_STATES))
    return db.session.scalar(count) or 0


def items_of_area(area_id: int) -> tuple[OpenItem, ...]:
    """Open ones of this area, also those that took in one of it."""
    here = db.session.scalars(select(Improvement).where(Improvement.area_id == area_id)).all()
    found = {end.id: end for end in map(goes_on_as, here) if end.is_open}
    return tuple(OpenItem(str(id), item.names, item.state) for id, item in sorted(found.items()))


def backlog_page(wanted: Mapping[str, str], reader: Reader) -> BacklogPage:
    """/improvements in the order of METHOD 2: of all journeys, or as the filter selects. Raises not_found."""
    asked, journeys = read(wanted, reader), [journey for journey, _ in journeys_by_visits()]
    journey = choose_journey(journeys, wanted["journey"]) if wanted.get("journey") else None
    own, rank, on_board = read_selection(wanted), rank_of(wanted), wanted.get("view") == BOARD
    items = _items(asked, journey, own, reader)
    facts = Facts(items)
    living = [item for item in items if item.is_open]
    verified = [item for item in items if item.state == "verified"]
    rows = with_clocks({**_open_rows(facts, living, rank, on_board), **_rows_of_verified(facts, verified)}, reader)
    declined = [item for item in items if item.state == "declined"]
    offer = FilterOffer(journeys, journey, _channels(), may_be_all=True)
    return BacklogPage(
        items=tuple(rows.values()),
        declined=tuple((facts.row(item), item.declined_reason or "") for item in declined),
        verified_recently=sum(item.changed_at > clock.now() - QUARTER for item in verified),
        filters=(
            *filters_of(("journey", "site", "channel", "stage"), offer, asked, reader, clock.now()),
            *own_filters(own),
        ),
        journey_ids=tuple(sorted({item.area.touchpoint.journey_id for item in living})),
        budget=budget(reader),
        filtered=journey is not None or own != Selection() or bool(asked.channel or asked.stage or asked.site_id),
        columns=columns(rows, wanted, reader) if on_board else (),
        shown=shown_rows(wanted),
        rank=rank,
        only=only_of(wanted),
        workload=workload(living, asked, journey),
        silent=silent_journeys(journey) if reader.leads else (),
    )


def _items(asked: Asked, journey: Journey | None, own: Selection, reader: Reader) -> list[Improvement]:
    query = selected(of_areas(select(Improvement)), asked, journey, own)
    if own.right:
        query = query.where(*still_owed(), at_own_sites(reader))
    return list(db.session.scalars(query.order_by(Improvement.id)))


def _open_rows(facts: Facts, living: list[Improvement], rank: str, on_board: bool) -> dict[Improvement, ImprovementRow]:
    """In their order, those put off last. A board has no places, and so nothing to explain of them."""
    awake = {str(item.id): item for item in living if not item.asleep(facts.today)}
    candidates = [facts.candidate(item) for item in awake.values()]
    places: dict[str, PlaceInOrder] = {}
    if on_board:
        ranked = in_order(candidates)
    else:
        ranked = arranged(candidates, rank, facts.findings(awake.values()))
        places = standings(ranked, rank)
    rows = {awake[id]: facts.row(awake[id], each, places.get(id)) for each in ranked for id in (each.candidate.id,)}
    return rows | {item: facts.row(item) for item in living if item.asleep(facts.today)}


def _rows_of_verified(facts: Facts, verified: list[Improvement]) -> dict[Improvement, ImprovementRow]:
    """The newest first."""
    return {item: facts.row(item) for item in sorted(verified, key=lambda item: item.changed_at, reverse=True)}


def of_areas(query: Select[Improvement]) -> Select[Improvement]:
    """With what a row says of area and owner, read at once."""
    query = query.join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    loaded = selectinload(Improvement.area).selectinload(Area.touchpoint), selectinload(Improvement.taken_in)
    return query.options(*loaded, selectinload(Improvement.owner))


def _channels() -> list[str]:
    """Those that some improvement is in, ours in their order."""
    used = set(db.session.scalars(select(Area.channel).join(Improvement, Improvement.area_id == Area.id).distinct()))
    return [each for each in CHANNELS if each in used] + sorted(used - set(CHANNELS))


def rank_of(wanted: Mapping[str, str]) -> str:
    """Which order was asked for. Raises not_found for one that does not exist."""
    rank = wanted.get("rank") or ""
    if rank not in VIEWS:
        raise missing("rank")
    return rank


def only_of(wanted: Mapping[str, str]) -> str:
    """Which of the counted was asked for alone. Raises not_found for what is not counted."""
    only = wanted.get("only") or ""
    if only and only not in COUNTED:
        raise missing("only")
    return only


def improvement_page(item: Improvement, reader: Reader) -> ImprovementPage:
    """/improvements/<id>."""
    facts = Facts([item])
    result = facts.results.get((item.panel_id, item.area_id))
    findings = facts.findings([item])[str(item.id)]
    age = (clock.now() - result.last_at).days if result and result.last_at else 10_000
    reached = {event.after: event.at for event in item.events if event.kind == "state" and event.after}
    return ImprovementPage(
        item=with_clocks({item: facts.row(item)}, reader)[item],
        revision=item.revision,
        journey_id=item.area.touchpoint.journey_id,
        touchpoint_id=item.area.touchpoint_id,
        raised_at=item.raised_at,
        steps=steps(item.state, reached),
        grade=grade(result.rows, result.observers, result.days, age) if result else "D",
        observers=result.observers if result else 0,
        evidence=evidence_of(item, reader),
        evidence_total=count_evidence(item, reader),
        checklist=checklist_of(item, reader),
        events=history_of(item, reader),
        may_write=may_write(reader, item.owner_id),
        declined_reason=item.declined_reason or "",
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
        waits_for=lower_levels_short(item.level, findings),
        form=_form(item) if reader.leads else None,
        proof=proof_of(item, reader, clock.now()),
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
        self._reach: dict[int, tuple[float, bool]] = {}
        self._volumes: dict[int, list[float]] = defaultdict(list)
        journeys = {item.area.touchpoint.journey_id for item in items}
        for touchpoint in db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id.in_(journeys))):
            if touchpoint.reach is not None:
                self._volumes[touchpoint.journey_id].append(touchpoint.reach)

    def scores(self, item: Improvement) -> Mapping[Level, KeptScore]:
        return self._scores[item.panel_id].get(item.area_id, {})

    def candidate(self, item: Improvement) -> PriorityInput:
        score, touchpoint = self.scores(item).get(item.level), item.area.touchpoint
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

    def findings(self, items: Iterable[Improvement]) -> dict[str, Findings]:
        """id -> what is known of every level of its area."""
        return {str(item.id): self._found(item) for item in items}

    def _found(self, item: Improvement) -> Findings:
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
            overdue=bool(item.due_on and item.due_on < self.today and item.state in UNFINISHED),
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


def _form(item: Improvement) -> Form:
    return Form(STEPS_BY_HAND[item.state], owner_choices(item.owner_id))
