"""/slots: an hour beside a customer for whoever has one, and what is mine; /plan.ics: the same in a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import apart, put_errors
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY, EVERYONE, Routes
from shadowing.core.vocabulary import Words
from shadowing.coverage.filter import journeys_to_plan
from shadowing.coverage.suggesting import suggestions
from shadowing.people import audit
from shadowing.people.links import base_address
from shadowing.people.models import Person
from shadowing.planning.plans.api import understood
from shadowing.planning.plans.changing import change_plan, found_plan
from shadowing.planning.plans.feed import calendar_of, end_address, new_address, person_of_address
from shadowing.planning.plans.figures import PlanRow, SlotsPage
from shadowing.planning.plans.forms import SlotForm
from shadowing.planning.plans.listing import plans_between
from shadowing.planning.plans.rows import plan_rows
from shadowing.planning.plans.schemas import PlanChange
from shadowing.visits.models.plan import Plan

pages = Routes("slots", __name__)
AHEAD = timedelta(days=14)
#: Slots offered at a time; more would be a list to read instead of an hour to choose.
OFFERED = 3
LATELY = timedelta(hours=12)


@pages.get("/slots", roles=EVERYONE, secret=True)
def index() -> str:
    return _render(_page())


@pages.post("/slots", roles=EVERYONE, secret=True)
def change() -> ResponseReturnValue:
    """step: take, give_back or decline (with a reason), of the plan `plan`. Who is too late is told."""
    now, person, form = clock.now(), _person(), SlotForm(request.form)
    step, plan_id = form.step.data or "", our_id(form.plan.data)
    if step not in STEPS or plan_id is None:
        return _refused(_("Choose an hour first."), 422)
    try:
        plan = found_plan(plan_id)
        change_plan(plan, understood(PlanChange, {"revision": form.seen, **_wanted(form, person)}), person, now)
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code == "stale":
            return _refused(_("Somebody was quicker, or it was changed. Here is how it stands now."), 409)
        if problem.code in ("not_found", "not_allowed"):
            return _refused(_("This hour is no longer open. Choose another one."), problem.status)
        put_errors(form, problem, {"revision": ""})
        declining = {plan_id: form} if step == "decline" else None
        return _refused(" ".join(form.form_errors), problem.status, declining)
    wake_worker()
    flash(STEPS[step]())
    return redirect(url_for("slots.index"), 303)


@pages.post("/slots/calendar", roles=EVERYONE)
def make_address() -> ResponseReturnValue:
    """A new secret address; the one before ends at once. It is shown this once."""
    person = _person()
    session["calendar"] = new_address(person)
    audit.note("make_calendar_address", "person", person.id)
    db.session.commit()
    return redirect(url_for("slots.index", _anchor="calendar"), 303)


@pages.post("/slots/calendar/end", endpoint="end_address", roles=EVERYONE)
def end_calendar() -> ResponseReturnValue:
    person = _person()
    end_address(person)
    session.pop("calendar", None)
    audit.note("end_calendar_address", "person", person.id)
    db.session.commit()
    flash(_("The calendar’s address is over."))
    return redirect(url_for("slots.index", _anchor="calendar"), 303)


@pages.get("/plan.ics", roles=ANYBODY)
def calendar() -> Response:
    """What a calendar program reads with nothing but the address. 404 for one that is over."""
    person = person_of_address(request.args.get("key", ""))
    if person is None:
        raise Problem("not_found")
    answer = Response(calendar_of(person, clock.now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _wanted(form: SlotForm, person: Person) -> dict[str, Any]:
    if form.step.data == "take":
        return {"observer_id": str(person.id)}
    if form.step.data == "give_back":
        return {"observer_id": None}
    return {"state": "declined", "reason": form.reason.data or None}


def _page(problem: str = "") -> SlotsPage:
    now, person = clock.now(), _person()
    ahead = [plan for plan in plans_between(person, now - LATELY, now + AHEAD) if plan.cancelled_at is None]
    slots = [plan for plan in ahead if plan.observer_id is None and plan.starts_at > now]
    mine = [plan for plan in ahead if plan.observer_id == person.id and plan.declined_at is None]
    secret = session.pop("calendar", "") if person.calendar_digest else ""
    address = (base_address() or request.url_root.rstrip("/")) + url_for("slots.calendar", key=secret)
    return SlotsPage(
        slots=tuple(_with_reasons(slots[:OFFERED], person, now)),
        mine=tuple(plan_rows(mine, person, now)),
        has_address=person.calendar_digest is not None,
        address=address if secret else "",
        problem=problem,
    )


def _with_reasons(plans: list[Plan], person: Person, now: datetime) -> list[PlanRow]:
    """Why this hour: what the compass says of its places, else of its journey."""
    rows = plan_rows(plans, person, now)
    why: dict[tuple[int, str], Words] = {}
    if plans:
        for each in suggestions(journeys_to_plan(), now, most=200):
            why.setdefault((each.journey.id, str(each.place.touchpoint.id)), each.reason)
            why.setdefault((each.journey.id, ""), each.reason)
    return [
        replace(row, why=why.get((plan.journey_id, (plan.touchpoint_ids or [""])[0])))
        for row, plan in zip(rows, plans, strict=True)
    ]


def _refused(sentence: str, status: int, declining: dict[int, SlotForm] | None = None) -> tuple[str, int]:
    return _render(_page(sentence), declining), status


def _render(page: SlotsPage, declining: dict[int, SlotForm] | None = None) -> str:
    """declining: by id of the plan, the form that needs another look."""
    forms = {row.id: SlotForm() for row in page.mine} | (declining or {})
    return render_page(
        "planning/plans/slots.html",
        page=page,
        forms={id: apart(form, f"plan{id}") for id, form in forms.items()},
        declining=list(declining or {}),
    )


def _person() -> Person:
    found: Person = current_user._get_current_object()
    return found


STEPS = {
    "take": lambda: _("It is in your diary."),
    "give_back": lambda: _("Given back: somebody else can take it."),
    "decline": lambda: _("Declined. Thank you for saying why."),
}
