"""One filter for the pages at a desk: what the address says of it goes along into every link, and can be taken off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request, url_for

#: The query parameters of the filter, in the order in which they are applied and shown.
FILTER = ("journey", "site", "channel", "stage", "persona", "scenario", "since")
CARRIED = "shadowing.carried"


def carry_filter(app: Flask) -> None:
    """Offer what follows to templates."""
    app.jinja_env.globals |= {"carried": carried, "within": within, "without": without, "with_args": with_args}


def carried() -> dict[str, str]:
    """What the address of this page says of the filter. Read once: a list of a thousand areas asks a thousand times."""
    known: dict[str, str] | None = request.environ.get(CARRIED)
    if known is None:
        known = request.environ[CARRIED] = {name: request.args[name] for name in FILTER if request.args.get(name)}
    return known


def within(endpoint: str, **values: Any) -> str:
    """The address of another page under the same filter; `values` go before what is carried."""
    return url_for(endpoint, **{**carried(), **values})


def without(name: str) -> str:
    """The address of this page with one parameter taken off."""
    kept = {key: value for key, value in request.args.items() if key not in (name, "page")}
    return url_for(request.endpoint or "", **{**kept, **(request.view_args or {})})


def with_args(**values: Any) -> str:
    """The address of this page with what is said put in place of what it says of that."""
    kept = {key: value for key, value in request.args.items() if key not in ("page", *values)}
    return "?" + urlencode({**kept, **values})
