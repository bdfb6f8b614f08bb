"""From improvements and kept-up results to the figures of the pages about the backlog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from shadowing.backlog.access import may_write
from shadowing.backlog.board.pages import columns, shown_rows
from shadowing.backlog.board.selection import Selection, own_filters, read_selection, selected
from shadowing.backlog.figures import (
    BacklogPage,
    Form,
    ImprovementPage,
    ImprovementRow,
    Lenses,
    OpenItem,
    steps,
)
from shadowing.backlog.history.pages import history_of
from shadowing.backlog.models import OPEN_STATES, Evidence, Improvement
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.priority import (
    PriorityInput,
    Ranked,
    effort_of,
    in_order,
    lens_values,
    ordered,
    reach_of,
    tension,
)
from shadowing.backlog.proof.pages import after_estimate, proof_of
from shadowing.backlog.serious.pages import at_own_sites, still_owed, with_clocks
from shadowing.backlog.states import STEPS_BY_HAND
from shadowing.backlog.steps.pages import budget, checklist_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import CHANNELS, Level
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.filter import read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.models import ALL, AreaResult, AreaScore
from shadowing.scoring.queries import choose_journey, journeys_by_visits, level_scores
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.grade import grade
from shadowing.scoring.statistics.pyramid import LevelFinding, check_the_base_first, waiting_on_the_base
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH
from shadowing.visits.figures import SeenObservation
from shadowing.visits.media.models import Photo
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import seen_observation

BOARD = "board"
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
    own = read_selection(wanted)
    query = selected(of_areas(select(Improvement)), asked, journey, own)
    if own.right:
        query = query.where(*still_owed(), at_own_sites(reader))
    items = list(db.session.scalars(query.order_by(Improvement.id)))
    facts = Facts(items)
    living = [item for item in items if item.is_open]
    by_id = {str(item.id): item for item in living}
    candidates = [facts.candidate(item) for item in living]
    on_board = wanted.get("view") == BOARD
    ranked = in_order(candidates) if on_board else ordered(candidates)
    rows = {by_id[each.candidate.id]: facts.row(by_id[each.candidate.id], each) for each in ranked}
    verified = [item for item in items if item.state == "verified"]
    rows |= {item: facts.row(item) for item in sorted(verified, key=lambda item: item.changed_at, reverse=True)}
    rows = with_clocks(rows, reader)
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
    )


def of_areas(query: Select[Improvement]) -> Select[Improvement]:
    """With what a row says of area and owner, read at once."""
    query = query.join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    return query.options(selectinload(Improvement.area).selectinload(Area.touchpoint), selectinload(Improvement.owner))


def _channels() -> list[str]:
    """Those that some improvement is in, ours in their order."""
    used = set(db.session.scalars(select(Area.channel).join(Improvement, Improvement.area_id == Area.id).distinct()))
    return [each for each in CHANNELS if each in used] + sorted(used - set(CHANNELS))


def improvement_page(item: Improvement, reader: Reader) -> ImprovementPage:
    """/improvements/<id>."""
    facts = Facts([item])
    result, scores = facts.results.get((item.panel_id, item.area_id)), facts.scores(item)
    findings = {level: LevelFinding(s.verdict, s.p_below, s.shortfall) for level, s in scores.items()}
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
        evidence=_evidence(item, reader),
        evidence_total=_count_evidence(item, reader),
        checklist=checklist_of(item, reader),
        events=history_of(item, reader),
        may_write=may_write(reader, item.owner_id),
        declined_reason=item.declined_reason or "",
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
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
        self._today = clock.today(home_zone())
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

    def row(self, item: Improvement, ranked: Ranked | None = None) -> ImprovementRow:
        area, result = item.area, self.results.get((item.panel_id, item.area_id))
        before = frozen_estimate(item, item.level)
        return ImprovementRow(
            id=str(item.id),
            title=item.title,
            area_id=str(area.id),
            touchpoint=area.touchpoint.name,
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
            overdue=bool(item.due_on and item.due_on < self._today),
            visits_done=_seen_again(result) if item.shipped_at else 0,
            visits_planned=item.planned_visits,
            before=before,
            after=after_estimate(item) if item.state == "verified" else None,
            band=ranked.band if ranked else 0,
            revision=item.revision,
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
    return Lenses(values, tension(values)[0])


def _seen_by(item: Improvement, reader: Reader) -> tuple[ColumnElement[bool], ...]:
    return Evidence.improvement_id == item.id, Observation.scored.is_(True), reader.at_sites(Visit.site_id)


def _count_evidence(item: Improvement, reader: Reader) -> int:
    count = (
        select(func.count())
        .select_from(Evidence)
        .join(Observation, Observation.id == Evidence.observation_id)
        .join(Visit, Visit.id == Observation.visit_id)
    )
    return db.session.scalar(count.where(*_seen_by(item, reader))) or 0


def _evidence(item: Improvement, reader: Reader) -> tuple[SeenObservation, ...]:
    query = (
        select(Observation, Visit, Site, Person)
        .join(Evidence, Evidence.observation_id == Observation.id)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(*_seen_by(item, reader))
        .order_by(Observation.observed_at.desc(), Observation.id)
        .limit(SHOWN_EVIDENCE)
    )
    rows = db.session.execute(query).all()
    photos = ids_to_show(Photo, [observation.id for observation, *_ in rows])
    return tuple(seen_observation(reader, *row, photos.get(row[0].id, ())) for row in rows)


def _form(item: Improvement) -> Form:
    return Form(STEPS_BY_HAND[item.state], owner_choices(item.owner_id))
