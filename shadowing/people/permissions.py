"""Who may call what: the one table of route and role (DECISIONS 5). A route that is not listed is refused."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from shadowing.core.http import wants_problem_document
from shadowing.core.problems import Problem

ANYBODY = frozenset({"anybody"})
EVERYONE = frozenset({"observer", "lead", "executive", "admin"})
LEADS = frozenset({"lead", "admin"})
ADMINS = frozenset({"admin"})
READERS = frozenset({"lead", "executive", "admin"})
#: A phone says whose records it sends: between asking who is signed in and sending, somebody else may have signed in.
MEANT = "Shadowing-Person"

ROUTES: dict[str, frozenset[str]] = {
    "dist": ANYBODY,
    "icons": ANYBODY,
    "health_api.healthz": ANYBODY,
    "health_api.readyz": ANYBODY,
    "field.shell": ANYBODY,
    "field.worker": ANYBODY,
    "field.manifest": ANYBODY,
    "accounts.sign_in": ANYBODY,
    "accounts.sign_in_post": ANYBODY,
    "accounts.sign_out": ANYBODY,
    "accounts.choose_language": ANYBODY,
    "accounts.home": ANYBODY,
    "accounts_api.session": ANYBODY,
    "letting_in.joining": ANYBODY,
    "letting_in.join_in": ANYBODY,
    "letting_in.forgotten": ANYBODY,
    "letting_in.ask_for_link": ANYBODY,
    "letting_in.choosing_password": ANYBODY,
    "letting_in.choose_password": ANYBODY,
    "letting_in.account": EVERYONE,
    "letting_in.rename": EVERYONE,
    "letting_in.change_password": EVERYONE,
    "organisation.setup": ANYBODY,
    "organisation.first_person": ANYBODY,
    "organisation.set_up": ANYBODY,
    "organisation.mark": ANYBODY,
    "organisation.settings": ADMINS,
    "organisation.change": ADMINS,
    "organisation.more": READERS,
    "inviting.index": LEADS,
    "inviting.make_invitation": LEADS,
    "inviting.invitation": LEADS,
    "inviting.end_invitation": LEADS,
    "people.new": ADMINS,
    "people.add": ADMINS,
    "people.show": ADMINS,
    "people.change": ADMINS,
    "people.link": ADMINS,
    "people.end": ADMINS,
    "people.come_back": ADMINS,
    "places.index": ADMINS,
    "places.new_site": ADMINS,
    "places.change_site": ADMINS,
    "places.new_department": ADMINS,
    "places.change_department": ADMINS,
    "withdrawal.enter": ANYBODY,
    "withdrawal.look_up": ANYBODY,
    "withdrawal.show": ANYBODY,
    "withdrawal.erase": ANYBODY,
    "sync_api.carry": EVERYONE,
    "sync_api.put_visit": EVERYONE,
    "sync_api.put_observation": EVERYONE,
    "sync_api.sync": EVERYONE,
    "sync_api.receipt": EVERYONE,
    "sync_api.echo": EVERYONE,
    "photos_api.put_photo": EVERYONE,
    "photos.show": EVERYONE,
    "sounds_api.put_sound": EVERYONE,
    "sounds.play": EVERYONE,
    "participation.show": READERS,
    "reasons.show": EVERYONE,
    "areas.index": READERS,
    "areas.show": READERS,
    "areas_api.index": READERS,
    "areas_api.show": READERS,
    "backlog.index": READERS,
    "backlog.show": READERS,
    "backlog.change": LEADS,
    "backlog_api.index": READERS,
    "backlog_api.show": READERS,
    "backlog_api.change": LEADS,
    "editor.index": LEADS,
    "editor.new": LEADS,
    "editor.show": LEADS,
    "editor.change_touchpoint": LEADS,
    "editor.change_journey": LEADS,
    "editor.change_map": LEADS,
    "editor.look": LEADS,
    "editor.publish": LEADS,
    "editor.forget_draft": LEADS,
    "editor.archive": LEADS,
    "editor.copy": LEADS,
    "editor.download": LEADS,
    "editor.bring_back": LEADS,
    "library.index": LEADS,
    "library.add": LEADS,
    "library.show": LEADS,
    "library.change": LEADS,
    "library.take_over": LEADS,
    "library.retire": LEADS,
    "library.keep": LEADS,
    "strategy.show": READERS,
    "strategy.write": LEADS,
    "strategy.add_principle": LEADS,
    "strategy.change_principle": LEADS,
    "goals.show": READERS,
    "goals.targets": LEADS,
    "goals.set_goal": LEADS,
    "promises.index": READERS,
    "promises.decision": READERS,
    "promises.new": LEADS,
    "promises.create": LEADS,
    "upkeep.off_map": LEADS,
    "upkeep.still_the_need": LEADS,
    "personas.show": LEADS,
    "personas.change": LEADS,
    "imports.index": LEADS,
    "imports.upload": LEADS,
    "imports.show": LEADS,
    "imports.match": LEADS,
    "imports.refused": LEADS,
    "imports.remove": LEADS,
    "coverage_api.show": READERS,
    "plans_api.index": EVERYONE,
    "plans_api.new": LEADS,
    "plans_api.change": EVERYONE,
    "plans.index": READERS,
    "plans.new": LEADS,
    "plans.show": LEADS,
    "plans.change": LEADS,
    "slots.index": EVERYONE,
    "slots.change": EVERYONE,
    "slots.make_address": EVERYONE,
    "slots.end_address": EVERYONE,
    "slots.calendar": ANYBODY,
    "summaries.show": READERS,
    "summaries_api.show": READERS,
}


def enforce(app: Flask) -> None:
    app.before_request(refuse_strangers)


def refuse_strangers() -> Response | None:
    """Let the request pass, send a person to sign-in, or raise sign_in / not_allowed / other_person."""
    if request.endpoint is None:
        return None  # unknown address or method: the framework answers
    allowed = ROUTES.get(request.endpoint, frozenset())
    if allowed is ANYBODY:
        return None
    if not current_user.is_authenticated:
        if wants_problem_document() or request.method != "GET":
            raise Problem("sign_in")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if current_user.role not in allowed:
        raise Problem("not_allowed")
    if request.headers.get(MEANT, "") not in ("", str(current_user.id)):
        raise Problem("other_person")
    return None
