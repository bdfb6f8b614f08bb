"""What to shadow next: the compass fed with what the kept-up fits know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.core.reference_cache import remembered_here
from shadowing.core.sentences import in_both
from shadowing.core.vocabulary import LEVELS, Level, Words
from shadowing.coverage.filter import journeys_to_plan
from shadowing.coverage.pages import weights_of
from shadowing.coverage.wording import why_here
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.scoring.models import ALL, KeptScore, PanelFit
from shadowing.scoring.queries import AreaWithResult, level_scores, panel_of_journey, places
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES
from shadowing.scoring.statistics.value_of_visits import KnownLevel, Look, VisitCandidate, rank
from shadowing.scoring.store import PLANNED_VISITS

PROVING = ("shipped", "verifying")
ON_A_PHONE = 3


@dataclass(frozen=True)
class Suggestion:
    """Shadow this next, because … `look.now` and `look.after` are half widths of the bar in points."""

    journey: Journey
    place: AreaWithResult
    look: Look
    site_id: int | None

    @property
    def reason(self) -> Words:
        return in_both(why_here(self.look))


def suggestions(
    journeys: Iterable[Journey], now: datetime, site_id: int | None = None, most: int = 5
) -> list[Suggestion]:
    """Where one more visit helps most, at one site or anywhere; the journeys are ranked together."""
    found: dict[str, tuple[Journey, AreaWithResult]] = {}
    candidates: list[VisitCandidate] = []
    for journey in journeys:
        panel_id, scope = panel_of_journey(journey), ALL if site_id is None else f"site:{site_id}"
        here = [p for p in places(journey, panel_id, scope) if p.area.offered and p.touchpoint.removed_at is None]
        found |= {str(place.area.id): (journey, place) for place in here}
        candidates += _candidates(here, panel_id, scope, now)
    return [Suggestion(*found[look.candidate.key], look, site_id) for look in rank(candidates)[:most]]


def suggestions_for(person: Person, now: datetime) -> list[dict[str, Any]]:
    """For a phone: at each site of this person's, or anywhere for who is of every site; over all journeys.

    What all phones of a site are told is found once for a state of the scores, and anew after a minute.
    """
    sites = sorted(site.id for site in person.sites if site.kind == "own" and site.closed_at is None)
    wanted: list[int | None] = [None] if person.bound_to is None else [*sites]
    return [told for site in wanted for told in _told(site, now)]


def _told(site_id: int | None, now: datetime) -> list[dict[str, Any]]:
    shelf, key = remembered_here(), (_told, site_id)
    state = db.session.scalar(select(func.max(PanelFit.fitted_at))), now.replace(second=0, microsecond=0)
    known: tuple[Any, list[dict[str, Any]]] | None = shelf.get(key)
    if known is None or known[0] != state:
        found = suggestions(journeys_to_plan(), now, site_id, ON_A_PHONE)
        known = shelf[key] = state, [suggestion_document(each) for each in found]
    return known[1]


def _candidates(found: list[AreaWithResult], panel_id: int, scope: str, now: datetime) -> list[VisitCandidate]:
    ids = [place.area.id for place in found]
    scores, unseen = level_scores(panel_id, ids, scope), _unseen(panel_id, scope)
    weights, planned = weights_of(found), _planned(panel_id, ids)
    return [
        VisitCandidate(
            key=str(place.area.id),
            weight=weights[place.area.id],
            importance=place.touchpoint.importance["customer"],
            levels=_levels(place, scores.get(place.area.id, {}), unseen),
            days=_days(place, now),
            visits=place.result.visits if place.result else 0,
            planned=_progress(place, planned),
        )
        for place in found
    ]


def _levels(
    place: AreaWithResult, scores: Mapping[Level, KeptScore], unseen: Mapping[str, PanelFit]
) -> dict[Level, KnownLevel]:
    levels = {}
    for level in LEVELS:
        target, fit, score = place.touchpoint.target(level), unseen.get(level), scores.get(level)
        variance = row_variance(fit)
        if score is not None:
            levels[level] = KnownLevel(score.score, score.se, target, variance)
        elif fit is not None and fit.base is not None and fit.base_se is not None:
            levels[level] = KnownLevel(fit.base, fit.base_se, target, variance, seen=False)
        else:  # nobody has rated anything: it may be anywhere around its target
            levels[level] = KnownLevel(target, DEFAULT_VARIANCES.area**0.5, target, variance, seen=False)
    return levels


def _unseen(panel_id: int, scope: str) -> dict[str, PanelFit]:
    """Level -> the fit that says what to expect where nobody looked: that of the site, else of all."""
    rows = db.session.scalars(select(PanelFit).where(PanelFit.panel_id == panel_id, PanelFit.scope.in_({ALL, scope})))
    found: dict[str, PanelFit] = {}
    for fit in sorted(rows, key=lambda fit: fit.scope == scope):  # the site's own comes last and stays
        found[fit.level] = fit
    return found


def row_variance(fit: PanelFit | None) -> float:
    """σ² + τv² of one more row by another visit."""
    if fit is None:
        return DEFAULT_VARIANCES.residual + DEFAULT_VARIANCES.visit
    return fit.variances["residual"] + fit.variances["visit"]


def _days(place: AreaWithResult, now: datetime) -> float | None:
    last = place.result.last_at if place.result else None
    return None if last is None else float(max(0, (now - last) // timedelta(days=1)))


def _planned(panel_id: int, ids: list[int]) -> dict[int, int]:
    """Area id -> visits agreed on for proving its improvement."""
    rows = db.session.execute(
        select(Improvement.area_id, Improvement.planned_visits).where(
            Improvement.panel_id == panel_id, Improvement.state.in_(PROVING), Improvement.area_id.in_(ids)
        )
    )
    return {area: planned or PLANNED_VISITS for area, planned in rows}


def _progress(place: AreaWithResult, planned: Mapping[int, int]) -> tuple[int, int] | None:
    """Rows done and planned while the place is being shadowed again (METHOD 6 counts rows)."""
    if place.area.id not in planned and not (place.result and place.result.reshadowing):
        return None
    return (place.result.rows if place.result else 0, planned.get(place.area.id, PLANNED_VISITS))


def suggestion_document(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as phones and integrations read it; ids are opaque strings."""
    look, place = suggestion.look, suggestion.place
    return {
        "journey_id": str(suggestion.journey.id),
        "touchpoint_id": str(place.touchpoint.id),
        "channel": place.area.channel,
        "site_id": str(suggestion.site_id) if suggestion.site_id else None,
        "why": "again" if look.reason == "reshadowing" else look.reason,
        "reason": suggestion.reason,
        "visits": look.candidate.visits,
        "days": None if look.candidate.days is None else int(look.candidate.days),
        "level": look.level,
        "look_score": round(look.value, 1),
        "half_width_now": round(25 * look.now, 1),
        "half_width_after": round(25 * look.after, 1),
    }
