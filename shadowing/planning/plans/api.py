"""/api/v1/plans: what is planned, planning it, changing it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Response, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.http import json_object
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, LEADS, api_routes
from shadowing.people.models import Person
from shadowing.planning.plans.changing import change_plan, found_plan, make_plans, plan_for
from shadowing.planning.plans.listing import listed_plans, plans_between
from shadowing.planning.plans.schemas import InvalidPlan, NewPlan, PlanChange, PlanFields, read
from shadowing.scoring.filter import known_id

api = api_routes("plans")
BODY_BYTES = 256 * 1024
#: What is listed when nobody says from when to when.
BACK, AHEAD = timedelta(days=14), timedelta(days=28)
P = TypeVar("P", bound=PlanFields)


@api.get("/plans", endpoint="index", roles=EVERYONE)
def index_json() -> Response:
    """Leads: of their sites; others: their own and open slots. Filters: from, until (ISO 8601), journey."""
    now, person = clock.now(), _person()
    start = _moment("from", now - BACK)
    until = _moment("until", start + BACK + AHEAD)
    plans = plans_between(person, start, until, known_id(request.args.get("journey")))
    return jsonify(plans=listed_plans(plans, person, now))


@api.post("/plans", endpoint="new", roles=LEADS)
def new_json() -> tuple[Response, int]:
    """One plan, two of a double-shadowed visit, or a series: all of them are answered."""
    now, person = clock.now(), _person()
    made = make_plans(understood(NewPlan, json_object(BODY_BYTES)), person, now)
    db.session.commit()
    wake_worker()
    return jsonify(plans=[plan_for(plan, person, now) for plan in made]), 201


@api.patch("/plans/<int(max=2147483647):id>", endpoint="change", roles=EVERYONE)
def change_json(id: int) -> Response:
    """{revision, observer_id?, starts_at?, state?, reason?, …}: stale 409, a visit that has begun 422."""
    now, person, wanted = clock.now(), _person(), understood(PlanChange, json_object(BODY_BYTES))
    plan = found_plan(id)
    change_plan(plan, wanted, person, now)
    db.session.commit()
    wake_worker()
    return jsonify(plan_for(plan, person, now))


def understood(model: type[P], document: Any) -> P:
    """Raises Problem invalid, the fields in the reader's language."""
    try:
        return read(model, document)
    except InvalidPlan as bad:
        raise Problem("invalid", [(path, _(sentence)) for path, sentence in bad.errors]) from bad


def _person() -> Person:
    found: Person = current_user._get_current_object()
    return found


def _moment(name: str, otherwise: datetime) -> datetime:
    said = request.args.get(name)
    if not said:
        return otherwise
    try:
        moment = datetime.fromisoformat(said.replace(" ", "+"))
        if moment.tzinfo is None:
            raise ValueError(said)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Problem(
            "invalid", [(name, _("Say the moment with its offset, for example 2026-11-24T10:00:00+01:00."))]
        ) from error
    return moment
