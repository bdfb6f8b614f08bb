"""The register in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import IMPROVEMENT_STATES
from shadowing.summary.decided.figures import DecisionsPage, Fate, Outcome

ANSWERED: Mapping[str, Sentence] = {"yes": gettext("Yes"), "no": gettext("No"), "ask": gettext("Asked back")}
#: Also what can be filtered by.
OUTCOMES: Mapping[Outcome, Sentence] = {
    "proven": gettext("Proven"),
    "proving": gettext("Being proven"),
    "working": gettext("In work"),
    "fell_back": gettext("Worked, then fell back"),
    "not_better": gettext("Shipped, and not better"),
    "declined": gettext("Declined"),
    "too_little": gettext("Too little was known"),
    "replied": gettext("Asked, and answered"),
    "unanswered": gettext("Asked, no answer yet"),
    "open": gettext("It waits to be decided again"),
    "merged": gettext("Goes on in another one"),
    "nothing": gettext("No improvement yet"),
    "taken_back": gettext("Taken back"),
}
#: The verdict whose sign stands beside it; the others have none.
SIGNS: Mapping[Outcome, str] = {
    "proven": "healthy",
    "fell_back": "underperforming",
    "not_better": "underperforming",
    "proving": "not_enough_evidence",
    "working": "not_enough_evidence",
    "too_little": "not_enough_evidence",
}


def how_many(page: DecisionsPage) -> tuple[Sentence, ...]:
    """Over the register: answers, and what became of them."""
    if not page.rows:
        return (gettext("Nothing was decided under a name yet.") if not page.whole else gettext("None of these."),)
    told = [
        gettext("<b>%(answers)s: %(counts)s.</b>", answers=_answers(page), counts=tuple(_by_answer(page)))
        if _by_answer(page)
        else gettext("<b>%(answers)s.</b>", answers=_answers(page))
    ]
    fates = _by_outcome(page)
    told.append(gettext("Of them %(counts)s.", counts=tuple(fates)) if fates else gettext("None is proven so far."))
    return tuple(told)


def became(fate: Fate) -> tuple[Sentence, ...]:
    """What became of it so far."""
    if fate.outcome == "proving" and fate.planned:
        return (gettext("Being proven, %(done)s of %(planned)s visits", done=fate.done, planned=fate.planned),)
    if fate.outcome == "proven" and fate.before and fate.after:
        return (gettext("<b>Proven</b>: %(before)s to %(after)s", before=fate.before.shown, after=fate.after.shown),)
    if fate.outcome == "working" and fate.state:
        return (_work(fate),)
    return (OUTCOMES[fate.outcome],)


def _work(fate: Fate) -> Sentence:
    state: Value = IMPROVEMENT_STATES[fate.state] if fate.state else ""
    if fate.owner and fate.due_on:
        return gettext("%(state)s, %(owner)s, by %(day)s", state=state, owner=fate.owner, day=fate.due_on)
    if fate.owner:
        return gettext("%(state)s, %(owner)s", state=state, owner=fate.owner)
    return gettext("%(state)s, nobody owns it", state=state)


def _answers(page: DecisionsPage) -> Sentence:
    return ngettext("%(num)s answer", "%(num)s answers", len(page.rows))


def _by_answer(page: DecisionsPage) -> list[Value]:
    yes, no, ask = (page.answered(name) for name in ("yes", "no", "ask"))
    counts = (
        (yes, ngettext("one yes", "%(num)s yes", yes)),
        (no, ngettext("one no", "%(num)s no", no)),
        (ask, ngettext("one asked back", "%(num)s asked back", ask)),
    )
    return [told for count, told in counts if count]


def _by_outcome(page: DecisionsPage) -> list[Value]:
    proven, fell, little = (page.became(name) for name in ("proven", "fell_back", "too_little"))
    counts = (
        (proven, ngettext("one is proven", "%(num)s are proven", proven)),
        (fell, ngettext("one worked and fell back", "%(num)s worked and fell back", fell)),
        (little, ngettext("one was decided on too little", "%(num)s were decided on too little", little)),
    )
    return [told for count, told in counts if count]
