"""What happened to a proposal, as its history tells it. Pure."""

from __future__ import annotations

from datetime import date

from shadowing.backlog.figures import Event
from shadowing.core.sentences import Sentence, gettext

#: Kinds of events that deciding about proposals leaves behind.
OF_TRIAGE = ("snoozed", "woken", "joined", "parted", "split")


def happened(event: Event) -> Sentence:
    if event.kind == "snoozed":
        return gettext("put off until %(day)s", day=date.fromisoformat(event.after or ""))
    if event.kind == "woken":
        return gettext("back before its day: the area got clearly worse")
    if event.kind == "joined":
        return gettext("another improvement was merged into this one")
    if event.kind == "parted":
        return gettext("what was merged into this one is apart again")
    return gettext("a second improvement was split off")
