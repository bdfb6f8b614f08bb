"""Names of the built files: logical name to hashed file, and how they are served."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory

from shadowing.core.routes import open_to_all

DAY = 24 * 3600
YEAR = 365 * DAY
#: Encodings and the endings of their twins, the smallest first.
TWINS = {"br": ".br", "gzip": ".gz"}


def serve(app: Flask) -> None:
    """Serve static/dist with hashed names for a year, compressed twins where the browser takes them."""
    static = Path(app.root_path).parent / "static"
    app.extensions["assets"] = Assets(static / "dist")
    app.jinja_env.globals["asset"] = asset

    open_to_all(app, "dist")
    open_to_all(app, "icons")

    @app.get("/static/dist/<path:name>", endpoint="dist")
    def dist(name: str) -> Response:
        return send_built(name, immutable=True)

    @app.get("/static/icons/<path:name>", endpoint="icons")
    def icons(name: str) -> Response:
        return send_from_directory(static / "icons", name, max_age=DAY)


def asset(name: str) -> str:
    """The address of a built file, for example asset("field.js")."""
    return f"/static/dist/{current_app.extensions['assets'].names()[name]}"


def send_built(name: str, *, immutable: bool = False) -> Response:
    """A file of static/dist; the smallest compressed twin that is there and that the browser takes."""
    folder: Path = current_app.extensions["assets"].folder
    encoding, ending = _encoding(folder, name)
    response = send_from_directory(folder, f"{name}{ending}", conditional=True)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Content-Type"] = _content_type(name)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if immutable else "no-cache"
    return response


def _encoding(folder: Path, name: str) -> tuple[str, str]:
    """Name of the encoding and ending of the file; nothing for the file as it is."""
    for encoding, ending in TWINS.items():
        if request.accept_encodings[encoding] > 0 and (folder / f"{name}{ending}").is_file():
            return encoding, ending
    return "", ""


class Assets:
    """static/dist/assets.json, read again when the bundle was built anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp = 0.0
        self._names: dict[str, str] = {}

    def names(self) -> _Named:
        path = self.folder / "assets.json"
        stamp = path.stat().st_mtime if path.exists() else 0.0
        if stamp != self._stamp:
            self._names, self._stamp = json.loads(path.read_text("utf-8")), stamp
        return _Named(self._names)


class _Named(dict[str, Any]):
    """A page must not fail because nobody has built the bundle yet."""

    def __missing__(self, key: str) -> str:
        return f"missing-{key}"


TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}


def _content_type(name: str) -> str:
    return TYPES.get(Path(name).suffix, "application/octet-stream")
