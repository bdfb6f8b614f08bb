"""The pages about improvements, as every form on them shows them again with what was typed."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from shadowing.backlog.access import reads
from shadowing.backlog.figures import ImprovementPage
from shadowing.backlog.forms import ImprovementForm
from shadowing.backlog.history.forms import CommentForm
from shadowing.backlog.models import Improvement
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.pages import backlog_page, improvement_page
from shadowing.backlog.steps.forms import BudgetForm, StepForm
from shadowing.core.forms import apart
from shadowing.core.ids import our_id
from shadowing.core.layout import render_page
from shadowing.people.reader import Reader


def show_backlog(reader: Reader, budget_form: BudgetForm | None = None) -> str:
    """The backlog in order, base of the pyramid first."""
    page = backlog_page(request.args, reader)
    kept = {"days": _number(page.budget.days), "money": _number(page.budget.money)} if page.budget else {}
    form = budget_form or BudgetForm(data=kept)
    return render_page("backlog/index.html", page=page, budget_form=apart(form, "budget"))


def show_item(
    item: Improvement,
    reader: Reader,
    form: ImprovementForm | None = None,
    step_form: tuple[int, StepForm] | None = None,
    comment_form: CommentForm | None = None,
) -> str:
    """Its page; who owns it without reading the others is shown what concerns them. step_form: 0 = of a new step."""
    page = improvement_page(item, reader)
    form = form or _filled(item)
    if page.form is not None:
        form.offer(page.form.owners)
    template = "backlog/show.html" if reads(reader) else "backlog/mine/show.html"
    return render_page(
        template,
        page=page,
        form=apart(form, "change"),
        steps=_step_forms(page, step_form),
        comment=apart(comment_form or CommentForm(), "comment"),
    )


def answer_of(item: Improvement, reader: Reader, anchor: str | None = None) -> str:
    """Where to after something was done with it."""
    endpoint = "backlog.show" if reads(reader) else "mine.show"
    return url_for(endpoint, id=item.id, _anchor=anchor)


def _step_forms(page: ImprovementPage, refused: tuple[int, StepForm] | None) -> dict[int, StepForm]:
    """By the step's id, 0 = a new one: that and the one that is being changed, of those who may."""
    if not page.checklist.may_change:
        return {}
    known = {step.id: step for step in page.checklist.steps}
    forms = {0: StepForm()}
    chosen = known.get(our_id(request.args.get("step")) or 0)
    if chosen is not None:
        forms[chosen.id] = StepForm(data=_of_step(chosen))
    if refused is not None:
        forms[refused[0]] = refused[1]
    owners = owner_choices()
    for id, form in forms.items():
        form.offer(owners)
        apart(form, f"step-{id}")
    return forms


def _of_step(step: Any) -> dict[str, str]:
    return {
        "what": step.what,
        "who": str(step.owner_id or ""),
        "by": step.due_on.isoformat() if step.due_on else "",
        "days": _number(step.days),
        "costs": _number(step.cost),
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _filled(item: Improvement) -> ImprovementForm:
    effects = {f"lens_{lens}": f"{effect:g}" for lens, effect in (item.lenses or {}).items()}
    kept = {
        **effects,
        "title": item.title,
        "owner_id": str(item.owner_id or ""),
        "effort": item.effort,
        "effort_days": _number(item.effort_days),
        "cost": _number(item.cost),
    }
    return ImprovementForm(data={**kept, "due_on": item.due_on.isoformat() if item.due_on else ""})
