"""Questions in words. Pure."""

from __future__ import annotations

from datetime import datetime

from shadowing.core.sentences import Duration, Sentence, Told, Value, gettext, listed, ngettext
from shadowing.core.vocabulary import IMPROVEMENT_STATES, LEVELS, SERIOUS_KINDS
from shadowing.journeys.wording import Served, place
from shadowing.scoring.statistics.proportions import FEWEST_IN_A_HEADLINE, Share
from shadowing.summary.questions.figures import Cost, Question, WeekAsked

_HOW_MANY = {
    1: gettext("One decision this week"),
    2: gettext("Two decisions this week"),
    3: gettext("Three decisions this week"),
}


def how_many(week: WeekAsked) -> Sentence:
    """Over the questions; what is answered stays until the week ends."""
    return _HOW_MANY.get(len(week.questions)) or gettext("No decision waits this week")


def unowned(week: WeekAsked) -> Sentence:
    """Also a link to these."""
    return ngettext("One has no owner", "%(num)s have no owner", week.unowned)


def position(number: int, of: int) -> Sentence:
    return gettext("%(number)s of %(of)s, next", number=number, of=of)


def asked(question: Question) -> Sentence:
    """What is to be decided."""
    if question.kind == "promise":
        return gettext("Keep or correct “%(text)s”?", text=question.title or "")
    what = listed(question.title) if question.title else _level_and_place(question)
    if question.need == "unowned":
        return gettext("Go on, with whom? %(what)s", what=what)
    if question.need == "conflict":
        return gettext("Although the lenses pull apart? %(what)s", what=what)
    return gettext("%(what)s?", what=what) if question.title else gettext("Improve it? %(what)s", what=what)


def if_nothing(question: Question, served: Served) -> Told:
    """What it costs to do nothing, from what was seen and how many come."""
    cost = question.cost
    if question.kind == "promise":
        return _broken(question)
    if question.serious:
        return gettext("it can happen to the next %(one)s: %(kind)s", kind=SERIOUS_KINDS[question.serious], **served)
    told = _waiting(cost, served) if cost.limit is not None else _let_down(question, served)
    return (told, gettext("(how many come is assumed)")) if cost.a_week and cost.assumed else told


def best_proof(question: Question) -> Sentence:
    """Who has seen it."""
    proof = question.proof
    if question.kind == "promise":
        return gettext("%(seen)s, %(days)s", seen=_times(proof.visits), days=_broken_days(proof.days))
    if not proof.visits:
        return gettext("nobody has seen it yet")
    return gettext(
        "%(visits)s by %(observers)s, grade %(grade)s",
        visits=ngettext("one visit", "%(num)s visits", proof.visits),
        observers=ngettext("%(num)s observer", "%(num)s observers", proof.observers),
        grade=proof.grade,
    )


def whose(question: Question) -> Sentence:
    """Owner and day, or that there are none."""
    if question.owner is None:
        return gettext("nobody yet")
    if question.due_on is None:
        return gettext("%(owner)s, no date yet", owner=question.owner)
    return gettext("%(owner)s, by %(day)s", owner=question.owner, day=question.due_on)


def settled(question: Question) -> Sentence:
    """Of what needs no word any more although nobody said one here."""
    if question.state is None:
        return gettext("It is kept well enough by now.")
    return gettext("Decided elsewhere: %(state)s", state=IMPROVEMENT_STATES[question.state])


def waiting(week: WeekAsked, now: datetime) -> tuple[Sentence, ...]:
    """Over the register: how many wait for an answer, the oldest for how long."""
    left = week.waiting
    told = [
        ngettext("<b>One question waits for an answer</b>", "<b>%(num)s questions wait for an answer</b>", len(left))
    ]
    since = min((each.since for each in left if each.since), default=None)
    if since is not None and (days := (now - since).days) > 0:
        told = [
            ngettext(
                "%(waiting)s, the oldest for %(num)s day.",
                "%(waiting)s, the oldest for %(num)s days.",
                days,
                waiting=told[0],
            )
        ]
    else:
        told = [gettext("%(waiting)s.", waiting=told[0])]
    return tuple(told)


def what_yes_does(question: Question) -> Sentence:
    """Beside the choice."""
    if question.need == "unowned":
        return gettext("It goes on and belongs to whom you name; they are told.")
    if question.need == "conflict" and question.state == "accepted":
        return gettext("Work starts, with your reason.")
    return gettext("It is accepted and its owner is told.")


def _waiting(cost: Cost, served: Served) -> Sentence:
    share, limit = cost.share, Duration(cost.limit or 0)
    if cost.a_week:
        return gettext("about %(count)s %(many)s a week wait over %(limit)s", count=cost.a_week, limit=limit, **served)
    if share is None or share.count == share.total:
        return gettext("all who were watched wait over %(limit)s", limit=limit)
    if share.total < FEWEST_IN_A_HEADLINE:
        if _most(share):
            return gettext("most of the few who were watched wait over %(limit)s", limit=limit)
        return gettext("some of the few who were watched wait over %(limit)s", limit=limit)
    return gettext("%(count)s of %(total)s wait over %(limit)s", count=share.count, total=share.total, limit=limit)


def _let_down(question: Question, served: Served) -> Sentence:
    cost, level = question.cost, LEVELS[question.level] if question.level else ""
    share = cost.share
    if cost.a_week:
        return gettext(
            "about %(count)s %(many)s a week are let down here (%(level)s)", count=cost.a_week, level=level, **served
        )
    if share is None:
        return _stays(question)
    if share.count == share.total:
        return gettext("all who were watched are let down here (%(level)s)", level=level)
    if share.total < FEWEST_IN_A_HEADLINE:
        if _most(share):
            return gettext("most of the few who were watched are let down here (%(level)s)", level=level)
        return gettext("some of the few who were watched are let down here (%(level)s)", level=level)
    return gettext(
        "%(count)s of %(total)s are let down here (%(level)s)", count=share.count, total=share.total, level=level
    )


def _stays(question: Question) -> Sentence:
    """Where too few ratings make no share."""
    estimate = question.cost.estimate
    if estimate is None or estimate.target_shown is None or question.level is None:
        return gettext("nobody can say yet")
    return gettext(
        "%(level)s stays at %(score)s, %(target)s is wanted",
        level=LEVELS[question.level],
        score=estimate.shown,
        target=estimate.target_shown,
    )


def _broken(question: Question) -> Sentence:
    share = question.cost.share
    if share is None:
        return gettext("nobody can say yet")
    if share.total >= FEWEST_IN_A_HEADLINE:
        return gettext("broken %(count)s times of %(total)s", count=share.count, total=share.total)
    return gettext("broken more often than kept") if _most(share) else gettext("broken too often")


def _most(share: Share) -> bool:
    return 2 * share.count > share.total


def _times(count: int) -> Sentence:
    return ngettext("seen once", "seen %(num)s times", count)


def _broken_days(count: int) -> Sentence:
    return ngettext("broken on one day", "broken on %(num)s days", count)


def _level_and_place(question: Question) -> Value:
    where = place(question.touchpoint, question.channel)
    return gettext("%(level)s: %(place)s", level=LEVELS[question.level], place=where) if question.level else where
