"""Three files a phone needs before it knows who holds it; the rest of the field app is static."""

from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template, send_from_directory

field = Blueprint("field", __name__)


@field.get("/app")
def shell() -> Response:
    """The same bytes for everyone: it is kept on the phone and opens without a network or a name."""
    reply = make_response(render_template("field/shell.html"))
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@field.get("/sw.js")
def worker() -> Response:
    return _uncached("dist", "sw.js", "text/javascript")


@field.get("/manifest.webmanifest")
def manifest() -> Response:
    return _uncached("icons", "manifest.webmanifest", "application/manifest+json")


def _uncached(folder: str, name: str, mimetype: str) -> Response:
    """Browsers must ask each time: a stale worker would keep serving a stale app."""
    reply = send_from_directory(Path(current_app.static_folder or "") / folder, name, mimetype=mimetype)
    reply.headers["Cache-Control"] = "no-cache"
    return reply
