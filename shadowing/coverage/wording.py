"""What the figures of coverage say: one sentence for the page, the API and the phone. Pure."""

from __future__ import annotations

from math import floor

from shadowing.core.formatting import percent
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import Words
from shadowing.coverage.figures import Comparison, CoreNeed, CoverageCell, HandOver, Matrix, ProbeDifference
from shadowing.journeys.wording import opening
from shadowing.scoring.statistics.proportions import Share
from shadowing.scoring.statistics.value_of_visits import BATCH, Look

#: Points on 0-100: so much less doubt is no reason to call it narrow.
A_LITTLE = 2


def why_here(look: Look) -> tuple[Sentence, ...]:
    """Why a place is suggested, and how much less doubt the next visits leave."""
    return _why(look), _less_doubt(look)


def points(half_width: float) -> int:
    """A half width on 1-5 as printed on 0-100."""
    return floor(25 * half_width + 0.5)


def where_to_look(matrix: Matrix) -> tuple[Sentence, ...]:
    """The sentence over the map: how many areas nobody has seen, how many cells are thin or ageing."""
    return _how_it_stands(matrix), gettext("Start where one visit removes the most doubt.")


def how_much_is_seen(matrix: Matrix) -> Sentence:
    return gettext(
        "%(share)s of what matters has been seen; %(fresh)s of the map’s %(all)s cells are fresh: "
        "three visits, the last within 90 days.",
        share=percent(matrix.seen_weight),
        fresh=matrix.count("fresh"),
        all=len(matrix.cells),
    )


def cell_told(cell: CoverageCell) -> Sentence:
    """What stands under the number of a cell that exists."""
    if cell.state == "overlooked":
        return gettext("overlooked")
    if cell.state == "ageing":
        return days_ago(cell.age or 0)
    if cell.state == "thin":
        return gettext("+%(n)s needed", n=cell.needed)
    return gettext("fresh")


def places_seen(cell: CoverageCell) -> Sentence:
    return gettext(
        "%(seen)s of %(all)s areas seen, %(share)s of their weight",
        seen=cell.areas_seen,
        all=cell.areas,
        share=percent(cell.seen_weight),
    )


def days_ago(days: int) -> Sentence:
    return ngettext("last 1 day ago", "last %(num)s days ago", days)


def need_told(need: CoreNeed) -> Sentence:
    """How a need the customer came for was looked after."""
    if not need.effort:
        return gettext("Nobody has looked, and nobody is going to.")
    if need.planned:
        return gettext("Nobody has looked lately; a visit is planned.")
    times = ngettext("Seen once", "Seen %(num)s times", need.seen.visits)
    return gettext("%(times)s, %(last)s.", times=times, last=days_ago(need.age or 0))


def comparison_told(one: Comparison) -> Sentence:
    if one.verdict == "differs":
        names = {side.slug: side.name for side in one.sides}
        return gettext(
            "%(best)s is better than %(worst)s, by %(gap)s points.",
            best=opening(names[one.best]),
            worst=names[one.worst],
            gap=round(25 * one.gap),
        )
    if one.verdict == "alike":
        return gettext("No difference is shown.")
    if one.verdict == "no_overlap":
        return gettext(
            "Not compared: no observer has seen both, so nobody can tell whether the eye or the service differs."
        )
    return gettext("Not compared: too few ratings, five on each side are needed.")


def more_compared(count: int) -> Sentence:
    return ngettext("One more shows less.", "%(num)s more show less.", count)


def probe_told(one: ProbeDifference) -> Sentence:
    return gettext(
        "%(best)s: right %(right)s of %(all)s times; %(worst)s: %(wrong)s of %(some)s.",
        best=one.best,
        right=one.best_share.count,
        all=one.best_share.total,
        worst=one.worst,
        wrong=one.worst_share.count,
        some=one.worst_share.total,
    )


def hand_over_told(one: HandOver) -> Sentence:
    return gettext(
        "%(smooth)s smooth, %(repeated)s had to repeat, %(lost)s lost",
        smooth=one.counts["smooth"],
        repeated=one.counts["repeated"],
        lost=one.counts["lost"],
    )


def lost_told(lost: Share) -> Sentence:
    if not lost.enough:
        return gettext("too few for a share")
    return gettext(
        "%(share)s lost, most likely %(low)s to %(high)s",
        share=percent(lost.value or 0.0),
        low=percent(lost.low),
        high=percent(lost.high),
    )


def _why(look: Look) -> Sentence:
    place = look.candidate
    if look.reason == "long_ago" and place.days is not None:
        return ngettext("Last seen %(num)s day ago.", "Last seen %(num)s days ago.", round(place.days))
    if look.reason == "thin":
        return _TWICE if place.visits == 2 else ngettext("Seen once only.", "Seen %(num)s times only.", place.visits)
    return _PLAIN[look.reason]


_TWICE = gettext("Seen twice only.")
_PLAIN = {
    "reshadowing": gettext("Worth seeing again."),  # and why is not said: who looks shall not know (DECISIONS 41)
    "never": gettext("Nobody has looked."),
    "edge": gettext("It may be on either side of its target."),
    "important": gettext("It matters much and is not settled."),
    "open": gettext("It is not settled."),
}
_NUMBERS = {1: Words(en="One", zh="1"), 2: Words(en="Two", zh="2"), 3: Words(en="Three", zh="3")}


def _less_doubt(look: Look) -> Sentence:
    """The bar now and after a batch, on 0-100: how much it narrows is said as what it is."""
    now, after = points(look.now), points(look.after)
    if now == after:
        return gettext("It is known to ±%(now)s already.", now=now)
    if now - after <= A_LITTLE:
        return gettext(
            "%(batch)s more visits make us a little surer: ±%(after)s instead of ±%(now)s.",
            batch=_NUMBERS[BATCH],
            now=now,
            after=after,
        )
    return gettext(
        "%(batch)s visits narrow it from ±%(now)s to ±%(after)s.", batch=_NUMBERS[BATCH], now=now, after=after
    )


def _how_it_stands(matrix: Matrix) -> Sentence:
    unseen, thin, ageing = matrix.areas_unseen, matrix.count("thin"), matrix.count("ageing")
    if not unseen and not thin and not ageing:
        return gettext("<b>Everything is fresh.</b>")
    if unseen:
        first = ngettext("<b>One area nobody has looked at</b>", "<b>%(num)s areas nobody has looked at</b>", unseen)
    else:
        first = gettext("<b>Every area has been seen</b>")
    counts: list[Value] = [first]
    if thin:
        counts.append(ngettext("one cell is thin", "%(num)s cells are thin", thin))
    if ageing:
        counts.append(ngettext("one cell is ageing", "%(num)s cells are ageing", ageing))
    return gettext("%(counts)s.", counts=tuple(counts))
