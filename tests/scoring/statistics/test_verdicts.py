"""Probability, shortfall, verdicts and the level that fails first."""

import math

import pytest

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.normal import t90
from shadowing.scoring.statistics.pyramid import (
    LevelFinding,
    area_verdict,
    binding_level,
    check_the_base_first,
    gated_gain,
    shown_level,
    waiting_on_the_base,
)
from shadowing.scoring.statistics.verdicts import Verdict, expectation_class, expected_false_flags, shortfall, verdict


def test_e1_pull_towards_the_average():
    spread = 0.64 + 0.0625
    pull = spread / 0.16
    assert round(pull, 4) == 4.3906
    weight = 6 / (6 + pull)
    score, error = 3.8 + weight * (3.2 - 3.8), math.sqrt(spread / (6 + pull))
    assert [round(x, 4) for x in (weight, score, error)] == [0.5774, 3.4535, 0.26]
    assert [round(score + sign * Z90 * error, 4) for sign in (-1, 1)] == [3.0258, 3.8812]
    probability = float(shortfall(4.0, score, error).probability)
    assert round(probability, 4) == 0.9822
    two = 2 / (2 + pull)
    assert [round(3.8 - two * 0.6, 4), round(math.sqrt(spread / (2 + pull)), 4)] == [3.6122, 0.3316]
    assert verdict(2, 2, 5, 0.95).slug == "not_enough_evidence"


@pytest.mark.parametrize(
    ("score", "error", "expected"),
    [
        (3.4, 0.30, (0.9772, 0.6025, 0.0864)),
        (3.9, 0.30, (0.6306, 0.1763, 0.0433)),
        (4.2, 0.25, (0.2119, 0.0301, 0.0063)),
    ],
)
def test_e4_shortfall(score, error, expected):
    found = shortfall(4.0, score, error)
    assert [round(float(x), 4) for x in (found.probability, found.gain, found.variance)] == list(expected)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((3, 2, 2, 0.9560), Verdict("underperforming")),
        ((3, 2, 2, 0.5183), Verdict("watch")),
        ((2, 2, 2, 0.4764), Verdict("not_enough_evidence")),
        ((9, 1, 4, 0.9900), Verdict("watch", one_observer=True)),
        ((9, 1, 1, 0.9900), Verdict("underperforming")),
        ((9, 3, 4, 0.4999), Verdict("healthy")),
        ((9, 3, 4, 0.2000), Verdict("healthy", clearly=True)),
        ((9, 3, 4, 0.6600, True), Verdict("underperforming")),
        ((9, 3, 4, 0.6499, True), Verdict("watch")),
        ((2, 3, 4, 0.9900, True), Verdict("not_enough_evidence")),
    ],
)
def test_verdict_of_one_level(arguments, expected):
    assert verdict(*arguments) == expected


def test_how_many_flags_are_probably_wrong():
    assert expected_false_flags([0.9, 0.85, 0.95]) == pytest.approx(0.3)


def test_expectation_classes():
    assert [expectation_class(m, 0.2) for m in (-0.5, 0.0, 0.5)] == ["below", "as_expected", "above"]


def finding(verdict_, probability, gain=0.5):
    return LevelFinding(verdict_, probability, gain)


def test_the_lowest_failing_level_binds_and_holds_back_the_higher_ones():
    findings = {
        "utility": finding("watch", 0.6),
        "usability": finding("underperforming", 0.9),
        "delight": finding("underperforming", 0.99),
    }
    assert binding_level(findings) == shown_level(findings) == "usability"
    assert waiting_on_the_base(findings) == ("delight",)
    assert check_the_base_first(findings)
    assert area_verdict(findings) == "underperforming"


def test_without_a_failing_level_the_likeliest_is_shown():
    findings = {
        "utility": finding("healthy", 0.2),
        "usability": finding("watch", 0.6),
        "delight": finding("not_enough_evidence", 0.9),
    }
    assert binding_level(findings) is None
    assert shown_level(findings) == "usability"
    assert area_verdict(findings) == "watch"
    assert waiting_on_the_base(findings) == ()
    assert not check_the_base_first(findings)


def test_nothing_rated():
    assert (shown_level({}), area_verdict({})) == (None, "not_enough_evidence")
    assert shown_level({"delight": finding("not_enough_evidence", 0.5)}) == "delight"


def test_e5_gated_gain():
    usability = {"utility": finding("watch", 0.9), "usability": finding("watch", 0.5)}
    delight = {"utility": finding("watch", 0.3), "usability": finding("watch", 0.2), "delight": finding("watch", 0.5)}
    assert gated_gain("usability", usability) == pytest.approx(0.05)
    assert gated_gain("delight", delight) == pytest.approx(0.28)


@pytest.mark.parametrize(
    ("degrees", "value"),
    [(1, 6.3138), (2, 2.9200), (4, 2.1318), (5, 2.0150), (30, 1.6973), (120, 1.6577), (1000, 1.6464)],
)
def test_students_t(degrees, value):
    assert round(t90(degrees), 4) == value
