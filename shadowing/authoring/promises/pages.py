"""The register: every promise of the journeys' current versions with what was seen of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.authoring.promises.rules import PromiseCounts, by_group, gathered, verdict_of
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import PROMISE_SOURCES, VERDICTS, Level, VerdictSlug, Words
from shadowing.journeys.draft import StandardDraft
from shadowing.journeys.editing import Touchpoint, touchpoints
from shadowing.journeys.models import Area, Journey, JourneyVersion
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.shapes import Choice, Filter
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH
from shadowing.visits.models.totals import Panel, Tally
from shadowing.visits.window import WINDOW, first_day


@dataclass(frozen=True)
class PromiseOutcome:
    """improvement: the item it opened or joined."""

    id: int
    what: str
    words: str
    who: str
    at: datetime
    improvement: int | None


@dataclass(frozen=True)
class Promise:
    """name: touchpoint id and key of the standard, as the address has it; checked_by: the standard that checks it."""

    touchpoint_id: int
    key: str
    text: Words
    where: Words | None
    source: str | None
    level: Level
    journey_id: int
    journey: Words
    touchpoint: Words
    channels: tuple[str, ...]
    checked_by: Words | None
    seen: PromiseCounts
    decision: PromiseOutcome | None

    @property
    def name(self) -> str:
        return f"{self.touchpoint_id}:{self.key}"

    @property
    def verdict(self) -> VerdictSlug:
        return verdict_of(self.seen)

    @property
    def nobodys(self) -> bool:
        """Made by nobody we know."""
        return self.source == "friends" or (self.source is None and self.where is None)


@dataclass(frozen=True)
class RegisterPage:
    """promises: as filtered, broken ones first; chosen: the one in hand; people: who may be asked."""

    promises: tuple[Promise, ...]
    chosen: Promise | None
    filters: tuple[Filter, ...]
    groups: dict[str, PromiseCounts]
    people: tuple[tuple[int, str], ...]
    open_items: tuple[Improvement, ...]
    days: int = WINDOW.days

    @property
    def broken(self) -> int:
        return sum(each.verdict == "underperforming" for each in self.promises)

    @property
    def nobodys(self) -> int:
        return sum(each.nobodys for each in self.promises)


def register_page(wanted: Mapping[str, str], reader: Reader) -> RegisterPage:
    """wanted: query parameters journey, source, state and p, the promise in hand."""
    everything = promises(reader)
    found = [each for each in everything if _picked(each, wanted)]
    found.sort(key=_order)
    chosen = next((each for each in everything if each.name == wanted.get("p")), found[0] if found else None)
    groups: dict[str, list[PromiseCounts]] = defaultdict(list)
    for each in found:
        groups[each.source or "other"].append(each.seen)
    people = db.session.scalars(select(Person).where(Person.left_at.is_(None), Person.role.in_(("lead", "admin"))))
    return RegisterPage(
        tuple(found),
        chosen,
        _filters(everything, wanted),
        {source: seen for source, seen in by_group(groups).items() if source in PROMISE_SOURCES},
        tuple(sorted(((person.id, person.name) for person in people), key=lambda pair: pair[1])),
        tuple(open_items(chosen)) if chosen else (),
    )


def promises(reader: Reader) -> list[Promise]:
    """Of the current versions of all journeys that are offered."""
    rows = db.session.execute(
        select(Journey, JourneyVersion)
        .join(JourneyVersion, (JourneyVersion.journey_id == Journey.id) & (JourneyVersion.number == Journey.version))
        .where(Journey.archived_at.is_(None), Journey.origin != "import")
        .order_by(Journey.id)
    ).all()
    made = [
        (journey, touchpoint, standard)
        for journey, version in rows
        for _kind, touchpoint in touchpoints(version.snapshot)
        for standard in touchpoint.get("standards") or ()
        if standard["kind"] == "promise"
    ]
    seen, decisions = _seen([int(touchpoint["id"]) for _, touchpoint, _s in made], reader), _decisions()
    return [_promise(journey, touchpoint, standard, seen, decisions) for journey, touchpoint, standard in made]


def promise_named(name: str, reader: Reader) -> Promise | None:
    return next((each for each in promises(reader) if each.name == name), None)


def open_items(promise: Promise) -> list[Improvement]:
    """Improvements under way where the promise is checked."""
    query = (
        select(Improvement)
        .join(Area, Area.id == Improvement.area_id)
        .where(Area.touchpoint_id == promise.touchpoint_id, Improvement.state.in_(OPEN_STATES))
        .order_by(Improvement.id)
    )
    return list(db.session.scalars(query))


def _promise(
    journey: Journey,
    touchpoint: Touchpoint,
    standard: StandardDraft,
    seen: Mapping[tuple[int, str], list[tuple[str, str, int]]],
    decisions: Mapping[tuple[int, str], PromiseOutcome],
) -> Promise:
    place = int(touchpoint["id"])
    checks = {each["id"]: each["text"] for each in touchpoint["standards"]}
    checked_by = standard.get("checked_by")
    rows = seen[place, standard["id"]] + (seen[place, checked_by] if checked_by and checked_by in checks else [])
    return Promise(
        touchpoint_id=place,
        key=standard["id"],
        text=standard["text"],
        where=standard.get("where"),
        source=standard.get("source") if standard.get("source") in PROMISE_SOURCES else None,
        level=standard["level"],
        journey_id=journey.id,
        journey=journey.name,
        touchpoint=touchpoint["name"],
        channels=tuple(touchpoint["channels"]),
        checked_by=checks.get(checked_by or ""),
        seen=gathered(rows),
        decision=decisions.get((place, standard["id"])),
    )


def _seen(touchpoint_ids: list[int], reader: Reader) -> dict[tuple[int, str], list[tuple[str, str, int]]]:
    """(touchpoint, key of the standard) -> (day, state, n) of our own visits in the window, where this reader looks."""
    query = (
        select(Area.touchpoint_id, Tally.kind, Tally.day, Tally.key, func.sum(Tally.n))
        .join(Area, Area.id == Tally.area_id)
        .join(Panel, Panel.id == Tally.panel_id)
        .where(
            Panel.kind == "live",
            Area.touchpoint_id.in_(set(touchpoint_ids)),
            Tally.kind.like("standard:%"),
            Tally.day >= first_day(clock.now(), home_zone()),
            reader.at_sites(Tally.site_id),
        )
        .group_by(Area.touchpoint_id, Tally.kind, Tally.day, Tally.key)
    )
    found: dict[tuple[int, str], list[tuple[str, str, int]]] = defaultdict(list)
    for place, kind, day, state, n in db.session.execute(query):
        found[place, kind.removeprefix("standard:")].append((day, state, int(n)))
    return found


def _decisions() -> dict[tuple[int, str], PromiseOutcome]:
    """The newest of each promise."""
    rows = db.session.scalars(select(PromiseDecision).order_by(PromiseDecision.id))
    return {
        (row.touchpoint_id, row.standard_key): PromiseOutcome(
            row.id, row.decision, row.words or "", row.person.name, row.decided_at, row.improvement_id
        )
        for row in rows
    }


def _picked(promise: Promise, wanted: Mapping[str, str]) -> bool:
    said = (wanted.get("journey"), wanted.get("source"), wanted.get("state"))
    return all(
        want in (None, "", is_)
        for want, is_ in zip(said, (str(promise.journey_id), promise.source or "other", promise.verdict), strict=True)
    )


def _order(promise: Promise) -> tuple[int, float, int]:
    share = promise.seen.share
    return list(VERDICTS).index(promise.verdict), (share.value or 0.0) if share else 1.0, -promise.seen.answers


def _filters(everything: list[Promise], wanted: Mapping[str, str]) -> tuple[Filter, ...]:
    journeys = {str(each.journey_id): each.journey for each in everything}
    used = {each.source or "other" for each in everything}
    sources = {slug: words for slug, words in PROMISE_SOURCES.items() if slug in used}
    states = {"underperforming": _("Broken too often"), "watch": _("Watch"), "healthy": _("Kept")}
    states[NOT_ENOUGH] = _("Not enough evidence")
    return (
        _filter("journey", _("Journey"), "path", _("All journeys"), journeys, wanted),
        _filter("source", _("Where it is made"), "pin", _("Made anywhere"), sources, wanted),
        _filter("state", _("State"), "filter", _("All states"), states, wanted),
    )


def _filter(
    name: str, label: str, icon: str, everything: str, known: Mapping[str, Words | str], wanted: Mapping[str, str]
) -> Filter:
    said = wanted.get(name, "")
    choices = [Choice("", everything, said not in known), *(Choice(k, v, k == said) for k, v in known.items())]
    return Filter(name, label, icon, tuple(choices))
