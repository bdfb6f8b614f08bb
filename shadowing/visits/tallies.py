"""Keeping totals and the change log in step with the records, in the transaction of the write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from shadowing.core import clock
from shadowing.core.database import advisory_lock, db, is_sqlite
from shadowing.people.zones import Zones, zones
from shadowing.visits.facts import Fact, facts_of
from shadowing.visits.models.totals import Panel, ScoreChange, Tally
from shadowing.visits.models.visit import CountedFacts, Observation, Visit

LIVE, COMPETITOR = "live", "competitor"
#: panel, area, site, day
Place = tuple[int, int, int, str]
PLACES = ("panel_id", "area_id", "site_id", "day")
COUNTED = (*PLACES, "kind", "key", "n")
CHANGE_LOG = db.metadata.tables["score_change"]


def panel_of(visit: Visit) -> Panel:
    """The fit group a visit of ours belongs to; made when first needed."""
    kind = COMPETITOR if visit.site is not None and visit.site.kind == "competitor" else LIVE
    panel = _panel(kind)
    if panel is None:
        advisory_lock(f"panel:{kind}")
        panel = _panel(kind) or Panel(kind=kind)
        db.session.add(panel)
        db.session.flush()
    return panel


def _panel(kind: str) -> Panel | None:
    return db.session.scalar(select(Panel).where(Panel.kind == kind))


class TallyChanges:
    """Changes of totals and change log, gathered over the records of one request and written once."""

    def __init__(self) -> None:
        self._facts: dict[Place, Counter[Fact]] = defaultdict(Counter)
        self._changed: set[tuple[UUID | None, int]] = set()

    def recount_visit(self, visit: Visit) -> None:
        """Count every observation of a visit that is new, changed its panel or its standing.

        The change log names the visit even so: its outcome or satisfaction may have changed.
        """
        self.recount(visit, db.session.scalars(select(Observation).where(Observation.visit_id == visit.id)))
        self._changed.add((visit.id, visit.panel_id))

    def recount(self, visit: Visit | None, observations: Iterable[Observation]) -> None:
        """Take in what these observations of one visit add now, and take out what they added before.

        An observation without its visit is stored but not counted; it is counted when the visit comes.
        """
        for observation in observations:
            before, after = observation.counted, _counted(visit, observation, self._zones)
            if before != after or bool(observation.scored) != (after is not None):
                self._take(before, -1)
                self._take(after, 1)
                self._changed |= {(observation.visit_id, entry["panel"]) for entry in (before, after) if entry}
                if before and (after is None or (before["panel"], before["site"]) != (after["panel"], after["site"])):
                    self._changed.add((None, before["panel"]))  # where it was needs another look as well
                _settle(visit, observation, after, self._zones)

    def write(self) -> None:
        """Totals and change log, in the caller's transaction."""
        rows = [
            {**dict(zip(PLACES, place, strict=True)), "kind": kind, "key": key, "n": n}
            for place, facts in sorted(self._facts.items())  # in one order, or two writers wait for each other
            for (kind, key), n in sorted(facts.items())
            if n
        ]
        add_to_tallies(rows)
        if self._changed:
            changes = [{"visit_id": visit, "panel_id": panel} for visit, panel in self._changed]
            db.session.execute(insert(CHANGE_LOG), changes)

    @cached_property
    def _zones(self) -> Zones:
        """Asked for once a request, however many records it brings."""
        return zones()

    def _take(self, entry: CountedFacts | None, sign: int) -> None:
        if entry:
            facts = self._facts[entry["panel"], entry["area"], entry["site"], entry["day"]]
            for kind, key in entry["facts"]:
                facts[kind, key] += sign


def _settle(visit: Visit | None, observation: Observation, counted: CountedFacts | None, known: Zones) -> None:
    if visit is not None and "waiting_for_visit" in (observation.marks or ()):
        observation.marks = [mark for mark in observation.marks if mark != "waiting_for_visit"]
    observation.counted, observation.scored = counted, counted is not None
    if visit is not None and counted:  # whose site it was is known only now, when it came before its visit
        observation.offset_minutes = clock.offset_at(observation.observed_at, known.at(visit.site_id))
    observation.panel_id = visit.panel_id if visit else None
    observation.site_id = visit.site_id if visit else None


def _counted(visit: Visit | None, observation: Observation, known: Zones) -> CountedFacts | None:
    """What this observation adds to the totals now; None when it does not count."""
    if visit is None or not visit.counts or observation.area_id is None or visit.person_id != observation.person_id:
        return None
    if observation.deleted_at or observation.withdrawn_at:
        return None
    return {
        "panel": visit.panel_id,
        "area": observation.area_id,
        "site": visit.site_id or 0,
        "day": clock.day_at(observation.observed_at, known.at(visit.site_id)).isoformat(),
        "facts": [list(fact) for fact in facts_of(observation.body or {})],
    }


def add_to_tallies(rows: list[dict[str, Any]]) -> None:
    """Add n to each total. rows: dicts of Tally's columns."""
    if not rows:
        return
    db.session.flush()
    said, made = _adding(is_sqlite(db.engine)), _written(clock.now())
    if is_sqlite(db.engine):
        given: Any = [(*(row[name] for name in COUNTED), made) for row in rows]
    else:
        given = [{**row, "created_at": made} for row in rows]
    db.session.connection().exec_driver_sql(said, given)


@cache
def _adding(sqlite: bool) -> str:
    """As the driver takes it, made once: every write passes here with a dozen rows for each observation."""
    names = (*COUNTED, "created_at")
    values = ", ".join("?" if sqlite else f"%({name})s" for name in names)
    return (
        f"insert into tally ({', '.join(names)}) values ({values}) "
        f"on conflict ({', '.join(COUNTED[:-1])}) do update set n = tally.n + excluded.n"
    )


def _written(moment: datetime) -> Any:
    """A moment as the column keeps it, on either engine."""
    process = Tally.__table__.c.created_at.type.dialect_impl(db.engine.dialect).bind_processor(db.engine.dialect)
    return process(moment) if process else moment


def panel_changed(panel_id: int) -> None:
    """The whole panel needs another look although no observation changed."""
    db.session.add(ScoreChange(visit_id=None, panel_id=panel_id))
