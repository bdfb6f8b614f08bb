"""Seen off the map in three visits by two observers: proposed as a touchpoint."""

import pytest

from shadowing.authoring.editor.offmap import Proposal, Sighting, normal, proposals


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ("Ticket-Printer ", "ticket printer"),
        ("取票机（大厅）", "取票机 大厅"),
        ("ＬＩＦＴ", "lift"),
        ("…", ""),
        ("x" * 500, "x" * 120),
    ],
)
def test_labels_are_compared_by_letters_and_digits(label, same):
    assert normal(label) == same


def seen(*rows):
    return [Sighting(label, visit, person, channel) for label, visit, person, channel in rows]


def test_often_enough_by_more_than_one():
    rows = seen(
        ("Lift", "a", 1, "place"), ("lift", "b", 1, "place"), ("Lift ", "c", 2, "kiosk"), ("Lift", "c", 2, "place")
    )

    assert proposals(rows, ()) == [Proposal("Lift", "lift", 3, ("place", "kiosk"))]
    assert proposals(rows, {"lift"}) == []


@pytest.mark.parametrize(
    "rows",
    [
        seen(("Lift", "a", 1, ""), ("Lift", "b", 2, "")),
        seen(("Lift", "a", 1, ""), ("Lift", "a", 2, ""), ("Lift", "b", 2, "")),
        seen(("Lift", "a", 1, ""), ("Lift", "b", 1, ""), ("Lift", "c", 1, "")),
        seen(("Lift", "a", 1, ""), ("Lift", "b", 0, ""), ("Lift", "c", 0, "")),
        seen(("", "a", 1, ""), ("", "b", 2, ""), ("…", "c", 2, "")),
    ],
)
def test_too_seldom_or_one_pair_of_eyes(rows):
    assert proposals(rows, ()) == []
