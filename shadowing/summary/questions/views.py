"""/questions: one question of the week with what speaks for it, and its answer. Mail leads here and answers nothing."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.promises.pages import Promise, promise_named
from shadowing.backlog.board.forms import MoveForm
from shadowing.backlog.decisions.asking import ASK, reply
from shadowing.backlog.decisions.forms import ReplyForm
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.pages import item_or_404
from shadowing.core import clock
from shadowing.core.carried import within
from shadowing.core.database import db
from shadowing.core.forms import apart, put_errors
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import READERS, Routes
from shadowing.core.undo import offer_undo
from shadowing.journeys.models import Journey
from shadowing.people.reader import signed_in_reader
from shadowing.summary.questions.answering import answer_improvement, answer_promise, take_back
from shadowing.summary.questions.candidates import keep_this_week
from shadowing.summary.questions.forms import ANSWERS, AnswerForm
from shadowing.summary.questions.pages import question_or_404
from shadowing.summary.questions.week import IMPROVEMENT, PROMISE

pages = Routes("questions", __name__)


@pages.get("/questions/<kind>/<ref>", roles=READERS)
def show(kind: str, ref: str) -> str:
    """?answer= says which one the reader leans to."""
    return _page(kind, ref, AnswerForm(data={"answer": request.args.get("answer", "")}))


@pages.post("/questions/<kind>/<ref>", endpoint="answer", roles=READERS, once=True)
def answer(kind: str, ref: str) -> ResponseReturnValue:
    """Yes, no or asked back, with the name of whoever answers. A refusal shows what was typed."""
    form, now = AnswerForm(request.form), clock.now()
    question = question_or_404(kind, ref, signed_in_reader(), now)
    if not form.validate() or form.answer.data not in ANSWERS[kind]:
        return _page(kind, ref, form), 422
    try:
        keep_this_week(db.session.get_one(Journey, question.journey_id), now)
        if kind == IMPROVEMENT:
            answer_improvement(item_or_404(int(question.ref), to_change=True), form.said(), current_user, now)
        else:
            answer_promise(_promise(ref), form.said(), current_user, now)
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code == "stale":
            form.form_errors.append(_("Somebody answered meanwhile. Look at it, then answer again if it still waits."))
        else:
            put_errors(form, problem, form.places())
        return _page(kind, ref, form), problem.status
    wake_worker()
    _say_so(kind, ref, form.answer.data)
    return redirect(within("summaries.show", _anchor="decisions"), 303)


@pages.post("/questions/improvement/<int(max=2147483647):id>/undo", roles=READERS)
def undo(id: int) -> ResponseReturnValue:
    """The answer just given, by whoever gave it, while nothing else has changed."""
    item, revision = item_or_404(id, to_change=True), MoveForm(request.form).revision.data or ""
    try:
        take_back(item, revision, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        flash(problem.sentence, "under")
        return _page(IMPROVEMENT, str(id), AnswerForm()), problem.status
    wake_worker()
    flash(_("Taken back: the question waits again. Both lines stay in the register."))
    return redirect(within("summaries.show", _anchor="decisions"), 303)


@pages.post("/questions/promise/<ref>/reply/<int(max=2147483647):id>", endpoint="reply", roles=READERS, once=True)
def reply_about_promise(ref: str, id: int) -> ResponseReturnValue:
    """To what was asked back about a promise."""
    decision, form = db.session.get(Decision, id), ReplyForm(request.form)
    promise = _promise(ref)
    if decision is None or (decision.option, decision.kind) != (ASK, PROMISE) or not _is_about(decision, promise):
        raise Problem("not_found")
    try:
        reply(decision, form.words.data or "", current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return _page(PROMISE, ref, AnswerForm(), form), problem.status
    flash(_("Your answer stands beside the question."))
    return redirect(url_for("questions.show", kind=PROMISE, ref=ref), 303)


def _page(kind: str, ref: str, form: AnswerForm, reply_form: ReplyForm | None = None) -> str:
    question = question_or_404(kind, ref, signed_in_reader(), clock.now())
    form.offer(owner_choices())
    return render_page(
        "summary/questions/show.html",
        question=question,
        answers=ANSWERS[kind],
        form=form,
        reply=apart(reply_form or ReplyForm(), "reply"),
    )


def _promise(ref: str) -> Promise:
    promise = promise_named(ref, signed_in_reader())
    if promise is None:
        raise Problem("not_found")
    return promise


def _is_about(decision: Decision, promise: Promise) -> bool:
    return (decision.about_id, decision.about_key) == (promise.touchpoint_id, promise.key)


def _say_so(kind: str, ref: str, what: str) -> None:
    """What happened; an answer that moved an improvement can be taken back at once."""
    said = {
        "yes": _("Yes, with your name. The owner is told."),
        "no": _("No, with your reason. Whoever proposed it is told."),
        "ask": _("Asked. The answer will stand beside the question."),
        "keep": _("Kept, with your name."),
        "correct": _("Corrected, with your name."),
    }[what]
    if kind == PROMISE or what == ASK:
        flash(said)
        return
    item = item_or_404(our_id(ref) or 0)
    offer_undo(said, url_for("questions.undo", id=item.id), _("Undo"), revision=item.revision)
