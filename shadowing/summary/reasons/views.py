"""/why: for everybody who asks what the walking is good for."""

from __future__ import annotations

from shadowing.core import clock
from shadowing.core.layout import render_page
from shadowing.core.routes import EVERYONE, Routes
from shadowing.people.reader import signed_in_reader
from shadowing.summary.pages import summary_page
from shadowing.summary.reasons.figures import fitting
from shadowing.summary.reasons.queries import own_figures, own_proofs, signs
from shadowing.summary.reasons.quoted import FINDINGS

pages = Routes("reasons", __name__)


@pages.get("/why", roles=EVERYONE)
def show() -> str:
    """Own proofs, quoted findings beside our own figures, and practices that fit what was met here."""
    summary = summary_page({}, None, signed_in_reader())
    met = signs(clock.now(), overlooked=summary.areas_offered - summary.areas_seen)
    return render_page(
        "summary/reasons/show.html",
        proofs=own_proofs(),
        findings=FINDINGS,
        own=own_figures(summary),
        visits=summary.visits,
        practices=fitting(met),
    )
