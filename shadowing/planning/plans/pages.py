"""The page /plan: coverage, what to shadow next, the week, and the form that assigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from flask_babel import gettext as _

from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.formatting import display_score
from shadowing.core.problems import Problem
from shadowing.coverage.consistency import consistency_of
from shadowing.coverage.figures import Consistency
from shadowing.coverage.filter import journey_of
from shadowing.coverage.pages import coverage_of
from shadowing.coverage.path_arrays import paths_asked
from shadowing.coverage.suggesting import Suggestion, suggestions
from shadowing.coverage.wording import points
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.people.reader import reader_of
from shadowing.people.zones import zone_for
from shadowing.planning.plans.assigning import plan_form
from shadowing.planning.plans.figures import Looking, PlanForm, PlanPage, Week
from shadowing.planning.plans.forms import AssignForm
from shadowing.planning.plans.observers import together
from shadowing.planning.plans.rows import week_of
from shadowing.scoring.filter import Asked, read

SUGGESTED = 5
#: Query parameters that fill the form in: what a suggestion's button says.
FILLED = ("touchpoint_id", "channel", "site_id", "kind", "mode", "observer_id", "second_observer_id", "day", "time")


def plan_page(
    wanted: Mapping[str, str],
    remembered: str | None,
    person: Person,
    refused: AssignForm | None = None,
) -> PlanPage:
    """refused: what somebody sent. Executives read coverage and get no names."""
    now, reader, journey = clock.now(), reader_of(person), journey_of(wanted, remembered)
    asked = read(wanted, reader)
    if journey is None:
        return PlanPage(coverage_of(None, asked, None, now, reader), Consistency())
    paths, zone = paths_asked(journey, asked, now), zone_for(reader, asked.site_id)
    looks = _looks(suggestions([journey], now, asked.site_id, SUGGESTED))
    page = PlanPage(coverage_of(journey, asked, paths, now, reader), consistency_of(journey, paths, now, reader), looks)
    if not person.leads:
        return page
    return PlanPage(
        coverage=page.coverage,
        consistency=page.consistency,
        looks=looks,
        together=together(journey, person, now),
        week=_week(wanted, person, now, zone),
        form=_form(person, journey, refused or AssignForm(data=_filled(wanted, asked, looks, zone)), now),
    )


def _form(person: Person, journey: Journey, entry: AssignForm, now: datetime) -> PlanForm:
    entry.fill_in({"journey_id": str(journey.id)})
    return plan_form(person, journey, entry, now)


def _filled(wanted: Mapping[str, str], asked: Asked, looks: Sequence[Looking], zone: tzinfo) -> dict[str, str]:
    """What the address says; without a word of it, the first suggestion, tomorrow at ten."""
    said = {name: wanted[name][:120] for name in FILLED if wanted.get(name)}
    if "touchpoint_id" not in said and "whole" not in wanted and looks:
        said |= {"touchpoint_id": looks[0].touchpoint_id, "channel": looks[0].channel}
    said.setdefault("site_id", str(asked.site_id or ""))
    tomorrow = clock.today(zone) + timedelta(days=1)
    said.setdefault("day", tomorrow.isoformat())
    said.setdefault("time", "10:00")
    return said


def _week(wanted: Mapping[str, str], person: Person, now: datetime, zone: tzinfo) -> Week:
    try:
        day = parse_day(wanted["week"]) if wanted.get("week") else clock.day_at(now, zone)
    except ValueError as error:
        raise Problem("invalid", [("week", _("Write the day as 2026-03-31."))]) from error
    day = min(max(day, date(2000, 1, 3)), date(2199, 12, 1))
    return week_of(person, clock.monday_of(day), zone, now)


def _looks(found: Sequence[Suggestion]) -> tuple[Looking, ...]:
    return tuple(
        Looking(
            journey_id=str(each.journey.id),
            touchpoint_id=str(each.place.touchpoint.id),
            touchpoint=each.place.touchpoint.name,
            channel=each.place.area.channel,
            reason=each.reason,
            score=display_score(each.look.score),
            now=points(each.look.now),
            after=points(each.look.after),
            target=display_score(each.look.target),
            why=each.look.reason,
        )
        for each in found
    )
