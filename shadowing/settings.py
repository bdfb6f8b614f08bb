"""What an installation may set: environment variables SHADOWING_*, or instance/config.py."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from shadowing import postgres

DEFAULTS = {
    "DATABASE_URL": "",
    "PHOTO_STORE": "",
    "S3_ENDPOINT": "",
    "BASE_URL": "",
    "MAIL_URL": "",
    "PORT": "8000",
    "HOST": "127.0.0.1",
    "DEMO": "1",
    "TRUSTED_PROXIES": "0",
    "SECRET_KEY": "",
}
MEBIBYTE = 2**20
#: Somebody who does not come so long has to sign in again.
SESSION_LIFETIME = timedelta(days=30)


def instance_path(given: str | None = None) -> str:
    """The folder of database, photos and local configuration; made when absent."""
    root = Path(__file__).resolve().parent.parent
    path = Path(given or os.environ.get("SHADOWING_INSTANCE_PATH") or root / "instance").absolute()
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


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


def _flask_settings(app: Flask) -> None:
    said = app.config["SHADOWING_DATABASE_URL"] or f"sqlite:///{app.instance_path}/shadowing.sqlite"
    database = postgres.with_driver(said)
    app.config.update(
        SECRET_KEY=app.config["SHADOWING_SECRET_KEY"] or _kept_secret(Path(app.instance_path)),
        SQLALCHEMY_DATABASE_URI=database,
        # What people wrote does not belong into logs, so errors leave the values out.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, **(postgres.POOL if postgres.is_address(database) else {})},
        MAX_CONTENT_LENGTH=31 * MEBIBYTE,
        SESSION_COOKIE_NAME="shadowing",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https(app),
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,  # an answer that comes late would bring an old cookie back
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )


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
