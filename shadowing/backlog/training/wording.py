"""What trainings say, in sentences. Never a name of who was seen or of who saw it. Pure."""

from __future__ import annotations

from shadowing.backlog.training.figures import PlannedTraining, SideOfTraining, StandardLift, TrainingsPage
from shadowing.core.formatting import percent
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.scoring.statistics.proportions import Share


def people_hurt(share: Share) -> Sentence:
    """Why a training is proposed."""
    return gettext(
        "In %(count)s of %(total)s low ratings people hurt it (at least %(low)s).",
        count=share.count,
        total=share.total,
        low=percent(share.low),
    )


def whom_and_when(training: PlannedTraining) -> Sentence:
    if training.held_on:
        return gettext("For %(whom)s, held on %(day)s.", whom=_whom(training), day=training.held_on)
    if training.step.due_on:
        return gettext("For %(whom)s, on %(day)s.", whom=_whom(training), day=training.step.due_on)
    return gettext("For %(whom)s; no date yet.", whom=_whom(training))


def before(lift: StandardLift) -> Sentence:
    """While the training is ahead: so far."""
    share = lift.before
    if lift.since is None:
        if not share.total:
            return gettext("never checked so far")
        if not share.enough:
            return gettext("%(count)s of %(total)s so far, too few to say", count=share.count, total=share.total)
        return gettext("%(count)s of %(total)s so far (%(low)s to %(high)s)", **_counts(share))
    if not share.total:
        return gettext("never checked before")
    if not share.enough:
        return gettext("%(count)s of %(total)s before, too few to say", count=share.count, total=share.total)
    return gettext("%(count)s of %(total)s before (%(low)s to %(high)s)", **_counts(share))


def since(share: Share) -> Sentence:
    if not share.total:
        return gettext("not checked since")
    if not share.enough:
        return gettext("%(count)s of %(total)s since, too few to say", count=share.count, total=share.total)
    return gettext("%(count)s of %(total)s since (%(low)s to %(high)s)", **_counts(share))


def moved(lift: StandardLift) -> Sentence | None:
    """None while nobody can say."""
    if lift.moved == "more":
        return gettext("Kept more often since.")
    if lift.moved == "less":
        return gettext("Kept less often since.")
    return gettext("No clear change.") if lift.moved == "unclear" else None


def how_many(page: TrainingsPage) -> tuple[Sentence, ...]:
    """Over the list: what is ahead, what was held, and what moved."""
    told = []
    if page.ahead:
        told.append(ngettext("One training is ahead.", "%(num)s trainings are ahead.", len(page.ahead)))
    if page.held:
        told.append(ngettext("One was held.", "%(num)s were held.", len(page.held)))
        told.append(_lifted(page))
    return tuple(told)


def side_told(side: SideOfTraining) -> Sentence:
    """Over the list of its observations."""
    if not side.held:
        return gettext("so far, ahead of the training “%(what)s”", what=side.what)
    if side.side == "since":
        return gettext("since the training “%(what)s”", what=side.what)
    return gettext("before the training “%(what)s”", what=side.what)


def _whom(training: PlannedTraining) -> Value:
    return training.departments or gettext("everybody who works there")


def _lifted(page: TrainingsPage) -> Sentence:
    more, less = page.lifted("more"), page.lifted("less")
    if not more and not less:
        return gettext("No standard has clearly moved yet.")
    if less:
        return gettext(
            "Of %(all)s standards %(more)s are kept more often since, %(less)s less often.",
            all=page.followed,
            more=more,
            less=less,
        )
    return gettext("Of %(all)s standards %(more)s are kept more often since.", all=page.followed, more=more)


def _counts(share: Share) -> dict[str, int | str]:
    return {"count": share.count, "total": share.total, "low": percent(share.low), "high": percent(share.high)}
