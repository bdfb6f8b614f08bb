"""The customer's page: what was noted beside me, and one tap that erases it. No name, no sign-in."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.formatting import day
from shadowing.core.i18n import language
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.routes import ANYBODY, Routes
from shadowing.people import throttle
from shadowing.people.accounts import organisation
from shadowing.people.zones import home_zone, zones
from shadowing.phone.withdrawal.codes import Mistyped, code_hash, read_code
from shadowing.phone.withdrawal.forms import CodeForm
from shadowing.phone.withdrawal.withdraw import VisitToWithdraw, take_back, walks_of, withdrawal_of

pages = Routes("withdrawal", __name__, url_prefix="/w")

#: Codes nobody knows, looked up from one network within a quarter of an hour: enough for typing errors only.
UNKNOWN_CODES = 20
#: Right ones that are answered there meanwhile: enough for a customer, little for whoever guesses on.
RIGHT_CODES = 10


@pages.get("", roles=ANYBODY, secret=True)
def enter() -> Response:
    """Where a code is typed that was written down instead of photographed; code: one to be put right."""
    return _enter(CodeForm(request.args))


@pages.post("", roles=ANYBODY, secret=True)
def look_up() -> ResponseReturnValue:
    form = CodeForm(request.form)
    if not form.validate():
        return _enter(form, 422)
    return redirect(url_for("withdrawal.show", code=read_code(form.code.data or "")), 303)


@pages.get("/<code>", roles=ANYBODY, secret=True)
def show(code: str) -> ResponseReturnValue:
    """What would go; or that it is gone. An unknown code may belong to a visit that is still on a phone."""
    found = _known_form(code)
    if found is None:
        form = CodeForm(data={"code": code})
        form.validate()
        return _enter(form, 404)
    _count_guess(found)
    record, walks = withdrawal_of(code_hash(found)), walks_of(code_hash(found))
    if record is not None and not walks:
        return _page(
            "phone/withdrawal/done.html", record=record, at=_when(record.erased_at or record.asked_at, home_zone())
        )
    return _page("phone/withdrawal/show.html", code=found, walks=walks, spans=[_span(walk) for walk in walks])


@pages.post("/<code>", roles=ANYBODY, secret=True)
def erase(code: str) -> ResponseReturnValue:
    """Erase now, or when the visit arrives. Twice is once."""
    found = _known_form(code)
    if found is None:
        return show(code)
    _count_guess(found)
    take_back(code_hash(found), clock.now())
    wake_worker()
    return redirect(url_for("withdrawal.show", code=found), 303)


def _known_form(code: str) -> str | None:
    """None, too, when it is mistyped: nothing is looked up for it, and it is no guess."""
    try:
        return read_code(code)
    except Mistyped:
        return None


def _enter(form: CodeForm, status: int = 200) -> Response:
    return _page("phone/withdrawal/enter.html", status, form=form)


def _page(template: str, status: int = 200, **facts: Any) -> Response:
    response = make_response(render_template(template, organisation=organisation(), **facts), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _count_guess(code: str) -> None:
    """Raises too_many_tries for whoever guesses. A right code is answered all the same, a few from each network."""
    now, here = clock.now(), throttle.network(request.remote_addr or "?")
    is_right = withdrawal_of(code_hash(code)) is not None or bool(walks_of(code_hash(code)))
    guessed = throttle.counted(f"code:{here}", now) >= UNKNOWN_CODES
    if is_right and not guessed:
        return
    subject, most = (f"right:{here}", RIGHT_CODES) if is_right else (f"code:{here}", UNKNOWN_CODES)
    throttle.refuse_subject(subject, most, now)
    db.session.rollback()  # leave the reading transaction before taking the write lock
    with writing():
        throttle.note_subjects([subject], now)
        db.session.commit()


def _span(walk: VisitToWithdraw) -> tuple[str, str, str]:
    """Day, beginning and end as the clock on the spot showed them."""
    zone = zones().at(walk.site_id)
    started = _when(walk.started_at, zone)
    return *started, _when(walk.ended_at, zone)[1]


def _when(moment: datetime | None, zone: tzinfo) -> tuple[str, str]:
    """Day and time of day; nothing where the moment is not known."""
    if moment is None:
        return "", ""
    return day(moment, language(), zone), clock.clock_face(moment, zone)
