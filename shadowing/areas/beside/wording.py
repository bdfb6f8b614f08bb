"""What stands beside a score, in sentences: clocks, hand-overs, expectation, and what nobody knows yet. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from shadowing.areas.figures import AreaPage, ClockFigures, FactorRow, HandOvers, WaitFigures
from shadowing.core.formatting import percent
from shadowing.core.gettext_noop import N_
from shadowing.core.sentences import Duration, Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LEVELS, Words
from shadowing.journeys.wording import Served
from shadowing.scoring.statistics.proportions import FEWEST_IN_A_HEADLINE
from shadowing.scoring.statistics.verdicts import HEALTHY, LEAST_ROWS, UNDERPERFORMING

_OTHER_CLOCKS = {
    "notice": N_("Until noticed: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>."),
    "service": N_("Being served: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>."),
    "menu": N_("In the menu: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>."),
    "hold": N_("On hold: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>."),
    "talk": N_("Talking: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>."),
}


def how_long_they_wait(waits: WaitFigures) -> tuple[Sentence, ...]:
    told = gettext(
        "Waiting: half longer than <b>%(median)s</b>, one in ten longer than <b>%(ninetieth)s</b>.",
        median=roughly(waits.median, waits.count),
        ninetieth=roughly(waits.ninetieth, waits.count),
    )
    if waits.over is None or waits.limit is None or not waits.over.enough:
        return (told,)
    if waits.count < FEWEST_IN_A_HEADLINE:
        limit = Duration(waits.limit)
        return told, gettext(
            "%(count)s of %(total)s waited over %(limit)s.", count=waits.over.count, total=waits.over.total, limit=limit
        )
    over = gettext(
        "%(share)s wait over %(limit)s (%(low)s to %(high)s).",
        share=percent(waits.over.value or 0.0),
        limit=Duration(waits.limit),
        low=percent(waits.over.low),
        high=percent(waits.over.high),
    )
    return (told, over)


def on_the_clock(clock: ClockFigures) -> tuple[Sentence, ...]:
    """One clock; the wait with its limit."""
    if clock.kind == "wait":
        return how_long_they_wait(clock)
    median, ninetieth = roughly(clock.median, clock.count), roughly(clock.ninetieth, clock.count)
    return (gettext(_OTHER_CLOCKS[clock.kind], median=median, ninetieth=ninetieth),)


def how_it_was_handed_over(handovers: HandOvers) -> Sentence:
    """From the step before."""
    share = handovers.rough
    if not share.count:
        return ngettext(
            "The hand-over from the step before went smoothly the one time it was asked (%(num)s).",
            "The hand-over from the step before went smoothly all %(num)s times.",
            share.total,
        )
    return gettext(
        "The hand-over from the step before was not smooth in <b>%(count)s of %(total)s</b>.",
        count=share.count,
        total=share.total,
    )


def against_expectation(page: AreaPage, served: Served) -> Sentence | None:
    """What was expected, and where it says more than the score (METHOD 4)."""
    if page.beside.expectation is None:
        return None
    slug, verdict = page.beside.expectation.slug, page.area.verdict
    if slug == "below" and verdict == HEALTHY:
        return gettext(
            "On target, yet %(many)s find it worse than they expected: <b>we promise more than we keep</b>.", **served
        )
    if slug == "above" and verdict == UNDERPERFORMING:
        return gettext(
            "Below target, yet better than %(many)s expected: <b>they have given up expecting more</b>.", **served
        )
    if slug == "below":
        return gettext("%(Many)s find it <b>worse than they expected</b>.", **served)
    if slug == "above":
        return gettext("%(Many)s find it <b>better than they expected</b>.", **served)
    return gettext("%(Many)s find it about as they expected.", **served)


def what_is_missing(page: AreaPage) -> tuple[Sentence, ...]:
    """What nobody knows yet about this area, each a reason for a visit."""
    if page.imported or page.part != "all":
        return ()
    return tuple(_missing(page))


def times_read(count: int) -> Sentence:
    """The link from a clock to the observations it was read in."""
    return ngettext("%(num)s time", "%(num)s times", count)


def so_often(what: Words, count: int) -> Sentence:
    """What was noted, and how often."""
    return gettext("%(what)s %(count)s", what=what, count=count)


def answers(count: int) -> Sentence:
    return ngettext("(%(num)s answer)", "(%(num)s answers)", count)


def low_ratings_told(row: FactorRow) -> Sentence | None:
    """Beside a factor: of the low ratings, those that say it hurt."""
    if row.low is None:
        return None
    return gettext("in %(count)s of %(total)s low ratings", count=row.low.count, total=row.low.total)


def roughly(seconds: float, answers: int) -> Value:
    """Of few answers no second can be told: whole minutes, below two minutes ten seconds."""
    if answers >= FEWEST_IN_A_HEADLINE:
        return Duration(seconds)
    step = 60 if seconds >= 120 else 10
    return gettext("about %(time)s", time=Duration(step * round(seconds / step)))


def _missing(page: AreaPage) -> Iterator[Sentence]:
    for level in page.levels:
        if page.observations and level.rows < LEAST_ROWS:
            yield ngettext(
                "%(level)s has %(num)s rating; three are the least to judge by.",
                "%(level)s has %(num)s ratings; three are the least to judge by.",
                level.rows,
                level=LEVELS[level.level],
            )
    if page.area.rows and page.area.observers == 1:
        yield gettext("One observer alone has been here: nothing evens out how strict or lenient they are.")
    if page.area.visits >= LEAST_ROWS and not page.fresh:
        yield gettext("Nobody has been here for a while: the evidence is getting old.")
    hollow = tuple(site.name for site in page.sites if site.hollow)
    if hollow:
        yield gettext("Nobody has looked at %(sites)s.", sites=hollow)
    if page.beside.limit and page.area.rows and page.beside.waits is None:
        yield gettext(
            "No wait has been timed; it should not be longer than %(limit)s.", limit=Duration(page.beside.limit)
        )
    if page.area.rows and page.beside.unchecked:
        yield gettext("Nobody has checked: %(standards)s.", standards=page.beside.unchecked)
