"""Who should walk where a colleague walks."""

from shadowing.coverage.overlapping import Overlap, overlaps


def test_observers_linked_through_places_need_nothing():
    assert overlaps([(1, 10, 4), (2, 10, 1), (2, 20, 3), (3, 20, 1)]) == []


def test_one_apart_meets_the_most_settled_at_the_place_they_know_best():
    found = overlaps([(1, 10, 4), (1, 20, 9), (2, 20, 1), (3, 30, 2)])

    assert found == [Overlap(newcomer=3, settled=1, place=20)]


def test_one_suggestion_for_each_group_apart_by_whoever_saw_most_there():
    found = overlaps([(1, 10, 4), (2, 10, 4), (5, 10, 1), (3, 30, 2), (4, 30, 7), (6, 60, 1)])

    assert [(each.newcomer, each.settled) for each in found] == [(4, 1), (6, 1)]


def test_nobody_yet():
    assert overlaps([]) == []
