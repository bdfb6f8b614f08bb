"""Routes that say who may call them. One without roles ends the start of the process (DECISIONS 5)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask

from shadowing.core.sent_once import sent_once

Roles = frozenset[str]

ANYBODY: Roles = frozenset({"anybody"})
EVERYONE: Roles = frozenset({"observer", "lead", "executive", "admin"})
READERS: Roles = frozenset({"lead", "executive", "admin"})
LEADS: Roles = frozenset({"lead", "admin"})
ADMINS: Roles = frozenset({"admin"})

API_PREFIX = "/api/v1"


class Routes(Blueprint):
    """A blueprint whose every route names its roles: `@pages.get("/goals", roles=READERS)`."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.roles: dict[str, Roles] = {}
        self.secret: set[str] = set()
        self.once: set[str] = set()

    def add_url_rule(  # type: ignore[override]
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        *args: Any,
        roles: Roles,
        secret: bool = False,
        once: bool = False,
        **options: Any,
    ) -> None:
        """As Flask's, with who may call it.

        secret: what it shows is nobody else's to guess (compression.py). once: what a form sends is done once, however
        often it comes (sent_once.py).
        """
        name = f"{self.name}.{endpoint or view_func.__name__}"
        self.roles[name] = roles
        if secret:
            self.secret.add(name)
        if once:
            self.once.add(name)
            view_func = sent_once(view_func)
        super().add_url_rule(rule, endpoint, view_func, *args, **options)


def api_routes(name: str) -> Routes:
    """Routes under /api/v1. Their problems are answered as problem+json."""
    return Routes(f"{name}_api", name, url_prefix=API_PREFIX)


def open_to_all(app: Flask, endpoint: str) -> None:
    """For a route of the application itself."""
    roles_of(app)[endpoint] = ANYBODY


def register(app: Flask, routes: Routes) -> None:
    """Offer them all, each to its roles."""
    app.register_blueprint(routes)
    roles_of(app).update(routes.roles)
    secrets_of(app).update(routes.secret)


def secrets_of(app: Flask) -> set[str]:
    """Endpoints whose pages carry a secret: a code, a token, an address that is a key."""
    found: set[str] = app.extensions.setdefault("secret_routes", set())
    return found


def roles_of(app: Flask) -> dict[str, Roles]:
    """Endpoint -> who may call it: the one table."""
    table: dict[str, Roles] = app.extensions.setdefault("roles", {})
    return table


def refuse_gaps(app: Flask) -> None:
    """Raises RuntimeError when a route says nothing of who may call it."""
    silent = {rule.endpoint for rule in app.url_map.iter_rules()} - roles_of(app).keys()
    if silent:
        raise RuntimeError(f"Nobody says who may call {', '.join(sorted(silent))}.")
