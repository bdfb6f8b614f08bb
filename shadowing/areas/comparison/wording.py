"""What two sites or two channels side by side say, in sentences. Pure."""

from __future__ import annotations

from shadowing.areas.comparison.figures import SITE, ComparedRow, ComparePage, Meeting, SideGap
from shadowing.core.formatting import signed
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.coverage.comparing import ALIKE, NO_OVERLAP
from shadowing.journeys.wording import opening


def how_they_compare(page: ComparePage) -> tuple[Sentence, ...]:
    """The sentence on top."""
    names = _names(page)
    if page.waiting and not page.rows:
        return (gettext("Comparing starts with the next visit that comes in, or with the coming night."),)
    if not page.rows:
        return (gettext("Nothing has been seen both at %(one)s and at %(other)s.", **names),)
    if not page.linked:
        return (gettext("<b>%(one)s and %(other)s cannot be compared yet:</b> no observer links them.", **names),)
    if not page.comparable:
        return (gettext("Nothing can be compared yet: five ratings on each side are needed."),)
    if not page.told_apart:
        return (_none_apart(page),)
    return (_some_apart(page), _who_is_higher(page))


def difference_told(row: ComparedRow, page: ComparePage) -> Sentence:
    """What one line says of its two sides."""
    if row.difference is None:
        if row.state == NO_OVERLAP:
            return gettext("No difference is named: no observer links the two.")
        return gettext("Not compared: too few ratings, five on each side are needed.")
    if row.state == ALIKE:
        return gettext(
            "Cannot be told apart: %(one)s against %(other)s, most likely %(low)s to %(high)s points.",
            **_names(page),
            low=signed(row.difference.low),
            high=signed(row.difference.high),
        )
    higher, apart = page.one, row.difference
    if apart.value < 0:
        higher, apart = page.other, SideGap(-apart.value, apart.error)
    name, ends = opening(higher.name) if higher else "", {"low": apart.low, "high": apart.high}
    if row.gap == 0:
        return gettext("%(name)s is higher, most likely by %(low)s to %(high)s points.", name=name, **ends)
    return gettext(
        "%(name)s is higher by %(gap)s points, most likely by %(low)s to %(high)s.", name=name, gap=row.gap, **ends
    )


def why_not(page: ComparePage) -> Sentence:
    """Why two sites are not compared at all."""
    return gettext(
        "No observer has been at both %(one)s and %(other)s, nor does a chain of colleagues connect them. "
        "Whether the service differs or the eyes that looked, nobody can tell.",
        **_names(page),
    )


def how_many_unlinked(page: ComparePage) -> Sentence:
    """Of two channels: where nobody links them."""
    return ngettext(
        "At %(num)s touchpoint no observer links the two channels: it may be the service that differs, or the eyes.",
        "At %(num)s touchpoints no observer links the two channels: it may be the service that differs, or the eyes.",
        page.unlinked,
    )


def what_would_link(meeting: Meeting) -> Sentence:
    """For who plans."""
    if meeting.observer is None:
        return gettext("One visit to %(site)s by an observer of the other site would link them.", site=meeting.site)
    return gettext(
        "One visit to %(site)s by %(observer)s would link them.", site=meeting.site, observer=meeting.observer
    )


def seen_at_one(page: ComparePage, name: Value, count: int) -> Sentence:
    if page.kind == SITE:
        return ngettext(
            "%(num)s area was seen at %(name)s only.", "%(num)s areas were seen at %(name)s only.", count, name=name
        )
    return ngettext(
        "%(num)s touchpoint was seen by %(name)s only.",
        "%(num)s touchpoints were seen by %(name)s only.",
        count,
        name=name,
    )


def seen_at_neither(page: ComparePage) -> Sentence:
    if page.kind == SITE:
        return ngettext(
            "%(num)s area was seen at neither site.", "%(num)s areas were seen at neither site.", page.neither
        )
    return ngettext(
        "%(num)s touchpoint was seen by neither channel.",
        "%(num)s touchpoints were seen by neither channel.",
        page.neither,
    )


def not_kept_yet(page: ComparePage) -> Sentence:
    return ngettext(
        "%(num)s more is compared from the next visit that comes in.",
        "%(num)s more are compared from the next visit that comes in.",
        page.waiting,
    )


def how_to_read_it(page: ComparePage) -> tuple[Sentence, ...]:
    """The small print: what the interval of a difference means, and how often chance alone shows one."""
    read = gettext(
        "“Most likely” means a 90%% interval: it holds the true difference nine times in ten. "
        "Where nothing differs at all, about one line in ten is told apart by chance."
    )
    if page.imported:
        return (read,)
    return read, gettext("Each line shows one level: the one that decides the area.")


def _none_apart(page: ComparePage) -> Sentence:
    names = _names(page)
    if page.kind == SITE:
        return ngettext(
            "<b>%(num)s area</b> has enough ratings, and does not clearly differ between %(one)s and %(other)s.",
            "<b>None of %(num)s areas</b> clearly differs between %(one)s and %(other)s.",
            page.comparable,
            **names,
        )
    return ngettext(
        "<b>%(num)s touchpoint</b> has enough ratings, and does not clearly differ between %(one)s and %(other)s.",
        "<b>None of %(num)s touchpoints</b> clearly differs between %(one)s and %(other)s.",
        page.comparable,
        **names,
    )


def _some_apart(page: ComparePage) -> Sentence:
    """How many of those with five ratings on each side."""
    names, apart = _names(page), len(page.told_apart)
    if page.kind == SITE:
        return ngettext(
            "<b>%(num)s of %(total)s areas</b> clearly differs between %(one)s and %(other)s.",
            "<b>%(num)s of %(total)s areas</b> clearly differ between %(one)s and %(other)s.",
            apart,
            total=page.comparable,
            **names,
        )
    return ngettext(
        "<b>%(num)s of %(total)s touchpoints</b> clearly differs between %(one)s and %(other)s.",
        "<b>%(num)s of %(total)s touchpoints</b> clearly differ between %(one)s and %(other)s.",
        apart,
        total=page.comparable,
        **names,
    )


def _who_is_higher(page: ComparePage) -> Sentence:
    higher = sum(row.difference is not None and row.difference.value > 0 for row in page.told_apart)
    lower, names = len(page.told_apart) - higher, _names(page)
    if not lower:
        return gettext("There %(name)s is higher.", name=names["one"])
    if not higher:
        return gettext("There %(name)s is higher.", name=names["other"])
    return gettext(
        "%(one)s is higher in %(higher)s of them, %(other)s in %(lower)s.",
        one=opening(page.one.name) if page.one else "",
        other=names["other"],
        higher=higher,
        lower=lower,
    )


def _names(page: ComparePage) -> dict[str, Value]:
    return {"one": page.one.name if page.one else "", "other": page.other.name if page.other else ""}
