"""Three files a phone needs before it knows who holds it; the rest of the field app is static."""

from pathlib import Path

from flask import Response, current_app, make_response, render_template, send_from_directory

from shadowing.core.assets import send_built
from shadowing.core.routes import ANYBODY, Routes

field = Routes("field", __name__)


@field.get("/app", roles=ANYBODY)
def shell() -> Response:
    """The same bytes for everyone: kept on the phone, it opens without a network and without a name."""
    reply = make_response(render_template("phone/shell/shell.html"))
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@field.get("/sw.js", roles=ANYBODY)
def worker() -> Response:
    """Served from the root, so that it may look after the whole site; asked for anew each time."""
    return send_built("sw.js")


@field.get("/manifest.webmanifest", roles=ANYBODY)
def manifest() -> Response:
    icons = Path(current_app.root_path).parent / "static" / "icons"
    reply = send_from_directory(icons, "manifest.webmanifest", mimetype="application/manifest+json")
    reply.headers["Cache-Control"] = "no-cache"
    return reply
