"""On made-up organisations the statements of METHOD 13 hold: intervals, flags and what they miss."""

import pytest

from tests.scoring.simulated import organisations


@pytest.fixture(scope="module")
def found():
    return {rows: organisations(rows, 80) for rows in (3, 12)}


def test_nine_of_ten_intervals_hold_the_truth(found):
    assert [each.covered for each in found.values()] == pytest.approx([0.9, 0.9], abs=0.02)


def test_the_list_expects_about_as_many_wrong_flags_as_there_are(found):
    few, many = found[3], found[12]
    assert many.fine == pytest.approx(many.expected_fine, abs=0.03)
    assert few.fine == pytest.approx(few.expected_fine, abs=0.05)


def test_more_visits_find_more_and_a_missing_flag_is_no_all_clear(found):
    few, many = found[3], found[12]
    assert few.flagged < 0.6 < few.noticed
    assert many.flagged > few.flagged + 0.25


def test_the_worst_areas_are_somewhat_worse_than_their_score(found):
    assert found[3].too_mild > found[12].too_mild + 0.1 > 0.1
