"""How often a principle is lived: its standards met, of those checked. Pure. By place, never by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shadowing.scoring.statistics.proportions import Share, enough_for_a_share


class StandardCheck(NamedTuple):
    """How often a standard was found in a state at a site; department: whose touchpoint it is."""

    principle: str
    site: int
    department: int | None
    state: str
    n: int


@dataclass(frozen=True)
class Lived:
    """Shares of standards met; None = fewer than five were checked."""

    share: Share | None = None
    checked: int = 0
    by_site: Mapping[int, Share | None] = field(default_factory=dict)
    by_department: Mapping[int, Share | None] = field(default_factory=dict)


def lived(rows: Iterable[StandardCheck]) -> dict[str, Lived]:
    """By principle. What was not seen is no answer; competitors' places are not to be among the rows."""
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sites: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    departments: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for row in rows:
        if row.state not in ("met", "not_met"):
            continue
        counts = [total[row.principle], sites[row.principle][row.site]]
        if row.department is not None:
            counts.append(departments[row.principle][row.department])
        for each in counts:
            each[0] += row.n if row.state == "met" else 0
            each[1] += row.n
    return {
        key: Lived(
            enough_for_a_share(*counts),
            counts[1],
            {site: enough_for_a_share(*each) for site, each in sites[key].items()},
            {department: enough_for_a_share(*each) for department, each in departments[key].items()},
        )
        for key, counts in total.items()
    }
