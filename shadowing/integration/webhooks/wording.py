"""The log of webhooks, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, ngettext


def tries(count: int) -> Sentence:
    return ngettext("tried once", "tried %(num)s times", count)
