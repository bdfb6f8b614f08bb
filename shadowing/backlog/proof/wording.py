"""What the proof of a fix says, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.proof.figures import ChangeFigure, LaterCheck, Proof, WhoSaw
from shadowing.core.formatting import signed
from shadowing.core.gettext_noop import N_
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LEVELS

_HEADLINES = {
    "early": N_("Too early to say."),
    "improved": N_("It worked."),
    "worse": N_("It got worse."),
    "no_relevant_change": N_("No relevant change."),
    "no_change_shown": N_("No change shown."),
    "fell_back": N_("It worked, then it fell back."),
    "afresh": N_("There is nothing to compare with."),
    "unproven": N_("The fix is not proven."),
}
_CHECKS = {
    "ahead": N_("still ahead"),
    "held": N_("it holds"),
    "unseen": N_("nobody looked often enough"),
    "fell": N_("fallen back"),
}


def headline(proof: Proof) -> Sentence:
    if proof.outcome == "improved" and not proof.on_target:
        return gettext("It worked, and is not yet enough.")
    message = _HEADLINES[proof.outcome]
    return gettext(message)


def what_was_found(proof: Proof) -> tuple[Sentence, ...]:
    """Under the headline."""
    told: list[Sentence] = []
    if proof.outcome == "early":
        told = [*_so_far(proof), gettext("A chance is given after the last one, none before.")]
    elif proof.outcome == "afresh":
        told = [
            gettext(
                "Fewer than three ratings are known from before. From the third visit on the place is judged afresh."
            )
        ]
    elif proof.outcome == "unproven":
        told = [
            gettext(
                "%(done)s of %(planned)s visits have come in 180 days. The place stands as before.",
                **_of_planned(proof),
            )
        ]
    elif proof.change is not None:
        told = [*_rose_or_fell(proof.change), *_next(proof)]
    if proof.outcome == "fell_back" and proof.since is not None:
        told.append(_lost(proof.since))
    if proof.pilot:
        told.append(gettext("So far it is live at %(sites)s; the other sites stand beside it.", sites=proof.pilot))
    return tuple(told)


def visits_in(proof: Proof) -> Sentence:
    return gettext("%(done)s of %(planned)s visits", **_of_planned(proof))


def visits_to_go(proof: Proof) -> Sentence:
    """Over the list of what is planned."""
    left = max(0, proof.planned - proof.done)
    return ngettext("One visit to go", "%(num)s visits to go", left)


def none_planned(proof: Proof) -> Sentence | None:
    """Of those that nobody has planned yet; None when all are."""
    if not proof.missing:
        return None
    if proof.coming:
        return ngettext("One more is needed.", "%(num)s more are needed.", proof.missing)
    return ngettext(
        "It needs one visit, and none is planned.", "It needs %(num)s visits, and none is planned.", proof.missing
    )


def the_sum(change: ChangeFigure) -> Sentence:
    """So that anybody can add it up."""
    return gettext(
        "<b>%(after)s</b> after − <b>%(before)s</b> before − <b>%(elsewhere)s</b> risen everywhere meanwhile = "
        "<b>%(change)s</b>",
        after=change.after,
        before=change.before,
        elsewhere=_minus(change.elsewhere),
        change=signed(change.value),
    )


def the_sum_since(change: ChangeFigure) -> Sentence:
    return gettext(
        "<b>%(after)s</b> now − <b>%(before)s</b> when proven − <b>%(elsewhere)s</b> risen everywhere meanwhile = "
        "<b>%(change)s</b>",
        after=change.after,
        before=change.before,
        elsewhere=_minus(change.elsewhere),
        change=signed(change.value),
    )


def how_to_read_it(proof: Proof, change: ChangeFigure) -> Sentence:
    """Under the drawing of the change."""
    if change.decided:
        return gettext(
            "<b>Shaded bar:</b> the verdict at the %(visits)s visits agreed beforehand. <b>Thin line:</b> holds "
            "however often one looks; it alone was shown until then.",
            visits=proof.planned,
        )
    return gettext(
        "The thin line holds however often one looks: from %(low)s to %(high)s. How many visits decide was agreed "
        "before the first of them.",
        low=signed(change.always_low),
        high=signed(change.always_high),
    )


def change_told(name: Value, change: ChangeFigure) -> Sentence:
    """The drawing, for those who hear it."""
    low, high = (change.low, change.high) if change.decided else (change.always_low, change.always_high)
    return gettext(
        "%(name)s: %(change)s points, most likely between %(low)s and %(high)s",
        name=name,
        change=signed(change.value),
        low=signed(low),
        high=signed(high),
    )


def level_here(change: ChangeFigure) -> Sentence:
    return gettext("%(level)s, here", level=LEVELS[change.level])


def side_effects(proof: Proof) -> Sentence:
    """Under what else moved."""
    worse = tuple(LEVELS[each.level] for each in proof.others if each.decided and each.high < 0)
    if worse:
        return gettext("<b>Side effect:</b> %(levels)s got worse.", levels=worse)
    return gettext("No side effect is shown.")


def who_saw_it(who: WhoSaw) -> tuple[Sentence, ...]:
    """One line each."""
    told = [
        _observers(who),
        gettext("<b>Blind:</b> %(blind)s of %(ratings)s did not know of the fix", blind=who.blind, ratings=who.ratings),
    ]
    if who.hours and who.before:
        told.append(
            gettext(
                "Between %(from)s and %(until)s; before it was between %(then)s and %(last)s",
                **{"from": who.hours[0], "until": who.hours[1], "then": who.before[0], "last": who.before[1]},
            )
        )
    if who.own:
        told.append(
            ngettext(
                "One rating of the owner or of whoever shipped it is scored, but proves nothing",
                "%(num)s ratings of the owner or of whoever shipped it are scored, but prove nothing",
                who.own,
            )
        )
    return tuple(told)


def check_told(check: LaterCheck) -> Sentence:
    message = _CHECKS[check.state]
    return gettext(message)


def ratings_of_check(check: LaterCheck) -> Sentence:
    return ngettext("One visit since", "%(num)s visits since", check.ratings)


def _observers(who: WhoSaw) -> Sentence:
    if who.departments > 1:
        return gettext(
            "<b>%(observers)s observers from %(departments)s departments</b>",
            observers=who.observers,
            departments=who.departments,
        )
    return ngettext("<b>One observer</b>", "<b>%(num)s observers</b>", who.observers)


def _blind(who: WhoSaw) -> Sentence:
    return gettext(
        "<b>Blind:</b> %(blind)s of %(ratings)s did not know of the fix", blind=who.blind, ratings=who.ratings
    )


def _so_far(proof: Proof) -> list[Sentence]:
    if not proof.done:
        return [
            ngettext("One visit is to decide, none is in.", "%(num)s visits are to decide, none is in.", proof.planned)
        ]
    return [gettext("%(done)s of %(planned)s visits are in.", **_of_planned(proof))]


def _rose_or_fell(change: ChangeFigure) -> list[Sentence]:
    return [
        gettext(
            "%(before)s before, %(after)s after: <b>%(change)s points</b> against everywhere else, most likely between "
            "%(low)s and %(high)s.",
            before=change.before,
            after=change.after,
            change=signed(change.value),
            low=signed(change.low),
            high=signed(change.high),
        )
    ]


def _next(proof: Proof) -> list[Sentence]:
    if proof.outcome == "improved" and not proof.on_target:
        return [gettext("The target of %(target)s is not reached.", target=proof.target or 0)]
    if proof.outcome in ("worse", "no_relevant_change", "no_change_shown"):
        return [gettext("The improvement is open again.")]
    return []


def _lost(since: ChangeFigure) -> Sentence:
    return gettext(
        "Since then <b>%(change)s points</b>, at all events between %(low)s and %(high)s. It opened again by itself.",
        change=signed(since.value),
        low=signed(since.always_low),
        high=signed(since.always_high),
    )


def _minus(points: int) -> Value:
    return points if points >= 0 else gettext("(%(points)s)", points=signed(points))


def _of_planned(proof: Proof) -> dict[str, Value]:
    return {"done": proof.done, "planned": proof.planned}
