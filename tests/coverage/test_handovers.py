"""From × to: asked is how it went from the touchpoint before in journey order; its channel is where it was seen."""

import numpy as np
import pytest

from shadowing.coverage.handovers import MapPlace, hand_over, hand_overs
from shadowing.scoring.statistics.proportions import wilson

BOOKING_APP, BOOKING_PHONE, DESK, DOCTOR = 1, 2, 3, 4
MAP = [
    MapPlace(BOOKING_APP, 10, "app", 0),
    MapPlace(BOOKING_PHONE, 10, "phone", 0),
    MapPlace(DESK, 11, "counter", 1),
    MapPlace(DOCTOR, 12, "person", 2),
]
SMOOTH, REPEATED, LOST = 1, 2, 3


def found(*visits):
    """visits: lists of (area, hand-over)."""
    steps = [(area, said, number) for number, visit in enumerate(visits) for area, said in visit]
    return hand_overs(*(np.array(column) for column in zip(*steps, strict=True)), MAP)


def test_counts_by_channel_and_by_touchpoint():
    channels, places = found(
        [(BOOKING_APP, 0), (DESK, LOST), (DOCTOR, SMOOTH)],
        [(BOOKING_APP, 0), (DESK, SMOOTH)],
        [(BOOKING_PHONE, 0), (DESK, REPEATED), (DOCTOR, 0)],
    )

    by_channel = {(one.start, one.to): dict(one.counts) for one in channels}
    assert by_channel == {
        ("app", "counter"): {"smooth": 1, "repeated": 0, "lost": 1},
        ("phone", "counter"): {"smooth": 0, "repeated": 1, "lost": 0},
        ("counter", "person"): {"smooth": 1, "repeated": 0, "lost": 0},
    }
    assert {(one.start, one.to): one.total for one in places} == {("10", "11"): 3, ("11", "12"): 1}


def test_the_share_lost_has_its_wilson_interval_and_the_roughest_comes_first():
    rough = [[(BOOKING_APP, 0), (DESK, LOST)] for _ in range(4)]
    channels, _ = found(*rough, [(BOOKING_APP, 0), (DESK, SMOOTH)], [(BOOKING_PHONE, 0), (DESK, SMOOTH)])

    assert [(one.start, one.to) for one in channels] == [("app", "counter"), ("phone", "counter")]
    assert channels[0].lost == wilson(4, 5)


def test_a_touchpoint_that_was_not_seen_has_no_channel_but_the_place_counts():
    channels, places = found([(DESK, LOST)])

    assert channels == []
    assert [(one.start, one.to, one.counts["lost"]) for one in places] == [("10", "11", 1)]


def test_the_first_touchpoint_is_handed_over_from_nowhere_and_unknown_areas_are_left_out():
    assert found([(BOOKING_APP, LOST), (99, LOST)]) == ([], [])


def test_nothing_seen_is_nothing_handed_over():
    none = np.zeros(0, dtype=int)

    assert hand_overs(none, none, none, MAP) == ([], [])


@pytest.mark.parametrize(
    ("lost", "smooth", "often"),
    [(3, 1, False), (3, 2, True), (0, 40, False), (2, 30, False), (8, 32, True)],
    ids=["too few", "enough", "never", "perhaps chance", "surely"],
)
def test_often_lost_is_said_only_when_chance_hardly_did_it(lost, smooth, often):
    assert hand_over("web", "phone", {"smooth": smooth, "repeated": 0, "lost": lost}).often_lost is often
