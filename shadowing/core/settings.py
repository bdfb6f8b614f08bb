"""What an installation may set: environment variables SHADOWING_*, or instance/config.py."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import make_url

from shadowing.core import postgres

DEFAULTS = {
    "DATABASE_URL": "",
    "PHOTO_STORE": "",
    "S3_ENDPOINT": "",
    "BASE_URL": "",
    "MAIL_URL": "",
    "PORT": "8000",
    "HOST": "127.0.0.1",
    "DEMO": "1",
    "WEB_PROCESSES": "1",
    "WORKERS": "1",
    "TRUSTED_PROXIES": "0",
    "SECRET_KEY": "",
}
MEBIBYTE = 2**20
#: Somebody who does not come so long has to sign in again.
SESSION_LIFETIME = timedelta(days=30)


def instance_path(given: str | None = None) -> str:
    """The folder of database, photos and local configuration. Nothing is made: `make_instance` does that."""
    root = Path(__file__).resolve().parents[2]
    return str(Path(given or os.environ.get("SHADOWING_INSTANCE_PATH") or root / "instance").absolute())


def make_instance(app: Flask) -> None:
    """The folder, and the secret key that everybody's sessions rest on; what is there already stays. Raises OSError."""
    folder = Path(app.instance_path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():  # somebody else's folder is theirs to open and to close
        folder.chmod(0o700)
    if not app.config["SHADOWING_SECRET_KEY"]:
        app.config["SECRET_KEY"] = _kept_secret(folder)


def missing_database(app: Flask) -> Path | None:
    """Where the database file should lie and does not; None where it does, or where the database is on a server."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    path = Path(url.database or "")
    return path if url.get_backend_name() == "sqlite" and not path.exists() else None


def configure(app: Flask, overrides: dict[str, Any] | None = None) -> None:
    """Fill app.config: defaults, then instance/config.py, then the environment, then overrides (tests)."""
    app.config.update({f"SHADOWING_{name}": value for name, value in DEFAULTS.items()})
    app.config.from_pyfile(os.path.join(app.instance_path, "config.py"), silent=True)
    app.config.update(
        {key: os.environ[key] for key in app.config if key in os.environ and key.startswith("SHADOWING_")}
    )
    app.config.update(overrides or {})
    _flask_settings(app)


def https(app: Flask) -> bool:
    """Whether people reach this installation by https."""
    return str(app.config["SHADOWING_BASE_URL"]).startswith("https://")


def cookie_name(app: Flask, name: str) -> str:
    """On https browsers take a cookie of this name from us alone, for every path, and never over http."""
    return f"__Host-{name}" if https(app) else name


def _flask_settings(app: Flask) -> None:
    said = app.config["SHADOWING_DATABASE_URL"] or f"sqlite:///{app.instance_path}/shadowing.sqlite"
    database = postgres.with_driver(said)
    app.config.update(
        SECRET_KEY=app.config["SHADOWING_SECRET_KEY"] or _secret_so_far(Path(app.instance_path)),
        SQLALCHEMY_DATABASE_URI=database,
        # What people wrote does not belong into logs, so errors leave the values out.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, **(postgres.POOL if postgres.is_address(database) else {})},
        MAX_CONTENT_LENGTH=31 * MEBIBYTE,
        SESSION_COOKIE_NAME=cookie_name(app, "shadowing"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https(app),
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,  # an answer that comes late would bring an old cookie back
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )


def _secret_so_far(folder: Path) -> str:
    """The kept one; before there is any, one that only this process knows."""
    path = folder / "secret_key"
    return path.read_text() if path.exists() else secrets.token_urlsafe(48)


def _kept_secret(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was quicker
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
