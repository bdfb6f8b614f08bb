"""Proposals in words. Pure."""

from __future__ import annotations

from shadowing.backlog.figures import BacklogPage, ImprovementRow
from shadowing.backlog.triage.figures import Answered, ComesFrom, InHand, RelatedItem, TriagePage
from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES, chance
from shadowing.core.gettext_noop import N_
from shadowing.core.sentences import Sentence, gettext, listed, ngettext
from shadowing.journeys.wording import Served

_ORIGINS = {
    "seen": N_("From what was seen"),
    "idea": N_("From an idea that was noted"),
    "good_practice": N_("From something worth copying"),
    "promise": N_("From a promise"),
    "handover": N_("From a hand-over"),
    "own_wish": N_("A wish of one’s own"),
}


def how_many(page: TriagePage) -> Sentence:
    """The title of the page."""
    if not page.queue:
        return gettext("Nothing to decide")
    return ngettext("One proposal to decide", "%(num)s proposals to decide", len(page.queue))


def how_long(page: TriagePage) -> tuple[Sentence, ...]:
    """Under it: what has waited, and why the first one is first."""
    told = []
    if page.waited_long:
        told.append(
            ngettext(
                "<b>One has waited longer than a week.</b>",
                "<b>%(num)s have waited longer than a week.</b>",
                page.waited_long,
            )
        )
    if len(page.queue) > 1:
        told.append(gettext("The base of the pyramid comes first."))
    return tuple(told)


def position(page: TriagePage) -> Sentence:
    return gettext("%(number)s of %(of)s", number=page.number, of=len(page.queue))


def how_sure(hand: InHand) -> Sentence:
    """How likely it is below its target; in words only while little was seen."""
    if hand.estimate is None or hand.estimate.target_shown is None:
        return gettext("Nobody has looked here yet.")
    if hand.rows < LEAST_ROWS_FOR_FIGURES:
        return gettext(
            "Too little was seen to say how likely it is below %(target)s.", target=hand.estimate.target_shown
        )
    return gettext(
        "<b>%(chance)s likely below %(target)s.</b>", chance=chance(hand.probability), target=hand.estimate.target_shown
    )


def how_many_come(hand: InHand, served: Served) -> Sentence | None:
    if hand.reach is None:
        return None
    return gettext("%(reach)s %(many)s a month", reach=hand.reach, **served)


def origin(known: ComesFrom) -> Sentence | None:
    """Where it comes from, by whom."""
    if known.origin is None:
        return None
    told = gettext(_ORIGINS[known.origin])
    if known.author and known.at:
        return gettext("%(origin)s, proposed by %(who)s on %(day)s", origin=told, who=known.author, day=known.at)
    return told


def related(item: RelatedItem) -> Sentence:
    """Its name, or its number where nobody named it."""
    return listed(item.title) if item.title else gettext("Improvement %(number)s", number=item.id)


def answered(answer: Answered) -> tuple[Sentence, ...]:
    """What became of a proposal of one's own."""
    name = answer.title or gettext("Improvement %(number)s", number=answer.id)
    if answer.state == "declined":
        told = gettext("%(who)s declined “%(title)s” on %(day)s.", who=answer.who, title=name, day=answer.at)
        return (told, gettext("Why: %(reason)s", reason=answer.reason)) if answer.reason else (told,)
    if answer.state == "merged":
        return (gettext("%(who)s merged “%(title)s” on %(day)s.", who=answer.who, title=name, day=answer.at),)
    return (gettext("%(who)s accepted “%(title)s” on %(day)s.", who=answer.who, title=name, day=answer.at),)


def counter(name: str, page: BacklogPage) -> Sentence:
    """A count over the list, and the link to what it counts."""
    count = len(page.counted(name))
    if name == "unowned":
        return ngettext("%(num)s without owner", "%(num)s without owner", count)
    if name == "overdue":
        return ngettext("%(num)s overdue", "%(num)s overdue", count)
    return ngettext("%(num)s waiting for proof", "%(num)s waiting for proof", count)


def to_decide(page: BacklogPage) -> Sentence:
    return ngettext("Decide about %(num)s", "Decide about %(num)s", page.to_decide)


def put_off(count: int) -> Sentence:
    return ngettext("One put off", "%(num)s put off", count)


def comes_back(item: ImprovementRow) -> Sentence:
    assert item.snoozed_until is not None
    return gettext("back on %(day)s, or earlier when the area gets clearly worse", day=item.snoozed_until)
