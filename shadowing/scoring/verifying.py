"""What was seen after a fix, held against what was known before it, where the fit is at hand (METHOD 6, 6.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.journeys.models import Area, AreaEpoch, KeptStanding, KeptVerdict
from shadowing.scoring.fitting import rows_of
from shadowing.scoring.journey_figures import MapArea
from shadowing.scoring.panel_rows import Ints, PanelRows
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.scoring import Fit, fit
from shadowing.scoring.statistics.verdicts import LEAST_ROWS
from shadowing.scoring.statistics.verification import Seen, Verdict, change, verdict
from shadowing.scoring.store import KnownAreas

Bools = npt.NDArray[np.bool_]


#: More ratings than ever come: nothing but the always-valid interval gives a verdict.
WITHOUT_END = 1_000_000
#: A proven fix is watched so long for falling back: its checks after 30 and 90 days, and a month to make them.
WATCHED = timedelta(days=120)


@dataclass(frozen=True)
class OpenFix:
    """A fix that is being seen again: the epoch it opened, when (seconds since 1970), and how the area stood.

    proved: when it was proven, of one that is watched for falling back.
    """

    area_id: int
    epoch: int
    opened: float
    standing: KeptStanding
    proved: float | None = None


@dataclass(frozen=True)
class Verified:
    """The standing with what has been seen since; taken_over: whether the verdict on its level has just fallen."""

    fix: OpenFix
    standing: KeptStanding
    taken_over: bool = False


def verify(rows: PanelRows) -> list[Verified]:
    """Of every fix of the panel that is being proven, or was lately. Reads, writes nothing."""
    areas = {area for area, _ in rows.units}
    fixes, proven = _open_fixes(areas), _proven_fixes(areas, clock.now())
    fixed = {fix.area_id for fix in fixes}
    found = [_verified(rows, fix, fixed) for fix in fixes] + [_watched(rows, fix, fixed) for fix in proven]
    return [each for each in found if each is not None]


def keep_verdicts(found: Collection[Verified], now: datetime) -> None:
    """Write them beside the standing. Callers commit."""
    for each in found:
        epoch = db.session.get(AreaEpoch, (each.fix.area_id, each.fix.epoch))
        proven = epoch is not None and epoch.taken_over_at is not None
        if epoch is None or epoch.standing is None or proven != (each.fix.proved is not None):
            continue
        if epoch.standing != each.standing:
            epoch.standing = each.standing
        if each.taken_over:
            epoch.taken_over_at = now


def as_taken_over(areas: KnownAreas, found: Collection[Verified]) -> KnownAreas:
    """The settings of areas with what has been seen since; without the standing of before where that took over."""
    known = {each.fix.area_id: each for each in found if each.fix.proved is None}
    return {id: (journey, _as_seen(map, known.get(id)), offered) for id, (journey, map, offered) in areas.items()}


def _as_seen(map: MapArea, found: Verified | None) -> MapArea:
    if found is None:
        return map
    if found.taken_over:
        return replace(map, standing=None, fixed_at=None)
    return replace(map, standing=found.standing) if map.standing else map


def _open_fixes(areas: Collection[int]) -> list[OpenFix]:
    rows = db.session.scalars(select(AreaEpoch).where(AreaEpoch.taken_over_at.is_(None))).all()
    return [
        OpenFix(row.area_id, row.number, row.opened_at.timestamp(), row.standing)
        for row in rows
        if row.area_id in areas and row.standing is not None and row.standing.get("before")
    ]


def _proven_fixes(areas: Collection[int], now: datetime) -> list[OpenFix]:
    """Those that worked, whose areas have had no other fix since."""
    present = (Area.id == AreaEpoch.area_id) & (Area.epoch == AreaEpoch.number)
    rows = db.session.scalars(select(AreaEpoch).join(Area, present).where(AreaEpoch.taken_over_at > now - WATCHED))
    return [
        OpenFix(row.area_id, row.number, row.opened_at.timestamp(), row.standing, row.taken_over_at.timestamp())
        for row in rows
        if row.area_id in areas and row.standing and row.taken_over_at and _worked(row.standing)
    ]


def _worked(standing: KeptStanding) -> bool:
    found = standing.get("verdicts", {}).get(standing.get("level", "utility"))
    return found is not None and found["verdict"] == "improved"


def _verified(rows: PanelRows, fix: OpenFix, fixed: Collection[int]) -> Verified | None:
    unit = (fix.area_id, fix.epoch)
    if unit not in rows.units:
        return None
    number, last = rows.units.index(unit), fix.standing.get("verdicts", {})
    proving, parent = _proving(rows, fix, number, fix.opened), rows.parents[number]
    verdicts: dict[Level, KeptVerdict] = {}
    for level, known in fix.standing.get("before", {}).items():
        if known["n"] >= LEAST_ROWS and parent >= 0:
            score, planned = known["score"], known["planned"]
            asked = _Asked(level, known["variances"], fix.opened, planned, parent, score, last.get(level))
            found = _of_level(rows, asked, proving, fixed)
            if found is not None:
                verdicts[level] = found
    seen = {level: int((proving & ~np.isnan(rows.measures[level])).sum()) for level in LEVELS}
    standing = cast(KeptStanding, {**fix.standing, "seen": seen} | ({"verdicts": verdicts} if verdicts else {}))
    own = verdicts.get(fix.standing.get("level", "utility"))
    return Verified(fix, standing, own is not None and own["verdict"] != "not_enough")


def _watched(rows: PanelRows, fix: OpenFix, fixed: Collection[int]) -> Verified | None:
    """Whether what was proven has been lost since: only the always-valid interval can say so, at any time."""
    unit, level = (fix.area_id, fix.epoch), fix.standing.get("level", "utility")
    known = fix.standing.get("before", {}).get(level)
    if unit not in rows.units or known is None or fix.proved is None:
        return None
    number = rows.units.index(unit)
    proving = _proving(rows, fix, number, fix.proved)
    asked = _Asked(level, known["variances"], fix.proved, WITHOUT_END, number, None, fix.standing.get("since"))
    found = _of_level(rows, asked, proving, fixed)
    return None if found is None else Verified(fix, cast(KeptStanding, {**fix.standing, "since": found}))


@dataclass(frozen=True)
class _Asked:
    """A level, from when on it is seen again, by how many ratings, against which unit and score of before.

    score: None = as the fit of before has it.
    """

    level: Level
    variances: dict[str, float]
    moment: float
    planned: int
    unit: int
    score: float | None
    last: KeptVerdict | None


def _proving(rows: PanelRows, fix: OpenFix, number: int, since: float) -> Bools:
    """Rows that count as proof: by others than the owner and whoever said that it is live, where it is live."""
    found: Bools = (rows.unit == number) & (rows.moment >= since) & ~_by(rows, fix.standing.get("not_by", []))
    sites = fix.standing.get("sites")
    return found & np.asarray(np.isin(rows.site, sites)) if sites else found


def _of_level(rows: PanelRows, asked: _Asked, proving: Bools, fixed: Collection[int]) -> KeptVerdict | None:
    said, last = ~np.isnan(rows.measures[asked.level]), asked.last
    after = said & proving
    n = int(after.sum())
    if n < LEAST_ROWS:
        return None
    if last is not None and last["n"] == n:
        return last  # nobody has looked since: a fit of all that was seen before is not made for nothing
    before_rows = rows_of(rows.only(said & (rows.moment < asked.moment)), asked.level)
    if before_rows is None:
        return None
    before = fit(before_rows, Variances(**asked.variances))
    since = said & (rows.moment >= asked.moment)
    elsewhere = since & ~np.isin(rows.unit, [n for n, (area, _) in enumerate(rows.units) if area in fixed])
    numbers = _Numbers(rows, before, before_rows.site_columns > 0)
    score = float(before.scores[asked.unit]) if asked.score is None else asked.score
    seen, control = numbers.seen(rows, after, asked.level), numbers.seen(rows, elsewhere, asked.level)
    found = change(before, asked.unit, score, seen, control)
    stood = cast(Verdict, last["verdict"]) if last and last["n"] >= last["planned"] else None
    return {
        "verdict": verdict(found, asked.planned, stood),
        "n": found.n,
        "planned": asked.planned,
        "value": found.value,
        "error": found.error,
        "half": found.always_valid,
        "after": found.after,
        "before": score,
    }


@dataclass(frozen=True)
class _Numbers:
    """Which areas, observers and sites the fit of before knows: those with a row in it."""

    rows: PanelRows
    before: Fit
    sites_differ: bool

    def seen(self, rows: PanelRows, keep: Bools, level: Level) -> Seen:
        known_observers = self.before.panel_shares > 0
        site = np.searchsorted(rows.sites, rows.site[keep])
        known_sites = self.before.site_shares.sum(axis=0) > 0 if self.sites_differ else np.zeros(0, dtype=bool)
        return Seen(
            area=_or_unknown(rows.unit[keep], self.before.area_rows > 0),
            observer=_or_unknown(rows.observer[keep], known_observers),
            site=_or_unknown(site, known_sites) if self.sites_differ else np.full(len(site), -1),
            visit=rows.visit[keep],
            rating=rows.measures[level][keep],
        )


def _or_unknown(numbers: Ints, known: Bools) -> Ints:
    """Those that are not known get a number below 0, each its own."""
    return np.where(known[numbers], numbers, -1 - numbers)


def _by(rows: PanelRows, people: Collection[int]) -> Bools:
    """Rows of these people, shadowing or walking."""
    names = {f"{person}{mode}" for person in people for mode in ("", "w")}
    theirs = np.array([name in names for name in rows.observers], dtype=bool)
    return theirs[rows.observer] if len(rows) else np.zeros(0, dtype=bool)
