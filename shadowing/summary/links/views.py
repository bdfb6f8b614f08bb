"""/summary/links, where links are made and withdrawn, and /s/<secret>, what one of them opens."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import LOCALES, language
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY, READERS, Routes
from shadowing.people.accounts import organisation
from shadowing.people.links import public_address
from shadowing.people.reader import Reader, reader_of
from shadowing.scoring.queries import choose_journey, journeys_by_visits
from shadowing.summary.links.forms import ShareForm
from shadowing.summary.links.making import link_of, links_that_work, make_link, withdraw_link
from shadowing.summary.links.unlinked import unlinked
from shadowing.summary.pages import summary_page

pages = Routes("shared", __name__)


@pages.get("/summary/links", roles=READERS, secret=True)
def index() -> str:
    """Links that work, and a form for another."""
    return _page(ShareForm(data={"journey": request.args.get("journey", ""), "days": "30"}), session.pop("shared", ""))


@pages.post("/summary/links", roles=READERS, secret=True, once=True)
def make() -> ResponseReturnValue:
    """The address is shown once: only its digest is kept."""
    form, reader = ShareForm(request.form), reader_of(current_user)
    if reader.sites is not None:  # a page over all sites is not theirs to hand out (DECISIONS 34)
        raise Problem("not_allowed")
    if not form.validate():
        return _page(form), 422
    journey = choose_journey([journey for journey, _n in journeys_by_visits()], form.journey.data or None)
    if journey is None:
        raise Problem("not_found")
    frozen = _as_it_stands(str(journey.id)) if form.frozen.data else None
    secret = make_link(journey, form.label.data or "", int(form.days.data), frozen, current_user, clock.now())
    db.session.commit()
    session["shared"] = f"{public_address()}{url_for('shared.show', secret=secret)}"
    return redirect(url_for("shared.index", journey=journey.id), 303)


@pages.post("/summary/links/<int(max=2147483647):id>/withdraw", roles=READERS)
def withdraw(id: int) -> ResponseReturnValue:
    withdraw_link(id, reader_of(current_user), clock.now())
    db.session.commit()
    flash(_("Withdrawn: nobody reads by it any more."))
    return redirect(url_for("shared.index"), 303)


@pages.get("/s/<secret>", roles=ANYBODY, secret=True)
def show(secret: str) -> ResponseReturnValue:
    """The summary of one journey for whoever was given its address: figures, no name, no word, no photo."""
    link = link_of(secret, clock.now())
    body = (link.frozen or {}).get(language()) or next(iter((link.frozen or {}).values()), None)
    response = make_response(
        render_template("summary/links/show.html", link=link, body=body or _body(str(link.journey_id)))
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _body(journey: str) -> str:
    """In the language of the request. Written for somebody who is nobody of ours."""
    reader = Reader(None, "executive", None, language())
    return unlinked(
        render_template("summary/links/body.html", summary=summary_page({"journey": journey}, None, reader))
    )


def _as_it_stands(journey: str) -> dict[str, str]:
    """The page of today in every language of the organisation."""
    kept = {}
    for each in organisation().languages:
        with force_locale(LOCALES[each]):
            kept[each] = str(_body(journey))
    return kept


def _page(form: ShareForm, made: str = "") -> str:
    reader, journeys = reader_of(current_user), [journey for journey, _n in journeys_by_visits()]
    form.offer()
    return render_page(
        "summary/links/index.html",
        form=form,
        made=made,
        journey=choose_journey(journeys, form.journey.data or None),
        links=links_that_work(reader, clock.now()),
        may_share=reader.sites is None,
    )
