"""A list of a thousand rows is shown by its beginning; the rest is one link away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Flask, request, url_for

Row = TypeVar("Row")

FIRST = 100
#: Fewer than these beyond the first hundred are shown at once: a link for three rows is no help.
SPARE = 20


def shorten_lists(app: Flask) -> None:
    """Offer what follows to templates; `rest` of components/parts.html places the link."""
    app.jinja_env.globals |= {"beginning": beginning, "whole_list": whole_list}


def beginning(rows: Sequence[Row]) -> Sequence[Row]:
    """What of a list is shown at once, or all of it where the address asks for that."""
    return rows if len(rows) <= FIRST + SPARE or request.args.get("all") else rows[:FIRST]


def whole_list() -> str:
    """The address of this page with its lists whole."""
    return url_for(request.endpoint or "", **{**request.args, **(request.view_args or {}), "all": "1"})
