"""This number, explained, in the method's own words (E18)."""

import pytest

from shadowing.areas.explanation import wording
from shadowing.areas.figures import AreaPage, LevelFigures, SiteRow
from shadowing.core.sentences import plain
from shadowing.scoring.shapes import AreaRow, Estimate
from shadowing.scoring.statistics.explanation import Steps

A = Steps(2.6667, 0.0545, 0.0181, 0.5950)
AT_Y = Steps(2.0, 0.1636, 0.0, 1.1360)


def area(**more):
    known = {"visits": 3, "rows": 3, "observers": 2, "estimate": Estimate(3.3343, 0.39, 4.0), **more}
    return AreaRow(
        "1",
        {"en": "Payment", "zh": "缴费"},
        "counter",
        "core",
        "watch",
        **known,
        **{"level": "utility", "binding_level": None, "probability": 0.9},
    )


def page(steps=A, towards=70, sites=(), **more):
    level = LevelFigures("utility", 3, "watch", Estimate(3.3343, 0.39, 4.0), 0.9, 2.6667, steps=steps, towards=towards)
    return AreaPage(area(**more), (level,), 3, sites=sites)


def test_steps_that_are_nothing_are_left_out():
    assert plain(wording.explained(page()), "en") == (
        "3 visits gave 42; observers were stricter than usual: +1; "
        "few visits are pulled towards the average of all areas, 70: +15; that makes 58."
    )
    assert plain(wording.explained(page()), "zh") == (
        "3次随行给出42分；观察者比平时偏严：+1；次数少，向全部环节的平均70靠拢：+15；得58分。"
    )


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (page(observers=1), "3 visits gave 42; one observer, not corrected; few"),
        (page(Steps(4.3333, -0.0545, -0.0281, -0.2686)), "more lenient than usual: −1; these visits went better"),
        (page(reshadowing=True, seen_again=3), "pulled towards the score before the fix, 70: +15"),
        (page(None), "Nothing has been rated yet."),
    ],
)
def test_each_step_says_what_it_is(shown, said):
    assert said in plain(wording.explained(shown), "en")


def test_a_site_is_pulled_towards_the_whole():
    site = SiteRow("Y", "watch", 1, Estimate(3.2996, 0.46, 4.0), 1, AT_Y)
    assert plain(wording.site_explained(site, page(sites=(site,))), "en") == (
        "1 visit gave 25; observers were stricter than usual: +4; "
        "few visits are pulled towards the score over all sites, 58: +28; that makes 57."
    )
