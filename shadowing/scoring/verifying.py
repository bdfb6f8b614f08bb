"""What was seen after a fix, held against what was known before it, where the fit is at hand (METHOD 6, 6.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.journeys.models import AreaEpoch, KeptBefore, KeptStanding, KeptVerdict
from shadowing.scoring.fitting import rows_of
from shadowing.scoring.panel_rows import Ints, PanelRows
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.scoring import Fit, fit
from shadowing.scoring.statistics.verdicts import LEAST_ROWS
from shadowing.scoring.statistics.verification import Seen, Verdict, change, verdict
from shadowing.scoring.store import KnownAreas

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class OpenFix:
    """A fix that is being seen again: the epoch it opened, when (seconds since 1970), and how the area stood."""

    area_id: int
    epoch: int
    opened: float
    standing: KeptStanding


@dataclass(frozen=True)
class Verified:
    """The verdicts so far by level; taken_over: whether that on the improvement's own level has fallen."""

    fix: OpenFix
    verdicts: Mapping[Level, KeptVerdict]
    taken_over: bool


def verify(rows: PanelRows) -> list[Verified]:
    """Of every fix of the panel from which enough has come to say something. Reads, writes nothing."""
    fixes = _open_fixes({area for area, _ in rows.units})
    fixed = {fix.area_id for fix in fixes}
    return [found for fix in fixes if (found := _verified(rows, fix, fixed)) is not None]


def keep_verdicts(found: Collection[Verified], now: datetime) -> None:
    """Write them beside the standing. Callers commit."""
    for each in found:
        epoch = db.session.get(AreaEpoch, (each.fix.area_id, each.fix.epoch))
        if epoch is None or epoch.standing is None or epoch.taken_over_at is not None:
            continue
        epoch.standing = cast(KeptStanding, {**epoch.standing, "verdicts": dict(each.verdicts)})
        if each.taken_over:
            epoch.taken_over_at = now


def as_taken_over(areas: KnownAreas, found: Collection[Verified]) -> KnownAreas:
    """The settings of areas, where what was seen since has taken over without the standing of before."""
    taken = {each.fix.area_id for each in found if each.taken_over}
    return {
        id: (journey, replace(map, standing=None, fixed_at=None) if id in taken else map, offered)
        for id, (journey, map, offered) in areas.items()
    }


def _open_fixes(areas: Collection[int]) -> list[OpenFix]:
    rows = db.session.scalars(select(AreaEpoch).where(AreaEpoch.taken_over_at.is_(None))).all()
    return [
        OpenFix(row.area_id, row.number, row.opened_at.timestamp(), row.standing)
        for row in rows
        if row.area_id in areas and row.standing is not None and row.standing.get("before")
    ]


def _verified(rows: PanelRows, fix: OpenFix, fixed: Collection[int]) -> Verified | None:
    unit = (fix.area_id, fix.epoch)
    if unit not in rows.units:
        return None
    number = rows.units.index(unit)
    verdicts: dict[Level, KeptVerdict] = {}
    for level in LEVELS:
        known = fix.standing.get("before", {}).get(level)
        if known is not None and known["n"] >= LEAST_ROWS:
            found = _of_level(rows, fix, level, known, number, fixed)
            if found is not None:
                verdicts[level] = found
    own = verdicts.get(fix.standing.get("level", "utility"))
    return Verified(fix, verdicts, own is not None and own["verdict"] != "not_enough") if verdicts else None


def _of_level(
    rows: PanelRows, fix: OpenFix, level: Level, known: KeptBefore, number: int, fixed: Collection[int]
) -> KeptVerdict | None:
    said = ~np.isnan(rows.measures[level])
    since = said & (rows.moment >= fix.opened)
    after = since & (rows.unit == number) & ~_by(rows, fix.standing.get("not_by", []))
    n, last = int(after.sum()), fix.standing.get("verdicts", {}).get(level)
    if n < LEAST_ROWS:
        return None
    if last is not None and last["n"] == n:
        return last  # nobody has looked since: a fit of all that was seen before is not made for nothing
    earlier = rows.only(said & (rows.moment < fix.opened))
    before_rows = rows_of(earlier, level)
    parent = rows.parents[number]
    if before_rows is None or parent < 0:
        return None
    before = fit(before_rows, Variances(**known["variances"]))
    elsewhere = since & ~np.isin(rows.unit, [n for n, (area, _) in enumerate(rows.units) if area in fixed])
    numbers = _Numbers(rows, before, before_rows.site_columns > 0)
    found = change(
        before, parent, known["score"], numbers.seen(rows, after, level), numbers.seen(rows, elsewhere, level)
    )
    stood = cast(Verdict, last["verdict"]) if last and last["n"] >= last["planned"] else None
    return {
        "verdict": verdict(found, known["planned"], stood),
        "n": found.n,
        "planned": known["planned"],
        "value": found.value,
        "error": found.error,
        "half": found.always_valid,
        "after": found.after,
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
