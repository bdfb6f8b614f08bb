"""METHOD E9, and what verification promises on made-up fixes."""

import math

import numpy as np
import pytest

from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.scoring import fit
from shadowing.scoring.statistics.verification import (
    DRIFT_UNKNOWN,
    MeasuredChange,
    Seen,
    change,
    planned_visits,
    verdict,
)

AREAS, OBSERVERS = 20, 8


def of(value, n):
    """E9: what the panel leaves open, its rows after, and the drift."""
    return MeasuredChange(value, math.sqrt(0.0689 + 0.7025 / n + 0.0036), n, 3.0 + value)


def test_e9_the_verdicts():
    improved, open_ = of(0.9, 8), of(0.5, 8)
    assert improved.error == pytest.approx(0.4004, abs=5e-5)
    assert improved.z == pytest.approx(2.2478, abs=5e-5)
    assert improved.interval == pytest.approx((0.2414, 1.5586), abs=5e-5)
    assert verdict(improved, 8) == "improved"
    assert open_.z == pytest.approx(1.2488, abs=5e-5)
    assert open_.interval == pytest.approx((-0.1586, 1.1586), abs=5e-5)
    assert verdict(open_, 8) == "no_change_shown"


def test_e9_early_only_where_the_always_valid_interval_shows_it():
    early, few = of(1.6, 5), of(1.0, 3)
    assert (early.error, early.always_valid) == pytest.approx((0.4615, 1.3160), abs=5e-5)
    assert verdict(early, 8) == "improved"
    assert (few.error, few.always_valid) == pytest.approx((0.5538, 1.6358), abs=5e-5)
    assert verdict(few, 8) == "not_enough"
    assert verdict(of(-1.6, 5), 8) == "worse"


def test_e9_the_planned_number():
    def planned(gap):
        return planned_visits(4.0 - gap, 0.25, 4.0, DEFAULT_VARIANCES)

    assert (planned(1.2).visits, planned(1.0).visits) == (5, 10)
    assert planned(0.8).visits == 20
    assert planned(0.8).unseen == pytest.approx(0.8618, abs=5e-5)
    assert planned(1.2).unseen is None
    assert planned(3.0).visits == 3, "never fewer than three"


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [(0.0, 0.1, "no_relevant_change"), (0.2, 0.1, "improved"), (-0.5, 0.1, "worse"), (0.1, 0.2, "no_change_shown")],
)
def test_at_the_planned_number(value, error, told):
    assert verdict(MeasuredChange(value, error, 8, 3.0), 8) == told


def test_after_the_planned_number_the_verdict_stands():
    late = MeasuredChange(0.8, 0.3, 12, 3.8)
    assert late.z > 1.6449
    assert verdict(late, 8, "no_change_shown") == "no_change_shown", "nobody picks a lucky moment"
    assert verdict(late, 8, "worse") == "worse"
    assert verdict(MeasuredChange(1.9, 0.3, 12, 3.8), 8, "no_change_shown") == "improved"


def a_panel(chance):
    """Twelve rows an area before; the truth of areas and observers."""
    n = 12 * AREAS
    visit = np.repeat(np.arange(n // 6), 6)
    observer = chance.integers(0, OBSERVERS, n // 6)[visit]
    area = chance.permutation(np.repeat(np.arange(AREAS), 12))
    places, people = chance.normal(3.8, 0.4, AREAS), chance.normal(0, 0.35, OBSERVERS)
    rating = rated(chance, places[area], people[observer], visit)
    return Rows(area, observer, visit, rating, AREAS, OBSERVERS, n // 6), places, people


def rated(chance, place, person, visit):
    moods = chance.normal(0, 0.25, int(visit.max()) + 1)
    return place + person + moods[visit] + chance.normal(0, 0.8, len(place))


def after(chance, places, people, area, effect, drift, visits):
    """Verifying visits of one row each, and 60 rows elsewhere in the same weeks."""
    who = chance.integers(0, OBSERVERS, visits)
    mine = np.full(visits, area)
    nobody = np.full(visits, -1)
    one = np.arange(visits)
    fixed = Seen(mine, who, nobody, one, rated(chance, places[mine] + effect + drift, people[who], one))
    elsewhere = chance.choice([a for a in range(AREAS) if a != area], 60)
    visit, others = np.repeat(np.arange(10), 6), chance.integers(0, OBSERVERS, 10)
    who = others[visit]
    control = Seen(elsewhere, who, np.full(60, -1), visit, rated(chance, places[elsewhere] + drift, people[who], visit))
    return fixed, control


def judged(chance, effect_of):
    """The verdict on the worst-looking area of a made-up organisation, and whether 20 visits were enough to plan."""
    rows, places, people = a_panel(chance)
    before = fit(rows)
    area = int(before.scores.argmin())
    score, error = float(before.scores[area]), float(before.errors[area])
    planned = planned_visits(score, error, 4.0, DEFAULT_VARIANCES)
    effect = effect_of(max(0.5, 4.0 - score))
    fixed, control = after(chance, places, people, area, effect, chance.normal(0, 0.2), planned.visits)
    return verdict(change(before, area, score, fixed, control), planned.visits), planned.unseen is None


def test_a_fix_without_effect_is_rarely_called_improved_though_the_area_was_picked_for_looking_bad():
    chance = np.random.default_rng(1)
    verdicts = [judged(chance, lambda wanted: 0.0)[0] for _ in range(400)]
    assert verdicts.count("improved") / len(verdicts) <= 0.08


def test_a_fix_that_reaches_the_target_is_shown_in_four_of_five_cases():
    chance = np.random.default_rng(2)
    found = [judged(chance, lambda wanted: wanted) for _ in range(400)]
    shown = [told == "improved" for told, enough in found if enough]
    assert len(shown) > 200
    assert np.mean(shown) >= 0.78


def test_without_control_rows_the_drift_is_open():
    chance = np.random.default_rng(3)
    rows, places, people = a_panel(chance)
    before = fit(rows)
    fixed, control = after(chance, places, people, 3, 0.5, 0.0, 8)
    few = Seen(*(getattr(control, name)[:9] for name in ("area", "observer", "site", "visit", "rating")))
    none = Seen(*(getattr(control, name)[:0] for name in ("area", "observer", "site", "visit", "rating")))
    score = float(before.scores[3])

    assert change(before, 3, score, fixed, few) == change(before, 3, score, fixed, none)
    line = np.zeros(len(before.inverse))
    line[0] = line[4] = 1.0
    line[1 + AREAS :] = np.bincount(fixed.observer, minlength=OBSERVERS) / 8
    expected = before.variance_of(line) + 0.7025 / 8 + DRIFT_UNKNOWN
    assert change(before, 3, score, fixed, none).error ** 2 == pytest.approx(expected)


def test_somebody_unknown_before_adds_doubt_and_no_correction():
    chance = np.random.default_rng(4)
    rows, places, people = a_panel(chance)
    before = fit(rows)
    fixed, control = after(chance, places, people, 3, 0.5, 0.0, 8)
    one = Seen(fixed.area, np.full(8, -1), fixed.site, fixed.visit, fixed.rating)
    two = Seen(fixed.area, np.array([-1] * 4 + [-2] * 4), fixed.site, fixed.visit, fixed.rating)
    found, of_two = (change(before, 3, float(before.scores[3]), each, control) for each in (one, two))

    assert found.error**2 - of_two.error**2 == pytest.approx(0.1225 * (1 - 2 * 0.25))
    usual = float(before.panel_shares @ before.observer_effects)
    assert found.after == pytest.approx(fixed.rating.mean() + usual)
    assert found.error > change(before, 3, float(before.scores[3]), fixed, control).error


def test_nothing_seen_is_nothing_to_compare():
    chance = np.random.default_rng(5)
    rows, places, people = a_panel(chance)
    fixed, control = after(chance, places, people, 3, 0.5, 0.0, 1)
    none = Seen(*(getattr(fixed, name)[:0] for name in ("area", "observer", "site", "visit", "rating")))
    with pytest.raises(ValueError, match="nothing to compare"):
        change(fit(rows), 3, 3.0, none, control)
