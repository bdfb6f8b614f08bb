"""/improvements/<id>/live: a fix goes live and its visits into the plan; more visits; taking it back."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.bulk.forms import SeveralForm
from shadowing.backlog.changing import change
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.schemas import read
from shadowing.backlog.showing import show_backlog
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.i18n import language, words
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.sentences import plain
from shadowing.people.models import Person
from shadowing.people.reader import own_sites, signed_in_reader
from shadowing.people.zones import home_zone
from shadowing.planning.verifying.forms import AT_FIELDS, GoLiveForm, MoreVisitsForm, TakeBackForm
from shadowing.planning.verifying.going_live import plan_visits, take_back
from shadowing.planning.verifying.pages import go_live_page, tomorrow
from shadowing.planning.verifying.several import plan_several
from shadowing.planning.verifying.wording import live_and_planned, several_planned, taken_back, visits_planned

pages = Routes("verifying", __name__)
ADDRESS = "/improvements/<int(max=2147483647):id>/live"


@pages.get(ADDRESS, roles=LEADS)
def show(id: int) -> str:
    """What going live does, and what it asks."""
    item, now = item_or_404(id), clock.now()
    form, page = GoLiveForm(), go_live_page(item, signed_in_reader(), now)
    form.begin(page, clock.day_at(now, home_zone()), tomorrow(now))
    return _render(item, form)


@pages.post(ADDRESS, roles=LEADS, once=True)
def go_live(id: int) -> ResponseReturnValue:
    """A refusal shows the page again with what was typed, and nothing is done."""
    now, person, item = clock.now(), _person(), item_or_404(id, to_change=True)
    form, many = GoLiveForm(request.form), 0
    try:
        form.offer(_sites())
        form.check()
        change(item, read(form.document()), person, now)
        db.session.flush()
        if form.plan.data:
            many = len(plan_visits(item, form.visits.data or 0, _day(form.first_day.data), person, now))
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        return _render(item_or_404(id), form), problem.status
    wake_worker()
    flash(plain(live_and_planned(many), language()))
    return redirect(url_for("backlog.show", id=id), 303)


@pages.post(ADDRESS + "/visits", endpoint="plan_more", roles=LEADS, once=True)
def plan_more(id: int) -> ResponseReturnValue:
    """Put the visits into the plan that are still missing."""
    now, person, item = clock.now(), _person(), item_or_404(id)
    form = MoreVisitsForm(request.form)
    if item.shipped_at is None or not form.validate():
        raise Problem("invalid", [("visits", _("Say how many visits, once it is live."))])
    many = len(plan_visits(item, form.visits.data or 0, tomorrow(now), person, now))
    db.session.commit()
    wake_worker()
    flash(plain(visits_planned(many), language()))
    return redirect(url_for("backlog.show", id=id, _anchor="visits"), 303)


@pages.post("/improvements/visits", endpoint="plan_several", roles=LEADS)
def plan_for_several() -> ResponseReturnValue:
    """Of those that are ticked in the list, put the visits into the plan that are still missing."""
    form = SeveralForm(request.form)
    try:
        found = plan_several(form.looked_at(), _person(), clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return show_backlog(signed_in_reader(), form), problem.status
    wake_worker()
    flash(plain(several_planned(found), language()), "message" if found.planned else "under")
    return redirect(f"{url_for('backlog.index')}?{request.query_string.decode('ascii', 'ignore')}", 303)


@pages.post(ADDRESS + "/undo", endpoint="undo", roles=LEADS)
def undo(id: int) -> ResponseReturnValue:
    """It was not live: every number is as it was. Raises illegal_transition once somebody has seen it."""
    now, person, item = clock.now(), _person(), item_or_404(id, to_change=True)
    many = take_back(item, TakeBackForm(request.form).seen, person, now)
    db.session.commit()
    wake_worker()
    flash(plain(taken_back(many), language()))
    return redirect(url_for("backlog.show", id=id), 303)


def _render(item: Improvement, form: GoLiveForm) -> str:
    form.offer(_sites())
    page = go_live_page(item, signed_in_reader(), clock.now())
    return render_page("planning/verifying/live.html", page=page, form=form)


def _sites() -> list[tuple[str, str]]:
    return [(str(site.id), words(site.name)) for site in own_sites(signed_in_reader(), closed=False)]


def _day(said: str | None) -> date:
    """Raises Problem invalid."""
    try:
        return clock.parse_day(said or "")
    except ValueError as error:
        raise Problem("invalid", [("starts_at", _("Choose a day."))]) from error


def _person() -> Person:
    found: Person = current_user._get_current_object()
    return found
