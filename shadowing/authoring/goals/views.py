"""/goals: targets, satisfaction, and how often each of us shadows."""

from __future__ import annotations

import re

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from shadowing.authoring.editor.save_draft import journey_or_404
from shadowing.authoring.goals.pages import goals_page, the_goal
from shadowing.authoring.goals.rules import PERIODS
from shadowing.authoring.goals.setting import set_defaults
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.core.vocabulary import LEVELS
from shadowing.journeys.defaults import own_defaults
from shadowing.journeys.inheriting import shown
from shadowing.people import audit

pages = Routes("goals", __name__)


@pages.get("/goals", roles=READERS)
def show() -> str:
    return render_page("authoring/goals/show.html", page=goals_page())


@pages.post("/goals/targets/<int(max=2147483647):journey_id>", roles=LEADS)
def targets(journey_id: int) -> ResponseReturnValue:
    """Defaults of a journey, 0 = of the organisation; a blank one is inherited."""
    if journey_id:
        journey_or_404(journey_id)
    wrong: dict[str, str] = {}
    kept = own_defaults().get(journey_id, {})
    wanted: dict[str, float] = {}
    for level in LEVELS:
        said = _whole(f"target_{level}", 0, 100, wrong)
        if said is not None:
            wanted[level] = kept[level] if level in kept and shown(kept[level]) == said else 1 + said / 25
    if wrong:
        return _again({f"{journey_id}:{name}": why for name, why in wrong.items()})
    changed = set_defaults(journey_id, wanted, current_user, clock.now())
    db.session.commit()
    wake_worker()
    flash(ngettext("Saved. One touchpoint follows.", "Saved. %(num)s touchpoints follow.", changed))
    return redirect(url_for("goals.show", _anchor="targets"), 303)


@pages.post("/goals", roles=LEADS)
def set_goal() -> ResponseReturnValue:
    """The line of satisfaction in per cent, and how many visits each makes in a period."""
    wrong: dict[str, str] = {}
    satisfied, visits = _whole("satisfied", 50, 100, wrong), _whole("visits", 1, 100, wrong)
    period = request.form.get("period", "")
    if period not in PERIODS:
        wrong["period"] = _("Choose one of these.")
    for name, said in (("satisfied", satisfied), ("visits", visits)):
        if said is None and name not in wrong:
            wrong[name] = _("Write a number.")
    if wrong or satisfied is None or visits is None:
        return _again({f"goal:{name}": why for name, why in wrong.items()})
    goal = the_goal()
    goal.satisfied, goal.visits, goal.period = satisfied / 100, visits, period
    goal.changed_at, goal.changed_by = clock.now(), current_user.id
    db.session.add(goal)
    audit.note("change", "goal", 1)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("goals.show"), 303)


def _whole(name: str, least: int, most: int, wrong: dict[str, str]) -> int | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or not least <= int(text) <= most:
        wrong[name] = _("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
        return None
    return int(text)


def _again(wrong: dict[str, str]) -> ResponseReturnValue:
    db.session.rollback()
    return render_page("authoring/goals/show.html", page=goals_page(wrong, request.form)), 422
