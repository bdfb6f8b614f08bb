"""A few visits of a panel read anew and put in the place of what was known of them. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np

from shadowing.scoring.load_panel import LoadedPanel
from shadowing.scoring.panel_rows import MEASURES, Ints, PanelRows


@dataclass(frozen=True)
class Splice:
    """The panel as it is now, and all rows of the customers' visits that were touched, before and after."""

    panel: LoadedPanel
    gone: PanelRows
    come: PanelRows


def splice(known: LoadedPanel, fresh: LoadedPanel, visits: Collection[UUID]) -> Splice | None:
    """`fresh`: what `visits` hold now, nothing else. None where an area, an observer or a site is new.

    Then the equations have more columns, and all is read again. One without rows left keeps its column: it touches
    nothing else.
    """
    come = _renumbered(known, fresh)
    if come is None:
        return None
    leaving = np.isin(known.source, [n for n, id in enumerate(known.visit_ids) if id in visits])
    rows = _joined(known.rows.only(~leaving), come.rows)
    touched = np.zeros(len(come.customers), dtype=bool)
    touched[known.rows.visit[leaving]] = True
    touched[come.rows.visit] = True
    panel = LoadedPanel(rows, come.visit_ids, np.concatenate([known.source[~leaving], come.source]), come.customers)
    return Splice(panel, known.rows.only(touched[known.rows.visit]), rows.only(touched[rows.visit]))


def _renumbered(known: LoadedPanel, fresh: LoadedPanel) -> LoadedPanel | None:
    """The fresh rows in the numbers of the known ones; visit ids and customers are those of both."""
    units, observers = _numbers(known.rows.units), _numbers(known.rows.observers)
    mine = fresh.rows
    new = (
        set(mine.units) - units.keys(),
        set(mine.observers) - observers.keys(),
        set(mine.sites) - set(known.rows.sites),
    )
    if any(new):
        return None
    visit_ids, customers = [*known.visit_ids, *fresh.visit_ids], dict(known.customers)
    for customer in fresh.customers:
        customers.setdefault(customer, len(customers))
    visit = _looked_up([customers[customer] for customer in fresh.customers], mine.visit)
    rows = replace(
        mine,
        units=known.rows.units,
        parents=known.rows.parents,
        sites=known.rows.sites,
        observers=known.rows.observers,
        unit=_looked_up([units[unit] for unit in mine.units], mine.unit),
        observer=_looked_up([observers[name] for name in mine.observers], mine.observer),
        visit=visit,
    )
    return LoadedPanel(rows, visit_ids, fresh.source + len(known.visit_ids), customers)


def _numbers(names: list[Any]) -> dict[Any, int]:
    return {name: number for number, name in enumerate(names)}


def _looked_up(table: list[int], numbers: Ints) -> Ints:
    return np.array(table, dtype=np.int64)[numbers] if len(numbers) else numbers


def _joined(rows: PanelRows, more: PanelRows) -> PanelRows:
    arrays = ("unit", "observer", "visit", "site", "day", "moment", "walked")
    both: dict[str, Any] = {name: np.concatenate([getattr(rows, name), getattr(more, name)]) for name in arrays}
    measures = {name: np.concatenate([rows.measures[name], more.measures[name]]) for name in MEASURES}
    return replace(rows, **both, measures=measures)
