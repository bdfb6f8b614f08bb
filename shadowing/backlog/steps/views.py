"""The checklist of a plan: each step added, changed, ticked, moved, taken out or put back; and a month's budget."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.access import is_theirs, may_plan
from shadowing.backlog.models import Improvement, ImprovementStep
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import answer_of, show_budget, show_item
from shadowing.backlog.steps.checklist import (
    add_step,
    move,
    put_back,
    refuse_late,
    save_step,
    step_of,
    take_out,
    tick,
)
from shadowing.backlog.steps.forms import AT_FIELDS, BudgetForm, StepForm
from shadowing.backlog.steps.schemas import BudgetChange, StepChange, read_as
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, LEADS, Routes
from shadowing.core.undo import offer_undo
from shadowing.people import audit
from shadowing.people.accounts import organisation
from shadowing.people.reader import signed_in_reader

pages = Routes("steps", __name__)

Deed = Callable[[], object]


@pages.post("/improvements/<int(max=2147483647):id>/steps", roles=EVERYONE, once=True)
def add(id: int) -> ResponseReturnValue:
    """A step at the end of the plan."""
    item, form = _item(id), StepForm(request.form)
    return _carried_out(id, form, 0, lambda: add_step(item, _wanted(form), current_user, clock.now()))


@pages.post("/improvements/<int(max=2147483647):id>/steps/<int(max=2147483647):step_id>", roles=EVERYONE)
def change(id: int, step_id: int) -> ResponseReturnValue:
    """do: save, done, undone, up, down, remove or back. What was looked at says its revision; ticking needs none."""
    item, form = _item(id, step_id), StepForm(request.form)
    step, now = step_of(item, step_id), clock.now()
    deeds: dict[str, Deed] = {
        "save": lambda: save_step(item, step, _wanted(form), current_user, now),
        "done": lambda: tick(item, step, True, current_user, now),
        "undone": lambda: tick(item, step, False, current_user, now),
        "up": lambda: move(item, step, -1, current_user, now),
        "down": lambda: move(item, step, 1, current_user, now),
        "remove": lambda: _take_out(item, step),
        "back": lambda: put_back(item, step, current_user, now),
    }
    return _carried_out(id, form, step_id, lambda: _do(deeds, form, step))


@pages.get("/improvements/budget", roles=LEADS)
def budget() -> str:
    """What fits into a month, and what is planned."""
    return show_budget(signed_in_reader())


@pages.post("/improvements/budget", roles=LEADS)
def change_budget() -> ResponseReturnValue:
    """Empty is unknown."""
    form = BudgetForm(request.form)
    try:
        wanted = read_as(BudgetChange, form.document())
    except Problem as problem:
        put_errors(form, problem)
        return show_budget(signed_in_reader(), form), problem.status
    home = organisation()
    home.month_days, home.month_money = wanted.days, wanted.money
    db.session.add(home)
    audit.note("change", "organisation", home.id, {"month_days": wanted.days, "month_money": wanted.money})
    db.session.commit()
    return redirect(url_for("backlog.index", _anchor="months"), 303)


def _item(id: int, step_id: int | None = None) -> Improvement:
    """Raises Problem not_found, or not_allowed for who neither leads nor owns it (or, of a step, that step)."""
    item, reader = item_or_404(id, to_change=True), signed_in_reader()
    if may_plan(reader, item.owner_id):
        return item
    step = step_of(item, step_id) if step_id is not None else None
    if step is None or not is_theirs(reader, step.owner_id) or StepForm(request.form).do.data not in ("done", "undone"):
        raise Problem("not_allowed")
    return item


def _wanted(form: StepForm) -> StepChange:
    return read_as(StepChange, form.document())


def _do(deeds: dict[str, Deed], form: StepForm, step: ImprovementStep) -> None:
    deed = deeds.get(form.do.data or "")
    if deed is None or (step.removed_at is not None and form.do.data != "back"):
        raise Problem("illegal_transition")
    if form.do.data not in ("done", "undone", "back"):
        refuse_late(step, form.revision.data or "")
    deed()


def _take_out(item: Improvement, step: ImprovementStep) -> None:
    take_out(item, step, current_user, clock.now())
    offer_undo(
        _("The step “%(what)s” is out of the plan.", what=step.what),
        url_for("steps.change", id=item.id, step_id=step.id),
        _("Put it back"),
        do="back",
    )


def _carried_out(id: int, form: StepForm, step_id: int, deed: Deed) -> ResponseReturnValue:
    """Commits, and leads back to the plan; a refusal shows the page again with what was typed."""
    try:
        deed()
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        return show_item(item_or_404(id), signed_in_reader(), step_form=(step_id, form)), problem.status
    return redirect(
        url_for("mine.index") if form.then.data == "mine" else answer_of(item_or_404(id), signed_in_reader(), "plan"),
        303,
    )
