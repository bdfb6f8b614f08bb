"""/sites: where the service is met, and the departments people belong to."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.administration.forms import DepartmentForm, SiteForm
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import apart
from shadowing.core.i18n import words
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ADMINS, Routes
from shadowing.people import audit
from shadowing.people.accounts import add_department, add_site
from shadowing.people.models import Department, Site

pages = Routes("places", __name__)


@pages.get("/sites", roles=ADMINS)
def index() -> str:
    return _page()


@pages.post("/sites", roles=ADMINS, once=True)
def new_site() -> ResponseReturnValue:
    form = SiteForm(request.form)
    if not form.validate():
        return _page(site=form), 422
    made = add_site(form.names(), form.kind.data, form.time_zone.data or None)
    return _kept("site", made, _("Added: %(name)s.", name=words(made.name)))


@pages.post("/sites/<int(max=2147483647):id>", roles=ADMINS)
def change_site(id: int) -> ResponseReturnValue:
    """step: save, close or open. A closed site is no longer offered; what was seen there stays."""
    found = _found(Site, id)
    form = SiteForm(request.form)
    if _opened_or_closed(found, form.step.data or ""):
        return _kept("site", found, _done(found))
    if not form.validate():
        return _page(changed=("site", id, form)), 422
    found.name, found.kind, found.time_zone = form.names(), form.kind.data, form.time_zone.data or None
    return _kept("site", found, _("Changed: %(name)s.", name=words(found.name)))


@pages.post("/departments", roles=ADMINS, once=True)
def new_department() -> ResponseReturnValue:
    form = DepartmentForm(request.form)
    if not form.validate():
        return _page(department=form), 422
    made = add_department(form.names())
    return _kept("department", made, _("Added: %(name)s.", name=words(made.name)))


@pages.post("/departments/<int(max=2147483647):id>", roles=ADMINS)
def change_department(id: int) -> ResponseReturnValue:
    found = _found(Department, id)
    form = DepartmentForm(request.form)
    if _opened_or_closed(found, form.step.data or ""):
        return _kept("department", found, _done(found))
    if not form.validate():
        return _page(changed=("department", id, form)), 422
    found.name = form.names()
    return _kept("department", found, _("Changed: %(name)s.", name=words(found.name)))


def _found(kind: Any, id: int) -> Any:
    found = db.session.get(kind, id)
    if found is None:
        raise Problem("not_found")
    return found


def _opened_or_closed(place: Site | Department, step: str) -> bool:
    if step == "close":
        place.closed_at = place.closed_at or clock.now()
    elif step == "open":
        place.closed_at = None
    return step in ("close", "open")


def _done(place: Site | Department) -> str:
    if place.closed_at:
        return _("%(name)s is closed. What was noted stays.", name=words(place.name))
    return _("%(name)s is open again.", name=words(place.name))


def _kept(kind: str, place: Site | Department, sentence: str) -> ResponseReturnValue:
    db.session.flush()
    audit.note("change", kind, place.id, {"name": place.name, "closed": place.closed_at is not None})
    db.session.commit()
    flash(sentence)
    return redirect(url_for("places.index"), 303)


def _page(site: SiteForm | None = None, department: DepartmentForm | None = None, changed: Any = ("", 0, None)) -> str:
    """changed: (kind, id, form) of the one that needs another look."""
    kind, id, form = changed
    sites = [(row, form if (kind, id) == ("site", row.id) else _site_form(row)) for row in _all(Site)]
    departments = [
        (row, form if (kind, id) == ("department", row.id) else _department_form(row)) for row in _all(Department)
    ]
    return render_page(
        "administration/places.html",
        sites=[(row, apart(each, f"site{row.id}")) for row, each in sites],
        departments=[(row, apart(each, f"department{row.id}")) for row, each in departments],
        site=apart(site or SiteForm(), "site"),
        department=apart(department or DepartmentForm(), "department"),
        open_details=(kind, id),
    )


def _all(kind: Any) -> list[Any]:
    rows = db.session.scalars(select(kind))
    return sorted(rows, key=lambda row: (row.closed_at is not None, words(row.name)))


def _site_form(row: Site) -> SiteForm:
    both = {"name_en": row.name["en"], "name_zh": row.name["zh"]}
    return SiteForm(data={**both, "kind": row.kind, "time_zone": row.time_zone or ""})


def _department_form(row: Department) -> DepartmentForm:
    return DepartmentForm(data={"name_en": row.name["en"], "name_zh": row.name["zh"]})
