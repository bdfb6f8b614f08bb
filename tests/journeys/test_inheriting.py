"""Touchpoints follow their journey, journeys the organisation; a number of one's own stays."""

from shadowing.core.vocabulary import DEFAULT_TARGETS
from shadowing.journeys.inheriting import inherited, moved, own_levels


def test_the_nearest_default_applies():
    above = inherited({"utility": 4.2, "delight": 3.6}, {"utility": 4.4})

    assert {level: each for level, each in above.items()} == {
        "utility": (4.4, "journey"),
        "usability": (3.8, "standard"),
        "delight": (3.6, "organisation"),
    }


def test_followers_move_and_others_stay():
    before, after = inherited({}, {}), inherited({"utility": 4.2}, {})
    targets = {"utility": 4.0, "usability": 4.9, "delight": 3.5}

    assert own_levels(targets, before) == ["usability"]
    assert moved(targets, before, after) == {"utility": 4.2, "usability": 4.9, "delight": 3.5}
    assert moved({**targets, "utility": 3.0}, before, after)["utility"] == 3.0


def test_equal_as_shown_is_equal():
    """3.5 is shown as 63, and 63 written by hand is 3.52."""
    assert own_levels({**DEFAULT_TARGETS, "delight": 3.52}, inherited({}, {})) == []
