"""One cause at two channels, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.figures import CoveredArea
from shadowing.backlog.same_cause.figures import SameCause
from shadowing.core.sentences import Sentence, gettext, listed, ngettext
from shadowing.core.vocabulary import FACTORS, LEVELS, REASONS, Words
from shadowing.journeys.wording import channel_name, place


def looks_like_one(same: SameCause) -> Sentence:
    """Why the two may be one, with its counts."""
    shared, where = same.shared, {"channel": channel_name(same.channel), "level": LEVELS[same.level]}
    if shared.kind is None:
        return gettext(
            "The same by another channel (%(channel)s): %(total)s low ratings of %(level)s there, too. "
            "Too few say why to compare the causes.",
            total=shared.total,
            **where,
        )
    return gettext(
        "The same by another channel (%(channel)s): %(count)s of %(total)s low ratings of %(level)s there "
        "also name “%(cause)s”.",
        count=shared.count,
        total=shared.total,
        cause=_cause(same),
        **where,
    )


def other(same: SameCause) -> Sentence:
    """The name of the other one, or level and place until somebody gives it one."""
    if same.title:
        return listed(same.title)
    return gettext("%(level)s: %(place)s", level=LEVELS[same.level], place=place(same.touchpoint, same.channel))


def covers(areas: tuple[CoveredArea, ...]) -> Sentence:
    """Of one that took in others: how many areas it stands for."""
    return ngettext("It covers one area", "It covers %(num)s areas", len(areas))


def where_proof_is(areas: tuple[CoveredArea, ...]) -> Sentence:
    """Whether it worked is known of one of them alone."""
    return gettext(
        "Evidence counts from all of them. Once it is live, the visits that prove it look at %(place)s alone; "
        "what is still short at the others afterwards is proposed anew.",
        place=place(areas[0].touchpoint, areas[0].channel),
    )


def and_more(areas: tuple[CoveredArea, ...]) -> Sentence:
    """In a list, beside the area of its own."""
    return ngettext("and one more area", "and %(num)s more areas", len(areas) - 1)


def _cause(same: SameCause) -> Words:
    if same.shared.kind == "reason":
        return REASONS[same.level][same.shared.slug]
    return FACTORS[same.shared.slug]
