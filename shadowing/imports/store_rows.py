"""Taking rows in: one transaction, the same file twice makes no copy, rows in = imported + refused."""

from __future__ import annotations

import uuid
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, cast

from sqlalchemy import insert, select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import Source
from shadowing.imports.column_map import At, BadMap, DateColumn, SpreadsheetMap, load_map
from shadowing.imports.known_rows import journey_named, sort_rows, visit_id
from shadowing.imports.parse_rows import SourceRow
from shadowing.imports.trial import Bound, ImportOutcome, Progress, read_all, try_out
from shadowing.journeys.draft import Draft, TouchpointDraft
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.journeys.publishing import create_journey, publish
from shadowing.people.zones import Zones, zones
from shadowing.visits.facts import facts_of
from shadowing.visits.models.bodies import ObservationBody
from shadowing.visits.models.imported import Import
from shadowing.visits.models.totals import Panel
from shadowing.visits.tallies import add_to_tallies, panel_changed

#: Visits to a statement; each brings its observations.
CHUNK = 500
#: The tables, not the models: one statement for all rows, where a model makes one for each run of rows that
#: leave the same columns empty.
VISITS, OBSERVATIONS = db.metadata.tables["visit"], db.metadata.tables["observation"]
NOON = time(12)
PLACES = ("panel_id", "area_id", "site_id", "day", "kind", "key")


def import_spreadsheet(
    file: str, map_name: str, journey_name: str, day: date | None, dry_run: bool, progress: Progress
) -> ImportOutcome:
    """The command: a file by path, a map by name or path. Raises BadFile; then nothing is stored."""
    try:
        map = load_map(map_name)
    except BadMap as bad:
        raise BadFile("map", detail=bad) from bad
    source = Source(Path(file).name, Path(file).read_bytes())
    if dry_run:
        return try_out(source, map, journey_name, day, progress)
    return take_in(source, map, journey_name, day, progress)


def take_in(
    source: Source, map: SpreadsheetMap, journey_name: str, day: date | None, progress: Progress, bound: Bound = None
) -> ImportOutcome:
    """Read, check, store and commit. bound: as try_out says. Raises BadFile; then nothing is stored."""
    outcome, rows = read_all(source, map, day, progress, bound)
    outcome.dry_run = False
    try:
        dated = any(isinstance(column, DateColumn) for column in map.columns.values())
        _store(source, map, journey_name, rows, outcome, undated=not dated)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return outcome


def _store(
    source: Source,
    map: SpreadsheetMap,
    name: str,
    rows: list[SourceRow],
    outcome: ImportOutcome,
    undated: bool,
) -> None:
    now, known = clock.now(), zones()
    found = journey_named(name)
    sorted_rows = sort_rows(source, map, found, rows)
    outcome.count(sorted_rows)
    if not sorted_rows.fresh:
        outcome.journey_id = found.id if found else None
        return
    journey = _with_places(found, name, map, now)
    outcome.journey_id = journey.id
    fresh = sorted_rows.fresh if found else {visit_id(journey, map, row): row for row in rows}
    panel = _panel(sorted_rows.panel, max(_noon(row, known) for row in fresh.values()), undated)
    record = Import(
        panel_id=panel.id,
        journey_id=journey.id,
        file_name=source.name[:255],
        digest=source.digest,
        map=map.model_dump(mode="json"),
        rows_in=outcome.rows,
        rows_imported=outcome.new,
        rows_known=outcome.known,
        rows_refused=len(outcome.refused),
        refused=[refusal.document() for refusal in outcome.refused],
        ratings=outcome.ratings,
        not_marks=outcome.not_marks,
        finished_at=now,
    )
    db.session.add(record)
    db.session.flush()
    outcome.import_id = record.id
    _insert(fresh, journey, panel, record, known, now)
    panel_changed(panel.id)


def _with_places(journey: Journey | None, name: str, map: SpreadsheetMap, now: datetime) -> Journey:
    """The imported journey with every touchpoint of the map; made when there is none."""
    if journey is None:
        both = map.name.model_dump() if name in (map.name.en, map.name.zh) else {"en": name, "zh": name}
        return create_journey(_draft(both, map), "import", now)
    wanted = {(column.touchpoint, column.channel) for column in map.columns.values() if isinstance(column, At)}
    if not wanted <= _areas(journey).keys():
        publish(journey, _draft(journey.name, map, journey), now)
    return journey


def _draft(name: Any, map: SpreadsheetMap, before: Journey | None = None) -> Draft:
    """A journey with the touchpoints and channels the map speaks of, and those it had before."""
    places: dict[str, tuple[str, Any]] = {
        place.key: (place.stage, place.name.model_dump()) for place in map.touchpoints
    }
    channels: dict[str, list[str]] = {key: [] for key in places}
    for touchpoint in before.touchpoints if before else ():
        places.setdefault(touchpoint.key, (touchpoint.stage, touchpoint.name))
        channels[touchpoint.key] = list(touchpoint.channels)
    for column in map.columns.values():
        if isinstance(column, At) and column.channel not in channels[column.touchpoint]:
            channels[column.touchpoint].append(column.channel)
    stages: dict[str, list[TouchpointDraft]] = {}
    for key, (stage, both) in places.items():
        stages.setdefault(stage, []).append({"key": key, "name": both, "channels": channels[key]})
    return {"name": name, "stages": [{"kind": k, "name": None, "touchpoints": t} for k, t in stages.items()]}


def _panel(before: int | None, newest: datetime, undated: bool) -> Panel:
    """A panel of its own; a file that only grew goes on in the panel its rows are in."""
    if before is not None:
        panel = db.session.get_one(Panel, before)
        panel.anchored_at = max(newest, panel.anchored_at or newest)
        return panel
    panel = Panel(kind="import", anchored_at=newest, undated=undated)
    db.session.add(panel)
    db.session.flush()
    return panel


def _insert(
    rows: dict[uuid.UUID, SourceRow], journey: Journey, panel: Panel, record: Import, known: Zones, now: datetime
) -> None:
    areas = _areas(journey)
    tally: Counter[tuple[Any, ...]] = Counter()
    common = {"panel_id": panel.id, "import_id": record.id, "received_at": now, "created_at": now}
    items = list(rows.items())
    for start in range(0, len(items), CHUNK):
        visits, observations = [], []
        for id, row in items[start : start + CHUNK]:
            visits.append(_visit(id, row, journey, known) | common)
            for place, observation in _observations(id, row, areas, known):
                observations.append(observation | common)
                for kind, key in facts_of(_body(row, place)):
                    tally[panel.id, observation["area_id"], row.site or 0, row.day.isoformat(), kind, key] += 1  # type: ignore[union-attr]
        db.session.execute(insert(VISITS), visits)
        if observations:  # a statement without rows would be one of defaults
            db.session.execute(insert(OBSERVATIONS), observations)
    add_to_tallies([{**dict(zip(PLACES, place, strict=True)), "n": n} for place, n in tally.items()])


def _visit(id: uuid.UUID, row: SourceRow, journey: Journey, known: Zones) -> dict[str, Any]:
    moment = _noon(row, known)
    return {
        "id": id,
        "journey_id": journey.id,
        "journey_version": journey.version,
        "status": "done",
        "started_at": moment,
        "ended_at": moment,
        "offset_minutes": clock.offset_at(moment, known.at(row.site)),
        "marks": ["imported"],
        "site_id": row.site,
        "pseudonym": pseudonym(row.observer),
        "satisfaction": row.visit.get("satisfaction"),
        "come_again": row.visit.get("come_again"),
    }


def _observations(
    visit_id: uuid.UUID, row: SourceRow, areas: dict[tuple[str, str], int], known: Zones
) -> Iterable[tuple[tuple[str, str], dict[str, Any]]]:
    moment = _noon(row, known)
    offset = clock.offset_at(moment, known.at(row.site))
    for place, said in row.places.items():
        yield (
            place,
            {
                "id": uuid.uuid5(visit_id, ":".join(place)),
                "visit_id": visit_id,
                "area_id": areas[place],
                "site_id": row.site,
                "utility": said.ratings.get("utility"),
                "usability": said.ratings.get("usability"),
                "delight": said.ratings.get("delight"),
                "note": said.note or None,
                "speaks": bool(said.note),
                "observed_at": moment,
                "offset_minutes": offset,
                "scored": True,
                "marks": ["imported"],
            },
        )


def pseudonym(name: str) -> int | None:
    """A number that tells an imported observer from others; the name itself is not kept."""
    return zlib.crc32(name.strip().casefold().encode()) & 0x7FFFFFFF if name.strip() else None


def _body(row: SourceRow, place: tuple[str, str]) -> ObservationBody:
    said = row.places[place]
    return cast("ObservationBody", {**said.ratings, "timings": said.timings})


def _areas(journey: Journey) -> dict[tuple[str, str], int]:
    rows = db.session.execute(
        select(Touchpoint.key, Area.channel, Area.id).join(Area).where(Touchpoint.journey_id == journey.id)
    )
    return {(key, channel): area for key, channel, area in rows}


def _noon(row: SourceRow, known: Zones) -> datetime:
    """Of its day at its site."""
    return clock.moment_at(row.day, NOON, known.at(row.site))  # type: ignore[arg-type]
