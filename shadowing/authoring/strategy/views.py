"""/strategy: three sentences, the principles, and how often each is lived."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.strategy.models import Principle, Strategy
from shadowing.authoring.strategy.pages import strategy_page
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.core.vocabulary import LENSES, Words
from shadowing.journeys.editing import tidy
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader

pages = Routes("strategy", __name__)
LONGEST = 300
MOST_PRINCIPLES = 20


@pages.get("/strategy", roles=READERS)
def show() -> str:
    return _page()


@pages.post("/strategy", roles=LEADS)
def write() -> ResponseReturnValue:
    """Three sentences, each in both languages; `revision` says which ones were looked at."""
    wrong: dict[str, str] = {}
    said = {lens: _both(lens, wrong) for lens in LENSES}
    if wrong:
        return _page(wrong), 422
    advisory_lock("strategy")
    kept = db.session.get(Strategy, 1)
    if str(kept.revision if kept else 0) != request.form.get("revision"):
        return _page(told=_("Somebody changed it meanwhile. What you wrote is below; look at it and save again.")), 409
    kept = kept or Strategy(id=1, revision=0)
    for lens, both in said.items():
        setattr(kept, lens, both)
    kept.revision, kept.changed_at, kept.changed_by = kept.revision + 1, clock.now(), current_user.id
    db.session.add(kept)
    audit.note("change", "strategy", 1)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("strategy.show"), 303)


@pages.post("/strategy/principles", roles=LEADS)
def add_principle() -> ResponseReturnValue:
    wrong: dict[str, str] = {}
    name, meaning = _both("name", wrong), _both("meaning", wrong)
    if name is None and not wrong:
        wrong["name_en"] = _("Fill in a name in one language at least.")
    if db.session.query(Principle).filter(Principle.retired_at.is_(None)).count() >= MOST_PRINCIPLES:
        wrong["name_en"] = _("Twenty principles are more than anybody lives. Take one out first.")
    if wrong or name is None:
        return _page(wrong, adding=True), 422
    made = Principle(name=name, meaning=meaning)
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
    if request.form.get("do") == "retire":
        found.retired_at = clock.now()
    else:
        wrong: dict[str, str] = {}
        name, meaning = _both("name", wrong), _both("meaning", wrong)
        if wrong or name is None:
            return _page(wrong or {"name_en": _("Fill in a name in one language at least.")}, changing=id), 422
        found.name, found.meaning = name, meaning
    audit.note("change", "principle", id)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("strategy.show", _anchor="principles"), 303)


def _both(name: str, wrong: dict[str, str]) -> Words | None:
    said = {language: tidy(request.form.get(f"{name}_{language}", "")) for language in ("en", "zh")}
    for language, text in said.items():
        if len(text) > LONGEST:
            wrong[f"{name}_{language}"] = _("This is too long; 300 signs at most.")
    en, zh = said["en"], said["zh"]
    return Words(en=en or zh, zh=zh or en) if en or zh else None


def _page(wrong: dict[str, str] | None = None, told: str = "", adding: bool = False, changing: int = 0) -> str:
    """The form comes back as it was filled in, where it was filled in."""
    given = request.form if wrong or told else {}
    return render_page(
        "authoring/strategy/show.html",
        page=strategy_page(signed_in_reader()),
        wrong=wrong or {},
        told=told,
        given=given,
        adding=adding,
        changing=changing,
    )
