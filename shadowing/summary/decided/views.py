"""/decisions."""

from __future__ import annotations

from shadowing.summary.decided.pages import register
from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes
from shadowing.people.reader import signed_in_reader

pages = Routes("decided", __name__)


@pages.get("/decisions", roles=READERS)
def index() -> str:
    """What was decided, by whom, on which evidence, and what became of it."""
    return render_page("summary/decided/index.html", rows=register(signed_in_reader()))
