"""From improvements and kept-up results to the figures of the pages about the backlog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from shadowing.backlog.access import may_write
from shadowing.backlog.board.pages import columns, in_columns, shown_cards, shown_rows
from shadowing.backlog.board.selection import Selection, own_filters, read_selection, selected
from shadowing.backlog.brief import Brief, every_brief, is_overdue, read_briefs
from shadowing.backlog.drafting import goes_on_as
from shadowing.backlog.evidence import count_evidence, evidence_of
from shadowing.backlog.figures import (
    COUNTED,
    BacklogPage,
    Form,
    ImprovementPage,
    ImprovementRow,
    ListedItem,
    OpenItem,
    steps,
)
from shadowing.backlog.history.pages import history_of
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.ranking import VIEWS, arranged, standings
from shadowing.backlog.order.workload import workload
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.priority import Ranked, in_order
from shadowing.backlog.proof.pages import proof_of
from shadowing.backlog.rows import Facts
from shadowing.backlog.serious.pages import at_own_sites, still_owed, with_clocks
from shadowing.backlog.states import STEPS_BY_HAND
from shadowing.backlog.steps.pages import budget, checklist_of
from shadowing.backlog.triage.asking import silent_journeys
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import CHANNELS
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.reader import Reader
from shadowing.scoring.filter import Asked, missing, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.queries import choose_journey, journeys_by_visits
from shadowing.scoring.statistics.grade import grade
from shadowing.scoring.statistics.pyramid import (
    check_the_base_first,
    lower_levels_short,
    waiting_on_the_base,
)

BOARD = "board"
#: So many of the declined stand folded below, the newest; all of them where the filter asks for them.
FEW_DECLINED = 20
#: So many items are read with one query.
AT_ONCE = 500
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


def backlog_page(wanted: Mapping[str, str], reader: Reader, whole: bool = False) -> BacklogPage:
    """/improvements in the order of METHOD 2: of all journeys, or as the filter selects. Raises not_found.

    whole: with the rows of all, not only of those that are shown.
    """
    asked, journeys = read(wanted, reader), [journey for journey, _ in journeys_by_visits()]
    journey = choose_journey(journeys, wanted["journey"]) if wanted.get("journey") else None
    own, only, on_board = read_selection(wanted), only_of(wanted), wanted.get("view") == BOARD
    briefs = _briefs(asked, journey, own, reader)
    order = Order.of(briefs, rank_of(wanted), explained=not on_board)
    page = BacklogPage(items=order.listed(), shown=shown_rows(wanted), rank=rank_of(wanted), only=only)
    standing = in_columns(order.everything)
    shown = shown_cards(standing, wanted) if on_board else _shown(page)
    declined = order.declined if whole else order.declined[: page.shown if own.state == "declined" else FEW_DECLINED]
    rows = order.rows([item.id for item in briefs] if whole else [*shown, *declined], reader)
    known = {item.id: (row, item.declined_reason or "") for item, row in rows.items()}
    living = [item for item in briefs if item.is_open]
    offer = FilterOffer(journeys, journey, _channels(), may_be_all=True)
    return replace(
        page,
        rows={row.id: row for row in rows.values()},
        declined=tuple(known[id] for id in declined),
        declined_total=len(order.declined),
        verified_recently=sum(i.state == "verified" and i.changed_at > clock.now() - QUARTER for i in briefs),
        filters=(
            *filters_of(("journey", "site", "channel", "stage"), offer, asked, reader, clock.now()),
            *own_filters(own),
        ),
        journey_ids=tuple(sorted({order.journey_of(item) for item in living})),
        budget=budget(reader),
        filtered=journey is not None or own != Selection() or bool(asked.channel or asked.stage or asked.site_id),
        columns=columns(standing, rows, wanted, reader) if on_board else (),
        workload=workload(living, asked, journey),
        silent=silent_journeys(journey) if reader.leads else (),
    )


def _briefs(asked: Asked, journey: Journey | None, own: Selection, reader: Reader) -> list[Brief]:
    query = selected(every_brief(), asked, journey, own)
    return read_briefs(query.where(*still_owed(), at_own_sites(reader)) if own.right else query)


def _shown(page: BacklogPage) -> list[int]:
    """What the list shows, and what is put off below it."""
    asleep = (item.id for item in page.items if item.snoozed_until is not None)
    return [int(id) for id in (*(item.id for item in page.to_list[: page.shown]), *asleep)]


@dataclass(frozen=True)
class Order:
    """What a filter selects as the page has it: open ones in order, those put off, then the verified, newest first.

    declined: ids, the newest first.
    """

    facts: Facts
    everything: tuple[Brief, ...]
    declined: tuple[int, ...]
    ranked: Mapping[int, Ranked]
    places: Mapping[str, PlaceInOrder]

    @classmethod
    def of(cls, briefs: Sequence[Brief], rank: str, explained: bool) -> Order:
        """explained: with the place of each and what made it so; a board has none to explain."""
        facts, known = Facts(briefs), {item.id: item for item in briefs}
        living = [item for item in briefs if item.is_open]
        awake = [item for item in living if not item.asleep(facts.today)]
        candidates = [facts.candidate(item) for item in awake]
        ranked = arranged(candidates, rank, facts.findings(awake)) if explained else in_order(candidates)
        first = (known[int(each.candidate.id)] for each in ranked)
        asleep = (item for item in living if item.asleep(facts.today))
        newest = sorted(briefs, key=lambda item: item.changed_at, reverse=True)
        return cls(
            facts=facts,
            everything=(*first, *asleep, *(item for item in newest if item.state == "verified")),
            declined=tuple(item.id for item in newest if item.state == "declined"),
            ranked={int(each.candidate.id): each for each in ranked},
            places=standings(ranked, rank) if explained else {},
        )

    def journey_of(self, item: Brief) -> int:
        return self.facts.touchpoints[item.area_id].journey_id

    def listed(self) -> tuple[ListedItem, ...]:
        names, today = self.facts.touchpoints, self.facts.today
        return tuple(
            ListedItem(
                id=str(item.id),
                state=item.state,
                raised_at=item.raised_at,
                touchpoint=names[item.area_id].name,
                owner=item.owner_id,
                overdue=is_overdue(item, today),
                snoozed_until=item.snoozed_until if item.asleep(today) else None,
            )
            for item in self.everything
        )

    def rows(self, ids: Sequence[int], reader: Reader) -> dict[Improvement, ImprovementRow]:
        """Read for those that are shown alone, in the order of their ids."""
        made = {}
        for start in range(0, len(ids), AT_ONCE):
            query = of_areas(select(Improvement)).where(Improvement.id.in_(ids[start : start + AT_ONCE]))
            for item in db.session.scalars(query.order_by(Improvement.id)):
                made[item] = self.facts.row(item, self.ranked.get(item.id), self.places.get(str(item.id)))
        return with_clocks(made, reader)


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


def _form(item: Improvement) -> Form:
    return Form(STEPS_BY_HAND[item.state], owner_choices(item.owner_id))
