"""Keeping totals and the change log in step with the records, in the transaction of the write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from shadowing.database import db, upsert
from shadowing.visits.facts import Fact, difference, facts_of, local_day
from shadowing.visits.models import Observation, Panel, ScoreChange, Tally, Visit

LIVE, COMPETITOR = "live", "competitor"


def panel_of(visit: Visit) -> Panel:
    """The fit group a visit of ours belongs to; made when first needed."""
    kind = COMPETITOR if visit.site is not None and visit.site.kind == "competitor" else LIVE
    panel = db.session.scalar(select(Panel).where(Panel.kind == kind))
    if panel is None:
        panel = Panel(kind=kind)
        db.session.add(panel)
        db.session.flush()
    return panel


def recount_visit(visit: Visit) -> None:
    """Count every observation of a visit that is new, changed its panel or its standing."""
    recount(visit, db.session.scalars(select(Observation).where(Observation.visit_id == visit.id)))


def recount(visit: Visit | None, observations: Iterable[Observation]) -> None:
    """Bring totals and change log up to date with these observations of one visit.

    An observation without its visit is stored but not counted; it is counted when the visit comes.
    """
    changes: dict[tuple[int, int, int, str], dict[Fact, int]] = defaultdict(lambda: defaultdict(int))
    for observation in observations:
        _count(visit, observation, changes)
    if changes:
        _apply(changes)
        db.session.flush()


def _count(visit: Visit | None, observation: Observation, changes: Any) -> None:
    before, after = observation.counted, _counted(visit, observation)
    if before == after and observation.scored == (after is not None):
        return
    for entry, sign in ((before, -1), (after, 1)):
        if entry:
            place = (entry["panel"], entry["area"], entry["site"], entry["day"])
            facts = [(kind, key) for kind, key in entry["facts"]]
            for fact, n in difference([], facts).items():
                changes[place][fact] += sign * n
    for panel in {entry["panel"] for entry in (before, after) if entry}:
        db.session.add(ScoreChange(visit_id=observation.visit_id, panel_id=panel))
    if visit is not None and "waiting_for_visit" in (observation.marks or ()):
        observation.marks = [mark for mark in observation.marks if mark != "waiting_for_visit"]
    observation.counted, observation.scored = after, after is not None
    observation.panel_id = visit.panel_id if visit else None
    observation.site_id = visit.site_id if visit else None


def _counted(visit: Visit | None, observation: Observation) -> dict[str, Any] | None:
    """What this observation adds to the totals now; None when it does not count."""
    if visit is None or not visit.counts or observation.area_id is None or visit.person_id != observation.person_id:
        return None
    if observation.deleted_at or observation.withdrawn_at:
        return None
    return {
        "panel": visit.panel_id,
        "area": observation.area_id,
        "site": visit.site_id or 0,
        "day": local_day(observation.observed_at, observation.offset_minutes),
        "facts": [list(fact) for fact in facts_of(observation.body or {})],
    }


def _apply(changes: dict[tuple[int, int, int, str], dict[Fact, int]]) -> None:
    rows = [
        {"panel_id": panel, "area_id": area, "site_id": site, "day": day, "kind": kind, "key": key, "n": n}
        for (panel, area, site, day), facts in changes.items()
        for (kind, key), n in facts.items()
        if n
    ]
    add_to_tallies(rows)


def add_to_tallies(rows: list[dict[str, Any]]) -> None:
    """Add n to each total. rows: dicts of Tally's columns."""
    if not rows:
        return
    statement = upsert(Tally)
    places = ("panel_id", "area_id", "site_id", "day", "kind", "key")
    statement = statement.on_conflict_do_update(index_elements=places, set_={"n": Tally.n + statement.excluded.n})
    db.session.execute(statement, rows)


def visit_changed(visit: Visit) -> None:
    """Outcome or satisfaction may have changed although no observation did."""
    db.session.add(ScoreChange(visit_id=visit.id, panel_id=visit.panel_id))


def panel_changed(panel_id: int) -> None:
    """The whole panel needs another look although no observation changed."""
    db.session.add(ScoreChange(visit_id=None, panel_id=panel_id))
