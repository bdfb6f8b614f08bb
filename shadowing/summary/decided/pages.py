"""Everything that was decided under a name, newest first: the one reading of all registers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.authoring.promises.pages import promises
from shadowing.backlog.decisions.figures import CitedCounts, DecidedOn, DecisionRow
from shadowing.backlog.decisions.models import CitedPromise, Decision
from shadowing.backlog.decisions.queries import decisions_on_improvements, replies_to
from shadowing.backlog.history.pages import history_of
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.backlog.pages import Facts
from shadowing.core.database import db
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Touchpoint
from shadowing.people.reader import Reader
from shadowing.scoring.filter import missing
from shadowing.scoring.queries import choose_journey, journeys_by_visits
from shadowing.scoring.shapes import Choice, Estimate, Filter
from shadowing.summary.decided.figures import DecisionInHand, DecisionsPage, Fate, RegisterRow, outcome_of
from shadowing.summary.decided.wording import ANSWERED, OUTCOMES
from shadowing.summary.questions.figures import WeekAsked
from shadowing.summary.questions.pages import week_of

PROMISE = "promise"
PERIODS = ("30", "90", "365")


def register_page(wanted: Mapping[str, str], remembered: str | None, reader: Reader, now: datetime) -> DecisionsPage:
    """/decisions. wanted: answer, outcome, days, and decision, the one in hand. Raises not_found."""
    everything = register(reader)
    rows = tuple(row for row in everything if _picked(row, wanted, now))
    key = wanted.get("decision")
    chosen = next((row for row in everything if row.key == key), None)
    if key and chosen is None:
        raise missing("decision")
    return DecisionsPage(
        rows=rows,
        whole=len(everything),
        filters=_filters(wanted, reader),
        in_hand=_in_hand(chosen or rows[0], reader) if chosen or rows else None,
        week=_week(wanted, remembered, reader, now),
    )


def register(reader: Reader) -> tuple[RegisterRow, ...]:
    """What was decided on improvements and on promises."""
    rows = sorted([*decisions_on_improvements(), *_on_promises(reader)], key=lambda row: row.at, reverse=True)
    ids = {row.improvement_id for row in rows if row.improvement_id is not None}
    items = list(db.session.scalars(select(Improvement).where(Improvement.id.in_(ids))))
    fates, relapsed = _Fates(items), _relapsed(ids)
    return tuple(RegisterRow(row, fates.of(row, row.improvement_id in relapsed)) for row in rows)


class _Fates:
    """How the improvements of some decisions stand, read once."""

    def __init__(self, items: list[Improvement]) -> None:
        self._facts, self._items = Facts(items), {item.id: item for item in items}

    def of(self, row: DecisionRow, relapsed: bool) -> Fate:
        outcome = outcome_of(row.option, row.became, row.cited, relapsed, bool(row.replies))
        item = self._items.get(row.improvement_id or 0)
        if item is None:
            return Fate(outcome)
        known = self._facts.row(item)
        return Fate(
            outcome,
            item.state,
            known.visits_done,
            known.visits_planned,
            known.before,
            known.after,
            known.owner,
            known.due_on,
        )


def _relapsed(ids: Collection[int]) -> set[int]:
    """Which of these were proven once, and lost it."""
    query = select(ImprovementEvent.improvement_id).where(ImprovementEvent.kind == "relapse")
    return set(db.session.scalars(query.where(ImprovementEvent.improvement_id.in_(ids))))


def _picked(row: RegisterRow, wanted: Mapping[str, str], now: datetime) -> bool:
    days = wanted.get("days", "")
    return (
        wanted.get("answer") in (None, "", row.answer)
        and wanted.get("outcome") in (None, "", row.fate.outcome)
        and (days not in PERIODS or row.decision.at > now - timedelta(days=int(days)))
    )


def _filters(wanted: Mapping[str, str], reader: Reader) -> tuple[Filter, ...]:
    told: dict[str, str] = {slug: plain(words, reader.language) for slug, words in OUTCOMES.items()}
    answers = {slug: plain(words, reader.language) for slug, words in ANSWERED.items()}
    periods = {days: _("Last %(days)s days", days=days) for days in PERIODS}
    return (
        _filter("answer", _("Answer"), "check", _("All answers"), answers, wanted),
        _filter("outcome", _("What became of it"), "again", _("All outcomes"), told, wanted),
        _filter("days", _("Since"), "clock", _("Since the beginning"), periods, wanted),
    )


def _filter(
    name: str, label: str, icon: str, everything: str, known: Mapping[str, str], wanted: Mapping[str, str]
) -> Filter:
    said = wanted.get(name, "")
    choices = [Choice("", everything, said not in known), *(Choice(k, v, k == said) for k, v in known.items())]
    return Filter(name, label, icon, tuple(choices))


def _in_hand(row: RegisterRow, reader: Reader) -> DecisionInHand:
    decision = row.decision
    then = decision.cited if isinstance(decision.cited, DecidedOn) else None
    item = db.session.get(Improvement, decision.improvement_id) if decision.improvement_id else None
    if item is None:
        return DecisionInHand(row, then, None)
    score = Facts([item]).scores(item).get(then.level) if then else None
    return DecisionInHand(
        row,
        then,
        Estimate(score.score, score.se, score.target) if score else None,
        area_id=item.area_id,
        journey_id=item.area.touchpoint.journey_id,
        events=tuple(event for event in history_of(item, reader) if event.at >= decision.at),
    )


def _week(wanted: Mapping[str, str], remembered: str | None, reader: Reader, now: datetime) -> WeekAsked:
    journeys = [journey for journey, _n in journeys_by_visits()]
    journey = choose_journey(journeys, wanted.get("journey"), remembered)
    return week_of(journey, reader, now) if journey else WeekAsked()


def _on_promises(reader: Reader) -> list[DecisionRow]:
    texts = {promise.name: promise.text for promise in promises(reader)}
    kept = (
        select(PromiseDecision, Touchpoint)
        .join(Touchpoint, Touchpoint.id == PromiseDecision.touchpoint_id)
        .options(joinedload(PromiseDecision.person), joinedload(PromiseDecision.improvement))
    )
    asked = select(Decision, Touchpoint).join(Touchpoint, Touchpoint.id == Decision.about_id)
    asked = asked.where(Decision.kind == PROMISE).options(joinedload(Decision.person))
    return [
        *(_row(decision, touchpoint, texts) for decision, touchpoint in db.session.execute(kept)),
        *(_question(decision, touchpoint, texts) for decision, touchpoint in db.session.execute(asked)),
    ]


def _row(decision: PromiseDecision, touchpoint: Touchpoint, texts: dict[str, Words]) -> DecisionRow:
    name = f"{decision.touchpoint_id}:{decision.standard_key}"
    return DecisionRow(
        kind=PROMISE,
        option=decision.decision,
        title=texts.get(name),
        touchpoint=touchpoint.name,
        channel="",
        reason=decision.words or "",
        who=decision.person.name,
        at=decision.decided_at,
        improvement_id=decision.improvement_id,
        promise=name,
        became=decision.improvement.state if decision.improvement else None,
        cited=_counts(decision.cited),
        id=decision.id,
    )


def _question(decision: Decision, touchpoint: Touchpoint, texts: dict[str, Words]) -> DecisionRow:
    name = f"{decision.about_id}:{decision.about_key}"
    return DecisionRow(
        kind=PROMISE,
        option=decision.option,
        title=texts.get(name),
        touchpoint=touchpoint.name,
        channel="",
        reason=decision.reason,
        who=decision.person.name,
        at=decision.decided_at,
        promise=name,
        cited=_counts(decision.cited),
        id=decision.id,
        replies=replies_to(decision),
    )


def _counts(known: CitedPromise | object | None) -> CitedCounts | None:
    return CitedCounts(known["kept"], known["broken"]) if isinstance(known, dict) else None
