"""Why an item stands where it does, in sentences. Pure."""

from __future__ import annotations

from math import floor, log10

from shadowing.backlog.order.figures import LevelLoad, PlaceInOrder, Workload
from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES, chance
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LENSES, LEVELS
from shadowing.journeys.wording import Served


def figure(standing: PlaceInOrder, served: Served) -> Sentence:
    """Its priority, rounded to what can be known of it."""
    if standing.harmful and standing.view not in LENSES:
        return gettext("Hurts more than it helps")
    if standing.points < 0:
        return gettext("Harms this lens: counted alone it stands last")
    shown = about(standing.points)
    if shown < 1:
        return gettext("Less than 1 point for %(many)s a month per person-day", **served)
    return ngettext(
        "About %(num)s point for %(many)s a month per person-day",
        "About %(num)s points for %(many)s a month per person-day",
        shown,
        **served,
    )


def why_here(standing: PlaceInOrder, served: Served) -> tuple[Sentence, ...]:
    """Place, how sure, how many, what it costs, and where the lenses part."""
    told = [_place(standing), _how_sure(standing), _what_it_costs(standing, served)]
    if standing.harmful:
        told.append(gettext("As planned it hurts more than it helps, so it goes last in its level."))
    if standing.tied:
        told.append(gettext("It is practically tied with its neighbours: their order may be the other way round."))
    if standing.of > 1 and len(set(standing.by_lens.values())) > 1:
        told.append(by_lens(standing))
    return tuple(told)


def by_lens(standing: PlaceInOrder) -> Sentence:
    """Its rank when only one lens counts."""
    ranks = tuple(_rank(lens, standing) for lens in LENSES if lens in standing.by_lens)
    return gettext("By one lens alone: %(ranks)s.", ranks=ranks)


def about(points: float) -> int:
    """Two digits that count: 312 is 310, 8.4 is 8."""
    if points < 1:
        return 0
    step = 10 ** max(0, floor(log10(points)) - 1)
    return int(floor(points / step + 0.5) * step)


def to_gain(standing: PlaceInOrder) -> Sentence:
    """Points of 0-100 that its level is short, as far as that can be told."""
    if standing.rows < LEAST_ROWS_FOR_FIGURES:
        return gettext("not known yet")
    points = floor(standing.gain + 0.5)
    return ngettext("%(num)s point of 100", "%(num)s points of 100", points)


def work_of(standing: PlaceInOrder) -> Sentence:
    work = days(standing.effort)
    return work if standing.effort_estimated else gettext("%(work)s, a guess", work=work)


def hurt_so_often(count: int) -> Sentence:
    """How often a group of factors was said to hurt here."""
    return ngettext("said to hurt here once", "said to hurt here %(num)s times", count)


def days(count: float) -> Sentence:
    """Person-days: whole, or with a half."""
    halves = floor(2 * count + 0.5)
    if halves % 2:
        return gettext("%(days)s person-days", days=f"{halves / 2:.1f}")
    return ngettext("one person-day", "%(num)s person-days", halves // 2)


def load_of(load: LevelLoad) -> Sentence:
    """Days decided, and those only proposed."""
    planned, proposed = days(load.planned_days), days(load.proposed_days)
    if load.proposed_days and load.planned_days:
        return gettext("%(days)s planned, %(more)s proposed", days=planned, more=proposed)
    if load.proposed_days:
        return gettext("nothing planned, %(more)s proposed", more=proposed)
    return gettext("%(days)s planned", days=planned) if load.planned_days else gettext("nothing planned")


def shortfall_of(load: LevelLoad) -> Sentence:
    """Areas below target on this level, and what they miss together."""
    if not load.short_areas:
        return gettext("no area below target")
    return ngettext(
        "%(num)s area below target, %(points)s points short",
        "%(num)s areas below target, %(points)s points short in all",
        load.short_areas,
        points=about(load.points_short),
    )


def balance(workload: Workload) -> Sentence | None:
    """Whether the work stands on its base; None while nothing is short or planned there."""
    base = workload.levels[0]
    if workload.upside_down:
        return ngettext(
            "<b>Upside down:</b> %(above)s of %(all)s person-days go above the base, while %(level)s is short at "
            "%(num)s area. Fix the base first.",
            "<b>Upside down:</b> %(above)s of %(all)s person-days go above the base, while %(level)s is short at "
            "%(num)s areas. Fix the base first.",
            base.short_areas,
            above=about(workload.above),
            all=about(workload.planned),
            level=LEVELS["utility"],
        )
    if base.short_areas and not workload.planned:
        return gettext("The base is short, and no work is planned yet.")
    return None


def _place(standing: PlaceInOrder) -> Sentence:
    numbers: dict[str, Value] = {"place": standing.place, "of": standing.of, "level": LEVELS[standing.level]}
    if standing.view == "value":
        return gettext("No. %(place)s of %(of)s by value, whatever its level.", **numbers)
    if standing.view in LENSES:
        lens = LENSES[standing.view]
        return gettext("No. %(place)s of %(of)s if only the lens %(lens)s counts.", lens=lens, **numbers)
    if standing.level == "utility":
        return gettext("No. %(place)s of %(of)s: %(level)s is the base of the pyramid and comes first.", **numbers)
    return gettext("No. %(place)s of %(of)s: %(level)s waits until the levels below it are through.", **numbers)


def _how_sure(standing: PlaceInOrder) -> Sentence:
    if standing.rows < LEAST_ROWS_FOR_FIGURES:
        return gettext("How far it is below its target is not known yet: too few ratings.")
    return gettext(
        "It is below its target with a chance of %(chance)s; %(points)s points of 100 are to be gained.",
        chance=chance(standing.probability),
        points=floor(standing.gain + 0.5),
    )


def _what_it_costs(standing: PlaceInOrder, served: Served) -> Sentence:
    numbers: dict[str, Value] = {"reach": about(standing.reach), "work": days(standing.effort), **served}
    if standing.reach_measured and standing.effort_estimated:
        return gettext("%(reach)s %(many)s come through in a month; the work takes %(work)s.", **numbers)
    if standing.reach_measured:
        return gettext("%(reach)s %(many)s come through in a month; the work takes %(work)s, a guess.", **numbers)
    if standing.effort_estimated:
        return gettext("%(reach)s %(many)s a month are assumed; the work takes %(work)s.", **numbers)
    return gettext("%(reach)s %(many)s a month are assumed; the work takes %(work)s, a guess.", **numbers)


def _rank(lens: str, standing: PlaceInOrder) -> Sentence:
    rank = standing.by_lens[lens]
    if rank == standing.of:
        return gettext("last for %(lens)s", lens=LENSES[lens])
    return gettext("no. %(rank)s for %(lens)s", rank=rank, lens=LENSES[lens])
