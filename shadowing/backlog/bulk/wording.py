"""What became of several improvements, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


def done(deed: str, count: int, stale: int, illegal: int) -> tuple[Sentence, ...]:
    """What was done, and what was left as it is and why."""
    told = [_done(deed, count)]
    if stale:
        told.append(
            ngettext(
                "One was left as it is, because somebody changed it meanwhile.",
                "%(num)s were left as they are, because somebody changed them meanwhile.",
                stale,
            )
        )
    if illegal:
        told.append(
            ngettext(
                "One was left as it is, because this does not follow from where it stands.",
                "%(num)s were left as they are, because this does not follow from where they stand.",
                illegal,
            )
        )
    return tuple(told)


def taken_back(count: int) -> Sentence:
    return ngettext("One was put back as it was.", "%(num)s were put back as they were.", count)


def came_late() -> Sentence:
    return gettext("Something of it was changed meanwhile, so nothing was put back.")


def _done(deed: str, count: int) -> Sentence:
    if not count:
        return gettext("Nothing was changed.")
    if deed == "accept":
        return ngettext("One was accepted.", "%(num)s were accepted.", count)
    if deed == "decline":
        return ngettext("One was declined.", "%(num)s were declined.", count)
    return ngettext("One has its owner.", "%(num)s have their owner.", count)
