"""/strategy: three sentences, the principles, and how often each is lived."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.strategy.forms import PrincipleForm, SentencesForm
from shadowing.authoring.strategy.models import Principle, Strategy
from shadowing.authoring.strategy.pages import StrategyPage, strategy_page
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.forms import apart, both, both_data
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.core.vocabulary import LENSES
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader

pages = Routes("strategy", __name__)
MOST_PRINCIPLES = 20


@pages.get("/strategy", roles=READERS)
def show() -> str:
    return _page()


@pages.post("/strategy", roles=LEADS)
def write() -> ResponseReturnValue:
    """Three sentences, each in both languages; `revision` says which ones were looked at."""
    form = SentencesForm(request.form)
    if not form.validate():
        return _page(form), 422
    advisory_lock("strategy")
    kept = db.session.get(Strategy, 1)
    if str(kept.revision if kept else 0) != form.revision.data:
        told = _("Somebody changed it meanwhile. What you wrote is below; look at it and save again.")
        return _page(form, told=told), 409
    kept = kept or Strategy(id=1, revision=0)
    for lens in LENSES:
        setattr(kept, lens, both(form, lens))
    kept.revision, kept.changed_at, kept.changed_by = kept.revision + 1, clock.now(), current_user.id
    db.session.add(kept)
    audit.note("change", "strategy", 1)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("strategy.show"), 303)


@pages.post("/strategy/principles", roles=LEADS, once=True)
def add_principle() -> ResponseReturnValue:
    form = PrincipleForm(request.form)
    fine = form.validate()
    if db.session.query(Principle).filter(Principle.retired_at.is_(None)).count() >= MOST_PRINCIPLES:
        form.name_en.errors = [_("Twenty principles are more than anybody lives. Take one out first.")]
        fine = False
    if not fine:
        return _page(adding=form), 422
    made = Principle(name=both(form, "name"), meaning=both(form, "meaning"))
    db.session.add(made)
    db.session.flush()
    audit.note("add", "principle", made.id)
    db.session.commit()
    return redirect(url_for("strategy.show", _anchor=f"principle-{made.id}"), 303)


@pages.post("/strategy/principles/<int(max=2147483647):id>", roles=LEADS)
def change_principle(id: int) -> ResponseReturnValue:
    """do: save or retire. Standards keep naming one that was taken out; it is only no longer offered."""
    found = db.session.get(Principle, id)
    if found is None or found.retired_at is not None:
        raise Problem("not_found")
    form = PrincipleForm(request.form)
    if form.do.data == "retire":
        found.retired_at = clock.now()
    elif form.validate():
        found.name, found.meaning = both(form, "name") or found.name, both(form, "meaning")
    else:
        return _page(changing={id: form}), 422
    audit.note("change", "principle", id)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("strategy.show", _anchor="principles"), 303)


def _page(
    sentences: SentencesForm | None = None,
    adding: PrincipleForm | None = None,
    changing: dict[int, PrincipleForm] | None = None,
    told: str = "",
) -> str:
    """A form that needs another look comes back as it was filled in, where it was filled in."""
    page = strategy_page(signed_in_reader())
    return render_page(
        "authoring/strategy/show.html",
        page=page,
        told=told,
        sentences=apart(sentences or _sentences_form(page), "strategy"),
        adding=apart(adding or PrincipleForm(), "new"),
        changes={
            id: apart(form, f"principle{id}") for id, form in {**_principle_forms(page), **(changing or {})}.items()
        },
        changing=list(changing or {}),
    )


def _sentences_form(page: StrategyPage) -> SentencesForm:
    filled: dict[str, str] = {}
    for lens, words in page.sentences.items():
        filled |= both_data(lens, words)
    return SentencesForm(data=filled)


def _principle_forms(page: StrategyPage) -> dict[int, PrincipleForm]:
    found = [row.principle for row in page.rows]
    return {
        each.id: PrincipleForm(data={**both_data("name", each.name), **both_data("meaning", each.meaning)})
        for each in found
    }
