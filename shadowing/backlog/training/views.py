"""Trainings: /improvements/training, and the pages on which one is planned or changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from shadowing.backlog.models import Improvement, ImprovementStep, KeptTraining
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.rows import Facts
from shadowing.backlog.showing import fields_of_step
from shadowing.backlog.steps.checklist import refuse_late, step_of
from shadowing.backlog.steps.schemas import StepChange, read_as
from shadowing.backlog.training.forms import AT_FIELDS, TrainingForm
from shadowing.backlog.training.pages import training_of, trainings_page
from shadowing.backlog.training.planning import (
    change_training,
    offered_departments,
    offered_standards,
    plan_training,
)
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.i18n import words
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.people.reader import signed_in_reader

pages = Routes("training", __name__)


@pages.get("/improvements/training", roles=READERS)
def index() -> str:
    """Where people hurt, which trainings are ahead, and what those that were held have lifted."""
    page = trainings_page(signed_in_reader(), clock.now())
    return render_page("backlog/training/index.html", page=page)


@pages.get("/improvements/<int(max=2147483647):id>/training", roles=LEADS)
def new(id: int) -> str:
    """A training for what an improvement is about."""
    item = item_or_404(id)
    department = item.area.touchpoint.department_id
    form = TrainingForm(data={"departments": [str(department)] if department else []})
    return _show(item, None, form)


@pages.post("/improvements/<int(max=2147483647):id>/training", roles=LEADS, once=True)
def add(id: int) -> ResponseReturnValue:
    """Into the plan."""
    item, form = item_or_404(id, to_change=True), TrainingForm(request.form)
    return _carried_out(
        item,
        None,
        form,
        lambda: plan_training(item, _wanted(form), form.chosen, current_user, clock.now()),
    )


@pages.get("/improvements/<int(max=2147483647):id>/training/<int(max=2147483647):step_id>", roles=LEADS)
def show(id: int, step_id: int) -> str:
    """One training, as it can be changed."""
    item = item_or_404(id)
    step = _training(item, step_id)
    kept = cast(KeptTraining, step.training)
    form = TrainingForm(
        data={
            **fields_of_step(step),
            "departments": [str(each) for each in kept["departments"]],
            "standards": kept["standards"],
            "held": kept["held_on"] or "",
        }
    )
    return _show(item, step, form)


@pages.post("/improvements/<int(max=2147483647):id>/training/<int(max=2147483647):step_id>", roles=LEADS)
def change(id: int, step_id: int) -> ResponseReturnValue:
    """What was looked at says its revision. Ticking, moving and taking it out are those of any step."""
    item, form = item_or_404(id, to_change=True), TrainingForm(request.form)
    step = _training(item, step_id)

    def deed() -> None:
        refuse_late(step, form.revision.data or "")
        change_training(item, step, _wanted(form), form.chosen, current_user, clock.now())

    return _carried_out(item, step_id, form, deed)


def _training(item: Improvement, step_id: int) -> ImprovementStep:
    """Raises Problem not_found."""
    step = step_of(item, step_id)
    if step.training is None or step.removed_at is not None:
        raise Problem("not_found")
    return step


def _wanted(form: TrainingForm) -> StepChange:
    return read_as(StepChange, form.document())


def _carried_out(
    item: Improvement, step_id: int | None, form: TrainingForm, deed: Callable[[], object]
) -> ResponseReturnValue:
    """Commits, and leads back to the improvement; a refusal shows the page again with what was typed."""
    id = item.id
    try:
        deed()
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        item = item_or_404(id)
        return _show(item, _training(item, step_id) if step_id else None, form), problem.status
    return redirect(url_for("backlog.show", id=id, _anchor="training"), 303)


def _show(item: Improvement, step: ImprovementStep | None, form: TrainingForm) -> str:
    kept = step.training if step else None
    standards = offered_standards(item, kept)
    form.offer(owner_choices())
    form.offer_choices(
        [(str(each.id), words(each.name)) for each in offered_departments(kept)],
        [(each.key, words(each.text)) for each in standards],
    )
    touchpoint, reader = item.area.touchpoint, signed_in_reader()
    return render_page(
        "backlog/training/edit.html",
        item=Facts([item]).row(item),
        step=step,
        form=form,
        hurt=training_of(item, reader, clock.now()).hurt,
        editor=url_for("editor.show", id=touchpoint.journey_id, t=touchpoint.key),
        has_standards=bool(standards),
    )
