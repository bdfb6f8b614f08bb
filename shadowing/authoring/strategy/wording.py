"""What serves a principle, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


def what_serves_it(standards: int) -> Sentence:
    """standards: of all journeys."""
    if not standards:
        return gettext("no standard serves it yet")
    return ngettext("one standard serves it", "%(num)s standards serve it", standards)
