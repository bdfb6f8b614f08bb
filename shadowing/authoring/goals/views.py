"""/goals: targets, satisfaction, and how often each of us shadows."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.editor.save_draft import journey_or_404
from shadowing.authoring.goals.benchmark import remove_benchmark, set_benchmark
from shadowing.authoring.goals.forms import BenchmarkForm, GoalForm, TargetsForm
from shadowing.authoring.goals.pages import GoalsPage, goals_page, the_goal
from shadowing.authoring.goals.setting import set_defaults
from shadowing.authoring.goals.wording import saved
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import apart
from shadowing.core.i18n import language
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.core.sentences import plain
from shadowing.journeys.defaults import own_defaults
from shadowing.journeys.inheriting import shown
from shadowing.people import audit
from shadowing.scoring.models import Benchmark

pages = Routes("goals", __name__)


@pages.get("/goals", roles=READERS)
def show() -> str:
    return _page()


@pages.post("/goals/targets/<int(max=2147483647):journey_id>", roles=LEADS)
def targets(journey_id: int) -> ResponseReturnValue:
    """Defaults of a journey, 0 = of the organisation; a blank one is inherited."""
    if journey_id:
        journey_or_404(journey_id)
    form = TargetsForm(request.form)
    if not form.validate():
        return _page(targets={journey_id: form}), 422
    kept = own_defaults().get(journey_id, {})
    wanted = {
        level: kept[level] if level in kept and shown(kept[level]) == said else 1 + said / 25
        for level, said in form.said().items()
    }
    changed = set_defaults(journey_id, wanted, current_user, clock.now())
    db.session.commit()
    wake_worker()
    flash(plain(saved(changed), language()))
    return redirect(url_for("goals.show", _anchor="targets"), 303)


@pages.post("/goals", roles=LEADS)
def set_goal() -> ResponseReturnValue:
    """The line of satisfaction in per cent, and how many visits each makes in a period."""
    form = GoalForm(request.form)
    if not form.validate():
        return _page(form), 422
    goal = the_goal()
    goal.satisfied, goal.visits, goal.period = (form.satisfied.data or 0) / 100, form.visits.data or 0, form.period.data
    goal.changed_at, goal.changed_by = clock.now(), current_user.id
    db.session.add(goal)
    audit.note("change", "goal", 1)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("goals.show"), 303)


@pages.post("/goals/benchmark/<int(max=2147483647):journey_id>", roles=LEADS)
def benchmark(journey_id: int) -> ResponseReturnValue:
    """What the index of a journey is held against, or another one."""
    journey, form = journey_or_404(journey_id), BenchmarkForm(request.form)
    if not form.validate():
        return _page(against={journey_id: form}), 422
    set_benchmark(journey, form.said(), current_user, clock.now())
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("goals.show", _anchor="benchmarks"), 303)


@pages.post("/goals/benchmark/<int(max=2147483647):journey_id>/remove", roles=LEADS)
def no_benchmark(journey_id: int) -> ResponseReturnValue:
    remove_benchmark(journey_or_404(journey_id))
    db.session.commit()
    flash(_("Taken away."))
    return redirect(url_for("goals.show", _anchor="benchmarks"), 303)


def _page(
    goal: GoalForm | None = None,
    targets: dict[int, TargetsForm] | None = None,
    against: dict[int, BenchmarkForm] | None = None,
) -> str:
    """goal, targets (by journey, 0 = the organisation), against (by journey): forms that need another look."""
    page = goals_page()
    return render_page(
        "authoring/goals/show.html",
        page=page,
        goal=apart(goal or _goal_form(page), "goal"),
        targets={id: apart(form, f"targets{id}") for id, form in {**_targets_forms(page), **(targets or {})}.items()},
        against={id: apart(form, f"against{id}") for id, form in {**_benchmark_forms(page), **(against or {})}.items()},
        wrong=set(against or {}),
    )


def _goal_form(page: GoalsPage) -> GoalForm:
    goal = page.goal
    return GoalForm(data={"satisfied": round(100 * goal.satisfied), "visits": goal.visits, "period": goal.period})


def _benchmark_forms(page: GoalsPage) -> dict[int, BenchmarkForm]:
    return {journey.id: BenchmarkForm(data=_typed(journey.benchmark)) for journey in page.journeys}


def _typed(kept: Benchmark | None) -> dict[str, Any]:
    """As somebody would write it."""
    if kept is None:
        return {}
    numbers = {"value": f"{kept.value:g}", "error": "" if kept.error is None else f"{kept.error:g}"}
    said = {"name": kept.name, "source": kept.source, "published": kept.published, "day": kept.day.isoformat()}
    return {**said, **numbers}


def _targets_forms(page: GoalsPage) -> dict[int, TargetsForm]:
    own = {0: page.organisation, **{journey.id: journey.given for journey in page.journeys}}
    return {
        id: TargetsForm(data={f"target_{level}": number for level, number in given.items()})
        for id, given in own.items()
    }
