"""Who is let through to a route: its roles stand at the route itself (DECISIONS 5)."""

from __future__ import annotations

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from shadowing.core.http import wants_problem_document
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY, roles_of

#: A phone says whose records it sends: between asking who is signed in and sending, somebody else may have signed in.
MEANT = "Shadowing-Person"


def enforce(app: Flask) -> None:
    app.before_request(refuse_strangers)


def refuse_strangers() -> Response | None:
    """Let the request pass, send a person to sign-in, or raise sign_in / not_allowed / other_person."""
    if request.endpoint is None:
        return None  # unknown address or method: the framework answers
    allowed = roles_of(current_app)[request.endpoint]
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
