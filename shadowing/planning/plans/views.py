"""/plan: what has been seen, what to shadow next, who goes when; /plan/<id>: one plan."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.core.sentences import plain
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.people.zones import zone_of
from shadowing.planning.plans.api import understood
from shadowing.planning.plans.assigning import document_of, plan_form, said_of
from shadowing.planning.plans.changing import change_plan, found_plan, make_plans
from shadowing.planning.plans.figures import OnePlan
from shadowing.planning.plans.forms import AT_FIELDS, AssignForm
from shadowing.planning.plans.pages import plan_page
from shadowing.planning.plans.rows import plan_rows
from shadowing.planning.plans.schemas import NewPlan, PlanChange
from shadowing.planning.plans.validation import leads_at
from shadowing.planning.plans.wording import planned
from shadowing.visits.models.plan import Plan

pages = Routes("plans", __name__)
ID = "<int(max=2147483647):id>"
#: What a button of the form does to a plan.
STEPS = {"cancel": "cancelled", "restore": "planned"}


@pages.get("/plan", roles=READERS)
def index() -> str:
    """Coverage for every reader; the week and the form for leads."""
    page = plan_page(request.args, session.get("journey"), _person())
    if request.args.get("journey"):
        session["journey"] = request.args["journey"]
    return render_page("planning/plans/index.html", page=page)


@pages.post("/plan", roles=LEADS, once=True)
def new() -> ResponseReturnValue:
    """From the form. A refusal shows the page again, filled in as it was."""
    now, person, form = clock.now(), _person(), AssignForm(request.form)
    try:
        made = make_plans(understood(NewPlan, document_of(form)), person, now)
        db.session.commit()
    except Problem as problem:
        if problem.code != "invalid":
            raise
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        id = form.journey_id.data or ""
        page = plan_page({"journey": id} if _is_known(id) else {}, session.get("journey"), _person(), form)
        return render_page("planning/plans/index.html", page=page), problem.status
    wake_worker()
    flash(plain(planned(len(made)), language()))
    return redirect(url_for("plans.index", journey=made[0].journey_id, week=_day(made[0]), _anchor="week"), 303)


@pages.get(f"/plan/{ID}", roles=LEADS)
def show(id: int) -> str:
    return _one(_mine(db.session.get(Plan, id)), AssignForm())


@pages.post(f"/plan/{ID}", roles=LEADS)
def change(id: int) -> ResponseReturnValue:
    """step: save, cancel or restore. Somebody else's change is told, and nothing that was typed is lost."""
    now, person, plan, form = clock.now(), _person(), _mine(found_plan(id)), AssignForm(request.form)
    try:
        change_plan(plan, understood(PlanChange, _wanted(form)), person, now)
        db.session.commit()
    except Problem as problem:
        if problem.code not in ("invalid", "stale", "illegal_transition"):
            raise
        db.session.rollback()
        stale = problem.code == "stale"
        if not stale:
            put_errors(form, problem, AT_FIELDS)
        return _one(_mine(db.session.get(Plan, id)), form, stale), problem.status
    wake_worker()
    flash(_("The visit is cancelled.") if form.step.data == "cancel" else _("Changed."))
    return redirect(url_for("plans.index", week=_day(plan), _anchor="week"), 303)


def _day(plan: Plan) -> str:
    """Of its site: the week it stands in."""
    return clock.day_at(plan.starts_at, zone_of(plan.site)).isoformat()


def _wanted(form: AssignForm) -> dict[str, Any]:
    said = {"revision": form.revision.data, "series": form.series.data == "y"}
    if form.step.data in STEPS:
        return {**said, "state": STEPS[form.step.data]}
    fields = document_of(form, whole=False)
    return {**{name: value for name, value in fields.items() if name not in ("second_observer_id", "repeat")}, **said}


def _one(plan: Plan, entry: AssignForm, stale: bool = False) -> str:
    now, person = clock.now(), _person()
    entry.fill_in(said_of(plan))
    form = plan_form(person, db.session.get_one(Journey, plan.journey_id), entry, now)
    return render_page("planning/plans/show.html", page=OnePlan(plan_rows([plan], person, now)[0], form, stale))


def _mine(plan: Plan | None) -> Plan:
    """Leads plan at their own sites; what others plan does not exist for them."""
    if plan is None or not leads_at(_person(), plan.site_id):
        raise Problem("not_found")
    return plan


def _is_known(journey_id: str) -> bool:
    id = our_id(journey_id)
    found = None if id is None else db.session.get(Journey, id)
    return found is not None and found.archived_at is None and found.origin != "import"


def _person() -> Person:
    found: Person = current_user._get_current_object()
    return found
