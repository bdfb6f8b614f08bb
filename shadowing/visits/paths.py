"""The way each visit went, packed: twelve signs of base64 a step, so that many visits are read as one array.

A step is what one counted observation says of coverage: its area, when, and the hand-over it found.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, insert, select

from shadowing.core.database import advisory_lock, db, reading
from shadowing.core.vocabulary import HANDOVERS
from shadowing.visits.models.bodies import VisitBody
from shadowing.visits.models.totals import Panel, VisitPath
from shadowing.visits.models.visit import Observation, Visit

#: Nine bytes are twelve signs without padding: texts of several visits can be joined and read at once.
STEP = np.dtype([("area", "<u4"), ("at", "<u4"), ("handover", "u1")])
SIGNS = 12
_PACK = struct.Struct("<IIB")
#: 0 = nothing was said.
HANDOVER_NUMBERS = {slug: number for number, slug in enumerate(HANDOVERS, start=1)}
LATEST = 2**32 - 1
AT_ONCE = 200


def packed(steps: Iterable[tuple[int, float, str | None]]) -> str:
    """steps: area id, seconds since 1970, hand-over slug or None; moments outside 1970-2106 are pulled in."""
    raw = b"".join(
        _PACK.pack(area, int(min(max(at, 0), LATEST)), HANDOVER_NUMBERS.get(handover or "", 0))
        for area, at, handover in steps
    )
    return base64.b64encode(raw).decode("ascii")


def unpacked(texts: Sequence[str]) -> npt.NDArray[Any]:
    """Every step of all texts, in order, as one array of STEP; a text of n signs holds n / 12 of them."""
    return np.frombuffer(base64.b64decode("".join(texts)), dtype=STEP)


def refresh_paths(visit_ids: Iterable[UUID]) -> None:
    """Note the way of these visits anew, in this order; one that counts no longer has none. Commits."""
    ids = list(dict.fromkeys(visit_ids))
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        with reading():
            found = _paths(part)
        advisory_lock("paths")
        db.session.execute(delete(VisitPath).where(VisitPath.visit_id.in_(part)))
        if found:
            db.session.execute(insert(VisitPath), found)
        db.session.commit()


def _paths(ids: list[UUID]) -> list[dict[str, Any]]:
    steps: dict[UUID, list[tuple[int, float, str | None]]] = {}
    rows = db.session.execute(
        select(Observation.visit_id, Observation.area_id, Observation.observed_at, Observation.counted)
        .where(Observation.visit_id.in_(ids), Observation.scored.is_(True))
        .order_by(Observation.observed_at, Observation.id)
    )
    last: dict[UUID, datetime] = {}
    for visit_id, area_id, at, counted in rows:
        if counted is None or area_id is None:
            continue  # never, of scored ones
        handover = next((key for kind, key in counted["facts"] if kind == "handover"), None)
        steps.setdefault(visit_id, []).append((area_id, at.timestamp(), handover))
        last[visit_id] = at
    visits = db.session.execute(
        select(Visit, Panel.kind).join(Panel).where(Visit.id.in_(list(steps)), Panel.kind != "import")
    )
    found = [
        {
            "visit_id": visit.id,
            "panel_id": visit.panel_id,
            "journey_id": visit.journey_id,
            "person_id": visit.person_id,
            "site_id": visit.site_id,
            "persona_id": visit.persona_id,
            "scenario": _scenario(visit.body),
            "encounter": (visit.encounter_id or visit.id).hex,
            "last_at": last[visit.id],
            "steps": packed(steps[visit.id]),
        }
        for visit, _ in visits
    ]
    return sorted(found, key=lambda path: last[path["visit_id"]])


def _scenario(body: VisitBody | None) -> str | None:
    said = (body or {}).get("scenario")
    return said.replace("\x00", "").strip()[:120] or None if isinstance(said, str) else None
