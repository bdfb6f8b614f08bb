"""What the figures of improvements say, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.figures import BacklogPage, ImprovementPage, ImprovementRow, Lenses
from shadowing.backlog.history.figures import Event
from shadowing.backlog.triage.history import OF_TRIAGE, happened
from shadowing.core.sentences import Sentence, Value, gettext, listed, ngettext
from shadowing.core.vocabulary import LENSES, LEVELS
from shadowing.journeys.wording import Served, place


def how_many_are_open(page: BacklogPage) -> tuple[Sentence, ...]:
    """The sentence over the backlog."""
    told = [gettext("%(counts)s.", counts=tuple(_counts(page)))]
    if page.crowded:
        touchpoint, count = page.crowded
        told.append(gettext("“%(touchpoint)s” alone has %(count)s.", touchpoint=touchpoint, count=count))
    if page.unowned:
        told.append(ngettext("One has no owner yet.", "%(num)s have no owner yet.", page.unowned))
    return tuple(told)


def title(item: ImprovementRow) -> Sentence:
    """Its own, or level and place until somebody gives it one."""
    if item.title:
        return listed(item.title)
    return gettext("%(level)s: %(place)s", level=LEVELS[item.level], place=place(item.touchpoint, item.channel))


def visits_done(item: ImprovementRow) -> Sentence | None:
    """While it is being seen again; None otherwise."""
    if item.state not in ("shipped", "verifying") or not item.visits_planned:
        return None
    return _of_planned(item.visits_done, item.visits_planned)


def before_and_after(item: ImprovementRow) -> Sentence | None:
    """Of what is proven; None otherwise."""
    if item.state != "verified" or not item.before or not item.after:
        return None
    return gettext("%(before)s to %(after)s", before=item.before.shown, after=item.after.shown)


def origin(page: ImprovementPage) -> Sentence:
    """Who or what raised it, and how good the evidence is."""
    if page.item.raised_by == "serious":
        raised = gettext("Raised by a serious observation on %(day)s", day=page.raised_at)
    elif page.item.raised_by == "person":
        raised = gettext("Proposed by a person on %(day)s", day=page.raised_at)
    else:
        raised = gettext("Raised by rule on %(day)s", day=page.raised_at)
    return gettext("%(raised)s, evidence grade %(grade)s", raised=raised, grade=page.grade)


def seen_by(observers: int) -> Sentence:
    return ngettext("Seen by one observer.", "Seen by %(num)s observers.", observers)


def how_it_was_judged() -> Sentence:
    """Under every verdict."""
    return gettext(
        "Compared with a fair estimate from before, corrected for who looked and for what changed everywhere else; "
        "visits of the owner and of whoever shipped it do not count."
    )


def pull_apart(lenses: Lenses) -> Sentence | None:
    """In a list: which two; None while nothing pulls."""
    if lenses.tension != "conflict":
        return None
    return gettext("%(one)s and %(other)s pull apart", **_pulling(lenses))


def tension(lenses: Lenses) -> tuple[Sentence, ...]:
    """On its own page; nothing while the lenses agree."""
    if lenses.tension == "conflict":
        return (
            gettext("Tension: %(one)s and %(other)s.", **_pulling(lenses)),
            gettext("It needs a recorded decision before work starts."),
        )
    if lenses.tension == "pull":
        return (gettext("%(one)s gains more than %(other)s.", **_pulling(lenses)),)
    return ()


def lenses_told(lenses: Lenses) -> Sentence:
    """The drawing of the three, for those who hear it."""
    values = (
        gettext("%(name)s %(score)s", name=name, score=lens_value(lenses.values.get(lens, 0.0)))
        for lens, name in LENSES.items()
    )
    return listed(*values)


def lens_value(value: float) -> str:
    """From −1 to +1 in halves: `0`, `+½`, `−1`."""
    if abs(value) < 0.05:
        return "0"
    return f"{value:+.1f}".replace("-", "−").replace(".0", "").replace("0.5", "½")


def waiting_on_base(page: ImprovementPage) -> Sentence:
    levels = tuple(LEVELS[level] for level in page.waiting_on_base)
    return gettext("<b>Waiting on this base:</b> %(levels)s.", levels=levels)


def waits_for(page: ImprovementPage) -> Sentence:
    """Of an item above a level that is short itself."""
    levels = tuple(LEVELS[level] for level in page.waits_for)
    return gettext("<b>Waiting on the base:</b> %(levels)s is short here. Fix the base first.", levels=levels)


def what_happened(event: Event, served: Served) -> Sentence | None:
    """Where a fact of the history brings no words of its own."""
    if event.kind in OF_TRIAGE:
        return happened(event)
    if event.kind == "evidence_withdrawn":
        return gettext("A %(one)s took back part of the evidence; what was decided stands.", **served)
    return None if event.words or event.after else gettext("changed")


def observations_in_all(count: int) -> Sentence:
    return ngettext("One observation in all", "%(count)s observations in all", count, count=count)


def declined(count: int) -> Sentence:
    return ngettext("One declined, with its reason", "%(num)s declined, with reasons", count)


def _counts(page: BacklogPage) -> list[Value]:
    open_ones = len(page.open)
    told: list[Value] = [
        ngettext("<b>One open</b>", "<b>%(num)s open</b>", open_ones) if open_ones else gettext("<b>Nothing open</b>")
    ]
    if page.waiting_for_proof:
        told.append(gettext("%(count)s waiting to be proved", count=page.waiting_for_proof))
    if page.verified_recently:
        told.append(gettext("%(count)s verified in the last 90 days", count=page.verified_recently))
    return told


def _of_planned(done: int, planned: int) -> Sentence:
    return gettext("%(done)s of %(planned)s visits", done=done, planned=planned)


def _pulling(lenses: Lenses) -> dict[str, Value]:
    one, other = lenses.pulling
    return {"one": LENSES[one], "other": LENSES[other]}
