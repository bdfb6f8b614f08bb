"""The history of an improvement in sentences. Pure."""

from __future__ import annotations

from typing import cast

from shadowing.backlog.history.figures import Event
from shadowing.backlog.wording import lens_value, what_happened
from shadowing.core.clock import parse_day
from shadowing.core.gettext_noop import N_
from shadowing.core.sentences import Sentence, Told, Value, gettext, listed
from shadowing.core.vocabulary import EFFORT_SIZES, LENSES, LEVELS, Level
from shadowing.journeys.wording import Served

#: What became of a field: said for the first time, changed, taken away.
_FIELDS = {
    "owner": (
        N_("%(who)s gave it to %(after)s."),
        N_("%(who)s passed it on from %(before)s to %(after)s."),
        N_("%(who)s took it from %(before)s; nobody owns it."),
    ),
    "due": (
        N_("%(who)s set the date: %(after)s."),
        N_("%(who)s moved the date from %(before)s to %(after)s."),
        N_("%(who)s took the date away; it was %(before)s."),
    ),
    "effort": (
        N_("%(who)s judged the effort: %(after)s."),
        N_("%(who)s changed the effort from %(before)s to %(after)s."),
        N_("%(who)s took the effort away; it was %(before)s."),
    ),
    "effort_days": (
        N_("%(who)s estimated %(after)s person-days."),
        N_("%(who)s changed the person-days from %(before)s to %(after)s."),
        N_("%(who)s took the person-days away; they were %(before)s."),
    ),
    "cost": (
        N_("%(who)s estimated what it costs: %(after)s."),
        N_("%(who)s changed what it costs from %(before)s to %(after)s."),
        N_("%(who)s took away what it costs; it was %(before)s."),
    ),
    "lens": (
        N_("%(who)s judged the lens %(lens)s: %(after)s."),
        N_("%(who)s changed the lens %(lens)s from %(before)s to %(after)s."),
        N_("%(who)s took back the lens %(lens)s; it was %(before)s."),
    ),
}
_IN_WORDS = {
    "asked": N_("%(who)s asked: “%(words)s”"),
    "replied": N_("%(who)s answered: “%(words)s”"),
    "step_added": N_("%(who)s added the step “%(words)s”."),
    "step_changed": N_("%(who)s changed the step “%(words)s”."),
    "step_done": N_("%(who)s ticked the step “%(words)s”."),
    "step_undone": N_("%(who)s opened the step “%(words)s” again."),
    "step_moved": N_("%(who)s moved the step “%(words)s”."),
    "step_removed": N_("%(who)s took out the step “%(words)s”."),
    "step_put_back": N_("%(who)s put back the step “%(words)s”."),
    "training_added": N_("%(who)s planned the training “%(words)s”."),
    "training_changed": N_("%(who)s changed the training “%(words)s”."),
    "training_done": N_("%(who)s said that the training “%(words)s” was held."),
    "training_undone": N_("%(who)s said that the training “%(words)s” is still ahead."),
    "training_moved": N_("%(who)s moved the training “%(words)s”."),
    "training_removed": N_("%(who)s took out the training “%(words)s”."),
    "training_put_back": N_("%(who)s put back the training “%(words)s”."),
}
#: Its name in another language: said, taken away.
_TITLES = {
    "title_en": (N_("%(who)s named it “%(words)s” in English."), N_("%(who)s took its English name away.")),
    "title_zh": (N_("%(who)s named it “%(words)s” in Chinese."), N_("%(who)s took its Chinese name away.")),
}
#: Steps that nobody took: the visits did.
_BY_ITSELF = {
    "verifying": N_("The first visit since the fix has come."),
    "verified": N_("The visits since the fix show that it is better."),
    "reopened": N_("The visits since the fix do not show that it is better."),
    "relapse": N_("What was proven is lost again."),
}


def told(event: Event, served: Served) -> Told | None:
    """What happened, with who did it; None where the words of the fact and its name say it themselves."""
    if event.kind in _IN_WORDS:
        return gettext(_IN_WORDS[event.kind], who=event.who, words=event.words)
    if event.kind in ("state", "relapse") and not event.who:
        by_itself = _BY_ITSELF.get(event.kind if event.kind == "relapse" else event.after or "")
        return gettext(by_itself) if by_itself else None
    if event.kind == "title":
        named = gettext("%(who)s named it “%(words)s”.", who=event.who, words=event.words)
        return named if event.words else gettext("%(who)s took its name away.", who=event.who)
    if event.kind in _TITLES:
        renamed, unnamed = _TITLES[event.kind]
        return gettext(renamed if event.words else unnamed, who=event.who, words=event.words)
    if event.kind == "plan":
        return gettext("%(who)s rewrote the plan.", who=event.who)
    if event.kind == "level":
        before, after = (cast(Level, level) for level in (event.before, event.after))
        return gettext(
            "It is about %(after)s now, no longer about %(before)s.", before=LEVELS[before], after=LEVELS[after]
        )
    if event.kind == "put_right":
        done = gettext("%(who)s put it right with the %(one)s.", who=event.who, **served)
        return (done, listed(event.words)) if event.words else done
    if event.kind == "undone":
        return gettext("%(who)s took the last step back.", who=event.who)
    if event.kind == "comment" and event.after:
        return gettext("%(who)s took a comment back.", who=event.who)
    field = "lens" if event.kind.startswith("lens_") else event.kind
    return _of_field(event, field) if field in _FIELDS else what_happened(event, served)


def says_who(event: Event) -> bool:
    """Whether the sentence names who did it."""
    named = (*_FIELDS, *_IN_WORDS, *_TITLES, "title", "plan", "undone", "put_right")
    return event.kind in named or event.kind.startswith("lens_")


def _of_field(event: Event, field: str) -> Sentence:
    first, between, gone = _FIELDS[field]
    message = first if event.before is None else gone if event.after is None else between
    values = {name: _value(event.kind, said) for name, said in (("before", event.before), ("after", event.after))}
    lens = {"lens": LENSES[event.kind.removeprefix("lens_")]} if field == "lens" else {}
    return gettext(message, who=event.who, **values, **lens)


def _value(kind: str, said: str | None) -> Value:
    """As a reader writes it."""
    if said is None:
        return ""
    if kind == "due":
        return parse_day(said)
    if kind == "effort":
        return EFFORT_SIZES[said]
    return lens_value(float(said)) if kind.startswith("lens_") else said
