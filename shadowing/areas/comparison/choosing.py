"""What is put side by side: as the address says it (`?compare=site&one=3&other=5`), else what was seen most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _
from sqlalchemy import func, select

from shadowing.areas.comparison.figures import CHANNEL, KINDS, SITE
from shadowing.core.database import db
from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import CHANNELS, Words
from shadowing.coverage.pages import ordered_channels
from shadowing.journeys.models import Journey
from shadowing.journeys.wording import channel_name
from shadowing.people.models import Site
from shadowing.people.reader import Reader, own_sites
from shadowing.scoring.filter import missing
from shadowing.scoring.models import AreaResult
from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.shapes import Choice, Filter

Names = Mapping[str, Words | str]


@dataclass(frozen=True)
class ChosenSides:
    """kinds: what this reader can compare here; one, other: values of `names`, None where there are not two."""

    kind: str
    kinds: tuple[str, ...]
    names: Names
    one: str | None = None
    other: str | None = None


def choose_sides(
    wanted: Mapping[str, str], journey: Journey, panel_id: int, found: Sequence[AreaWithResult], reader: Reader
) -> ChosenSides:
    """Raises not_found for what there is not (or is not this reader's), invalid for the same thing twice."""
    kind, imported = wanted.get("compare") or "", journey.origin == "import"
    if kind and kind not in KINDS:
        raise missing("compare")
    rows = {} if imported else _rows_by_site(panel_id, journey)
    sites = [] if imported else [site for site in own_sites(reader) if site.closed_at is None or site.id in rows]
    channels = ordered_channels(list(found))
    kinds = tuple(each for each, n in ((SITE, len(sites)), (CHANNEL, len(channels))) if n > 1)
    kind = kind or next(iter(kinds), SITE)
    if kind == SITE:
        return _of_sites(wanted, kinds, [] if imported else own_sites(reader), sites, rows)
    return _of_channels(wanted, kinds, channels, found)


def side_filters(chosen: ChosenSides) -> tuple[Filter, ...]:
    """Two controls; neither offers what the other one shows."""
    if chosen.one is None or chosen.other is None:
        return ()
    label, icon = (_("Site"), "pin") if chosen.kind == SITE else (_("Channel"), "filter")
    pairs = (("one", chosen.one, chosen.other), ("other", chosen.other, chosen.one))
    return tuple(
        Filter(name, label, icon, tuple(Choice(v, n, v == mine) for v, n in chosen.names.items() if v != theirs))
        for name, mine, theirs in pairs
    )


def _of_sites(
    wanted: Mapping[str, str],
    kinds: tuple[str, ...],
    known: Sequence[Site],
    offered: Sequence[Site],
    rows: Mapping[int, int],
) -> ChosenSides:
    every = {str(site.id): site for site in known}
    said = _said(wanted, lambda value: str(our_id(value)) in every)
    names: Names = {id: site.name for id, site in every.items() if site in offered or id in said}
    if SITE not in kinds:
        return ChosenSides(SITE, kinds, names)
    most_seen = sorted(offered, key=lambda site: -rows.get(site.id, 0))
    return ChosenSides(SITE, kinds, names, *_two(said, [str(site.id) for site in most_seen]))


def _of_channels(
    wanted: Mapping[str, str], kinds: tuple[str, ...], channels: Sequence[str], found: Sequence[AreaWithResult]
) -> ChosenSides:
    said = _said(wanted, lambda value: value in CHANNELS or value in channels)
    names: Names = {each: channel_name(each) for each in (*channels, *(c for c in said if c and c not in channels))}
    if CHANNEL not in kinds:
        return ChosenSides(CHANNEL, kinds, names)
    return ChosenSides(CHANNEL, kinds, names, *_two(said, _most_in_common(channels, found, said)))


def _said(wanted: Mapping[str, str], is_known: Callable[[str], bool]) -> tuple[str | None, str | None]:
    one, other = wanted.get("one") or None, wanted.get("other") or None
    for name, value in (("one", one), ("other", other)):
        if value and not is_known(value):
            raise missing(name)
    if one and one == other:
        raise Problem("invalid", [("other", _("Both sides are the same. Choose two that differ."))])
    return one, other


def _two(said: tuple[str | None, str | None], best: Sequence[str]) -> tuple[str, str]:
    """What was said, filled up with what is best; there are two at least."""
    left = [each for each in best if each not in said]
    one = said[0] or left.pop(0)
    return one, said[1] or left[0]


def _most_in_common(
    channels: Sequence[str], found: Sequence[AreaWithResult], said: tuple[str | None, str | None]
) -> list[str]:
    """Channels, those first that most touchpoints share with enough seen by both; with the one that was said."""
    of_touchpoint: dict[int, list[str]] = {}
    for place in found:
        if place.result is not None and place.result.rows >= LEAST_ROWS_FOR_FIGURES:
            of_touchpoint.setdefault(place.touchpoint.id, []).append(place.area.channel)
    pairs = Counter(
        pair
        for met in of_touchpoint.values()
        for pair in combinations(sorted(met, key=list(channels).index), 2)
        if set(said) - {None} <= set(pair)
    )
    best = next(iter(pairs.most_common(1)), ((), 0))[0]
    return [*best, *(each for each in channels if each not in best)]


def _rows_by_site(panel_id: int, journey: Journey) -> dict[int, int]:
    """Site -> how much was seen there of the journey."""
    query = (
        select(AreaResult.scope, func.sum(AreaResult.rows))
        .where(AreaResult.panel_id == panel_id, AreaResult.journey_id == journey.id)
        .where(AreaResult.scope.like("site:%"))
        .group_by(AreaResult.scope)
    )
    return {int(scope.removeprefix("site:")): int(n) for scope, n in db.session.execute(query)}
