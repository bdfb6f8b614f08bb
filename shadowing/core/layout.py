"""The rail of the pages at a desk. What it shows of higher rooms is handed in here by create_app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template


@dataclass(frozen=True)
class Rail:
    """open_improvements: how many the rail counts; to_put_right: how many clocks of serious failures run for whoever
    is signed in, and how many have run out; news: of how much that is theirs they have not seen what happened;
    stands_still: whether observations have waited long for a worker."""

    open_improvements: Callable[[], int]
    stands_still: Callable[[], bool]
    to_put_right: Callable[[], tuple[int, int]]
    news: Callable[[], int]


def set_rail(app: Flask, rail: Rail) -> None:
    app.extensions["rail"] = rail


def rail() -> Rail:
    found: Rail = current_app.extensions["rail"]
    return found


def render_page(template: str, **figures: Any) -> str:
    """A page with the rail around it."""
    here = rail()
    owed, overdue = here.to_put_right()
    return render_template(
        template,
        open_count=here.open_improvements(),
        owed_count=owed,
        overdue_count=overdue,
        news_count=here.news(),
        stands_still=here.stands_still(),
        **figures,
    )
