"""Pages at a desk share a rail. What lower packages show of higher ones is handed in here by create_app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template


@dataclass(frozen=True)
class Desk:
    """open_improvements: how many the rail counts; stands_still: whether observations have waited long for a worker."""

    open_improvements: Callable[[], int]
    stands_still: Callable[[], bool]


def furnish(app: Flask, desk: Desk) -> None:
    app.extensions["desk"] = desk


def desk() -> Desk:
    found: Desk = current_app.extensions["desk"]
    return found


def render_page(template: str, **figures: Any) -> str:
    """A page with the rail around it."""
    here = desk()
    return render_template(template, open_count=here.open_improvements(), stands_still=here.stands_still(), **figures)
