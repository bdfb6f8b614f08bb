"""/people: one person: added, changed, ended, let in again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from shadowing.administration.forms import LinkForm, PersonForm
from shadowing.administration.pages import choices, chosen_sites, closed_choices, open_departments, open_sites
from shadowing.administration.qr import qr_code
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ADMINS, Routes
from shadowing.people import audit
from shadowing.people.accounts import Refused, add_person, end_token, is_last_admin, leave, tokens_of
from shadowing.people.letters import can_send_links, promise_link
from shadowing.people.links import outward, password_token
from shadowing.people.models import Person
from shadowing.people.reader import signed_in_reader

pages = Routes("people", __name__)


@pages.get("/people/new", roles=ADMINS)
def new() -> str:
    return _person_page(_offered(PersonForm(data={"all_sites": True})), None)


@pages.post("/people/new", roles=ADMINS, once=True)
def add() -> ResponseReturnValue:
    """An account without a password; the person chooses one by the link that follows."""
    form = _offered(PersonForm(request.form))
    if not form.validate():
        return _person_page(form, None), 422
    try:
        person = add_person(form.email.data or "", form.name.data or "", form.role.data, None)
        _fill(person, form)
        db.session.flush()
    except (Refused, IntegrityError) as refused:
        db.session.rollback()
        form.email.errors = [str(refused) if isinstance(refused, Refused) else _taken(form)]
        return _person_page(form, None), 422
    audit.note("add", "person", person.id, {"role": person.role})
    db.session.commit()
    flash(_("Added: %(name)s. One thing is left: hand over the link.", name=person.name))
    return redirect(url_for("people.show", id=person.id), 303)


@pages.get("/people/<int(max=2147483647):id>", roles=ADMINS)
def show(id: int) -> str:
    person = _person_or_404(id)
    return _person_page(_offered(PersonForm(data=_as_kept(person)), person), person)


@pages.post("/people/<int(max=2147483647):id>", roles=ADMINS)
def change(id: int) -> ResponseReturnValue:
    advisory_lock("administrators")  # or two of them end each other
    person = _person_or_404(id)
    form = _offered(PersonForm(request.form), person)
    if not form.validate():
        return _person_page(form, person), 422
    if is_last_admin(person) and form.role.data != "admin":
        form.role.errors = [_("Somebody must administer. Make another administrator first.")]
        return _person_page(form, person), 422
    try:
        before = person.role
        person.name, person.email, person.role = form.name.data or "", (form.email.data or "").lower(), form.role.data
        _fill(person, form)
        audit.note("change", "person", person.id, {"role": [before, person.role]})
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        form.email.errors = [_taken(form)]
        return _person_page(form, _person_or_404(id)), 422
    flash(_("Changed: %(name)s.", name=person.name))
    return redirect(url_for("inviting.index"), 303)


@pages.post("/people/<int(max=2147483647):id>/link", roles=ADMINS, secret=True)
def link(id: int) -> ResponseReturnValue:
    """A link by which the person chooses a password. step: mail sends it, anything else shows it."""
    person, form = _person_or_404(id), LinkForm(request.form)
    by_mail = form.step.data == "mail"
    if not person.is_active or (by_mail and not can_send_links()):
        raise Problem("not_found")
    audit.note("mail_link" if by_mail else "show_link", "person", person.id)
    if by_mail:
        promise_link(person, clock.now())
        db.session.commit()
        wake_worker()
        flash(_("A mail to %(email)s is on its way.", email=person.email))
        return redirect(url_for("inviting.index"), 303)
    db.session.commit()
    address = outward("letting_in.choosing_password", token=password_token(person, "hand"))
    return render_page("administration/link.html", person=person, address=address, code=qr_code(address))


@pages.post("/people/<int(max=2147483647):id>/end", roles=ADMINS)
def end(id: int) -> ResponseReturnValue:
    """The account ends at once, everywhere. What the person noted stays."""
    advisory_lock("administrators")
    person = _person_or_404(id)
    try:
        leave(person, clock.now())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "under")
        return redirect(url_for("people.show", id=id), 303)
    audit.note("end", "person", person.id)
    db.session.commit()
    flash(_("%(name)s can no longer sign in. What they noted stays.", name=person.name))
    return redirect(url_for("inviting.index"), 303)


@pages.post("/people/<int(max=2147483647):person_id>/tokens/<int(max=2147483647):id>/end", roles=ADMINS)
def end_token_of(person_id: int, id: int) -> ResponseReturnValue:
    """Whatever used this person's token is refused from now on."""
    if not end_token(_person_or_404(person_id), id, clock.now()):
        raise Problem("not_found")
    audit.note("end_token", "person", person_id, {"token": id})
    db.session.commit()
    return redirect(url_for("people.show", id=person_id, _anchor="doors"), 303)


@pages.post("/people/<int(max=2147483647):person_id>/calendar/end", roles=ADMINS)
def end_calendar_of(person_id: int) -> ResponseReturnValue:
    _person_or_404(person_id).calendar_digest = None
    audit.note("end_calendar_address", "person", person_id)
    db.session.commit()
    return redirect(url_for("people.show", id=person_id, _anchor="doors"), 303)


@pages.post("/people/<int(max=2147483647):id>/return", roles=ADMINS)
def come_back(id: int) -> ResponseReturnValue:
    person = _person_or_404(id)
    person.left_at = None
    audit.note("return", "person", person.id)
    db.session.commit()
    flash(_("%(name)s may sign in again.", name=person.name))
    return redirect(url_for("people.show", id=id), 303)


def _person_or_404(id: int) -> Person:
    found = db.session.get(Person, id)
    if found is None:
        raise Problem("not_found")
    return found


def _as_kept(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "locale": person.locale or "",
        "department": str(person.department_id or ""),
        "all_sites": person.all_sites,
        "sites": [str(site.id) for site in person.sites],
    }


def _offered(form: PersonForm, person: Person | None = None) -> PersonForm:
    """With what may be chosen; what was closed stays with whoever belongs to it."""
    departments = open_departments()
    if person and person.department and person.department not in departments:
        departments.append(person.department)
    own = [site for site in person.sites if site.closed_at] if person else []
    form.offer(choices(departments), [*choices(open_sites(signed_in_reader())), *closed_choices(own)])
    return form


def _fill(person: Person, form: PersonForm) -> None:
    person.locale = form.locale.data or None
    person.department_id = int(form.department.data) if form.department.data else None
    person.sites = chosen_sites(form.sites.data or [])
    person.all_sites = bool(form.all_sites.data)


def _taken(form: PersonForm) -> str:
    return _("%(email)s has an account already.", email=form.email.data)


def _person_page(form: PersonForm, person: Person | None) -> str:
    tokens = tokens_of(person) if person else []
    return render_page("administration/person.html", form=form, person=person, by_mail=can_send_links(), tokens=tokens)
