"""What the index over time says follows from its windows, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from shadowing.core.sentences import plain
from shadowing.summary.trend.figures import Moved, OverTime, Peers, Window
from shadowing.summary.trend.wording import days_of, peers_told, point_told, told, where_peers_stand, window_told

FEBRUARY = Window(date(2026, 11, 26), date(2027, 2, 24), 300)
MAY = Window(date(2027, 2, 24), date(2027, 5, 25), 300)
NOW = Window(date(2027, 5, 25), date(2027, 8, 23), 300, 67.4, 64.0, 70.8)
PEERS = Peers("Hospitals 2026", 60, None, date(2026, 3, 1), "Yearbook, page 12", False, 0.96, "above")


def since(window, value, low, high, direction):
    moved = Moved(value, low, high, 0.5, direction)
    return replace(window, value=NOW.value - value, low=NOW.value - high, high=NOW.value - low, moved=moved)


def over(*earlier, newest=NOW, **said):
    return OverTime(windows=(*earlier, newest), computed=True, **said)


def said(figures, language="en", undated=False):
    return plain(told(figures, undated), language)


UP = since(FEBRUARY, 5.2, 1.2, 9.2, "up")
CHANCE = since(MAY, 2.1, -3.4, 7.6, "no_clear_change")


def test_it_goes_up_and_lately_may_be_chance():
    assert said(over(UP, CHANCE)) == (
        "Up 5 since February, most likely between 1 and 9. Since May the change of 2 could be chance."
    )


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (since(MAY, -5.0, -9.0, -1.0, "down"), "Down 5 since May, most likely between 1 and 9."),
        (CHANCE, "No clear change since May: +2, most likely between −3 and +8."),
        (since(MAY, 0.3, 0.1, 0.5, "up"), "Up since May, by less than one point."),
        (since(MAY, -0.05, -0.09, -0.01, "down"), "Down since May, by less than one point."),
    ],
)
def test_one_window_to_compare_with(window, sentence):
    assert said(over(window)) == sentence


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (since(MAY, 2.1, 1.0, 3.2, "up"), "Since May it is up by 2, beyond chance."),
        (since(MAY, -2.1, -3.2, -1.0, "down"), "Since May it is down by 3, beyond chance."),
        (since(MAY, 0.1, -3.2, 3.4, "no_clear_change"), "Since May it has hardly moved."),
    ],
)
def test_and_since_the_last_one(window, sentence):
    """67.4 and 69.5 are printed as 67 and 70: whoever subtracts finds what is said."""
    assert said(over(UP, window)).endswith(sentence)


def test_why_nobody_can_say():
    few, none = replace(MAY, rows=20), OverTime(computed=True)
    assert said(none, undated=True) == "No trend: the imported answers carry no dates."
    assert said(OverTime()) == "The trend is being computed."
    assert said(none) == "No trend yet: it needs 30 ratings in each of two windows of 90 days."
    assert said(over(few, ready=date(2027, 10, 3))) == (
        "No trend yet: from 3 Oct on two windows of 90 days can be compared, if visits go on."
    )
    assert said(over(MAY)) == "No trend: the windows of 90 days have no area in common."
    assert said(over(MAY, newest=replace(NOW, rows=20))).startswith("No trend now: the last 90 days have fewer")


@pytest.mark.parametrize(
    ("standing", "above", "sentence"),
    [
        ("above", 0.96, "Above “Hospitals 2026”, 60: 96% sure."),
        ("below", 0.04, "Below “Hospitals 2026”, 60: 96% sure."),
        ("level", 0.37, "Level with “Hospitals 2026”, 60: the difference could be chance."),
    ],
)
def test_what_it_is_held_against(standing, above, sentence):
    peers = replace(PEERS, standing=standing, above=above)
    assert plain(peers_told(peers), "en") == sentence
    assert plain(peers_told(replace(peers, published=True)), "en") == (
        f"{sentence} For orientation only: a published index is made in another way."
    )
    assert plain(where_peers_stand(peers), "en") == "Yearbook, page 12, 1 Mar 2026"


def test_each_window_is_heard():
    assert plain(point_told(UP), "en") == "26 Nov to 24 Feb: 62, most likely 58 to 66"
    assert plain(window_told(MAY), "en") == "no area in common"
    assert plain(window_told(replace(MAY, rows=20)), "en") == "too few ratings"
    assert plain(days_of(NOW), "en") == "25 May to 23 Aug"
