"""/people: who may do what where, and the invitations they come by."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.administration.forms import InvitationForm
from shadowing.administration.pages import choices, chosen_sites, open_departments, open_sites, people_page
from shadowing.administration.qr import qr_code
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.people import audit
from shadowing.people.accounts import organisation
from shadowing.people.invitations import invite, invites_within, is_open
from shadowing.people.links import outward
from shadowing.people.models import INVITED_ROLES, Invitation, Site
from shadowing.people.reader import signed_in_reader

pages = Routes("inviting", __name__)


@pages.get("/people", roles=LEADS)
def index() -> str:
    return _index(_invitation_form())


@pages.post("/people/invitations", roles=LEADS, once=True)
def make_invitation() -> ResponseReturnValue:
    """A new poster. Leads invite observers to their own sites; administrators whom they like."""
    form = _invitation_form(request.form)
    if not form.validate():
        return _index(form), 422
    made = invite(
        form.name.data or "",
        form.role.data,
        form.uses.data or 1,
        form.days.data,
        current_user,
        clock.now(),
        int(form.department.data) if form.department.data else None,
        _sites_in(form),
    )
    db.session.flush()
    audit.note("invite", "invitation", made.id, {"role": made.role, "uses": made.uses})
    db.session.commit()
    return redirect(url_for("inviting.invitation", id=made.id), 303)


@pages.get("/people/invitations/<int(max=2147483647):id>", roles=LEADS, secret=True)
def invitation(id: int) -> str:
    """The poster, to be printed or held up."""
    found = _invitation_or_404(id)
    if not is_open(found, clock.now()):
        raise Problem("link_over")
    return render_page("administration/poster.html", invitation=found, **_poster(found))


@pages.post("/people/invitations/<int(max=2147483647):id>/end", roles=LEADS)
def end_invitation(id: int) -> ResponseReturnValue:
    found = _invitation_or_404(id)
    found.ended_at = found.ended_at or clock.now()
    audit.note("end", "invitation", found.id)
    db.session.commit()
    flash(_("“%(name)s” is ended. Whoever came by it stays.", name=found.name))
    return redirect(url_for("inviting.index"), 303)


def _index(form: InvitationForm) -> str:
    now, reader = clock.now(), signed_in_reader()
    wanted = {key: value.replace("\x00", "")[:120] for key, value in request.args.items()}
    page = people_page(wanted, now, _may_invite(), reader)
    newest = db.session.get(Invitation, page.invitations[0].id) if page.invitations else None
    return render_page(
        "administration/people.html",
        page=page,
        form=form,
        wanted=wanted,
        departments=choices(open_departments()),
        sites=choices(open_sites(reader)),
        poster=_poster(newest) if newest else None,
    )


def _invitation_form(said: Any = None) -> InvitationForm:
    reader = signed_in_reader()
    sites = choices(open_sites(reader))
    every = reader.sites is None
    ticked = {"all_sites": every, "sites": [] if every else [id for id, _name in sites]}
    form = InvitationForm(said, data={"role": "observer", "uses": 20, "days": 14, **ticked})
    form.offer(_may_invite(), choices(open_departments()), sites, every)
    return form


def _may_invite() -> tuple[str, ...]:
    return INVITED_ROLES if current_user.role == "admin" else ("observer",)


def _sites_in(form: InvitationForm) -> list[Site] | None:
    """None = all. A lead of some sites who ticks none of them invites to these; nobody's nothing is everywhere."""
    if form.all_sites and form.all_sites.data:
        return None
    reader = signed_in_reader()
    return chosen_sites(form.sites.data or []) or ([] if reader.sites is None else open_sites(reader))


def _poster(made: Invitation) -> dict[str, Any]:
    address = outward("letting_in.joining", code=made.code)
    return {"address": address, "code": qr_code(address), "whom": organisation().served, "invitation_id": made.id}


def _invitation_or_404(id: int) -> Invitation:
    found = db.session.get(Invitation, id)
    if found is None or found.role not in _may_invite() or not invites_within(found, signed_in_reader()):
        raise Problem("not_found")
    return found
