"""A promise is judged by its interval: surely broken too often, kept as it should be, or neither."""

import pytest

from shadowing.authoring.promises.rules import PromiseCounts, by_group, gathered, verdict_of


@pytest.mark.parametrize(
    ("kept", "broken", "verdict"),
    [
        (8, 13, "underperforming"),
        (25, 13, "underperforming"),
        (9, 5, "watch"),
        (22, 9, "watch"),
        (40, 3, "healthy"),
        (34, 4, "healthy"),
        (11, 1, "healthy"),
        (0, 4, "not_enough_evidence"),
        (4, 0, "not_enough_evidence"),
        (0, 0, "not_enough_evidence"),
        (0, 5, "underperforming"),
    ],
)
def test_verdicts(kept, broken, verdict):
    assert verdict_of(PromiseCounts(kept, broken)) == verdict


def test_not_seen_is_no_answer():
    seen = gathered([("2026-03-01", "met", 3), ("2026-03-02", "not_met", 2), ("2026-03-02", "not_seen", 9)])

    assert (seen.answers, seen.not_seen, seen.days) == (5, 9, ("2026-03-02",))
    assert seen.share.value == 0.6


def test_what_was_taken_back_leaves_no_day():
    assert gathered([("2026-03-02", "not_met", 0)]).days == ()


def test_sources_taken_together():
    assert by_group({"advert": [PromiseCounts(3, 1), PromiseCounts(4, 2, 5)], "staff": []}) == {
        "advert": PromiseCounts(7, 3, 5),
        "staff": PromiseCounts(),
    }
