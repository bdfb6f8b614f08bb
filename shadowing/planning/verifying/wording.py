"""What is said about a fix that goes live, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.planning.verifying.figures import GoLivePage, PlannedSeveral


def what_it_does(page: GoLivePage) -> tuple[Sentence, ...]:
    """Before anybody says that it is live."""
    told = [
        gettext("No score, verdict or count changes by this. From now on each visit moves the number."),
        _who_decides(page),
    ]
    if page.unseen:
        told.append(gettext("They cannot show a change of less than %(points)s points.", points=page.unseen))
    return tuple(told)


def live_and_planned(visits: int) -> Sentence:
    if not visits:
        return gettext("It is live. No visit is planned yet.")
    return ngettext(
        "It is live, and one visit stands in the plan.", "It is live, and %(num)s visits stand in the plan.", visits
    )


def visits_planned(visits: int) -> Sentence:
    if not visits:
        return gettext("None of your sites is open for visits.")
    return ngettext("One visit stands in the plan.", "%(num)s visits stand in the plan.", visits)


def several_planned(found: PlannedSeveral) -> tuple[Sentence, ...]:
    """What was planned, and what was left as it is and why."""
    told = [_newly_planned(found)]
    if found.had:
        told.append(ngettext("One had its visits already.", "%(num)s had theirs already.", found.had))
    if found.not_live:
        told.append(
            ngettext(
                "One is not waiting to be proved, so it needs none.",
                "%(num)s are not waiting to be proved, so they need none.",
                found.not_live,
            )
        )
    if found.nowhere:
        told.append(
            ngettext(
                "For one of them, none of your sites is open for visits.",
                "For %(num)s of them, none of your sites is open for visits.",
                found.nowhere,
            )
        )
    return tuple(told)


def taken_back(cancelled: int) -> Sentence:
    if not cancelled:
        return gettext("Taken back. Every number is as it was.")
    return ngettext(
        "Taken back. Every number is as it was, and one visit is cancelled.",
        "Taken back. Every number is as it was, and %(num)s visits are cancelled.",
        cancelled,
    )


def _newly_planned(found: PlannedSeveral) -> Sentence:
    if not found.planned:
        return gettext("Nothing was planned.")
    visits = visits_planned(found.visits)
    return ngettext("%(num)s improvement: %(visits)s", "%(num)s improvements: %(visits)s", found.planned, visits=visits)


def _who_decides(page: GoLivePage) -> Sentence:
    if not page.compared:
        return gettext("Too little was seen before for a comparison: with the third visit the place is judged afresh.")
    return gettext(
        "%(visits)s visits by other people decide whether it worked. They do not know that anything was changed; "
        "visits of the owner and of whoever says that it is live are scored, but prove nothing.",
        visits=page.planned,
    )
