"""What the figures of the executive page say, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.formatting import percent
from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.core.vocabulary import LEVELS, SERIOUS_KINDS, Level
from shadowing.journeys.wording import Served, channel_name, opening, place
from shadowing.scoring import wording as scores
from shadowing.scoring.statistics.proportions import Share
from shadowing.summary.curve import EmotionPoint
from shadowing.summary.figures import Change, IndexFigures, Summary, Unknown
from shadowing.summary.trend import wording as trends

NEVER_CAME = gettext("<b>Those who never came</b>: shadowing cannot see them.")


def headline(summary: Summary, served: Served) -> tuple[Sentence, ...]:
    """One sentence for who reads no more; a second one where a place falls furthest short."""
    worst = summary.worst
    if worst is None:
        return (_headline(summary, served),)
    return _headline(summary, served), gettext("“%(touchpoint)s” falls furthest short.", touchpoint=worst.touchpoint)


def how_many_visits(summary: Summary) -> Sentence:
    if summary.imported:
        return ngettext("One imported answer", "%(count)s imported answers", summary.visits, count=summary.visits)
    return scores.visits(summary.visits)


def share_or_why_none(share: Share | None, imported: bool, served: Served) -> Sentence:
    """Beside the one large figure. Below five answers a share is words only."""
    if share and share.enough:
        return scores.count_of(share)
    if share and share.total:
        return ngettext(
            "one answer only: too few for a share", "%(num)s answers only: too few for a share", share.total
        )
    if imported:
        return gettext("The imported file does not say whether %(many)s got what they came for.", **served)
    return gettext("Not asked yet. The question stands at the end of each visit.")


def small_share(share: Share | None) -> Sentence:
    if share and share.enough:
        return scores.count_of_shortly(share)
    if share and share.total:
        return ngettext("one answer only", "%(num)s answers only", share.total)
    return gettext("not asked yet")


def index_rests_on(index: IndexFigures) -> Sentence:
    return gettext(
        "The areas somebody has seen carry %(share)s of the weight of this journey.", share=percent(index.covered)
    )


def index_over_time(summary: Summary, index: IndexFigures) -> tuple[Sentence, ...]:
    trend = trends.told(summary.over_time, summary.undated)
    if not index.provisional:
        return trend
    return *trend, gettext("<b>Provisional</b>: few ratings, or too little of the journey seen.")


def change_told(change: Change) -> Sentence:
    if change.kind == "verified":
        return gettext("<b>%(name)s</b> is proven.", name=change.name)
    if change.kind == "reopened":
        return gettext("<b>%(name)s</b> was reopened.", name=change.name)
    if change.kind == "shipped":
        return gettext("<b>%(name)s</b> is shipped and being seen again.", name=change.name)
    if change.kind == "fell":
        return gettext("<b>%(name)s</b> fell below its target.", name=change.name)
    if change.kind == "rose":
        return gettext("<b>%(name)s</b> is no longer below its target.", name=change.name)
    return gettext("<b>One serious case</b>: %(kind)s, %(name)s.", kind=SERIOUS_KINDS[change.serious], name=change.name)


def no_change(summary: Summary) -> Sentence:
    if summary.imported:
        return gettext("Imported answers tell no news.")
    return gettext("Nothing has changed its verdict in 30 days.")


def open_improvements(count: int) -> Sentence:
    return ngettext("One improvement is open", "%(num)s improvements are open", count)


def unknown_told(unknown: Unknown, served: Served) -> Sentence:
    """One thing we do not know; blindspots.py finds them."""
    if unknown.kind == "customers_not_asked":
        return gettext("<b>What %(many)s say themselves</b>: nobody has asked them by QR code.", **served)
    if unknown.kind == "channel":
        return gettext("<b>%(channel)s</b>: nobody has looked.", channel=opening(channel_name(unknown.channel or "")))
    if unknown.kind == "areas":
        return ngettext(
            "<b>One area</b> of the journey map nobody has looked at.",
            "<b>%(num)s areas</b> of the journey map nobody has looked at.",
            unknown.count,
        )
    if unknown.kind == "late_hours":
        return gettext(
            "<b>Afternoons and evenings</b>: %(count)s of %(total)s visits were before 14:00.",
            count=unknown.count,
            total=unknown.total,
        )
    if unknown.kind == "thin" and isinstance(unknown.name, dict):
        return ngettext(
            "<b>%(place)s</b>: %(num)s visit only.",
            "<b>%(place)s</b>: %(num)s visits only.",
            unknown.count,
            place=place(unknown.name, unknown.channel or ""),
        )
    return _ALWAYS_UNKNOWN.get(unknown.kind, NEVER_CAME)


def what_gives_way(binding: Level | None) -> Sentence:
    """Of the pyramid as a whole."""
    if binding is None:
        return gettext("No level as a whole is very likely below its target.")
    if binding == "utility":
        return gettext("The base fails first. Being on time and complete matters more than being charming.")
    return gettext("%(level)s fails first; the levels below hold.", level=LEVELS[binding])


def departments(summary: Summary) -> Sentence:
    invited = max(summary.departments_invited, len(summary.departments))
    return gettext("%(active)s of %(invited)s departments", active=summary.departments_active, invited=invited)


def how_to_read_it(summary: Summary) -> tuple[Sentence, ...]:
    """The small print: what an interval means, and what all this comes from."""
    return (
        gettext(
            "“Most likely” means a 90%% interval: the shaded bar holds the true value nine times in ten, "
            "the darker the likelier."
        ),
        _source(summary),
    )


def feeling(point: EmotionPoint) -> Sentence:
    """At one touchpoint, for those who hear the curve."""
    if point.mean is None:
        return gettext("not seen")
    mean = f"{point.mean:+.1f}".replace("-", "−")
    return gettext("%(mean)s, %(observations)s", mean=mean, observations=scores.observations(point.rows))


def _headline(summary: Summary, served: Served) -> Sentence:
    if summary.got and summary.got.enough:
        return _how_many_get_it(summary.got, served)
    if summary.failing:
        return ngettext(
            "One area is very likely below target.", "%(num)s areas are very likely below target.", summary.failing
        )
    if any(area.verdict != "not_enough_evidence" for area in summary.furthest):
        return gettext("No area is very likely below target.")
    return gettext("Too little has been seen to judge.")


def _how_many_get_it(got: Share, served: Served) -> Sentence:
    if got.for_a_headline:
        return gettext("%(share)s of %(many)s get what they came for.", share=percent(got.value or 0.0), **served)
    if got.count == got.total:
        return gettext("All %(many)s who were asked got what they came for.", **served)
    if got.count == 0:
        return gettext("None of the %(many)s who were asked got what they came for.", **served)
    if 2 * got.count > got.total:
        return gettext("Most of the %(many)s who were asked got what they came for.", **served)
    if 2 * got.count == got.total:
        return gettext("Half of the %(many)s who were asked got what they came for.", **served)
    return gettext("Fewer than half of the %(many)s who were asked got what they came for.", **served)


def _source(summary: Summary) -> Sentence:
    if summary.imported:
        return ngettext(
            "From one imported rating.", "From %(count)s imported ratings.", summary.rows, count=summary.rows
        )
    return ngettext(
        "From one shadowed visit; lenient and harsh observers are evened out.",
        "From %(count)s shadowed visits; lenient and harsh observers are evened out.",
        summary.visits,
        count=summary.visits,
    )


_ALWAYS_UNKNOWN = {
    "one_observer": gettext("<b>One observer</b> saw everything: whether a harsh eye or a mild one, nobody can tell."),
    "one_pseudo_observer": gettext(
        "<b>Who answered</b>: the file names nobody, so harsh and mild answers cannot be evened out."
    ),
    "undated": gettext("<b>When</b>: the answers carry no dates, so nothing can be said about change."),
}
