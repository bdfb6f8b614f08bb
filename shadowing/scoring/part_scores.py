"""Areas as a part of their rows shows them: one persona, scenario or period within the window (METHOD 1.8).

Each step is pulled towards what holds before it: the site, else the area. Nothing of it is stored or raises a flag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.journeys.models import Area, AreaEpoch
from shadowing.scoring.filter import Asked
from shadowing.scoring.fitting import LevelScore, UnitCounts, UnitResult
from shadowing.scoring.models import AreaResult, KeptScore, PanelFit
from shadowing.scoring.part_rows import PartRows, counts_by_area, rows_by_part, steps_of
from shadowing.scoring.queries import AreaWithResult, level_scores
from shadowing.scoring.refresh import map_area
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES
from shadowing.scoring.statistics.explanation import explained_part
from shadowing.scoring.statistics.parts import combined
from shadowing.scoring.statistics.verdicts import shortfall, verdict
from shadowing.scoring.store import result_row, score_row

Scores = dict[int, dict[Level, KeptScore]]


def parts_of(
    panel_id: int, found: Sequence[AreaWithResult], asked: Asked, now: datetime
) -> tuple[list[AreaWithResult], Scores]:
    """The same areas under a persona, scenario or period, and their levels by area id.

    Without a row in the part an area has no result. None of it is a row of the database, though it has their shape.
    """
    ids = [place.area.id for place in found if place.result is not None]
    rows: dict[int, list[PartRows]] = {id: [] for id in ids}
    for each in rows_by_part(panel_id, ids, asked, now):
        rows[each.area_id].append(each)
    counts, epochs = counts_by_area(panel_id, ids, asked, now), _present_epochs(ids)
    places, scores, levels = [], {}, _levels(panel_id, rows, asked)
    for place in found:
        id = place.area.id
        seen = _counts(rows.get(id, []), counts.get(id))
        places.append(_shown(place, asked, levels.get(id, {}), seen, epochs.get(id)))
        scores[id] = {
            level: KeptScore(**score_row(id, place.area.epoch, level, score))
            for level, score in levels.get(id, {}).items()
        }
    return places, scores


def _levels(panel_id: int, rows: Mapping[int, list[PartRows]], asked: Asked) -> dict[int, dict[Level, LevelScore]]:
    """Area id -> the levels that have a rating in the part."""
    known = level_scores(panel_id, list(rows), asked.scope)
    fits = {fit.level: fit for fit in db.session.query(PanelFit).filter_by(panel_id=panel_id, scope=asked.scope)}
    steps = len(steps_of(asked))
    return {
        area_id: {
            level: score
            for level, parent in known.get(area_id, {}).items()
            if level in fits and (score := _part(here, level, parent, fits[level], steps))
        }
        for area_id, here in rows.items()
    }


def _part(rows: Sequence[PartRows], level: Level, parent: KeptScore, fit: PanelFit, steps: int) -> LevelScore | None:
    """One level after all steps; None where the part has no rating."""
    score, error = parent.score, parent.se
    towards, seen = score, 0.0
    for step in range(steps):
        inside = [each for each in rows if all(each.answers[: step + 1])]
        outside = [each for each in rows if all(each.answers[:step]) and not each.answers[step]]
        n = np.array([_n(inside, level), _n(outside, level)], dtype=float)
        if not n[0]:
            return None
        met = np.array([_corrected(inside, level, fit), _corrected(outside, level, fit)])
        towards, seen = score, float(met[0])
        values, errors = combined(score, error, n, met, replace(DEFAULT_VARIANCES, **fit.variances))
        score, error = float(values[0]), float(errors[0])
    return _judged(inside, level, parent, (score, error), seen, towards, len(fit.observers))


def _judged(
    rows: Sequence[PartRows],
    level: Level,
    parent: KeptScore,
    estimate: tuple[float, float],
    seen: float,
    towards: float,
    panel_size: int,
) -> LevelScore:
    score, error = estimate
    n, observers = _n(rows, level), len({each.observer for each in rows if each.n[level]})
    raw = sum(each.total[level] for each in rows) / n
    short = shortfall(parent.target, score, error)
    probability = float(short.probability)
    return LevelScore(
        n=n,
        observers=observers,
        raw_mean=raw,
        score=score,
        error=error,
        target=parent.target,
        probability=probability,
        gain=float(short.gain),
        gain_variance=float(short.variance),
        verdict=verdict(n, observers, panel_size, probability),
        steps=explained_part(raw, seen, score),
        towards=towards,
    )


def _shown(
    place: AreaWithResult,
    asked: Asked,
    levels: Mapping[Level, LevelScore],
    counts: UnitCounts,
    epoch: AreaEpoch | None,
) -> AreaWithResult:
    """What the area shows of the part: never stored, so it is no row of the database."""
    if place.result is None or not levels:
        return replace(place, result=None)
    row = result_row(map_area(place.area, place.touchpoint, epoch), UnitResult(levels, counts, counts))
    where = {"panel_id": place.result.panel_id, "scope": asked.scope, "journey_id": place.result.journey_id}
    return replace(place, result=AreaResult(**where, **row))


def _counts(rows: Sequence[PartRows], seen: UnitCounts | None) -> UnitCounts:
    """With those who looked, which a walk of one's own is told apart in."""
    who = {each.observer for each in rows if all(each.answers) and any(each.n.values())}
    return replace(seen or UnitCounts(), observers=len(who))


def _present_epochs(area_ids: Sequence[int]) -> dict[int, AreaEpoch]:
    """Area id -> its present epoch, where a fix has closed an earlier one."""
    present = select(AreaEpoch).join(Area, (AreaEpoch.area_id == Area.id) & (AreaEpoch.number == Area.epoch))
    return {epoch.area_id: epoch for epoch in db.session.scalars(present.where(Area.id.in_(area_ids)))}


def _n(rows: Sequence[PartRows], level: Level) -> int:
    return sum(each.n[level] for each in rows)


def _corrected(rows: Sequence[PartRows], level: Level, fit: PanelFit) -> float:
    """r_g: what was seen, corrected for who looked; 0 without rows."""
    n = _n(rows, level)
    if not n:
        return 0.0
    given = sum(each.total[level] - each.n[level] * fit.observers.get(each.observer, 0.0) for each in rows)
    return given / n + (fit.lenient or 0.0)
