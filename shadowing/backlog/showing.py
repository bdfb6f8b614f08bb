"""The pages about improvements, as every form on them shows them again with what was typed."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from shadowing.backlog.access import reads
from shadowing.backlog.board.wording import moved
from shadowing.backlog.bulk.forms import SeveralForm
from shadowing.backlog.decisions.asking import ASK
from shadowing.backlog.decisions.figures import DecisionRow
from shadowing.backlog.decisions.forms import ReplyForm
from shadowing.backlog.decisions.queries import decisions_on_improvements
from shadowing.backlog.figures import ImprovementPage
from shadowing.backlog.forms import ImprovementForm
from shadowing.backlog.history.forms import CommentForm
from shadowing.backlog.history.undoing import can_be_undone
from shadowing.backlog.models import Improvement
from shadowing.backlog.order.pages import practices_of, standing_of
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.pages import BOARD, backlog_page, improvement_page
from shadowing.backlog.rows import Facts
from shadowing.backlog.same_cause.pages import same_causes
from shadowing.backlog.serious.forms import PutRightForm
from shadowing.backlog.steps.forms import BudgetForm, StepForm
from shadowing.backlog.steps.pages import budget
from shadowing.backlog.training.pages import training_of
from shadowing.backlog.triage.pages import answers_for, comes_from
from shadowing.backlog.wording import title
from shadowing.core import clock
from shadowing.core.forms import apart
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.layout import render_page
from shadowing.core.sentences import plain
from shadowing.core.undo import offer_undo
from shadowing.people.reader import Reader


def show_backlog(reader: Reader, several: SeveralForm | None = None) -> str:
    """The backlog in order, base of the pyramid first; as a list or as a board."""
    page = backlog_page(request.args, reader)
    view = BOARD if request.args.get("view") == BOARD else "list"
    form = several or SeveralForm()
    form.offer(owner_choices())
    query = request.query_string.decode("ascii", "ignore")
    beside = {"answered": answers_for(reader), "several": form if reader.leads else None}
    return render_page("backlog/index.html", page=page, view=view, query=query, **beside)


def show_budget(reader: Reader, form: BudgetForm | None = None) -> str:
    """What fits into a month, where it is said."""
    kept = budget(reader)
    filled = BudgetForm(data={"days": _number(kept.days), "money": _number(kept.money)})
    return render_page("backlog/budget.html", budget=kept, form=form or filled)


def show_item(
    item: Improvement,
    reader: Reader,
    form: ImprovementForm | None = None,
    step_form: tuple[int, StepForm] | None = None,
    comment_form: CommentForm | None = None,
    right_form: PutRightForm | None = None,
    reply_form: tuple[int, ReplyForm] | None = None,
) -> str:
    """Its page; who owns it without reading the others is shown what concerns them.

    step_form: 0 = of a new step; reply_form: to which question.
    """
    page = improvement_page(item, reader)
    form = form or filled_form(item)
    if page.form is not None:
        form.offer(page.form.owners)
    decided = decisions_on_improvements([item.id])
    template = "backlog/show.html" if reads(reader) else "backlog/mine/show.html"
    return render_page(
        template,
        page=page,
        form=apart(form, "change"),
        steps=_step_forms(page, step_form),
        right=apart(right_form or PutRightForm(), "right"),
        comment=apart(comment_form or CommentForm(), "comment"),
        asked=_questions(decided, reply_form),
        decisions=[row for row in decided if row.option != ASK],
        **(_beside(item, reader) if reads(reader) else {}),
    )


def _beside(item: Improvement, reader: Reader) -> dict[str, Any]:
    """What stands with it: why at its place, where it comes from, what others do, what is the same."""
    return {
        "standing": standing_of(item),
        "came_from": comes_from(item, reader),
        "practices": practices_of(item, reader),
        "same_causes": same_causes(item, reader, clock.now()) if reader.leads else (),
        "trained": training_of(item, reader, clock.now()),
    }


def _questions(
    decided: list[DecisionRow], refused: tuple[int, ReplyForm] | None
) -> list[tuple[DecisionRow, ReplyForm]]:
    """What was asked before deciding, each with a form to reply; the newest first."""
    known = dict([refused]) if refused else {}
    asked = [row for row in decided if row.option == ASK]
    return [(row, apart(known.get(row.id) or ReplyForm(), f"reply-{row.id}")) for row in asked]


def answer_of(item: Improvement, reader: Reader, anchor: str | None = None) -> str:
    """Where to after something was done with it."""
    endpoint = "backlog.show" if reads(reader) else "mine.show"
    return url_for(endpoint, id=item.id, _anchor=anchor)


def offer_to_undo(item: Improvement) -> None:
    """After a step, to whoever made it."""
    if not can_be_undone(item):
        return
    row = Facts([item]).row(item)
    said = plain(moved(title(row), item.state), language())
    address = url_for("board.undo", id=item.id, view=request.args.get("view"))
    offer_undo(said, address, _("Undo"), revision=item.revision)


def _step_forms(page: ImprovementPage, refused: tuple[int, StepForm] | None) -> dict[int, StepForm]:
    """By the step's id, 0 = a new one: that and the one that is being changed, of those who may."""
    if not page.checklist.may_change:
        return {}
    known = {step.id: step for step in page.checklist.steps}
    forms = {0: StepForm()}
    chosen = known.get(our_id(request.args.get("step")) or 0)
    if chosen is not None:
        forms[chosen.id] = StepForm(data=fields_of_step(chosen))
    if refused is not None:
        forms[refused[0]] = refused[1]
    owners = owner_choices()
    for id, form in forms.items():
        form.offer(owners)
        apart(form, f"step-{id}")
    return forms


def fields_of_step(step: Any) -> dict[str, str]:
    """What its form is filled with."""
    return {
        "what": step.what,
        "who": str(step.owner_id or ""),
        "by": step.due_on.isoformat() if step.due_on else "",
        "days": _number(step.days),
        "costs": _number(step.cost),
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def filled_form(item: Improvement) -> ImprovementForm:
    effects = {f"lens_{lens}": f"{effect:g}" for lens, effect in (item.lenses or {}).items()}
    reasons = {f"reason_{lens}": why for lens, why in (item.lens_reasons or {}).items()}
    kept = {
        **effects,
        **reasons,
        "title": item.title,
        **{f"title_{code}": said for code, said in (item.titles or {}).items()},
        "owner_id": str(item.owner_id or ""),
        "effort": item.effort,
        "effort_days": _number(item.effort_days),
        "cost": _number(item.cost),
    }
    return ImprovementForm(data={**kept, "due_on": item.due_on.isoformat() if item.due_on else ""})
