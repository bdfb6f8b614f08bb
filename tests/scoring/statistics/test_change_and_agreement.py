"""METHOD E11 and E12, and what must hold beside them."""

import numpy as np
import pytest

from shadowing.scoring.statistics.agreement import alpha, reliability_of_one, reliability_of_score
from shadowing.scoring.statistics.control_chart import BETTER, WORSE, limit_for, readings
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES

ROW_VARIANCE = 0.7025


def test_e11_the_fourth_of_four_bad_visits_raises_the_alarm():
    found = list(readings([-1.5] * 4, ROW_VARIANCE, 0.2, 2.962))

    assert [each.value for each in found] == pytest.approx([-0.3, -0.54, -0.732, -0.8856], abs=5e-5)
    assert [each.limit for each in found] == pytest.approx([0.5105, 0.6707, 0.7674, 0.8320], abs=5e-5)
    assert [each.alarm for each in found] == [None, None, None, WORSE]


def test_after_an_alarm_it_begins_again():
    found = list(readings([1.5] * 5, ROW_VARIANCE, 0.2, 2.962))

    assert found[3].alarm == BETTER
    assert (found[4].value, found[4].limit) == pytest.approx((0.3, 0.5105), abs=5e-5)


@pytest.mark.parametrize(("rows", "limit"), [(0, 2.962), (500, 2.962), (501, 3.2), (1000, 3.2), (1001, 3.5)])
def test_who_observes_more_is_alarmed_as_rarely(rows, limit):
    assert limit_for(rows) == limit


def test_of_an_area_as_it_was_about_one_row_in_five_hundred_raises_a_false_alarm():
    chance = np.random.default_rng(8)
    rows = chance.normal(0, np.sqrt(ROW_VARIANCE), 100_000)

    alarms = sum(each.alarm is not None for each in readings(rows, ROW_VARIANCE, 0.0, 2.962))

    assert 100_000 / alarms == pytest.approx(500, rel=0.2)


def test_e12_agreement():
    units = list(zip((4, 3, 5, 2, 4), (4, 2, 5, 3, 5), strict=True))

    assert alpha(units) == pytest.approx(0.7769, abs=5e-5)
    assert reliability_of_one(DEFAULT_VARIANCES) == pytest.approx(0.1624, abs=5e-5)
    assert reliability_of_score(0.26, DEFAULT_VARIANCES) == pytest.approx(0.5775, abs=5e-5)
    assert reliability_of_score(0.9, DEFAULT_VARIANCES) == 0.0


def test_alpha_where_it_says_nothing():
    assert alpha([]) is None
    assert alpha([(3,), (4,)]) is None
    assert alpha([(3, 3), (3, 3)]) is None, "no variation, not computable"
    assert alpha([(1, 1), (5, 5), (3, 3)]) == pytest.approx(1)
