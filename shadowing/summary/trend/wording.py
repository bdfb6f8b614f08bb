"""What the index over time says, in sentences. Pure."""

from __future__ import annotations

from datetime import date
from math import floor

from shadowing.core import formatting
from shadowing.core.formatting import chance, signed
from shadowing.core.sentences import Sentence, Told, Value, gettext, ngettext
from shadowing.core.vocabulary import Words
from shadowing.summary.trend.figures import Moved, OverTime, Peers, Window


def month(day: date) -> Words:
    """A window is called by the month it ends in."""
    return Words(en=formatting.month(day, "en"), zh=formatting.month(day, "zh"))


def short_month(day: date) -> Words:
    return Words(en=formatting.month(day, "en", short=True), zh=formatting.month(day, "zh", short=True))


def how_many_windows(count: int) -> Sentence:
    return ngettext("one window of 90 days", "%(num)s windows of 90 days", count)


def told(over: OverTime, undated: bool) -> tuple[Sentence, ...]:
    """Whether it went up or down since the first window and since the last, or why nobody can say."""
    compared, newest = over.compared, over.newest
    if undated or newest is None or not compared:
        return (_why_none(over, undated),)
    first, last = compared[0], compared[-1]
    whole = _whole(first, newest, first.moved) if first.moved else ()
    lately = _lately(last, newest, last.moved) if last.moved and last is not first else ()
    return (*whole, *lately)


def peers_told(peers: Peers) -> tuple[Sentence, ...]:
    """Above, below or level with what it is held against."""
    values: dict[str, Value] = {"name": peers.name, "value": peers.shown}
    if peers.standing == "above":
        said = gettext("<b>Above “%(name)s”</b>, %(value)s: %(chance)s sure.", chance=chance(peers.above), **values)
    elif peers.standing == "below":
        said = gettext("<b>Below “%(name)s”</b>, %(value)s: %(chance)s sure.", chance=chance(1 - peers.above), **values)
    else:
        said = gettext("<b>Level with “%(name)s”</b>, %(value)s: the difference could be chance.", **values)
    if not peers.published:
        return (said,)
    return said, gettext("For orientation only: a published index is made in another way.")


def where_peers_stand(peers: Peers) -> Sentence:
    """The source, and of which day it is."""
    days = Words(en=formatting.day(peers.day, "en", year=True), zh=formatting.day(peers.day, "zh", year=True))
    return gettext("%(source)s, %(day)s", source=peers.source, day=days)


def target_name(over: OverTime) -> Sentence:
    return gettext("target %(target)s", target=over.target_shown or 0)


def peers_name(peers: Peers) -> Sentence:
    return gettext("peers %(value)s", value=peers.shown)


def days_of(window: Window) -> Sentence:
    return gettext("%(since)s to %(until)s", since=window.first, until=window.last)


def window_told(window: Window) -> Sentence:
    """Its index for those who hear the chart, or why there is none."""
    if window.value is None:
        return gettext("no area in common") if window.enough else gettext("too few ratings")
    low, high = (0 if end is None else _shown(end) for end in (window.low, window.high))
    return gettext("%(value)s, most likely %(low)s to %(high)s", value=window.shown or 0, low=low, high=high)


def chart_told(over: OverTime) -> Sentence:
    """The whole line in one sentence."""
    first, last = over.compared[0], over.windows[-1]
    return gettext(
        "CX index from %(before)s in %(since)s to %(now)s in %(until)s",
        before=first.shown or 0,
        since=month(first.last),
        now=last.shown or 0,
        until=month(last.last),
    )


def point_told(window: Window) -> Told:
    return gettext("%(days)s: %(said)s", days=days_of(window), said=window_told(window))


def _shown(value: float) -> int:
    return formatting.display_score(value / 25 + 1)


def _whole(first: Window, newest: Window, moved: Moved) -> tuple[Sentence, ...]:
    """Points are those between the two printed numbers, so that whoever subtracts them finds the same."""
    points, since = abs((newest.shown or 0) - (first.shown or 0)), month(first.last)
    near, far = sorted(floor(abs(end) + 0.5) for end in (moved.low, moved.high))
    ends: dict[str, Value] = {"month": since, "points": points, "low": near, "high": far}
    if moved.direction == "no_clear_change":
        return (
            gettext(
                "<b>No clear change since %(month)s</b>: %(change)s, most likely between %(low)s and %(high)s.",
                month=since,
                change=signed((newest.shown or 0) - (first.shown or 0)),
                low=signed(moved.low),
                high=signed(moved.high),
            ),
        )
    if not points:
        up = gettext("<b>Up since %(month)s</b>, by less than one point.", month=since)
        down = gettext("<b>Down since %(month)s</b>, by less than one point.", month=since)
        return (up if moved.direction == "up" else down,)
    if moved.direction == "up":
        return (gettext("<b>Up %(points)s since %(month)s</b>, most likely between %(low)s and %(high)s.", **ends),)
    return (gettext("<b>Down %(points)s since %(month)s</b>, most likely between %(low)s and %(high)s.", **ends),)


def _lately(last: Window, newest: Window, moved: Moved) -> tuple[Sentence, ...]:
    points, since = abs((newest.shown or 0) - (last.shown or 0)), month(last.last)
    if not points:
        return (gettext("Since %(month)s it has hardly moved.", month=since),)
    if moved.direction == "no_clear_change":
        return (gettext("Since %(month)s the change of %(points)s could be chance.", month=since, points=points),)
    if moved.direction == "up":
        return (gettext("Since %(month)s it is up by %(points)s, beyond chance.", month=since, points=points),)
    return (gettext("Since %(month)s it is down by %(points)s, beyond chance.", month=since, points=points),)


def _why_none(over: OverTime, undated: bool) -> Sentence:
    newest = over.newest
    if undated:
        return gettext("No trend: the imported answers carry no dates.")
    if not over.computed:
        return gettext("The trend is being computed.")
    earlier = any(window.enough for window in over.windows[:-1])
    if newest and newest.enough and earlier:
        return gettext("No trend: the windows of 90 days have no area in common.")
    if earlier:
        return gettext("No trend now: the last 90 days have fewer than 30 ratings.")
    if over.ready:
        return gettext(
            "No trend yet: from %(day)s on two windows of 90 days can be compared, if visits go on.", day=over.ready
        )
    return gettext("No trend yet: it needs 30 ratings in each of two windows of 90 days.")
