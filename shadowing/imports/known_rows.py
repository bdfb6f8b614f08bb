"""Which rows of a file are new, here already, or here with other content; trial and import ask alike."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import Source
from shadowing.imports.column_map import SpreadsheetMap
from shadowing.imports.parse_rows import SourceRow
from shadowing.journeys.models import Journey
from shadowing.visits.models.imported import Import
from shadowing.visits.models.visit import Visit

#: Of a visit's id, what tells the row; the rest tells its content.
ROW_BYTES = 8


@dataclass
class SortedRows:
    """fresh: visit id -> row, to be taken in. known: how many are here. changed: those of fresh whose number is here
    with other content. panel: the one in which rows of this journey are, if any.
    """

    fresh: dict[uuid.UUID, SourceRow] = field(default_factory=dict)
    known: int = 0
    changed: list[SourceRow] = field(default_factory=list)
    panel: int | None = None


def journey_named(name: str) -> Journey | None:
    """The imported journey of this name. Raises BadFile where people shadow it."""
    found = [each for each in db.session.scalars(select(Journey)) if name in (each.name["en"], each.name["zh"])]
    if found and found[0].origin != "import":
        raise BadFile("live_journey", journey=name)
    return found[0] if found else None


def sort_rows(source: Source, map: SpreadsheetMap, journey: Journey | None, rows: Sequence[SourceRow]) -> SortedRows:
    """Held against what the journey has. What states the same again is known, and all of a file that came before."""
    sorted_rows = SortedRows()
    here, same_file = _here(journey), _came_before(source, journey)
    began = {id.bytes[:ROW_BYTES] for id in here}
    for row in rows:
        id = visit_id(journey, map, row)
        row_is_here = id.bytes[:ROW_BYTES] in began
        if id in here or row_is_here and same_file or _id_of_old(journey, row) in here:
            sorted_rows.known += 1
            continue
        sorted_rows.fresh[id] = row
        if row_is_here:
            sorted_rows.changed.append(row)
    sorted_rows.panel = max(here.values(), default=None)
    return sorted_rows


def visit_id(journey: Journey | None, map: SpreadsheetMap, row: SourceRow) -> uuid.UUID:
    """Half follows from journey and identity, half from what the row states; without a number that is its identity."""
    said = f"shadowing:{journey.id if journey else 0}:{row.identity}"
    first = hashlib.sha256(said.encode()).digest()[:ROW_BYTES]
    return uuid.UUID(bytes=first + (row.stated if map.key else bytes(ROW_BYTES)), version=5)


def _id_of_old(journey: Journey | None, row: SourceRow) -> uuid.UUID:
    """As it was when ids told nothing of the content."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"shadowing:{journey.id if journey else 0}:{row.identity}")


def _here(journey: Journey | None) -> dict[uuid.UUID, int]:
    """Visit id -> panel of every imported row this journey has."""
    if journey is None:
        return {}
    rows = db.session.execute(
        select(Visit.id, Visit.panel_id).where(Visit.journey_id == journey.id, Visit.import_id.is_not(None))
    )
    return {id: panel for id, panel in rows}


def _came_before(source: Source, journey: Journey | None) -> bool:
    """Whether these very bytes are in already, perhaps read by another map."""
    if journey is None:
        return False
    before = select(Import.id).where(
        Import.journey_id == journey.id, Import.digest == source.digest, Import.taken_back_at.is_(None)
    )
    return db.session.scalar(before.limit(1)) is not None
