"""What the register says of promises and how they are kept. Pure."""

from __future__ import annotations

from shadowing.authoring.promises.pages import Promise, RegisterPage
from shadowing.core.clock import parse_day
from shadowing.core.sentences import Sentence, gettext, ngettext


def how_many_broken(page: RegisterPage) -> tuple[Sentence, ...]:
    """What the register opens with."""
    told = []
    if page.broken:
        told.append(
            ngettext(
                "<b>%(num)s of %(total)s promises is broken more often than it should be.</b>",
                "<b>%(num)s of %(total)s promises are broken more often than they should be.</b>",
                page.broken,
                total=len(page.promises),
            )
        )
    elif page.promises:
        told.append(gettext("<b>No promise is surely broken too often.</b>"))
    if page.nobodys:
        told.append(ngettext("One was made by nobody we know.", "%(num)s were made by nobody we know.", page.nobodys))
    return (*told, gettext("A promise is kept or corrected; nothing else."))


def decided(promise: Promise) -> Sentence:
    """Where it stands, in a few words."""
    if promise.decision:
        what = gettext("keep it") if promise.decision.what == "keep" else gettext("correct it")
        return gettext("%(what)s · %(who)s", what=what, who=promise.decision.who)
    if promise.verdict == "healthy":
        return gettext("kept")
    if promise.verdict != "not_enough_evidence":
        return gettext("open since %(day)s", day=parse_day(promise.seen.days[0]))
    if promise.nobodys:
        return gettext("whose is it?")
    return gettext("too few to say") if promise.seen.answers else gettext("to be probed")


def how_often_seen(promise: Promise) -> Sentence:
    answers = promise.seen.answers
    return ngettext("seen once", "seen %(num)s times", answers) if answers else gettext("not seen yet")


def how_it_was_kept(promise: Promise, days: int) -> tuple[Sentence, ...]:
    """days: how far back answers are counted."""
    seen = promise.seen
    if not seen.answers:
        return (gettext("Nobody has seen yet whether it is kept."),)
    told = [
        gettext(
            "Kept %(kept)s, broken %(broken)s, not seen %(none)s times in %(days)s days.",
            kept=seen.kept,
            broken=seen.broken,
            none=seen.not_seen,
            days=days,
        )
    ]
    if seen.days:
        last = parse_day(seen.days[-1])
        told.append(
            ngettext(
                "Broken on %(num)s day, %(last)s.",
                "Broken on %(num)s days, last on %(last)s.",
                len(seen.days),
                last=last,
            )
        )
    if promise.verdict == "underperforming":
        told.append(gettext("<b>We promise more than we keep.</b>"))
    return tuple(told)


def what_keeping_does(open_items: int) -> Sentence:
    """open_items: improvements that are open at its place."""
    if not open_items:
        return gettext("Opens an improvement with this evidence.")
    return ngettext(
        "Joins the improvement that is open there.",
        "Joins the first of %(num)s improvements that are open there.",
        open_items,
    )
